/* SPDX-License-Identifier: MIT */
/*
 * What browsers read: runs (run.h) merged and cut into shards, of which each
 * holds the terms from its first to the next one's. A shard is two files:
 *
 *   rows    for each term: length of the term, term, number of records, size
 *           of its rows, size of its places; its rows as in a run, the first
 *           as the distance from row 0
 *   places  for each term its places as in a run
 *
 * A word of two characters, the commonest query, needs the first alone; only
 * longer ones have to be proven by places. The order and the cuts depend on
 * nothing but the records, and a term more or less moves few cuts: only before
 * certain terms, known by their hash, may a shard of ordinary size end.
 */
#ifndef SEARCH_SHARD_H
#define SEARCH_SHARD_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

/* Takes the next shard of the range, which begins with the term `first`; both
 * files before they are compressed, valid until it returns. False ends the
 * merging. */
typedef bool search_shard_take(void *context, struct str first,
    struct str rows, struct str places);

/*
 * Merges the entries of `count` runs, in the order of their rows, each of them
 * sorted and all of one range of terms, and hands out the shards in order.
 * False only if `take` said so.
 */
bool search_merge(const struct str *runs, size_t count,
    search_shard_take *take, void *context);

#endif
