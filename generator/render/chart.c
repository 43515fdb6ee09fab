/* SPDX-License-Identifier: MIT */
/* Lengths are tenths of a unit, so that nothing is left to how a machine prints
 * fractions. */
#include "render/chart.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "base/value.h"
#include "render/chart_sheet.h"
#include "render/context.h"

long chart_text_width(struct str text)
{
	long width = 0;
	size_t size;

	for (size_t at = 0; at < text.len; at += size) {
		uint32_t c = utf8_decode(text, at, &size);
		size_t columns = c == UTF8_INVALID ? 1 : utf8_width(c);

		width += columns == 2 ? TEXT_SIZE * 10 :
		    columns == 1 ? TEXT_SIZE * 6 : 0;
	}
	return (width + 9) / 10;
}

long chart_step(long most, long count)
{
	static const long shape[] = { 1, 2, 5 };

	for (long unit = 1;; unit *= 10)
		for (size_t i = 0; i < 3; i++)
			if (shape[i] * unit * count >= most)
				return shape[i] * unit;
}

/* -- what the files of the chart share ------------------------------------- */

void sheet_set_text(struct arena *arena, struct value *map, const char *name,
    struct str text)
{
	value_add(arena, map, str_from(name), value_text(arena, text));
}

void sheet_set_number(struct arena *arena, struct value *map,
    const char *name, long number)
{
	value_add(arena, map, str_from(name), value_number(arena, number));
}

void sheet_set_length(struct arena *arena, struct value *map,
    const char *name, long tenths)
{
	const char *sign = tenths < 0 ? "-" : "";
	long size = tenths < 0 ? -tenths : tenths;

	sheet_set_text(arena, map, name, size % 10 == 0 ?
	    str_format(arena, "%s%ld", sign, size / 10) :
	    str_format(arena, "%s%ld.%ld", sign, size / 10, size % 10));
}

struct str sheet_number(struct arena *arena, long number)
{
	return str_format(arena, "%ld", number);
}

long sheet_value(const struct chart_data *data, size_t series, size_t index)
{
	long value = data->series[series].values[index];

	return value > 0 ? value : 0;
}

long sheet_most(const struct chart_data *data)
{
	long most = data->reference > 1 ? data->reference : 1;

	for (size_t s = 0; s < data->series_count; s++)
		for (size_t i = 0; i < data->count; i++)
			if (sheet_value(data, s, i) > most)
				most = sheet_value(data, s, i);
	return most;
}

static struct value *make_facts(struct arena *arena,
    const struct chart_data *data)
{
	struct value *facts = value_map(arena);
	size_t most = 0, least = 0;
	long total = 0;

	for (size_t i = 0; i < data->count; i++) {
		total += sheet_value(data, 0, i);
		if (sheet_value(data, 0, i) > sheet_value(data, 0, most))
			most = i;
		if (sheet_value(data, 0, i) < sheet_value(data, 0, least))
			least = i;
	}
	sheet_set_number(arena, facts, "count", (long)data->count);
	sheet_set_number(arena, facts, "total", total);
	if (data->count == 0)
		return facts;
	sheet_set_number(arena, facts, "most", sheet_value(data, 0, most));
	sheet_set_text(arena, facts, "most_label", data->labels[most]);
	sheet_set_number(arena, facts, "least", sheet_value(data, 0, least));
	sheet_set_text(arena, facts, "least_label", data->labels[least]);
	sheet_set_number(arena, facts, "last",
	    sheet_value(data, 0, data->count - 1));
	sheet_set_text(arena, facts, "last_label",
	    data->labels[data->count - 1]);
	return facts;
}

static struct value *text_item(struct arena *arena, struct str text)
{
	struct value *item = value_map(arena);

	sheet_set_text(arena, item, "text", text);
	sheet_set_text(arena, item, "href", STR_NONE);
	return item;
}

/* The table behind the chart. */
static void set_table(struct arena *arena, struct value *chart,
    const struct chart_data *data)
{
	struct value *columns = value_list(arena), *rows = value_list(arena);

	for (size_t s = 0; s < data->series_count; s++)
		value_append(arena, columns,
		    text_item(arena, data->series[s].name));
	for (size_t i = 0; i < data->count; i++) {
		struct value *row = value_map(arena);
		struct value *values = value_list(arena);

		for (size_t s = 0; s < data->series_count; s++)
			value_append(arena, values, text_item(arena,
			    sheet_number(arena,
				data->series[s].values[i])));
		sheet_set_text(arena, row, "label", data->labels[i]);
		value_add(arena, row, STR("values"), values);
		value_append(arena, rows, row);
	}
	context_set_list(arena, chart, STR("columns"), columns);
	context_set_list(arena, chart, STR("rows"), rows);
}

void chart_link(struct arena *arena, struct value *chart, size_t series,
    size_t index, struct str href)
{
	const struct value *rows = value_get(chart, STR("rows"));
	const struct value *values = value_get(rows->list.items[index],
	    STR("values"));

	value_set(arena, values->list.items[series], STR("href"),
	    value_text(arena, href));
}

struct value *sheet_make(struct arena *arena, const char *kind,
    const struct chart_data *data)
{
	struct value *chart = value_map(arena);

	value_add(arena, chart, str_from(kind), value_bool(arena, true));
	set_table(arena, chart, data);
	value_add(arena, chart, STR("facts"), make_facts(arena, data));
	return chart;
}

void sheet_set_size(struct arena *arena, struct value *chart, long width,
    long height)
{
	sheet_set_length(arena, chart, "width", width);
	sheet_set_length(arena, chart, "height", height);
}

/* -- words ---------------------------------------------------------------- */

void chart_describe(struct arena *arena, const struct wording *wording,
    struct value *chart, const char *name, const struct value *names)
{
	const struct value *facts = value_get(chart, STR("facts"));
	struct value *all = value_map(arena);
	static const char *const texts[] = { "title", "description" };

	for (size_t i = 0; i < facts->map.count; i++)
		value_add(arena, all, facts->map.fields[i].name,
		    facts->map.fields[i].value);
	for (size_t i = 0; names != NULL && i < names->map.count; i++)
		value_set(arena, all, names->map.fields[i].name,
		    names->map.fields[i].value);
	sheet_set_text(arena, chart, "id", str_format(arena, "chart-%s",
	    name));
	for (size_t i = 0; i < 2; i++)
		sheet_set_text(arena, chart, texts[i], wording_fill(wording,
		    arena, str_format(arena, "charts.%s.%s", name, texts[i]),
		    all));
}
