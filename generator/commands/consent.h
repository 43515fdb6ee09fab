/* SPDX-License-Identifier: MIT */
/*
 * Before a person's text is written over: asked for on a terminal, given
 * beforehand by --force, and taken for a no everywhere else.
 */
#ifndef COMMANDS_CONSENT_H
#define COMMANDS_CONSENT_H

#include "base/str.h"

#include <stdbool.h>

struct invocation;

/* Whether the file at `path` may be replaced. The command has an option
 * "force". */
bool consent_given(const struct invocation *invocation, struct str path);

/* Says on standard output which file would be written, for --dry-run. */
void consent_would_write(const struct invocation *invocation,
    struct str path, bool is_there);

#endif
