/* SPDX-License-Identifier: MIT */
/* The library: its index, a page a year and a page a month. */
#include "base/arena.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "render/chart.h"
#include "render/pages.h"
#include "render/term.h"

/* -- /achievements/ ------------------------------------------------------- */

static void list_index(struct site *site, struct arena *arena)
{
	struct value *years = page_by_year(arena, page_query(site, arena,
	    QUERY_months, STR_NONE), "months");

	page_add(site, arena, &page_achievements, STR("achievements/"),
	    STR_NONE);
	for (size_t i = 0; i < value_count(years); i++) {
		struct str year = value_text_at(years->list.items[i],
		    STR("year"));

		page_add(site, arena, &page_year, str_format(arena,
		    "achievements/%.*s/", STR_ARG(year)), year)->label = year;
	}
}

/* Months carry month_ (made up) as month; templates want that name. Those of a
 * year, or of all if there is none. */
static struct value *months(struct site *site, struct arena *arena,
    struct str year)
{
	struct value *list = page_query(site, arena, QUERY_months, year);

	for (size_t i = 0; i < value_count(list); i++) {
		struct value *row = list->list.items[i];
		struct value *made = value_get(row, STR("month_"));

		value_set(arena, row, STR("label"),
		    value_get(made, STR("text")));
		value_set(arena, row, STR("month"), made);
	}
	context_percent(arena, list);
	return list;
}

/* The index, or a year of it: the key. */
static bool fill_index(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct diag_list *diags)
{
	struct value *list = months(site, arena, page->key);
	struct value *years = page_by_year(arena, list, "months");
	struct value *totals = page_query(site, arena, QUERY_totals, STR_NONE);
	const struct value *whole = page->key.len > 0 ?
	    years->list.items[0] : totals->list.items[0];
	struct value *count = value_get(whole, page->key.len > 0 ?
	    STR("count") : STR("achievements"));

	(void)diags;
	term_chart(site, arena, context, list, STR("achievements/"), page->key,
	    wording_text(&site->wording, STR("achievements.library")));
	page_set_text(arena, context, "year", page->key);
	page_set_list(arena, context, "years", years);
	page_set(arena, context, "count", count);
	page_set(arena, names, "count", count);
	page_set_text(arena, names, "label", page->key);
	return true;
}

static struct value *index_rows(struct site *site, const struct page *page,
    struct arena *arena)
{
	return page_query(site, arena, QUERY_months, page->key);
}

const struct page_kind page_achievements = {
	.name = "achievements", .section = "achievements",
	.list = list_index, .fill = fill_index,
	.columns = page_month_columns, .rows = index_rows,
};
const struct page_kind page_year = {
	.name = "year", .template = "achievements", .section = "achievements",
	.fill = fill_index,
	.columns = page_month_columns, .rows = index_rows,
};

/* -- /achievements/2026/06/ ----------------------------------------------- */

static void list_months(struct site *site, struct arena *arena)
{
	struct value *list = page_query(site, arena, QUERY_months, STR_NONE);

	for (size_t i = 0; i < value_count(list); i++) {
		const struct value *row = list->list.items[i];

		page_add(site, arena, &page_month,
		    value_text_at(row, STR("href")),
		    value_text_at(row, STR("month")))->label =
		    value_text_at(row, STR("month_.text"));
	}
}

static struct value *month_rows(struct site *site, const struct page *page,
    struct arena *arena)
{
	return page_query(site, arena, QUERY_cards_of_month, page->key);
}

/* A chart of the month by category, which leads to that category's year. */
static void set_categories(struct site *site, struct arena *arena,
    struct value *context, struct str month, struct str label)
{
	struct value *rows = page_query(site, arena,
	    QUERY_categories_of_month, month);
	size_t count = value_count(rows);
	struct str *labels = arena_array(arena, count, sizeof(*labels));
	long *values = arena_array(arena, count, sizeof(*values));
	struct value *names = value_map(arena), *chart;
	struct chart_series series = { .name = wording_text(&site->wording,
		STR("term.entered")), .values = values };
	const struct chart_data data = { .labels = labels, .count = count,
		.series = &series, .series_count = 1 };

	for (size_t i = 0; i < count; i++) {
		size_t number = 0;

		(void)str_to_size(value_text_at(rows->list.items[i],
		    STR("count")), &number);
		labels[i] = value_text_at(rows->list.items[i],
		    STR("term.label"));
		values[i] = (long)number;
	}
	chart = chart_bars(arena, &data);
	page_set_text(arena, names, "name", label);
	chart_describe(arena, &site->wording, chart, "month_categories",
	    names);
	for (size_t i = 0; i < count; i++)
		if (values[i] > 0)
			chart_link(arena, chart, 0, i, value_text_at(
			    rows->list.items[i], STR("href")));
	page_set(arena, context, "chart", chart);
}

static bool fill_month(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct diag_list *diags)
{
	struct value *month = context_date(&site->wording, arena, page->key);
	struct value *beside = page_query(site, arena, QUERY_months_beside,
	    page->key);
	struct value *cards = month_rows(site, page, arena);
	struct value *count = value_number(arena,
	    (long long)value_count(cards));

	(void)diags;
	page_set(arena, context, "month", month);
	page_set(arena, context, "figures", page_query(site, arena,
	    QUERY_figures_of_month, page->key)->list.items[0]);
	set_categories(site, arena, context, page->key,
	    value_text_at(month, STR("text")));
	page_set_list(arena, context, "achievements", cards);
	page_set(arena, context, "count", count);
	page_set_neighbours(site, arena, context, beside, "month",
	    "month_.text", page->key);
	page_set(arena, names, "month", value_get(month, STR("text")));
	page_set(arena, names, "count", count);
	return true;
}

const struct page_kind page_month = {
	.name = "month", .section = "achievements",
	.list = list_months, .fill = fill_month,
	.columns = page_card_columns, .rows = month_rows,
};
