/* SPDX-License-Identifier: MIT */
/*
 * A map from text to pointers, in an arena. Keys are copied. It remembers the
 * order in which keys came, so walking it is deterministic.
 */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

struct map_entry {
	struct str key;
	void *item;
};

struct map {
	struct arena *arena;
	struct map_entry *entries;	/* in the order of their coming */
	size_t count, capacity;
	uint32_t *slots;		/* index + 1 into entries, 0 = free */
	size_t slot_count;
};

/* Uses `arena` for keys and tables as long as the map lives. */
void map_init(struct map *map, struct arena *arena);
/* The item under `key`, or NULL. */
void *map_get(const struct map *map, struct str key);
bool map_has(const struct map *map, struct str key);
/* Puts or replaces; returns what stood there before, or NULL. */
void *map_put(struct map *map, struct str key, void *item);
/* The map's own copy of a key, put there without an item unless it is there. */
struct str map_key(struct map *map, struct str key);
/* Makes room for so many keys at once, where that is known. */
void map_reserve(struct map *map, size_t count);

#endif
