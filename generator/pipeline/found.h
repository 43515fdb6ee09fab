/* SPDX-License-Identifier: MIT */
/*
 * What a run has found, where it is not held: a pipeline that `leaves_found`
 * has of it in its diagnostics how many there are, and what tells of a cache;
 * the rest is in the catalogue alone, and is read from there to be told.
 */
#ifndef PIPELINE_FOUND_H
#define PIPELINE_FOUND_H

#include <stdbool.h>

struct diagnostic;
struct pipeline;

/*
 * Runs `judge` and leaves in the catalogue what it has found and put there;
 * nothing if it fails or the machine did.
 */
bool found_leave(struct pipeline *pipeline,
    bool (*judge)(struct pipeline *pipeline));

/* Hands out all that was found, by diag_sort(), each for that call alone; of a
 * pipeline that does not leave it too. What cannot be read any more is known to
 * catalogue_is_well(). */
typedef void found_take(void *context, const struct diagnostic *diagnostic);
void found_each(struct pipeline *pipeline, found_take *take, void *context);

#endif
