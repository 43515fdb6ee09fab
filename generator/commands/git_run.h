/* SPDX-License-Identifier: MIT */
/*
 * git itself, run to its end without a shell: for what it knows best (its
 * index, signatures, what a push brings). Its environment is PATH, HOME,
 * TMPDIR, and of git's own variables those that say where the objects of this
 * very operation are; replacements of objects are not looked at.
 */
#ifndef COMMANDS_GIT_RUN_H
#define COMMANDS_GIT_RUN_H

#include "base/str.h"

#include <stdbool.h>

struct arena;
struct diag_list;

enum { GIT_WORDS_MAX = 32 };

struct git_result {
	int status;		/* of its exit; -1: a signal */
	struct str output;	/* of standard output; errors are thrown away */
};

/*
 * Runs "git -C folder WORDS…" (at most GIT_WORDS_MAX, ends with NULL) with
 * `input`, of less than 64 KiB, on standard input. False with a diagnostic only
 * when git cannot be run at all.
 */
bool git_run(struct arena *arena, struct str folder,
    const char *const *words, struct str input, struct git_result *result,
    struct diag_list *diags) __attribute__((warn_unused_result));

/* The same when nothing but success will do: its output without the line
 * end. */
bool git_ask(struct arena *arena, struct str folder,
    const char *const *words, struct str *answer, struct diag_list *diags)
    __attribute__((warn_unused_result));

#endif
