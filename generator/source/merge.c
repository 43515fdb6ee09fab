/* SPDX-License-Identifier: MIT */
#include "source/merge.h"

#include "base/arena.h"
#include "base/diag.h"

#include <git2.h>
#include <git2/sys/mempack.h>
#include <git2/sys/odb_backend.h>

/* Above that of git's own places, so that new objects go here. */
enum { MEMORY_PRIORITY = 1000 };

enum outcome { MERGED, CLASH, FAILED };

struct merging {
	git_repository *repository;
	size_t depth;
};

static bool fail(const git_oid *id, struct diag_list *diags)
{
	const git_error *error = git_error_last();
	struct str name = str_dup(diags->arena, str_from(git_oid_tostr_s(id)));

	return diag_report(diags, ((struct mark){ .path = STR_NONE }),
	    DIAG_OBJECT_UNREADABLE, name, error == NULL ? STR("unknown") :
	    str_dup(diags->arena, str_from(error->message)));
}

/* -- trees ---------------------------------------------------------------- */

static bool is_tree(const git_tree_entry *entry)
{
	return entry != NULL && git_tree_entry_type(entry) == GIT_OBJECT_TREE;
}

static bool are_same(const git_tree_entry *a, const git_tree_entry *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	return git_oid_equal(git_tree_entry_id(a), git_tree_entry_id(b)) &&
	    git_tree_entry_filemode_raw(a) == git_tree_entry_filemode_raw(b);
}

static const git_tree_entry *entry_of(const git_tree *tree, const char *name)
{
	return tree == NULL ? NULL : git_tree_entry_byname(tree, name);
}

static enum outcome merge_trees(struct merging *merging,
    const git_tree_entry *const sides[3], git_oid *merged, bool *is_empty);

static enum outcome put(git_treebuilder *builder, const char *name,
    const git_tree_entry *entry)
{
	int error = entry == NULL ? git_treebuilder_remove(builder, name) :
	    git_treebuilder_insert(NULL, builder, name,
		git_tree_entry_id(entry), git_tree_entry_filemode(entry));

	return error == 0 ? MERGED : FAILED;
}

/* `sides`: the ancestor's entry, ours, theirs; each may be NULL. */
static enum outcome merge_entry(struct merging *merging,
    git_treebuilder *builder, const char *name,
    const git_tree_entry *const sides[3])
{
	enum outcome outcome;
	bool is_empty;
	git_oid merged;

	/* Gone from both sides: perhaps moved to two places, which excludes
	 * each other. */
	if (sides[0] != NULL && sides[1] == NULL && sides[2] == NULL)
		return CLASH;
	if (are_same(sides[0], sides[2]) || are_same(sides[1], sides[2]))
		return MERGED;
	if (are_same(sides[0], sides[1]))
		return put(builder, name, sides[2]);
	if (!is_tree(sides[1]) || !is_tree(sides[2]) ||
	    (sides[0] != NULL && !is_tree(sides[0])))
		return CLASH;
	outcome = merge_trees(merging, sides, &merged, &is_empty);
	if (outcome != MERGED)
		return outcome;
	if (is_empty)
		return put(builder, name, NULL);
	return git_treebuilder_insert(NULL, builder, name, &merged,
	    GIT_FILEMODE_TREE) == 0 ? MERGED : FAILED;
}

/* Every name of theirs, and those of the ancestor that they no longer have. */
static enum outcome merge_names(struct merging *merging,
    git_treebuilder *builder, git_tree *const trees[3])
{
	enum outcome outcome = MERGED;

	for (int side = 2; side >= 0; side -= 2) {
		size_t count = trees[side] == NULL ? 0 :
		    git_tree_entrycount(trees[side]);

		for (size_t i = 0; outcome == MERGED && i < count; i++) {
			const char *name = git_tree_entry_name(
			    git_tree_entry_byindex(trees[side], i));
			const git_tree_entry *const sides[] = {
				entry_of(trees[0], name),
				entry_of(trees[1], name),
				entry_of(trees[2], name),
			};

			if (side == 2 || sides[2] == NULL)
				outcome = merge_entry(merging, builder, name,
				    sides);
		}
	}
	return outcome;
}

static enum outcome merge_opened(struct merging *merging,
    git_tree *const trees[3], git_oid *merged, bool *is_empty)
{
	git_treebuilder *builder = NULL;
	enum outcome outcome = FAILED;

	if (git_treebuilder_new(&builder, merging->repository, trees[1]) == 0)
		outcome = merge_names(merging, builder, trees);
	if (outcome == MERGED) {
		*is_empty = git_treebuilder_entrycount(builder) == 0;
		if (git_treebuilder_write(merged, builder) != 0)
			outcome = FAILED;
	}
	git_treebuilder_free(builder);
	return outcome;
}

static enum outcome merge_trees(struct merging *merging,
    const git_tree_entry *const sides[3], git_oid *merged, bool *is_empty)
{
	enum { MOST_DEPTH = 256 };
	git_tree *trees[3] = { NULL, NULL, NULL };
	enum outcome outcome = MERGED;

	if (merging->depth >= MOST_DEPTH)
		return CLASH;
	merging->depth++;
	for (int i = 0; i < 3; i++)
		if (sides[i] != NULL && git_tree_lookup(&trees[i],
		    merging->repository, git_tree_entry_id(sides[i])) != 0)
			outcome = FAILED;
	if (outcome == MERGED)
		outcome = merge_opened(merging, trees, merged, is_empty);
	for (int i = 0; i < 3; i++)
		git_tree_free(trees[i]);
	merging->depth--;
	return outcome;
}

/* -- commits -------------------------------------------------------------- */

/* The oldest conflict of a path names it best. */
static const char *conflict_path(const git_index_entry *ancestor,
    const git_index_entry *ours, const git_index_entry *theirs)
{
	return ancestor != NULL ? ancestor->path : ours != NULL ? ours->path :
	    theirs->path;
}

static bool report_conflicts(git_index *index, const git_oid *head,
    struct diag_list *diags)
{
	const git_index_entry *ancestor, *ours, *theirs;
	git_index_conflict_iterator *iterator = NULL;

	if (git_index_conflict_iterator_new(&iterator, index) != 0)
		return fail(head, diags);
	while (git_index_conflict_next(&ancestor, &ours, &theirs, iterator) ==
	    0) {
		struct str path = str_dup(diags->arena, str_from(
		    conflict_path(ancestor, ours, theirs)));

		diag_report(diags, ((struct mark){ .path = path }),
		    DIAG_MERGE_CONFLICT, path);
	}
	git_index_conflict_iterator_free(iterator);
	return false;
}

/* With renames and the lines of files taken into account. */
static bool merge_thoroughly(git_repository *repository,
    git_commit *const commits[3], git_oid *tree, struct diag_list *diags)
{
	git_index *index = NULL;
	bool ok;

	if (git_merge_commits(&index, repository, commits[1], commits[2],
	    NULL) != 0)
		ok = fail(git_commit_id(commits[2]), diags);
	else if (git_index_has_conflicts(index))
		ok = report_conflicts(index, git_commit_id(commits[2]), diags);
	else
		ok = git_index_write_tree_to(tree, index, repository) == 0 ||
		    fail(git_commit_id(commits[2]), diags);
	git_index_free(index);
	return ok;
}

static bool merge_opened_commits(git_repository *repository,
    git_commit *const commits[3], git_oid *tree, struct diag_list *diags)
{
	struct merging merging = { .repository = repository };
	git_tree *trees[3] = { NULL, NULL, NULL };
	enum outcome outcome = MERGED;
	bool is_empty;

	for (int i = 0; i < 3; i++)
		if (git_commit_tree(&trees[i], commits[i]) != 0)
			outcome = FAILED;
	if (outcome == MERGED)
		outcome = merge_opened(&merging, trees, tree, &is_empty);
	for (int i = 0; i < 3; i++)
		git_tree_free(trees[i]);
	if (outcome == CLASH)
		return merge_thoroughly(repository, commits, tree, diags);
	return outcome == MERGED || fail(git_commit_id(commits[2]), diags);
}

/* What is written from now on through this handle stays in memory. */
static bool write_to_memory(git_repository *repository)
{
	git_odb_backend *memory = NULL;
	git_odb *odb = NULL;
	bool ok = git_repository_odb(&odb, repository) == 0 &&
	    git_mempack_new(&memory) == 0;

	if (ok && git_odb_add_backend(odb, memory, MEMORY_PRIORITY) != 0) {
		memory->free(memory);
		ok = false;
	}
	git_odb_free(odb);
	return ok;
}

bool merge_commits(struct git_repository *repository,
    const struct git_oid *base, const struct git_oid *head,
    struct git_oid *tree, struct diag_list *diags)
{
	git_commit *commits[3] = { NULL, NULL, NULL };
	git_oid ids[3];
	bool ok = true;
	int error = git_merge_base(&ids[0], repository, base, head);

	if (error == GIT_ENOTFOUND)
		return diag_report(diags, ((struct mark){ .path = STR_NONE }),
		    DIAG_NO_COMMON_ANCESTOR, str_dup(diags->arena,
			str_from(git_oid_tostr_s(base))),
		    str_dup(diags->arena, str_from(git_oid_tostr_s(head))));
	if (error != 0 || !write_to_memory(repository))
		return fail(head, diags);
	ids[1] = *base;
	ids[2] = *head;
	for (int i = 0; ok && i < 3; i++)
		ok = git_commit_lookup(&commits[i], repository, &ids[i]) == 0 ||
		    fail(&ids[i], diags);
	if (ok)
		ok = merge_opened_commits(repository, commits, tree, diags);
	for (int i = 0; i < 3; i++)
		git_commit_free(commits[i]);
	return ok;
}
