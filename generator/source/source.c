/* SPDX-License-Identifier: MIT */
#include "source/source.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/path.h"
#include "base/reason.h"
#include "base/vec.h"
#include "source/commit.h"
#include "source/guard.h"
#include "source/memory.h"
#include "source/object.h"
#include "source/source_internal.h"
#include "source/worktree.h"

#include <git2.h>

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * As libgit2 starts, its TLS library (Mbed TLS in Debian) reads all certificate
 * authorities of the machine, a sixth of what checking one record takes. No
 * server is ever spoken to here; so this stands in the place of the function
 * that reads them, and says that there are none.
 */
int mbedtls_x509_crt_parse_file(void *chain, const char *path);
int mbedtls_x509_crt_parse_file(void *chain, const char *path)
{
	(void)chain;
	(void)path;
	return -1;
}

enum { MOST_KEPT_TREE = 8 * 1024 * 1024 };

/* Not at the program's start: there are commands without a registry. */
static void open_library(void)
{
	source_set_memory();
	(void)git_libgit2_init();
	/* The registry may belong to another user than the one who builds. */
	(void)git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
	/* As git does: objects are named by their digests when they come in,
	 * and a damaged one does not unpack. */
	(void)git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
	/* Every path is looked up from the top; a folder's list of thousands
	 * shall not be unpacked each time. */
	(void)git_libgit2_opts(GIT_OPT_SET_CACHE_OBJECT_LIMIT,
	    GIT_OBJECT_TREE, (size_t)MOST_KEPT_TREE);
}

static bool is_folder(struct arena *arena, struct str path)
{
	struct stat status;

	return stat(str_cstr(arena, path), &status) == 0 &&
	    S_ISDIR(status.st_mode);
}

/* The nearest folder at or above `start` that holds content/, or STR_NONE. */
static struct str find_registry(struct arena *arena, struct str start)
{
	for (struct str at = start; at.len > 0; at = path_folder(at))
		if (is_folder(arena, path_join(arena, at, STR("content"))))
			return at;
	return STR_NONE;
}

static struct str absolute(struct arena *arena, struct str folder)
{
	char resolved[PATH_MAX];

	if (folder.len == 0)
		folder = STR(".");
	if (realpath(str_cstr(arena, folder), resolved) == NULL)
		return STR_NONE;
	return str_dup(arena, str_from(resolved));
}

static struct str without_slash(struct str path)
{
	return str_ends(path, STR("/")) ? str_slice(path, 0, path.len - 1) :
	    path;
}

bool source_is_too_deep(struct str path)
{
	size_t depth = 0;

	for (size_t i = 0; i < path.len; i++)
		depth += path.ptr[i] == '/';
	return depth >= SOURCE_DEPTH;
}

/* A bare repository without content/ is a registry, whatever its parents. */
static bool is_bare_repository(struct arena *arena, struct str folder)
{
	git_repository *repository = NULL;
	bool is_bare;

	if (is_folder(arena, path_join(arena, folder, STR("content"))) ||
	    git_repository_open_ext(&repository, str_cstr(arena, folder),
		GIT_REPOSITORY_OPEN_NO_SEARCH, NULL) != 0)
		return false;
	is_bare = git_repository_is_bare(repository) == 1;
	git_repository_free(repository);
	return is_bare;
}

/* What leads from `top` to `folder`; STR_NONE if it is not below. */
static struct str path_below(struct str folder, struct str top)
{
	top = without_slash(top);
	if (folder.len <= top.len + 1 || !str_starts(folder, top) ||
	    folder.ptr[top.len] != '/')
		return STR_NONE;
	return str_slice(folder, top.len + 1, folder.len);
}

/* Once, so that whoever asks later is told the same. */
static bool find_head(struct source *source, struct diag_list *diags)
{
	int found = reference_find(source->repository, "HEAD", source->head);

	source->has_head = found > 0;
	return found >= 0 || object_unreadable(STR("HEAD"), diags);
}

/* True without one, if there is none: a site without its history must not come
 * of one that cannot be read. */
static bool open_repository(struct source *source, struct str start,
    struct diag_list *diags)
{
	int error = git_repository_open_ext(&source->repository,
	    str_cstr(source->arena, start), GIT_REPOSITORY_OPEN_CROSS_FS,
	    NULL);
	const char *workdir;

	if (error != 0) {
		source->repository = NULL;
		return error == GIT_ENOTFOUND || object_unreadable(path_join(
		    source->arena, start, STR(".git")), diags);
	}
	guard_objects(source->repository);
	workdir = git_repository_workdir(source->repository);
	if (workdir != NULL) {
		source->prefix = path_below(source->folder,
		    absolute(source->arena, str_from(workdir)));
	} else if (source->folder.len == 0) {
		source->folder = absolute(source->arena, without_slash(
		    str_from(git_repository_path(source->repository))));
	}
	return find_head(source, diags);
}

bool source_range_parse(struct str range, struct str *base, struct str *head)
{
	size_t dots = str_find(range, STR(".."), 0);

	if (dots == STR_NOT_FOUND || dots == 0)
		return false;
	*base = str_slice(range, 0, dots);
	*head = str_slice(range, dots + 2, range.len);
	return head->len > 0 && !str_starts(*head, STR("."));
}

/* What is asked for: a commit, a range, or neither. */
static void open_files(struct source *source, struct str rev, struct str range,
    struct mark mark, struct diag_list *diags)
{
	bool bare = source->repository != NULL &&
	    git_repository_is_bare(source->repository);
	struct str base, head;

	if ((rev.len > 0 || range.len > 0) && source->repository == NULL)
		diag_report(diags, mark, DIAG_NO_REPOSITORY, source->folder);
	else if (source_range_parse(range, &base, &head))
		source->commit = commit_open_merge(source->arena,
		    source->repository, base, head, source->prefix, diags);
	else if (rev.len > 0 || bare)
		source->commit = commit_open(source->arena,
		    source->repository, rev.len > 0 ? rev : STR("HEAD"),
		    source->prefix, diags);
	else
		source->worktree = worktree_open(source->arena,
		    source->folder, diags);
}

static bool open_any(struct arena *arena, struct str folder, struct str rev,
    struct str range, struct source **out, struct diag_list *diags)
{
	struct source *source = arena_alloc(arena, sizeof(*source));
	struct str start = absolute(arena, folder);
	struct mark mark = { .path = folder.len > 0 ? folder : STR(".") };
	bool ok;

	if (start.len == 0)
		return diag_report_reason(diags, mark, DIAG_CANNOT_READ,
		    mark.path, errno);
	open_library();
	source->is_open = true;
	source->arena = arena;
	if (!is_bare_repository(arena, start))
		source->folder = find_registry(arena, start);
	ok = open_repository(source, source->folder.len > 0 ? source->folder :
	    start, diags);
	if (ok && source->folder.len == 0)
		diag_report(diags, mark, DIAG_NO_REGISTRY, mark.path);
	else if (ok)
		open_files(source, rev, range, mark, diags);
	if (source->commit == NULL && source->worktree == NULL) {
		source_close(source);
		return false;
	}
	*out = source;
	return true;
}

bool source_open(struct arena *arena, struct str folder, struct str rev,
    struct source **source, struct diag_list *diags)
{
	return open_any(arena, folder, rev, STR_NONE, source, diags);
}

bool source_open_range(struct arena *arena, struct str folder,
    struct str range, struct source **source, struct diag_list *diags)
{
	return open_any(arena, folder, STR_NONE, range, source, diags);
}

bool source_open_folder(struct arena *arena, struct str folder,
    struct source **out, struct diag_list *diags)
{
	struct source *source = arena_alloc(arena, sizeof(*source));
	struct mark mark = { .path = folder };

	source->arena = arena;
	source->folder = absolute(arena, folder);
	if (source->folder.len == 0)
		return diag_report_reason(diags, mark, DIAG_CANNOT_READ, folder,
		    errno);
	source->worktree = worktree_open(arena, source->folder, diags);
	if (source->worktree == NULL)
		return false;
	open_library();
	source->is_open = true;
	*out = source;
	return true;
}

/* Whether the index has a file at or below `path`. */
static bool has_tracked(git_repository *repository, struct arena *arena,
    struct str path)
{
	git_index *index = NULL;
	size_t at;
	bool has;

	if (git_repository_index(&index, repository) != 0)
		return true;
	has = git_index_find_prefix(&at, index, str_cstr(arena,
	    str_join(arena, path, STR("/")))) == 0 ||
	    git_index_find(&at, index, str_cstr(arena, path)) == 0;
	git_index_free(index);
	return has;
}

/* The same of a folder that may not be there yet. */
static struct str absolute_to_be(struct arena *arena, struct str folder)
{
	struct str path = absolute(arena, folder), above;

	folder = without_slash(folder);
	if (path.len > 0 || folder.len == 0)
		return path;
	above = path_folder(folder);
	if (above.len == 0 && str_starts(folder, STR("/")))
		above = STR("/");
	return path_join(arena, without_slash(absolute_to_be(arena, above)),
	    path_name(folder));
}

enum source_exposure source_exposure(const struct source *source,
    struct str folder)
{
	struct arena *arena = source->arena;
	struct str path = absolute_to_be(arena, folder), below;
	struct str top = source->folder;
	const char *workdir = source->repository == NULL ? NULL :
	    git_repository_workdir(source->repository);
	int is_ignored = 0;

	if (workdir != NULL)
		top = absolute(arena, str_from(workdir));
	if (str_eq(path, source->folder) ||
	    path_below(source->folder, path).len > 0)
		return SOURCE_IS_REGISTRY;
	below = path_below(path, top);
	if (below.len == 0)
		return SOURCE_APART;
	if (workdir == NULL)
		return SOURCE_NOT_IGNORED;
	if (has_tracked(source->repository, arena, below))
		return SOURCE_TRACKED;
	return git_ignore_path_is_ignored(&is_ignored, source->repository,
	    str_cstr(arena, str_join(arena, below, STR("/")))) == 0 &&
	    is_ignored ? SOURCE_APART : SOURCE_NOT_IGNORED;
}

void source_close(struct source *source)
{
	if (!source->is_open)
		return;
	source->is_open = false;
	if (source->commit != NULL)
		commit_close(source->commit);
	if (source->worktree != NULL)
		worktree_close(source->worktree);
	git_repository_free(source->repository);
	source->repository = NULL;
	source->commit = NULL;
	source->worktree = NULL;
	(void)git_libgit2_shutdown();
}

bool source_reopen(struct source *source)
{
	git_repository *own = NULL;

	/* The objects of a merge are in this handle's memory alone; it reads
	 * through maps of its own and shares no place in any file. */
	if (source->commit == NULL || commit_is_merge(source->commit))
		return true;
	/* The parent's handle is left alone: closing it here would unmap and
	 * free what this process shares with nobody, at a cost and no use. */
	if (git_repository_open(&own,
	    git_repository_path(source->repository)) != 0)
		return false;
	guard_objects(own);
	source->repository = own;
	return commit_reopen(source->commit, own);
}

struct str source_folder(const struct source *source)
{
	return source->folder;
}

bool source_is_worktree(const struct source *source)
{
	return source->worktree != NULL;
}

static int compare_entries(const void *a, const void *b)
{
	return str_cmp(((const struct source_entry *)a)->path,
	    ((const struct source_entry *)b)->path);
}

bool source_entries(struct source *source, struct str folder,
    struct arena *arena, struct vec *entries, struct diag_list *diags)
{
	bool ok;

	folder = without_slash(folder);
	if (folder.len > 0 && !path_is_safe(folder))
		return true;
	ok = source->commit != NULL ?
	    commit_entries(source->commit, folder, arena, entries, diags) :
	    worktree_entries(source->worktree, folder, arena, entries, diags);
	vec_sort(entries, compare_entries);
	return ok;
}

void source_changes(const struct source *source, struct vec *changes)
{
	if (source->commit != NULL)
		commit_changes(source->commit, changes);
}

/* Entries have no hidden names, and none below hidden folders. */
static bool is_hidden_path(struct str path)
{
	while (path.len > 0)
		if (str_starts(str_cut(&path, '/'), STR(".")))
			return true;
	return false;
}

bool source_find(struct source *source, struct str path,
    struct source_entry *entry)
{
	struct diag_list told_elsewhere;
	bool found;

	if (!path_is_safe(path) || is_hidden_path(path))
		return false;
	if (source->commit != NULL)
		return commit_find(source->commit, path, entry);
	diag_list_init(&told_elsewhere, source->arena);
	found = worktree_has(source->worktree, path, &told_elsewhere);
	diag_list_dispose(&told_elsewhere);
	*entry = (struct source_entry){ .path = path, .kind = SOURCE_FILE };
	return found;
}

bool source_read(struct source *source, const struct source_entry *entry,
    uint64_t limit, struct arena *arena, struct str *bytes, uint64_t *size,
    struct diag_list *diags)
{
	if (source->commit != NULL)
		return commit_read(source->commit, entry, limit, arena, bytes,
		    size, diags);
	return worktree_read(source->worktree, entry->path, limit, arena,
	    bytes, size, diags);
}

static bool reader_read(void *context, struct str path, struct arena *arena,
    struct str *bytes, struct diag_list *diags)
{
	struct source *source = context;
	struct source_entry entry = { .path = path };
	uint64_t size;

	if (!path_is_safe(path))
		return false;
	if (source->commit != NULL) {
		if (!commit_find(source->commit, path, &entry))
			return false;
	} else if (!worktree_has(source->worktree, path, diags)) {
		return false;
	}
	return source_read(source, &entry, UINT64_MAX, arena, bytes, &size,
	    diags);
}

static bool reader_list(void *context, struct str folder, struct arena *arena,
    struct vec *paths, struct diag_list *diags)
{
	struct vec entries;
	bool ok;

	vec_init(&entries, sizeof(struct source_entry));
	ok = source_entries(context, folder, arena, &entries, diags);
	for (size_t i = 0; i < entries.count; i++) {
		const struct source_entry *entry = vec_at(&entries, i);

		if (entry->kind == SOURCE_FILE)
			*(struct str *)vec_push(paths) = entry->path;
	}
	vec_dispose(&entries);
	return ok;
}

struct reader source_reader(struct source *source)
{
	return (struct reader){ source, reader_read, reader_list };
}
