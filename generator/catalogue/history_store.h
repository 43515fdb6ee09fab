/* SPDX-License-Identifier: MIT */
/*
 * What was found in history, kept from run to run (history.sql). It is a cache
 * of what commits and notes say, which do not change; deleting it costs time.
 * It stands in git's folder, not in the registry's: a file of the registry
 * could come with a commit, and with it dates of somebody's own making.
 *
 * One process writes at a time; others wait. Where the folder cannot be written
 * to, it is made below $TMPDIR for this run. One that is damaged, foreign or of
 * another basis (another registry folder, other bulk moves) begins anew.
 */
#ifndef CATALOGUE_HISTORY_STORE_H
#define CATALOGUE_HISTORY_STORE_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct diag_list;
struct history_store;
struct vec;

/* NULL with a diagnostic when there is no place for it, not even below $TMPDIR.
 * What is put is kept by history_store_close() after history_store_keep(). */
struct history_store *history_store_open(struct arena *arena,
    struct str folder, struct str basis, struct diag_list *diags);
void history_store_keep(struct history_store *store);
void history_store_close(struct history_store *store);

/* False with a diagnostic once SQLite has failed; see catalogue_is_well(). */
bool history_store_is_well(const struct history_store *store,
    struct diag_list *diags);
/* It failed since the file is not what was written; closing it removes it. */
bool history_store_is_damaged(const struct history_store *store);
struct str history_store_path(const struct history_store *store);

/* Where the catalogue finds it, once it is kept. */
struct str history_store_path(const struct history_store *store);

/* -- landings ------------------------------------------------------------- */

/* The sequence of a landing, 0 when it is none; of the last one, 0 for none;
 * the id of the one of that sequence. */
int64_t history_store_find(struct history_store *store, struct str id);
int64_t history_store_last(struct history_store *store);
struct str history_store_id(struct history_store *store, int64_t sequence,
    struct arena *arena);

/* Forgets all landings after that one. */
void history_store_cut(struct history_store *store, int64_t sequence);

struct stored_landing {
	struct str id;
	uint32_t parents;
	int64_t committed;
	bool is_bulk;
};

struct stored_change {
	char kind;			/* git's letter */
	struct str path, old_path;	/* old_path: of a rename */
	uint32_t similarity;
	struct str object, old_object;
	bool carries;			/* a rename that keeps the dates */
	struct str introduced;		/* may be empty */
};

/* The next landing, with what it changed. */
void history_store_put(struct history_store *store,
    const struct stored_landing *landing, const struct stored_change *changes,
    size_t count);

/* -- receipts ------------------------------------------------------------- */

/* Bytes kept under a name; empty if none are. */
struct str history_store_word(struct history_store *store, struct str name,
    struct arena *arena);
void history_store_set_word(struct history_store *store, struct str name,
    struct str value);

/* Forgets the notes of one commit, or of all. */
void history_store_drop_note(struct history_store *store, struct str id);
void history_store_drop_notes(struct history_store *store);

struct stored_receipt {
	int64_t seconds;
	struct str ref, account;
};

struct stored_note {
	struct str id, note;		/* of the commit, of the bytes */
	struct str fault, detail;	/* fault empty: it counts */
	const struct stored_receipt *receipts;
	size_t receipt_count;
	struct str parents;		/* ids, one behind the other */
};

void history_store_put_note(struct history_store *store,
    const struct stored_note *note);
size_t history_store_note_count(struct history_store *store);

/* Finds the notes that are older than those of the commits' parents, and marks
 * them as faulty: after notes were put. */
void history_store_order_notes(struct history_store *store);

/*
 * Each faulty note by its fault and commit, without receipts and parents; with
 * a sequence other than 0 only of commits that dates may rest on up to there.
 * The texts live for the call.
 */
void history_store_faults(struct history_store *store, int64_t sequence,
    void (*take)(void *context, const struct stored_note *note),
    void *context);

/* -- what follows --------------------------------------------------------- */

/* When a file came to the main branch. Seconds since 1970. */
struct arrival {
	struct str path;
	bool is_received, has_landed;	/* receipts say so */
	bool by_commit;			/* of the commit that had it first; else
					 * of its landing */
	int64_t received, landed;
	struct str account;		/* who pushed it; may be empty */
	struct str landing;		/* the commit's id */
	int64_t stated, changed;	/* what commits say, unproven */
};

/* All files on the main branch (its name on the server) at a landing, in the
 * order of their paths, or only the one at `path`, if that is not empty. The
 * texts live for the call. */
void history_store_arrivals(struct history_store *store, int64_t sequence,
    struct str branch, struct str path, void (*take)(void *context,
	const struct arrival *arrival), void *context);

/* Adds the paths (struct str, in `arena`) that landings after one, up to
 * another, had to do with. */
void history_store_landed(struct history_store *store, int64_t since,
    int64_t until, struct arena *arena, struct vec *paths);

#endif
