/* SPDX-License-Identifier: MIT */
#include "render/variables.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/value.h"

#include <stdint.h>

/* -- putting forms together ------------------------------------------------ */

struct variable *variable_new(struct arena *arena, struct str name)
{
	struct variable *variable = arena_alloc(arena, sizeof(*variable));

	*variable = (struct variable){ .name = str_dup(arena, name) };
	vec_init(&variable->fields, sizeof(struct variable *));
	return variable;
}

bool variable_is_empty(const struct variable *variable)
{
	return !variable->is_text && !variable->is_bool && !variable->is_map &&
	    !variable->is_list;
}

static struct variable *field_at(const struct variable *variable, size_t i)
{
	return *(struct variable *const *)vec_at(&variable->fields, i);
}

void variable_dispose(struct variable *variable)
{
	if (variable == NULL)
		return;
	for (size_t i = 0; i < variable->fields.count; i++)
		variable_dispose(field_at(variable, i));
	variable_dispose(variable->items);
	vec_dispose(&variable->fields);
}

struct variable *variable_field(const struct variable *variable,
    struct str name)
{
	size_t low = 0, high = variable->fields.count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		struct variable *field = field_at(variable, middle);
		int order = str_cmp(field->name, name);

		if (order == 0)
			return field;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

static int by_name(const void *a, const void *b)
{
	return str_cmp((*(struct variable *const *)a)->name,
	    (*(struct variable *const *)b)->name);
}

/* The field of that name, made if it was not there. */
static struct variable *field_of(struct arena *arena,
    struct variable *variable, struct str name)
{
	struct variable *field = variable_field(variable, name);

	if (field == NULL) {
		field = variable_new(arena, name);
		*(struct variable **)vec_push(&variable->fields) = field;
		vec_sort(&variable->fields, by_name);
	}
	return field;
}

static void add_fields(struct arena *arena, struct variable *variable,
    const struct value *map)
{
	for (size_t i = 0; i < map->map.count; i++)
		variable_add(arena, field_of(arena, variable,
		    map->map.fields[i].name), map->map.fields[i].value);
}

/* What is longer, or begins with a zero, is a name made of digits. */
enum { NUMBER_DIGITS_MAX = 9 };

static bool is_number(struct str text)
{
	size_t digits = 0, points = 0;

	for (size_t i = 0; i < text.len; i++) {
		digits += text.ptr[i] >= '0' && text.ptr[i] <= '9';
		points += i > 0 && text.ptr[i] == '.';
	}
	return digits > 0 && digits <= NUMBER_DIGITS_MAX && points < 2 &&
	    digits + points == text.len && (text.len == 1 ||
	    text.ptr[0] != '0' || text.ptr[1] == '.');
}

/* Empty text is a number that is not there, or a text. */
static void add_text(struct variable *variable, struct str text)
{
	bool was_text = variable->is_text && !variable->is_number;

	variable->is_number = !was_text && (text.len == 0 ?
	    variable->is_number : is_number(text));
	variable->is_text = variable->is_text || text.len > 0;
}

void variable_add(struct arena *arena, struct variable *variable,
    const struct value *value)
{
	switch (value->kind) {
	case VALUE_NULL:
		break;
	case VALUE_BOOL:
		variable->is_bool = true;
		break;
	case VALUE_TEXT:
		add_text(variable, value->text);
		break;
	case VALUE_MAP:
		variable->is_map = true;
		add_fields(arena, variable, value);
		break;
	case VALUE_LIST:
		variable->is_list = true;
		if (variable->items == NULL)
			variable->items = variable_new(arena, STR_NONE);
		for (size_t i = 0; i < value->list.count; i++)
			variable_add(arena, variable->items,
			    value->list.items[i]);
		break;
	}
}

/* Adds what `other` was. */
static void merge(struct arena *arena, struct variable *variable,
    const struct variable *other)
{
	if (!variable->is_text)
		variable->is_number = other->is_number;
	else if (other->is_text && !other->is_number)
		variable->is_number = false;
	variable->is_text = variable->is_text || other->is_text;
	variable->is_bool = variable->is_bool || other->is_bool;
	variable->is_map = variable->is_map || other->is_map;
	variable->is_list = variable->is_list || other->is_list;
	if (other->items != NULL && variable->items == NULL)
		variable->items = variable_new(arena, STR_NONE);
	if (other->items != NULL)
		merge(arena, variable->items, other->items);
	for (size_t i = 0; i < other->fields.count; i++)
		merge(arena, field_of(arena, variable,
		    field_at(other, i)->name), field_at(other, i));
}

void variables_common(struct arena *arena, struct variable *common,
    const struct variable *variable, bool is_first)
{
	size_t count = 0;

	if (is_first) {
		merge(arena, common, variable);
		return;
	}
	for (size_t i = 0; i < common->fields.count; i++) {
		struct variable *field = field_at(common, i);
		const struct variable *other = variable_field(variable,
		    field->name);

		if (other == NULL) {
			variable_dispose(field);
			continue;
		}
		merge(arena, field, other);
		*(struct variable **)vec_at(&common->fields, count++) = field;
	}
	common->fields.count = count;
}

/* -- writing them ---------------------------------------------------------- */

/* Forms that many fields have, told by fields that only they have, and by how
 * many there are at most. */
static const struct form {
	const char *name;
	const char *signs[3];
	size_t most;
} forms[] = {
	{ "card", { "units_text", "landmark", "entered" }, SIZE_MAX },
	{ "chart", { "description", "width", "rows" }, SIZE_MAX },
	{ "term", { "code", "value", "label" }, 6 },
	{ "table", { "columns", "rows" }, 2 },
	{ "date", { "iso", "text" }, 2 },
	{ "text", { "text" }, 1 },
};

enum { FORM_COUNT = sizeof(forms) / sizeof(forms[0]), SIGNS_MAX = 3 };

static bool has_signs(const struct variable *variable, const struct form *form)
{
	for (size_t i = 0; i < SIGNS_MAX && form->signs[i] != NULL; i++)
		if (variable_field(variable, str_from(form->signs[i])) == NULL)
			return false;
	return true;
}

/* What a list says of each of its items. */
static bool is_of_itself(const struct variable *of, struct str name)
{
	static const struct str items[] = { { "first", 5 }, { "last", 4 },
		{ "index", 5 } };
	bool is_item = true, is_named = false;

	for (size_t i = 0; i < sizeof(items) / sizeof(items[0]); i++) {
		is_item = is_item && variable_field(of, items[i]) != NULL;
		is_named = is_named || str_eq(name, items[i]);
	}
	if (is_item && is_named)
		return true;
	if (str_starts(name, STR("has_"))) {
		const struct variable *list = variable_field(of,
		    str_slice(name, 4, name.len));

		return list != NULL && list->is_list;
	}
	return false;
}

static size_t count_shown(const struct variable *variable)
{
	size_t count = 0;

	for (size_t i = 0; i < variable->fields.count; i++)
		if (!is_of_itself(variable, field_at(variable, i)->name))
			count++;
	return count;
}

static const struct form *form_of(const struct variable *variable)
{
	for (size_t i = 0; i < FORM_COUNT; i++)
		if (has_signs(variable, &forms[i]) &&
		    count_shown(variable) <= forms[i].most)
			return &forms[i];
	return NULL;
}

static void write_fields(const struct variable *variable, struct buf *out);

static void write_one(const struct variable *variable, struct buf *out)
{
	const struct variable *map = variable->is_list ? variable->items :
	    variable;
	const struct form *form = form_of(map);

	buf_append(out, variable->name);
	if (variable->is_list)
		buf_append(out, STR("[]"));
	else if (variable->is_text)
		buf_append(out, variable->is_number ? STR("#") : STR_NONE);
	else if (variable->is_bool && !variable->is_map)
		buf_append(out, STR("?"));
	if (variable_is_empty(map))
		buf_append(out, STR(": nothing"));
	if (map->is_map && map->fields.count == 0)
		buf_append(out, STR(" (...)"));
	if (map->fields.count == 0)
		return;
	if (form != NULL) {
		buf_append_format(out, ": %s", form->name);
		return;
	}
	buf_append(out, STR(" ("));
	write_fields(map, out);
	buf_append(out, STR(")"));
}

static void write_fields(const struct variable *variable, struct buf *out)
{
	bool is_first = true;

	for (size_t i = 0; i < variable->fields.count; i++) {
		const struct variable *field = field_at(variable, i);

		if (is_of_itself(variable, field->name))
			continue;
		if (!is_first)
			buf_append(out, STR(", "));
		write_one(field, out);
		is_first = false;
	}
}

void variables_write(const struct variable *variable,
    const struct variable *but, struct buf *out)
{
	for (size_t i = 0; i < variable->fields.count; i++) {
		const struct variable *field = field_at(variable, i);

		if (is_of_itself(variable, field->name) || (but != NULL &&
		    variable_field(but, field->name) != NULL))
			continue;
		write_one(field, out);
		buf_append(out, STR("\n"));
	}
}

void variables_take_forms(struct arena *arena,
    const struct variable *variable, struct variable *all)
{
	const struct variable *map = variable->is_list ? variable->items :
	    variable;
	const struct form *form = form_of(map);

	if (form != NULL)
		merge(arena, field_of(arena, all, str_from(form->name)), map);
	for (size_t i = 0; i < map->fields.count; i++)
		variables_take_forms(arena, field_at(map, i), all);
}

void variables_write_forms(const struct variable *all, struct buf *out)
{
	for (size_t i = 0; i < all->fields.count; i++) {
		const struct variable *form = field_at(all, i);

		buf_append_format(out, "%.*s (", STR_ARG(form->name));
		write_fields(form, out);
		buf_append(out, STR(")\n"));
	}
}
