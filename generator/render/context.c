/* SPDX-License-Identifier: MIT */
#include "render/context.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/value.h"
#include "model/codes.h"
#include "render/question.h"
#include "schema/fields.h"

#include <string.h>

struct str wording_text(const struct wording *wording, struct str path)
{
	struct str text = value_text_at(wording->t, path);

	return text.len > 0 ? text : path;
}

/* `pattern` with each {name} replaced by the text of that name. */
static struct str fill(struct arena *arena, struct str pattern,
    const struct value *values)
{
	struct buf out;
	struct str filled;

	buf_init(&out);
	while (pattern.len > 0) {
		size_t open = str_find_char(pattern, '{', 0);
		size_t close = open == STR_NOT_FOUND ? open :
		    str_find_char(pattern, '}', open);

		if (close == STR_NOT_FOUND) {
			buf_append(&out, pattern);
			break;
		}
		buf_append(&out, str_slice(pattern, 0, open));
		buf_append(&out, value_text_at(values,
		    str_slice(pattern, open + 1, close)));
		pattern = str_slice(pattern, close + 1, pattern.len);
	}
	filled = str_dup(arena, buf_str(&out));
	buf_dispose(&out);
	return filled;
}

struct str wording_fill(const struct wording *wording, struct arena *arena,
    struct str path, const struct value *values)
{
	return fill(arena, wording_text(wording, path), values);
}

/* What stands for a {name} of a date pattern. */
static struct str date_part(struct str iso, struct str name)
{
	struct str part;

	if (str_eq(name, STR("y")))
		return str_slice(iso, 0, 4);
	if (str_eq(name, STR("m")) || str_eq(name, STR("mm")))
		part = str_slice(iso, 5, 7);
	else if (str_eq(name, STR("d")) || str_eq(name, STR("dd")))
		part = str_slice(iso, 8, 10);
	else
		return STR_NONE;
	/* A single letter: without the zero. */
	return name.len == 1 && str_starts(part, STR("0")) ?
	    str_slice(part, 1, part.len) : part;
}

/* Pages are full of dates: a pattern is filled in without a map of parts. */
static struct str date_text(struct arena *arena, struct str pattern,
    struct str iso)
{
	/* A part is at most four bytes, and its {name} three or more. */
	char *text = arena_alloc(arena, pattern.len * 2 + 1);
	size_t len = 0;

	for (size_t at = 0, end; at < pattern.len; at = end) {
		struct str part;

		end = pattern.ptr[at] == '{' ?
		    str_find_char(pattern, '}', at) : STR_NOT_FOUND;
		if (end == STR_NOT_FOUND) {
			text[len++] = pattern.ptr[at];
			end = at + 1;
			continue;
		}
		part = date_part(iso, str_slice(pattern, at + 1, end++));
		if (part.len > 0)
			memcpy(text + len, part.ptr, part.len);
		len += part.len;
	}
	return (struct str){ text, len };
}

struct value *context_date(const struct wording *wording, struct arena *arena,
    struct str iso)
{
	struct value *date = value_map_of(arena, 2);
	struct str pattern = wording_text(wording, iso.len > 7 ?
	    STR("date_pattern") : iso.len > 4 ? STR("month_pattern") :
	    STR("year_pattern"));

	value_add(arena, date, STR("iso"), value_text(arena, iso));
	value_add(arena, date, STR("text"),
	    value_text(arena, date_text(arena, pattern, iso)));
	return date;
}

/* The pages of a site that stand for a code list's terms. */
static struct str term_folder(struct str list, struct str code)
{
	if (str_eq(list, STR("categories")))
		return STR("categories/");
	if (str_eq(list, STR("highlands")))
		return STR("fields/");
	if (str_eq(list, STR("divisions")) && str_ends(code, STR("00")))
		return STR("cities/");
	return STR_NONE;
}

struct value *context_term(const struct wording *wording, struct arena *arena,
    struct str list, struct str term)
{
	const struct code *row = code_find(wording_codes(wording, list),
	    term);
	struct value *map = value_map_of(arena, 6);
	struct str code = row != NULL ? row->code : term;
	struct str label = row != NULL ? row->title[wording->lang] : term;
	struct str folder = row != NULL ? term_folder(list, code) : STR_NONE;

	if (label.len == 0)
		label = term;
	value_add(arena, map, STR("code"), value_text(arena, code));
	value_add(arena, map, STR("value"), value_text(arena, term));
	value_add(arena, map, STR("label"), value_text(arena, label));
	value_add(arena, map, STR("text"), value_text(arena, label));
	value_add(arena, map, STR("unconfirmed"), value_bool(arena,
	    row != NULL && str_eq(row->status, STR("unconfirmed"))));
	if (folder.len > 0)
		value_add(arena, map, STR("href"), value_text(arena,
		    str_join(arena, folder,
			str_join(arena, code, STR("/")))));
	return map;
}

/* SQL joins texts by the unit separator; cut them apart again. */
static struct value *text_list(struct arena *arena, struct str cell)
{
	struct value *list = value_list(arena);

	while (cell.len > 0) {
		struct value *item = value_map(arena);

		value_add(arena, item, STR("text"),
		    value_text(arena, str_cut(&cell, '\x1f')));
		value_append(arena, list, item);
	}
	return list;
}

/* Texts with an address each: text, record separator, address. */
static struct value *link_list(struct arena *arena, struct str cell)
{
	struct value *list = value_list(arena);

	while (cell.len > 0) {
		struct value *item = value_map(arena);
		struct str href = str_cut(&cell, '\x1f');
		struct str text = str_cut(&href, '\x1e');

		value_add(arena, item, STR("text"), value_text(arena, text));
		value_add(arena, item, STR("href"), value_text(arena, href));
		value_append(arena, list, item);
	}
	return list;
}

static struct value *joined(const struct wording *wording, struct arena *arena,
    struct str cell)
{
	struct str separator = wording_text(wording, STR("list_separator"));
	struct str all = str_cut(&cell, '\x1f');

	while (cell.len > 0) {
		struct str next = str_cut(&cell, '\x1f');

		all = str_format(arena, "%.*s%.*s%.*s", STR_ARG(all),
		    STR_ARG(separator), STR_ARG(next));
	}
	return value_text(arena, all);
}

struct value *context_typing(const void *context, struct arena *arena,
    struct str type, struct str cell)
{
	const struct wording *wording = context;

	if (str_eq(type, STR("date")) || str_eq(type, STR("month")))
		return context_date(wording, arena, cell);
	if (str_eq(type, STR("flag")))
		return value_bool(arena, str_eq(cell, STR("1")));
	if (str_eq(type, STR("texts")))
		return text_list(arena, cell);
	if (str_eq(type, STR("links")))
		return link_list(arena, cell);
	if (str_eq(type, STR("join")))
		return joined(wording, arena, cell);
	return context_term(wording, arena, type, cell);
}

void context_set_list(struct arena *arena, struct value *parent,
    struct str name, struct value *list)
{
	size_t count = value_count(list);

	value_set(arena, parent, name, list);
	value_set(arena, parent, str_join(arena, STR("has_"), name),
	    value_bool(arena, count > 0));
	for (size_t i = 0; i < count; i++) {
		struct value *item = list->list.items[i];

		if (item->kind != VALUE_MAP)
			continue;
		value_add(arena, item, STR("index"),
		    value_number(arena, (long long)i + 1));
		value_add(arena, item, STR("first"),
		    value_bool(arena, i == 0));
		value_add(arena, item, STR("last"),
		    value_bool(arena, i + 1 == count));
	}
}

static struct value *scalar(const struct wording *wording, struct arena *arena,
    const struct field *field, const struct value *value)
{
	struct str text = str_trim(value->text);

	if (field->codelist.len > 0)
		return context_term(wording, arena, field->codelist, text);
	if (field->type == FIELD_DATE || field->type == FIELD_MONTH)
		return context_date(wording, arena, text);
	if (field->type == FIELD_BOOLEAN)
		return value_bool(arena, str_eq(text, STR("true")));
	return value_text(arena, text);
}

static struct value *map_value(const struct wording *wording,
    struct arena *arena, const struct field *field, const struct value *data,
    const struct str *hidden);

static struct value *list_value(const struct wording *wording,
    struct arena *arena, const struct field *field, const struct value *data)
{
	struct value *list = value_list(arena);

	for (size_t i = 0; i < value_count(data); i++) {
		const struct value *item = data->list.items[i];
		struct value *made = NULL;

		if (item->kind == VALUE_MAP && field->item->type == FIELD_MAP)
			made = map_value(wording, arena, field->item, item,
			    NULL);
		else if (item->kind == VALUE_TEXT)
			made = scalar(wording, arena, field->item, item);
		if (made != NULL && made->kind == VALUE_TEXT) {
			struct value *map = value_map(arena);

			value_add(arena, map, STR("text"), made);
			made = map;
		}
		if (made != NULL)
			value_append(arena, list, made);
	}
	return list;
}

static bool is_hidden(struct str name, const struct str *hidden)
{
	for (; hidden != NULL && hidden->len > 0; hidden++)
		if (str_eq(*hidden, name))
			return true;
	return false;
}

static struct value *map_value(const struct wording *wording,
    struct arena *arena, const struct field *field, const struct value *data,
    const struct str *hidden)
{
	struct value *map = value_map(arena);

	for (size_t i = 0; i < field->child_count; i++) {
		const struct field *child = &field->children[i];
		const struct value *value = value_get(data, child->name);

		if (is_hidden(child->name, hidden))
			continue;
		if (child->type == FIELD_LIST)
			context_set_list(arena, map, child->name,
			    list_value(wording, arena, child, value));
		else if (value != NULL && value->kind == VALUE_MAP &&
		    child->type == FIELD_MAP)
			value_add(arena, map, child->name, map_value(wording,
			    arena, child, value, NULL));
		else if (value != NULL && value->kind == VALUE_TEXT)
			value_add(arena, map, child->name,
			    scalar(wording, arena, child, value));
		else
			value_add(arena, map, child->name, value_null(arena));
	}
	return map;
}

struct value *context_record(const struct wording *wording,
    struct arena *arena, const struct field *root, const struct value *data,
    const struct str *hidden)
{
	return map_value(wording, arena, root, data, hidden);
}

static size_t count_of(const struct value *row)
{
	size_t count = 0;

	(void)str_to_size(value_text_at(row, STR("count")), &count);
	return count;
}

void context_percent(struct arena *arena, struct value *rows)
{
	size_t most = 1;

	for (size_t i = 0; i < value_count(rows); i++)
		if (count_of(rows->list.items[i]) > most)
			most = count_of(rows->list.items[i]);
	for (size_t i = 0; i < value_count(rows); i++)
		value_add(arena, rows->list.items[i], STR("percent"),
		    value_number(arena, (long long)(count_of(
			rows->list.items[i]) * 100 / most)));
}

long context_number(const struct value *row, const char *name)
{
	size_t number = 0;

	(void)str_to_size(value_text_at(row, str_from(name)), &number);
	return (long)number;
}

void context_set_change(struct arena *arena, struct value *row, long now,
    long before)
{
	value_set(arena, row, STR("amount"),
	    value_number(arena, now > before ? now - before : before - now));
	value_set(arena, row, STR("is_up"), value_bool(arena, now > before));
	value_set(arena, row, STR("is_down"),
	    value_bool(arena, now < before));
}
