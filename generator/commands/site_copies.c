/* SPDX-License-Identifier: MIT */
#include "commands/site_copies.h"

#include "commands/links.h"
#include "commands/pipeline.h"
#include "model/kind.h"
#include "render/theme.h"
#include "source/source.h"

static void add(struct vec *copies, struct str from, struct str to,
    bool is_internal)
{
	struct site_copy *copy = vec_push(copies);

	*copy = (struct site_copy){ from, to, is_internal };
}

bool site_copies_theme(struct pipeline *pipeline, const struct theme *theme,
    bool has_internal, struct vec *copies)
{
	struct vec files;
	bool ok;

	vec_init(&files, sizeof(struct theme_file));
	ok = theme_list_static(theme, &files, pipeline->diags);
	for (size_t i = 0; i < files.count; i++) {
		const struct theme_file *file = vec_at(&files, i);
		struct str to = str_join(pipeline->arena, STR("theme/"),
		    file->name);

		add(copies, file->path, to, false);
		if (has_internal)
			add(copies, file->path, to, true);
	}
	vec_dispose(&files);
	return ok;
}

void site_copies_attachments(struct pipeline *pipeline,
    const struct map *addresses, struct vec *copies)
{
	struct diag_list told_before;

	diag_list_init(&told_before, pipeline->arena);
	for (size_t i = 0; i < pipeline->entries.count; i++) {
		const struct source_entry *entry = vec_at(&pipeline->entries,
		    i);
		struct content_path what;
		struct str address;

		if (!kind_of_path(entry->path, &what, &told_before) ||
		    what.role != PATH_ATTACHMENT)
			continue;
		address = str_format(pipeline->arena, "achievements/%.*s/",
		    STR_ARG(what.id));
		if (map_has(addresses, address))
			add(copies, entry->path, links_address(
			    pipeline->arena, entry->path), false);
	}
	diag_list_dispose(&told_before);
}
