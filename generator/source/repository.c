/* SPDX-License-Identifier: MIT */
/* What git says of the repository that a registry stands in. */
#include "source/repository.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/hash.h"
#include "base/path.h"
#include "base/vec.h"
#include "source/commit.h"
#include "source/object.h"
#include "source/source.h"
#include "source/source_internal.h"

#include <git2.h>

#include <string.h>

struct git_repository *source_repository(const struct source *source)
{
	return source->repository;
}

struct str source_prefix(const struct source *source)
{
	return source->prefix;
}

bool source_is_shallow(const struct source *source)
{
	return source->repository != NULL &&
	    git_repository_is_shallow(source->repository) == 1;
}

/* Hidden files are not read, so they make no difference. */
static bool is_hidden(const struct source *source,
    const git_status_entry *entry)
{
	const git_diff_delta *delta = entry->index_to_workdir != NULL ?
	    entry->index_to_workdir : entry->head_to_index;
	struct str path = str_from(delta->new_file.path);

	return str_find(path, STR("/."), source->prefix.len + 1) !=
	    STR_NOT_FOUND;
}

/* Whether all that verdicts and pages are made of is as the commit has it.
 * False when that cannot be told. */
static bool look_for_changes(const struct source *source, bool *clean)
{
	static const struct str parts[] = { { "content", 7 },
		{ "schemas", 7 }, { "themes", 6 }, { "register", 8 } };
	git_status_options options;
	git_status_list *list = NULL;
	char *paths[4];

	for (size_t i = 0; i < 4; i++)
		paths[i] = str_cstr(source->arena,
		    path_join(source->arena, source->prefix, parts[i]));
	(void)git_status_options_init(&options, GIT_STATUS_OPTIONS_VERSION);
	/* A file that git is told to ignore is read all the same. */
	options.flags = GIT_STATUS_OPT_INCLUDE_UNTRACKED |
	    GIT_STATUS_OPT_INCLUDE_IGNORED |
	    GIT_STATUS_OPT_RECURSE_IGNORED_DIRS |
	    GIT_STATUS_OPT_DISABLE_PATHSPEC_MATCH;
	options.pathspec = (git_strarray){ paths, 4 };
	if (git_status_list_new(&list, source->repository, &options) != 0)
		return false;
	*clean = true;
	for (size_t i = 0; i < git_status_list_entrycount(list); i++)
		*clean = *clean && is_hidden(source,
		    git_status_byindex(list, i));
	git_status_list_free(list);
	return true;
}

struct str source_commit(const struct source *source, bool *clean)
{
	char hex[GIT_OID_HEXSZ + 1] = "";

	if (clean != NULL)
		*clean = true;
	if (source->commit != NULL) {
		(void)git_oid_tostr(hex, sizeof(hex),
		    commit_id(source->commit));
	} else if (source->has_head) {
		if (clean != NULL && !look_for_changes(source, clean))
			*clean = false;
		return str_hex(source->arena, (struct str){
		    (const char *)source->head, OBJECT_SIZE });
	}
	return str_dup(source->arena, str_from(hex));
}

bool source_is_clean(const struct source *source, bool *clean,
    struct diag_list *diags)
{
	*clean = true;
	return source->commit != NULL || !source->has_head ||
	    look_for_changes(source, clean) ||
	    object_unreadable(STR(".git"), diags);
}

struct str source_reference(const struct source *source, const char *name)
{
	char hex[GIT_OID_HEXSZ + 1] = "";
	git_oid id;

	if (source->repository != NULL &&
	    git_reference_name_to_id(&id, source->repository, name) == 0)
		(void)git_oid_tostr(hex, sizeof(hex), &id);
	return str_dup(source->arena, str_from(hex));
}

void source_name_bytes(struct str bytes, unsigned char object[20])
{
	git_oid id = { { 0 } };

	(void)git_odb_hash(&id, bytes.ptr, bytes.len, GIT_OBJECT_BLOB);
	memcpy(object, id.id, sizeof(id.id));
}

/* Adds a file; false if it cannot be read. */
static bool add_to_digest(struct source *source, struct source_entry *entry,
    struct arena *scratch, struct sha256 *digest)
{
	struct diag_list silent;
	struct str bytes;
	uint64_t size;
	bool ok = true;

	diag_list_init(&silent, scratch);
	if (source->commit == NULL && entry->kind == SOURCE_FILE) {
		ok = source_read(source, entry, UINT64_MAX, scratch, &bytes,
		    &size, &silent);
		if (ok)
			source_name_bytes(bytes, entry->object);
	}
	diag_list_dispose(&silent);
	sha256_add(digest, entry->path);
	sha256_add(digest, (struct str){ (const char[]){ '\0',
	    (char)entry->kind }, 2 });
	sha256_add(digest, (struct str){ (const char *)entry->object,
	    sizeof(entry->object) });
	arena_reset(scratch);
	return ok;
}

struct str source_folder_digest(struct source *source, struct str folder)
{
	unsigned char digest[SHA256_SIZE];
	struct diag_list silent;
	struct arena scratch;
	struct sha256 sha;
	struct vec entries;
	bool ok;

	arena_init(&scratch);
	sha256_init(&sha);
	diag_list_init(&silent, source->arena);
	vec_init(&entries, sizeof(struct source_entry));
	ok = source_entries(source, folder, source->arena, &entries, &silent);
	for (size_t i = 0; ok && i < entries.count; i++)
		ok = add_to_digest(source, vec_at(&entries, i), &scratch,
		    &sha);
	vec_dispose(&entries);
	diag_list_dispose(&silent);
	arena_dispose(&scratch);
	sha256_finish(&sha, digest);
	return ok ? str_hex(source->arena, (struct str){
	    (const char *)digest, sizeof(digest) }) : STR_NONE;
}

struct str source_git_folder(const struct source *source)
{
	return source->repository == NULL ? STR_NONE : str_dup(source->arena,
	    str_from(git_repository_path(source->repository)));
}
