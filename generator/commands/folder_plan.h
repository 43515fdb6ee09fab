/* SPDX-License-Identifier: MIT */
/* What writing to a folder would do, for --dry-run: the files that there would
 * be, held against those that are there. */
#ifndef COMMANDS_FOLDER_PLAN_H
#define COMMANDS_FOLDER_PLAN_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct map;
struct pipeline;

/* Digests (char *, by paths, into an empty map) of the files below `path`: none
 * if there is no such folder yet. False when the machine failed. */
bool folder_plan_digest(struct pipeline *pipeline, struct str path,
    struct map *found);

/* Prints each file below `folder` that would be new, changed or removed, a line
 * each, to standard output, and adds to how many are. */
void folder_plan_print(const struct pipeline *pipeline, struct str folder,
    const struct map *expected, const struct map *found, size_t *changed,
    size_t *removed);

#endif
