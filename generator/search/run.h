/* SPDX-License-Identifier: MIT */
/*
 * The index of a batch of records: which terms (terms.h) stand in which of
 * them, how often, where, and whether in the title. Batches are indexed apart,
 * by workers, and then merged (shard.h).
 *
 * A record is known by its row: its place among all public records, from 0 in
 * the order in which they entered the library. Its fields stand one after the
 * other on one scale of places: the title from 0, what follows it at
 * SEARCH_TITLE or later, so that a place below tells of the title; an empty
 * place is between any two fields, and between the lines of one.
 *
 * As bytes a run is an entry for each term, sorted by the bytes of the terms:
 *
 *   length of the term, term, number of records, first and last row,
 *   size of the rows, size of the places, rows, places
 *
 * Rows: for each record (distance to the row before, 0 for the first) * 4, plus
 * 2 if the title has the term, plus 1 if it stands there more than once; then
 * how often, less 2. Places: for each record its places, each as distance to
 * the one before; none for terms of one character, which are never beside
 * another one of what is looked for. All numbers as in varint.h.
 */
#ifndef SEARCH_RUN_H
#define SEARCH_RUN_H

#include "base/buf.h"
#include "base/str.h"
#include "base/vec.h"

#include <stddef.h>
#include <stdint.h>

enum { SEARCH_TITLE = 512, SEARCH_BUCKETS = 1 << 16 };

struct search_run {
	struct vec tokens;	/* uint64_t: term, row in the run, place */
	struct vec terms;	/* struct search_run_term */
	struct vec long_terms;	/* char: of more than 8 bytes */
	struct vec slots;	/* uint32_t: number of a term + 1, by hash */
	struct vec text;	/* uint32_t: of the field at hand */
	struct buf term;	/* the one at hand */
	uint32_t first_row, row, place;
};

/* Begins an empty run, whose first record will be in that row. */
void search_run_begin(struct search_run *run, uint32_t first_row);
void search_run_dispose(struct search_run *run);

/* Adds texts (UTF-8) to the record of the row at hand: titles first, each as a
 * field of its own, then all else; then goes on to the next row. */
void search_run_add_title(struct search_run *run, struct str text);
void search_run_add(struct search_run *run, struct str text);
void search_run_next(struct search_run *run);

/*
 * Appends the entries. To `sizes`, an array of SEARCH_BUCKETS, goes how many
 * bytes the entries have whose terms begin with those two bytes, the second 0
 * if the term has but one; that order is the order of the entries.
 */
void search_run_end(struct search_run *run, struct buf *out,
    uint32_t *sizes);

#endif
