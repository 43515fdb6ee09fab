/* SPDX-License-Identifier: MIT */
#include "source/history.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/hash.h"
#include "base/path.h"
#include "base/vec.h"
#include "source/difference.h"
#include "source/guard.h"
#include "source/history_internal.h"
#include "source/receipt.h"
#include "source/rename.h"
#include "source/repository.h"
#include "source/source.h"

#include <git2.h>

#include <stdlib.h>

/* Entries looked at in one commit: a few small trees that name each other many
 * times over would unfold without end. */
enum { ENTRIES_MAX = 8 * 1000 * 1000 };

static const struct str content = { "content", 7 };

/* -- opening -------------------------------------------------------------- */

/* As reference_find(), the commit that it leads to. */
static int find_reference(struct history *history, struct str name)
{
	git_oid id;
	git_object *object = NULL, *commit = NULL;
	int found = reference_find(history->repository,
	    str_cstr(history->arena, name), id.id);

	if (found > 0 && git_object_lookup(&object, history->repository, &id,
	    GIT_OBJECT_ANY) == 0 &&
	    git_object_peel(&commit, object, GIT_OBJECT_COMMIT) == 0)
		memcpy(history->tip, git_object_id(commit)->id, OBJECT_SIZE);
	else if (found > 0)
		found = -1;
	git_object_free(commit);
	git_object_free(object);
	return found;
}

/*
 * What the server has comes before what only this clone has. Where there is no
 * such branch, as in a clone of one commit's checkout, the commit shown stands
 * for its end.
 */
static bool find_tip(struct history *history, struct str branch,
    struct diag_list *diags)
{
	struct str local = str_join(history->arena, STR("refs/heads/"),
	    branch);
	int found;

	history->branch = str_starts(branch, STR("refs/")) ? branch : local;
	found = find_reference(history, str_starts(branch, STR("refs/")) ?
	    branch : str_join(history->arena, STR("refs/remotes/origin/"),
		branch));
	if (found == 0 && !str_starts(branch, STR("refs/")))
		found = find_reference(history, local);
	if (found == 0)
		memcpy(history->tip, history->shown, OBJECT_SIZE);
	return found >= 0 || object_unreadable(branch, diags);
}

static int compare_ids(const void *a, const void *b)
{
	return memcmp(a, b, OBJECT_SIZE);
}

/* "forty digits # why": what is no full id is told, as git would refuse it. */
static void read_bulk(struct history *history, struct str path,
    struct str text, struct diag_list *diags)
{
	for (uint32_t number = 1; text.len > 0; number++) {
		struct str rest = str_cut(&text, '\n');
		struct str line = str_trim(str_cut(&rest, '#'));
		git_oid id;

		if (line.len == 0)
			continue;
		if (line.len == GIT_OID_HEXSZ && git_oid_fromstrn(&id,
		    line.ptr, line.len) == 0)
			memcpy(vec_push(&history->bulk), id.id, OBJECT_SIZE);
		else
			diag_report(diags, ((struct mark){ path, number, 1 }),
			    DIAG_NO_COMMIT_ID, line);
	}
	vec_sort(&history->bulk, compare_ids);
}

/* The file as the shown commit has it: nobody's working copy decides. */
static bool load_bulk(struct history *history, struct str path,
    struct diag_list *diags)
{
	struct str whole = path_join(history->arena, history->prefix, path);
	git_odb_object *bytes = NULL;
	struct commit_facts facts;
	unsigned char object[OBJECT_SIZE];
	uint32_t mode;
	git_oid id;

	if (path.len == 0)
		return true;
	if (!commit_facts(history->trees.odb, history->shown, &facts))
		return object_unreadable(STR("HEAD"), diags);
	if (!trees_find(&history->trees, facts.tree, whole, object, &mode))
		return !history->trees.is_damaged ||
		    object_unreadable(path, diags);
	if (mode != MODE_FILE && mode != MODE_EXECUTABLE)
		return true;
	memcpy(id.id, object, OBJECT_SIZE);
	if (git_odb_read(&bytes, history->trees.odb, &id) != 0)
		return object_unreadable(path, diags);
	read_bulk(history, path, str_dup(history->arena, (struct str){
	    git_odb_object_data(bytes), git_odb_object_size(bytes) }), diags);
	git_odb_object_free(bytes);
	return true;
}

static bool note_basis(struct history *history, struct diag_list *diags)
{
	struct sha256 sha;
	unsigned char digest[SHA256_SIZE], notes[OBJECT_SIZE];
	int found = reference_find(history->repository, RECEIPTS_REF, notes);

	if (found < 0)
		return object_unreadable(STR(RECEIPTS_REF), diags);
	history->has_receipts = found > 0;
	sha256_init(&sha);
	sha256_add(&sha, history->prefix);
	/* Two NULs: nothing; one: receipts. */
	sha256_add(&sha, (struct str){ "\0", 2 - history->has_receipts });
	sha256_add(&sha, (struct str){ history->bulk.items,
	    history->bulk.count * OBJECT_SIZE });
	sha256_finish(&sha, digest);
	history->basis = STR_NONE;
	for (size_t i = 0; i < 16; i++)
		history->basis = str_format(history->arena, "%.*s%02x",
		    STR_ARG(history->basis), digest[i]);
	return true;
}

static bool find_shown(struct history *history, const struct source *source)
{
	struct str hex = source_commit(source, NULL);
	git_oid id;

	if (hex.len != GIT_OID_HEXSZ ||
	    git_oid_fromstrn(&id, hex.ptr, hex.len) != 0)
		return false;
	memcpy(history->shown, id.id, OBJECT_SIZE);
	return true;
}

bool history_open(struct arena *arena, const struct source *source,
    const struct history_settings *settings, struct history **out,
    struct diag_list *diags)
{
	struct history *history = arena_alloc(arena, sizeof(*history));
	struct mark mark = { .path = STR_NONE };

	*out = NULL;
	history->arena = arena;
	history->repository = source_repository(source);
	if (history->repository == NULL || !find_shown(history, source))
		return true;
	if (source_is_shallow(source))
		return diag_report(diags, mark, DIAG_SHALLOW_CLONE,
		    path_name(source_folder(source)));
	if (!trees_open(history->repository, &history->trees))
		return object_unreadable(STR(".git"), diags);
	history->repository_path = str_dup(arena,
	    str_from(git_repository_path(history->repository)));
	history->cache = path_join(arena,
	    str_from(git_repository_commondir(history->repository)),
	    STR("zheli"));
	history->prefix = source_prefix(source);
	vec_init(&history->bulk, OBJECT_SIZE);
	if (!find_tip(history, settings->branch, diags) ||
	    !load_bulk(history, settings->ignore_revs, diags) ||
	    !note_basis(history, diags)) {
		history_close(history);
		return false;
	}
	*out = history;
	return true;
}

void history_close(struct history *history)
{
	trees_close(&history->trees);
	vec_dispose(&history->bulk);
	if (history->is_reopened)
		git_repository_free(history->repository);
	history->repository = NULL;
}

bool history_reopen(struct history *history)
{
	git_repository *own = NULL;

	if (git_repository_open(&own, str_cstr(history->arena,
	    history->repository_path)) != 0)
		return false;
	guard_objects(own);
	/* The parent's handle is left alone, as source_reopen() leaves it. */
	history->repository = own;
	history->is_reopened = true;
	return trees_open(own, &history->trees);
}

const unsigned char *history_tip(const struct history *history)
{
	return history->tip;
}

const unsigned char *history_shown(const struct history *history)
{
	return history->shown;
}

struct str history_branch(const struct history *history)
{
	return history->branch;
}

struct str history_cache(const struct history *history)
{
	return history->cache;
}

struct str history_basis(const struct history *history)
{
	return history->basis;
}

bool history_is_bulk(const struct history *history, const unsigned char *id)
{
	return history->bulk.count > 0 && bsearch(id, history->bulk.items,
	    history->bulk.count, OBJECT_SIZE, compare_ids) != NULL;
}

/* -- the line of first parents -------------------------------------------- */

static bool unreadable_commit(const unsigned char *commit,
    struct diag_list *diags)
{
	char hex[GIT_OID_HEXSZ + 1];
	git_oid id;

	memcpy(id.id, commit, OBJECT_SIZE);
	(void)git_oid_tostr(hex, sizeof(hex), &id);
	return object_unreadable(str_from(hex), diags);
}

bool history_chain(struct history *history, const unsigned char *from,
    history_known *known, void *context, struct vec *landings,
    struct diag_list *diags)
{
	struct commit_facts facts = { .parents = 1 };
	unsigned char at[OBJECT_SIZE];
	struct landing *landing;

	memcpy(at, from, OBJECT_SIZE);
	while (facts.parents > 0) {
		if (!commit_facts(history->trees.odb, at, &facts))
			return unreadable_commit(at, diags);
		landing = vec_push(landings);
		*landing = (struct landing){ .parents = facts.parents,
			.committed = facts.committed };
		memcpy(landing->id, at, OBJECT_SIZE);
		memcpy(landing->tree, facts.tree, OBJECT_SIZE);
		if (known(context, at))
			break;
		memcpy(at, facts.parent, OBJECT_SIZE);
	}
	return true;
}

bool history_unreadable(struct diag_list *diags)
{
	return object_unreadable(STR(".git"), diags);
}

int history_holds(struct history *history, const unsigned char *of,
    const unsigned char *id)
{
	git_oid descendant, ancestor;

	memcpy(descendant.id, of, OBJECT_SIZE);
	memcpy(ancestor.id, id, OBJECT_SIZE);
	return git_oid_equal(&descendant, &ancestor) ? 1 :
	    git_graph_descendant_of(history->repository, &descendant,
		&ancestor);
}

/* -- changes -------------------------------------------------------------- */

/* The tree of the registry's folder; NULL where a commit has none. */
static const unsigned char *registry_tree(struct history *history,
    const unsigned char *tree, unsigned char *found)
{
	uint32_t mode;

	if (tree == NULL || history->prefix.len == 0)
		return tree;
	return trees_find(&history->trees, tree, history->prefix, found,
	    &mode) && mode == MODE_FOLDER ? found : NULL;
}

bool history_difference(struct history *history, const unsigned char *old,
    const unsigned char *now, bool is_bulk, struct arena *arena,
    struct vec *changes, struct diag_list *diags)
{
	unsigned char old_found[OBJECT_SIZE], found[OBJECT_SIZE];
	struct difference difference = { .trees = &history->trees,
		.arena = arena, .changes = changes, .limit = ENTRIES_MAX,
		.diags = diags };

	return difference_find(&difference,
	    registry_tree(history, old, old_found),
	    registry_tree(history, now, found), content) &&
	    renames_find(history->trees.odb, arena, is_bulk, changes, diags);
}

bool history_changes(struct history *history, const struct landing *before,
    const struct landing *landing, struct arena *arena, struct vec *changes,
    struct diag_list *diags)
{
	return history_difference(history, before == NULL ? NULL :
	    before->tree, landing->tree,
	    history_is_bulk(history, landing->id), arena, changes, diags);
}

bool history_carries(const struct change *rename, bool is_bulk)
{
	return is_bulk ||
	    memcmp(rename->old_object, rename->object, OBJECT_SIZE) == 0 ||
	    str_eq(path_name(rename->old_path), path_name(rename->path));
}
