/* SPDX-License-Identifier: MIT */
#include "source/head.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/path.h"
#include "base/vec.h"
#include "source/source.h"
#include "source/source_internal.h"

#include <git2.h>

#include <string.h>

struct comparing {
	git_repository *repository;
	const struct vec *entries;
	size_t at;		/* the entry that comes next */
	struct buf path;	/* of the folder at hand */
};

static enum head_state compare_entry(struct comparing *c,
    const git_tree_entry *entry)
{
	static const unsigned char unknown[GIT_OID_RAWSZ] = { 0 };
	git_filemode_t mode = git_tree_entry_filemode(entry);
	const struct source_entry *found;

	if (c->at == c->entries->count)
		return HEAD_OTHER;
	found = vec_at(c->entries, c->at);
	if (!str_eq(found->path, buf_str(&c->path)))
		return HEAD_OTHER;
	if (found->kind != SOURCE_FILE || (mode != GIT_FILEMODE_BLOB &&
	    mode != GIT_FILEMODE_BLOB_EXECUTABLE) ||
	    memcmp(found->object, unknown, sizeof(unknown)) == 0)
		return HEAD_UNKNOWN;
	c->at++;
	return memcmp(found->object, git_tree_entry_id(entry)->id,
	    sizeof(unknown)) == 0 ? HEAD_SAME : HEAD_OTHER;
}

/* Trees have their entries in the order of paths. */
static enum head_state compare_tree(struct comparing *c, const git_oid *id)
{
	enum head_state state = HEAD_SAME;
	size_t len = c->path.len;
	git_tree *tree = NULL;

	if (git_tree_lookup(&tree, c->repository, id) != 0)
		return HEAD_UNKNOWN;
	for (size_t i = 0; state == HEAD_SAME &&
	     i < git_tree_entrycount(tree); i++) {
		const git_tree_entry *entry = git_tree_entry_byindex(tree, i);
		const char *name = git_tree_entry_name(entry);

		if (name[0] == '.')
			continue;
		buf_append(&c->path, STR("/"));
		buf_append(&c->path, str_from(name));
		state = git_tree_entry_type(entry) != GIT_OBJECT_TREE ||
		    source_is_too_deep(buf_str(&c->path)) ?
		    compare_entry(c, entry) :
		    compare_tree(c, git_tree_entry_id(entry));
		buf_truncate(&c->path, len);
	}
	git_tree_free(tree);
	return state;
}

/* A folder that the commit does not have has no entries either. */
static enum head_state compare_folder(struct comparing *c,
    const git_tree *root, struct arena *arena, struct str prefix,
    struct str folder)
{
	struct str path = path_join(arena, prefix, folder);
	enum head_state state = HEAD_SAME;
	git_tree_entry *entry = NULL;

	if (git_tree_entry_bypath(&entry, root, str_cstr(arena, path)) != 0)
		return HEAD_SAME;
	buf_truncate(&c->path, 0);
	buf_append(&c->path, folder);
	if (git_tree_entry_type(entry) == GIT_OBJECT_TREE)
		state = compare_tree(c, git_tree_entry_id(entry));
	git_tree_entry_free(entry);
	return state;
}

enum head_state head_compare(const struct source *source,
    const struct str *folders, size_t count, const struct vec *entries)
{
	struct comparing c = { .repository = source->repository,
		.entries = entries };
	enum head_state state = HEAD_SAME;
	git_commit *commit = NULL;
	git_tree *root = NULL;
	struct arena scratch;
	git_oid id;

	if (source->commit != NULL || !source->has_head)
		return HEAD_UNKNOWN;
	memcpy(id.id, source->head, sizeof(id.id));
	if (git_commit_lookup(&commit, source->repository, &id) != 0 ||
	    git_commit_tree(&root, commit) != 0) {
		git_commit_free(commit);
		return HEAD_UNKNOWN;
	}
	arena_init(&scratch);
	buf_init(&c.path);
	for (size_t i = 0; state == HEAD_SAME && i < count; i++)
		state = compare_folder(&c, root, &scratch, source->prefix,
		    folders[i]);
	buf_dispose(&c.path);
	arena_dispose(&scratch);
	git_tree_free(root);
	git_commit_free(commit);
	return state == HEAD_SAME && c.at < entries->count ? HEAD_OTHER :
	    state;
}
