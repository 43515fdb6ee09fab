/* SPDX-License-Identifier: MIT */
/* The files of a folder, held against what a site should have, by digests. */
#ifndef SITE_SITE_COMPARE_H
#define SITE_SITE_COMPARE_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct diag_list;
struct folder;
struct map;
struct progress;
struct site_log;
struct vec;

enum site_difference_kind { SITE_DIFFERS, SITE_MISSING, SITE_EXTRA };

struct site_difference {
	struct str path;
	enum site_difference_kind kind;
};

/* What a log has of one of the sites: digests (char *) by paths. The log must
 * outlive the map. */
void site_expect(const struct site_log *log, bool is_internal,
    struct map *expected);

/* How the files of a folder are read: by up to `jobs` workers. */
struct site_reading {
	const struct folder *folder;
	size_t jobs;
	struct progress *progress;
	struct diag_list *diags;
};

/*
 * Works out the digests of all files below a folder: into `found`, an empty
 * map, as char * by paths. What is no regular file or cannot be read has an
 * empty one. No symbolic link is followed. False when the machine failed.
 */
bool site_digest(const struct site_reading *reading, struct map *found);

/*
 * Takes compressed copies (compress.h) for what they hold: of the files found,
 * those that are not expected while their originals are, which have copies. In
 * `found` the digest of what comes out takes the place of the copy's own, empty
 * if it cannot be decoded or is more than its original; `expected` is given the
 * original's for it, and so is `copies`, an empty map. Where the original is
 * not there as it should be, what comes out may be 64 MiB. False when the
 * machine failed.
 */
bool site_decode(const struct site_reading *reading, struct map *expected,
    struct map *found, struct map *copies);

/* Takes the signature of the manifest as it is, if there is one: no other build
 * tells what it should be. */
void site_take_signature(struct map *expected, const struct map *found);

/* Pushes the differences (struct site_difference), by byte order of their
 * paths. The marker of our folders is none. */
void site_compare(const struct map *expected, const struct map *found,
    struct vec *differences);

#endif
