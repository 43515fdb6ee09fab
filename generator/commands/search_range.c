/* SPDX-License-Identifier: MIT */
/* In a worker: the runs of a range of terms become shards. */
#include "base/buf.h"
#include "base/pack.h"
#include "base/reason.h"
#include "catalogue/catalogue.h"
#include "commands/pipeline.h"
#include "commands/search_work.h"
#include "commands/site_log.h"
#include "search/shard.h"

#include <errno.h>
#include <unistd.h>

/* Where in a run the entries of all buckets before `bucket` end. */
static uint32_t end_before(const struct vec *buckets, uint32_t bucket)
{
	size_t low = 0, high = buckets->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct search_bucket *at = vec_at(buckets, middle);

		if (at->bucket < bucket)
			low = middle + 1;
		else
			high = middle;
	}
	return low == 0 ? 0 :
	    ((const struct search_bucket *)vec_at(buckets, low - 1))->end;
}

/* The entries of a range of terms in a run; empty with a diagnostic if they
 * cannot be read. */
static struct str read_piece(const struct searching *searching, size_t batch,
    const struct search_range *range, struct diag_list *diags)
{
	const struct vec *buckets = &searching->buckets[batch];
	uint32_t from = end_before(buckets, range->first);
	size_t len = end_before(buckets, range->end) - from, got = 0;
	char *bytes = arena_alloc(&searching->pipeline->scratch, len + 1);

	while (got < len) {
		ssize_t more = pread(searching->runs, bytes + got, len - got,
		    ((off_t)batch << SEARCH_ROOM_BITS) + from + (off_t)got);

		if (more < 0 && errno == EINTR)
			continue;
		if (more <= 0) {
			diag_report_reason(diags, (struct mark){ .line = 0 },
			    DIAG_CANNOT_READ, catalogue_path(
				searching->catalogue), more < 0 ? errno : EIO);
			return STR_NONE;
		}
		got += (size_t)more;
	}
	return (struct str){ bytes, len };
}

struct shard_writing {
	const struct searching *searching;
	size_t range;
	struct site_log log;
	struct buf firsts;
	struct diag_list *diags;
};

static bool write_shard(void *context, size_t number, struct str first,
    struct str rows, struct str places)
{
	struct shard_writing *writing = context;
	const struct searching *searching = writing->searching;
	struct arena *scratch = &searching->pipeline->scratch;
	struct str path = search_shard_path(searching, scratch, "rows",
	    writing->range, number);

	pack_str(&writing->firsts, first);
	if (!site_log_write(&writing->log, searching->output, path, rows,
	    writing->diags))
		return false;
	path = search_shard_path(searching, scratch, "places", writing->range,
	    number);
	return site_log_write(&writing->log, searching->output, path, places,
	    writing->diags);
}

void search_range_run(void *context, size_t job, struct buf *answer)
{
	struct searching *searching = context;
	struct arena *scratch = &searching->pipeline->scratch;
	struct diag_list diags;
	struct shard_writing writing = { .searching = searching, .range = job,
		.diags = &diags };
	struct str *pieces;

	arena_reset(scratch);
	diag_list_init(&diags, scratch);
	site_log_init(&writing.log);
	buf_init(&writing.firsts);
	pieces = arena_array(scratch, searching->batches, sizeof(*pieces));
	for (size_t i = 0; i < searching->batches; i++)
		pieces[i] = read_piece(searching, i, vec_at(
		    &searching->ranges, job), &diags);
	if (diags.counts[DIAG_FATAL] == 0)
		(void)search_merge(pieces, searching->batches, write_shard,
		    &writing);
	site_log_pack(answer, &writing.log);
	pack_diags(answer, &diags);
	buf_append(answer, buf_str(&writing.firsts));
	buf_dispose(&writing.firsts);
	site_log_dispose(&writing.log);
	diag_list_dispose(&diags);
}
