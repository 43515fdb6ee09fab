/* SPDX-License-Identifier: MIT */
/*
 * A new registry: what a site is made of (schemas, themes) is copied from the
 * data of the program, so that it belongs to the registry's history from the
 * first commit on; settings, a page and what forges look for come with it.
 */
#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/path.h"
#include "base/reader.h"
#include "base/reason.h"
#include "base/vec.h"
#include "commands/command.h"
#include "commands/proposers.h"
#include "commands/report.h"
#include "pipeline/registry.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { FORGE_ANY, FORGE_GITHUB, FORGE_GITEA, FORGE_GITLAB, FORGE_COUNT };

/* What is copied, and for whom. */
static const struct part {
	const char *from, *to;	/* a file, or a folder with all below it */
	int forge;
} parts[] = {
	{ ".init/content", "content", FORGE_ANY },
	{ ".init/README.md", "README.md", FORGE_ANY },
	{ ".init/CODEOWNERS", "CODEOWNERS", FORGE_ANY },
	{ ".init/gitignore", ".gitignore", FORGE_ANY },
	{ "schemas", "schemas", FORGE_ANY },
	{ "themes", "themes", FORGE_ANY },
	{ ".forge", ".forge", FORGE_ANY },
	/* Without what is there of this program alone, as its SECURITY.md. */
	{ ".github/ISSUE_TEMPLATE", ".github/ISSUE_TEMPLATE", FORGE_GITHUB },
	{ ".github/PULL_REQUEST_TEMPLATE.md",
	  ".github/PULL_REQUEST_TEMPLATE.md", FORGE_GITHUB },
	{ ".github/workflows", ".github/workflows", FORGE_GITHUB },
	{ ".gitea", ".gitea", FORGE_GITEA },
	{ ".gitlab", ".gitlab", FORGE_GITLAB },
	{ ".gitlab-ci.yml", ".gitlab-ci.yml", FORGE_GITLAB },
};

struct copy {
	struct str from, to;
	struct str bytes;
};

struct init {
	const struct invocation *invocation;
	struct folder data;		/* of the program */
	bool forges[FORGE_COUNT];
	struct str editors;		/* "@editors" */
	struct vec copies;		/* struct copy, by `to` */
	struct diag_list *diags;
};

/* -- what is copied ------------------------------------------------------- */

static bool push_file(struct init *init, struct str from, struct str to)
{
	struct copy *copy = vec_push(&init->copies);

	*copy = (struct copy){ .from = from, .to = to };
	return true;
}

static bool push_folder(struct init *init, struct str from, struct str to)
{
	struct arena *arena = init->invocation->arena;
	struct folder folder;
	struct vec paths;
	bool ok;

	if (!folder_open_existing(path_join(arena, init->data.path, from),
	    &folder, init->diags))
		return false;
	vec_init(&paths, sizeof(struct str));
	ok = folder_list(&folder, arena, &paths, init->diags);
	for (size_t i = 0; ok && i < paths.count; i++) {
		struct str path = *(struct str *)vec_at(&paths, i);

		(void)push_file(init, path_join(arena, from, path),
		    path_join(arena, to, path));
	}
	vec_dispose(&paths);
	folder_close(&folder);
	return ok;
}

static bool push_part(struct init *init, const struct part *part)
{
	struct str from = str_from(part->from), to = str_from(part->to);
	struct str full = path_join(init->invocation->arena, init->data.path,
	    from);
	DIR *folder = opendir(full.ptr);

	if (folder == NULL)
		return errno == ENOTDIR ? push_file(init, from, to) :
		    diag_report(init->diags, ((struct mark){ .line = 0 }),
			DIAG_NO_DATA, full);
	(void)closedir(folder);
	return push_folder(init, from, to);
}

static int compare_copies(const void *a, const void *b)
{
	return str_cmp(((const struct copy *)a)->to,
	    ((const struct copy *)b)->to);
}

static bool list_copies(struct init *init)
{
	bool ok = true;

	for (size_t i = 0; ok && i < sizeof(parts) / sizeof(parts[0]); i++)
		if (init->forges[parts[i].forge])
			ok = push_part(init, &parts[i]);
	vec_sort(&init->copies, compare_copies);
	return ok;
}

/* -- where it goes -------------------------------------------------------- */

/* A repository made before is no use of the folder. */
static bool is_free(const struct init *init, struct str target)
{
	DIR *folder = opendir(str_cstr(init->invocation->arena, target));
	const struct dirent *entry;
	struct str found = STR_NONE;

	if (folder == NULL)
		return errno == ENOENT || diag_report_reason(init->diags,
		    ((struct mark){ .path = target }), DIAG_CANNOT_READ,
		    target, errno);
	while ((entry = readdir(folder)) != NULL)
		if (strcmp(entry->d_name, ".") != 0 &&
		    strcmp(entry->d_name, "..") != 0 &&
		    strcmp(entry->d_name, ".git") != 0 &&
		    (found.len == 0 || str_cmp(str_from(entry->d_name),
			found) < 0))
			found = str_dup(init->invocation->arena,
			    str_from(entry->d_name));
	(void)closedir(folder);
	return found.len == 0 || diag_report(init->diags,
	    ((struct mark){ .path = target }), DIAG_FOLDER_IN_USE, target,
	    found);
}

/* Puts the editors' name wherever `standing` stands for it; it must somewhere,
 * or a registry would belong to editors that nobody has named. */
static bool name_editors(const struct init *init, struct copy *copy,
    struct str standing, struct str editors)
{
	if (str_find(copy->bytes, standing, 0) == STR_NOT_FOUND)
		return diag_report(init->diags,
		    ((struct mark){ .line = 0 }), DIAG_DATA_WITHOUT_PLACE,
		    copy->from, standing);
	copy->bytes = str_replace(init->invocation->arena, copy->bytes,
	    standing, editors);
	return true;
}

static bool fill_in(const struct init *init, struct copy *copy)
{
	struct str editors = init->editors;

	if (str_eq(copy->to, STR("CODEOWNERS")))
		return name_editors(init, copy, STR("@editors"), editors);
	if (str_eq(copy->to, STR("content/site.yaml")))
		return name_editors(init, copy,
		    STR("editors_group: editors"), str_join(
			init->invocation->arena, STR("editors_group: "),
			str_slice(editors, 1, editors.len)));
	return true;
}

static bool read_copies(struct init *init)
{
	struct reader reader = folder_reader(&init->data);
	bool ok = true;

	for (size_t i = 0; ok && i < init->copies.count; i++) {
		struct copy *copy = vec_at(&init->copies, i);

		ok = reader.read(reader.context, copy->from,
		    init->invocation->arena, &copy->bytes, init->diags) &&
		    fill_in(init, copy);
	}
	return ok;
}

/* The folder was free: what stands there is ours. */
static void take_back(struct init *init, const struct folder *folder,
    size_t written)
{
	struct diag_list no_matter;

	diag_list_init(&no_matter, init->invocation->arena);
	while (folder->descriptor >= 0 && written-- > 0)
		(void)folder_remove(folder, ((const struct copy *)
		    vec_at(&init->copies, written))->to, &no_matter);
	diag_list_dispose(&no_matter);
}

static bool write_copies(struct init *init, struct str target)
{
	struct arena *arena = init->invocation->arena;
	bool was_there = access(str_cstr(arena, target), F_OK) == 0;
	struct folder folder = { .descriptor = -1 };
	size_t written = 0;
	bool changed, ok;

	ok = folder_open(arena, target, &folder, init->diags);
	while (ok && written < init->copies.count) {
		const struct copy *copy = vec_at(&init->copies, written++);

		ok = folder_replace(&folder, copy->to, copy->bytes, &changed,
		    init->diags);
	}
	if (!ok)
		take_back(init, &folder, written);
	folder_close(&folder);
	if (!ok && !was_there)
		(void)rmdir(str_cstr(arena, target));
	return ok;
}

static bool make(struct init *init)
{
	static const struct text made = TEXT(
	    "已建立登记库，共 %zu 个文件：%.*s\n"
	    "接着：填写 content/site.yaml，运行 zheli check，然后 git init、git add、git commit\n",
	    "made a registry of %zu files: %.*s\n"
	    "next: fill in content/site.yaml, run 'zheli check', then git init, "
	    "git add and git commit\n");
	struct str target = init->invocation->operands[0];

	if (!list_copies(init) || !is_free(init, target))
		return false;
	if (invocation_has(init->invocation, "dry-run")) {
		for (size_t i = 0; i < init->copies.count; i++)
			printf("%.*s\n", STR_ARG(((const struct copy *)
			    vec_at(&init->copies, i))->to));
		return true;
	}
	/* All are read first: what fails here leaves nothing behind. */
	if (!read_copies(init) || !write_copies(init, target))
		return false;
	printf(invocation_text(init->invocation, &made), init->copies.count,
	    STR_ARG(target));
	return true;
}

/* -- the command line ----------------------------------------------------- */

static bool read_forges(struct init *init)
{
	static const struct text unknown = TEXT(
	    "--forge 应为 github、gitea、gitlab、all 或 none",
	    "--forge is github, gitea, gitlab, all or none");
	static const char *const names[] = { [FORGE_GITHUB] = "github",
		[FORGE_GITEA] = "gitea", [FORGE_GITLAB] = "gitlab" };
	struct str forge = invocation_value(init->invocation, "forge");
	bool is_known = str_eq(forge, STR("none"));

	init->forges[FORGE_ANY] = true;
	for (int i = FORGE_GITHUB; i < FORGE_COUNT; i++) {
		init->forges[i] = forge.ptr == NULL ||
		    str_eq(forge, STR("all")) ||
		    str_eq(forge, str_from(names[i]));
		is_known = is_known || init->forges[i];
	}
	if (!is_known)
		(void)invocation_usage(init->invocation, &unknown, forge);
	return is_known;
}

static bool is_group(struct str name)
{
	return str_starts(name, STR("@")) &&
	    proposers_group_is_plain(str_slice(name, 1, name.len));
}

static int run(struct invocation *invocation)
{
	static const struct text bad_editors = TEXT(
	    "--editors 应为 @ 开头的账号或小组，如 @science/editors",
	    "--editors is an account or a group, as @science/editors");
	struct init init = { .invocation = invocation,
		.editors = invocation_value(invocation, "editors") };
	struct registry registry;
	struct diag_list diags;
	int status;

	if (!read_forges(&init))
		return EXIT_USAGE;
	if (init.editors.ptr == NULL)
		init.editors = STR("@editors");
	if (!is_group(init.editors))
		return invocation_usage(invocation, &bad_editors,
		    init.editors);
	diag_list_init(&diags, invocation->arena);
	init.diags = &diags;
	vec_init(&init.copies, sizeof(struct copy));
	if (invocation_open_registry(invocation, &registry, &diags)) {
		init.data = registry.data;
		if (init.data.descriptor < 0)
			(void)diag_report(&diags, ((struct mark){ .line = 0 }),
			    DIAG_NO_DATA, STR("share/zheli"));
		else
			(void)make(&init);
		registry_close(&registry);
	}
	vec_dispose(&init.copies);
	report_print(invocation->lang, &diags, stderr);
	status = report_status(&diags);
	diag_list_dispose(&diags);
	return status;
}

static const struct option options[] = {
	{ 0, "forge", "github|gitea|gitlab|all|none", TEXT(
	    "带上哪个平台的流程和模板（缺省：all）",
	    "the forge whose workflows and templates to add (default: all)") },
	{ 0, "editors", "NAME", TEXT(
	    "编辑的账号或小组，写入设置和 CODEOWNERS（缺省：@editors）",
	    "the editors' account or group, for the settings and CODEOWNERS "
	    "(default: @editors)")
	},
	{ 'n', "dry-run", NULL, TEXT("只列出要写的文件",
	    "only list the files that would be written") },
	{ .name = NULL },
};

const struct command command_init = {
	.name = "init",
	.operands = "DIR",
	.options = options,
	.least_operands = 1,
	.most_operands = 1,
	.summary = TEXT("新建一个登记库", "create a registry"),
	.description = TEXT(
	    "在 DIR（新目录或空目录）建立登记库：设置、一个页面、栏目与规则（schemas/）、\n"
	    "版式（themes/），以及 GitHub、Gitea/Forgejo、GitLab 的流程、合并请求模板、\n"
	    "纠错表单和 CODEOWNERS。已有的文件从不改动；git init 和提交由您来做。",
	    "Makes a registry in DIR, a new or an empty folder: settings, a page, the fields\n"
	    "and rules (schemas/), the look (themes/), and for GitHub, Gitea/Forgejo and\n"
	    "GitLab the workflows, templates for merge requests, forms for errors, and\n"
	    "CODEOWNERS. What is there already is never changed; git init and the first\n"
	    "commit are yours."),
	.run = run,
};
