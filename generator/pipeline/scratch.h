/* SPDX-License-Identifier: MIT */
/*
 * A folder of its own below TMPDIR (else /tmp), for a site that is built only
 * to be looked at, and removed by whoever made it. A command that is killed
 * leaves its own behind.
 */
#ifndef PIPELINE_SCRATCH_H
#define PIPELINE_SCRATCH_H

#include "base/str.h"

#include <stdbool.h>

struct arena;
struct diag_list;

/* Makes one that nobody else may enter; its path in `arena`. */
bool scratch_make(struct arena *arena, struct str *path,
    struct diag_list *diags) __attribute__((warn_unused_result));

/* Removes it with all that is in it; nothing for an empty path. */
void scratch_remove(struct arena *arena, struct str path);

#endif
