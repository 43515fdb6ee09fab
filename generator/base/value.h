/* SPDX-License-Identifier: MIT */
/*
 * A tree of values: what front matter, theme settings, JSON data and template
 * contexts are made of. Scalars are text (a schema types them later), and each
 * value remembers where it was written. A tree lives in one arena; values are
 * never changed after they were handed on.
 */
#ifndef BASE_VALUE_H
#define BASE_VALUE_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum value_kind { VALUE_NULL, VALUE_BOOL, VALUE_TEXT, VALUE_LIST, VALUE_MAP };

struct value_field;

struct value {
	enum value_kind kind;
	uint32_t line, column;		/* from 1; 0 when made by the program */
	union {
		bool boolean;
		struct str text;
		struct {
			struct value **items;
			uint32_t count, capacity;
		} list;
		struct {
			struct value_field *fields;
			uint32_t count, capacity;
		} map;
	};
};

struct value_field {
	struct str name;
	uint32_t line, column;		/* of the key */
	struct value *value;
};

struct value *value_null(struct arena *arena);
struct value *value_bool(struct arena *arena, bool boolean);
/* Keeps the view: the bytes must live as long as `arena`. */
struct value *value_text(struct arena *arena, struct str text);
struct value *value_number(struct arena *arena, long long number);
struct value *value_list(struct arena *arena);
struct value *value_map(struct arena *arena);
/* With room for so many fields, where that is known. */
struct value *value_map_of(struct arena *arena, uint32_t fields);

/* Adds to the end of a list. */
void value_append(struct arena *arena, struct value *list, struct value *item);
/* Sets a field of a map, replacing one of that name. Keeps the view. */
void value_set(struct arena *arena, struct value *map, struct str name,
    struct value *value);
/* Adds a field without looking for one of that name: the caller knows. */
struct value_field *value_add(struct arena *arena, struct value *map,
    struct str name, struct value *value);

/* The field of a map, or NULL; NULL too when `map` is NULL or no map. */
struct value *value_get(const struct value *map, struct str name);
/* The same along a dotted path, e.g. "obtained.date". */
struct value *value_find(const struct value *map, struct str path);
/* The text under a dotted path; empty when absent or no text. */
struct str value_text_at(const struct value *map, struct str path);
/* True for text "true" and boolean true under a dotted path. */
bool value_is_true_at(const struct value *map, struct str path);
/* Number of items of a list; 0 for NULL and anything else. */
size_t value_count(const struct value *list);

#endif
