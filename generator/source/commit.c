/* SPDX-License-Identifier: MIT */
#include "source/commit.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/path.h"
#include "base/utf8.h"
#include "base/vec.h"
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
	git_oid id, tree_id;
};

static struct str git_reason(void)
{
	const git_error *error = git_error_last();

	return error == NULL ? STR("unknown") : str_from(error->message);
}

/* The tree at `prefix` of a commit. */
static git_tree *find_tree(git_repository *repository, const git_oid *id,
    const char *prefix)
{
	git_commit *commit = NULL;
	git_tree *root = NULL, *tree = NULL;
	git_tree_entry *entry = NULL;

	if (git_commit_lookup(&commit, repository, id) != 0 ||
	    git_commit_tree(&root, commit) != 0)
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
	git_commit_free(commit);
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

struct commit *commit_open(struct arena *arena,
    struct git_repository *repository, struct str rev, struct str prefix,
    struct diag_list *diags)
{
	struct commit *commit = arena_alloc(arena, sizeof(*commit));
	struct mark mark = { .path = rev };

	if (!resolve(repository, str_cstr(arena, rev), &commit->id)) {
		diag_report(diags, mark, DIAG_NO_REVISION, rev, git_reason());
		return NULL;
	}
	commit->repository = repository;
	commit->tree = find_tree(repository, &commit->id,
	    str_cstr(arena, prefix));
	if (commit->tree == NULL ||
	    git_repository_odb(&commit->odb, repository) != 0) {
		diag_report(diags, mark, DIAG_OBJECT_UNREADABLE, rev,
		    git_reason());
		commit_close(commit);
		return NULL;
	}
	commit->tree_id = *git_tree_id(commit->tree);
	return commit;
}

void commit_close(struct commit *commit)
{
	git_tree_free(commit->tree);
	git_odb_free(commit->odb);
	commit->tree = NULL;
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

static enum source_kind kind_of(const git_tree_entry *entry, struct str path)
{
	if (utf8_check(path) != path.len)
		return SOURCE_OTHER;
	switch (git_tree_entry_filemode(entry)) {
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
