/* SPDX-License-Identifier: MIT */
#include "base/value.h"

#include "base/arena.h"

#include <assert.h>
#include <string.h>

static struct value *make(struct arena *arena, enum value_kind kind)
{
	struct value *value = arena_alloc(arena, sizeof(*value));

	value->kind = kind;
	return value;
}

struct value *value_null(struct arena *arena)
{
	return make(arena, VALUE_NULL);
}

struct value *value_bool(struct arena *arena, bool boolean)
{
	struct value *value = make(arena, VALUE_BOOL);

	value->boolean = boolean;
	return value;
}

struct value *value_text(struct arena *arena, struct str text)
{
	struct value *value = make(arena, VALUE_TEXT);

	value->text = text;
	return value;
}

struct value *value_number(struct arena *arena, long long number)
{
	char digits[24];
	char *at = digits + sizeof(digits);
	/* Unsigned: the most negative number has no positive. */
	unsigned long long rest = number < 0 ?
	    0 - (unsigned long long)number : (unsigned long long)number;

	do
		*--at = (char)('0' + rest % 10);
	while ((rest /= 10) > 0);
	if (number < 0)
		*--at = '-';
	return value_text(arena, str_dup(arena, (struct str){ at,
	    (size_t)(digits + sizeof(digits) - at) }));
}

struct value *value_list(struct arena *arena)
{
	return make(arena, VALUE_LIST);
}

struct value *value_map(struct arena *arena)
{
	return make(arena, VALUE_MAP);
}

struct value *value_map_of(struct arena *arena, uint32_t fields)
{
	struct value *map = value_map(arena);

	map->map.fields = arena_array(arena, fields,
	    sizeof(*map->map.fields));
	map->map.capacity = fields;
	return map;
}

/* Twice the room for `items` of `size` bytes, when `count` has filled it. */
static void *grown(struct arena *arena, void *items, uint32_t count,
    uint32_t *capacity, size_t size)
{
	void *larger;

	if (count < *capacity)
		return items;
	assert(*capacity <= UINT32_MAX / 2);
	*capacity = *capacity == 0 ? 4 : *capacity * 2;
	larger = arena_array(arena, *capacity, size);
	if (count > 0)
		memcpy(larger, items, count * size);
	return larger;
}

void value_append(struct arena *arena, struct value *list, struct value *item)
{
	assert(list->kind == VALUE_LIST);
	list->list.items = grown(arena, list->list.items, list->list.count,
	    &list->list.capacity, sizeof(*list->list.items));
	list->list.items[list->list.count++] = item;
}

static struct value_field *find_field(const struct value *map, struct str name)
{
	for (size_t i = 0; i < map->map.count; i++)
		if (str_eq(map->map.fields[i].name, name))
			return &map->map.fields[i];
	return NULL;
}

struct value_field *value_add(struct arena *arena, struct value *map,
    struct str name, struct value *value)
{
	struct value_field *field;

	assert(map->kind == VALUE_MAP);
	map->map.fields = grown(arena, map->map.fields, map->map.count,
	    &map->map.capacity, sizeof(*map->map.fields));
	field = &map->map.fields[map->map.count++];
	*field = (struct value_field){ .name = name, .value = value };
	return field;
}

void value_set(struct arena *arena, struct value *map, struct str name,
    struct value *value)
{
	struct value_field *field = find_field(map, name);

	if (field == NULL)
		value_add(arena, map, name, value);
	else
		field->value = value;
}

struct value *value_get(const struct value *map, struct str name)
{
	struct value_field *field;

	if (map == NULL || map->kind != VALUE_MAP)
		return NULL;
	field = find_field(map, name);
	return field == NULL ? NULL : field->value;
}

struct value *value_find(const struct value *map, struct str path)
{
	struct str name = str_cut(&path, '.');
	struct value *value = value_get(map, name);

	while (value != NULL && path.len > 0)
		value = value_get(value, str_cut(&path, '.'));
	return value;
}

struct str value_text_at(const struct value *map, struct str path)
{
	const struct value *value = value_find(map, path);

	return value != NULL && value->kind == VALUE_TEXT ? value->text :
	    STR_NONE;
}

bool value_is_true_at(const struct value *map, struct str path)
{
	const struct value *value = value_find(map, path);

	if (value == NULL)
		return false;
	return (value->kind == VALUE_BOOL && value->boolean) ||
	    (value->kind == VALUE_TEXT && str_eq(value->text, STR("true")));
}

size_t value_count(const struct value *list)
{
	return list != NULL && list->kind == VALUE_LIST ? list->list.count : 0;
}
