/* SPDX-License-Identifier: MIT */
/* In a worker: the runs of a range of terms become shards. */
#include "base/buf.h"
#include "base/pack.h"
#include "commands/pipeline.h"
#include "commands/search_work.h"
#include "commands/site_log.h"
#include "search/shard.h"

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
		(void)search_merge(pieces, searching->batch_count, write_shard,
		    &writing);
	site_log_pack(answer, &writing.log);
	pack_diags(answer, &diags);
	buf_append(answer, buf_str(&writing.shards));
	buf_dispose(&writing.shards);
	site_log_dispose(&writing.log);
	diag_list_dispose(&diags);
}
