/* SPDX-License-Identifier: MIT */
#include "commands/search_site.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/json.h"
#include "base/pack.h"
#include "base/reason.h"
#include "base/value.h"
#include "base/workers.h"
#include "catalogue/catalogue.h"
#include "commands/pipeline.h"
#include "commands/search_work.h"
#include "commands/site_log.h"
#include "compress/gzip.h"
#include "search/run.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

/* As many buckets make a range as have so many bytes in all runs. */
enum { RANGE_ENOUGH = 512 * 1024 };

/* -- what the parts share -------------------------------------------------- */

struct str search_path(const struct searching *searching,
    struct arena *arena, const char *folder, size_t number)
{
	return str_format(arena, "search/%.*s/%s/%zu.bin",
	    STR_ARG(searching->rows.version), folder, number);
}

struct str search_shard_path(const struct searching *searching,
    struct arena *arena, const char *folder, size_t range, size_t number)
{
	return str_format(arena, "search/%.*s/%s/%zu-%zu.bin",
	    STR_ARG(searching->rows.version), folder, range, number);
}

struct str search_file_path(const struct searching *searching,
    struct arena *arena, const char *name)
{
	return str_format(arena, "search/%.*s/%s.bin",
	    STR_ARG(searching->rows.version), name);
}

bool search_write_packed(const struct searching *searching, struct str path,
    struct str bytes, struct site_log *log, struct diag_list *diags)
{
	struct buf packed;
	bool ok;

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

	progress_step(&pipeline->progress);
	if (outcome != WORKER_DONE) {
		searching->failed = true;
		return worker_report(outcome, SEARCH_INDEX, pipeline->diags);
	}
	(void)site_log_unpack(searching->log, answer, false,
	    pipeline->arena);
	(void)unpack_diags(answer, pipeline->diags);
	return true;
}

static void take_batch(void *context, size_t job, enum worker_outcome outcome,
    struct str answer)
{
	struct searching *searching = context;
	struct search_bucket bucket;

	if (!take_answer(searching, outcome, &answer))
		return;
	while (unpack_number(&answer, &bucket.bucket) &&
	       unpack_number(&answer, &bucket.end))
		*(struct search_bucket *)vec_push(&searching->buckets[job]) =
		    bucket;
}

static void take_range(void *context, size_t job, enum worker_outcome outcome,
    struct str answer)
{
	struct searching *searching = context;
	struct arena *arena = searching->pipeline->arena;
	struct value *firsts = value_list(arena);
	struct str first;

	(void)job;
	value_append(arena, searching->shards, firsts);
	if (!take_answer(searching, outcome, &answer))
		return;
	while (unpack_str(&answer, &first)) {
		value_append(arena, firsts, value_text(arena,
		    str_dup(arena, first)));
		searching->shard_count++;
	}
}

static bool begin(void *context)
{
	struct searching *searching = context;
	struct pipeline *pipeline = searching->pipeline;

	searching->catalogue = catalogue_open(pipeline->arena,
	    catalogue_path(pipeline->catalogue), pipeline->diags);
	searching->runs = open(searching->runs_path.ptr, O_RDWR | O_CLOEXEC);
	return searching->catalogue != NULL && searching->runs >= 0 &&
	    registry_reopen(&pipeline->registry);
}

static bool run_jobs(struct searching *searching, size_t jobs,
    void (*run)(void *, size_t, struct buf *),
    void (*take)(void *, size_t, enum worker_outcome, struct str))
{
	static const struct text what = TEXT("建立检索索引",
	    "indexing for the search");
	struct pipeline *pipeline = searching->pipeline;
	const struct workers_request request = { .jobs = jobs,
		.processes = pipeline->jobs, .context = searching,
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

/* -- index.json ------------------------------------------------------------ */

static size_t files_of(const struct searching *searching)
{
	size_t records = searching->rows.count;

	return 3 + (records + SEARCH_CARDS - 1) / SEARCH_CARDS +
	    (records + SEARCH_TEXTS - 1) / SEARCH_TEXTS +
	    2 * searching->shard_count;
}

static bool write_index(struct searching *searching)
{
	struct pipeline *pipeline = searching->pipeline;
	struct buf index;
	bool ok;

	buf_init(&index);
	search_index_append(&index, &searching->rows, searching->shards,
	    files_of(searching));
	ok = site_log_write(searching->log, searching->output, SEARCH_INDEX,
	    buf_str(&index), pipeline->diags);
	buf_dispose(&index);
	return ok;
}

/* Takes the shards from the index that stands there; false if it is of another
 * version, or of none. */
static bool read_index(struct searching *searching)
{
	struct arena *arena = searching->pipeline->arena;
	struct reader reader = folder_reader(searching->output);
	struct diag_list no_matter;
	struct value *index = NULL;
	struct str bytes;
	bool ok;

	diag_list_init(&no_matter, arena);
	ok = reader.read(reader.context, SEARCH_INDEX, arena, &bytes,
	    &no_matter) && json_parse(arena, SEARCH_INDEX, bytes, &index,
	    &no_matter) && str_eq(searching->rows.version,
	    value_text_at(index, STR("version")));
	diag_list_dispose(&no_matter);
	if (!ok)
		return false;
	searching->shards = value_get(index, STR("shards"));
	for (size_t i = 0; i < value_count(searching->shards); i++)
		searching->shard_count += value_count(
		    searching->shards->list.items[i]);
	return true;
}

static void keep(struct vec *kept, struct str path)
{
	*(struct str *)vec_push(kept) = path;
}

static void keep_numbered(const struct searching *searching, struct vec *kept,
    const char *folder, size_t records_each)
{
	struct arena *arena = searching->pipeline->arena;

	for (size_t i = 0; i * records_each < searching->rows.count; i++)
		keep(kept, search_path(searching, arena, folder, i));
}

static void keep_all(const struct searching *searching, struct vec *kept)
{
	struct arena *arena = searching->pipeline->arena;

	keep(kept, SEARCH_INDEX);
	keep(kept, search_file_path(searching, arena, "facets"));
	keep(kept, search_file_path(searching, arena, "units"));
	keep(kept, search_file_path(searching, arena, "order"));
	keep_numbered(searching, kept, "cards", SEARCH_CARDS);
	keep_numbered(searching, kept, "text", SEARCH_TEXTS);
	for (size_t i = 0; i < value_count(searching->shards); i++)
		for (size_t j = 0; j < value_count(
		     searching->shards->list.items[i]); j++) {
			keep(kept, search_shard_path(searching, arena, "rows",
			    i, j));
			keep(kept, search_shard_path(searching, arena,
			    "places", i, j));
		}
}

/* Whether the files to keep from number `first` on are all there, and the build
 * that wrote them has told their digests. */
static bool are_there(const struct searching *searching,
    const struct vec *kept, size_t first)
{
	bool all = true;

	for (size_t i = first; all && i < kept->count; i++) {
		struct str path = *(struct str *)vec_at(kept, i);

		all = map_has(searching->before, path) &&
		    faccessat(searching->output->descriptor, str_cstr(
			searching->pipeline->arena, path), F_OK, 0) == 0;
	}
	return all;
}

/* Those that are there need not be written; all but the index, which is. */
static void note_those_there(const struct searching *searching,
    const struct vec *kept, size_t first)
{
	for (size_t i = first; i < kept->count; i++) {
		struct str path = *(struct str *)vec_at(kept, i);

		if (!str_eq(path, SEARCH_INDEX))
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
	for (size_t i = 0; i < searching->batches; i++) {
		uint32_t before = 0;

		for (size_t j = 0; j < searching->buckets[i].count; j++) {
			const struct search_bucket *at = vec_at(
			    &searching->buckets[i], j);

			sizes[at->bucket] += at->end - before;
			before = at->end;
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

/* Makes the file of runs, empty. */
static bool make_runs(struct searching *searching)
{
	struct pipeline *pipeline = searching->pipeline;
	int descriptor;

	searching->runs_path = catalogue_scratch_path(pipeline->catalogue);
	descriptor = open(searching->runs_path.ptr,
	    O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (descriptor < 0)
		return diag_report_reason(pipeline->diags, ((struct mark)
		    { .path = searching->runs_path }), DIAG_CANNOT_WRITE,
		    searching->runs_path, errno);
	(void)close(descriptor);
	return true;
}

static bool index_all(struct searching *searching)
{
	struct arena *arena = searching->pipeline->arena;
	bool ok;

	searching->batches = (searching->rows.count + SEARCH_BATCH - 1) /
	    SEARCH_BATCH;
	searching->buckets = arena_array(arena, searching->batches + 1,
	    sizeof(*searching->buckets));
	for (size_t i = 0; i < searching->batches; i++)
		vec_init(&searching->buckets[i],
		    sizeof(struct search_bucket));
	ok = make_runs(searching) && run_jobs(searching, searching->batches,
	    search_batch_run, take_batch);
	if (ok) {
		set_ranges(searching);
		ok = run_jobs(searching, searching->ranges.count,
		    search_range_run, take_range);
	}
	for (size_t i = 0; i < searching->batches; i++)
		vec_dispose(&searching->buckets[i]);
	(void)unlink(searching->runs_path.ptr);
	return ok;
}

static bool write_columns(struct searching *searching, const char *name,
    struct str bytes)
{
	struct pipeline *pipeline = searching->pipeline;

	return search_write_packed(searching, search_file_path(searching,
	    pipeline->arena, name), bytes, searching->log,
	    pipeline->diags);
}

static bool write_version(struct searching *searching)
{
	searching->shards = value_list(searching->pipeline->arena);
	searching->shard_count = 0;
	return index_all(searching) &&
	    write_columns(searching, "facets", searching->rows.facets) &&
	    write_columns(searching, "units", searching->rows.units) &&
	    write_columns(searching, "order", searching->rows.order);
}

bool search_build(struct pipeline *pipeline, const struct folder *output,
    const struct map *before, struct vec *kept, struct site_log *log)
{
	struct searching searching = { .pipeline = pipeline,
		.output = output, .before = before, .log = log };
	size_t first = kept->count;
	bool ok = true;

	vec_init(&searching.ranges, sizeof(struct search_range));
	search_rows_read(pipeline, pipeline->arena, &searching.rows);
	if (read_index(&searching))
		keep_all(&searching, kept);
	if (kept->count == first || !are_there(&searching, kept, first)) {
		kept->count = first;
		ok = write_version(&searching);
		keep_all(&searching, kept);
	} else {
		note_those_there(&searching, kept, first);
	}
	/* Its lists of codes may have changed without any record. */
	ok = ok && write_index(&searching);
	vec_dispose(&searching.ranges);
	return ok && catalogue_is_well(pipeline->catalogue, pipeline->diags);
}
