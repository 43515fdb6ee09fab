/* SPDX-License-Identifier: MIT */
#include "site/search_site.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/map.h"
#include "base/pack.h"
#include "base/workers.h"
#include "catalogue/catalogue.h"
#include "compress/gzip.h"
#include "pipeline/pipeline.h"
#include "search/run.h"
#include "site/search_work.h"
#include "site/site_log.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>

/* As many buckets make a range as have so many bytes in all runs. */
enum { RANGE_ENOUGH = 512 * 1024 };

/* -- what the parts share -------------------------------------------------- */

struct str search_name(const struct searching *searching, struct arena *arena,
    const char *folder, struct str bytes, struct str more)
{
	struct str what = str_format(arena, "%.*s %s %zu\n",
	    STR_ARG(searching->rows.format), folder, bytes.len);
	unsigned char digest[SHA256_SIZE];
	struct sha256 sha;

	sha256_init(&sha);
	sha256_add(&sha, what);
	sha256_add(&sha, bytes);
	sha256_add(&sha, more);
	sha256_finish(&sha, digest);
	return str_hex(arena, (struct str){ (const char *)digest,
	    SEARCH_NAME / 2 });
}

struct str search_path(struct arena *arena, const char *folder,
    struct str name)
{
	return str_format(arena, "search/%s/%.*s.bin", folder, STR_ARG(name));
}

bool search_has(const struct searching *searching, struct str path,
    struct arena *arena)
{
	struct stat status;

	return map_has(searching->before, path) &&
	    fstatat(searching->output->descriptor, str_cstr(arena, path),
		&status, AT_SYMLINK_NOFOLLOW) == 0 &&
	    S_ISREG(status.st_mode) && status.st_size > 0;
}

bool search_put(const struct searching *searching, const char *folder,
    struct str name, struct str bytes, struct site_log *log,
    struct diag_list *diags)
{
	struct str path = search_path(diags->arena, folder, name);
	struct buf packed;
	bool ok;

	if (search_has(searching, path, diags->arena))
		return true;
	buf_init(&packed);
	gzip_append(&packed, bytes);
	ok = site_log_write(log, searching->output, path, buf_str(&packed),
	    diags);
	buf_dispose(&packed);
	return ok;
}

/* -- in the parent --------------------------------------------------------- */

/* The beginning of every answer; false if there is none. */
static bool take_answer(struct searching *searching,
    enum worker_outcome outcome, struct str *answer)
{
	struct pipeline *pipeline = searching->pipeline;
	size_t errors = diag_errors(pipeline->diags);

	progress_step(&pipeline->progress);
	if (outcome != WORKER_DONE) {
		searching->failed = true;
		return worker_report(outcome, SEARCH_INDEX, pipeline->diags);
	}
	(void)site_log_unpack(searching->log, answer, false, STR_NONE,
	    pipeline->arena);
	(void)unpack_diags(answer, pipeline->diags);
	/* An index without what a job was for would be kept as whole. */
	searching->failed = searching->failed ||
	    diag_errors(pipeline->diags) > errors;
	return true;
}

static void take_batch(void *context, size_t job, enum worker_outcome outcome,
    struct str answer)
{
	struct searching *searching = context;

	/* One that is as it was says nothing more. */
	if (take_answer(searching, outcome, &answer) && answer.len > 0)
		(void)search_batch_unpack(&answer, searching->pipeline->arena,
		    &searching->batches[job]);
}

/* What follows is told of the next build as well. */
static void take_merged(struct searching *searching, struct str *answer)
{
	struct search_merged *merged;
	uint64_t digest;

	if (!unpack_long(answer, &digest))
		return;
	merged = vec_push(&searching->merging);
	merged->digest = digest;
	merged->shards = str_dup(searching->pipeline->arena, *answer);
}

static void take_range(void *context, size_t job, enum worker_outcome outcome,
    struct str answer)
{
	struct searching *searching = context;
	struct arena *arena = searching->pipeline->arena;
	struct search_shard shard;

	(void)job;
	if (!take_answer(searching, outcome, &answer))
		return;
	take_merged(searching, &answer);
	while (unpack_str(&answer, &shard.first) &&
	       unpack_str(&answer, &shard.name)) {
		shard.first = str_dup(arena, shard.first);
		shard.name = str_dup(arena, shard.name);
		*(struct search_shard *)vec_push(&searching->shards) = shard;
	}
}

static bool begin(void *context)
{
	struct searching *searching = context;
	struct pipeline *pipeline = searching->pipeline;

	searching->catalogue = catalogue_open(pipeline->arena,
	    catalogue_path(pipeline->catalogue), pipeline->diags);
	searching->runs = open(searching->runs_path.ptr,
	    O_RDWR | O_APPEND | O_NOFOLLOW | O_CLOEXEC);
	return searching->catalogue != NULL && searching->runs >= 0 &&
	    registry_reopen(&pipeline->registry);
}

/* A range has words of all records; it has an end all the same. */
enum { RANGE_SECONDS = 3600 };

/* `seconds` for each; 0: what a record may take. */
static bool run_jobs(struct searching *searching, size_t jobs,
    unsigned seconds, void (*run)(void *, size_t, struct buf *),
    void (*take)(void *, size_t, enum worker_outcome, struct str))
{
	static const struct text what = TEXT("建立检索索引",
	    "indexing for the search");
	struct pipeline *pipeline = searching->pipeline;
	const struct workers_request request = { .jobs = jobs,
		.processes = pipeline->jobs, .context = searching,
		.seconds = seconds, .largest_file = LARGEST_FILE_OF_ALL,
		.begin = begin, .leave = SANDBOX_WRITE,
		.written = { searching->output->descriptor }, .run = run,
		.take = take };
	bool ok;

	progress_begin(&pipeline->progress, &what, jobs);
	ok = workers_run(&request, pipeline->diags);
	progress_end(&pipeline->progress);
	return ok && !searching->failed &&
	    pipeline->diags->counts[DIAG_FATAL] == 0;
}

/* -- files ----------------------------------------------------------------- */

static bool write_index(struct searching *searching)
{
	struct pipeline *pipeline = searching->pipeline;
	struct buf index;
	bool ok;

	buf_init(&index);
	search_index_append(&index, searching);
	ok = site_log_write(searching->log, searching->output, SEARCH_INDEX,
	    buf_str(&index), pipeline->diags);
	buf_dispose(&index);
	return ok;
}

static void keep(const struct searching *searching, struct vec *kept,
    const char *folder, struct str names)
{
	for (; names.len > 0; names = str_slice(names, SEARCH_NAME, names.len))
		*(struct str *)vec_push(kept) = search_path(
		    searching->pipeline->arena, folder,
		    str_slice(names, 0, SEARCH_NAME));
}

static void keep_all(const struct searching *searching, struct vec *kept)
{
	*(struct str *)vec_push(kept) = SEARCH_INDEX;
	keep(searching, kept, "columns", searching->columns);
	keep(searching, kept, "units", searching->units);
	keep(searching, kept, "order", searching->order);
	for (size_t i = 0; i < searching->batch_count; i++) {
		keep(searching, kept, "cards", searching->batches[i].cards);
		keep(searching, kept, "text", searching->batches[i].texts);
	}
	for (size_t i = 0; i < searching->shards.count; i++) {
		const struct search_shard *shard = vec_at(&searching->shards,
		    i);

		keep(searching, kept, "rows", shard->name);
		keep(searching, kept, "places", shard->name);
	}
}

/* Whether the files to keep from number `first` on are all there. */
static bool are_there(const struct searching *searching,
    const struct vec *kept, size_t first)
{
	for (size_t i = first; i < kept->count; i++)
		if (!search_has(searching, *(struct str *)vec_at(kept, i),
		    searching->pipeline->arena))
			return false;
	return true;
}

/* Files that were there are in no log yet; all but the index, which is written
 * in any case. */
static void note_those_there(const struct searching *searching,
    const struct vec *kept, size_t first)
{
	for (size_t i = first; i < kept->count; i++) {
		struct str path = *(struct str *)vec_at(kept, i);

		if (map_has(searching->before, path) &&
		    !str_eq(path, SEARCH_INDEX))
			site_log_add(searching->log, path,
			    map_get(searching->before, path), false);
	}
}

/* -- the order of things --------------------------------------------------- */

/* Cuts the buckets into ranges, by what all runs have of each. */
static void set_ranges(struct searching *searching)
{
	size_t *sizes = calloc(SEARCH_BUCKETS, sizeof(*sizes)), sum = 0;
	struct search_range range = { .first = 0 };

	if (sizes == NULL)
		out_of_memory(SEARCH_BUCKETS * sizeof(*sizes));
	for (size_t i = 0; i < searching->batch_count; i++) {
		const struct search_batch *batch = &searching->batches[i];
		uint32_t before = 0;

		for (size_t j = 0; j < batch->bucket_count; j++) {
			sizes[batch->buckets[j].bucket] +=
			    batch->buckets[j].end - before;
			before = batch->buckets[j].end;
		}
	}
	for (uint32_t i = 0; i < SEARCH_BUCKETS; i++) {
		sum += sizes[i];
		range.end = i + 1;
		if (sum < RANGE_ENOUGH && (sum == 0 || range.end <
		    SEARCH_BUCKETS))
			continue;
		*(struct search_range *)vec_push(&searching->ranges) = range;
		range.first = range.end;
		sum = 0;
	}
	free(sizes);
}

static bool index_all(struct searching *searching)
{
	struct vec before;

	if (!run_jobs(searching, searching->batch_count, 0, search_batch_run,
	    take_batch))
		return false;
	set_ranges(searching);
	vec_clear(&searching->shards);
	vec_clear(&searching->merging);
	if (!run_jobs(searching, searching->ranges.count, RANGE_SECONDS,
	    search_range_run, take_range))
		return false;
	before = searching->merged;
	searching->merged = searching->merging;
	searching->merging = before;
	return true;
}

static bool write_one(struct searching *searching, const char *folder,
    struct str bytes, struct str *name)
{
	struct pipeline *pipeline = searching->pipeline;

	*name = search_name(searching, pipeline->arena, folder, bytes,
	    STR_NONE);
	return search_put(searching, folder, *name, bytes, searching->log,
	    pipeline->diags);
}

static unsigned value_of(char digit)
{
	return (unsigned)(digit <= '9' ? digit - '0' : digit - 'a' + 10);
}

static void append_unhex(struct buf *out, struct str digits)
{
	for (size_t i = 0; i + 1 < digits.len; i += 2)
		buf_append_char(out, (char)(value_of(digits.ptr[i]) << 4 |
		    value_of(digits.ptr[i + 1])));
}

/* The names of cards stand in the columns, as bytes. */
static bool write_columns(struct searching *searching)
{
	struct buf bytes;
	bool ok;

	buf_init(&bytes);
	buf_append(&bytes, searching->rows.columns);
	for (size_t i = 0; i < searching->batch_count; i++)
		append_unhex(&bytes, searching->batches[i].cards);
	ok = write_one(searching, "columns", buf_str(&bytes),
	    &searching->columns);
	buf_dispose(&bytes);
	return ok;
}

static bool write_version(struct searching *searching)
{
	searching->version = searching->rows.version;
	return index_all(searching) && write_columns(searching) &&
	    write_one(searching, "units", searching->rows.units,
		&searching->units) &&
	    write_one(searching, "order", searching->rows.order,
		&searching->order);
}

static void set_batches(struct searching *searching)
{
	searching->batch_count = (searching->rows.count + SEARCH_BATCH - 1) /
	    SEARCH_BATCH;
	searching->batches = arena_array(searching->pipeline->arena,
	    searching->batch_count + 1, sizeof(*searching->batches));
	for (size_t i = 0; i < searching->batch_count; i++)
		searching->batches[i].digest = searching->rows.batches[i];
}

bool search_build(struct pipeline *pipeline, const struct folder *output,
    const struct map *before, struct vec *kept, struct site_log *log)
{
	struct searching searching = { .pipeline = pipeline,
		.output = output, .before = before, .log = log, .file = -1 };
	size_t first = kept->count;
	bool ok;

	vec_init(&searching.ranges, sizeof(struct search_range));
	vec_init(&searching.shards, sizeof(struct search_shard));
	vec_init(&searching.merged, sizeof(struct search_merged));
	vec_init(&searching.merging, sizeof(struct search_merged));
	search_rows_read(pipeline, pipeline->arena, &searching.rows);
	set_batches(&searching);
	/* Of rows that could not be read nothing must be made. */
	ok = catalogue_is_well(pipeline->catalogue, pipeline->diags) &&
	    search_kept_take(&searching);
	if (str_eq(searching.version, searching.rows.version))
		keep_all(&searching, kept);
	if (ok && (kept->count == first ||
	    !are_there(&searching, kept, first))) {
		ok = write_version(&searching);
		kept->count = first;
		keep_all(&searching, kept);
	}
	/* Its lists of codes may have changed without any record. */
	ok = ok && write_index(&searching);
	search_kept_give(&searching, ok);
	vec_dispose(&searching.ranges);
	vec_dispose(&searching.shards);
	vec_dispose(&searching.merged);
	vec_dispose(&searching.merging);
	note_those_there(&searching, kept, first);
	return ok;
}
