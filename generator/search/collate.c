/* SPDX-License-Identifier: MIT */
#include "search/collate.h"

#include "base/arena.h"
#include "search/memory.h"

#include <unicode/ucol.h>
#include <unicode/ustring.h>

#include <stdio.h>
#include <stdlib.h>

/* Of a title, as many UTF-16 units count for the order; most keys have fewer
 * bytes than KEY. */
enum { UNITS = 256, KEY = 1024 };

struct search_collation_title {
	size_t key, length;
	uint32_t number, place;
	const struct buf *keys;
};

void search_collation_begin(struct search_collation *collation)
{
	UErrorCode error = U_ZERO_ERROR;

	search_set_memory();
	collation->collator = ucol_open("zh", &error);
	/* For want of the data of ICU. */
	if (U_FAILURE(error)) {
		(void)fprintf(stderr, "zheli: ICU: %s\n", u_errorName(error));
		exit(3);
	}
	buf_init(&collation->keys);
	vec_init(&collation->titles, sizeof(struct search_collation_title));
}

void search_collation_dispose(struct search_collation *collation)
{
	ucol_close(collation->collator);
	buf_dispose(&collation->keys);
	vec_dispose(&collation->titles);
}

/* Appends the key of a text; none, which comes first, if ICU makes none. */
static void append_key(struct search_collation *collation, const UChar *units,
    int32_t count)
{
	int32_t room = KEY, length = ucol_getSortKey(collation->collator, units,
	    count, (uint8_t *)buf_reserve(&collation->keys, KEY), room);

	if (length > room) {
		room = length;
		length = ucol_getSortKey(collation->collator, units, count,
		    (uint8_t *)buf_reserve(&collation->keys, (size_t)room),
		    room);
	}
	if (length > 0 && length <= room)
		collation->keys.len += (size_t)length;
}

void search_collation_add(struct search_collation *collation, uint32_t number,
    struct str title)
{
	struct search_collation_title *added = vec_push(&collation->titles);
	UErrorCode error = U_ZERO_ERROR;
	UChar units[UNITS];
	int32_t count = 0;

	/* Of a longer one the beginning counts. */
	(void)u_strFromUTF8WithSub(units, UNITS, &count, title.ptr,
	    (int32_t)(title.len < INT32_MAX ? title.len : INT32_MAX), 0xfffd,
	    NULL, &error);
	added->key = collation->keys.len;
	append_key(collation, units, count < UNITS ? count : UNITS);
	added->length = collation->keys.len - added->key;
	added->number = number;
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
