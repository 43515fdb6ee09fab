/* SPDX-License-Identifier: MIT */
/*
 * pre-receive: what a server without a forge asks of a push before taking it.
 * The order is that of cost: names of branches and sizes; who signed what, and
 * whether they may; at last the verdict on what a merge into the main branch
 * would give, by the rules of the main branch. A push is taken whole or not at
 * all.
 */
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/vec.h"
#include "commands/git_run.h"
#include "commands/hook.h"
#include "commands/pipeline.h"
#include "commands/proposers.h"
#include "commands/range.h"
#include "commands/report.h"
#include "source/receipt.h"
#include "source/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KIB = 1024, PUSH_LIMIT_KIB = 64 * 1024, SHORT_ID = 12 };

struct push {
	const struct invocation *invocation;
	struct arena *arena;
	struct diag_list *diags;
	struct vec updates;		/* struct pushed */
	struct str main_ref;		/* "refs/heads/main" */
	struct str main_id;		/* empty: there is no commit yet */
	struct proposers proposers;
	struct str signers;		/* path of ssh-keygen's list */
};

static struct mark nowhere(void)
{
	return (struct mark){ .path = STR_NONE };
}

static struct str brief(struct str id)
{
	return str_slice(id, 0, SHORT_ID);
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

struct commit_facts {
	struct str id, parents;
	char signature;		/* git's letter: G, U, B, N, E, X, Y, R */
	struct identity who;
};

/* False, told, when nobody listed has made the commit. */
static bool check_signer(const struct push *push,
    const struct commit_facts *commit)
{
	struct str id = brief(commit->id);

	if (push->proposers.by_account) {
		/* Told once for the push, see check_people(). */
		return proposers_know(&push->proposers, &commit->who);
	}
	if (commit->signature == 'N')
		return diag_report(push->diags, nowhere(),
		    DIAG_COMMIT_UNSIGNED, id);
	if (commit->signature == 'B')
		return diag_report(push->diags, nowhere(),
		    DIAG_COMMIT_BAD_SIGNATURE, id);
	return proposers_know(&push->proposers, &commit->who) ||
	    diag_report(push->diags, nowhere(), DIAG_COMMIT_UNKNOWN_KEY, id,
		commit->who.fingerprint);
}

static void check_path(const struct push *push,
    const struct commit_facts *commit, struct str path)
{
	if (!proposers_allow(&push->proposers, &commit->who, path))
		diag_report(push->diags, ((struct mark){ .path = path }),
		    DIAG_NOT_THEIRS, path, proposers_name(&push->proposers,
			&commit->who), brief(commit->id));
}

/*
 * What a merge changes is what it makes other than git's own merge of its
 * parents would: taking the older of two texts is a change, too, though it is
 * one of the parents' texts. Sets `tree` to what git makes of them; of three
 * parents and more it is the first, so that everything counts.
 */
static bool merge_parents(const struct push *push, struct str parents,
    struct str *tree)
{
	struct str rest = parents, first = str_cut(&rest, ' ');
	const char *words[] = { "merge-tree", "--write-tree",
	    "--allow-unrelated-histories", "--no-messages",
	    str_cstr(push->arena, first), str_cstr(push->arena, rest), NULL };
	struct git_result result;

	*tree = first;
	if (str_find_char(rest, ' ', 0) != STR_NOT_FOUND)
		return true;
	/* 1: with conflicts, which whoever merged has resolved. */
	if (!git_run(push->arena, STR_NONE, words, STR_NONE, &result,
	    push->diags))
		return false;
	if (result.status != 0 && result.status != 1)
		return diag_report(push->diags, nowhere(), DIAG_GIT_FAILED,
		    STR("merge-tree"), parents);
	*tree = str_cut(&result.output, '\n');
	return true;
}

static bool changed_paths(const struct push *push,
    const struct commit_facts *commit, struct str *paths)
{
	const char *words[] = { "diff-tree", "-r", "-z", "--name-only",
		"--no-renames", "--no-commit-id", "--root", NULL, NULL,
		NULL };
	struct git_result result;
	struct str tree;
	size_t count = 7;

	if (str_find_char(commit->parents, ' ', 0) != STR_NOT_FOUND) {
		if (!merge_parents(push, commit->parents, &tree))
			return false;
		words[count++] = str_cstr(push->arena, tree);
	}
	words[count] = str_cstr(push->arena, commit->id);
	if (!git_run(push->arena, STR_NONE, words, STR_NONE, &result,
	    push->diags))
		return false;
	*paths = result.output;
	return result.status == 0 || diag_report(push->diags, nowhere(),
	    DIAG_GIT_FAILED, STR("diff-tree"), commit->id);
}

static void check_commit(const struct push *push,
    const struct commit_facts *commit)
{
	struct str paths;

	if (!check_signer(push, commit) ||
	    !changed_paths(push, commit, &paths))
		return;
	while (paths.len > 0)
		check_path(push, commit, str_cut(&paths, '\0'));
}

/* A signature counts if it is of the commit; whose key it is, is our list's to
 * say and no keyring's of the server. */
static struct commit_facts read_commit(struct str line)
{
	struct commit_facts commit;
	struct str letter, fingerprint;

	commit.id = str_cut(&line, ' ');
	letter = str_cut(&line, ' ');
	commit.signature = letter.len > 0 ? letter.ptr[0] : 'N';
	fingerprint = str_cut(&line, ' ');
	commit.who = (struct identity){ .account = hook_account() };
	if (commit.signature == 'G' || commit.signature == 'U') {
		commit.who.principal = str_cut(&line, '|');
		commit.who.fingerprint = fingerprint;
	} else {
		(void)str_cut(&line, '|');
	}
	commit.parents = line;
	return commit;
}

static void check_people(const struct push *push,
    const struct pushed *update)
{
	const char *words[] = { "-c", str_cstr(push->arena, str_format(
	    push->arena, "gpg.ssh.allowedSignersFile=%.*s",
	    STR_ARG(push->signers))), "-c", "log.showSignature=false", "log",
	    "-s", "--reverse", "--topo-order", "--format=%H %G? %GF %GS|%P",
	    str_cstr(push->arena, update->id), "--not", "--all", NULL };
	struct identity pusher = { .account = hook_account() };
	struct git_result result;

	if (push->proposers.by_account &&
	    !proposers_know(&push->proposers, &pusher)) {
		diag_report(push->diags, nowhere(), DIAG_ACCOUNT_UNKNOWN,
		    pusher.account);
		return;
	}
	if (!git_run(push->arena, STR_NONE, words, STR_NONE, &result,
	    push->diags))
		return;
	if (result.status != 0)
		diag_report(push->diags, nowhere(), DIAG_GIT_FAILED,
		    STR("log"), update->ref);
	while (result.status == 0 && result.output.len > 0) {
		struct commit_facts commit = read_commit(
		    str_cut(&result.output, '\n'));

		check_commit(push, &commit);
	}
}

/* ssh-keygen wants a file. */
static bool write_signers(struct push *push)
{
	const char *folder = getenv("TMPDIR");
	char *path = str_cstr(push->arena, str_format(push->arena,
	    "%s/zheli-signers-XXXXXX", folder != NULL ? folder : "/tmp"));
	int descriptor = mkstemp(path);
	struct buf text;
	bool ok;

	if (descriptor < 0)
		return diag_report(push->diags, nowhere(), DIAG_CANNOT_WRITE,
		    str_from(path), str_from(strerror(errno)));
	buf_init(&text);
	proposers_append_signers(&push->proposers, &text);
	ok = write(descriptor, text.ptr, text.len) == (ssize_t)text.len;
	ok = close(descriptor) == 0 && ok;
	buf_dispose(&text);
	push->signers = str_from(path);
	return ok || diag_report(push->diags, nowhere(), DIAG_CANNOT_WRITE,
	    push->signers, str_from(strerror(errno)));
}

static bool open_proposers(struct push *push)
{
	const struct frontmatter_limits limits = FRONTMATTER_LIMITS_DEFAULT;
	struct source *source;
	struct reader reader;
	bool ok;

	if (push->main_id.len == 0)
		return true;
	if (!source_open(push->arena, STR("."), push->main_id, &source,
	    push->diags))
		return false;
	reader = source_reader(source);
	ok = proposers_read(&push->proposers, push->arena, &reader, &limits,
	    push->diags);
	source_close(source);
	return ok && write_signers(push);
}

/* -- the verdict ---------------------------------------------------------- */

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
	ok = pipeline_open(&pipeline, &invocation, true, &found) &&
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
static void check_push(struct push *push)
{
	for_each(push, true, check_name);
	check_size(push);
	if (diag_errors(push->diags) > 0 || !open_proposers(push))
		return;
	if (push->proposers.items.count > 0)
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
	report_print(push->invocation, push->diags, stderr);
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
	if (push.signers.len > 0)
		(void)unlink(push.signers.ptr);
	proposers_dispose(&push.proposers);
	vec_dispose(&push.updates);
	diag_list_dispose(&diags);
	return status;
}
