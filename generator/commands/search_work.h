/* SPDX-License-Identifier: MIT */
/* What the parts of search_site.h share; included by them alone. */
#ifndef COMMANDS_SEARCH_WORK_H
#define COMMANDS_SEARCH_WORK_H

#include "base/str.h"
#include "base/vec.h"
#include "commands/search_site.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct buf;
struct catalogue;
struct diag_list;
struct folder;
struct map;
struct pipeline;
struct site_log;
struct value;

#define SEARCH_INDEX STR("search/index.json")

/* Each run has so much room in their file, which is full of holes. */
enum { SEARCH_ROOM_BITS = 30 };

/* What is known of all rows before any body is read. */
struct search_rows {
	size_t count;
	struct str version;		/* hexadecimal digits */
	struct str facets, units, order; /* the files, before compression */
	struct value *lists;		/* of what can be selected by */
};

/* Where in a run the entries of a bucket (see run.h) end. */
struct search_bucket {
	uint32_t bucket, end;
};

/* Buckets side by side, whose terms one job merges. */
struct search_range {
	uint32_t first, end;
};

struct searching {
	struct pipeline *pipeline;
	const struct folder *output;
	const struct map *before;	/* const char *: digests by paths */
	struct site_log *log;		/* of the parent; jobs have their own */
	struct catalogue *catalogue;	/* of a worker */
	struct search_rows rows;
	struct vec *buckets;		/* of each batch: search_bucket */
	struct vec ranges;		/* struct search_range */
	struct value *shards;		/* first terms, a list for each range */
	size_t batches, shard_count;
	struct str runs_path;		/* file of runs */
	int runs;			/* that, opened by a worker */
	bool failed;			/* a job was lost */
};

/* Reads all rows, in `arena`. */
void search_rows_read(struct pipeline *pipeline, struct arena *arena,
    struct search_rows *rows);

/* Appends index.json. `ranges` is a list of the first terms of the shards of
 * each, `files` how many files the version has. */
void search_index_append(struct buf *out, const struct search_rows *rows,
    const struct value *ranges, size_t files);

/* What stands before item number `index` of a list. */
void search_list_item(struct buf *out, size_t index);

/* Appends what results show of an achievement; `row` is of search_records. */
void search_card_append(struct buf *out, const struct value *data,
    struct str id, const struct value *row);

/* Paths of files of the version, in `arena`. */
struct str search_file_path(const struct searching *searching,
    struct arena *arena, const char *name);
struct str search_path(const struct searching *searching, struct arena *arena,
    const char *folder, size_t number);
struct str search_shard_path(const struct searching *searching,
    struct arena *arena, const char *folder, size_t range, size_t number);

/* site_log_write() of the bytes, compressed. */
bool search_write_packed(const struct searching *searching, struct str path,
    struct str bytes, struct site_log *log, struct diag_list *diags);

/* Jobs of workers (see workers.h; the context is a struct searching): indexing
 * a batch of records, and merging a range of terms. An answer has the log of
 * the files, the diagnostics, and to its end the buckets of the run (number
 * and end), or the first terms of the shards. */
void search_batch_run(void *context, size_t job, struct buf *answer);
void search_range_run(void *context, size_t job, struct buf *answer);

#endif
