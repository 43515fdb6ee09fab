/* SPDX-License-Identifier: MIT */
#include "search/shard.h"

#include "base/buf.h"
#include "base/hash.h"
#include "base/vec.h"
#include "search/varint.h"

/* A shard ends when either of its files has as many bytes, before they are
 * compressed (about 13 kB of rows then), and the next term is one of those,
 * one in CUT_ONE_IN, that may begin one; in any case with twice as many. */
enum { ROWS_ENOUGH = 22 * 1024, PLACES_ENOUGH = 44 * 1024, CUT_ONE_IN = 16 };

/* An entry of a run. */
struct piece {
	struct str term, rows, places;
	uint32_t records, first, last;
	size_t run;
};

struct merging {
	struct buf rows, places;	/* of the shard at hand */
	struct buf term_rows, term_places;
	struct str first;		/* term of the shard at hand */
	search_shard_take *take;
	void *context;
};

static struct str take_bytes(struct str *run, size_t len)
{
	struct str bytes = str_slice(*run, 0, len);

	*run = str_slice(*run, len, run->len);
	return bytes;
}

static void take_piece(struct str *run, struct piece *piece)
{
	uint32_t rows, places;

	piece->term = take_bytes(run, varint_take(run));
	piece->records = varint_take(run);
	piece->first = varint_take(run);
	piece->last = varint_take(run);
	rows = varint_take(run);
	places = varint_take(run);
	piece->rows = take_bytes(run, rows);
	piece->places = take_bytes(run, places);
}

static int compare_pieces(const void *a, const void *b)
{
	const struct piece *left = a, *right = b;
	int order = str_cmp(left->term, right->term);

	return order != 0 ? order :
	    (left->run > right->run) - (left->run < right->run);
}

static bool end_shard(struct merging *merging)
{
	bool ok;

	if (merging->rows.len == 0)
		return true;
	ok = merging->take(merging->context, merging->first,
	    buf_str(&merging->rows), buf_str(&merging->places));
	buf_clear(&merging->rows);
	buf_clear(&merging->places);
	return ok;
}

static bool has(const struct merging *merging, size_t times)
{
	return merging->rows.len >= times * ROWS_ENOUGH ||
	    merging->places.len >= times * PLACES_ENOUGH;
}

/* The pieces of one term, in the order of their rows. */
static void put_term(struct merging *merging, const struct piece *pieces,
    size_t count)
{
	uint32_t records = 0, last = 0;

	buf_clear(&merging->term_rows);
	buf_clear(&merging->term_places);
	for (size_t i = 0; i < count; i++) {
		struct str rows = pieces[i].rows;
		uint32_t flags = varint_take(&rows);

		varint_append(&merging->term_rows,
		    (pieces[i].first - last) * 4 + flags);
		buf_append(&merging->term_rows, rows);
		buf_append(&merging->term_places, pieces[i].places);
		records += pieces[i].records;
		last = pieces[i].last;
	}
	if (merging->rows.len == 0)
		merging->first = pieces[0].term;
	varint_append(&merging->rows, (uint32_t)pieces[0].term.len);
	buf_append(&merging->rows, pieces[0].term);
	varint_append(&merging->rows, records);
	varint_append(&merging->rows, (uint32_t)merging->term_rows.len);
	varint_append(&merging->rows, (uint32_t)merging->term_places.len);
	buf_append(&merging->rows, buf_str(&merging->term_rows));
	buf_append(&merging->places, buf_str(&merging->term_places));
}

static bool merge(struct merging *merging, const struct vec *pieces)
{
	const struct piece *all = pieces->items;
	bool ok = true;

	for (size_t i = 0, end; ok && i < pieces->count; i = end) {
		for (end = i + 1; end < pieces->count &&
		     str_eq(all[end].term, all[i].term); end++)
			;
		if (has(merging, 2) || (has(merging, 1) &&
		    hash_bytes(all[i].term) % CUT_ONE_IN == 0))
			ok = end_shard(merging);
		put_term(merging, all + i, end - i);
	}
	return ok && end_shard(merging);
}

bool search_merge(const struct str *runs, size_t count,
    search_shard_take *take, void *context)
{
	struct merging merging = { .take = take, .context = context };
	struct buf *const bufs[] = { &merging.rows, &merging.places,
		&merging.term_rows, &merging.term_places };
	struct vec pieces;
	bool ok;

	for (size_t i = 0; i < sizeof(bufs) / sizeof(bufs[0]); i++)
		buf_init(bufs[i]);
	vec_init(&pieces, sizeof(struct piece));
	for (size_t i = 0; i < count; i++)
		for (struct str run = runs[i]; run.len > 0; ) {
			struct piece *piece = vec_push(&pieces);

			take_piece(&run, piece);
			piece->run = i;
		}
	vec_sort(&pieces, compare_pieces);
	ok = merge(&merging, &pieces);
	vec_dispose(&pieces);
	for (size_t i = 0; i < sizeof(bufs) / sizeof(bufs[0]); i++)
		buf_dispose(bufs[i]);
	return ok;
}
