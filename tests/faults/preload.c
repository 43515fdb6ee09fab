/* SPDX-License-Identifier: MIT */
/*
 * Preloaded into zheli, makes the machine fail: the FAULT_AT-th call of the
 * kind FAULT_CALL, counted over all processes in the file FAULT_COUNT. With
 * FAULT_LASTING set all later ones fail too; with FAULT_AT=0 calls are counted
 * only. Calls that touch a file count if its path is below FAULT_BELOW, and,
 * with FAULT_SINCE, once a file has been renamed to that path:
 *
 *   open read write rename unlink mkdir close fsync mmap
 *
 * of which `close` and the others that take a descriptor touch the file that it
 * is of. The rest have no path:
 *
 *   fork     no process more
 *   kill     the process is killed at what changes a file: a write, a rename,
 *            an unlink, a folder or file that is made
 *   disk     FAULT_AT is the number of bytes until the disk is full
 *   readonly nothing that is on the disk can be changed
 *   lock     somebody else has locked what a process wants to lock
 *   clock    the time of day jumps by years and back, at each look
 *
 * A close that fails has closed its descriptor, as the kernel's would have; a
 * write that fails has written half of its bytes, as a disk that fills up does.
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
#include <sys/time.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static struct {
	const char *call, *below, *since;
	unsigned long at;
	bool is_lasting;
	/* Shared by all processes; NULL: not begun. The second number is
	 * whether calls count yet. */
	atomic_ulong *count;
} fault;

/* Of both counts, and of the last call that failed. */
#define SHARED (2 * sizeof(atomic_ulong) + PATH_MAX)

static atomic_ulong *counter(const char *path)
{
	int file = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CREAT,
	    0600);
	void *memory;

	if (file < 0 || ftruncate(file, SHARED) != 0)
		abort();
	memory = mmap(NULL, SHARED, PROT_READ | PROT_WRITE,
	    MAP_SHARED, file, 0);
	if (memory == MAP_FAILED)
		abort();
	(void)syscall(SYS_close, file);
	return memory;
}

__attribute__((constructor)) static void begin(void)
{
	const char *at = getenv("FAULT_AT"), *count = getenv("FAULT_COUNT");
	const char *call = getenv("FAULT_CALL");

	if (at == NULL || count == NULL || call == NULL)
		return;
	fault.below = getenv("FAULT_BELOW");
	if (fault.below == NULL)
		fault.below = "/";
	fault.at = strtoul(at, NULL, 10);
	fault.is_lasting = getenv("FAULT_LASTING") != NULL;
	fault.call = call;
	fault.since = getenv("FAULT_SINCE");
	fault.count = counter(count);
	if (fault.since == NULL)
		fault.count[1] = 1;
}

static bool is_on(const char *call)
{
	return fault.count != NULL && strcmp(call, fault.call) == 0;
}

/* Whether the call that is made now is one to fail. */
static bool is_due(void)
{
	unsigned long number = atomic_fetch_add(fault.count, 1) + 1;

	return fault.at > 0 && (number == fault.at ||
	    (fault.is_lasting && number > fault.at));
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

static bool touches(int folder, const char *name)
{
	char path[PATH_MAX];

	return fault.count[1] != 0 && strncmp(full(folder, name, path),
	    fault.below, strlen(fault.below)) == 0;
}

/* Leaves beside the counts what is made to fail, and where. */
static void tell(const char *call, int folder, const char *name)
{
	char path[PATH_MAX];

	(void)snprintf((char *)(fault.count + 2), PATH_MAX, "%s %s\n", call,
	    full(folder, name, path));
}

/* `changes`: whether the call makes the disk another one. */
static bool strikes(const char *call, bool changes, int folder,
    const char *name)
{
	int before = errno;
	bool struck = false;

	if (changes && is_on("kill")) {
		if (touches(folder, name) && is_due()) {
			tell(call, folder, name);
			(void)syscall(SYS_tgkill, getpid(),
			    (pid_t)syscall(SYS_gettid), 9);
		}
	} else if (is_on(call) || (changes && is_on("readonly"))) {
		struck = touches(folder, name) && is_due();
		if (struck)
			tell(call, folder, name);
	}
	errno = before;
	return struck;
}

static int fail(int error)
{
	errno = is_on("readonly") ? EROFS : error;
	return -1;
}

/* -- what is in files ----------------------------------------------------- */

/* How many of `size` bytes the disk still takes. */
static size_t room_for(int file, size_t size)
{
	unsigned long used;

	if (!is_on("disk") || !touches(file, NULL))
		return size;
	used = atomic_fetch_add(fault.count, size);
	if (fault.at == 0 || used + size <= fault.at)
		return size;
	return used < fault.at ? fault.at - used : 0;
}

ssize_t write(int file, const void *bytes, size_t size)
{
	size_t room = room_for(file, size);

	if (strikes("write", true, file, NULL))
		room = size / 2;
	if (room == size)
		return REAL(write)(file, bytes, size);
	(void)!REAL(write)(file, bytes, room);
	return fail(ENOSPC);
}

ssize_t pwrite64(int file, const void *bytes, size_t size, off64_t at)
{
	size_t room = room_for(file, size);

	if (strikes("write", true, file, NULL))
		room = 0;
	if (room == size)
		return REAL(pwrite64)(file, bytes, size, at);
	(void)!REAL(pwrite64)(file, bytes, room, at);
	return fail(ENOSPC);
}

ssize_t pwrite(int file, const void *bytes, size_t size, off_t at)
{
	return pwrite64(file, bytes, size, at);
}

ssize_t read(int file, void *bytes, size_t size)
{
	return strikes("read", false, file, NULL) ? fail(EIO) :
	    REAL(read)(file, bytes, size);
}

ssize_t pread64(int file, void *bytes, size_t size, off64_t at)
{
	return strikes("read", false, file, NULL) ? fail(EIO) :
	    REAL(pread64)(file, bytes, size, at);
}

ssize_t pread(int file, void *bytes, size_t size, off_t at)
{
	return pread64(file, bytes, size, at);
}

void *mmap64(void *at, size_t size, int rights, int flags, int file,
    off64_t from)
{
	if (file >= 0 && strikes("mmap", false, file, NULL)) {
		errno = ENOMEM;
		return MAP_FAILED;
	}
	return REAL(mmap64)(at, size, rights, flags, file, from);
}

void *mmap(void *at, size_t size, int rights, int flags, int file, off_t from)
{
	return mmap64(at, size, rights, flags, file, from);
}

int fsync(int file)
{
	return strikes("fsync", false, file, NULL) ? fail(EIO) :
	    REAL(fsync)(file);
}

int fdatasync(int file)
{
	return strikes("fsync", false, file, NULL) ? fail(EIO) :
	    REAL(fdatasync)(file);
}

int close(int file)
{
	bool struck = strikes("close", false, file, NULL);
	int status = REAL(close)(file);

	return struck ? fail(EIO) : status;
}

/* -- names of files ------------------------------------------------------- */

int rename(const char *from, const char *to)
{
	if (fault.count != NULL && fault.since != NULL &&
	    strcmp(to, fault.since) == 0)
		fault.count[1] = 1;
	return strikes("rename", true, AT_FDCWD, to) ? fail(EIO) :
	    REAL(rename)(from, to);
}

int renameat(int from_folder, const char *from, int to_folder, const char *to)
{
	return strikes("rename", true, to_folder, to) ? fail(EIO) :
	    REAL(renameat)(from_folder, from, to_folder, to);
}

int unlink(const char *name)
{
	return strikes("unlink", true, AT_FDCWD, name) ? fail(EIO) :
	    REAL(unlink)(name);
}

int unlinkat(int folder, const char *name, int flags)
{
	return strikes("unlink", true, folder, name) ? fail(EIO) :
	    REAL(unlinkat)(folder, name, flags);
}

int mkdir(const char *name, mode_t mode)
{
	return strikes("mkdir", true, AT_FDCWD, name) ? fail(ENOSPC) :
	    REAL(mkdir)(name, mode);
}

char *mkdtemp(char *name)
{
	if (!strikes("mkdir", true, AT_FDCWD, name))
		return REAL(mkdtemp)(name);
	(void)fail(ENOSPC);
	return NULL;
}

int mkdirat(int folder, const char *name, mode_t mode)
{
	return strikes("mkdir", true, folder, name) ? fail(ENOSPC) :
	    REAL(mkdirat)(folder, name, mode);
}

/* -- opening -------------------------------------------------------------- */

static bool fails_to_open(int folder, const char *name, int flags)
{
	return strikes("open", (flags & O_ACCMODE) != O_RDONLY, folder, name);
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
	mode_t mode = 0;

	MODE_OF(flags, mode);
	return fails_to_open(AT_FDCWD, name, flags) ? fail(EMFILE) :
	    REAL(open64)(name, flags, mode);
}

int open(const char *name, int flags, ...)
{
	mode_t mode = 0;

	MODE_OF(flags, mode);
	return open64(name, flags, mode);
}

int openat64(int folder, const char *name, int flags, ...)
{
	mode_t mode = 0;

	MODE_OF(flags, mode);
	return fails_to_open(folder, name, flags) ? fail(EMFILE) :
	    REAL(openat64)(folder, name, flags, mode);
}

int openat(int folder, const char *name, int flags, ...)
{
	mode_t mode = 0;

	MODE_OF(flags, mode);
	return openat64(folder, name, flags, mode);
}

/* What fortified code calls when no file can be created. */
int __openat_2(int folder, const char *name, int flags);
int __openat_2(int folder, const char *name, int flags)
{
	return openat64(folder, name, flags);
}

int __open_2(const char *name, int flags);
int __open_2(const char *name, int flags)
{
	return open64(name, flags);
}

/* openat2 has no function of its own in the C library. */
long syscall(long number, ...)
{
	long a[6];
	va_list list;

	va_start(list, number);
	for (int i = 0; i < 6; i++)
		a[i] = va_arg(list, long);
	va_end(list);
	if (number == SYS_openat2 && fails_to_open((int)a[0],
	    (const char *)a[1], 0))
		return fail(EMFILE);
	return REAL(syscall)(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

/* -- locks ---------------------------------------------------------------- */

int fcntl64(int file, int command, ...)
{
	va_list list;
	void *argument;

	va_start(list, command);
	argument = va_arg(list, void *);
	va_end(list);
	return command == F_SETLK && strikes("lock", false, file, NULL) ?
	    fail(EAGAIN) : REAL(fcntl64)(file, command, argument);
}

/* Whoever waits for a lock does not wait long. */
int usleep(useconds_t time)
{
	return is_on("lock") ? 0 : REAL(usleep)(time);
}

/* -- what has no path ----------------------------------------------------- */

pid_t fork(void)
{
	return is_on("fork") && is_due() ? fail(EAGAIN) : REAL(fork)();
}

/* Ten years on, ten years back. */
static time_t jump(void)
{
	if (!is_on("clock"))
		return 0;
	return (time_t)10 * 365 * 86400 *
	    (atomic_fetch_add(fault.count, 1) % 2 == 0 ? 1 : -1);
}

time_t time(time_t *to)
{
	struct timespec now;

	(void)REAL(clock_gettime)(CLOCK_REALTIME, &now);
	now.tv_sec += jump();
	if (to != NULL)
		*to = now.tv_sec;
	return now.tv_sec;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone)
{
	int status = REAL(gettimeofday)(now, zone);

	now->tv_sec += jump();
	return status;
}

/* The clock that never goes back does so here, by an hour, as on a virtual
 * machine that was moved. */
int clock_gettime(clockid_t clock, struct timespec *now)
{
	int status = REAL(clock_gettime)(clock, now);

	if (clock == CLOCK_REALTIME)
		now->tv_sec += jump();
	else if (is_on("clock"))
		now->tv_sec += jump() / (10 * 365 * 24);
	return status;
}
