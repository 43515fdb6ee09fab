/* SPDX-License-Identifier: MIT */
/*
 * post-receive: receipts. Each commit that a push brought gets a note under
 * refs/notes/receipts with the server's time, the branch, and the account where
 * the server knows it:
 *
 *   received 2026-11-21T08:15:30+08:00 refs/heads/main ACCOUNT
 *   commit 5d8e6a0c…
 *
 * A commit that came on a unit's branch and later with the main branch has
 * both, with an empty line between them. Pushes that end at the same moment
 * take turns.
 */
#include "base/buf.h"
#include "base/diag.h"
#include "base/path.h"
#include "base/vec.h"
#include "commands/command.h"
#include "commands/git_run.h"
#include "commands/hook.h"
#include "commands/report.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#define RECEIPTS "refs/notes/receipts"

/* Asia/Shanghai has kept UTC+8 without a change since 1991. */
enum { SHANGHAI_OFFSET = 8 * 60 * 60 };

/* Commits that one call of git gets as its input, below 64 KiB. */
enum { COMMITS_AT_ONCE = 200 };

struct writing {
	struct arena *arena;
	struct diag_list *diags;
	struct str main_ref;
	struct str time;	/* "2026-11-21T08:15:30+08:00" */
	struct str account;
	struct vec notes;	/* struct note */
};

struct note {
	struct str commit, text;
};

static struct str time_now(struct arena *arena)
{
	time_t now = time(NULL) + SHANGHAI_OFFSET;
	struct tm day;
	char text[32];

	(void)gmtime_r(&now, &day);
	(void)strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S+08:00", &day);
	return str_dup(arena, str_from(text));
}

/* -- which commits -------------------------------------------------------- */

static bool list_commits(const struct writing *writing,
    const struct hook_update *update, struct str *ids)
{
	bool is_main = str_eq(update->ref, writing->main_ref);
	const char *words[] = { "rev-list", "--reverse", "--topo-order",
		str_cstr(writing->arena, update->id), NULL, NULL, NULL };
	size_t count = 4;

	if (!hook_is_none(update->old_id))
		words[count++] = str_cstr(writing->arena, str_format(
		    writing->arena, "^%.*s", STR_ARG(update->old_id)));
	/* A branch made of what is in the main branch brings nothing. */
	if (!is_main)
		words[count++] = str_cstr(writing->arena, str_format(
		    writing->arena, "^%.*s", STR_ARG(writing->main_ref)));
	return git_ask(writing->arena, STR_NONE, words, ids, writing->diags);
}

static struct str old_note(const struct writing *writing, struct str commit)
{
	const char *words[] = { "notes", "--ref", RECEIPTS, "show",
		str_cstr(writing->arena, commit), NULL };
	struct git_result result;

	return git_run(writing->arena, STR_NONE, words, STR_NONE, &result,
	    writing->diags) && result.status == 0 ?
	    str_trim(result.output) : STR_NONE;
}

static void add_note(struct writing *writing,
    const struct hook_update *update, struct str commit)
{
	struct str old = old_note(writing, commit);
	struct note *note;

	/* It was received before, on another branch; what is new is only that
	 * the main branch has got it. */
	if (old.len > 0 && !str_eq(update->ref, writing->main_ref))
		return;
	note = vec_push(&writing->notes);
	note->commit = commit;
	note->text = str_format(writing->arena,
	    "%.*s%sreceived %.*s %.*s%s%.*s\ncommit %.*s\n", STR_ARG(old),
	    old.len > 0 ? "\n\n" : "", STR_ARG(writing->time),
	    STR_ARG(update->ref), writing->account.len > 0 ? " " : "",
	    STR_ARG(writing->account), STR_ARG(commit));
}

static bool add_update(struct writing *writing,
    const struct hook_update *update)
{
	struct str ids;

	if (hook_is_none(update->id) ||
	    !str_starts(update->ref, STR("refs/heads/")))
		return true;
	if (!list_commits(writing, update, &ids))
		return false;
	while (ids.len > 0)
		add_note(writing, update, str_cut(&ids, '\n'));
	return true;
}

/* -- writing -------------------------------------------------------------- */

/* A commit on the notes' branch, in the language of git-fast-import(1). */
static bool import(const struct writing *writing, size_t from, size_t to)
{
	static const char *const words[] = { "fast-import", "--quiet",
		"--date-format=now", NULL };
	static const char *const tip[] = { "rev-parse", "-q", "--verify",
		RECEIPTS "^{commit}", NULL };
	struct git_result result;
	struct buf script;
	bool ok;

	if (!git_run(writing->arena, STR_NONE, tip, STR_NONE, &result,
	    writing->diags))
		return false;
	buf_init(&script);
	buf_append_format(&script, "commit " RECEIPTS "\n"
	    "committer zheli <zheli@localhost> now\ndata 8\nReceipts\n");
	if (result.status == 0)
		buf_append_format(&script, "from " RECEIPTS "^0\n");
	for (size_t i = from; i < to; i++) {
		const struct note *note = vec_at(&writing->notes, i);

		buf_append_format(&script, "N inline %.*s\ndata %zu\n%.*s\n",
		    STR_ARG(note->commit), note->text.len,
		    STR_ARG(note->text));
	}
	buf_append_cstr(&script, "done\n");
	ok = git_run(writing->arena, STR_NONE, words, buf_str(&script),
	    &result, writing->diags);
	buf_dispose(&script);
	return ok && (result.status == 0 || diag_report(writing->diags,
	    ((struct mark){ .line = 0 }), DIAG_GIT_FAILED, STR("fast-import"),
	    STR(RECEIPTS)));
}

/* Pushes that end at the same moment would take each other's notes back. */
static int take_turn(const struct writing *writing)
{
	static const char *const words[] = { "rev-parse", "--absolute-git-dir",
		NULL };
	struct str folder, path;
	int lock;

	if (!git_ask(writing->arena, STR_NONE, words, &folder,
	    writing->diags))
		return -1;
	path = path_join(writing->arena, folder, STR("zheli-receipts.lock"));
	lock = open(path.ptr, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
	while (lock >= 0 && flock(lock, LOCK_EX) != 0)
		if (errno != EINTR)
			break;
	if (lock < 0)
		diag_report(writing->diags, ((struct mark){ .line = 0 }),
		    DIAG_CANNOT_WRITE, path, str_from(strerror(errno)));
	return lock;
}

static void write_all(struct writing *writing, const struct vec *updates)
{
	int lock = take_turn(writing);
	bool ok = lock >= 0;

	for (size_t i = 0; ok && i < updates->count; i++)
		ok = add_update(writing, vec_at(updates, i));
	for (size_t from = 0; ok && from < writing->notes.count;
	    from += COMMITS_AT_ONCE) {
		size_t to = from + COMMITS_AT_ONCE;

		ok = import(writing, from, to < writing->notes.count ? to :
		    writing->notes.count);
	}
	if (lock >= 0)
		(void)close(lock);
}

int hook_post_receive(const struct invocation *invocation)
{
	static const struct text done = TEXT("zheli：已收件，%zu 个提交，%.*s\n",
	    "zheli: received, %zu commits, %.*s\n");
	struct writing writing = { .arena = invocation->arena,
		.time = time_now(invocation->arena),
		.account = hook_account() };
	struct diag_list diags;
	struct vec updates;
	int status;

	diag_list_init(&diags, invocation->arena);
	writing.diags = &diags;
	vec_init(&updates, sizeof(struct hook_update));
	vec_init(&writing.notes, sizeof(struct note));
	if (hook_read_updates(invocation->arena, &updates, &diags) &&
	    hook_main_branch(invocation->arena, &writing.main_ref, &diags))
		write_all(&writing, &updates);
	status = report_status(&diags);
	if (status == EXIT_FINE && writing.notes.count > 0)
		fprintf(stderr, invocation_text(invocation, &done),
		    writing.notes.count, STR_ARG(writing.time));
	report_print(invocation, &diags, stderr);
	vec_dispose(&writing.notes);
	vec_dispose(&updates);
	diag_list_dispose(&diags);
	return status;
}
