/* SPDX-License-Identifier: MIT */
#include "base/map.h"

#include "base/arena.h"
#include "base/hash.h"

#include <assert.h>
#include <string.h>

void map_init(struct map *map, struct arena *arena)
{
	*map = (struct map){ .arena = arena };
}

/* The slot that holds `key`, or the free one where it would go. */
static uint32_t *find_slot(const struct map *map, struct str key)
{
	size_t at = (size_t)hash_bytes(key) & (map->slot_count - 1);

	while (map->slots[at] != 0 &&
	       !str_eq(map->entries[map->slots[at] - 1].key, key))
		at = (at + 1) & (map->slot_count - 1);
	return &map->slots[at];
}

static void resize(struct map *map, size_t capacity)
{
	struct map_entry *entries =
	    arena_array(map->arena, capacity, sizeof(*entries));

	if (map->entries != NULL)
		memcpy(entries, map->entries, map->count * sizeof(*entries));
	map->entries = entries;
	map->capacity = capacity;
	map->slot_count = map->slot_count == 0 ? 16 : map->slot_count;
	while (map->slot_count < capacity * 2)
		map->slot_count *= 2;
	map->slots = arena_array(map->arena, map->slot_count,
	    sizeof(*map->slots));
	for (size_t i = 0; i < map->count; i++)
		*find_slot(map, entries[i].key) = (uint32_t)(i + 1);
}

void map_reserve(struct map *map, size_t count)
{
	if (count > map->capacity)
		resize(map, count);
}

static struct map_entry *find(const struct map *map, struct str key)
{
	uint32_t index;

	if (map->count == 0)
		return NULL;
	index = *find_slot(map, key);
	return index == 0 ? NULL : &map->entries[index - 1];
}

void *map_get(const struct map *map, struct str key)
{
	const struct map_entry *entry = find(map, key);

	return entry == NULL ? NULL : entry->item;
}

bool map_has(const struct map *map, struct str key)
{
	return find(map, key) != NULL;
}

static struct map_entry *find_or_add(struct map *map, struct str key)
{
	struct map_entry *entry = find(map, key);

	if (entry != NULL)
		return entry;
	if (map->count == map->capacity)
		resize(map, map->capacity == 0 ? 8 : map->capacity * 2);
	assert(map->entries != NULL);
	entry = &map->entries[map->count++];
	entry->key = str_dup(map->arena, key);
	*find_slot(map, key) = (uint32_t)map->count;
	return entry;
}

void *map_put(struct map *map, struct str key, void *item)
{
	struct map_entry *entry = find_or_add(map, key);
	void *before = entry->item;

	entry->item = item;
	return before;
}

struct str map_key(struct map *map, struct str key)
{
	return find_or_add(map, key)->key;
}
