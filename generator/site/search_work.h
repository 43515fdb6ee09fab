/* SPDX-License-Identifier: MIT */
/* What the parts of search_site.h share; included by them alone. */
#ifndef SITE_SEARCH_WORK_H
#define SITE_SEARCH_WORK_H

#include "base/str.h"
#include "base/vec.h"
#include "site/search_site.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct buf;
struct catalogue;
struct diag_list;
struct folder;
struct json_writer;
struct map;
struct pipeline;
struct site_log;
struct value;

#define SEARCH_INDEX STR("search/index.json")

/* Hexadecimal digits in the name of a file. */
enum { SEARCH_NAME = 16 };

/* What is known of all rows before any body is read. */
struct search_rows {
	size_t count;
	struct str format;		/* what files are made by, for names */
	struct str version;		/* digest of all that goes in */
	struct str *batches;		/* the same of each batch */
	struct str columns, units, order; /* files, before compression */
	struct value *lists;		/* of what can be selected by */
};

/* Where in a run the entries of a bucket (see run.h) end. */
struct search_bucket {
	uint32_t bucket, end;
};

/* What was made of a batch of records: a run, and files, whose names stand one
 * after the other. */
struct search_batch {
	struct str digest;		/* of what went in */
	struct str cards, texts;
	uint64_t at;			/* of the run, in the file of runs */
	uint32_t length, hash[2];	/* its bytes, and a hash of them */
	struct search_bucket *buckets;
	size_t bucket_count;
	bool is_kept;			/* all that is of the build before */
};

struct search_shard {
	struct str first, name;
};

/* Buckets side by side, whose terms one job merges. */
struct search_range {
	uint32_t first, end;
};

/* What was made of a range, by what went in: the same is made of the same. */
struct search_merged {
	uint64_t digest;
	struct str shards;	/* packed: first term and name of each */
};

struct searching {
	struct pipeline *pipeline;
	const struct folder *output;
	const struct map *before;	/* const char *: digests by paths */
	struct site_log *log;		/* of the parent; jobs have their own */
	struct catalogue *catalogue;	/* of a worker */
	struct search_rows rows;
	struct str version;		/* of what is told from here on */
	struct search_batch *batches;
	size_t batch_count;
	struct vec ranges;		/* struct search_range */
	struct vec shards;		/* struct search_shard */
	struct vec merged;		/* struct search_merged: by the build
					 * before, then by this one */
	struct vec merging;		/* those of this until all are done */
	struct str columns, units, order; /* names of their files */
	struct str runs_path, kept_path; /* file of runs; the second, if any,
					  * between two builds */
	uint64_t size;			/* of what was kept */
	int file;			/* it, opened; negative if not */
	int runs;			/* the same by a worker */
	bool failed;			/* a job was lost, or in vain */
};

/* Reads all rows, in `arena`. */
void search_rows_read(struct pipeline *pipeline, struct arena *arena,
    struct search_rows *rows);

/* Appends index.json. */
void search_index_append(struct buf *out, const struct searching *searching);

/* Writes what results show of an achievement; `row` is of search_records. */
void search_card_write(struct json_writer *writer, const struct value *data,
    struct str id, const struct value *row);

/*
 * Takes the runs that the build before has kept, so that nobody else does, and
 * what is told of them; of the batches only those of which the same would be
 * made again. Without them it begins a file of runs. False if that fails.
 */
bool search_kept_take(struct searching *searching);
/* Closes the file of runs; `well`: all of it is right, and kept. */
void search_kept_give(struct searching *searching, bool well);

/* Puts a run into the file of runs; back come bytes of it, from `from` on. */
bool search_run_write(const struct searching *searching,
    struct search_batch *batch, struct str bytes, struct diag_list *diags);
struct str search_run_read(const struct searching *searching,
    const struct search_batch *batch, size_t from, size_t len,
    struct arena *arena, struct diag_list *diags);

/* The name of a file (or two) with these bytes, and where it stands. */
struct str search_name(const struct searching *searching, struct arena *arena,
    const char *folder, struct str bytes, struct str more);
struct str search_path(struct arena *arena, const char *folder,
    struct str name);
/* Whether it is there, and the last build has told its digest; a name is never
 * given to other bytes. */
bool search_has(const struct searching *searching, struct str path,
    struct arena *arena);

/* Writes a file compressed, and notes it, unless it is there. */
bool search_put(const struct searching *searching, const char *folder,
    struct str name, struct str bytes, struct site_log *log,
    struct diag_list *diags);

/* Jobs of workers (see workers.h; the context is a struct searching): indexing
 * a batch of records, and merging a range of terms. An answer has the log of
 * its files, the diagnostics, and to its end the batch (see
 * search_batch_unpack), or a struct search_merged: its digest in two numbers,
 * and its shards. */
void search_batch_run(void *context, size_t job, struct buf *answer);
void search_range_run(void *context, size_t job, struct buf *answer);

/* A batch as bytes, and back, in `arena`; false if they are no batch. */
void search_batch_pack(const struct search_batch *batch, struct buf *out);
bool search_batch_unpack(struct str *bytes, struct arena *arena,
    struct search_batch *batch);

#endif
