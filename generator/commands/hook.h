/* SPDX-License-Identifier: MIT */
/*
 * The hooks of git (githooks(5)) that zheli installs. Each is a short script
 * that runs what stood there before, if anything did, and then `zheli hook run
 * NAME`: so the program can be replaced without touching repositories.
 */
#ifndef COMMANDS_HOOK_H
#define COMMANDS_HOOK_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct diag_list;
struct invocation;
struct vec;

/* Whether the id is the one that stands for "none". */
bool hook_is_none(struct str id);

/* Reads the lines (struct pushed) from standard input; false, with a
 * diagnostic, when they are none. */
bool hook_read_updates(struct arena *arena, struct vec *updates,
    struct diag_list *diags);

/* The main branch, as a whole name: what HEAD of the repository names. */
bool hook_main_branch(struct arena *arena, struct str *ref,
    struct diag_list *diags);

/* Each returns the exit status of the hook. */
int hook_pre_commit(const struct invocation *invocation);
int hook_pre_receive(const struct invocation *invocation);
int hook_post_receive(const struct invocation *invocation);

/* What stands in the repository, and changing it; each returns a status. */
int hook_install(const struct invocation *invocation);
int hook_remove(const struct invocation *invocation);
int hook_status(const struct invocation *invocation);

#endif
