/* SPDX-License-Identifier: MIT */
/*
 * What a build has written: for each file of a site its path and the SHA-256 of
 * its bytes, worked out where they are written, so that no file is read again
 * to be listed in the manifest (manifest.h) or held against another site
 * (site_compare.h). A worker keeps a log for each job, whose paths live as long
 * as the job, and packs it into its answer; the parent keeps one of all.
 */
#ifndef SITE_SITE_LOG_H
#define SITE_SITE_LOG_H

#include "base/hash.h"
#include "base/str.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct buf;
struct diag_list;
struct folder;

struct site_file {
	struct str path;		/* below the folder of its site */
	bool is_internal;		/* of which site */
	bool changed;			/* it was not there, or was another */
	char sha256[SHA256_HEX_SIZE];
};

struct site_log {
	struct vec files;		/* struct site_file */
};

void site_log_init(struct site_log *log);
void site_log_dispose(struct site_log *log);

/* Notes a file of the public site; `sha256` has 64 digits. */
void site_log_add(struct site_log *log, struct str path, const char *sha256,
    bool changed);

/* folder_replace(), and notes it. */
bool site_log_write(struct site_log *log, const struct folder *folder,
    struct str path, struct str bytes, struct diag_list *diags);

/* As bytes at the end of an answer, and off the front of one again: adds them
 * as files of one of the sites, with paths in `arena`, but for one that is
 * `known` and will live as long. False, with those that could be read added,
 * when the bytes are damaged. */
void site_log_pack(struct buf *answer, const struct site_log *log);
bool site_log_unpack(struct site_log *log, struct str *answer,
    bool is_internal, struct str known, struct arena *arena);

/* The same of files that stay as they were: none of them is changed. */
bool site_log_recall(struct site_log *log, struct str *facts,
    bool is_internal, struct str known, struct arena *arena);

/* How many files of the log are others than before. */
size_t site_log_changed(const struct site_log *log);

/* The files of one site (const struct site_file *), by byte order of their
 * paths, each path once; `*count` of them, in `arena`. */
const struct site_file **site_log_sorted(const struct site_log *log,
    bool is_internal, struct arena *arena, size_t *count);

#endif
