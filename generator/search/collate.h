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

struct UCollator;	/* ICU's */

/* Titles taken in one by one. */
struct search_collation {
	struct UCollator *collator;
	struct buf keys;
	struct vec titles;		/* struct search_collation_title */
};

void search_collation_begin(struct search_collation *collation);
void search_collation_dispose(struct search_collation *collation);

void search_collation_add(struct search_collation *collation,
    struct str title);

/* Appends for each title, in the order in which they were added, its place in
 * the order of titles, from 0, as four bytes, the low one first. Of the same
 * titles the first comes first. */
void search_collation_end(struct search_collation *collation,
    struct buf *out);

#endif
