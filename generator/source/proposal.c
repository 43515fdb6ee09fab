/* SPDX-License-Identifier: MIT */
#include "source/proposal.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/map.h"
#include "base/path.h"
#include "base/vec.h"
#include "source/difference.h"
#include "source/object.h"
#include "source/receipt.h"
#include "source/receipt_notes.h"
#include "source/repository.h"
#include "source/signature.h"
#include "source/source.h"

#include <git2.h>

/* Texts that both sides of a merge have changed are looked into up to here. */
enum { MERGED_BYTES = 1024 * 1024 };

struct proposal {
	struct git_repository *repository;
	struct trees trees;
	struct str prefix;		/* of the registry in the repository */
	struct vec ids;			/* git_oid, oldest first */
};

static bool refuse(struct str what, struct str why, struct diag_list *diags)
{
	return diag_report(diags, ((struct mark){ .line = 0 }),
	    DIAG_OBJECT_UNREADABLE, what, why);
}

/* -- the commits ---------------------------------------------------------- */

/* What a reference names that leads nowhere, or to no commit, hides nothing: as
 * for `git log --not --all`. */
static void hide_reference(git_revwalk *walk, git_reference *reference)
{
	git_object *commit = NULL;

	if (git_reference_peel(&commit, reference, GIT_OBJECT_COMMIT) == 0)
		(void)git_revwalk_hide(walk, git_object_id(commit));
	git_object_free(commit);
}

static bool hide_references(git_revwalk *walk, git_repository *repository)
{
	git_reference_iterator *iterator = NULL;
	git_reference *reference = NULL;
	int error = git_reference_iterator_new(&iterator, repository);

	while (error == 0 &&
	    (error = git_reference_next(&reference, iterator)) == 0) {
		hide_reference(walk, reference);
		git_reference_free(reference);
	}
	git_reference_iterator_free(iterator);
	return error == GIT_ITEROVER;
}

/* `base` NULL: what no reference has. */
static bool list_commits(struct proposal *proposal, const git_oid *base,
    const git_oid *head)
{
	git_revwalk *walk = NULL;
	int last = 0;
	git_oid id;
	bool ok = git_revwalk_new(&walk, proposal->repository) == 0 &&
	    git_revwalk_sorting(walk, GIT_SORT_TOPOLOGICAL |
		GIT_SORT_REVERSE) == 0 &&
	    git_revwalk_push(walk, head) == 0 &&
	    (base != NULL ? git_revwalk_hide(walk, base) == 0 :
		hide_references(walk, proposal->repository));

	while (ok && last == 0 && proposal->ids.count <= PROPOSAL_COMMITS) {
		last = git_revwalk_next(&id, walk);
		if (last == 0)
			*(git_oid *)vec_push(&proposal->ids) = id;
	}
	git_revwalk_free(walk);
	/* A walk that broke off has not listed all that is to be judged. */
	return ok && (last == 0 || last == GIT_ITEROVER);
}

static bool take_id(struct str hex, git_oid *id)
{
	return hex.len == GIT_OID_HEXSZ &&
	    git_oid_fromstrn(id, hex.ptr, hex.len) == 0;
}

struct proposal *proposal_open(struct arena *arena,
    const struct source *source, struct str base, struct str head,
    struct diag_list *diags)
{
	struct proposal *proposal = arena_alloc(arena, sizeof(*proposal));
	git_oid from, to;

	*proposal = (struct proposal){ .prefix = source_prefix(source),
		.repository = source_repository(source) };
	vec_init(&proposal->ids, sizeof(git_oid));
	if ((base.len > 0 && !take_id(base, &from)) || !take_id(head, &to) ||
	    !trees_open(proposal->repository, &proposal->trees)) {
		(void)refuse(head, git_reason(), diags);
		vec_dispose(&proposal->ids);
		return NULL;
	}
	if (list_commits(proposal, base.len > 0 ? &from : NULL, &to) &&
	    proposal->ids.count <= PROPOSAL_COMMITS)
		return proposal;
	(void)refuse(head, proposal->ids.count > PROPOSAL_COMMITS ?
	    STR("too many commits") : git_reason(), diags);
	proposal_close(proposal);
	return NULL;
}

void proposal_close(struct proposal *proposal)
{
	trees_close(&proposal->trees);
	vec_dispose(&proposal->ids);
}

size_t proposal_count(const struct proposal *proposal)
{
	return proposal->ids.count;
}

static struct str person(struct arena *arena, const git_signature *who)
{
	return str_format(arena, "%s <%s>", who->name, who->email);
}

static struct str taken(struct arena *arena, git_buf *buf)
{
	struct str text = str_dup(arena, (struct str){ buf->ptr, buf->size });

	git_buf_dispose(buf);
	return text;
}

bool proposal_commit(const struct proposal *proposal, size_t index,
    struct arena *arena, struct proposal_commit *commit,
    struct diag_list *diags)
{
	const git_oid *id = vec_at(&proposal->ids, index);
	git_buf signature = GIT_BUF_INIT, text = GIT_BUF_INIT;
	git_commit *found = NULL;
	git_oid copy = *id;
	int error;

	*commit = (struct proposal_commit){ .author = STR_NONE };
	memcpy(commit->id, id->id, OBJECT_SIZE);
	if (git_commit_lookup(&found, proposal->repository, id) != 0)
		return refuse(STR("commit"), git_reason(), diags);
	commit->author = person(arena, git_commit_author(found));
	commit->committer = person(arena, git_commit_committer(found));
	git_commit_free(found);
	error = git_commit_extract_signature(&signature, &text,
	    proposal->repository, &copy, NULL);
	if (error == 0) {
		commit->signature = taken(arena, &signature);
		commit->text = taken(arena, &text);
	}
	return error == 0 || error == GIT_ENOTFOUND ||
	    refuse(STR("commit"), git_reason(), diags);
}

static bool read_receipts(struct proposal *proposal, const git_oid *id,
    struct arena *arena, struct vec *receipts, bool *found,
    struct diag_list *diags)
{
	unsigned char notes[OBJECT_SIZE], note[OBJECT_SIZE];
	struct str path, bytes;
	git_oid commit;
	int has_notes = notes_tree(proposal->repository, &proposal->trees,
	    notes, &commit);

	*found = has_notes > 0 && notes_find(&proposal->trees, notes, id->id,
	    arena, &path, note) && notes_read(&proposal->trees, note, arena,
	    &bytes) && receipt_parse(bytes, receipts);
	for (size_t i = 0; *found && i < receipts->count; i++)
		*found = receipt_names(vec_at(receipts, i), id->id);
	return (has_notes >= 0 && !proposal->trees.is_damaged) ||
	    object_unreadable(STR(RECEIPTS_REF), diags);
}

static bool are_genuine(struct keyring *keyring, const struct vec *receipts,
    struct arena *arena, bool *genuine, struct diag_list *diags)
{
	struct signature_verdict verdict;

	*genuine = true;
	for (size_t i = 0; keyring != NULL && *genuine &&
	    i < receipts->count; i++) {
		const struct receipt *receipt = vec_at(receipts, i);

		if (!keyring_verify(keyring, receipt->text,
		    receipt->signature, arena, &verdict, diags))
			return false;
		*genuine = verdict.state == SIGNATURE_GOOD;
	}
	return true;
}

bool proposal_receipt(struct proposal *proposal, size_t index,
    struct keyring *keyring, struct arena *arena, struct receipt *first,
    bool *found, struct diag_list *diags)
{
	struct vec receipts;
	bool ok;

	vec_init(&receipts, sizeof(struct receipt));
	ok = read_receipts(proposal, vec_at(&proposal->ids, index), arena,
	    &receipts, found, diags) && (!*found || are_genuine(keyring,
	    &receipts, arena, found, diags));
	for (size_t i = 0; *found && i < receipts.count; i++)
		if (i == 0 || ((const struct receipt *)vec_at(&receipts,
		    i))->seconds < first->seconds)
			*first = *(const struct receipt *)vec_at(&receipts, i);
	vec_dispose(&receipts);
	return ok;
}

/* -- what they have changed ----------------------------------------------- */

/* False when an object that this path was looked for in, or its text, cannot be
 * read: whatever it was taken for does not count. */
static bool is_readable(const struct proposal *proposal, struct str path,
    struct diag_list *diags)
{
	return !proposal->trees.is_damaged || object_unreadable(path, diags);
}

/* What stands at a path of a tree: nothing is a mode of 0, and so is what
 * cannot be told; see is_readable(). */
struct place {
	uint32_t mode;
	unsigned char object[OBJECT_SIZE];
};

static struct place place_at(struct proposal *proposal,
    const unsigned char *tree, struct str path)
{
	struct place place = { .mode = 0 };

	if (tree == NULL || !trees_find(&proposal->trees, tree, path,
	    place.object, &place.mode))
		return (struct place){ .mode = 0 };
	return place;
}

static bool is_same(const struct place *a, const struct place *b)
{
	return a->mode == b->mode && (a->mode == 0 ||
	    memcmp(a->object, b->object, OBJECT_SIZE) == 0);
}

/*
 * Whether a path is what it looks like: found by its parts, in the tree that
 * has it, as the very thing that the difference came upon.
 */
static bool is_plain(struct proposal *proposal, const struct change *change,
    const unsigned char *old_tree, const unsigned char *tree)
{
	bool is_gone = change->mode == 0;
	struct place place = place_at(proposal, is_gone ? old_tree : tree,
	    change->path);

	return path_is_safe(change->path) && place.mode != 0 &&
	    memcmp(place.object, is_gone ? change->old_object :
		change->object, OBJECT_SIZE) == 0;
}

static bool difference(struct proposal *proposal,
    const unsigned char *old_tree, const unsigned char *tree,
    struct arena *arena, struct vec *changes, struct diag_list *diags)
{
	struct difference request = { .trees = &proposal->trees,
		.arena = arena, .changes = changes,
		.limit = PROPOSAL_ENTRIES, .diags = diags };

	return difference_find(&request, old_tree, tree, STR_NONE);
}

static void add(struct proposal *proposal, const struct change *change,
    const unsigned char *old_tree, const unsigned char *tree,
    struct vec *changes)
{
	struct proposal_change *added = vec_push(changes);

	added->path = change->path;
	added->is_inside = proposal->prefix.len == 0 ||
	    (str_starts(change->path, proposal->prefix) &&
	     change->path.len > proposal->prefix.len + 1 &&
	     change->path.ptr[proposal->prefix.len] == '/');
	if (added->is_inside && proposal->prefix.len > 0)
		added->path = str_slice(change->path,
		    proposal->prefix.len + 1, change->path.len);
	added->is_plain = is_plain(proposal, change, old_tree, tree);
}

static bool ordinary_changes(struct proposal *proposal,
    const unsigned char *old_tree, const unsigned char *tree,
    struct arena *arena, struct vec *changes, struct diag_list *diags)
{
	struct vec found;
	bool ok;

	vec_init(&found, sizeof(struct change));
	ok = difference(proposal, old_tree, tree, arena, &found, diags);
	for (size_t i = 0; ok && i < found.count; i++)
		add(proposal, vec_at(&found, i), old_tree, tree, changes);
	vec_dispose(&found);
	return ok;
}

/* The trees of a merge: of its bases, its parents, itself. Parents that have
 * nothing in common have one base, of nothing. */
struct merged {
	const unsigned char *const *bases;
	size_t base_count;
	const unsigned char *first, *second, *tree;
};

static bool take_text(struct proposal *proposal, const struct place *place,
    git_odb_object **object, git_merge_file_input *input)
{
	git_oid id;

	memcpy(id.id, place->object, OBJECT_SIZE);
	if (git_odb_read(object, proposal->trees.odb, &id) != 0) {
		proposal->trees.is_damaged = true;
		return false;
	}
	if (git_odb_object_type(*object) != GIT_OBJECT_BLOB ||
	    git_odb_object_size(*object) > MERGED_BYTES)
		return false;
	*input = (git_merge_file_input){
		.version = GIT_MERGE_FILE_INPUT_VERSION,
		.ptr = git_odb_object_data(*object),
		.size = git_odb_object_size(*object), .mode = place->mode };
	return true;
}

/* Whether the two texts, each changed from the base, merge into this one. */
static bool texts_give(struct proposal *proposal,
    const struct place *const places[3], const struct place *now)
{
	git_odb_object *objects[3] = { NULL, NULL, NULL };
	git_merge_file_input inputs[3];
	git_merge_file_result result = { .automergeable = 0 };
	git_oid id;
	bool ok = true;

	for (size_t i = 0; ok && i < 3; i++)
		ok = places[i]->mode == now->mode &&
		    take_text(proposal, places[i], &objects[i], &inputs[i]);
	ok = ok && git_merge_file(&result, &inputs[0], &inputs[1], &inputs[2],
	    NULL) == 0 && result.automergeable &&
	    git_odb_hash(&id, result.ptr, result.len, GIT_OBJECT_BLOB) == 0 &&
	    memcmp(id.id, now->object, OBJECT_SIZE) == 0;
	git_merge_file_result_free(&result);
	for (size_t i = 0; i < 3; i++)
		git_odb_object_free(objects[i]);
	return ok;
}

/* Whether merging from that base would have given something else there. */
static bool is_own_from(struct proposal *proposal, const unsigned char *tree,
    const struct merged *merged, struct str path)
{
	struct place base = place_at(proposal, tree, path);
	struct place first = place_at(proposal, merged->first, path);
	struct place second = place_at(proposal, merged->second, path);
	struct place now = place_at(proposal, merged->tree, path);

	if (is_same(&first, &second) || is_same(&second, &base))
		return !is_same(&now, &first);
	if (is_same(&first, &base))
		return !is_same(&now, &second);
	return base.mode == 0 || !texts_give(proposal,
	    (const struct place *const[]){ &base, &first, &second }, &now);
}

/* Of several bases any could be the one that is meant. */
static bool is_own(struct proposal *proposal, const struct merged *merged,
    struct str path)
{
	for (size_t i = 0; i < merged->base_count; i++)
		if (is_own_from(proposal, merged->bases[i], merged, path))
			return true;
	return false;
}

static bool merge_changes(struct proposal *proposal,
    const struct merged *merged, struct arena *arena, struct vec *changes,
    struct diag_list *diags)
{
	const unsigned char *const parents[] = { merged->first,
		merged->second };
	struct map seen;
	bool ok = true;

	map_init(&seen, arena);
	for (size_t p = 0; ok && p < 2; p++) {
		struct vec found;

		vec_init(&found, sizeof(struct change));
		ok = difference(proposal, parents[p], merged->tree, arena,
		    &found, diags);
		for (size_t i = 0; ok && i < found.count; i++) {
			const struct change *change = vec_at(&found, i);
			bool own = !map_has(&seen, change->path) &&
			    is_own(proposal, merged, change->path);

			ok = is_readable(proposal, change->path, diags);
			if (!ok || !own)
				continue;
			map_put(&seen, change->path, proposal);
			add(proposal, change, parents[p], merged->tree,
			    changes);
		}
		vec_dispose(&found);
	}
	return ok;
}

static bool tree_of(struct proposal *proposal, const git_oid *id,
    unsigned char *tree)
{
	struct commit_facts facts;

	if (!commit_facts(proposal->trees.odb, id->id, &facts))
		return false;
	memcpy(tree, facts.tree, OBJECT_SIZE);
	return true;
}

static bool bases_of(struct proposal *proposal, git_commit *commit,
    struct arena *arena, struct merged *merged)
{
	git_oidarray found = { NULL, 0 };
	const unsigned char **bases;
	bool ok = true;
	int error = git_merge_bases(&found, proposal->repository,
	    git_commit_parent_id(commit, 0), git_commit_parent_id(commit, 1));

	if (error != 0 && error != GIT_ENOTFOUND)
		return false;
	merged->base_count = error == 0 ? found.count : 1;
	merged->bases = bases = arena_array(arena, merged->base_count,
	    sizeof(*bases));
	bases[0] = NULL;
	for (size_t i = 0; ok && i < found.count; i++) {
		unsigned char *tree = arena_alloc(arena, OBJECT_SIZE);

		ok = tree_of(proposal, &found.ids[i], tree);
		bases[i] = tree;
	}
	git_oidarray_dispose(&found);
	return ok;
}

static bool changes_of(struct proposal *proposal, git_commit *commit,
    struct arena *arena, struct vec *changes, struct diag_list *diags)
{
	unsigned char tree[OBJECT_SIZE], first[OBJECT_SIZE];
	unsigned char second[OBJECT_SIZE];
	unsigned parents = git_commit_parentcount(commit);
	struct merged merged = { .first = first, .second = second,
		.tree = tree };

	if (!tree_of(proposal, git_commit_id(commit), tree) ||
	    (parents > 0 && !tree_of(proposal,
		git_commit_parent_id(commit, 0), first)) ||
	    (parents > 1 && !tree_of(proposal,
		git_commit_parent_id(commit, 1), second)) ||
	    (parents == 2 && !bases_of(proposal, commit, arena, &merged)))
		return refuse(STR("commit"), git_reason(), diags);
	if (parents != 2)
		return ordinary_changes(proposal, parents > 0 ? first : NULL,
		    tree, arena, changes, diags);
	return merge_changes(proposal, &merged, arena, changes, diags);
}

bool proposal_changes(struct proposal *proposal, size_t index,
    struct arena *arena, struct vec *changes, struct diag_list *diags)
{
	git_commit *commit = NULL;
	bool ok;

	if (git_commit_lookup(&commit, proposal->repository,
	    vec_at(&proposal->ids, index)) != 0)
		return refuse(STR("commit"), git_reason(), diags);
	proposal->trees.is_damaged = false;
	ok = changes_of(proposal, commit, arena, changes, diags);
	git_commit_free(commit);
	return ok && is_readable(proposal, STR("commit"), diags);
}
