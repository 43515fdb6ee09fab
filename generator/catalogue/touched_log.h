/* SPDX-License-Identifier: MIT */
/*
 * What was touched (touched.h) by each run that went on with the catalogue, one
 * after the other, in a file beside it: for whoever made something of it some
 * runs ago. A check between two builds would else leave the second one not
 * knowing what is otherwise.
 *
 * Each run says from which state it led to which, so that one that is missing,
 * or a catalogue that was changed by anybody else, is noticed: then the chain
 * does not end where the catalogue is. It is a cache: deleting it costs time.
 */
#ifndef CATALOGUE_TOUCHED_LOG_H
#define CATALOGUE_TOUCHED_LOG_H

#include "base/str.h"

#include <stdbool.h>

struct catalogue;
struct vec;

/* Adds what this run has touched, once nothing more will be written to the
 * catalogue and while nobody else may. That it cannot be is no fault. */
void touched_log_add(const struct catalogue *catalogue);

/* Adds to `touched` what is otherwise than in `state`, as catalogue_state() had
 * it: by the runs since then, and by this one, each row once. False when that
 * cannot be told. Texts live as long as the catalogue. */
bool touched_log_since(const struct catalogue *catalogue, struct str state,
    struct vec *touched);

#endif
