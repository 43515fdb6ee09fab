/* SPDX-License-Identifier: MIT */
#include "source/commit.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/path.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "source/difference.h"
#include "source/merge.h"
#include "source/object.h"
#include "source/proposal.h"
#include "source/source.h"

#include <git2.h>

#include <string.h>

/* A few small trees that name each other many times over would unfold to more
 * files than any memory holds. */
enum { MOST_ENTRIES = 8 * 1000 * 1000 };

struct commit {
	git_repository *repository;
	git_odb *odb;
	git_tree *tree;		/* of the registry's folder */
	git_tree *base;		/* the same before a merge; NULL: no merge */
	struct vec changes;	/* struct change: between those two */
	git_oid id, tree_id;
};

/* The tree at `prefix` of a commit, or of a tree. */
static git_tree *find_tree(git_repository *repository, const git_oid *id,
    const char *prefix)
{
	git_object *object = NULL, *root_object = NULL;
	git_tree *root = NULL, *tree = NULL;
	git_tree_entry *entry = NULL;

	if (git_object_lookup(&object, repository, id, GIT_OBJECT_ANY) != 0 ||
	    git_object_peel(&root_object, object, GIT_OBJECT_TREE) != 0 ||
	    git_tree_lookup(&root, repository,
		git_object_id(root_object)) != 0)
		goto out;
	if (prefix[0] == '\0') {
		tree = root;
		root = NULL;
	} else if (git_tree_entry_bypath(&entry, root, prefix) == 0 &&
	    git_tree_entry_type(entry) == GIT_OBJECT_TREE) {
		(void)git_tree_lookup(&tree, repository,
		    git_tree_entry_id(entry));
	}
out:
	git_tree_entry_free(entry);
	git_tree_free(root);
	git_object_free(root_object);
	git_object_free(object);
	return tree;
}

static bool resolve(git_repository *repository, const char *rev, git_oid *id)
{
	git_object *object = NULL, *peeled = NULL;
	bool ok = git_revparse_single(&object, repository, rev) == 0 &&
	    git_object_peel(&peeled, object, GIT_OBJECT_COMMIT) == 0;

	if (ok)
		*id = *git_object_id(peeled);
	git_object_free(peeled);
	git_object_free(object);
	return ok;
}

static bool resolve_or_tell(git_repository *repository, struct arena *arena,
    struct str rev, git_oid *id, struct diag_list *diags)
{
	return resolve(repository, str_cstr(arena, rev), id) ||
	    diag_report(diags, ((struct mark){ .path = rev }),
		DIAG_NO_REVISION, rev, git_reason());
}

/* Opens the tree of `id`, a commit or a tree. */
static bool open_tree(struct commit *commit, const git_oid *id, struct str rev,
    const char *prefix, struct diag_list *diags)
{
	commit->tree = find_tree(commit->repository, id, prefix);
	if (commit->tree == NULL ||
	    git_repository_odb(&commit->odb, commit->repository) != 0) {
		diag_report(diags, ((struct mark){ .path = rev }),
		    DIAG_OBJECT_UNREADABLE, rev, git_reason());
		commit_close(commit);
		return false;
	}
	commit->tree_id = *git_tree_id(commit->tree);
	return true;
}

struct commit *commit_open(struct arena *arena,
    struct git_repository *repository, struct str rev, struct str prefix,
    struct diag_list *diags)
{
	struct commit *commit = arena_alloc(arena, sizeof(*commit));

	commit->repository = repository;
	return resolve_or_tell(repository, arena, rev, &commit->id, diags) &&
	    open_tree(commit, &commit->id, rev, str_cstr(arena, prefix),
		diags) ? commit : NULL;
}

/* What merging changes; no more than can be listed. */
static bool find_changes(struct commit *commit, struct arena *arena,
    struct diag_list *diags)
{
	struct difference difference = { .arena = arena,
		.changes = &commit->changes, .limit = PROPOSAL_ENTRIES,
		.diags = diags };
	struct trees trees;
	bool ok;

	difference.trees = &trees;
	vec_init(&commit->changes, sizeof(struct change));
	ok = trees_open(commit->repository, &trees) ?
	    difference_find(&difference, git_tree_id(commit->base)->id,
		commit->tree_id.id, STR_NONE) :
	    object_unreadable(STR(".git"), diags);
	trees_close(&trees);
	return ok;
}

struct commit *commit_open_merge(struct arena *arena,
    struct git_repository *repository, struct str base, struct str head,
    struct str prefix, struct diag_list *diags)
{
	struct commit *commit = arena_alloc(arena, sizeof(*commit));
	const char *folder = str_cstr(arena, prefix);
	git_oid base_id, merged;

	commit->repository = repository;
	if (!resolve_or_tell(repository, arena, base, &base_id, diags) ||
	    !resolve_or_tell(repository, arena, head, &commit->id, diags) ||
	    !merge_commits(repository, &base_id, &commit->id, &merged,
		diags) ||
	    !open_tree(commit, &merged, head, folder, diags))
		return NULL;
	commit->base = find_tree(repository, &base_id, folder);
	if (commit->base == NULL)
		diag_report(diags, ((struct mark){ .path = base }),
		    DIAG_OBJECT_UNREADABLE, base, git_reason());
	else if (find_changes(commit, arena, diags))
		return commit;
	commit_close(commit);
	return NULL;
}

void commit_close(struct commit *commit)
{
	git_tree_free(commit->tree);
	git_tree_free(commit->base);
	git_odb_free(commit->odb);
	if (commit->base != NULL)
		vec_dispose(&commit->changes);
	commit->tree = commit->base = NULL;
	commit->odb = NULL;
}

bool commit_reopen(struct commit *commit, struct git_repository *repository)
{
	commit->repository = repository;
	return git_repository_odb(&commit->odb, repository) == 0 &&
	    git_tree_lookup(&commit->tree, repository, &commit->tree_id) == 0;
}

const struct git_oid *commit_id(const struct commit *commit)
{
	return &commit->id;
}

bool commit_is_merge(const struct commit *commit)
{
	return commit->base != NULL;
}

static int compare_changes(const void *a, const void *b)
{
	return str_cmp(((const struct source_change *)a)->path,
	    ((const struct source_change *)b)->path);
}

static enum source_kind kind_of_mode(unsigned mode, struct str path)
{
	if (utf8_check(path) != path.len)
		return SOURCE_OTHER;
	switch (mode) {
	case GIT_FILEMODE_BLOB:
	case GIT_FILEMODE_BLOB_EXECUTABLE:
		return SOURCE_FILE;
	case GIT_FILEMODE_LINK:
		return SOURCE_LINK;
	case GIT_FILEMODE_COMMIT:
		return SOURCE_SUBMODULE;
	case GIT_FILEMODE_TREE:
	case GIT_FILEMODE_UNREADABLE:
	default:
		return SOURCE_OTHER;
	}
}

static enum source_kind kind_of(const git_tree_entry *entry, struct str path)
{
	return kind_of_mode((unsigned)git_tree_entry_filemode(entry), path);
}

static void add_change(const struct change *change, struct vec *changes)
{
	struct source_change *added = vec_push(changes);

	added->path = change->path;
	added->kind = change->kind == CHANGE_ADDED ? SOURCE_ADDED :
	    change->kind == CHANGE_DELETED ? SOURCE_REMOVED : SOURCE_CHANGED;
	added->entry = (struct source_entry){ .path = change->path,
		.kind = kind_of_mode(change->mode, change->path) };
	memcpy(added->entry.object, change->object,
	    sizeof(added->entry.object));
	added->before = kind_of_mode(change->old_mode, change->path);
}

/* A tree made by hand may have a name twice. */
static void join_changes(struct vec *changes)
{
	struct source_change *items = changes->items;
	size_t kept = 0;

	for (size_t i = 0; i < changes->count; i++) {
		if (kept == 0 || !str_eq(items[kept - 1].path, items[i].path)) {
			items[kept++] = items[i];
			continue;
		}
		if (items[i].kind != SOURCE_REMOVED)
			items[kept - 1].entry = items[i].entry;
		else
			items[kept - 1].before = items[i].before;
		items[kept - 1].kind = SOURCE_CHANGED;
	}
	changes->count = kept;
}

void commit_changes(const struct commit *commit, struct vec *changes)
{
	if (commit->base == NULL)
		return;
	for (size_t i = 0; i < commit->changes.count; i++)
		add_change(vec_at(&commit->changes, i), changes);
	vec_sort(changes, compare_changes);
	join_changes(changes);
}

static bool walk(struct commit *commit, const git_tree *tree, struct str at,
    struct arena *arena, struct vec *entries, struct diag_list *diags)
{
	bool ok = true;

	for (size_t i = 0; ok && i < git_tree_entrycount(tree); i++) {
		const git_tree_entry *entry = git_tree_entry_byindex(tree, i);
		struct str name = str_from(git_tree_entry_name(entry));
		struct str path = path_join(arena, at, name);
		struct source_entry *found;
		git_tree *below = NULL;

		if (str_starts(name, STR(".")))
			continue;
		if (entries->count >= MOST_ENTRIES) {
			ok = diag_report(diags, ((struct mark){ .path = path }),
			    DIAG_OBJECT_UNREADABLE, path,
			    STR("too many files"));
			continue;
		}
		if (git_tree_entry_type(entry) != GIT_OBJECT_TREE ||
		    source_is_too_deep(path)) {
			found = vec_push(entries);
			found->path = path;
			found->kind = kind_of(entry, path);
			memcpy(found->object, git_tree_entry_id(entry)->id,
			    sizeof(found->object));
			continue;
		}
		if (git_tree_lookup(&below, commit->repository,
		    git_tree_entry_id(entry)) == 0)
			ok = walk(commit, below, path, arena, entries, diags);
		else
			ok = diag_report(diags, ((struct mark){ .path = path }),
			    DIAG_OBJECT_UNREADABLE, path, git_reason());
		git_tree_free(below);
	}
	return ok;
}

bool commit_entries(struct commit *commit, struct str folder,
    struct arena *arena, struct vec *entries, struct diag_list *diags)
{
	git_tree_entry *entry = NULL;
	git_tree *below = NULL;
	bool ok = true;

	if (folder.len == 0)
		return walk(commit, commit->tree, folder, arena, entries,
		    diags);
	if (git_tree_entry_bypath(&entry, commit->tree,
	    str_cstr(arena, folder)) == 0 &&
	    git_tree_entry_type(entry) == GIT_OBJECT_TREE) {
		if (git_tree_lookup(&below, commit->repository,
		    git_tree_entry_id(entry)) == 0)
			ok = walk(commit, below, folder, arena, entries,
			    diags);
		else
			ok = diag_report(diags,
			    ((struct mark){ .path = folder }),
			    DIAG_OBJECT_UNREADABLE, folder, git_reason());
	}
	git_tree_free(below);
	git_tree_entry_free(entry);
	return ok;
}

bool commit_read(struct commit *commit, const struct source_entry *entry,
    uint64_t limit, struct arena *arena, struct str *bytes, uint64_t *size,
    struct diag_list *diags)
{
	git_odb_object *object = NULL;
	git_object_t type;
	git_oid id;
	size_t len = 0;
	int error;

	memcpy(id.id, entry->object, sizeof(id.id));
	error = git_odb_read_header(&len, &type, commit->odb, &id);
	*size = len;
	if (error == 0 && len > limit) {
		*bytes = STR_NONE;
		return true;
	}
	if (error == 0)
		error = git_odb_read(&object, commit->odb, &id);
	if (error != 0)
		return diag_report(diags,
		    ((struct mark){ .path = entry->path }),
		    DIAG_OBJECT_UNREADABLE, entry->path, git_reason());
	*bytes = str_dup(arena, (struct str){ git_odb_object_data(object),
	    git_odb_object_size(object) });
	git_odb_object_free(object);
	return true;
}

bool commit_find(struct commit *commit, struct str path,
    struct source_entry *found)
{
	git_tree_entry *entry = NULL;
	char terminated[4096];
	bool is_file;

	if (path.len >= sizeof(terminated))
		return false;
	memcpy(terminated, path.ptr, path.len);
	terminated[path.len] = '\0';
	if (git_tree_entry_bypath(&entry, commit->tree, terminated) != 0)
		return false;
	is_file = kind_of(entry, path) == SOURCE_FILE;
	found->path = path;
	found->kind = SOURCE_FILE;
	memcpy(found->object, git_tree_entry_id(entry)->id,
	    sizeof(found->object));
	git_tree_entry_free(entry);
	return is_file;
}
