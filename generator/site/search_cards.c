/* SPDX-License-Identifier: MIT */
/* What results of the search show. */
#include "base/json_writer.h"
#include "base/value.h"
#include "site/search_work.h"

static void write_units(struct json_writer *writer, const struct value *units)
{
	json_begin_list(writer, "units");
	for (size_t i = 0; i < value_count(units); i++)
		json_write_text(writer, NULL, value_text_at(
		    units->list.items[i], STR("name")));
	json_end(writer);
}

/* Names in English, if the register has any; see derive.sql. */
static void write_units_en(struct json_writer *writer, struct str names)
{
	if (names.len == 0)
		return;
	json_begin_list(writer, "units_en");
	while (names.len > 0)
		json_write_text(writer, NULL, str_cut(&names, '\x1f'));
	json_end(writer);
}

void search_card_write(struct json_writer *writer, const struct value *data,
    struct str id, const struct value *row)
{
	static const char *const names[] = { "title", "title_en", "summary",
		"summary_en" };

	json_begin_object(writer, NULL);
	json_write_text(writer, "id", id);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct str text = str_trim(value_text_at(data,
		    str_from(names[i])));

		if (text.len > 0)
			json_write_text(writer, names[i], text);
	}
	write_units(writer, value_get(data, STR("units")));
	write_units_en(writer, value_text_at(row, STR("unit_names_en")));
	if (str_eq(value_text_at(row, STR("landmark")), STR("1")))
		json_write_bool(writer, "landmark", true);
	json_end(writer);
}
