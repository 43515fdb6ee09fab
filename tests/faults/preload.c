/* SPDX-License-Identifier: MIT */
/*
 * Preloaded into zheli, makes one call fail: the FAULT_AT-th call of FAULT_CALL
 * (write, rename, open, close, fsync or unlink) that touches a path below
 * FAULT_BELOW, counted over all processes in the file FAULT_COUNT. `crash` is a
 * rename at which the process ends, as a worker that crashes. `write` and
 * `close` are taken to touch a path if their descriptor does. With FAULT_AT=0
 * calls are counted only. A close that fails has closed its descriptor, as the
 * kernel's would have; a write that fails has written half of its bytes, as a
 * disk that fills up does.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static atomic_uint *counter(void)
{
	static atomic_uint *shared;
	const char *path = getenv("FAULT_COUNT");
	int file;
	void *memory;

	if (shared != NULL || path == NULL)
		return shared;
	file = REAL(open)(path, O_RDWR | O_CREAT, 0600);
	if (file < 0 || ftruncate(file, sizeof(atomic_uint)) != 0)
		abort();
	memory = mmap(NULL, sizeof(atomic_uint), PROT_READ | PROT_WRITE,
	    MAP_SHARED, file, 0);
	if (memory == MAP_FAILED)
		abort();
	(void)REAL(close)(file);
	shared = memory;
	return shared;
}

/* Whether this call is the one that must fail. */
static bool strikes(const char *call, const char *path)
{
	const char *wanted = getenv("FAULT_CALL"), *at = getenv("FAULT_AT");
	const char *below = getenv("FAULT_BELOW");

	if (wanted == NULL || at == NULL || below == NULL ||
	    counter() == NULL || strcmp(call, wanted) != 0 ||
	    strncmp(path, below, strlen(below)) != 0)
		return false;
	return atomic_fetch_add(counter(), 1) + 1 ==
	    (unsigned)strtoul(at, NULL, 10);
}

/* The path of a descriptor, joined with `name` if that is relative. */
static const char *full(int folder, const char *name, char path[PATH_MAX])
{
	char link[64], base[PATH_MAX];
	ssize_t len;

	if (name != NULL && name[0] == '/')
		return name;
	if (folder == AT_FDCWD)
		(void)snprintf(link, sizeof(link), "/proc/self/cwd");
	else
		(void)snprintf(link, sizeof(link), "/proc/self/fd/%d", folder);
	len = readlink(link, base, sizeof(base) - 1);
	if (len < 0)
		return "";
	base[len] = '\0';
	(void)snprintf(path, PATH_MAX, "%.*s%s%s", (int)len, base,
	    name != NULL ? "/" : "", name != NULL ? name : "");
	return path;
}

static int fail(int error)
{
	errno = error;
	return -1;
}

ssize_t write(int file, const void *bytes, size_t size)
{
	char path[PATH_MAX];

	if (strikes("write", full(file, NULL, path))) {
		(void)REAL(write)(file, bytes, size / 2);
		return fail(ENOSPC);
	}
	return REAL(write)(file, bytes, size);
}

ssize_t pwrite64(int file, const void *bytes, size_t size, off64_t at)
{
	char path[PATH_MAX];

	return strikes("write", full(file, NULL, path)) ? fail(ENOSPC) :
	    REAL(pwrite64)(file, bytes, size, at);
}

int rename(const char *from, const char *to)
{
	char path[PATH_MAX];

	return strikes("rename", full(AT_FDCWD, to, path)) ? fail(EIO) :
	    REAL(rename)(from, to);
}

int renameat(int from_folder, const char *from, int to_folder, const char *to)
{
	char path[PATH_MAX];

	if (strikes("crash", full(to_folder, to, path)))
		_exit(9);
	return strikes("rename", full(to_folder, to, path)) ? fail(EIO) :
	    REAL(renameat)(from_folder, from, to_folder, to);
}

int unlink(const char *name)
{
	char path[PATH_MAX];

	return strikes("unlink", full(AT_FDCWD, name, path)) ? fail(EIO) :
	    REAL(unlink)(name);
}

int unlinkat(int folder, const char *name, int flags)
{
	char path[PATH_MAX];

	return strikes("unlink", full(folder, name, path)) ? fail(EIO) :
	    REAL(unlinkat)(folder, name, flags);
}

int fsync(int file)
{
	char path[PATH_MAX];

	return strikes("fsync", full(file, NULL, path)) ? fail(EIO) :
	    REAL(fsync)(file);
}

int close(int file)
{
	char path[PATH_MAX];
	bool struck = strikes("close", full(file, NULL, path));
	int status = REAL(close)(file);

	return struck ? fail(EIO) : status;
}

#define MODE_OF(flags, mode) \
	do { \
		if ((flags) & (O_CREAT | O_TMPFILE)) { \
			va_list list; \
			va_start(list, flags); \
			(mode) = va_arg(list, mode_t); \
			va_end(list); \
		} \
	} while (0)

int open64(const char *name, int flags, ...)
{
	char path[PATH_MAX];
	mode_t mode = 0;

	MODE_OF(flags, mode);
	return strikes("open", full(AT_FDCWD, name, path)) ? fail(EMFILE) :
	    REAL(open64)(name, flags, mode);
}

int open(const char *name, int flags, ...)
{
	char path[PATH_MAX];
	mode_t mode = 0;

	MODE_OF(flags, mode);
	return strikes("open", full(AT_FDCWD, name, path)) ? fail(EMFILE) :
	    REAL(open)(name, flags, mode);
}

int openat(int folder, const char *name, int flags, ...)
{
	char path[PATH_MAX];
	mode_t mode = 0;

	MODE_OF(flags, mode);
	return strikes("open", full(folder, name, path)) ? fail(EMFILE) :
	    REAL(openat)(folder, name, flags, mode);
}

int openat64(int folder, const char *name, int flags, ...)
{
	char path[PATH_MAX];
	mode_t mode = 0;

	MODE_OF(flags, mode);
	return strikes("open", full(folder, name, path)) ? fail(EMFILE) :
	    REAL(openat64)(folder, name, flags, mode);
}

/* What fortified code calls when no file can be created. */
int __openat_2(int folder, const char *name, int flags);
int __openat_2(int folder, const char *name, int flags)
{
	return openat(folder, name, flags);
}

int __open_2(const char *name, int flags);
int __open_2(const char *name, int flags)
{
	return open(name, flags);
}

/* openat2 has no function of its own in the C library. */
long syscall(long number, ...)
{
	char path[PATH_MAX];
	long a[6];
	va_list list;

	va_start(list, number);
	for (int i = 0; i < 6; i++)
		a[i] = va_arg(list, long);
	va_end(list);
	if (number == SYS_openat2 && strikes("open", full((int)a[0],
	    (const char *)a[1], path)))
		return fail(EMFILE);
	return REAL(syscall)(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}
