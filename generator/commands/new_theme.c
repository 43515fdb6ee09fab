/* SPDX-License-Identifier: MIT */
/*
 * What a theme begins with stands in .init/theme/ of the program's data; NAME
 * in its files and in their names is the theme's.
 */
#include "commands/new_theme.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/reader.h"
#include "base/vec.h"
#include "commands/command.h"
#include "commands/record_file.h"
#include "pipeline/registry.h"

#include <stdio.h>

#define BEGINNING STR(".init/theme")
#define PLACEHOLDER STR("NAME")

bool new_theme_is_name(struct str name)
{
	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') &&
		    (c != '-' || i == 0))
			return false;
	}
	return name.len > 0;
}

static bool is_free(const struct registry *registry, struct str folder,
    struct diag_list *diags)
{
	struct vec paths;
	bool ok;

	vec_init(&paths, sizeof(struct str));
	ok = registry->reader.list(registry->reader.context, folder,
	    registry->arena, &paths, diags);
	if (ok && paths.count > 0)
		ok = diag_report(diags, ((struct mark){ .path = folder }),
		    DIAG_RECORD_EXISTS, folder);
	vec_dispose(&paths);
	return ok;
}

/* One file: `from` of the data, into `folder` of the registry. */
static bool copy(const struct invocation *invocation,
    const struct registry *registry, struct str from, struct str name,
    struct diag_list *diags)
{
	const struct reader reader = folder_reader(&registry->data);
	struct arena *arena = registry->arena;
	struct str rest = str_slice(from, BEGINNING.len, from.len);
	const struct record_file file = { .registry = registry,
		.path = str_format(arena, "themes/%.*s%.*s", STR_ARG(name),
		    STR_ARG(str_replace(arena, rest, PLACEHOLDER, name))) };
	struct str bytes;

	if (!reader.read(reader.context, from, arena, &bytes, diags) ||
	    !record_file_create(invocation, &file,
		str_replace(arena, bytes, PLACEHOLDER, name), diags))
		return false;
	if (!invocation_has(invocation, "dry-run"))
		printf("  %.*s\n", STR_ARG(file.path));
	return true;
}

bool new_theme(const struct invocation *invocation, struct registry *registry,
    struct str name, struct diag_list *diags)
{
	static const struct text begins = TEXT(
	    "新建主题 %.*s：\n", "a new theme, %.*s:\n");
	static const struct text next = TEXT(
	    "在 content/site.yaml 中写 theme: %.*s，再运行 zheli serve 查看；写法见 man 5 zheli-template\n",
	    "write theme: %.*s in content/site.yaml and look with 'zheli serve'; 'man 5 zheli-template' tells the rest\n");
	struct str folder = str_join(registry->arena, STR("themes/"), name);
	const struct reader reader = folder_reader(&registry->data);
	const struct record_file theme = { .registry = registry,
		.path = folder };
	bool is_dry = invocation_has(invocation, "dry-run"), ok = false;
	struct vec paths;

	if (registry->data.descriptor < 0)
		return diag_report(diags, ((struct mark){ .line = 0 }),
		    DIAG_NO_DATA, STR("share/zheli"));
	vec_init(&paths, sizeof(struct str));
	if (record_file_is_free(invocation, &theme, diags) &&
	    is_free(registry, folder, diags) && reader.list(reader.context,
	    BEGINNING, registry->arena, &paths, diags)) {
		ok = true;
		if (!is_dry)
			printf(invocation_text(invocation, &begins),
			    STR_ARG(folder));
		for (size_t i = 0; ok && i < paths.count; i++)
			ok = copy(invocation, registry,
			    *(struct str *)vec_at(&paths, i), name, diags);
	}
	vec_dispose(&paths);
	if (ok && !is_dry)
		printf(invocation_text(invocation, &next), STR_ARG(name));
	return ok;
}
