/* SPDX-License-Identifier: MIT */
/* What results of the search show. */
#include "base/buf.h"
#include "base/json.h"
#include "base/value.h"
#include "commands/search_work.h"

void search_list_item(struct buf *out, size_t index)
{
	buf_append(out, index == 0 ? STR("\n") : STR(",\n"));
}

static void append_member(struct buf *out, const char *name, struct str text)
{
	if (text.len == 0)
		return;
	buf_append_format(out, ",\"%s\":", name);
	json_append_text(out, text);
}

static void append_units(struct buf *out, const struct value *units)
{
	buf_append_cstr(out, ",\"units\":[");
	for (size_t i = 0; i < value_count(units); i++) {
		if (i > 0)
			buf_append_char(out, ',');
		json_append_text(out, value_text_at(units->list.items[i],
		    STR("name")));
	}
	buf_append_char(out, ']');
}

/* Names in English, if the register has any; see derive.sql. */
static void append_units_en(struct buf *out, struct str names)
{
	if (names.len == 0)
		return;
	buf_append_cstr(out, ",\"units_en\":[");
	for (size_t i = 0; names.len > 0; i++) {
		if (i > 0)
			buf_append_char(out, ',');
		json_append_text(out, str_cut(&names, '\x1f'));
	}
	buf_append_char(out, ']');
}

void search_card_append(struct buf *out, const struct value *data,
    struct str id, const struct value *row)
{
	static const char *const names[] = { "title", "title_en", "summary",
		"summary_en" };

	buf_append_cstr(out, "{\"id\":");
	json_append_text(out, id);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		append_member(out, names[i], str_trim(value_text_at(data,
		    str_from(names[i]))));
	append_units(out, value_get(data, STR("units")));
	append_units_en(out, value_text_at(row, STR("unit_names_en")));
	if (str_eq(value_text_at(row, STR("landmark")), STR("1")))
		buf_append_cstr(out, ",\"landmark\":true");
	buf_append_char(out, '}');
}
