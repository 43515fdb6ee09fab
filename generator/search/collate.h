/* SPDX-License-Identifier: MIT */
/*
 * The order in which a reader looks titles up: Chinese characters by their
 * pinyin, letters by the alphabet, as Unicode's collation has it for Chinese.
 */
#ifndef SEARCH_COLLATE_H
#define SEARCH_COLLATE_H

#include "base/buf.h"
#include "base/str.h"
#include "base/vec.h"

#include <stdint.h>

struct UCollator;	/* ICU's */

/* Titles taken in one by one. */
struct search_collation {
	struct UCollator *collator;
	struct buf keys;
	struct vec titles;		/* struct search_collation_title */
};

void search_collation_begin(struct search_collation *collation);
void search_collation_dispose(struct search_collation *collation);

/* Titles are numbered from 0 and may come in any order. */
void search_collation_add(struct search_collation *collation, uint32_t number,
    struct str title);

/* Appends for each title, by their numbers, its place in the order of titles,
 * from 0, as four bytes, the low one first. Of the same titles the one with the
 * lower number comes first. */
void search_collation_end(struct search_collation *collation,
    struct buf *out);

#endif
