/* SPDX-License-Identifier: MIT */
/* The circular on handing in and publication, for every period. */
#include "base/arena.h"
#include "base/diag.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "model/codes.h"
#include "render/circular.h"
#include "render/internal.h"
#include "render/listing.h"
#include "render/pages.h"
#include "render/question.h"

static struct value *find_period(struct site *site, struct arena *arena,
    struct str id)
{
	struct value *rows = page_query(site, arena, QUERY_period, id);

	return value_count(rows) > 0 ? rows->list.items[0] : NULL;
}

static bool is_lost(const struct page *page, struct diag_list *diags)
{
	return diag_report(diags, ((struct mark){ .path = page->path }),
	    DIAG_PAGE_LOST, page->path);
}

/* [{code, label, means, good}] in the order of the code list. */
static struct value *measures(const struct site *site, struct arena *arena)
{
	const struct code_list *list = wording_codes(&site->wording,
	    STR("circular-measures"));
	struct str means = site->wording.lang == LANG_EN ? STR("means_en") :
	    STR("means_zh");
	struct value *made = value_list(arena);

	for (size_t i = 0; list != NULL && i < list->count; i++) {
		struct value *map = value_map(arena);

		page_set_text(arena, map, "code", list->codes[i].code);
		page_set_text(arena, map, "label",
		    list->codes[i].title[site->wording.lang]);
		page_set_text(arena, map, "means",
		    code_cell(list, &list->codes[i], means));
		value_append(arena, made, map);
	}
	return made;
}

/* -- figures as data ------------------------------------------------------ */

static const struct listing_column figure_columns[] = {
	{ "period", NULL, NULL, LISTING_PLAIN },
	{ "dimension", "dimension_name", NULL, LISTING_PLAIN },
	{ "key", NULL, NULL, LISTING_PLAIN },
	{ "name", NULL, NULL, LISTING_PLAIN },
	{ "measure", "code", NULL, LISTING_PLAIN },
	{ "measure_name", "label", NULL, LISTING_PLAIN },
	{ "count", NULL, NULL, LISTING_NUMBER },
	{ "before", NULL, NULL, LISTING_NUMBER },
	{ "difference", NULL, NULL, LISTING_NUMBER },
	{ "list", "href", NULL, LISTING_PLAIN },
	{ .name = NULL },
};

static bool is_zero(const struct value *cell, const char *name)
{
	return str_eq(value_text_at(cell, str_from(name)), STR("0"));
}

static void add_figure(struct arena *arena, struct value *lines,
    const struct value *row, struct value *cell, struct value *period,
    struct str dimension_name)
{
	struct str amount = value_text_at(cell, STR("change.amount"));

	page_set(arena, cell, "period", period);
	page_set_text(arena, cell, "dimension_name", dimension_name);
	page_set(arena, cell, "key", value_get(row, STR("key")));
	page_set(arena, cell, "name", value_get(row, STR("name")));
	page_set_text(arena, cell, "difference", amount.len == 0 ? STR("0") :
	    value_is_true_at(cell, STR("change.is_down")) ?
	    str_join(arena, STR("-"), amount) : amount);
	value_append(arena, lines, cell);
}

/* A line for each figure of a table that is or was not zero. */
static void add_figures(struct site *site, struct arena *arena,
    const struct value *period, const struct dimension *dimension,
    struct value *lines)
{
	struct value *rows = circular_table(site, arena, period, dimension);
	struct str dimension_name = wording_text(&site->wording, str_format(
	    arena, "circular.by_%s", dimension->name));

	for (size_t i = 0; i < value_count(rows); i++) {
		const struct value *row = rows->list.items[i];
		const struct value *cells = value_get(row, STR("cells"));

		for (size_t j = 0; j < value_count(cells); j++) {
			struct value *cell = cells->list.items[j];

			if (!is_zero(cell, "count") ||
			    !is_zero(cell, "before"))
				add_figure(arena, lines, row, cell,
				    value_get(period, STR("id")),
				    dimension_name);
		}
	}
}

/* Of one period (the page's key) all figures, of the index the totals. */
static struct value *figure_rows(struct site *site, const struct page *page,
    struct arena *arena)
{
	struct value *lines = value_list(arena), *periods = page->key.len > 0 ?
	    page_query(site, arena, QUERY_period, page->key) :
	    page_query(site, arena, QUERY_periods, STR_NONE);

	for (size_t i = 0; i < value_count(periods); i++) {
		const struct value *period = periods->list.items[i];

		add_figures(site, arena, period, &circular_dimensions[0],
		    lines);
		for (size_t d = 1; page->key.len > 0 &&
		     circular_dimensions[d].name != NULL; d++)
			add_figures(site, arena, period,
			    &circular_dimensions[d], lines);
	}
	return lines;
}

/* -- the index ------------------------------------------------------------- */

static void list_circular(struct site *site, struct arena *arena)
{
	struct value *periods = page_query(site, arena, QUERY_periods,
	    STR_NONE);

	internal_add(site, arena, &page_circular, STR("circular/"), STR_NONE);
	for (size_t i = 0; i < value_count(periods); i++) {
		const struct value *row = periods->list.items[i];
		struct str href = value_text_at(row, STR("href"));
		struct str id = value_text_at(row, STR("id"));

		internal_add(site, arena, &page_period, href, id)->label =
		    circular_period_title(site, arena, row);
		internal_add(site, arena, &page_ranks,
		    str_join(arena, href, STR("ranks/")), id);
	}
}

static bool fill_circular(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct diag_list *diags)
{
	struct value *periods = page_query(site, arena, QUERY_periods,
	    STR_NONE);
	struct value *totals = page_query(site, arena, QUERY_totals_by_period,
	    STR_NONE);
	const struct dimension *all = circular_dimensions;
	size_t at = 0;

	(void)page;
	(void)names;
	(void)diags;
	/* Both come in the order of periods. */
	for (size_t i = 0; i < value_count(periods); i++) {
		struct value *period = periods->list.items[i];
		struct value *cells = value_list(arena);
		struct str id = value_text_at(period, STR("id"));

		page_set_text(arena, period, "title",
		    circular_period_title(site, arena, period));
		page_set(arena, period, "is_year", value_bool(arena, str_eq(
		    value_text_at(period, STR("kind")), STR("year"))));
		page_set(arena, period, "is_quarter", value_bool(arena,
		    str_eq(value_text_at(period, STR("kind")),
			STR("quarter"))));
		for (; at < value_count(totals) && str_eq(value_text_at(
		    totals->list.items[at], STR("period")), id); at++) {
			struct value *cell = totals->list.items[at];
			bool is_none = str_eq(value_text_at(cell,
			    STR("count")), STR("0"));

			page_set_text(arena, cell, "href", is_none ?
			    STR_NONE : circular_figure_href(arena, period,
				all, STR("all"), value_text_at(cell,
				    STR("measure.code"))));
			value_append(arena, cells, cell);
		}
		page_set(arena, period, "cells", cells);
	}
	page_set_list(arena, context, "years",
	    page_by_year(arena, periods, "periods"));
	page_set_list(arena, context, "measures", measures(site, arena));
	return true;
}

const struct page_kind page_circular = {
	.name = "internal-circular", .section = "circular",
	.list = list_circular, .fill = fill_circular,
	.columns = figure_columns, .rows = figure_rows,
};

/* -- a period ------------------------------------------------------------- */

static void set_neighbour(struct site *site, struct arena *arena,
    struct value *context, const char *name, struct str id)
{
	struct value *map, *period = id.len > 0 ?
	    find_period(site, arena, id) : NULL;

	if (period == NULL)
		return;
	map = value_map(arena);
	page_set_text(arena, map, "href", value_text_at(period, STR("href")));
	page_set_text(arena, map, "label",
	    circular_period_title(site, arena, period));
	page_set(arena, context, name, map);
}

/* What this period lies in. */
static void set_around(struct site *site, struct arena *arena,
    struct value *context, const struct value *period)
{
	struct str kind = value_text_at(period, STR("kind"));

	if (str_eq(kind, STR("month")))
		set_neighbour(site, arena, context, "quarter",
		    value_text_at(period, STR("quarter")));
	if (!str_eq(kind, STR("year")))
		set_neighbour(site, arena, context, "year",
		    value_text_at(period, STR("year")));
}

static void set_head(struct site *site, struct arena *arena,
    struct value *context, struct value *names, struct value *period)
{
	struct str title = circular_period_title(site, arena, period);
	struct value *before = value_map(arena);

	page_set_text(arena, period, "title", title);
	page_set(arena, context, "period", period);
	page_set_text(arena, names, "title", title);
	page_set_text(arena, before, "id",
	    value_text_at(period, STR("before")));
	page_set(arena, before, "kind", value_get(period, STR("kind")));
	page_set_text(arena, before, "year", str_slice(
	    value_text_at(period, STR("before")), 0, 4));
	page_set_text(arena, period, "before_title",
	    circular_period_title(site, arena, before));
	set_neighbour(site, arena, context, "previous",
	    value_text_at(period, STR("earlier")));
	set_neighbour(site, arena, context, "next",
	    value_text_at(period, STR("later")));
	set_around(site, arena, context, period);
	page_set_list(arena, context, "measures", measures(site, arena));
}

static bool fill_period(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct diag_list *diags)
{
	static const char *const tables[] = { "totals", "cities", "kinds",
		"submitters" };
	struct value *period = find_period(site, arena, page->key);
	struct value *made[4], *unheard;

	if (period == NULL)
		return is_lost(page, diags);
	set_head(site, arena, context, names, period);
	for (size_t i = 0; i < 4; i++) {
		made[i] = circular_table(site, arena, period,
		    &circular_dimensions[i]);
		page_set_list(arena, context, tables[i], made[i]);
	}
	unheard = page_query(site, arena, QUERY_unheard, page->key);
	page_set_list(arena, context, "unheard", unheard);
	page_set(arena, context, "unheard_count",
	    value_number(arena, (long long)value_count(unheard)));
	circular_charts(site, arena, context, period, made[0], made[1],
	    made[2]);
	return true;
}

const struct page_kind page_period = {
	.name = "internal-period", .section = "circular",
	.fill = fill_period, .columns = figure_columns, .rows = figure_rows,
};

/* -- ranks ---------------------------------------------------------------- */

static bool fill_ranks(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct diag_list *diags)
{
	const struct dimension *submitters =
	    circular_dimension(STR("submitter"));
	struct value *period = find_period(site, arena, page->key);
	struct value *groups = measures(site, arena);
	struct value *list = page_query(site, arena, QUERY_ranks, page->key);
	size_t at = 0;

	if (period == NULL)
		return is_lost(page, diags);
	set_head(site, arena, context, names, period);
	/* Ordered by measure, as the groups are. */
	for (size_t i = 0; i < value_count(groups); i++) {
		struct value *group = groups->list.items[i];
		struct value *rows = value_list(arena);
		struct str measure = value_text_at(group, STR("code"));

		for (; at < value_count(list) && str_eq(value_text_at(
		    list->list.items[at], STR("measure")), measure); at++) {
			struct value *row = list->list.items[at];
			struct str key = value_text_at(row, STR("key"));

			page_set_text(arena, row, "name", circular_key_name(
			    site, arena, submitters, key,
			    value_text_at(row, STR("name"))));
			page_set_text(arena, row, "href",
			    circular_figure_href(arena, period, submitters,
				key, measure));
			value_append(arena, rows, row);
		}
		page_set_list(arena, group, "rows", rows);
	}
	page_set_list(arena, context, "groups", groups);
	return true;
}

const struct page_kind page_ranks = {
	.name = "internal-ranks", .section = "circular", .fill = fill_ranks,
};

