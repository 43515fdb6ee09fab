/* SPDX-License-Identifier: MIT */
/*
 * Builds, one at a time, each in a process of its own: whatever content does to
 * a build, the server goes on. Wishes that come while one runs are one wish for
 * another.
 */
#ifndef COMMANDS_SERVE_BUILDER_H
#define COMMANDS_SERVE_BUILDER_H

#include "commands/build.h"

#include <stdbool.h>
#include <sys/types.h>

struct builder {
	struct build_request request;
	pid_t child;		/* 0: none is running */
};

/* Starts a build; false, with errno set, when there is no process for it. */
bool builder_start(struct builder *builder);

/*
 * True when a build has ended, how in `*status` (EXIT_MACHINE if it crashed).
 * To be called after SIGCHLD.
 */
bool builder_ended(struct builder *builder, enum exit_status *status);

/* Ends a running build and waits for it. */
void builder_stop(struct builder *builder);

#endif
