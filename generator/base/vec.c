/* SPDX-License-Identifier: MIT */
#include "base/vec.h"

#include "base/arena.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void vec_init(struct vec *vec, size_t item_size)
{
	assert(item_size > 0);
	*vec = (struct vec){ .item_size = item_size };
}

void vec_dispose(struct vec *vec)
{
	free(vec->items);
	vec_init(vec, vec->item_size);
}

void *vec_push(struct vec *vec)
{
	char *item;

	if (vec->count == vec->capacity) {
		size_t capacity = vec->capacity == 0 ? 8 : vec->capacity * 2;
		void *items;

		if (capacity > SIZE_MAX / vec->item_size)
			out_of_memory(SIZE_MAX);
		items = realloc(vec->items, capacity * vec->item_size);
		if (items == NULL)
			out_of_memory(capacity * vec->item_size);
		vec->items = items;
		vec->capacity = capacity;
	}
	item = (char *)vec->items + vec->count++ * vec->item_size;
	return memset(item, 0, vec->item_size);
}

void *vec_at(const struct vec *vec, size_t index)
{
	assert(index < vec->count);
	return (char *)vec->items + index * vec->item_size;
}

void vec_clear(struct vec *vec)
{
	vec->count = 0;
}

void vec_fit(struct vec *vec)
{
	void *items = vec->count == 0 ? NULL :
	    realloc(vec->items, vec->count * vec->item_size);

	/* If that fails there is more room than is needed. */
	if (items == NULL)
		return;
	vec->items = items;
	vec->capacity = vec->count;
}

void vec_sort(struct vec *vec, int (*compare)(const void *, const void *))
{
	if (vec->count > 1)
		qsort(vec->items, vec->count, vec->item_size, compare);
}
