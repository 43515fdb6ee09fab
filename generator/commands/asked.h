/* SPDX-License-Identifier: MIT */
/* The files and folders that a command line names: PATH… as seen from the
 * registry. None means all of it. */
#ifndef COMMANDS_ASKED_H
#define COMMANDS_ASKED_H

#include "base/map.h"
#include "base/str.h"

#include <stdbool.h>

struct invocation;
struct overlay;
struct pipeline;

struct asked {
	struct map paths;
};

/* The invocation's operands, in its arena. */
void asked_init(struct asked *asked, const struct invocation *invocation);

/* Whether the file at `path` is asked for: it itself, or a folder above. */
bool asked_has(const struct asked *asked, struct str path);

/* False, with the operand in `*unknown`, if the registry has no such file or
 * folder below content/, nor the private folder one at that path. */
bool asked_exist(const struct invocation *invocation,
    const struct pipeline *pipeline, const struct overlay *overlay,
    struct str *unknown);

#endif
