/* SPDX-License-Identifier: MIT */
/*
 * Another program, run to its end: without a shell, with the words given and no
 * others, an environment of PATH, HOME, LC_ALL and what the caller adds, no
 * open file beside its standard ones, and a limit on its time and on what it
 * prints; the memory it may take is that of the worker that runs it. It is used
 * for what others do better: OpenSSH and GnuPG verify signatures, WeasyPrint
 * sets documents.
 */
#ifndef BASE_PROCESS_H
#define BASE_PROCESS_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct diag_list;

enum { PROCESS_SECONDS = 20, PROCESS_OUTPUT_MAX = 1024 * 1024 };

struct process_request {
	const char *const *words;	/* the program's path first; ends with
					 * NULL */
	struct str input;		/* of its standard input */
	struct str home;		/* a folder it may write to */
	const char *const *environment;	/* "NAME=value" …, ends with NULL; or
					 * NULL: nothing more */
	unsigned seconds;		/* it may take; 0: PROCESS_SECONDS */
	size_t output_max;		/* bytes; 0: PROCESS_OUTPUT_MAX */
};

struct process_result {
	int status;		/* of its exit; -1: a signal, or it hung */
	struct str output;	/* standard output; the rest is cut off */
};

/* Where a program is: the first absolute folder of PATH that has it. */
bool process_find(struct arena *arena, struct str name, struct str *path);

/* False with DIAG_NO_PROCESS only when it cannot be started at all. */
bool process_run(struct arena *arena, const struct process_request *request,
    struct process_result *result, struct diag_list *diags)
    __attribute__((warn_unused_result));

#endif
