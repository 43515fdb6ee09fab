/* SPDX-License-Identifier: MIT */
/*
 * How much of one file's material another has: git's own measure
 * (diffcore-delta.c), so that what git calls a rename we call a rename. A file
 * is cut after each line, or after 64 bytes of a longer one; each piece is
 * hashed, and the bytes of the pieces that both have are counted.
 */
#ifndef SOURCE_SIMILARITY_H
#define SOURCE_SIMILARITY_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum {
	SIMILARITY_WHOLE = 60000,	/* git's MAX_SCORE */
	SIMILARITY_RENAME = 30000,	/* from here on it may be a rename */
	SIMILARITY_NAMESAKE = 45000	/* it is one of the same file name */
};

struct piece {
	uint32_t hash, bytes;
};

/* The pieces of a file by hash, each hash once. */
struct material {
	const struct piece *pieces;
	size_t count;
	size_t size;			/* of the file */
};

/* Takes a file apart; the pieces live in `arena`. */
struct material material_of(struct arena *arena, struct str bytes);

/*
 * The share of the larger file that stands in both, 0 to SIMILARITY_WHOLE; 0
 * without a look when the sizes alone rule `least` out.
 */
unsigned material_similarity(const struct material *old,
    const struct material *now, unsigned least);

/* True when files of these sizes can be that similar. */
bool sizes_allow(size_t old_size, size_t size, unsigned least);

#endif
