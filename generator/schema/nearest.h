/* SPDX-License-Identifier: MIT */
/* What somebody probably meant: the nearest of several words. */
#ifndef SCHEMA_NEAREST_H
#define SCHEMA_NEAREST_H

#include "base/str.h"

#include <stddef.h>

/*
 * The edits (one character put in, left out, replaced, or two neighbours
 * swapped) that lead from `a` to `b`; `limit` + 1 for any number above `limit`
 * and for words of more than 64 characters.
 */
size_t nearest_distance(struct str a, struct str b, size_t limit);

/* Keeps the nearest word seen so far. */
struct nearest {
	struct str wanted, best;
	size_t distance;	/* of best; wanted's limit + 1 before any */
};

/* At most a third of the characters may be wrong, but one always may. */
void nearest_init(struct nearest *nearest, struct str wanted);
/* The first of equally near words stays. */
void nearest_offer(struct nearest *nearest, struct str candidate);

#endif
