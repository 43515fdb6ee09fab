/* SPDX-License-Identifier: MIT */
#include "render/series.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "render/pages.h"

/* How many rows an index shows; the rest is in its parts. */
#define NEWEST STR("100")

const struct series *series_of(const struct page_kind *kind)
{
	for (const struct series *s = series_all; s->name != NULL; s++)
		if (s->index == kind || s->part == kind)
			return s;
	return NULL;
}

static struct value *parts_of(struct site *site, struct arena *arena,
    const struct series *series)
{
	return page_rows(site, arena, QUERY_parts, str_from(series->name),
	    str_from(series->folder), STR_NONE, STR_NONE);
}

void series_list(struct site *site, struct arena *arena)
{
	for (const struct series *s = series_all; s->name != NULL; s++) {
		struct value *parts = parts_of(site, arena, s);

		page_add(site, arena, s->index, str_from(s->folder), STR_NONE);
		for (size_t i = 0; i < value_count(parts); i++) {
			const struct value *row = parts->list.items[i];

			page_add(site, arena, s->part,
			    value_text_at(row, STR("href")),
			    value_text_at(row, STR("part")))->label =
			    value_text_at(row, STR("label.text"));
		}
	}
}

struct value *series_newest(struct site *site, const struct page *page,
    struct arena *arena)
{
	return page_query(site, arena, series_of(page->kind)->newest, NEWEST);
}

struct value *series_rows(struct site *site, const struct page *page,
    struct arena *arena)
{
	return page_query(site, arena, series_of(page->kind)->rows, page->key);
}

/* The words of a series: t.series.<index>. */
static void set_words(const struct site *site, struct arena *arena,
    struct value *context, const struct series *series)
{
	/* Templates only read the tree. */
	page_set(arena, context, "w", value_find(
	    value_get(site->context, STR("t")), str_format(arena, "series.%s",
		series->index->name)));
}

static size_t sum(const struct value *parts)
{
	size_t sum = 0, count = 0;

	for (size_t i = 0; i < value_count(parts); i++)
		if (str_to_size(value_text_at(parts->list.items[i],
		    STR("count")), &count))
			sum += count;
	return sum;
}

static void set_count(struct arena *arena, struct value *context,
    struct value *names, size_t count)
{
	struct value *number = value_number(arena, (long long)count);

	page_set(arena, context, "count", number);
	page_set(arena, names, "count", number);
}

/* The figures above an index, with their words. */
static struct value *figures_of(struct site *site, struct arena *arena,
    const struct series *series)
{
	struct value *figures = series->figures < 0 ? value_list(arena) :
	    page_query(site, arena, series->figures, STR_NONE);

	for (size_t i = 0; i < value_count(figures); i++) {
		struct value *row = figures->list.items[i];

		page_set_text(arena, row, "label", wording_text(&site->wording,
		    str_format(arena, "series.%s.figures.%.*s",
			series->index->name,
			STR_ARG(value_text_at(row, STR("name"))))));
	}
	return figures;
}

static struct value *rules_of(struct site *site, struct arena *arena,
    const struct series *series)
{
	struct value *list = value_list(arena);

	for (const char *const *id = series->rules; *id != NULL; id++) {
		struct value *found = page_query(site, arena, QUERY_rule,
		    str_from(*id));

		if (value_count(found) > 0)
			value_append(arena, list, found->list.items[0]);
	}
	return list;
}

bool series_fill_index(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct diag_list *diags)
{
	const struct series *series = series_of(page->kind);
	struct value *parts = parts_of(site, arena, series);
	struct value *rows = series_newest(site, page, arena);
	size_t count = sum(parts);

	(void)diags;
	set_words(site, arena, context, series);
	page_set_list(arena, context, "rules", rules_of(site, arena, series));
	page_set_list(arena, context, "figures",
	    figures_of(site, arena, series));
	page_set_table(site, arena, context, series->columns, rows);
	page_set(arena, context, "newest",
	    value_number(arena, (long long)value_count(rows)));
	page_set(arena, context, "is_whole",
	    value_bool(arena, value_count(rows) >= count));
	page_set_list(arena, context, "years",
	    page_by_year(arena, parts, "parts"));
	set_count(arena, context, names, count);
	return true;
}

bool series_fill_part(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct diag_list *diags)
{
	const struct series *series = series_of(page->kind);
	struct value *rows = series_rows(site, page, arena);
	struct value *part = context_date(&site->wording, arena, page->key);

	(void)diags;
	set_words(site, arena, context, series);
	page_set_table(site, arena, context, series->columns, rows);
	page_set_neighbours(site, arena, context, page_rows(site, arena,
	    QUERY_parts_beside, str_from(series->name),
	    str_from(series->folder), page->key, STR_NONE), "part",
	    "label.text", page->key);
	page_set(arena, names, "month", value_get(part, STR("text")));
	set_count(arena, context, names, value_count(rows));
	return true;
}

struct value *series_index(struct site *site, struct arena *arena)
{
	struct value *list = value_list(arena);

	for (const struct series *s = series_all; s->name != NULL; s++) {
		struct str name = str_from(s->name);
		size_t count = 0;
		struct value *item;

		(void)str_to_size(catalogue_cell(site->catalogue,
		    QUERY_list_count, &name, 1, arena), &count);
		if (count == 0)
			continue;
		item = value_map(arena);
		page_set_text(arena, item, "label", wording_text(&site->wording,
		    str_format(arena, "page_titles.%s", s->index->name)));
		page_set_text(arena, item, "href", str_from(s->folder));
		page_set(arena, item, "count",
		    value_number(arena, (long long)count));
		value_append(arena, list, item);
	}
	return list;
}

/* The JSON of an index says where all rows are. */
void series_add_parts(struct site *site, const struct page *page,
    struct arena *arena, struct value *head)
{
	struct value *parts = parts_of(site, arena, series_of(page->kind));
	struct value *urls = value_list(arena);

	for (size_t i = 0; i < value_count(parts); i++)
		value_append(arena, urls, value_text(arena, str_join(arena,
		    page_url(site, arena, value_text_at(parts->list.items[i],
			STR("href"))), STR("list.json"))));
	page_set(arena, head, "parts", urls);
}
