/* SPDX-License-Identifier: MIT */
/*
 * What a process that parses strangers' bytes may still ask of the kernel, so
 * that one taken over by them can do no more than answer wrongly about the
 * record it was at. The filter is libseccomp's (seccomp(2)); what it does not
 * name fails with EPERM, as it does under other sandboxes, and libraries take
 * that for an old kernel or a missing right.
 *
 * A filter sees no paths. Where the kernel has Landlock (landlock(7), Linux
 * 5.19 and later), it writes below the folders that it was given and nowhere
 * else, and sees nothing of the memory of other processes, not through /proc
 * either.
 *
 * Not kept from it: what files this user may read.
 */
#ifndef BASE_SANDBOX_H
#define BASE_SANDBOX_H

#include <stdbool.h>
#include <stdint.h>

/* How many folders a worker may be given to write below. */
enum { SANDBOX_FOLDERS = 3 };

enum sandbox_leave {
	SANDBOX_READ,	/* compute, read files, write to open descriptors */
	SANDBOX_WRITE,	/* and make, write, rename and remove files */
	SANDBOX_RUN	/* and all else: it runs programs (gpgv, weasyprint) */
};

/*
 * Gives up for good, in this process and those it begins, all that `leave` does
 * not name: new privileges, core dumps, huge files and, but for SANDBOX_RUN,
 * programs, processes, sockets, signals to others, tracing, many open files and
 * the lifting of its own limits. `written` are descriptors of folders, for
 * SANDBOX_WRITE; 0 or less: none. `largest_file` is in bytes. False with errno
 * when the kernel has no filters: the caller must not go on.
 */
bool sandbox_enter(enum sandbox_leave leave,
    const int written[SANDBOX_FOLDERS], uint64_t largest_file);

/*
 * Closes the regular files that this process inherited open for writing, except
 * the standard streams: a filter of calls cannot tell them from pipes. False
 * where /proc does not list them: the caller must not go on.
 */
bool sandbox_close_written(void) __attribute__((warn_unused_result));

#endif
