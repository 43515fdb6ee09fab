/* SPDX-License-Identifier: MIT */
/* Year by year, what the plans hope for beside what the registry shows: the
 * volume of the library, landmarks, kinds of evaluation, manufacturing. */
#include "base/arena.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "render/chart.h"
#include "render/internal.h"
#include "render/internal_list.h"
#include "render/listing.h"
#include "render/pages.h"

static const struct listing_column columns[] = {
	{ "year", NULL, NULL, LISTING_PLAIN },
	{ "entered_count", NULL, "entered_href", LISTING_NUMBER },
	{ "landmarks", NULL, "landmarks_href", LISTING_NUMBER },
	{ "peer_count", NULL, "peer_href", LISTING_NUMBER },
	{ "market_count", NULL, "market_href", LISTING_NUMBER },
	{ "third_count", NULL, "third_href", LISTING_NUMBER },
	{ "all_ways", NULL, "all_href", LISTING_NUMBER },
	{ "started_projects", NULL, "projects_href", LISTING_NUMBER },
	{ "manufacturing_count", NULL, "manufacturing_href", LISTING_NUMBER },
	{ "manufacturing_share", NULL, NULL, LISTING_NUMBER },
	{ .name = NULL },
};

/* Which list a count leads to, to the group of its year; or which way of
 * evaluation, to a page of its own. */
static const struct {
	const char *href, *count, *list, *way;
} links[] = {
	{ "landmarks_href", "landmarks", "landmarks", NULL },
	{ "peer_href", "peer_count", NULL, "peer" },
	{ "market_href", "market_count", NULL, "market" },
	{ "third_href", "third_count", NULL, "third" },
	{ "all_href", "all_ways", NULL, "all" },
	{ "projects_href", "started_projects", "manufacturing", NULL },
	{ "manufacturing_href", "manufacturing_count", "manufacturing", NULL },
};
enum { LINKS = sizeof(links) / sizeof(links[0]) };

static struct str way_folder(struct arena *arena, struct str year,
    const char *way)
{
	return str_format(arena, "progress/%.*s/%s/", STR_ARG(year), way);
}

static void set_links(struct arena *arena, struct value *row)
{
	struct str year = value_text_at(row, STR("year"));

	for (size_t i = 0; i < LINKS; i++)
		if (!str_eq(value_text_at(row, str_from(links[i].count)),
		    STR("0")))
			page_set_text(arena, row, links[i].href,
			    links[i].way != NULL ? way_folder(arena, year,
				links[i].way) :
			    str_format(arena, "lists/%s/#group-%.*s",
				links[i].list, STR_ARG(year)));
}

static struct value *rows(struct site *site, const struct page *page,
    struct arena *arena)
{
	struct value *list = page_query(site, arena, QUERY_progress,
	    STR_NONE);

	(void)page;
	for (size_t i = 0; i < value_count(list); i++)
		set_links(arena, list->list.items[i]);
	return list;
}

/* At most that many counts side by side. */
enum { SERIES = 4 };

struct figure {
	const char *chart;		/* t.charts.<chart> */
	const char *counts[SERIES];	/* of a row; several make lines */
	const char *parameter;		/* to compare with, or NULL */
};

static const struct figure figures[] = {
	{ "progress_volume", { "entered_count" }, "annual-volume" },
	{ "progress_landmarks", { "landmarks" }, "annual-landmarks" },
	{ "progress_evaluations", { "peer_count", "market_count",
	    "third_count", "all_ways" }, NULL },
	{ "progress_manufacturing", { "manufacturing_share" },
	    "manufacturing-share" },
};
enum { FIGURES = sizeof(figures) / sizeof(figures[0]) };

static const long *values_of(struct arena *arena, const struct value *list,
    const char *name)
{
	long *values = arena_array(arena, value_count(list),
	    sizeof(*values));

	for (size_t i = 0; i < value_count(list); i++)
		values[i] = context_number(list->list.items[i], name);
	return values;
}

static struct value *make_chart(struct site *site, struct arena *arena,
    const struct value *list, const struct figure *figure,
    const struct value *parameters)
{
	size_t count = value_count(list);
	struct str *labels = arena_array(arena, count, sizeof(*labels));
	struct chart_series series[SERIES];
	struct chart_data data = { .labels = labels, .count = count,
		.series = series, .reference = figure->parameter == NULL ? 0 :
		    context_number(parameters, figure->parameter) };
	struct value *chart;

	for (size_t i = 0; i < count; i++)
		labels[i] = value_text_at(list->list.items[i], STR("year"));
	for (; data.series_count < SERIES &&
	     figure->counts[data.series_count] != NULL; data.series_count++) {
		const char *name = figure->counts[data.series_count];

		series[data.series_count] = (struct chart_series){
			wording_text(&site->wording, str_format(arena,
			    "columns.%s", name)),
			values_of(arena, list, name) };
	}
	chart = data.series_count > 1 ? chart_lines(arena, &data) :
	    chart_columns(arena, &data);
	chart_describe(arena, &site->wording, chart, figure->chart,
	    parameters);
	return chart;
}

struct value *progress_charts(struct site *site, struct arena *arena)
{
	struct value *list = rows(site, NULL, arena);
	struct value *charts = value_list(arena);
	const struct value *parameters = internal_parameters(site, arena);

	for (size_t i = 0; i < FIGURES; i++)
		value_append(arena, charts, make_chart(site, arena, list,
		    &figures[i], parameters));
	return charts;
}

/* A page for each way of evaluation and year that has any: the key is
 * "2026/peer". */
static void list_progress(struct site *site, struct arena *arena)
{
	const struct value *list = rows(site, NULL, arena);

	internal_add(site, arena, &page_progress, STR("progress/"), STR_NONE);
	for (size_t i = 0; i < value_count(list); i++) {
		const struct value *row = list->list.items[i];
		struct str year = value_text_at(row, STR("year"));

		for (size_t j = 0; j < LINKS; j++)
			if (links[j].way != NULL && value_text_at(row,
			    str_from(links[j].href)).len > 0)
				internal_add(site, arena, &page_evaluated,
				    way_folder(arena, year, links[j].way),
				    str_format(arena, "%.*s/%s",
					STR_ARG(year), links[j].way));
	}
}

static const struct listing_column evaluated_columns[] = {
	{ "title", NULL, "url", LISTING_PLAIN },
	{ "submitter_name", NULL, NULL, LISTING_PLAIN },
	{ "entered", NULL, NULL, LISTING_PLAIN },
	{ "peer", NULL, NULL, LISTING_PLAIN },
	{ "market", NULL, NULL, LISTING_PLAIN },
	{ "third", NULL, NULL, LISTING_PLAIN },
	{ "id", NULL, NULL, LISTING_DATA },
	{ "source", NULL, "source_url", LISTING_CODE },
	{ "path", NULL, NULL, LISTING_DATA },
	{ "url", NULL, NULL, LISTING_DATA },
	{ .name = NULL },
};

static struct value *evaluated_rows(struct site *site,
    const struct page *page, struct arena *arena)
{
	struct str way = page->key, year = str_cut(&way, '/');
	struct value *list = page_rows(site, arena, QUERY_evaluated_in, year,
	    way, STR_NONE, STR_NONE);

	for (size_t i = 0; i < value_count(list); i++)
		internal_set_links(site, arena, list->list.items[i]);
	return list;
}

static bool fill_evaluated(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct diag_list *diags)
{
	struct str way = page->key, year = str_cut(&way, '/');
	struct value *list = evaluated_rows(site, page, arena);
	size_t room = INTERNAL_ROWS;

	(void)diags;
	page_set(arena, context, "count",
	    value_number(arena, (long long)value_count(list)));
	page_set_text(arena, context, "lead", wording_text(&site->wording,
	    STR("progress.evaluated")));
	page_set_text(arena, names, "year", year);
	page_set_text(arena, names, "way", wording_text(&site->wording,
	    str_format(arena, "progress.ways.%.*s", STR_ARG(way))));
	page_set_table(site, arena, context, evaluated_columns,
	    internal_first_rows(arena, context, list, &room));
	return true;
}

static bool fill_progress(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct diag_list *diags)
{
	(void)names;
	(void)diags;
	page_set_list(arena, context, "charts", progress_charts(site, arena));
	page_set_table(site, arena, context, columns,
	    rows(site, page, arena));
	return true;
}

const struct page_kind page_progress = {
	.name = "internal-progress", .section = "progress",
	.list = list_progress, .fill = fill_progress,
	.columns = columns, .rows = rows,
};
const struct page_kind page_evaluated = {
	.name = "internal-evaluated", .template = "internal-list",
	.section = "progress", .fill = fill_evaluated,
	.columns = evaluated_columns, .rows = evaluated_rows,
};
