/* SPDX-License-Identifier: MIT */
/*
 * Going on with a kept catalogue: it is made what it would be if some files
 * were other ones, and only those records are judged again that the change
 * reaches. What was kept stays as it is: nothing that is put is ever written to
 * the file, and closing takes it back.
 *
 * The order of calls: catalogue_resume(); for each file that changed,
 * catalogue_forget(), then, if it is a record, catalogue_put_record() and its
 * claims under the number that catalogue_number() gives, and
 * catalogue_note(); then catalogue_reach(), and the records that the queries
 * `reached` and `to_judge` name are read and judged.
 *
 * A record is reached when it asked for something that changed: each takes down
 * what it asks for (catalogue_put_dependency()), there or not.
 */
#ifndef CATALOGUE_RESUME_H
#define CATALOGUE_RESUME_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct catalogue;
struct diag_list;

/* What records ask for: another by kind and id, who makes a claim (its kind and
 * value), the state of an achievement (its id), a file (its path). */
enum catalogue_dependency { ON_RECORD, ON_CLAIM, ON_STATE, ON_FILE };

/* A number for that; two questions that get the same cost time, no more. */
uint64_t catalogue_key(enum catalogue_dependency what, struct str name,
    struct str value);

/*
 * The catalogue kept in `folder`, if it was made under the same `fingerprint`
 * (catalogue_fit()); NULL where there is none, where it is unfit, cannot be
 * written to, or another has it in use: a new one then has to be made. A notice
 * tells of one that is damaged.
 */
struct catalogue *catalogue_resume(struct arena *arena, struct str folder,
    struct str fingerprint, struct diag_list *diags);

/*
 * Says under what a catalogue about to be kept was made: `fingerprint` of all
 * that verdicts rest on but the files of content/, `commit` that those were of,
 * and how many there were.
 */
void catalogue_fit(struct catalogue *catalogue, struct str fingerprint,
    struct str commit, size_t files);

/* Takes out the record of a file, and what was found in it, which is added to
 * `taken`. */
void catalogue_forget(struct catalogue *catalogue, struct str path,
    struct diag_list *taken);
/* The number of the file's record, or the next that is free. */
uint32_t catalogue_number(struct catalogue *catalogue, struct str path);
/* A file that changed, as it is now: after its record and claims were put, if
 * it is one. */
void catalogue_note(struct catalogue *catalogue, struct str path);
/* Works out states anew, and whom all changes reach. */
void catalogue_reach(struct catalogue *catalogue);

/* Takes the kept diagnostics of a file out, and adds them to `taken`. */
void catalogue_take_diagnostics(struct catalogue *catalogue, struct str path,
    struct diag_list *taken);
/* The same of all diagnostics whose ids begin so. */
void catalogue_take_found(struct catalogue *catalogue, struct str ids,
    struct diag_list *taken);
/* Adds all kept errors to `found`. */
void catalogue_kept_errors(struct catalogue *catalogue,
    struct diag_list *found);
/* How many kept warnings and notices files have. */
void catalogue_kept_rest(struct catalogue *catalogue, size_t *warnings,
    size_t *notices);

#endif
