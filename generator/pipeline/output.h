/* SPDX-License-Identifier: MIT */
/*
 * The folders that sites are written to. One is ours if it is empty or has the
 * marker in it: a build removes what does not belong to a site, and must not do
 * that to anything else.
 */
#ifndef PIPELINE_OUTPUT_H
#define PIPELINE_OUTPUT_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct folder;
struct listing;
struct pipeline;

/* Says that everything in the folder was made by this program. */
#define OUTPUT_MARKER STR(".zheli-site")

/* Opens and locks it; DIAG_OUTPUT_BUSY if another build has it,
 * DIAG_OUTPUT_FOREIGN if it holds what we have not made. */
bool output_open(struct pipeline *pipeline, struct str path,
    struct folder *folder);
/* The same with a marker of another name, for what is no site. */
bool output_open_marked(struct pipeline *pipeline, struct str path,
    struct str marker, struct folder *folder);

/* The last of it, without opening: also if there is no folder yet. */
bool output_is_ours(struct pipeline *pipeline, struct str path,
    struct str marker);

/* Whether a folder is to have a file at that path. */
struct output_kept {
	bool (*has)(void *context, struct str path);
	void *context;
};

/* Removes everything in it that is not kept, but the marker; adds to `*removed`
 * how many files that were. `listing` is up to date, and doubts then what that
 * has changed. */
bool output_remove_others(struct pipeline *pipeline,
    const struct folder *folder, struct listing *listing,
    const struct output_kept *kept, size_t *removed);

/* The internal site must not be served along with the public one, and neither
 * may be taken for what the other one left behind: DIAG_OUTPUT_NESTED. */
bool outputs_are_apart(struct pipeline *pipeline, struct str public,
    struct str internal);

#endif
