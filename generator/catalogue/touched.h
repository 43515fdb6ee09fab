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

struct catalogue;
struct vec;

/* Rows of a table that are about a record. */
struct catalogue_touched {
	struct str table;	/* lives as long as the catalogue */
	int64_t record;		/* 0: the table has no such column, and any of
				 * its rows are meant */
};

/* From now on takes down what becomes of all rows, until it is closed. */
void catalogue_watch(struct catalogue *catalogue);

/* Adds what is otherwise now (struct catalogue_touched), in no order. False,
 * and nothing is added, when nobody watched: everything may be. */
bool catalogue_touched(const struct catalogue *catalogue, struct vec *touched);

#endif
