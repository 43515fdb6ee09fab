/* SPDX-License-Identifier: MIT */
/*
 * What the search of the public site reads, made from the catalogue and the
 * bodies of public achievements (zheli-build(1) has the format):
 *
 *   search/index.json           names the version, its shards and its terms
 *   search/VERSION/facets.bin   what can be selected by, a column after another
 *   search/VERSION/units.bin    which unit, and the names of units
 *   search/VERSION/order.bin    the order of titles
 *   search/VERSION/cards/N.bin  what results show, 16 records a file
 *   search/VERSION/text/N.bin   bodies as plain text, 4 records a file
 *   search/VERSION/rows/R-N.bin, places/R-N.bin  the shards; see shard.h
 *
 * VERSION is a digest of all that goes in, known before anything is written.
 * The files of a version are written first, then index.json, then those of
 * another version are removed: a browser that goes by one index.json never
 * reads files of two builds. Where index.json names the version already,
 * nothing has to be done.
 *
 * Batches of records are indexed by workers into runs, which stand in a file
 * beside the catalogue that is removed in the end; ranges of terms are then
 * merged by workers. So bodies and terms are never all in memory, only some
 * twenty bytes for each record and the keys by which titles are sorted; and the
 * order of the work shows nowhere.
 */
#ifndef COMMANDS_SEARCH_SITE_H
#define COMMANDS_SEARCH_SITE_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct folder;
struct map;
struct pipeline;
struct site_log;
struct vec;

/* How many records: in a job of a worker, and in a file of cards and text. */
enum { SEARCH_BATCH = 512, SEARCH_CARDS = 16, SEARCH_TEXTS = 4 };

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
