/* SPDX-License-Identifier: MIT */
/*
 * CODEOWNERS, by which a forge asks for the consent of those whom a proposal
 * concerns: the officers and editors that have accounts, as units and settings
 * list them. In the top folder one file serves all forges; but GitHub and
 * GitLab read globs there, of which the last that matches counts, Gitea and
 * Forgejo regular expressions, which all count: so each place is written in
 * both ways, each of which means nothing to the other readers.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/path.h"
#include "base/reader.h"
#include "commands/command.h"
#include "commands/consent.h"
#include "commands/proposers.h"
#include "commands/report.h"
#include "model/record.h"
#include "pipeline/registry.h"
#include "source/source.h"

#include <stdio.h>
#include <string.h>

#define PATH "CODEOWNERS"

/* What begins so is ours. */
#define FIRST_LINE \
	"# 由 zheli codeowners 生成 · made by 'zheli codeowners'\n"

static const char head[] = FIRST_LINE
    "# 请勿手改：修改 content/units/ 中的 officers 或 content/site.yaml 后重新生成。\n"
    "# Change officers in content/units/ or content/site.yaml and make it anew.\n"
    "# GitHub, GitLab: *  /folder/     Gitea, Forgejo: .*  folder/.*\n";

/* -- the text ------------------------------------------------------------- */

/* An address of mail stands as it is. */
static void append_owner(struct buf *out, struct str account)
{
	buf_append_char(out, ' ');
	if (str_find_char(account, '@', 0) == STR_NOT_FOUND)
		buf_append_char(out, '@');
	buf_append(out, account);
}

/* All of the unit (empty: the editors) that have accounts. */
static void append_accounts(struct buf *out,
    const struct proposers *proposers, struct str unit)
{
	for (size_t i = 0; i < proposers->items.count; i++) {
		const struct proposer *proposer =
		    vec_at(&proposers->items, i);

		if (str_eq(proposer->unit, unit) &&
		    proposer->account.len > 0)
			append_owner(out, proposer->account);
	}
}

static void append_editors(struct buf *out, const struct proposers *proposers)
{
	if (proposers->editors_group.len > 0)
		append_owner(out, proposers->editors_group);
	else
		append_accounts(out, proposers, STR_NONE);
}

/* The folder of the units' folders in the repository. */
struct place {
	struct str glob, expression;
};

/* The path with what means something in patterns as `any`, any character. */
static struct str without_signs(struct arena *arena, struct str path, char any)
{
	char *copy = str_cstr(arena, path);

	for (size_t i = 0; i < path.len; i++) {
		unsigned char c = (unsigned char)copy[i];

		if (c <= ' ' || strchr("\"#!*?[]{}()+^$|\\", c) != NULL)
			copy[i] = any;
	}
	return (struct str){ copy, path.len };
}

static struct place place_in(struct arena *arena, struct str prefix)
{
	struct str folder = path_join(arena, prefix,
	    kind_info(KIND_ACHIEVEMENT)->folder);

	return (struct place){ without_signs(arena, folder, '?'),
		without_signs(arena, folder, '.') };
}

/*
 * An editor's consent does for a unit's records, too: a forge takes nobody's
 * consent to what they propose themselves, and many units have one officer.
 */
static void append_unit(struct buf *out, const struct proposers *proposers,
    const struct place *place, struct str unit)
{
	struct buf owners;

	buf_init(&owners);
	append_accounts(&owners, proposers, unit);
	if (owners.len > 0) {
		append_editors(&owners, proposers);
		buf_append_format(out, "/%.*s%.*s/%.*s\n%.*s%.*s/.*%.*s\n",
		    STR_ARG(place->glob), STR_ARG(unit),
		    STR_ARG(buf_str(&owners)), STR_ARG(place->expression),
		    STR_ARG(unit), STR_ARG(buf_str(&owners)));
	}
	buf_dispose(&owners);
}

/* Empty when nobody has an account. */
static struct str make_text(struct arena *arena,
    const struct proposers *proposers, struct str prefix)
{
	const struct place place = place_in(arena, prefix);
	struct str unit = STR_NONE, text = STR_NONE;
	struct buf editors, out;

	buf_init(&editors);
	buf_init(&out);
	append_editors(&editors, proposers);
	if (editors.len > 0)
		buf_append_format(&out, "*%.*s\n.*%.*s\n",
		    STR_ARG(buf_str(&editors)), STR_ARG(buf_str(&editors)));
	/* Officers of a unit stand together, units by their names. */
	for (size_t i = 0; i < proposers->items.count; i++) {
		const struct proposer *proposer =
		    vec_at(&proposers->items, i);

		if (proposer->unit.len == 0 || str_eq(proposer->unit, unit))
			continue;
		unit = proposer->unit;
		append_unit(&out, proposers, &place, unit);
	}
	if (out.len > 0)
		text = str_join(arena, str_from(head), buf_str(&out));
	buf_dispose(&out);
	buf_dispose(&editors);
	return text;
}

/* -- what there is and what there should be -------------------------------- */

struct owners {
	struct str wanted, found;	/* STR_NONE: no file */
};

static bool look(struct arena *arena, struct source *source,
    struct owners *owners, struct diag_list *diags)
{
	const struct frontmatter_limits limits = FRONTMATTER_LIMITS_DEFAULT;
	const struct reader reader = source_reader(source);
	struct source_entry entry;
	struct proposers proposers;
	bool ok = proposers_read(&proposers, arena, &reader, &limits, NULL,
	    diags);

	*owners = (struct owners){ .found = STR_NONE };
	if (ok)
		owners->wanted = make_text(arena, &proposers,
		    source_prefix(source));
	proposers_dispose(&proposers);
	return ok && (!source_find(source, STR(PATH), &entry) ||
	    reader.read(reader.context, STR(PATH), arena, &owners->found,
		diags));
}

static bool is_stale(const struct owners *owners)
{
	return !str_eq(owners->wanted, owners->found);
}

static bool is_foreign(const struct owners *owners)
{
	return owners->found.len > 0 &&
	    !str_starts(owners->found, STR(FIRST_LINE));
}

/* A proposal does not answer for what was stale before it, nor for what people
 * have written themselves. */
static bool check(const struct registry *registry,
    const struct owners *owners, struct diag_list *diags)
{
	const struct mark mark = { .path = STR(PATH) };
	struct owners before = { .found = STR_NONE };

	if (is_foreign(owners)) {
		(void)diag_report(diags, mark, DIAG_CODEOWNERS_BY_HAND);
		return true;
	}
	if (!is_stale(owners))
		return true;
	if (registry->base != NULL && !look(registry->arena, registry->base,
	    &before, diags))
		return false;
	if (!is_stale(&before))
		return diag_report(diags, mark, DIAG_CODEOWNERS_STALE);
	(void)diag_report(diags, mark, DIAG_CODEOWNERS_STALE_BEFORE);
	return true;
}

static bool put(const struct invocation *invocation,
    const struct registry *registry, const struct owners *owners,
    struct diag_list *diags)
{
	static const struct text made = TEXT("已写好 CODEOWNERS\n",
	    "CODEOWNERS is written\n");
	static const struct text same = TEXT("CODEOWNERS 无须改动\n",
	    "CODEOWNERS is as it should be\n");
	const bool is_dry = invocation_has(invocation, "dry-run");
	struct mark mark = { .path = STR(PATH) };
	struct folder folder;
	bool changed, ok;

	if (owners->wanted.len == 0)
		return diag_report(diags, mark, DIAG_CODEOWNERS_NOBODY);
	if (is_foreign(owners) && !invocation_has(invocation, "force") &&
	    (is_dry || !consent_given(invocation, STR(PATH))))
		return diag_report(diags, mark, DIAG_CODEOWNERS_FOREIGN);
	if (is_dry) {
		if (is_stale(owners))
			consent_would_write(invocation, STR(PATH),
			    owners->found.ptr != NULL);
		else
			fputs(invocation_text(invocation, &same), stdout);
		return true;
	}
	if (!folder_open_existing(source_folder(registry->source), &folder,
	    diags))
		return false;
	ok = folder_replace(&folder, STR(PATH), owners->wanted, &changed,
	    diags);
	folder_close(&folder);
	if (ok)
		fputs(invocation_text(invocation, changed ? &made : &same),
		    stdout);
	return ok;
}

/* -- the command ---------------------------------------------------------- */

static bool work(const struct invocation *invocation,
    const struct registry *registry, struct diag_list *diags)
{
	const struct str prefix = source_prefix(registry->source);
	const bool prints = invocation_has(invocation, "stdout");
	struct owners owners;

	/* What is at the top is not the registry's, and never read. */
	if (prefix.len > 0 && !prints)
		return diag_report(diags, ((struct mark){ .path = prefix }),
		    DIAG_CODEOWNERS_BELOW, prefix);
	if (!look(invocation->arena, registry->source, &owners, diags))
		return false;
	if (invocation_has(invocation, "check"))
		return check(registry, &owners, diags);
	if (!prints)
		return put(invocation, registry, &owners, diags);
	(void)!fwrite(owners.wanted.ptr, 1, owners.wanted.len, stdout);
	return true;
}

static int run(struct invocation *invocation)
{
	static const struct text no_folder = TEXT(
	    "提交和裸仓库里不能写文件：请用 --check 或 --stdout",
	    "nothing is written into a commit: use --check or --stdout");
	struct registry registry;
	struct diag_list diags;
	int status = EXIT_USAGE;
	bool open;

	diag_list_init(&diags, invocation->arena);
	open = invocation_open_content(invocation, &registry, &diags);
	if (open && !source_is_worktree(registry.source) &&
	    !invocation_has(invocation, "check") &&
	    !invocation_has(invocation, "stdout")) {
		(void)invocation_usage(invocation, &no_folder, STR_NONE);
	} else {
		(void)(open && work(invocation, &registry, &diags));
		report_print(invocation->lang, &diags, stderr);
		status = report_status(&diags);
	}
	registry_close(&registry);
	diag_list_dispose(&diags);
	return status;
}

static const struct option options[] = {
	{ 0, "check", NULL, TEXT("只核对文件是否还对，不写",
	    "only tell whether the file is still right") },
	{ 0, "stdout", NULL, TEXT("写到标准输出，不改文件",
	    "print it, and write no file") },
	{ 'n', "dry-run", NULL, TEXT("只说明会写哪个文件，不写",
	    "only say which file would be written") },
	{ 0, "force", NULL, TEXT("手写的 CODEOWNERS 也覆盖，不再询问",
	    "write over one that people wrote, without asking") },
	{ .name = NULL },
};

const struct command command_codeowners = {
	.name = "codeowners",
	.operands = "",
	.common = COMMON_REGISTRY | COMMON_REV | COMMON_RANGE,
	.options = options,
	.summary = TEXT("按单位经办人和编辑的账号生成 CODEOWNERS",
	    "make CODEOWNERS of the accounts of officers and editors"),
	.description = TEXT(
	    "代码托管平台按 CODEOWNERS 请相关的人同意一份提案：各单位的成果目录归该单位有平台\n"
	    "账号的经办人和编辑，其余归编辑。编辑是 content/site.yaml 的 proposals.editors_group，\n"
	    "没有写则是 editors 中的账号。--check 供流程使用：文件不对时退出码为 1；给出 --range 时\n"
	    "看合并后的样子，原来就不对的只作提示。",
	    "Forges ask for the consent of those whom CODEOWNERS names: for a unit's\n"
	    "achievements its officers with accounts and the editors, for the rest the\n"
	    "editors. Those are proposals.editors_group of content/site.yaml, else the\n"
	    "accounts of its editors. --check is for workflows: the exit status is 1 when\n"
	    "the file is not right; with --range as it is once merged, and what was wrong\n"
	    "before is a notice."),
	.run = run,
};
