/* SPDX-License-Identifier: MIT */
/*
 * Going on with a kept catalogue: it is made what it would be if some files
 * were other ones, and only those records are judged again that the change
 * reaches. For a proposal (catalogue_resume()) what was kept stays as it is:
 * nothing that is put is ever written to the file, and closing takes it back.
 * For the registry itself (catalogue_go_on()) it becomes what a new catalogue
 * would be: all in one transaction, which catalogue_commit() ends and closing
 * takes back.
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

#include "base/diag.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
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
 * The same to be changed in place, by one process at a time: NULL as well when
 * another goes on with it for longer than a moment. Nobody puts another in its
 * place until it is closed.
 */
struct catalogue *catalogue_go_on(struct arena *arena, struct str folder,
    struct str fingerprint, struct diag_list *diags);

/* It failed since the file is not what was written. Closing removes the file if
 * it was gone on with. */
bool catalogue_is_damaged(const struct catalogue *catalogue);
/* The same of a kept one if another process may have been the one to find out:
 * then all of it is read. */
bool catalogue_was_damaged(struct catalogue *catalogue);
/* The notice that a cache is damaged, and made anew. */
void catalogue_report_damage(struct str path, struct diag_list *diags);

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
/* The number of record `index` of `count`, in path order, when all are new. */
uint32_t catalogue_first_number(size_t index, size_t count);
/* The number of the file's record, or one that is free at its place in path
 * order; 0 where there is none, and then a new catalogue has to be made. */
uint32_t catalogue_number(struct catalogue *catalogue, struct str path);
bool catalogue_has_numbers(const struct catalogue *catalogue);
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
/* What is packed in the table `judged` of all records that were taken out, one
 * text behind the other. */
struct str catalogue_taken(const struct catalogue *catalogue);
/* Adds all kept diagnostics, or only errors, to `found`. */
void catalogue_kept(struct catalogue *catalogue, struct diag_list *found);
void catalogue_kept_errors(struct catalogue *catalogue,
    struct diag_list *found);
/* Hands them out instead, in the order of diag_sort(), each for that call
 * alone; adds how many there are of each severity. */
typedef void catalogue_take_kept(void *context,
    const struct diagnostic *diagnostic);
void catalogue_each_kept(struct catalogue *catalogue,
    catalogue_take_kept *take, void *context);
void catalogue_count_kept(struct catalogue *catalogue,
    size_t counts[DIAG_FATAL + 1]);
/* How many kept warnings and notices files have. */
void catalogue_kept_rest(struct catalogue *catalogue, size_t *warnings,
    size_t *notices);

/*
 * Makes `day` the as-of date, and reaches those whose verdicts may be others by
 * then. Before anything else changes. False, and nothing is done, when it comes
 * before the one that was: what had come by then may not have.
 */
bool catalogue_turn_to(struct catalogue *catalogue, struct str day);

/* -- in place: resume_place.c ---------------------------------------------- */

/* A file of content/ or register/ as it was read: see the table `file`. */
struct file_state {
	struct str path;
	uint32_t kind;
	struct str object;	/* empty: not known */
	uint64_t status;
};

void catalogue_put_file(struct catalogue *catalogue,
    const struct file_state *file);
void catalogue_drop_file(struct catalogue *catalogue, struct str path);
/* The next kept file in path order; false after the last. The texts live until
 * the next call. */
bool catalogue_next_file(struct catalogue *catalogue,
    struct file_state *file);

/* Takes out the arrivals of records that are gone. */
void catalogue_drop_arrivals(struct catalogue *catalogue);
/* All of them, to be put once more. */
void catalogue_drop_all_arrivals(struct catalogue *catalogue);
/* Puts the arrival of a file in the place of what was kept of it, without cells
 * (of the table `arrival`, its path in the place of the record) none. Before
 * catalogue_reach(). */
void catalogue_renew_arrival(struct catalogue *catalogue, struct str path,
    const struct str *cells, size_t count);

/* What is found in each run anew, diagnostics of no file: adds them to `found`;
 * takes them out. */
void catalogue_kept_passing(struct catalogue *catalogue,
    struct diag_list *found);
void catalogue_drop_passing(struct catalogue *catalogue);
/* Whether nothing at all was put, or taken out, since it was opened. */
bool catalogue_is_untouched(const struct catalogue *catalogue);
/* Takes out the reminders, and what is packed of them as of a record. */
void catalogue_take_reminders(struct catalogue *catalogue);
/* A record that has errors; and when all were told: withholds them and no
 * others, and works out anew what that changes, and all else that did. */
void catalogue_note_faulty(struct catalogue *catalogue, struct str path);
void catalogue_withhold_faulty(struct catalogue *catalogue);

#endif
