/* SPDX-License-Identifier: MIT */
/* In a worker: the runs of a range of terms become shards. */
#include "base/buf.h"
#include "base/hash.h"
#include "base/pack.h"
#include "pipeline/pipeline.h"
#include "search/shard.h"
#include "site/search_work.h"
#include "site/site_log.h"

/* Where in a run the entries of all buckets before `bucket` end. */
static uint32_t end_before(const struct search_batch *batch, uint32_t bucket)
{
	size_t low = 0, high = batch->bucket_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (batch->buckets[middle].bucket < bucket)
			low = middle + 1;
		else
			high = middle;
	}
	return low == 0 ? 0 : batch->buckets[low - 1].end;
}

/* The entries of a range of terms in a run; empty with a diagnostic if they
 * cannot be read. */
static struct str read_piece(const struct searching *searching,
    const struct search_batch *batch, const struct search_range *range,
    struct diag_list *diags)
{
	uint32_t from = end_before(batch, range->first);

	return search_run_read(searching, batch, from,
	    end_before(batch, range->end) - from,
	    &searching->pipeline->scratch, diags);
}

struct shard_writing {
	const struct searching *searching;
	struct site_log log;
	struct buf shards;
	uint64_t digest;
	struct diag_list *diags;
};

static bool write_shard(void *context, struct str first, struct str rows,
    struct str places)
{
	struct shard_writing *writing = context;
	const struct searching *searching = writing->searching;
	struct str name = search_name(searching,
	    &searching->pipeline->scratch, "rows", rows, places);

	pack_str(&writing->shards, first);
	pack_str(&writing->shards, name);
	return search_put(searching, "rows", name, rows, &writing->log,
	    writing->diags) && search_put(searching, "places", name, places,
	    &writing->log, writing->diags);
}

/* What the build before has made of the same, if all of it is there. */
static const struct search_merged *merged_before(
    const struct searching *searching, uint64_t digest)
{
	struct arena *scratch = &searching->pipeline->scratch;
	const struct search_merged *found = NULL;
	struct str shards, first, name;

	for (size_t i = 0; found == NULL && i < searching->merged.count; i++) {
		const struct search_merged *merged = vec_at(
		    &searching->merged, i);

		found = merged->digest == digest ? merged : NULL;
	}
	shards = found != NULL ? found->shards : STR_NONE;
	while (found != NULL && unpack_str(&shards, &first) &&
	       unpack_str(&shards, &name))
		if (!search_has(searching, search_path(scratch, "rows", name),
		    scratch) || !search_has(searching, search_path(scratch,
		    "places", name), scratch))
			found = NULL;
	return found;
}

/* Of all that goes in, and of what files are made by. */
static uint64_t digest_of(const struct searching *searching,
    const struct str *pieces)
{
	uint64_t digest = hash_bytes(searching->rows.format);

	for (size_t i = 0; i < searching->batch_count; i++)
		digest = (digest ^ hash_bytes(pieces[i]) ^ pieces[i].len) *
		    UINT64_C(0x9e3779b97f4a7c15);
	return digest;
}

static void merge(struct shard_writing *writing, const struct str *pieces)
{
	const struct searching *searching = writing->searching;
	uint64_t digest = digest_of(searching, pieces);
	const struct search_merged *merged = merged_before(searching, digest);

	if (merged != NULL)
		buf_append(&writing->shards, merged->shards);
	else
		(void)search_merge(pieces, searching->batch_count,
		    write_shard, writing);
	writing->digest = digest;
}

void search_range_run(void *context, size_t job, struct buf *answer)
{
	struct searching *searching = context;
	struct arena *scratch = &searching->pipeline->scratch;
	struct diag_list diags;
	struct shard_writing writing = { .searching = searching,
		.diags = &diags };
	struct str *pieces;

	arena_reset(scratch);
	diag_list_init(&diags, scratch);
	buf_init(&writing.shards);
	site_log_init(&writing.log);
	pieces = arena_array(scratch, searching->batch_count, sizeof(*pieces));
	for (size_t i = 0; i < searching->batch_count; i++)
		pieces[i] = read_piece(searching, &searching->batches[i],
		    vec_at(&searching->ranges, job), &diags);
	if (diags.counts[DIAG_FATAL] == 0)
		merge(&writing, pieces);
	site_log_pack(answer, &writing.log);
	pack_diags(answer, &diags);
	pack_long(answer, writing.digest);
	buf_append(answer, buf_str(&writing.shards));
	buf_dispose(&writing.shards);
	site_log_dispose(&writing.log);
	diag_list_dispose(&diags);
}
