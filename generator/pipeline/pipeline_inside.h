/* SPDX-License-Identifier: MIT */
/* What pipeline.c and its neighbours, which go on with a kept catalogue, share;
 * included by them alone. */
#ifndef PIPELINE_PIPELINE_INSIDE_H
#define PIPELINE_PIPELINE_INSIDE_H

#include "base/str.h"

#include <stdbool.h>

struct pipeline;
struct source_entry;
struct vec;

/* Judges what has changed since the last run, and what that reaches, and leaves
 * the kept catalogue as a new one would be. False, and nothing is done, when
 * there is none that fits. */
bool pipeline_go_on(struct pipeline *pipeline);
/* Reads the changed files (struct source_change), whom they reach, and judges
 * all those, in the catalogue at hand. False when it cannot be done so. */
bool pipeline_judge_changes(struct pipeline *pipeline,
    const struct vec *changes);
/* Beyond so many files a run over everything with all processors is no slower,
 * or hardly. */
enum { MOST_CHANGES = 2000 };
/* Puts what one file was when it was read; whoever reads it names its bytes. */
void pipeline_put_file(struct pipeline *pipeline,
    const struct source_entry *entry);
/* Adds all that was listed (struct source_entry), in path order. */
void pipeline_list_now(const struct pipeline *pipeline, struct vec *now);
/* Works out pipeline_is_clean() of all that, naming what has no name yet; NULL:
 * all of it is known to be what the commit has. */
void pipeline_compare_head(struct pipeline *pipeline, struct vec *now);
/* Whether these files (struct source_entry), or others in their folders, are
 * otherwise than the commit checked out has them; false where that is not
 * known. Then so is the whole tree. */
bool pipeline_differs_from_head(struct pipeline *pipeline,
    const struct vec *entries);
/* Whether the kept catalogue at hand is of the as-of date and of the commit
 * checked out, and both are still those of now. */
bool pipeline_is_kept_of_now(struct pipeline *pipeline);
/* Says of a catalogue that is judged what it was made of. */
void pipeline_fit(struct pipeline *pipeline);
/* The record that a fault at `path` is a fault of. */
struct str pipeline_record_of(struct pipeline *pipeline, struct str path);
/* Judges what a proposal changes, and reaches, with the kept catalogue. False,
 * and nothing is done, when there is none that fits. */
bool pipeline_resume(struct pipeline *pipeline);
/* Closes the kept catalogue, if it is there. */
void pipeline_let_go(struct pipeline *pipeline);

#endif
