/* SPDX-License-Identifier: MIT */
#include "source/worktree.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/open_below.h"
#include "base/path.h"
#include "base/reason.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "source/source.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

struct folder *worktree_open(struct arena *arena, struct str path,
    struct diag_list *diags)
{
	struct folder *worktree = arena_alloc(arena, sizeof(*worktree));

	return folder_open_existing(path, worktree, diags) ? worktree : NULL;
}

void worktree_close(struct folder *worktree)
{
	folder_close(worktree);
}

static bool unreadable(struct str path, struct diag_list *diags)
{
	return diag_report_reason(diags, ((struct mark){ .path = path }),
	    DIAG_CANNOT_READ, path, errno);
}

static enum source_kind kind_of(unsigned char type, struct str path)
{
	if (utf8_check(path) != path.len)
		return SOURCE_OTHER;
	return type == DT_REG ? SOURCE_FILE : type == DT_LNK ? SOURCE_LINK :
	    SOURCE_OTHER;
}

/*
 * A file that has changed within this time could change again without its times
 * showing it: file systems count in steps of up to two seconds.
 */
enum { SETTLED_SECONDS = 2 };

static bool is_settled(struct timespec stamp, time_t now)
{
	return stamp.tv_sec < now - SETTLED_SECONDS;
}

/* Stands for what the file system says of a file; 0 if that may not be all. */
static uint64_t status_of(int folder, const char *name, time_t now)
{
	struct stat status;
	uint64_t facts[8];

	if (fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0 ||
	    !is_settled(status.st_mtim, now) ||
	    !is_settled(status.st_ctim, now))
		return 0;
	facts[0] = (uint64_t)status.st_dev;
	facts[1] = (uint64_t)status.st_ino;
	facts[2] = (uint64_t)status.st_mode;
	facts[3] = (uint64_t)status.st_size;
	facts[4] = (uint64_t)status.st_mtim.tv_sec;
	facts[5] = (uint64_t)status.st_mtim.tv_nsec;
	facts[6] = (uint64_t)status.st_ctim.tv_sec;
	facts[7] = (uint64_t)status.st_ctim.tv_nsec;
	return hash_bytes((struct str){ (const char *)facts, sizeof(facts) });
}

/* Takes over `descriptor`. */
static bool walk(int descriptor, struct str at, struct arena *arena,
    struct vec *entries, struct diag_list *diags)
{
	DIR *stream = fdopendir(descriptor);
	const time_t now = time(NULL);
	struct dirent *entry;
	bool ok = true;

	if (stream == NULL) {
		(void)close(descriptor);
		return unreadable(at, diags);
	}
	while (ok && (errno = 0, entry = readdir(stream)) != NULL) {
		unsigned char type = file_type_at(descriptor, entry);
		struct source_entry *found;
		struct str path;
		int below;

		if (entry->d_name[0] == '.')
			continue;
		path = path_join(arena, at, str_from(entry->d_name));
		if (type != DT_DIR || source_is_too_deep(path)) {
			found = vec_push(entries);
			found->path = path;
			found->kind = kind_of(type, path);
			if (found->kind == SOURCE_FILE)
				found->status = status_of(descriptor,
				    entry->d_name, now);
			continue;
		}
		below = openat(descriptor, entry->d_name,
		    O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		ok = below >= 0 ? walk(below, path, arena, entries, diags) :
		    unreadable(path, diags);
	}
	if (ok && errno != 0)
		ok = unreadable(at, diags);
	(void)closedir(stream);
	return ok;
}

bool worktree_entries(const struct folder *worktree, struct str folder,
    struct arena *arena, struct vec *entries, struct diag_list *diags)
{
	int descriptor = open_below(worktree->descriptor, folder,
	    O_RDONLY | O_DIRECTORY);

	if (descriptor < 0 && (errno == ENOENT || errno == ENOTDIR))
		return true;
	if (descriptor < 0)
		return unreadable(folder, diags);
	return walk(descriptor, folder, arena, entries, diags);
}

bool worktree_read(const struct folder *worktree, struct str path,
    uint64_t limit, struct arena *arena, struct str *bytes, uint64_t *size,
    struct diag_list *diags)
{
	int descriptor = open_below(worktree->descriptor, path,
	    O_RDONLY | O_NONBLOCK);
	struct stat status;
	bool ok;

	if (descriptor < 0)
		return unreadable(path, diags);
	ok = fstat(descriptor, &status) == 0;
	*size = ok ? (uint64_t)status.st_size : 0;
	if (ok && !S_ISREG(status.st_mode)) {
		errno = EINVAL;
		ok = false;
	}
	if (!ok)
		unreadable(path, diags);
	else if (*size > limit)
		*bytes = STR_NONE;
	else
		ok = file_read_sized(arena, descriptor, (size_t)*size, path,
		    bytes, diags);
	(void)close(descriptor);
	return ok;
}

/* What these mean: no such file, or a link in its place. */
static bool is_absence(int error)
{
	return error == ENOENT || error == ENOTDIR || error == ELOOP;
}

bool worktree_has(const struct folder *worktree, struct str path,
    struct diag_list *diags)
{
	int descriptor = open_below(worktree->descriptor, path,
	    O_RDONLY | O_NONBLOCK);
	struct stat status;
	bool is_file;

	if (descriptor < 0)
		return !is_absence(errno) && unreadable(path, diags);
	is_file = fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
	(void)close(descriptor);
	return is_file;
}
