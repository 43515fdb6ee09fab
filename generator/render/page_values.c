/* SPDX-License-Identifier: MIT */
#include "render/page_values.h"

#include "base/arena.h"
#include "base/value.h"
#include "render/context.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

void page_set(struct arena *arena, struct value *context, const char *name,
    struct value *value)
{
	value_set(arena, context, str_from(name), value);
}

void page_set_text(struct arena *arena, struct value *context,
    const char *name, struct str text)
{
	value_set(arena, context, str_from(name), value_text(arena, text));
}

void page_set_count(struct arena *arena, struct value *context,
    struct value *names, size_t count)
{
	struct value *number = value_number(arena, (long long)count);

	page_set(arena, context, "count", number);
	page_set(arena, names, "count", number);
}

void page_set_list(struct arena *arena, struct value *context,
    const char *name, struct value *list)
{
	context_set_list(arena, context, str_from(name), list);
}

static void close_year(struct arena *arena, struct value *year,
    const char *name, struct value *items)
{
	size_t sum = 0;

	if (year == NULL)
		return;
	for (size_t i = 0; i < value_count(items); i++) {
		size_t count = 1;
		struct str text = value_text_at(items->list.items[i],
		    STR("count"));

		if (text.len > 0)
			(void)str_to_size(text, &count);
		sum += count;
	}
	page_set_list(arena, year, name, items);
	page_set(arena, year, "count", value_number(arena, (long long)sum));
}

struct value *page_by_year(struct arena *arena, struct value *rows,
    const char *name)
{
	struct value *years = value_list(arena), *year = NULL, *items = NULL;
	struct str current = STR_NONE;

	for (size_t i = 0; i < value_count(rows); i++) {
		struct value *row = rows->list.items[i];
		struct str text = value_text_at(row, STR("year"));

		if (year == NULL || !str_eq(text, current)) {
			close_year(arena, year, name, items);
			year = value_map(arena);
			items = value_list(arena);
			page_set_text(arena, year, "year", text);
			value_append(arena, years, year);
			current = text;
		}
		value_append(arena, items, row);
	}
	close_year(arena, year, name, items);
	return years;
}

void page_flatten_terms(struct arena *arena, struct value *rows)
{
	static const struct str names[] = { { "code", 4 }, { "label", 5 },
		{ "href", 4 } };

	for (size_t i = 0; i < value_count(rows); i++) {
		struct value *row = rows->list.items[i];
		const struct value *term = value_get(row, STR("term"));

		for (size_t j = 0; j < COUNT(names); j++)
			if (value_get(row, names[j]) == NULL &&
			    value_get(term, names[j]) != NULL)
				value_add(arena, row, names[j],
				    value_get(term, names[j]));
	}
	context_percent(arena, rows);
}

struct value *page_pick(struct arena *arena, const struct value *map,
    const char *const *names)
{
	struct value *picked = value_map(arena);

	for (; *names != NULL; names++) {
		struct str name = str_from(*names);
		struct value *value = value_get(map, name);

		value_add(arena, picked, name,
		    value != NULL ? value : value_null(arena));
		if (value != NULL && value->kind == VALUE_LIST)
			value_add(arena, picked,
			    str_join(arena, STR("has_"), name),
			    value_bool(arena, value_count(value) > 0));
	}
	return picked;
}
