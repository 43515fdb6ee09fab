/* SPDX-License-Identifier: MIT */
/*
 * What the catalogue was asked and what it answered, for whoever keeps what was
 * made of answers: as long as each of them is the same, so is what was made.
 * An answer is told as a number, a hash of all cells of all rows: different
 * answers have different ones but for one in 2^64.
 */
#ifndef CATALOGUE_ANSWER_H
#define CATALOGUE_ANSWER_H

#include "base/str.h"
#include "catalogue/catalogue.h"

#include <stddef.h>
#include <stdint.h>

/* Is told of each question as soon as it is answered; `params` are those of
 * catalogue_rows(), and the caller's. */
struct catalogue_observer {
	void (*asked)(void *context, enum query query,
	    const struct str *params, size_t param_count, uint64_t answer);
	void *context;
};

/* From now on; NULL: nobody. The observer must stay where it is. */
void catalogue_observe(struct catalogue *catalogue,
    const struct catalogue_observer *observer);

/* What the question would be answered now; the observer is not told. */
uint64_t catalogue_answer(struct catalogue *catalogue, enum query query,
    const struct str *params, size_t param_count);

#endif
