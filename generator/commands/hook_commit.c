/* SPDX-License-Identifier: MIT */
/*
 * pre-commit: the staged records, and nothing else, held against the schemas
 * and the rules that need no more than them and the records they name. Its
 * cost is that of what is staged; what only shows beside all other records is
 * for `zheli check` and the server to find.
 */
#include "base/diag.h"
#include "base/value.h"
#include "base/vec.h"
#include "commands/command.h"
#include "commands/git_run.h"
#include "commands/hook.h"
#include "commands/report.h"
#include "model/digest.h"
#include "model/record.h"
#include "pipeline/links.h"
#include "pipeline/pipeline.h"
#include "render/markdown.h"
#include "rules/facts.h"
#include "rules/ruleset.h"
#include "schema/schema.h"
#include "schema/tree.h"

#include <stdio.h>


/* -- git's side ----------------------------------------------------------- */

static bool make_commit(struct arena *arena, struct str folder,
    struct str *commit, bool *is_first, struct diag_list *diags)
{
	static const char *const write_tree[] = { "write-tree", NULL };
	static const char *const head[] = { "rev-parse", "-q", "--verify",
		"HEAD^{commit}", NULL };
	const char *words[] = { "-c", "user.name=zheli", "-c",
		"user.email=zheli@localhost", "commit-tree", "-m", "staged",
		NULL, NULL, NULL, NULL };
	struct git_result result;
	struct str tree;
	size_t count = 7;

	if (!git_ask(arena, folder, write_tree, &tree, diags) ||
	    !git_run(arena, folder, head, STR_NONE, &result, diags))
		return false;
	*is_first = result.status != 0;
	if (!*is_first) {
		words[count++] = "-p";
		words[count++] = str_cstr(arena, str_trim(result.output));
	}
	words[count] = str_cstr(arena, tree);
	return git_ask(arena, folder, words, commit, diags);
}

static bool list_staged(struct arena *arena, struct str folder,
    bool is_first, struct vec *paths, struct diag_list *diags)
{
	static const char *const all[] = { "ls-files", "-z", NULL };
	static const char *const changed[] = { "diff-index", "--cached", "-z",
		"--name-only", "--no-renames", "--relative",
		"--diff-filter=d", "HEAD", NULL };
	struct str rest;
	struct git_result result;

	if (!git_run(arena, folder, is_first ? all : changed, STR_NONE,
	    &result, diags))
		return false;
	rest = result.output;
	while (rest.len > 0)
		*(struct str *)vec_push(paths) = str_cut(&rest, '\0');
	return true;
}

/* -- facts from the staged files ------------------------------------------ */

static bool parse(struct pipeline *pipeline, struct arena *arena,
    struct str path, struct record *record, struct diag_list *diags)
{
	const struct reader *reader = &pipeline->registry.reader;
	struct str bytes;

	return reader->read(reader->context, path, arena, &bytes, diags) &&
	    record_parse(arena, path, bytes, &pipeline->limits, record,
		diags);
}

/* Faults of records that are only asked about are not told here. */
static bool find_record(void *context, struct str kind, struct str id,
    struct arena *arena, struct record *record)
{
	struct pipeline *pipeline = context;
	struct diag_list silent;
	enum kind which;
	bool ok;

	if (!kind_find(kind, &which) || !kind_id_is_valid(which, id))
		return false;
	diag_list_init(&silent, arena);
	ok = parse(pipeline, arena, record_path(arena, which, id), record,
	    &silent);
	diag_list_dispose(&silent);
	return ok;
}

static struct str find_digest(void *context, struct str kind, struct str id,
    struct arena *arena)
{
	struct record record;

	return find_record(context, kind, id, arena, &record) ?
	    record_digest(arena, &record) : STR_NONE;
}

static size_t find_claims(void *context, struct str claim, struct str value,
    struct str id, struct arena *arena, struct str *first)
{
	(void)context, (void)claim, (void)value, (void)id, (void)arena;
	*first = STR_NONE;
	return 0;
}

static struct str find_nothing(void *context, struct str id,
    struct arena *arena)
{
	(void)context, (void)id, (void)arena;
	return STR_NONE;
}

/* -- judging -------------------------------------------------------------- */

static void check_text(struct pipeline *pipeline,
    const struct record *record, struct diag_list *diags)
{
	struct markdown_options options;
	struct links links;

	links_options(&links, pipeline, record, &options);
	(void)!markdown_check(&options, record->body, diags);
}

static void judge(struct pipeline *pipeline, struct str path,
    struct diag_list *diags)
{
	const struct facts facts = { .context = pipeline,
		.record = find_record, .claims = find_claims,
		.state = find_nothing, .digest = find_digest };
	struct judgement judgement = { .schemas = pipeline->schemas,
		.facts = &facts, .as_of = pipeline->registry.as_of,
		.scratch = &pipeline->scratch };
	struct content_path what;
	struct record record;
	struct tree *tree;

	if (!kind_of_path(path, &what, diags) || what.role != PATH_RECORD ||
	    !parse(pipeline, pipeline->arena, path, &record, diags))
		return;
	tree = tree_build(pipeline->arena, &record,
	    schema_fields(pipeline->schemas, record.kind));
	(void)!schema_validate(pipeline->schemas, &record, tree, diags);
	check_text(pipeline, &record, diags);
	judgement.tree = tree;
	(void)!ruleset_judge(pipeline->ruleset, &judgement, diags);
	arena_reset(&pipeline->scratch);
}

static bool judge_staged(struct invocation *invocation, size_t *count,
    struct diag_list *diags)
{
	struct pipeline pipeline;
	struct vec paths;
	struct str commit;
	bool is_first, ok;

	vec_init(&paths, sizeof(struct str));
	ok = make_commit(invocation->arena, invocation->registry, &commit,
	    &is_first, diags) &&
	    list_staged(invocation->arena, invocation->registry, is_first,
		&paths, diags);
	for (size_t i = 0; i < paths.count; i++)
		*count += str_starts(*(struct str *)vec_at(&paths, i),
		    STR("content/"));
	/* Most commits to a program's own tree have no record in them. */
	if (ok && *count > 0) {
		invocation->rev = commit;
		ok = invocation_open_pipeline(invocation, true, &pipeline,
		    diags);
		for (size_t i = 0; ok && i < paths.count; i++)
			judge(&pipeline, *(struct str *)vec_at(&paths, i),
			    diags);
		pipeline_close(&pipeline);
	}
	vec_dispose(&paths);
	return ok;
}

int hook_pre_commit(const struct invocation *invocation)
{
	static const struct text refused = TEXT(
	    "zheli：没有提交。请先改正；确要先存下来，可用 git commit --no-verify，服务器仍会核对\n",
	    "zheli: not committed. Mend this first; 'git commit --no-verify' keeps it "
	    "as it is, but the server will judge it\n");
	struct invocation of_staged = *invocation;
	struct diag_list diags;
	size_t count = 0;
	int status;

	diag_list_init(&diags, invocation->arena);
	(void)judge_staged(&of_staged, &count, &diags);
	diag_sort(&diags);
	report_print(invocation->lang, &diags, stderr);
	status = report_status(&diags);
	if (status == EXIT_CONTENT)
		fputs(invocation_text(invocation, &refused), stderr);
	diag_list_dispose(&diags);
	return status;
}
