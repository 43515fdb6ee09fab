/* SPDX-License-Identifier: MIT */
#include "search/collate.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "search/utf16.h"

#include <unicode/ucol.h>

#include <assert.h>
#include <stdlib.h>

/* Of a title, as many UTF-16 units count for the order, and a key of so many
 * bytes is enough for them. */
enum { UNITS = 256, KEY = 4096 };

/* ICU's type is no struct of ours. */
struct search_collator {
	UCollator *icu;
};

struct search_collation_title {
	size_t key, length;
	uint32_t number, place;
	const struct buf *keys;
};

void search_collation_begin(struct search_collation *collation)
{
	UErrorCode error = U_ZERO_ERROR;

	collation->collator = calloc(1, sizeof(*collation->collator));
	if (collation->collator == NULL)
		out_of_memory(sizeof(*collation->collator));
	collation->collator->icu = ucol_open("zh", &error);
	assert(U_SUCCESS(error));
	buf_init(&collation->keys);
	vec_init(&collation->titles, sizeof(struct search_collation_title));
}

void search_collation_dispose(struct search_collation *collation)
{
	ucol_close(collation->collator->icu);
	free(collation->collator);
	buf_dispose(&collation->keys);
	vec_dispose(&collation->titles);
}

void search_collation_add(struct search_collation *collation, struct str title)
{
	struct search_collation_title *added = vec_push(&collation->titles);
	UChar units[UNITS];
	int32_t count = 0, length;
	size_t size;

	for (size_t at = 0; at < title.len && count + 2 <= UNITS; at += size) {
		uint32_t c = utf8_decode(title, at, &size);

		utf16_append(units, &count, c == UTF8_INVALID ? 0xfffd : c);
	}
	length = ucol_getSortKey(collation->collator->icu, units, count,
	    (uint8_t *)buf_reserve(&collation->keys, KEY), KEY);
	added->key = collation->keys.len;
	added->length = length > 0 && length < KEY ? (size_t)length : KEY;
	added->number = (uint32_t)collation->titles.count - 1;
	collation->keys.len += added->length;
}

static int compare(const void *a, const void *b)
{
	const struct search_collation_title *left = a, *right = b;
	int order = str_cmp(
	    (struct str){ left->keys->ptr + left->key, left->length },
	    (struct str){ right->keys->ptr + right->key, right->length });

	return order != 0 ? order :
	    (left->number > right->number) - (left->number < right->number);
}

static int compare_numbers(const void *a, const void *b)
{
	const struct search_collation_title *left = a, *right = b;

	return (left->number > right->number) - (left->number < right->number);
}

void search_collation_end(struct search_collation *collation, struct buf *out)
{
	struct search_collation_title *titles = collation->titles.items;
	size_t count = collation->titles.count;

	for (size_t i = 0; i < count; i++)
		titles[i].keys = &collation->keys;
	vec_sort(&collation->titles, compare);
	for (size_t i = 0; i < count; i++)
		titles[i].place = (uint32_t)i;
	vec_sort(&collation->titles, compare_numbers);
	for (size_t i = 0; i < count; i++)
		for (size_t byte = 0; byte < 4; byte++)
			buf_append_char(out,
			    (char)(titles[i].place >> (8 * byte) & 0xff));
}
