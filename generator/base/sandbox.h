/* SPDX-License-Identifier: MIT */
/*
 * What a process that parses strangers' bytes may still ask of the kernel, so
 * that one taken over by them can do no more than answer wrongly about the
 * record it was at. The filter is libseccomp's (seccomp(2)); what it does not
 * name fails with EPERM, as it does under other sandboxes, and libraries take
 * that for an old kernel or a missing right.
 *
 * Not kept from it: what this user may read. A filter sees no paths.
 */
#ifndef BASE_SANDBOX_H
#define BASE_SANDBOX_H

#include <stdbool.h>

enum sandbox_leave {
	SANDBOX_READ,	/* compute, read files, write to open descriptors */
	SANDBOX_WRITE,	/* and make, write, rename and remove files */
	SANDBOX_RUN	/* and all else: it runs programs (gpgv, weasyprint) */
};

/*
 * Gives up for good, in this process and those it begins, all that `leave` does
 * not name: new privileges, core dumps and, but for SANDBOX_RUN, programs,
 * processes, sockets, signals to others and tracing. False with errno when the
 * kernel has no filters: the caller must not go on.
 */
bool sandbox_enter(enum sandbox_leave leave);

/*
 * Closes the regular files that this process inherited open for writing, except
 * the standard streams: a filter of calls cannot tell them from pipes. False
 * where /proc does not list them: the caller must not go on.
 */
bool sandbox_close_written(void) __attribute__((warn_unused_result));

#endif
