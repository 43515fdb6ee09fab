/* SPDX-License-Identifier: MIT */
#include "base/open_below.h"

#include "base/path.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { FOLDER_FLAGS = O_RDONLY | O_DIRECTORY };

/* Terminates what a system call gets. */
static bool terminate(struct str path, char *to, size_t size)
{
	if (path.len >= size) {
		errno = ENAMETOOLONG;
		return false;
	}
	memcpy(to, path.ptr, path.len);
	to[path.len] = '\0';
	return true;
}

static void close_keeping_errno(int descriptor)
{
	int error = errno;

	(void)close(descriptor);
	errno = error;
}

/* A link where a folder is wanted is ENOTDIR; make it ELOOP, as elsewhere. */
static void tell_link(int folder, const char *name)
{
	struct stat status;

	errno = fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
	    S_ISLNK(status.st_mode) ? ELOOP : ENOTDIR;
}

static int open_part_by_part(int folder, struct str path, int flags)
{
	int at = folder;

	for (;;) {
		struct str part = str_cut(&path, '/');
		bool is_last = path.len == 0;
		char name[NAME_MAX + 1];
		int next = -1;

		if (terminate(part, name, sizeof(name)))
			next = openat(at, name, O_NOFOLLOW | O_CLOEXEC |
			    (is_last ? flags : FOLDER_FLAGS));
		if (next < 0 && errno == ENOTDIR)
			tell_link(at, name);
		if (at != folder)
			close_keeping_errno(at);
		if (next < 0 || is_last)
			return next;
		at = next;
	}
}

int open_below(int folder, struct str path, int flags)
{
	const struct open_how how = {
		.flags = (unsigned)(flags | O_CLOEXEC),
		.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS,
	};
	char terminated[PATH_MAX];
	long descriptor;

	if (path.len == 0)
		path = STR(".");
	if (!terminate(path, terminated, sizeof(terminated)))
		return -1;
	descriptor = syscall(SYS_openat2, folder, terminated, &how,
	    sizeof(how));
	/* An old kernel, or a sandbox that does not know the call. */
	if (descriptor < 0 && (errno == ENOSYS || errno == EPERM))
		return open_part_by_part(folder, path, flags);
	return (int)descriptor;
}

int open_folder_below(int folder, struct str path, bool *made)
{
	int descriptor = open_below(folder, path, FOLDER_FLAGS), parent;
	char name[NAME_MAX + 1];
	bool ignored;

	*made = false;
	if (descriptor >= 0 || errno != ENOENT || path.len == 0 ||
	    !terminate(path_name(path), name, sizeof(name)))
		return descriptor;
	parent = open_folder_below(folder, path_folder(path), &ignored);
	if (parent < 0)
		return -1;
	*made = mkdirat(parent, name, 0777) == 0;
	if (*made || errno == EEXIST)
		descriptor = openat(parent, name, FOLDER_FLAGS | O_NOFOLLOW |
		    O_CLOEXEC);
	close_keeping_errno(parent);
	return descriptor;
}
