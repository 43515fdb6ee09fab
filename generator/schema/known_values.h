/* SPDX-License-Identifier: MIT */
/*
 * Values that need not be put to libxml2, which takes some four thousand
 * instructions to judge one: records say the same dates, terms and names over
 * and over, and what a field took once it takes again; a text that only has to
 * be of some length is measured here. What is not known is not thereby wrong.
 *
 * The table is of fixed size: a newer value takes the place of an older one.
 * For schema/ alone.
 */
#ifndef SCHEMA_KNOWN_VALUES_H
#define SCHEMA_KNOWN_VALUES_H

#include <stdbool.h>

struct arena;
struct known_values;
struct vec;

/* An empty table in `arena`. */
struct known_values *known_values_make(struct arena *arena);

/*
 * Sorts what is in the element `node` (an xmlNode, as all here): pushes onto
 * `known` the elements that are known to be good with all that is in them, and
 * onto `rest` the single values that are not. True when that goes for `node` as
 * a whole; then nothing was pushed, and the caller may push it.
 */
bool known_values_sort(const struct known_values *values, void *node,
    struct vec *known, struct vec *rest);

/* Remembers the values in `rest`, which were found good. */
void known_values_add(struct known_values *values, const struct vec *rest);

#endif
