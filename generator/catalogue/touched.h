/* SPDX-License-Identifier: MIT */
/*
 * Which records have other rows than they had, by table, while a catalogue is
 * gone on with: for whoever keeps what was made from them. A row that is taken
 * out and put back as it was counts as untouched, so a list that is emptied and
 * filled anew touches no more than what is otherwise in it.
 *
 * It costs memory for each row that is put or taken out, and rests on hashes of
 * 64 bits: that two changes of one record cancel each other out by chance is
 * one in 10^19.
 */
#ifndef CATALOGUE_TOUCHED_H
#define CATALOGUE_TOUCHED_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct catalogue;
struct vec;

/* Columns by number, as bits; those from number 63 on share the last. */
enum { TOUCHED_COLUMNS = 64 };
#define TOUCHED_ALL UINT64_MAX

/* Rows of a table that are about a record. Texts live as long as the
 * catalogue. */
struct catalogue_touched {
	struct str table;
	int64_t record;		/* 0: the table has no such column */
	struct str key;		/* then what its first column says */
	uint64_t columns;	/* in which something is otherwise: all of them
				 * where a row has come or gone, or where rows
				 * have no key to know them by */
	struct str id;		/* in the table `record`: what was its id */
};

/* From now on takes down what becomes of all rows, until it is closed. */
void catalogue_watch(struct catalogue *catalogue);

/* One word for what the catalogue's file holds: another once anything was
 * written to it. Empty when that cannot be told. */
struct str catalogue_state(const struct catalogue *catalogue,
    struct arena *arena);
/* The same when catalogue_watch() began; empty when nobody watches. */
struct str catalogue_watched_from(const struct catalogue *catalogue);

/* Adds what is otherwise now (struct catalogue_touched), in no order. False,
 * and nothing is added, when nobody watched: everything may be. */
bool catalogue_touched(const struct catalogue *catalogue, struct vec *touched);

#endif
