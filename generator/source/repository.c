/* SPDX-License-Identifier: MIT */
/* What git says of the repository that a registry stands in. */
#include "source/repository.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/path.h"
#include "source/commit.h"
#include "source/object.h"
#include "source/source.h"
#include "source/source_internal.h"

#include <git2.h>

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

struct str source_folder_id(const struct source *source, struct str folder)
{
	struct commit *commit = source->commit;
	struct str id = STR_NONE;
	struct diag_list silent;

	if (source->repository == NULL)
		return id;
	diag_list_init(&silent, source->arena);
	if (commit == NULL)
		commit = commit_open(source->arena, source->repository,
		    STR("HEAD"), source->prefix, &silent);
	if (commit != NULL)
		id = commit_folder_id(commit, folder, source->arena);
	if (commit != NULL && commit != source->commit)
		commit_close(commit);
	diag_list_dispose(&silent);
	return id;
}

struct str source_git_folder(const struct source *source)
{
	return source->repository == NULL ? STR_NONE : str_dup(source->arena,
	    str_from(git_repository_path(source->repository)));
}
