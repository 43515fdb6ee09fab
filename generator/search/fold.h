/* SPDX-License-Identifier: MIT */
/*
 * Text made alike for search: what a reader types and what a record says meet
 * in this form, and in it they are compared character by character.
 *
 *   1. NFKC (Unicode): full-width letters and digits become ASCII, "㎡" "m2",
 *      half-width kana whole ones. Traditional and simplified characters stay
 *      apart.
 *   2. Letters become small ones, each by itself.
 *   3. Soft hyphens, zero-width characters and variation selectors vanish.
 *   4. A line end stays one, several are one; nothing is found across it.
 *      Other white space between two characters of words is one space, and
 *      beside any other character it vanishes: "5G 芯片" is "5g芯片".
 *
 * A character of a word is a letter or digit of an alphabet: see
 * search_is_word(). All other characters (Han, kana, Hangul, signs) stand for
 * themselves. The theme's search-index.js does the same with what is typed, and
 * tests/search proves that both agree.
 */
#ifndef SEARCH_FOLD_H
#define SEARCH_FOLD_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct vec;

/* Appends the folded characters of `text` (UTF-8) to `out`, a vec of
 * uint32_t; what stands there before is no neighbour of them. */
void search_fold(struct str text, struct vec *out);

/* ASCII letters and digits, Latin with marks, combining marks, Greek and
 * Cyrillic, as they are after folding. */
bool search_is_word(uint32_t c);

/* A line end or a space, the only white space there is after folding. */
bool search_is_space(uint32_t c);

/* What folding and collation are made by: both may change with it. */
extern const char search_icu_version[];

#endif
