/* SPDX-License-Identifier: MIT */
/*
 * pre-receive: what a server without a forge asks of a push before taking it.
 * The order is that of cost: names of branches and sizes; who signed what, and
 * whether they may; at last the verdict on what a merge into the main branch
 * would give, by the rules of the main branch. A push is taken whole or not at
 * all.
 */
#include "base/diag.h"
#include "base/file.h"
#include "base/vec.h"
#include "commands/authorship.h"
#include "commands/command.h"
#include "commands/git_run.h"
#include "commands/hook.h"
#include "commands/range.h"
#include "commands/report.h"
#include "pipeline/pipeline.h"
#include "source/receipt.h"
#include "source/source.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { KIB = 1024, PUSH_LIMIT_KIB = 64 * 1024 };

struct push {
	const struct invocation *invocation;
	struct arena *arena;
	struct diag_list *diags;
	struct vec updates;		/* struct pushed */
	struct str main_ref;		/* "refs/heads/main" */
	struct str main_id;		/* empty: there is no commit yet */
};

static struct mark nowhere(void)
{
	return (struct mark){ .path = STR_NONE };
}

/* -- names and sizes ------------------------------------------------------ */

/* Whether `id` is in the history of `of`; false too when git cannot tell. */
static bool is_ancestor(const struct push *push, struct str id, struct str of)
{
	const char *words[] = { "merge-base", "--is-ancestor",
		str_cstr(push->arena, id), str_cstr(push->arena, of), NULL };
	struct git_result result;

	return git_run(push->arena, STR_NONE, words, STR_NONE, &result,
	    push->diags) && result.status == 0;
}

static void check_name(const struct push *push,
    const struct pushed *update)
{
	bool is_main = str_eq(update->ref, push->main_ref);

	if (!str_starts(update->ref, STR("refs/heads/")))
		diag_report(push->diags, nowhere(), DIAG_REF_CLOSED,
		    update->ref);
	else if (hook_is_none(update->id) && (is_main ||
	    push->main_id.len == 0 ||
	    !is_ancestor(push, update->old_id, push->main_id)))
		diag_report(push->diags, nowhere(), DIAG_BRANCH_KEPT,
		    update->ref);
	else if (!hook_is_none(update->id) && !hook_is_none(update->old_id) &&
	    !is_ancestor(push, update->old_id, update->id))
		diag_report(push->diags, nowhere(), DIAG_PUSH_REWRITES,
		    update->ref);
}

static size_t size_below(struct arena *arena, struct str path,
    struct diag_list *diags)
{
	struct folder folder;
	struct vec files;
	size_t size = 0;

	if (!folder_open_existing(path, &folder, diags))
		return 0;
	vec_init(&files, sizeof(struct str));
	(void)folder_list(&folder, arena, &files, diags);
	for (size_t i = 0; i < files.count; i++) {
		struct stat status;

		if (fstatat(folder.descriptor, str_cstr(arena,
		    *(struct str *)vec_at(&files, i)), &status,
		    AT_SYMLINK_NOFOLLOW) == 0)
			size += (size_t)status.st_size;
	}
	vec_dispose(&files);
	folder_close(&folder);
	return size;
}

/* What the push brings lies in a folder of its own until it is taken. */
static void check_size(const struct push *push)
{
	static const char *const words[] = { "config", "--type=int", "--get",
		"zheli.pushLimit", NULL };
	const char *quarantine = getenv("GIT_QUARANTINE_PATH");
	size_t limit = PUSH_LIMIT_KIB, size;
	struct git_result result;

	if (quarantine == NULL || !git_run(push->arena, STR_NONE, words,
	    STR_NONE, &result, push->diags))
		return;
	if (result.status == 0)
		(void)str_to_size(str_trim(result.output), &limit);
	size = size_below(push->arena, str_from(quarantine), push->diags) /
	    KIB;
	if (size > limit)
		diag_report(push->diags, nowhere(), DIAG_PUSH_TOO_LARGE,
		    str_format(push->arena, "%zu", size),
		    str_format(push->arena, "%zu", limit));
}

/* -- who ------------------------------------------------------------------ */

/* Of the rest people are told where they look at it: on the site, in
 * reviews. */
static void take_verdict(const struct push *push,
    const struct diag_list *told)
{
	for (size_t i = 0; i < told->items.count; i++) {
		const struct diagnostic *d = vec_at(&told->items, i);

		if (d->severity >= DIAG_WARNING)
			diag_add(push->diags, d);
	}
}

/* By the people of the main branch, as it is. Receipts say who pushed what came
 * before; this comes now. */
static void check_people(const struct push *push,
    const struct pushed *update)
{
	const struct frontmatter_limits limits = FRONTMATTER_LIMITS_DEFAULT;
	struct authorship_request request = { .arena = push->arena,
		.limits = &limits, .to = update->id,
		.account = pushing_account(push->invocation) };
	struct authorship authorship;
	struct source *source;
	struct reader reader;

	/* To begin with, whoever has the repository puts in what they like. */
	if (push->main_id.len == 0 || !source_open(push->arena, STR("."),
	    push->main_id, &source, push->diags))
		return;
	reader = source_reader(source);
	request.source = source;
	request.base = &reader;
	(void)!authorship_check(&request, &authorship, push->diags);
	authorship_dispose(&authorship);
	source_close(source);
}

/* -- the verdict ---------------------------------------------------------- */

static void judge(const struct push *push, const struct pushed *update)
{
	struct invocation invocation = *push->invocation;
	struct diag_list found, told;
	struct pipeline pipeline;
	bool ok;

	diag_list_init(&found, push->arena);
	diag_list_init(&told, push->arena);
	invocation.registry = STR(".");
	if (push->main_id.len > 0)
		invocation.range = str_format(push->arena, "%.*s..%.*s",
		    STR_ARG(push->main_id), STR_ARG(update->id));
	else
		invocation.rev = update->id;
	ok = invocation_open_pipeline(&invocation, true, &pipeline, &found) &&
	    pipeline_judge(&pipeline);
	if (ok && invocation.range.len > 0)
		ok = range_report(&invocation, &pipeline, &told);
	if (!ok || invocation.range.len == 0)
		take_verdict(push, &found);
	take_verdict(push, &told);
	pipeline_close(&pipeline);
	diag_list_dispose(&told);
	diag_list_dispose(&found);
}

/* -- the hook ------------------------------------------------------------- */

static bool open_push(struct push *push)
{
	const char *words[] = { "rev-parse", "-q", "--verify", NULL, NULL };
	struct git_result result;

	if (!hook_read_updates(push->arena, &push->updates, push->diags) ||
	    !hook_main_branch(push->arena, &push->main_ref, push->diags))
		return false;
	words[3] = str_cstr(push->arena, str_join(push->arena,
	    push->main_ref, STR("^{commit}")));
	if (!git_run(push->arena, STR_NONE, words, STR_NONE, &result,
	    push->diags))
		return false;
	if (result.status == 0)
		push->main_id = str_trim(result.output);
	return true;
}

static void for_each(const struct push *push, bool with_removals,
    void (*check)(const struct push *push, const struct pushed *update))
{
	for (size_t i = 0; i < push->updates.count; i++) {
		const struct pushed *update = vec_at(&push->updates, i);

		if (with_removals || !hook_is_none(update->id))
			check(push, update);
	}
}

/* Whatever was found first is told alone: the rest would follow from it. */
static void check_push(const struct push *push)
{
	for_each(push, true, check_name);
	check_size(push);
	if (diag_errors(push->diags) > 0)
		return;
	for_each(push, false, check_people);
	if (diag_errors(push->diags) == 0)
		for_each(push, false, judge);
}

static int tell(const struct push *push)
{
	static const struct text refused = TEXT(
	    "zheli：这次推送没有接受，原因如下\n",
	    "zheli: this push was not taken, for these reasons\n");
	static const struct text warned = TEXT(
	    "zheli：已接受，请留意\n", "zheli: taken; please note\n");
	int status = report_status(push->diags);

	diag_sort(push->diags);
	if (push->diags->items.count > 0)
		fputs(invocation_text(push->invocation, status == EXIT_FINE ?
		    &warned : &refused), stderr);
	report_print(push->invocation->lang, push->diags, stderr);
	return status;
}

int hook_pre_receive(const struct invocation *invocation)
{
	struct push push = { .invocation = invocation,
		.arena = invocation->arena };
	struct diag_list diags;
	int status;

	diag_list_init(&diags, invocation->arena);
	push.diags = &diags;
	vec_init(&push.updates, sizeof(struct pushed));
	if (open_push(&push))
		check_push(&push);
	status = tell(&push);
	vec_dispose(&push.updates);
	diag_list_dispose(&diags);
	return status;
}
