/* SPDX-License-Identifier: MIT */
#include "render/listing.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/json.h"
#include "base/value.h"
#include "render/context.h"

static const struct value *value_of(const struct listing_column *column,
    const struct value *row)
{
	return value_find(row, str_from(column->path != NULL ? column->path :
	    column->name));
}

static struct str label_of(const struct listing_column *column,
    const struct wording *wording, struct arena *arena)
{
	return wording_text(wording, str_format(arena, "columns.%s",
	    column->name));
}

/* The name of the field that says what a map or an item is, for people. */
static struct str map_text(const struct value *map, struct str date_field)
{
	return value_get(map, STR("iso")) != NULL ?
	    value_text_at(map, date_field) : value_text_at(map,
	    value_get(map, STR("label")) != NULL ? STR("label") :
	    STR("text"));
}

static struct str list_text(const struct value *list,
    const struct wording *wording, struct arena *arena, struct str date_field)
{
	struct str separator = wording_text(wording, STR("list_separator"));
	struct str all = STR_NONE;

	for (size_t i = 0; i < value_count(list); i++) {
		const struct value *item = list->list.items[i];
		struct str text = item->kind == VALUE_TEXT ? item->text :
		    map_text(item, date_field);

		all = i == 0 ? text : str_format(arena, "%.*s%.*s%.*s",
		    STR_ARG(all), STR_ARG(separator), STR_ARG(text));
	}
	return all;
}

/* A value as a person reads it; dates by that field of theirs. */
static struct str readable(const struct value *value,
    const struct wording *wording, struct arena *arena, struct str date_field)
{
	if (value == NULL)
		return STR_NONE;
	switch (value->kind) {
	case VALUE_NULL:
		break;
	case VALUE_BOOL:
		return wording_text(wording, value->boolean ? STR("yes") :
		    STR("no"));
	case VALUE_TEXT:
		return value->text;
	case VALUE_LIST:
		return list_text(value, wording, arena, date_field);
	case VALUE_MAP:
		return map_text(value, date_field);
	}
	return STR_NONE;
}

/* -- CSV ------------------------------------------------------------------- */

void listing_csv(const struct listing_column *columns,
    const struct wording *wording, struct arena *arena,
    const struct value *rows, struct buf *out)
{
	buf_append(out, CSV_MARK);
	for (size_t i = 0; columns[i].name != NULL; i++)
		csv_append_cell(out, i, label_of(&columns[i], wording, arena));
	csv_end_row(out);
	for (size_t row = 0; row < value_count(rows); row++) {
		for (size_t i = 0; columns[i].name != NULL; i++) {
			struct str text = readable(value_of(&columns[i],
			    rows->list.items[row]), wording, arena,
			    STR("iso"));

			if (columns[i].form == LISTING_NUMBER)
				csv_append_number(out, i, text);
			else
				csv_append_cell(out, i, text);
		}
		csv_end_row(out);
	}
}

/* -- JSON ------------------------------------------------------------------ */

static void append_field(struct buf *out, const struct value *map,
    struct str name)
{
	json_append_text(out, name);
	buf_append_char(out, ':');
	json_append_text(out, value_text_at(map, name));
}

static void append_scalar(struct buf *out, const struct value *value)
{
	if (value == NULL) {
		buf_append(out, STR("null"));
	} else if (value->kind != VALUE_MAP) {
		json_append(out, value);
	} else if (value_get(value, STR("href")) != NULL &&
	    value_get(value, STR("label")) == NULL) {
		buf_append_char(out, '{');
		append_field(out, value, STR("text"));
		buf_append_char(out, ',');
		append_field(out, value, STR("href"));
		buf_append_char(out, '}');
	} else if (value_get(value, STR("label")) == NULL) {
		json_append_text(out, map_text(value, STR("iso")));
	} else {
		buf_append_char(out, '{');
		append_field(out, value, STR("code"));
		buf_append_char(out, ',');
		append_field(out, value, STR("label"));
		buf_append_char(out, '}');
	}
}

static void append_value(struct buf *out, const struct value *value,
    enum listing_form form)
{
	if (form == LISTING_NUMBER && value != NULL &&
	    value->kind == VALUE_TEXT && value->text.len > 0) {
		buf_append(out, value->text);
		return;
	}
	if (value == NULL || value->kind != VALUE_LIST) {
		append_scalar(out, value);
		return;
	}
	buf_append_char(out, '[');
	for (size_t i = 0; i < value_count(value); i++) {
		if (i > 0)
			buf_append_char(out, ',');
		append_scalar(out, value->list.items[i]);
	}
	buf_append_char(out, ']');
}

static void append_head(struct buf *out, const struct value *head)
{
	if (head == NULL)
		return;
	for (size_t i = 0; i < head->map.count; i++) {
		json_append_text(out, head->map.fields[i].name);
		buf_append_char(out, ':');
		append_scalar(out, head->map.fields[i].value);
		buf_append(out, STR(",\n"));
	}
}

void listing_json(const struct listing_column *columns,
    const struct value *head, const struct value *rows, struct buf *out)
{
	buf_append_char(out, '{');
	append_head(out, head);
	buf_append(out, STR("\"items\":["));
	for (size_t row = 0; row < value_count(rows); row++) {
		buf_append(out, row == 0 ? STR("\n") : STR(",\n"));
		for (size_t i = 0; columns[i].name != NULL; i++) {
			buf_append(out, i == 0 ? STR("{") : STR(","));
			json_append_text(out, str_from(columns[i].name));
			buf_append_char(out, ':');
			append_value(out, value_of(&columns[i],
			    rows->list.items[row]), columns[i].form);
		}
		buf_append_char(out, '}');
	}
	buf_append(out, STR("\n]}\n"));
}

/* -- a table in a page ----------------------------------------------------- */

static void set_text(struct arena *arena, struct value *map, struct str name,
    struct str text)
{
	value_add(arena, map, name, value_text(arena, text));
}

/* A whole address leads to another site. */
static void set_link(struct arena *arena, struct value *cell, struct str href)
{
	bool is_whole = str_find(href, STR("://"), 0) != STR_NOT_FOUND;

	set_text(arena, cell, STR("href"), is_whole ? STR_NONE : href);
	set_text(arena, cell, STR("url"), is_whole ? href : STR_NONE);
}

static bool has_links(const struct value *value)
{
	return value_count(value) > 0 && value->kind == VALUE_LIST &&
	    value_get(value->list.items[0], STR("href")) != NULL;
}

static void set_links(struct arena *arena, struct value *cell,
    const struct value *links)
{
	struct value *list = value_list(arena);

	for (size_t i = 0; links != NULL && i < value_count(links); i++) {
		struct value *link = value_map(arena);

		set_text(arena, link, STR("text"), value_text_at(
		    links->list.items[i], STR("text")));
		set_text(arena, link, STR("href"), value_text_at(
		    links->list.items[i], STR("href")));
		value_append(arena, list, link);
	}
	value_add(arena, cell, STR("links"), list);
}

enum { CELL_FIELDS = 10 };

static struct value *make_cell(const struct listing_column *column,
    const struct wording *wording, struct arena *arena,
    const struct value *row, bool is_heading)
{
	struct value *cell = value_map_of(arena, CELL_FIELDS);
	const struct value *value = value_of(column, row);

	set_text(arena, cell, STR("label"), label_of(column, wording, arena));
	set_links(arena, cell, has_links(value) ? value : NULL);
	set_text(arena, cell, STR("text"), has_links(value) ? STR_NONE :
	    readable(value, wording, arena, STR("text")));
	set_text(arena, cell, STR("iso"), value_text_at(value, STR("iso")));
	set_link(arena, cell, column->href == NULL ? STR_NONE :
	    value_text_at(row, str_from(column->href)));
	value_add(arena, cell, STR("is_number"), value_bool(arena,
	    column->form == LISTING_NUMBER));
	value_add(arena, cell, STR("is_code"), value_bool(arena,
	    column->form == LISTING_CODE));
	value_add(arena, cell, STR("is_term"), value_bool(arena,
	    value_get(value, STR("code")) != NULL));
	value_add(arena, cell, STR("is_heading"), value_bool(arena,
	    is_heading));
	return cell;
}

static struct value *make_row(const struct listing_column *columns,
    const struct wording *wording, struct arena *arena,
    const struct value *row)
{
	struct value *made = value_map(arena), *cells = value_list(arena);

	for (size_t i = 0; columns[i].name != NULL; i++)
		if (columns[i].form != LISTING_DATA)
			value_append(arena, cells, make_cell(&columns[i],
			    wording, arena, row, i == 0));
	value_add(arena, made, STR("cells"), cells);
	set_text(arena, made, STR("id"), value_text_at(row, STR("id")));
	return made;
}

struct value *listing_table(const struct listing_column *columns,
    const struct wording *wording, struct arena *arena,
    const struct value *rows)
{
	struct value *table = value_map(arena), *heads = value_list(arena);
	struct value *body = value_list(arena);

	for (size_t i = 0; columns[i].name != NULL; i++) {
		struct value *head = value_map(arena);

		if (columns[i].form == LISTING_DATA)
			continue;
		set_text(arena, head, STR("name"), str_from(columns[i].name));
		set_text(arena, head, STR("label"),
		    label_of(&columns[i], wording, arena));
		value_add(arena, head, STR("is_number"), value_bool(arena,
		    columns[i].form == LISTING_NUMBER));
		value_append(arena, heads, head);
	}
	for (size_t i = 0; i < value_count(rows); i++)
		value_append(arena, body, make_row(columns, wording, arena,
		    rows->list.items[i]));
	context_set_list(arena, table, STR("columns"), heads);
	context_set_list(arena, table, STR("rows"), body);
	return table;
}
