/* SPDX-License-Identifier: MIT */
/* The chart above a list of achievements: how many came in month by month. */
#include "base/arena.h"
#include "base/date.h"
#include "base/value.h"
#include "render/chart.h"
#include "render/pages.h"
#include "render/question.h"
#include "render/term.h"

enum { RECENT = 24, YEAR = 12 };

struct months {
	size_t count;
	struct str ids[RECENT], labels[RECENT];	/* "2026-06" */
	struct str hrefs[RECENT];
	long values[RECENT];
};

/* The months of a year that have begun, or the last two years of them. */
static void set_months(const struct site *site, struct arena *arena,
    struct str year, struct months *months)
{
	struct date last = DATE_FIRST;
	size_t count = RECENT;

	(void)date_parse(site_month(site, arena), &last);
	if (year.len > 0) {
		bool has_ended = str_cmp(year, str_slice(site_month(site,
		    arena), 0, 4)) < 0;

		count = has_ended ? YEAR : last.month;
		if (has_ended)
			(void)date_parse(str_join(arena, year,
			    STR("-12-01")), &last);
	}
	months->count = count;
	for (size_t i = 0; i < count; i++) {
		struct date month = date_add_months(last,
		    (int)i + 1 - (int)count);
		struct str id = str_slice(date_iso(arena, month), 0, 7);

		months->ids[i] = id;
		months->labels[i] = value_text_at(context_date(&site->wording,
		    arena, id), STR("text"));
		months->hrefs[i] = STR_NONE;
		months->values[i] = 0;
	}
}

static void count_months(const struct value *rows, struct months *months)
{
	for (size_t i = 0; i < value_count(rows); i++) {
		const struct value *row = rows->list.items[i];
		struct str id = value_text_at(row, STR("span"));
		size_t count = 0;

		(void)str_to_size(value_text_at(row, STR("count")), &count);
		for (size_t m = 0; m < months->count; m++)
			if (str_eq(months->ids[m], id)) {
				months->values[m] = (long)count;
				months->hrefs[m] = value_text_at(row,
				    STR("href"));
			}
	}
}

/* The page of a year lists what its months count, unless they have pages. */
static void link_months(struct arena *arena, struct value *chart,
    const struct months *months, struct str folder, bool is_year)
{
	for (size_t m = 0; m < months->count; m++) {
		struct str href = months->hrefs[m];

		if (href.len == 0 && !is_year)
			href = str_format(arena, "%.*s%.*s/", STR_ARG(folder),
			    STR_ARG(str_slice(months->ids[m], 0, 4)));
		if (months->values[m] > 0 && href.len > 0)
			chart_link(arena, chart, 0, m, href);
	}
}

void term_chart(struct site *site, struct arena *arena, struct value *context,
    const struct value *rows, struct str folder, struct str year,
    struct str label)
{
	struct value *names = value_map(arena), *chart;
	struct months months;
	struct chart_series series = { .name = wording_text(&site->wording,
		STR("term.entered")), .values = months.values };
	struct chart_data data = { .labels = months.labels,
		.series = &series, .series_count = 1 };
	bool is_empty = true;

	set_months(site, arena, year, &months);
	count_months(rows, &months);
	for (size_t m = 0; m < months.count; m++)
		is_empty = is_empty && months.values[m] == 0;
	if (is_empty)
		return;
	data.count = months.count;
	chart = chart_columns(arena, &data);
	page_set_text(arena, names, "name", label);
	page_set_text(arena, names, "year", year);
	chart_describe(arena, &site->wording, chart,
	    year.len > 0 ? "term_year" : "term_recent", names);
	link_months(arena, chart, &months, folder, year.len > 0);
	page_set(arena, context, "chart", chart);
}
