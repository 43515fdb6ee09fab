/* SPDX-License-Identifier: MIT */
#include "source/similarity.h"

#include "base/arena.h"

#include <stdlib.h>

/* git's HASHBASE: a prime below the size that its table grows to at most. */
enum { HASH_BASE = 107927, PIECE_MAX = 64 };

/* git looks as far for a NUL, which makes a file binary. */
enum { TEXT_LOOK = 8000 };

static bool is_text(struct str bytes)
{
	size_t len = bytes.len < TEXT_LOOK ? bytes.len : TEXT_LOOK;

	return len == 0 || memchr(bytes.ptr, '\0', len) == NULL;
}

static int compare_pieces(const void *a, const void *b)
{
	uint32_t x = ((const struct piece *)a)->hash;
	uint32_t y = ((const struct piece *)b)->hash;

	return (x > y) - (x < y);
}

/* How many pieces there are at most. */
static size_t count_pieces(struct str bytes)
{
	size_t count = bytes.len / PIECE_MAX + 1;

	for (size_t i = 0; i < bytes.len; i++)
		count += bytes.ptr[i] == '\n';
	return count;
}

static size_t add_up(struct piece *pieces, size_t count)
{
	size_t kept = 0;

	qsort(pieces, count, sizeof(*pieces), compare_pieces);
	for (size_t i = 0; i < count; i++) {
		if (kept > 0 && pieces[kept - 1].hash == pieces[i].hash)
			pieces[kept - 1].bytes += pieces[i].bytes;
		else
			pieces[kept++] = pieces[i];
	}
	return kept;
}

/*
 * A last line without its end is no piece: so git 2.39 has it. The carriage
 * return of a line's end is passed over in text.
 */
struct material material_of(struct arena *arena, struct str bytes)
{
	struct piece *pieces = arena_array(arena, count_pieces(bytes),
	    sizeof(*pieces));
	bool text = is_text(bytes);
	uint32_t first = 0, second = 0, length = 0;
	size_t count = 0;

	for (size_t i = 0; i < bytes.len; i++) {
		unsigned char c = (unsigned char)bytes.ptr[i];
		uint32_t before = first;

		if (text && c == '\r' && i + 1 < bytes.len &&
		    bytes.ptr[i + 1] == '\n')
			continue;
		first = (first << 7) ^ (second >> 25);
		second = (second << 7) ^ (before >> 25);
		first += c;
		if (++length < PIECE_MAX && c != '\n')
			continue;
		pieces[count++] = (struct piece){
			(first + second * 0x61) % HASH_BASE, length };
		length = first = second = 0;
	}
	return (struct material){ pieces, add_up(pieces, count), bytes.len };
}

bool sizes_allow(size_t old_size, size_t size, unsigned least)
{
	uint64_t larger = old_size > size ? old_size : size;
	uint64_t smaller = old_size > size ? size : old_size;

	return larger * (SIMILARITY_WHOLE - least) >=
	    (larger - smaller) * SIMILARITY_WHOLE;
}

unsigned material_similarity(const struct material *old,
    const struct material *now, unsigned least)
{
	size_t larger = old->size > now->size ? old->size : now->size;
	uint64_t shared = 0;

	if (now->size == 0 || !sizes_allow(old->size, now->size, least))
		return 0;
	for (size_t i = 0, j = 0; i < old->count && j < now->count; ) {
		const struct piece *a = &old->pieces[i], *b = &now->pieces[j];

		if (a->hash == b->hash)
			shared += a->bytes < b->bytes ? a->bytes : b->bytes;
		i += a->hash <= b->hash;
		j += b->hash <= a->hash;
	}
	return (unsigned)(shared * SIMILARITY_WHOLE / larger);
}
