/* SPDX-License-Identifier: MIT */
#include "schema/nearest.h"

#include "base/utf8.h"

#include <stdint.h>

enum { LETTERS_MOST = 64 };

/* The characters of a word; LETTERS_MOST + 1 if there are more. */
static size_t letters(struct str word, uint32_t out[LETTERS_MOST])
{
	size_t count = 0, size;

	for (size_t at = 0; at < word.len; at += size) {
		uint32_t c = utf8_decode(word, at, &size);

		if (count == LETTERS_MOST)
			return LETTERS_MOST + 1;
		out[count++] = c;
	}
	return count;
}

static size_t smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* The three rows of the table of edits that are needed at a time. */
struct rows {
	size_t before[LETTERS_MOST + 1];	/* two letters ago */
	size_t above[LETTERS_MOST + 1];
	size_t here[LETTERS_MOST + 1];
};

/* Fills rows.here for letter `i` (from 1) of `a`; returns its least number. */
static size_t fill_row(struct rows *rows, const uint32_t *a, size_t i,
    const uint32_t *b, size_t b_count)
{
	size_t least = rows->here[0] = i;

	for (size_t j = 1; j <= b_count; j++) {
		bool is_same = a[i - 1] == b[j - 1];
		size_t edits = smaller(rows->above[j], rows->here[j - 1]) + 1;

		edits = smaller(edits, rows->above[j - 1] + !is_same);
		if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
		    a[i - 2] == b[j - 1])
			edits = smaller(edits, rows->before[j - 2] + 1);
		rows->here[j] = edits;
		least = smaller(least, edits);
	}
	return least;
}

size_t nearest_distance(struct str a, struct str b, size_t limit)
{
	uint32_t a_letters[LETTERS_MOST], b_letters[LETTERS_MOST];
	size_t a_count = letters(a, a_letters);
	size_t b_count = letters(b, b_letters);
	struct rows rows;

	if (a_count > LETTERS_MOST || b_count > LETTERS_MOST ||
	    a_count > b_count + limit || b_count > a_count + limit)
		return limit + 1;
	for (size_t j = 0; j <= b_count; j++)
		rows.here[j] = j;
	for (size_t i = 1; i <= a_count; i++) {
		for (size_t j = 0; j <= b_count; j++) {
			rows.before[j] = i > 1 ? rows.above[j] : 0;
			rows.above[j] = rows.here[j];
		}
		if (fill_row(&rows, a_letters, i, b_letters, b_count) > limit)
			return limit + 1;
	}
	return smaller(rows.here[b_count], limit + 1);
}

void nearest_init(struct nearest *nearest, struct str wanted)
{
	size_t third = utf8_count(wanted) / 3;

	*nearest = (struct nearest){ .wanted = wanted,
		.distance = (third == 0 ? 1 : third) + 1 };
}

void nearest_offer(struct nearest *nearest, struct str candidate)
{
	size_t distance;

	if (nearest->distance == 0)
		return;
	distance = nearest_distance(nearest->wanted, candidate,
	    nearest->distance - 1);
	if (distance < nearest->distance) {
		nearest->distance = distance;
		nearest->best = candidate;
	}
}
