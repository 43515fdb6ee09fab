/* SPDX-License-Identifier: MIT */
/* Statistics of what the public can read: by month, city, field, category, kind
 * of unit and transfer. Each number leads to the list of what it counts. */
#include "base/arena.h"
#include "base/date.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "render/chart.h"
#include "render/circular.h"
#include "render/pages.h"

enum { SERIES = 2, MONTHS = 24, QUARTERS = 12 };

/* One chart, and the rows it stands for in the CSV. */
struct statistic {
	const char *name;		/* t.charts.statistics_<name> */
	struct str subject;		/* what {name} says in its words */
	size_t count, series_count;
	struct str *labels, *keys;	/* keys: of cities, else NULL */
	struct str measures[SERIES];
	long *values[SERIES];
	struct str *hrefs[SERIES];
};

static void prepare(struct statistic *statistic, struct arena *arena,
    const char *name, size_t count, size_t series_count)
{
	*statistic = (struct statistic){ .name = name, .count = count,
		.series_count = series_count };
	statistic->labels = arena_array(arena, count, sizeof(struct str));
	statistic->keys = arena_array(arena, count, sizeof(struct str));
	for (size_t s = 0; s < series_count; s++) {
		statistic->values[s] = arena_array(arena, count, sizeof(long));
		statistic->hrefs[s] = arena_array(arena, count,
		    sizeof(struct str));
	}
}

static struct str measure(const struct site *site, struct arena *arena,
    const char *name)
{
	return wording_text(&site->wording, str_format(arena,
	    "statistics.measures.%s", name));
}

/* Two counts of the last months; names are those of the query's columns. */
static void count_months(struct site *site, struct arena *arena,
    struct statistic *statistic, const char *name, const char *const counts[])
{
	struct value *rows = page_query(site, arena, QUERY_statistic_months,
	    str_format(arena, "%d", MONTHS));

	prepare(statistic, arena, name, value_count(rows), SERIES);
	for (size_t s = 0; s < SERIES; s++)
		statistic->measures[s] = measure(site, arena, counts[s]);
	for (size_t i = 0; i < statistic->count; i++) {
		const struct value *row = rows->list.items[i];

		statistic->labels[i] = value_text_at(row, STR("month"));
		for (size_t s = 0; s < SERIES; s++) {
			statistic->values[s][i] =
			    context_number(row, counts[s]);
			statistic->hrefs[s][i] = value_text_at(row,
			    str_format(arena, "%s_href", counts[s]));
		}
	}
}

/* Achievements by the terms of a list, which have pages of their own. */
static void count_terms(struct site *site, struct arena *arena,
    struct statistic *statistic, const char *name, int query)
{
	struct value *rows = page_query(site, arena, query, STR_NONE);

	prepare(statistic, arena, name, value_count(rows), 1);
	statistic->measures[0] = measure(site, arena, "achievements");
	for (size_t i = 0; i < statistic->count; i++) {
		const struct value *row = rows->list.items[i];

		statistic->labels[i] = value_text_at(row, STR("term.label"));
		statistic->keys[i] = value_text_at(row, STR("code"));
		statistic->values[0][i] = context_number(row, "count");
		statistic->hrefs[0][i] = value_text_at(row, STR("href"));
	}
}

/* -- cities by quarter ---------------------------------------------------- */

struct quarter {
	struct str id;			/* "2026-q2", as in the query */
	struct str year, label;
};

/* The quarters up to this one; returns the day on which the first begins. */
static struct str last_quarters(struct site *site, struct arena *arena,
    struct quarter quarters[QUARTERS])
{
	struct date day = DATE_FIRST;

	(void)date_parse(site->as_of, &day);
	day.day = 1;
	day = date_add_months(day, -((day.month - 1) % 3));
	for (int i = 0; i < QUARTERS; i++) {
		struct date first = date_add_months(day, 3 * (i + 1 -
		    QUARTERS));
		struct quarter *quarter = &quarters[i];
		struct value *names = value_map(arena);
		int number = (first.month - 1) / 3 + 1;

		quarter->year = str_slice(date_iso(arena, first), 0, 4);
		quarter->id = str_format(arena, "%.*s-q%d",
		    STR_ARG(quarter->year), number);
		page_set_text(arena, names, "year", quarter->year);
		page_set(arena, names, "quarter", value_number(arena, number));
		quarter->label = wording_fill(&site->wording, arena,
		    STR("statistics.quarter"), names);
	}
	return date_iso(arena, date_add_months(day, 3 * (1 - QUARTERS)));
}

/* The quarters of a city, from rows of all. */
static void count_city(struct site *site, struct arena *arena,
    struct statistic *statistic, const struct quarter *quarters,
    const struct value *rows, struct str city)
{
	prepare(statistic, arena, "city", QUARTERS, 1);
	statistic->measures[0] = measure(site, arena, "achievements");
	for (size_t q = 0; q < QUARTERS; q++) {
		statistic->labels[q] = quarters[q].label;
		statistic->values[0][q] = 0;
		statistic->hrefs[0][q] = str_format(arena,
		    "cities/%.*s/%.*s/", STR_ARG(city),
		    STR_ARG(quarters[q].year));
	}
	for (size_t i = 0; i < value_count(rows); i++) {
		const struct value *row = rows->list.items[i];

		if (!str_eq(value_text_at(row, STR("city")), city))
			continue;
		for (size_t q = 0; q < QUARTERS; q++)
			if (str_eq(value_text_at(row, STR("quarter")),
			    quarters[q].id))
				statistic->values[0][q] = context_number(row,
				    "count");
	}
}

/* -- all of them ---------------------------------------------------------- */

static const struct {
	const char *name;
	int query;
} by_term[] = {
	{ "cities", QUERY_city_terms }, { "fields", QUERY_field_terms },
	{ "categories", QUERY_category_terms }, { "kinds", QUERY_kind_terms },
	{ "transfer", QUERY_transfer_terms },
};

/* The months first, then the terms, then a city each. */
enum {
	BY_MONTH = 2, CITIES = BY_MONTH, TERMS = sizeof(by_term) /
	    sizeof(by_term[0]), SINGLE = BY_MONTH + TERMS
};

static struct statistic *count_all(struct site *site, struct arena *arena,
    size_t *count)
{
	static const char *const library[] = { "registered", "entered" };
	static const char *const works[] = { "patents", "papers" };
	struct statistic single[SINGLE], *all;
	struct quarter quarters[QUARTERS];
	struct value *rows = page_query(site, arena, QUERY_statistic_cities,
	    last_quarters(site, arena, quarters));

	count_months(site, arena, &single[0], "months", library);
	count_months(site, arena, &single[1], "works", works);
	for (size_t i = 0; i < TERMS; i++)
		count_terms(site, arena, &single[BY_MONTH + i],
		    by_term[i].name, by_term[i].query);
	*count = SINGLE + single[CITIES].count;
	all = arena_array(arena, *count, sizeof(*all));
	for (size_t i = 0; i < SINGLE; i++)
		all[i] = single[i];
	for (size_t i = SINGLE; i < *count; i++) {
		size_t city = i - SINGLE;

		count_city(site, arena, &all[i], quarters, rows,
		    single[CITIES].keys[city]);
		all[i].subject = single[CITIES].labels[city];
	}
	return all;
}

static struct value *names_of(struct arena *arena,
    const struct statistic *statistic)
{
	struct value *names = value_map(arena);

	page_set_text(arena, names, "name", statistic->subject);
	return names;
}

/* -- charts --------------------------------------------------------------- */

static struct chart_data data_of(const struct statistic *statistic,
    struct chart_series series[SERIES])
{
	for (size_t s = 0; s < statistic->series_count; s++)
		series[s] = (struct chart_series){ statistic->measures[s],
			statistic->values[s] };
	return (struct chart_data){ .labels = statistic->labels,
		.count = statistic->count, .series = series,
		.series_count = statistic->series_count };
}

/* Words, and the lists that its numbers lead to. */
static void finish(struct site *site, struct arena *arena,
    struct value *chart, const struct statistic *statistic)
{
	chart_describe(arena, &site->wording, chart,
	    str_cstr(arena, str_format(arena, "statistics_%s",
		statistic->name)), names_of(arena, statistic));
	for (size_t s = 0; s < statistic->series_count; s++)
		for (size_t i = 0; i < statistic->count; i++)
			if (statistic->values[s][i] > 0)
				chart_link(arena, chart, s, i,
				    statistic->hrefs[s][i]);
}

/* NULL if the list of places puts a city nowhere. */
static struct value *draw_cities(struct site *site, struct arena *arena,
    const struct chart_data *data, const struct statistic *statistic)
{
	struct chart_place *places = arena_array(arena, statistic->count,
	    sizeof(*places));

	for (size_t i = 0; i < statistic->count; i++)
		if (!circular_place(site, statistic->keys[i], &places[i]))
			return NULL;
	return chart_tiles(arena, data, places);
}

static void draw(struct site *site, struct arena *arena,
    struct value *context, const struct statistic *statistic)
{
	struct chart_series series[SERIES];
	const struct chart_data data = data_of(statistic, series);
	struct value *chart = NULL;

	if (statistic->series_count > 1)
		chart = chart_lines(arena, &data);
	else if (str_eq(str_from(statistic->name), STR("cities")))
		chart = draw_cities(site, arena, &data, statistic);
	if (chart == NULL)
		chart = chart_bars(arena, &data);
	finish(site, arena, chart, statistic);
	page_set(arena, context, str_cstr(arena, str_format(arena,
	    "%s_chart", statistic->name)), chart);
}

/* One scale for all, so that cities can be compared. */
static struct value *draw_small(struct site *site, struct arena *arena,
    const struct statistic *cities, size_t count)
{
	struct value *charts = value_list(arena);
	long most = 0;

	for (size_t i = 0; i < count; i++)
		for (size_t q = 0; q < cities[i].count; q++)
			if (cities[i].values[0][q] > most)
				most = cities[i].values[0][q];
	for (size_t i = 0; i < count; i++) {
		struct chart_series series[SERIES];
		const struct chart_data data = data_of(&cities[i], series);
		struct value *chart = chart_small(arena, &data, most);

		finish(site, arena, chart, &cities[i]);
		page_set_text(arena, chart, "id",
		    str_format(arena, "chart-city-%zu", i + 1));
		value_append(arena, charts, chart);
	}
	return charts;
}

/* -- the page ------------------------------------------------------------- */

static void list_statistics(struct site *site, struct arena *arena)
{
	page_add(site, arena, &page_statistics, STR("statistics/"), STR_NONE);
}

static bool fill_statistics(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct diag_list *diags)
{
	struct value *totals = page_query(site, arena, QUERY_totals, STR_NONE);
	size_t count;
	const struct statistic *all = count_all(site, arena, &count);

	(void)page;
	(void)names;
	(void)diags;
	page_set(arena, context, "stats", totals->list.items[0]);
	for (size_t i = 0; i < SINGLE; i++)
		draw(site, arena, context, &all[i]);
	page_set_list(arena, context, "city_charts", draw_small(site, arena,
	    all + SINGLE, count - SINGLE));
	return true;
}

static struct value *statistic_rows(struct site *site,
    const struct page *page, struct arena *arena)
{
	struct value *rows = value_list(arena);
	size_t count;
	const struct statistic *all = count_all(site, arena, &count);

	(void)page;
	for (size_t i = 0; i < count; i++) {
		const struct statistic *one = &all[i];
		struct str title = wording_fill(&site->wording, arena,
		    one->subject.len > 0 ? STR("statistics.by_quarter") :
		    str_format(arena, "charts.statistics_%s.title",
			one->name), names_of(arena, one));

		for (size_t n = 0; n < one->count * one->series_count; n++) {
			size_t s = n % one->series_count;
			size_t at = n / one->series_count;
			struct value *row = value_map(arena);

			page_set_text(arena, row, "statistic", title);
			page_set_text(arena, row, "label", one->labels[at]);
			page_set_text(arena, row, "measure_name",
			    one->measures[s]);
			page_set(arena, row, "count", value_number(arena,
			    one->values[s][at]));
			if (one->values[s][at] > 0)
				page_set_text(arena, row, "href",
				    one->hrefs[s][at]);
			value_append(arena, rows, row);
		}
	}
	return rows;
}

static const struct listing_column statistic_columns[] = {
	{ "statistic", NULL, NULL, LISTING_PLAIN },
	{ "label", NULL, NULL, LISTING_PLAIN },
	{ "measure_name", NULL, NULL, LISTING_PLAIN },
	{ "count", NULL, NULL, LISTING_NUMBER },
	{ "url", NULL, NULL, LISTING_DATA },
	{ .name = NULL },
};

const struct page_kind page_statistics = {
	.name = "statistics", .section = "statistics",
	.list = list_statistics, .fill = fill_statistics,
	.columns = statistic_columns, .rows = statistic_rows,
};
