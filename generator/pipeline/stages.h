/* SPDX-License-Identifier: MIT */
/* The stages of a run, a file each, in the order in which pipeline.c calls
 * them; for this folder alone. One is false only when the machine failed. */
#ifndef PIPELINE_STAGES_H
#define PIPELINE_STAGES_H

#include <stdbool.h>

struct pipeline;
struct source_entry;
struct str;
struct vec;

/* Makes a new catalogue in the folder, with what is known before anything is
 * read: the day, code lists, rules. */
bool pipeline_create_catalogue(struct pipeline *pipeline, struct str folder);
/* Tells of something in content/ that is no file. */
void pipeline_refuse_entry(struct pipeline *pipeline,
    const struct source_entry *entry);
void stage_rules(struct pipeline *pipeline);
/* Reads all files; states come with them, since rules ask for those. */
bool pipeline_read(struct pipeline *pipeline);
bool stage_read(struct pipeline *pipeline);
bool stage_history(struct pipeline *pipeline);
/* The same for the files that were read again, and those that landed since;
 * false as well if everything may have. */
bool stage_arrivals(struct pipeline *pipeline);
/* The same for what a proposal brings: when its commits were received. */
bool stage_proposal(struct pipeline *pipeline);
/* Holds the register of numbers against the dossiers; with the changes of a
 * proposal (struct source_change) only if they can matter, and in the place of
 * what the kept catalogue has of it. */
bool stage_register(struct pipeline *pipeline, const struct vec *changes);
bool stage_judge(struct pipeline *pipeline);
/* Judges whom changes reach in this process: what is resumed is seen by nobody
 * else. */
void stage_judge_here(struct pipeline *pipeline);
/* Puts what stage_judge() took down, and what falls due without being any
 * record's fault, into the catalogue, and is done with it. */
void stage_tally(struct pipeline *pipeline);

#endif
