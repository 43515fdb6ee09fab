/* SPDX-License-Identifier: MIT */
/* In how many records of a kind each field stands: counted in memory as records
 * come, written when the last verdict is known. */
#include "base/arena.h"
#include "base/value.h"
#include "catalogue/internal.h"
#include "model/record.h"

#include <sqlite3.h>

/* Maps in maps in maps: what records have is not deeper, and what strangers
 * write may be. */
enum { DEPTH = 3 };

struct use {
	int32_t count;
	struct map fields;
};

static bool says_something(const struct value *value)
{
	switch (value->kind) {
	case VALUE_NULL:
		return false;
	case VALUE_BOOL:
		return true;
	case VALUE_TEXT:
		return !str_is_empty(str_trim(value->text));
	case VALUE_LIST:
		return value->list.count > 0;
	case VALUE_MAP:
		return value->map.count > 0;
	}
	return false;
}

static void note(struct arena *arena, struct map *uses,
    const struct value *data, int32_t times, int depth)
{
	for (size_t i = 0; i < data->map.count; i++) {
		const struct value_field *field = &data->map.fields[i];
		struct use *use = map_get(uses, field->name);

		if (!says_something(field->value))
			continue;
		if (use == NULL) {
			use = arena_alloc(arena, sizeof(*use));
			map_init(&use->fields, arena);
			map_put(uses, str_dup(arena, field->name), use);
		}
		use->count += times;
		if (field->value->kind == VALUE_MAP && depth < DEPTH)
			note(arena, &use->fields, field->value, times,
			    depth + 1);
	}
}

void field_use_note(struct catalogue *catalogue, const struct record *record,
    int32_t times)
{
	struct map *uses = &catalogue->field_uses[record->kind];

	if (uses->arena == NULL)
		map_init(uses, catalogue->arena);
	if (record->data != NULL && record->data->kind == VALUE_MAP)
		note(catalogue->arena, uses, record->data, times, 1);
}

static void put(struct catalogue *catalogue, struct str kind,
    struct str prefix, const struct map *uses)
{
	struct sqlite3_stmt *stmt = catalogue->statements[PUT_FIELD_USE];

	for (size_t i = 0; i < uses->count; i++) {
		const struct use *use = uses->entries[i].item;
		struct str path = prefix.len == 0 ? uses->entries[i].key :
		    str_format(catalogue->arena, "%.*s.%.*s",
			STR_ARG(prefix), STR_ARG(uses->entries[i].key));

		catalogue_bind(stmt, 1, kind);
		catalogue_bind(stmt, 2, path);
		(void)sqlite3_bind_int(stmt, 3, use->count);
		if (use->count != 0)
			catalogue_run(catalogue, stmt);
		put(catalogue, kind, path, &use->fields);
	}
}

void field_use_put(struct catalogue *catalogue)
{
	for (int kind = 0; kind < KIND_COUNT; kind++)
		if (catalogue->field_uses[kind].arena != NULL)
			put(catalogue, kind_info((enum kind)kind)->name,
			    STR_NONE, &catalogue->field_uses[kind]);
	catalogue_execute(catalogue, "DELETE FROM field_use WHERE count = 0");
}
