/* SPDX-License-Identifier: MIT */
/*
 * The file of runs, and what one build tells the next of it. While a build has
 * it, it stands beside the unfinished catalogue; a build that is cut off takes
 * it along, and the next one indexes everything.
 *
 * Runs stand one after the other as workers have finished them, among them such
 * as no longer hold; then what is told, as pack.h has it; at the very end how
 * many bytes that has, and their hash in two numbers.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/hash.h"
#include "base/pack.h"
#include "base/reason.h"
#include "catalogue/catalogue.h"
#include "pipeline/pipeline.h"
#include "site/search_work.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define KEPT_NAME STR("search.runs")
/* Of what is told. */
#define TOLD_FORMAT STR("2")

/* So many bytes of runs that no longer hold are nothing yet. */
enum { LITTER = 1 << 20 };

/* -- reading and writing --------------------------------------------------- */

/* All of it at the end, in one call: so nobody else's comes between. */
static bool append(int file, struct str bytes, uint64_t *at)
{
	ssize_t put = write(file, bytes.ptr, bytes.len);
	off_t end = lseek(file, 0, SEEK_CUR);

	if (put >= 0 && (size_t)put < bytes.len)
		errno = ENOSPC;
	if (put < 0 || (size_t)put < bytes.len || end < put)
		return false;
	*at = (uint64_t)(end - put);
	return true;
}

static bool read_at(int file, off_t at, char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t got = pread(file, bytes, len, at);

		if (got < 0 && errno == EINTR)
			continue;
		if (got == 0)
			errno = EIO;
		if (got <= 0)
			return false;
		bytes += got;
		at += got;
		len -= (size_t)got;
	}
	return true;
}

bool search_run_write(const struct searching *searching,
    struct search_batch *batch, struct str bytes, struct diag_list *diags)
{
	return append(searching->runs, bytes, &batch->at) ||
	    diag_report_reason(diags,
		((struct mark){ .path = searching->runs_path }),
		DIAG_CANNOT_WRITE, searching->runs_path, errno);
}

struct str search_run_read(const struct searching *searching,
    const struct search_batch *batch, size_t from, size_t len,
    struct arena *arena, struct diag_list *diags)
{
	char *bytes = arena_alloc(arena, len + 1);

	if (read_at(searching->runs, (off_t)(batch->at + from), bytes, len))
		return (struct str){ bytes, len };
	diag_report_reason(diags,
	    ((struct mark){ .path = searching->runs_path }),
	    DIAG_CANNOT_READ, searching->runs_path, errno);
	return STR_NONE;
}

/* -- a batch as bytes ------------------------------------------------------ */

void search_batch_pack(const struct search_batch *batch, struct buf *out)
{
	pack_str(out, batch->digest);
	pack_str(out, batch->cards);
	pack_str(out, batch->texts);
	pack_long(out, batch->at);
	pack_number(out, batch->length);
	pack_number(out, batch->hash[0]);
	pack_number(out, batch->hash[1]);
	pack_number(out, (uint32_t)batch->bucket_count);
	for (size_t i = 0; i < batch->bucket_count; i++) {
		pack_number(out, batch->buckets[i].bucket);
		pack_number(out, batch->buckets[i].end);
	}
}

bool search_batch_unpack(struct str *bytes, struct arena *arena,
    struct search_batch *batch)
{
	struct search_batch read = { .is_kept = false };
	struct search_bucket *buckets;
	uint32_t count;

	if (!unpack_str(bytes, &read.digest) ||
	    !unpack_str(bytes, &read.cards) ||
	    !unpack_str(bytes, &read.texts) ||
	    !unpack_long(bytes, &read.at) ||
	    !unpack_number(bytes, &read.length) ||
	    !unpack_number(bytes, &read.hash[0]) ||
	    !unpack_number(bytes, &read.hash[1]) ||
	    !unpack_number(bytes, &count) ||
	    count > bytes->len / (2 * sizeof(uint32_t)))
		return false;
	buckets = arena_array(arena, count + 1, sizeof(*buckets));
	for (size_t i = 0; i < count; i++) {
		(void)unpack_number(bytes, &buckets[i].bucket);
		(void)unpack_number(bytes, &buckets[i].end);
	}
	read.digest = str_dup(arena, read.digest);
	read.cards = str_dup(arena, read.cards);
	read.texts = str_dup(arena, read.texts);
	read.buckets = buckets;
	read.bucket_count = count;
	*batch = read;
	return true;
}

/* -- from one build to the next -------------------------------------------- */

static void tell(struct searching *searching, struct buf *out)
{
	pack_str(out, TOLD_FORMAT);
	pack_str(out, searching->version);
	pack_str(out, searching->columns);
	pack_str(out, searching->units);
	pack_str(out, searching->order);
	pack_number(out, (uint32_t)searching->shards.count);
	for (size_t i = 0; i < searching->shards.count; i++) {
		const struct search_shard *shard = vec_at(&searching->shards,
		    i);

		pack_str(out, shard->first);
		pack_str(out, shard->name);
	}
	pack_number(out, (uint32_t)searching->merged.count);
	for (size_t i = 0; i < searching->merged.count; i++) {
		const struct search_merged *merged = vec_at(
		    &searching->merged, i);

		pack_long(out, merged->digest);
		pack_str(out, merged->shards);
	}
	pack_number(out, (uint32_t)searching->batch_count);
	for (size_t i = 0; i < searching->batch_count; i++)
		search_batch_pack(&searching->batches[i], out);
}

static void hear_batches(struct searching *searching, struct str bytes)
{
	struct arena *arena = searching->pipeline->arena;
	struct search_batch batch;
	uint32_t count = 0;

	(void)unpack_number(&bytes, &count);
	for (size_t i = 0; i < count && i < searching->batch_count &&
	     search_batch_unpack(&bytes, arena, &batch); i++)
		if (str_eq(batch.digest, searching->batches[i].digest)) {
			searching->batches[i] = batch;
			searching->batches[i].is_kept = true;
		}
}

static void hear_merged(struct searching *searching, struct str *bytes)
{
	struct search_merged merged;
	uint32_t count = 0;

	(void)unpack_number(bytes, &count);
	for (size_t i = 0; i < count && unpack_long(bytes, &merged.digest) &&
	     unpack_str(bytes, &merged.shards); i++)
		*(struct search_merged *)vec_push(&searching->merged) = merged;
}

static void hear(struct searching *searching, struct str bytes)
{
	struct search_shard shard;
	uint32_t shards = 0;
	struct str format;

	if (!unpack_str(&bytes, &format) || !str_eq(format, TOLD_FORMAT) ||
	    !unpack_str(&bytes, &searching->version) ||
	    !unpack_str(&bytes, &searching->columns) ||
	    !unpack_str(&bytes, &searching->units) ||
	    !unpack_str(&bytes, &searching->order) ||
	    !unpack_number(&bytes, &shards))
		return;
	for (size_t i = 0; i < shards && unpack_str(&bytes, &shard.first) &&
	     unpack_str(&bytes, &shard.name); i++)
		*(struct search_shard *)vec_push(&searching->shards) = shard;
	hear_merged(searching, &bytes);
	hear_batches(searching, bytes);
}

/* Takes what is told off the end of the file; empty if it is damaged. */
static struct str take_told(struct searching *searching)
{
	off_t size = lseek(searching->file, 0, SEEK_END);
	uint32_t end[3];
	uint64_t hash;
	char *bytes;

	if (!read_at(searching->file, size - (off_t)sizeof(end), (char *)end,
	    sizeof(end)) || (off_t)(end[0] + sizeof(end)) > size)
		return STR_NONE;
	size -= (off_t)(end[0] + sizeof(end));
	bytes = arena_alloc(searching->pipeline->arena, end[0] + 1);
	if (!read_at(searching->file, size, bytes, end[0]) ||
	    ftruncate(searching->file, size) < 0)
		return STR_NONE;
	hash = hash_bytes((struct str){ bytes, end[0] });
	searching->size = (uint64_t)size;
	return (uint32_t)hash == end[1] && (uint32_t)(hash >> 32) == end[2] ?
	    (struct str){ bytes, end[0] } : STR_NONE;
}

static bool write_told(struct searching *searching)
{
	struct buf told;
	uint32_t end[3];
	uint64_t hash, at;
	bool ok;

	buf_init(&told);
	tell(searching, &told);
	hash = hash_bytes(buf_str(&told));
	end[0] = (uint32_t)told.len;
	end[1] = (uint32_t)hash;
	end[2] = (uint32_t)(hash >> 32);
	ok = told.len < UINT32_MAX;
	buf_append(&told, (struct str){ (const char *)end, sizeof(end) });
	ok = ok && append(searching->file, buf_str(&told), &at);
	buf_dispose(&told);
	return ok;
}

/* Whether more than half of the file are runs that no longer hold. */
static bool is_littered(const struct searching *searching)
{
	uint64_t held = 0;

	for (size_t i = 0; i < searching->batch_count; i++)
		if (searching->batches[i].is_kept)
			held += searching->batches[i].length;
	return searching->size > 2 * held + LITTER;
}

/* As if nothing had been kept. */
static void forget(struct searching *searching)
{
	(void)!ftruncate(searching->file, 0);
	searching->version = STR_NONE;
	vec_clear(&searching->shards);
	vec_clear(&searching->merged);
	for (size_t i = 0; i < searching->batch_count; i++)
		searching->batches[i] = (struct search_batch){
			.digest = searching->batches[i].digest };
}

/* Only a file of its own: whoever wrote the registry may have put a link
 * there. */
static bool open_kept(struct searching *searching)
{
	struct stat status;

	if (searching->kept_path.len == 0 || rename(searching->kept_path.ptr,
	    searching->runs_path.ptr) < 0)
		return false;
	searching->file = open(searching->runs_path.ptr,
	    O_RDWR | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (searching->file < 0)
		return false;
	if (fstat(searching->file, &status) == 0 && S_ISREG(status.st_mode) &&
	    status.st_nlink == 1)
		return true;
	(void)close(searching->file);
	searching->file = -1;
	return false;
}

bool search_kept_take(struct searching *searching)
{
	struct pipeline *pipeline = searching->pipeline;
	struct str told;

	searching->runs_path = catalogue_scratch_path(pipeline->catalogue);
	searching->kept_path = catalogue_kept_path(pipeline->catalogue,
	    KEPT_NAME);
	(void)unlink(searching->runs_path.ptr);
	if (open_kept(searching)) {
		told = take_told(searching);
		hear(searching, told);
		if (told.len == 0 || is_littered(searching))
			forget(searching);
		return true;
	}
	(void)unlink(searching->runs_path.ptr);
	searching->file = open(searching->runs_path.ptr,
	    O_RDWR | O_APPEND | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	return searching->file >= 0 || diag_report_reason(pipeline->diags,
	    ((struct mark){ .path = searching->runs_path }),
	    DIAG_CANNOT_WRITE, searching->runs_path, errno);
}

void search_kept_give(struct searching *searching, bool well)
{
	if (searching->file < 0)
		return;
	/* Runs of more records than there are now would only take room. */
	if (!well || searching->kept_path.len == 0 ||
	    !write_told(searching) || rename(searching->runs_path.ptr,
		searching->kept_path.ptr) < 0)
		(void)unlink(searching->runs_path.ptr);
	(void)close(searching->file);
	searching->file = -1;
}
