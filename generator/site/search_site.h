/* SPDX-License-Identifier: MIT */
/*
 * What the search of the public site reads, made from the catalogue and the
 * bodies of public achievements (zheli-build(1) has the format):
 *
 *   search/index.json        the names of the other files, and first terms
 *   search/columns/NAME.bin  what can be selected by, a column after another,
 *                            and the names of the files of cards
 *   search/units/NAME.bin    which unit, and the names of units
 *   search/order/NAME.bin    the order of titles
 *   search/cards/NAME.bin    what results show, 16 records a file, and the
 *                            names of the files of their texts
 *   search/text/NAME.bin     bodies as plain text, 4 records a file
 *   search/rows/NAME.bin, places/NAME.bin  the shards; see shard.h
 *
 * A NAME is a digest of what is in the file, so the same content is the same
 * file whatever was built before, one that is there is right, and a browser
 * that goes by one index.json never reads files of two builds: the others are
 * written first, then index.json, and what it does not name is removed last.
 * An edit of one record writes its cards and text, the columns, and the shards
 * of the terms whose occurrences it changed.
 *
 * Batches of records are indexed by workers into runs, which stand in a file
 * beside the catalogue; ranges of terms are then merged by workers. So bodies
 * and terms are never all in memory, only some twenty bytes for each record and
 * the keys by which titles are sorted; and the order of the work shows nowhere.
 * The file of runs is kept for the next build, which indexes the batches alone
 * that have changed, and nothing at all if none has (search_kept.c). It is a
 * cache: deleting it costs time.
 */
#ifndef SITE_SEARCH_SITE_H
#define SITE_SEARCH_SITE_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct folder;
struct map;
struct pipeline;
struct site_log;
struct vec;

/* How many records: in a job of a worker, and in a file of cards and text. */
enum { SEARCH_BATCH = 128, SEARCH_CARDS = 16, SEARCH_TEXTS = 4 };

/*
 * Writes the files of a judged registry whose lists are worked out, and pushes
 * their paths (struct str) to `kept` and what they are to `log`. `before` has
 * the digests by which the last build listed its files (manifest.h): files of
 * the version that it lists are left as they are. False when the machine failed
 * or a worker was lost: then what index.json names still stands, and nothing
 * may be removed.
 */
bool search_build(struct pipeline *pipeline, const struct folder *output,
    const struct map *before, struct vec *kept, struct site_log *log);

#endif
