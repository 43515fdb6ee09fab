/* SPDX-License-Identifier: MIT */
/*
 * A growing array of items of one size. Items move when it grows: keep
 * indexes, not pointers, across a push. It owns its memory.
 */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include <stddef.h>

struct vec {
	void *items;
	size_t count, capacity, item_size;
};

void vec_init(struct vec *vec, size_t item_size);
void vec_dispose(struct vec *vec);
/* One more zeroed item at the end. */
void *vec_push(struct vec *vec);
/* Item number `index`, which must exist. */
void *vec_at(const struct vec *vec, size_t index);
void vec_clear(struct vec *vec);
/* Gives back the room for more, of one that will not grow. */
void vec_fit(struct vec *vec);
/* Sorts with a comparison in qsort's form; `compare` must order totally. */
void vec_sort(struct vec *vec, int (*compare)(const void *, const void *));

#endif
