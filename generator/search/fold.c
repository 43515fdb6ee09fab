/* SPDX-License-Identifier: MIT */
#include "search/fold.h"

#include "base/utf8.h"
#include "base/vec.h"
#include "search/memory.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>
#include <unicode/uvernum.h>

#include <assert.h>

/* How many UTF-16 units of unusual characters are normalised at once; a run of
 * more combining marks than that is no text. */
enum { SEGMENT = 256, EXPANSION = 18 };

const char search_icu_version[] = U_ICU_VERSION;

bool search_is_word(uint32_t c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	    (c >= 0xc0 && c <= 0x52f && c != 0xd7 && c != 0xf7 &&
		!(c >= 0x250 && c < 0x300)) ||
	    (c >= 0x1e00 && c <= 0x1eff);
}

bool search_is_space(uint32_t c)
{
	return c == ' ' || c == '\n';
}

/* What NFKC leaves alone, or maps by itself, and what never joins the character
 * before it: nearly all there is. */
static bool is_plain(uint32_t c)
{
	return c < 0x80 || (c >= 0x4e00 && c <= 0x9fff) ||
	    (c >= 0x3001 && c <= 0x3029) || (c >= 0xff01 && c <= 0xff5e) ||
	    c == 0xb7 || c == 0x2014 || (c >= 0x2018 && c <= 0x201d);
}

static void push(struct vec *out, uint32_t c)
{
	*(uint32_t *)vec_push(out) = c;
}

/* Appends `count` UTF-16 units as characters, normalised. */
static void push_segment(const UNormalizer2 *normalizer, const UChar *units,
    int32_t count, struct vec *out)
{
	UChar made[SEGMENT * EXPANSION];
	UErrorCode error = U_ZERO_ERROR;
	int32_t at = 0, len = unorm2_normalize(normalizer, units, count, made,
	    SEGMENT * EXPANSION, &error);

	assert(U_SUCCESS(error));
	while (at < len) {
		uint32_t c = made[at++];

		if (U16_IS_LEAD(c) && at < len)
			c = (uint32_t)U16_GET_SUPPLEMENTARY(c, made[at++]);
		push(out, c);
	}
}

/* How many units there are with those of one more character. */
static int32_t append_units(UChar *units, int32_t count, uint32_t c)
{
	U16_APPEND_UNSAFE(units, count, c);
	return count;
}

/* The characters of `text` in NFKC. Unusual ones are handed over with the plain
 * one before them, with which they may join. */
static void push_normalized(struct str text, struct vec *out)
{
	UErrorCode error = U_ZERO_ERROR;
	const UNormalizer2 *normalizer;
	UChar units[SEGMENT];
	int32_t count = 0;
	size_t begin = out->count, size;

	search_set_memory();
	normalizer = unorm2_getNFKCInstance(&error);
	assert(U_SUCCESS(error));
	for (size_t at = 0; at < text.len; at += size) {
		uint32_t c = utf8_decode(text, at, &size);

		if (c == UTF8_INVALID)
			c = 0xfffd;
		if (count > 0 && (is_plain(c) || count + 2 > SEGMENT)) {
			push_segment(normalizer, units, count, out);
			count = 0;
		}
		if (is_plain(c)) {
			push(out, c > 0xff00 ? c - 0xff01 + '!' : c);
			continue;
		}
		if (count == 0 && out->count > begin) {
			uint32_t last = *(uint32_t *)vec_at(out,
			    out->count - 1);

			out->count--;
			count = append_units(units, count, last);
		}
		count = append_units(units, count, c);
	}
	if (count > 0)
		push_segment(normalizer, units, count, out);
}

static bool vanishes(uint32_t c)
{
	return c == 0xad || (c >= 0x200b && c <= 0x200f) || c == 0x2060 ||
	    c == 0xfeff || (c >= 0xfe00 && c <= 0xfe0f);
}

static bool is_white(uint32_t c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 ||
	    c == 0x2028 || c == 0x2029;
}

static uint32_t small(uint32_t c)
{
	if (c < 0x80)
		return c >= 'A' && c <= 'Z' ? c + 0x20 : c;
	return c >= 0x3000 && c < 0xa000 ? c : (uint32_t)u_tolower((UChar32)c);
}

void search_fold(struct str text, struct vec *out)
{
	size_t begin = out->count, to = begin;
	uint32_t white = 0;
	uint32_t *all;

	push_normalized(text, out);
	if (out->count == 0)
		return;
	/* In place: there are never more characters than were read. */
	all = vec_at(out, 0);
	for (size_t at = begin; at < out->count; at++) {
		uint32_t c = small(all[at]);

		if (vanishes(c))
			continue;
		if (is_white(c)) {
			if (white != '\n')
				white = c == '\n' ? '\n' : ' ';
			continue;
		}
		if (white != 0 && to > begin && (white == '\n' ||
		    (search_is_word(c) && search_is_word(all[to - 1]))))
			all[to++] = white;
		white = 0;
		all[to++] = c;
	}
	out->count = to;
}
