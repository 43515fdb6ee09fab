/* SPDX-License-Identifier: MIT */
#include "base/sandbox.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define SIZE(array) (sizeof(array) / sizeof((array)[0]))

enum { MOST_FILES = 256 };

/* Memory, time, waiting, and what is open already. */
static const int compute_calls[] = {
	SCMP_SYS(brk), SCMP_SYS(mmap), SCMP_SYS(munmap), SCMP_SYS(mremap),
	SCMP_SYS(mprotect), SCMP_SYS(madvise), SCMP_SYS(futex),
	SCMP_SYS(sched_yield), SCMP_SYS(sched_getaffinity),
	SCMP_SYS(clock_gettime), SCMP_SYS(clock_nanosleep),
	SCMP_SYS(nanosleep), SCMP_SYS(gettimeofday), SCMP_SYS(time),
	SCMP_SYS(getrandom), SCMP_SYS(restart_syscall), SCMP_SYS(exit),
	SCMP_SYS(exit_group), SCMP_SYS(getpid), SCMP_SYS(getppid),
	SCMP_SYS(gettid), SCMP_SYS(getuid), SCMP_SYS(geteuid),
	SCMP_SYS(getgid), SCMP_SYS(getegid), SCMP_SYS(uname),
	SCMP_SYS(sysinfo), SCMP_SYS(getrusage), SCMP_SYS(getrlimit),
	SCMP_SYS(set_robust_list), SCMP_SYS(rseq), SCMP_SYS(rt_sigaction),
	SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn),
	SCMP_SYS(sigaltstack), SCMP_SYS(read), SCMP_SYS(readv),
	SCMP_SYS(write), SCMP_SYS(writev), SCMP_SYS(close),
	SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(select),
	SCMP_SYS(pselect6), SCMP_SYS(dup),
};

/* Of files: names, sizes, bytes; opening has conditions of its own. */
static const int read_calls[] = {
	SCMP_SYS(pread64), SCMP_SYS(preadv), SCMP_SYS(lseek),
	SCMP_SYS(fstat), SCMP_SYS(stat), SCMP_SYS(lstat),
	SCMP_SYS(newfstatat), SCMP_SYS(statx), SCMP_SYS(statfs),
	SCMP_SYS(fstatfs), SCMP_SYS(access), SCMP_SYS(faccessat),
	SCMP_SYS(faccessat2), SCMP_SYS(readlink), SCMP_SYS(readlinkat),
	SCMP_SYS(getdents64), SCMP_SYS(getcwd), SCMP_SYS(fadvise64),
};

static const int write_calls[] = {
	SCMP_SYS(open), SCMP_SYS(openat), SCMP_SYS(openat2),
	SCMP_SYS(pwrite64), SCMP_SYS(pwritev), SCMP_SYS(ftruncate),
	SCMP_SYS(fallocate), SCMP_SYS(fsync), SCMP_SYS(fdatasync),
	SCMP_SYS(copy_file_range), SCMP_SYS(sendfile), SCMP_SYS(mkdir),
	SCMP_SYS(mkdirat), SCMP_SYS(rename), SCMP_SYS(renameat),
	SCMP_SYS(renameat2), SCMP_SYS(unlink), SCMP_SYS(unlinkat),
	SCMP_SYS(rmdir), SCMP_SYS(fchmod), SCMP_SYS(umask),
};

static int allow_all(scmp_filter_ctx filter, const int *calls, size_t count)
{
	int error = 0;

	for (size_t i = 0; error == 0 && i < count; i++)
		error = seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 0);
	return error;
}

/* Opening that neither makes nor changes a file. openat2 keeps its flags where
 * no filter looks; without it open_below() goes folder by folder. */
static int allow_reading(scmp_filter_ctx filter)
{
	const scmp_datum_t changes = O_ACCMODE | O_CREAT | O_TRUNC;
	int error = allow_all(filter, read_calls, SIZE(read_calls));

	if (error == 0)
		error = seccomp_rule_add(filter, SCMP_ACT_ALLOW,
		    SCMP_SYS(openat), 1,
		    SCMP_A2(SCMP_CMP_MASKED_EQ, changes, O_RDONLY));
	if (error == 0)
		error = seccomp_rule_add(filter, SCMP_ACT_ALLOW,
		    SCMP_SYS(open), 1,
		    SCMP_A1(SCMP_CMP_MASKED_EQ, changes, O_RDONLY));
	return error;
}

/* Of what fcntl() does, flags and locks: others would have a descriptor send
 * signals, to any process and of any kind. */
static int allow_control(scmp_filter_ctx filter)
{
	static const int commands[] = { F_DUPFD, F_DUPFD_CLOEXEC, F_GETFD,
		F_SETFD, F_GETFL, F_SETFL, F_GETLK, F_SETLK, F_SETLKW,
		F_OFD_GETLK, F_OFD_SETLK, F_OFD_SETLKW };
	int error = 0;

	for (size_t i = 0; error == 0 && i < SIZE(commands); i++)
		error = seccomp_rule_add(filter, SCMP_ACT_ALLOW,
		    SCMP_SYS(fcntl), 1, SCMP_CMP(1, SCMP_CMP_EQ,
		    (scmp_datum_t)commands[i], 0));
	return error;
}

/* abort() of itself; its own limits, to read, and to set the time of a job,
 * which the parent watches too. */
static int allow_self(scmp_filter_ctx filter)
{
	const scmp_datum_t self = (scmp_datum_t)getpid();
	int error = seccomp_rule_add(filter, SCMP_ACT_ALLOW,
	    SCMP_SYS(tgkill), 1, SCMP_CMP(0, SCMP_CMP_EQ, self, 0));

	if (error == 0)
		error = seccomp_rule_add(filter, SCMP_ACT_ALLOW,
		    SCMP_SYS(prlimit64), 2, SCMP_CMP(0, SCMP_CMP_EQ, 0, 0),
		    SCMP_CMP(2, SCMP_CMP_EQ, 0, 0));
	if (error == 0)
		error = seccomp_rule_add(filter, SCMP_ACT_ALLOW,
		    SCMP_SYS(prlimit64), 2, SCMP_CMP(0, SCMP_CMP_EQ, 0, 0),
		    SCMP_CMP(1, SCMP_CMP_EQ, RLIMIT_CPU, 0));
	return error;
}

static bool load_filter(enum sandbox_leave leave)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	int error;

	if (filter == NULL) {
		errno = ENOMEM;
		return false;
	}
	error = allow_all(filter, compute_calls, SIZE(compute_calls));
	if (error == 0)
		error = allow_control(filter);
	if (error == 0)
		error = allow_self(filter);
	/* A call with and without conditions would be a contradiction. */
	if (error == 0 && leave == SANDBOX_READ)
		error = allow_reading(filter);
	if (error == 0 && leave == SANDBOX_WRITE)
		error = allow_all(filter, read_calls, SIZE(read_calls));
	if (error == 0 && leave == SANDBOX_WRITE)
		error = allow_all(filter, write_calls, SIZE(write_calls));
	if (error == 0)
		error = seccomp_load(filter);
	seccomp_release(filter);
	errno = -error;
	return error == 0;
}

/* For good; or until raised again where a supervisor such as valgrind keeps the
 * hard limit to itself. */
static bool lower(__rlimit_resource_t resource, rlim_t most)
{
	struct rlimit limit = { most, most }, now;

	if (getrlimit(resource, &now) != 0)
		return false;
	if (now.rlim_max <= most || setrlimit(resource, &limit) == 0)
		return true;
	limit.rlim_max = now.rlim_max;
	return setrlimit(resource, &limit) == 0;
}

/* -- folders -------------------------------------------------------------- */

/* Later than Debian 12's headers. */
#define ACCESS_TRUNCATE (UINT64_C(1) << 14)

/* To change files and folders in any way, and to run them. */
static uint64_t changes_of(long version)
{
	uint64_t changes = LANDLOCK_ACCESS_FS_EXECUTE |
	    LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
	    LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR |
	    LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
	    LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
	    LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM |
	    LANDLOCK_ACCESS_FS_REFER;

	return version >= 3 ? changes | ACCESS_TRUNCATE : changes;
}

static bool allow_below(int ruleset, int folder, uint64_t changes)
{
	struct landlock_path_beneath_attr rule = { .parent_fd = folder };

	rule.allowed_access = changes & ~(uint64_t)(
	    LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_MAKE_CHAR |
	    LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
	    LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM);
	return folder <= 0 || syscall(SYS_landlock_add_rule, ruleset,
	    LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
}

/*
 * True where the kernel has no Landlock, or its first version, which takes a
 * file that is renamed into another folder for one that leaves: the filter of
 * calls then stands alone.
 */
static bool stay_below(const int written[SANDBOX_FOLDERS])
{
	long version = syscall(SYS_landlock_create_ruleset, NULL, 0,
	    LANDLOCK_CREATE_RULESET_VERSION);
	struct landlock_ruleset_attr attributes = {
		.handled_access_fs = changes_of(version) };
	int ruleset;
	bool ok;

	if (version < 2)
		return true;
	ruleset = (int)syscall(SYS_landlock_create_ruleset, &attributes,
	    sizeof(attributes.handled_access_fs), 0);
	if (ruleset < 0)
		return false;
	ok = true;
	for (size_t i = 0; ok && i < SANDBOX_FOLDERS; i++)
		ok = allow_below(ruleset, written[i],
		    attributes.handled_access_fs);
	ok = ok && syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
	(void)close(ruleset);
	return ok;
}

bool sandbox_enter(enum sandbox_leave leave,
    const int written[SANDBOX_FOLDERS], uint64_t largest_file)
{
	static const int nowhere[SANDBOX_FOLDERS];

	/* Too large a file is an error of writing like any other. */
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
	    signal(SIGXFSZ, SIG_IGN) == SIG_ERR || !lower(RLIMIT_CORE, 0) ||
	    !lower(RLIMIT_FSIZE, (rlim_t)largest_file))
		return false;
	if (leave == SANDBOX_RUN)
		return true;
	return lower(RLIMIT_NOFILE, MOST_FILES) &&
	    stay_below(leave == SANDBOX_WRITE ? written : nowhere) &&
	    load_filter(leave);
}

static bool is_written(int descriptor)
{
	struct stat status;
	int flags = fcntl(descriptor, F_GETFL);

	return flags >= 0 && (flags & O_ACCMODE) != O_RDONLY &&
	    fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
}

bool sandbox_close_written(void)
{
	DIR *folder = opendir("/proc/self/fd");
	const struct dirent *entry;

	if (folder == NULL)
		return false;
	while ((entry = readdir(folder)) != NULL) {
		int descriptor = (int)strtol(entry->d_name, NULL, 10);

		if (descriptor > STDERR_FILENO && is_written(descriptor))
			(void)close(descriptor);
	}
	(void)closedir(folder);
	return true;
}
