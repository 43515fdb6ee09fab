/* SPDX-License-Identifier: MIT */
/* The charts of a period: its figures, its cities and kinds, and the months up
 * to its end. */
#include "base/arena.h"
#include "base/date.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "model/codes.h"
#include "render/chart.h"
#include "render/circular.h"

enum { MONTHS = 12, LINES = 3 };

/* What is shown of cities, kinds and months. */
#define SHOWN STR("submitted")
static const struct str line_measures[LINES] = { { "submitted", 9 },
	{ "registered", 10 }, { "entered", 7 } };

static struct str measure_label(const struct site *site, struct arena *arena,
    struct str code)
{
	return value_text_at(context_term(&site->wording, arena,
	    STR("circular-measures"), code), STR("label"));
}

static const struct value *cell_of(const struct value *row, struct str code)
{
	const struct value *cells = value_get(row, STR("cells"));

	for (size_t i = 0; i < value_count(cells); i++)
		if (str_eq(value_text_at(cells->list.items[i], STR("code")),
		    code))
			return cells->list.items[i];
	return NULL;
}

static struct value *title_names(struct arena *arena,
    const struct value *period)
{
	struct value *names = value_map(arena);

	page_set_text(arena, names, "period",
	    value_text_at(period, STR("title")));
	page_set_text(arena, names, "before",
	    value_text_at(period, STR("before_title")));
	return names;
}

/* All measures, beside those of the period before. */
static void set_measures(struct site *site, struct arena *arena,
    struct value *context, const struct value *period,
    const struct value *totals)
{
	const struct value *cells = value_count(totals) == 0 ? NULL :
	    value_get(totals->list.items[0], STR("cells"));
	size_t count = value_count(cells);
	struct str *labels = arena_array(arena, count, sizeof(*labels));
	long *now = arena_array(arena, count, sizeof(*now));
	long *before = arena_array(arena, count, sizeof(*before));
	const struct chart_series series[] = {
		{ value_text_at(period, STR("title")), now },
		{ value_text_at(period, STR("before_title")), before },
	};
	const struct chart_data data = { .labels = labels, .count = count,
		.series = series, .series_count = 2 };
	struct value *chart;

	for (size_t i = 0; cells != NULL && i < count; i++) {
		const struct value *cell = cells->list.items[i];

		labels[i] = value_text_at(cell, STR("label"));
		now[i] = context_number(cell, "count");
		before[i] = context_number(cell, "before");
	}
	chart = chart_bars(arena, &data);
	chart_describe(arena, &site->wording, chart, "circular_measures",
	    title_names(arena, period));
	page_set(arena, context, "measures_chart", chart);
}

/* What is shown of each row, by its name. */
static size_t shown_of(struct arena *arena, const struct value *rows,
    struct str **labels, long **values)
{
	size_t count = value_count(rows);

	*labels = arena_array(arena, count, sizeof(**labels));
	*values = arena_array(arena, count, sizeof(**values));
	for (size_t i = 0; i < count; i++) {
		(*labels)[i] = value_text_at(rows->list.items[i],
		    STR("name"));
		(*values)[i] = context_number(
		    cell_of(rows->list.items[i], SHOWN),
		    "count");
	}
	return count;
}

static void set_kinds(struct site *site, struct arena *arena,
    struct value *context, const struct value *period,
    const struct value *kinds)
{
	struct chart_series series = { measure_label(site, arena, SHOWN),
		NULL };
	struct chart_data data = { .series = &series, .series_count = 1 };
	struct str *labels;
	long *values;
	struct value *chart;

	data.count = shown_of(arena, kinds, &labels, &values);
	data.labels = labels;
	series.values = values;
	chart = chart_bars(arena, &data);
	chart_describe(arena, &site->wording, chart, "circular_kinds",
	    title_names(arena, period));
	page_set(arena, context, "kinds_chart", chart);
}

/* -- cities --------------------------------------------------------------- */

bool circular_place(const struct site *site, struct str city,
    struct chart_place *place)
{
	const struct code_list *list = codes_list(site->wording.codes,
	    STR("divisions"));
	const struct code *code = code_by_code(list, city);
	struct str cell = code == NULL ? STR_NONE :
	    code_cell(list, code, STR("tile"));
	struct str column = str_cut(&cell, ' ');

	return str_to_size(column, &place->column) && place->column < 100 &&
	    str_to_size(cell, &place->row) && place->row < 100;
}

static void set_cities(struct site *site, struct arena *arena,
    struct value *context, const struct value *period,
    const struct value *cities)
{
	size_t count = value_count(cities), kept = 0;
	struct chart_place *places = arena_array(arena, count,
	    sizeof(*places));
	struct chart_series series = { measure_label(site, arena, SHOWN),
		NULL };
	struct chart_data data = { .series = &series, .series_count = 1 };
	struct value *chart, *list = value_list(arena);
	struct str *labels;
	long *values;

	for (size_t i = 0; i < count; i++)
		if (circular_place(site, value_text_at(cities->list.items[i],
		    STR("key")), &places[kept])) {
			value_append(arena, list, cities->list.items[i]);
			kept++;
		}
	data.count = shown_of(arena, list, &labels, &values);
	data.labels = labels;
	series.values = values;
	if (kept == 0)
		return;
	chart = chart_tiles(arena, &data, places);
	chart_describe(arena, &site->wording, chart, "circular_cities",
	    title_names(arena, period));
	page_set(arena, context, "cities_chart", chart);
}

/* -- months --------------------------------------------------------------- */

struct months {
	struct str labels[MONTHS];
	struct str first, last;
};

/* The twelve months up to the last of the period, or to this one. */
static void months_until(struct months *months, const struct site *site,
    struct arena *arena, const struct value *period)
{
	struct str end = value_text_at(period, STR("last"));
	struct date last = DATE_FIRST;

	(void)date_parse(str_cmp(end, site->as_of) > 0 ? site->as_of : end,
	    &last);
	last.day = 1;
	for (int i = 0; i < MONTHS; i++)
		months->labels[i] = str_slice(date_iso(arena,
		    date_add_months(last, i + 1 - MONTHS)), 0, 7);
	months->first = months->labels[0];
	months->last = months->labels[MONTHS - 1];
}

/* The figures of one key and measure by month. */
static void values_of(const struct value *rows, const struct months *months,
    struct str key, struct str measure, long values[MONTHS])
{
	for (size_t i = 0; i < MONTHS; i++)
		values[i] = 0;
	for (size_t i = 0; i < value_count(rows); i++) {
		const struct value *row = rows->list.items[i];

		if (!str_eq(value_text_at(row, STR("key")), key) ||
		    !str_eq(value_text_at(row, STR("measure")), measure))
			continue;
		for (size_t m = 0; m < MONTHS; m++)
			if (str_eq(value_text_at(row, STR("month")),
			    months->labels[m]))
				values[m] = context_number(row, "count");
	}
}

static void set_lines(struct site *site, struct arena *arena,
    struct value *context, const struct value *period,
    const struct months *months)
{
	const struct value *rows = page_rows(site, arena, QUERY_series,
	    months->first, months->last, STR("all"), STR_NONE);
	struct chart_series series[LINES];
	long values[LINES][MONTHS];
	const struct chart_data data = { .labels = months->labels,
		.count = MONTHS, .series = series, .series_count = LINES };
	struct value *chart;

	for (size_t i = 0; i < LINES; i++) {
		values_of(rows, months, STR("all"), line_measures[i],
		    values[i]);
		series[i].name = measure_label(site, arena,
		    line_measures[i]);
		series[i].values = values[i];
	}
	chart = chart_lines(arena, &data);
	chart_describe(arena, &site->wording, chart, "circular_months",
	    title_names(arena, period));
	page_set(arena, context, "months_chart", chart);
}

/* A small chart for each city, all of one scale. */
static void set_multiples(struct site *site, struct arena *arena,
    struct value *context, const struct months *months,
    const struct value *cities)
{
	const struct value *rows = page_rows(site, arena, QUERY_series,
	    months->first, months->last, STR("city"), STR_NONE);
	struct value *list = value_list(arena);
	size_t count = value_count(cities);
	long most = 0, (*values)[MONTHS] = arena_array(arena, count,
	    sizeof(*values));

	for (size_t i = 0; i < count; i++) {
		values_of(rows, months, value_text_at(cities->list.items[i],
		    STR("key")), SHOWN, values[i]);
		for (size_t m = 0; m < MONTHS; m++)
			most = values[i][m] > most ? values[i][m] : most;
	}
	for (size_t i = 0; i < count; i++) {
		const struct chart_series series = { measure_label(site,
		    arena, SHOWN), values[i] };
		const struct chart_data data = { .labels = months->labels,
			.count = MONTHS, .series = &series,
			.series_count = 1 };
		struct value *chart = chart_small(arena, &data, most);
		struct value *names = value_map(arena);

		page_set(arena, names, "name", value_get(
		    cities->list.items[i], STR("name")));
		chart_describe(arena, &site->wording, chart, "circular_city",
		    names);
		page_set_text(arena, chart, "id", str_format(arena,
		    "chart-city-%zu", i + 1));
		value_append(arena, list, chart);
	}
	page_set_list(arena, context, "city_charts", list);
}

void circular_charts(struct site *site, struct arena *arena,
    struct value *context, const struct value *period,
    const struct value *totals, const struct value *cities,
    const struct value *kinds)
{
	struct months months;

	months_until(&months, site, arena, period);
	set_measures(site, arena, context, period, totals);
	set_cities(site, arena, context, period, cities);
	set_kinds(site, arena, context, period, kinds);
	set_lines(site, arena, context, period, &months);
	set_multiples(site, arena, context, &months, cities);
}
