/* SPDX-License-Identifier: MIT */
/* Receipts as the server's hook writes them. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/instant.h"
#include "base/map.h"
#include "base/path.h"
#include "base/reason.h"
#include "base/vec.h"
#include "source/object.h"
#include "source/receipt.h"
#include "source/receipt_notes.h"
#include "source/repository.h"
#include "source/signature.h"

#include <git2.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* How often the ref may change under us; the lock keeps all but git out. */
enum { ATTEMPTS = 20 };

struct writing {
	struct arena *arena;
	git_repository *repository;
	const struct receipt_request *request;
	struct trees trees;
	unsigned char notes[OBJECT_SIZE];	/* the tree there is */
	git_oid parent;				/* its commit */
	bool has_notes;
	struct vec updates;			/* git_tree_update */
	struct map counted;			/* when dry: which commits */
	size_t written;
	struct diag_list *diags;
};

static bool failed(struct writing *w, struct str what)
{
	return diag_report(w->diags, ((struct mark){ .path = what }),
	    DIAG_CANNOT_WRITE, what, git_reason());
}

static struct str hex_of(struct arena *arena, const git_oid *id)
{
	char hex[GIT_OID_HEXSZ + 1];

	(void)git_oid_tostr(hex, sizeof(hex), id);
	return str_dup(arena, str_from(hex));
}

/* -- the notes there are -------------------------------------------------- */

static bool find_note(struct writing *w, const git_oid *commit,
    struct str *path, git_oid *note)
{
	return w->has_notes && notes_find(&w->trees, w->notes, commit->id,
	    w->arena, path, note->id);
}

/* False when it is gone, or not as receipts are written. */
static bool parse_note(struct writing *w, const git_oid *note,
    struct vec *receipts)
{
	struct str bytes;

	return notes_read(&w->trees, note->id, w->arena, &bytes) &&
	    receipt_parse(bytes, receipts);
}

/* When the commit was first received; false when it has no receipt. */
static bool find_time(struct writing *w, const git_oid *commit,
    int64_t *seconds)
{
	struct vec receipts;
	struct str path;
	git_oid note;
	bool found;

	if (!find_note(w, commit, &path, &note))
		return false;
	vec_init(&receipts, sizeof(struct receipt));
	found = parse_note(w, &note, &receipts);
	*seconds = INT64_MAX;
	for (size_t i = 0; found && i < receipts.count; i++) {
		const struct receipt *receipt = vec_at(&receipts, i);

		if (receipt->seconds < *seconds)
			*seconds = receipt->seconds;
	}
	vec_dispose(&receipts);
	return found;
}

/* -- which commits get one ------------------------------------------------ */

static bool take_id(struct str hex, git_oid *id)
{
	return hex.len == GIT_OID_HEXSZ &&
	    git_oid_fromstrn(id, hex.ptr, hex.len) == 0 &&
	    !git_oid_is_zero(id);
}

/* What the push brought: all that the ref had not, and, for a new branch, the
 * main branch has not. */
static bool list_pushed(struct writing *w, const struct pushed *pushed,
    struct vec *ids)
{
	git_revwalk *walk = NULL;
	int last = 0;
	git_oid id, old, main_tip;
	bool ok = take_id(pushed->id, &id) &&
	    git_revwalk_new(&walk, w->repository) == 0 &&
	    git_revwalk_sorting(walk, GIT_SORT_TOPOLOGICAL |
		GIT_SORT_REVERSE) == 0 && git_revwalk_push(walk, &id) == 0;

	if (ok && take_id(pushed->old_id, &old))
		(void)git_revwalk_hide(walk, &old);
	if (ok && !str_eq(pushed->ref, w->request->branch) &&
	    git_reference_name_to_id(&main_tip, w->repository,
		str_cstr(w->arena, w->request->branch)) == 0)
		(void)git_revwalk_hide(walk, &main_tip);
	while (ok && last == 0) {
		last = git_revwalk_next(&id, walk);
		if (last == 0)
			*(git_oid *)vec_push(ids) = id;
	}
	git_revwalk_free(walk);
	return (ok && last == GIT_ITEROVER) || failed(w, pushed->ref);
}

/* The commits on the main branch's own line, which have landed by this push
 * whether or not they were received before. */
static void list_landed(struct writing *w, const struct pushed *pushed,
    struct map *landed)
{
	struct commit_facts facts = { .parents = 1 };
	git_oid at, old = { .id = { 0 } };

	if (!str_eq(pushed->ref, w->request->branch) ||
	    !take_id(pushed->id, &at))
		return;
	(void)take_id(pushed->old_id, &old);
	while (facts.parents > 0 && !git_oid_equal(&at, &old) &&
	    commit_facts(w->trees.odb, at.id, &facts)) {
		map_put(landed, (struct str){ (const char *)at.id,
		    OBJECT_SIZE }, w);
		memcpy(at.id, facts.parent, OBJECT_SIZE);
	}
}

static bool has_receipt_for(struct writing *w, const git_oid *commit,
    struct str ref)
{
	struct vec receipts;
	struct str path;
	git_oid note;
	bool found = false;

	if (!find_note(w, commit, &path, &note))
		return false;
	if (ref.len == 0)
		return true;
	vec_init(&receipts, sizeof(struct receipt));
	(void)parse_note(w, &note, &receipts);
	for (size_t i = 0; i < receipts.count; i++)
		found = found || str_eq(((const struct receipt *)vec_at(
		    &receipts, i))->ref, ref);
	vec_dispose(&receipts);
	return found;
}

/* Keeps those that need a receipt. */
static void sort_out(struct writing *w, const struct pushed *pushed,
    struct vec *ids)
{
	git_oid *items = ids->items;
	struct map landed;
	size_t kept = 0;

	map_init(&landed, w->arena);
	list_landed(w, pushed, &landed);
	for (size_t i = 0; i < ids->count; i++) {
		bool lands = map_has(&landed, (struct str){
		    (const char *)items[i].id, OBJECT_SIZE });

		if (!has_receipt_for(w, &items[i], lands ? pushed->ref :
		    STR_NONE))
			items[kept++] = items[i];
	}
	ids->count = kept;
}

/* -- making them ---------------------------------------------------------- */

/* Not before the receipts of what the commits stand on. */
static int64_t time_for(struct writing *w, const struct vec *ids)
{
	int64_t latest = w->request->seconds, seconds;

	for (size_t i = 0; i < ids->count; i++) {
		git_commit *commit = NULL;

		if (git_commit_lookup(&commit, w->repository,
		    vec_at(ids, i)) != 0)
			continue;
		for (unsigned j = 0; j < git_commit_parentcount(commit); j++)
			if (find_time(w, git_commit_parent_id(commit, j),
			    &seconds) && seconds > latest)
				latest = seconds;
		git_commit_free(commit);
	}
	return latest;
}

static bool make_text(struct writing *w, struct str ref, int64_t seconds,
    const git_oid *ids, size_t count, struct str *text)
{
	struct str account = w->request->account, signature = STR_NONE;
	struct buf buf;
	bool ok;

	buf_init(&buf);
	buf_append_format(&buf, "received %.*s %.*s%s%.*s\n",
	    STR_ARG(instant_format(w->arena, seconds, ZONE_CHINA)),
	    STR_ARG(ref), account.len > 0 ? " " : "", STR_ARG(account));
	for (size_t i = 0; i < count; i++)
		buf_append_format(&buf, "commit %.*s\n",
		    STR_ARG(hex_of(w->arena, &ids[i])));
	ok = w->request->key.len == 0 || signature_make(w->arena,
	    w->request->key, STR(RECEIPTS_SPACE), buf_str(&buf), &signature,
	    w->diags);
	buf_append(&buf, signature);
	*text = str_dup(w->arena, buf_str(&buf));
	buf_dispose(&buf);
	return ok;
}

static void put(struct writing *w, git_tree_update_t action,
    const git_oid *note, struct str path)
{
	git_tree_update *update = vec_push(&w->updates);

	update->action = action;
	update->id = *note;
	update->filemode = GIT_FILEMODE_BLOB;
	update->path = str_cstr(w->arena, path);
}

/* Beside what the commit has already; in the place where most notes are. */
static bool put_note(struct writing *w, const git_oid *commit,
    struct str text, const git_oid *shared)
{
	struct str hex = hex_of(w->arena, commit), path;
	struct str place = path_join(w->arena, str_slice(hex, 0, 2),
	    str_slice(hex, 2, hex.len));
	git_oid note = *shared, old;

	if (find_note(w, commit, &path, &old)) {
		struct str before, both;

		if (!notes_read(&w->trees, old.id, w->arena, &before))
			return failed(w, STR(RECEIPTS_REF));
		both = str_format(w->arena, "%.*s\n%.*s", STR_ARG(before),
		    STR_ARG(text));
		if (git_blob_create_from_buffer(&note, w->repository,
		    both.ptr, both.len) != 0)
			return failed(w, STR(RECEIPTS_REF));
		if (!str_eq(path, place))
			put(w, GIT_TREE_UPDATE_REMOVE, &old, path);
	}
	put(w, GIT_TREE_UPDATE_UPSERT, &note, place);
	w->written++;
	return true;
}

/* A commit on two branches is one. */
static void count_group(struct writing *w, const git_oid *ids, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct str hex = hex_of(w->arena, &ids[i]);

		w->written += !map_has(&w->counted, hex);
		map_put(&w->counted, hex, w);
	}
}

static bool put_group(struct writing *w, struct str ref, int64_t seconds,
    const git_oid *ids, size_t count)
{
	struct str text;
	git_oid shared;

	if (w->request->is_dry) {
		count_group(w, ids, count);
		return true;
	}
	if (!make_text(w, ref, seconds, ids, count, &text))
		return false;
	if (git_blob_create_from_buffer(&shared, w->repository, text.ptr,
	    text.len) != 0)
		return failed(w, STR(RECEIPTS_REF));
	for (size_t i = 0; i < count; i++)
		if (!put_note(w, &ids[i], text, &shared))
			return false;
	return true;
}

static bool put_pushed(struct writing *w, const struct pushed *pushed)
{
	struct vec ids;
	int64_t seconds;
	bool ok;

	vec_init(&ids, sizeof(git_oid));
	ok = list_pushed(w, pushed, &ids);
	if (ok)
		sort_out(w, pushed, &ids);
	seconds = time_for(w, &ids);
	for (size_t i = 0; ok && i < ids.count; i += RECEIPT_COMMITS)
		ok = put_group(w, pushed->ref, seconds, vec_at(&ids, i),
		    ids.count - i < RECEIPT_COMMITS ? ids.count - i :
		    RECEIPT_COMMITS);
	vec_dispose(&ids);
	return ok;
}

/* -- one commit of notes -------------------------------------------------- */

static bool make_tree(struct writing *w, git_oid *id)
{
	git_tree *baseline = NULL;
	git_oid old;
	bool ok = true;

	memcpy(old.id, w->notes, OBJECT_SIZE);
	if (w->has_notes)
		ok = git_tree_lookup(&baseline, w->repository, &old) == 0;
	ok = ok && git_tree_create_updated(id, w->repository, baseline,
	    w->updates.count, w->updates.items) == 0;
	git_tree_free(baseline);
	return ok;
}

static bool make_commit(struct writing *w, const git_oid *tree_id,
    git_oid *made)
{
	git_signature *server = NULL;
	git_commit *parent = NULL;
	git_tree *tree = NULL;
	const git_commit *parents[1];
	bool ok = git_tree_lookup(&tree, w->repository, tree_id) == 0 &&
	    git_signature_new(&server, "zheli", "zheli@localhost",
		w->request->seconds, ZONE_CHINA) == 0 &&
	    (!w->has_notes || git_commit_lookup(&parent, w->repository,
		&w->parent) == 0);

	parents[0] = parent;
	ok = ok && git_commit_create(made, w->repository, NULL, server,
	    server, NULL, "receipts\n", tree, w->has_notes, parents) == 0;
	git_signature_free(server);
	git_commit_free(parent);
	git_tree_free(tree);
	return ok;
}

/* Only from what we have read: another's receipts are never lost. */
static int move_ref(struct writing *w, const git_oid *made)
{
	static const git_oid none;
	git_reference *reference = NULL;
	int error = git_reference_create_matching(&reference, w->repository,
	    RECEIPTS_REF, made, 1, w->has_notes ? &w->parent : &none,
	    "receipts");

	git_reference_free(reference);
	return error;
}

/* `*again`: the ref has moved meanwhile, and nothing was written. */
static bool write_once(struct writing *w, const struct pushed *pushed,
    bool *again)
{
	size_t written = w->written;
	git_oid tree, made;
	int error = 0, has_notes;

	*again = false;
	vec_clear(&w->updates);
	has_notes = notes_tree(w->repository, &w->trees, w->notes,
	    &w->parent);
	if (has_notes < 0)
		return failed(w, STR(RECEIPTS_REF));
	w->has_notes = has_notes > 0;
	if (!put_pushed(w, pushed))
		return false;
	/* What cannot be read must not be taken for what is not there. */
	if (w->trees.is_damaged)
		return failed(w, STR(RECEIPTS_REF));
	if (w->updates.count == 0)
		return true;
	if (!make_tree(w, &tree) || !make_commit(w, &tree, &made))
		return failed(w, STR(RECEIPTS_REF));
	error = move_ref(w, &made);
	*again = error == GIT_EMODIFIED || error == GIT_ELOCKED ||
	    error == GIT_EEXISTS;
	if (*again)
		w->written = written;
	return error == 0 || *again || failed(w, STR(RECEIPTS_REF));
}

/* One commit of notes for each branch: the same commits may be on two. */
static bool write_for(struct writing *w, const struct pushed *pushed)
{
	bool again = true, ok = true;
	git_oid id;

	if (!str_starts(pushed->ref, STR("refs/heads/")) ||
	    !take_id(pushed->id, &id))
		return true;
	for (int i = 0; i < ATTEMPTS && again; i++)
		ok = write_once(w, pushed, &again);
	return ok && (!again || failed(w, STR(RECEIPTS_REF)));
}

/* Hooks take turns; git itself is kept out by the comparison. */
static int take_turn(struct writing *w)
{
	struct str path = path_join(w->arena, str_from(
	    git_repository_commondir(w->repository)),
	    STR("zheli-receipts.lock"));
	int lock = open(str_cstr(w->arena, path),
	    O_RDWR | O_CREAT | O_CLOEXEC, 0666);

	while (lock >= 0 && flock(lock, LOCK_EX) != 0) {
		if (errno == EINTR)
			continue;
		/* Locks may be unknown to the file system: go on without. */
		break;
	}
	if (lock < 0)
		diag_report_reason(w->diags, ((struct mark){ .path = path }),
		    DIAG_CANNOT_WRITE, path, errno);
	return lock;
}

bool receipts_write(struct arena *arena, const struct source *source,
    const struct receipt_request *request, const struct pushed *pushed,
    size_t count, size_t *written, struct diag_list *diags)
{
	struct writing w = { .arena = arena, .request = request,
		.repository = source_repository(source), .diags = diags };
	int lock = -1;
	bool ok;

	*written = 0;
	if (w.repository == NULL)
		return diag_report(diags, ((struct mark){ .path = STR_NONE }),
		    DIAG_NO_REPOSITORY, STR("."));
	if (!request->is_dry && (lock = take_turn(&w)) < 0)
		return false;
	map_init(&w.counted, arena);
	vec_init(&w.updates, sizeof(git_tree_update));
	ok = trees_open(w.repository, &w.trees) ||
	    failed(&w, STR(RECEIPTS_REF));
	for (size_t i = 0; ok && i < count; i++)
		ok = write_for(&w, &pushed[i]);
	trees_close(&w.trees);
	vec_dispose(&w.updates);
	if (lock >= 0)
		(void)close(lock);
	*written = w.written;
	return ok;
}
