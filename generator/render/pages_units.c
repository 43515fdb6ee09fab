/* SPDX-License-Identifier: MIT */
/* The units, by kind, and the page of each. */
#include "base/arena.h"
#include "base/diag.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "model/record.h"
#include "render/pages.h"
#include "render/term.h"
#include "render/translation.h"

static void list_units(struct site *site, struct arena *arena)
{
	struct arena scratch;
	struct value *list;

	arena_init(&scratch);
	list = page_query(site, &scratch, QUERY_units, STR_NONE);
	page_add(site, arena, &page_units, STR("units/"), STR_NONE);
	for (size_t i = 0; i < value_count(list); i++) {
		const struct value *row = list->list.items[i];

		page_add(site, arena, &page_unit,
		    value_text_at(row, STR("href")),
		    str_dup(arena, value_text_at(row, STR("id"))))->label =
		    str_dup(arena, value_text_at(row, STR("name")));
		term_list_parts(site, arena, term_source_of(&page_unit_year),
		    value_text_at(row, STR("href")),
		    value_text_at(row, STR("id")));
	}
	arena_dispose(&scratch);
}

static void end_group(struct arena *arena, struct value *group,
    struct value *units)
{
	if (group == NULL)
		return;
	page_set_list(arena, group, "units", units);
	page_set(arena, group, "count",
	    value_number(arena, (long long)value_count(units)));
}

/* Rows come ordered by kind: [{code, label, count, units}]. */
static struct value *units_by_kind(struct site *site, struct arena *arena,
    const struct value *list)
{
	struct value *kinds = value_list(arena), *group = NULL, *units = NULL;
	struct str current = STR_NONE;

	for (size_t i = 0; i < value_count(list); i++) {
		struct value *row = list->list.items[i];
		struct str kind = value_text_at(row, STR("kind"));

		if (group == NULL || !str_eq(kind, current)) {
			end_group(arena, group, units);
			group = context_term(&site->wording, arena,
			    STR("unit-kinds"), kind);
			units = value_list(arena);
			value_append(arena, kinds, group);
			current = kind;
		}
		value_append(arena, units, row);
	}
	end_group(arena, group, units);
	return kinds;
}

static bool fill_units(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct diag_list *diags)
{
	struct value *list = page_query(site, arena, QUERY_units, STR_NONE);

	(void)page;
	(void)diags;
	page_set_list(arena, context, "kinds",
	    units_by_kind(site, arena, list));
	page_set_count(arena, context, names, value_count(list));
	return true;
}

/* How many it has and when they came: the newest are shown, a year has all. */
static void set_unit_list(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct str name)
{
	const struct term_part part = term_part_of(&page_unit_year, page->key);
	struct value *figures = page_query(site, arena, QUERY_figures_of_unit,
	    page->key);
	size_t count = term_set_parts(site, arena, &part, name, context);

	page_set_list(arena, context, "achievements",
	    term_part_rows(site, arena, &part));
	if (count > 0 && value_count(figures) > 0)
		page_set(arena, context, "figures", figures->list.items[0]);
	page_set_count(arena, context, names, count);
}

static bool fill_unit(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct diag_list *diags)
{
	static const struct str hidden[] = { { "officers", 8 }, { NULL, 0 } };
	struct value *row = NULL, *made;
	struct value *found = page_query(site, arena, QUERY_unit, page->key);
	struct record record;
	struct str body, founded;

	if (!catalogue_record(site->catalogue, STR("unit"), page->key, arena,
	    &record))
		return diag_report(diags, ((struct mark){ .path = page->path }),
		    DIAG_PAGE_LOST, page->path);
	if (!site->body(site->body_context, &record, arena, &body, diags))
		return false;
	if (value_count(found) > 0)
		row = found->list.items[0];
	made = page_record(site, arena, KIND_UNIT, record.data, hidden);
	founded = value_text_at(made, STR("founded"));
	if (founded.len > 0)
		page_set(arena, made, "founded", context_date(&site->wording,
		    arena, founded));
	page_set(arena, context, "u", made);
	page_set_text(arena, context, "body", body);
	page_set_text(arena, context, "body_lang",
	    translation_foreign(body, site->wording.lang));
	set_unit_list(site, page, arena, context, names,
	    value_text_at(made, STR("name")));
	if (value_get(row, STR("city")) != NULL)
		page_set(arena, context, "city", value_get(row, STR("city")));
	page_set_text(arena, context, "county_label",
	    value_text_at(row, STR("county.label")));
	page_set_text(arena, context, "registered_count",
	    value_text_at(row, STR("registered_count")));
	page_set_text(arena, names, "title",
	    value_text_at(made, STR("name")));
	return true;
}

static const struct listing_column unit_columns[] = {
	{ "unit", "name", "href", LISTING_PLAIN },
	{ "id", NULL, NULL, LISTING_DATA },
	{ "unit_kind", "kind_", NULL, LISTING_PLAIN },
	{ "submitter", NULL, NULL, LISTING_PLAIN },
	{ "platform", NULL, NULL, LISTING_PLAIN },
	{ "city", NULL, NULL, LISTING_PLAIN },
	{ "focus", NULL, NULL, LISTING_PLAIN },
	{ "fictional", NULL, NULL, LISTING_DATA },
	{ "registered_count", NULL, NULL, LISTING_NUMBER },
	{ "entered_count", "count", NULL, LISTING_NUMBER },
	{ "url", NULL, NULL, LISTING_DATA },
	{ .name = NULL },
};

static struct value *unit_rows(struct site *site, const struct page *page,
    struct arena *arena)
{
	(void)page;
	return page_query(site, arena, QUERY_units, STR_NONE);
}

static struct value *achievements_of_unit(struct site *site,
    const struct page *page, struct arena *arena)
{
	return page_query(site, arena, QUERY_cards_of_unit, page->key);
}

const struct page_kind page_units = {
	.name = "units", .section = "units",
	.list = list_units, .fill = fill_units,
	.columns = unit_columns, .rows = unit_rows,
};
const struct page_kind page_unit = {
	.name = "unit", .is_leaf = true, .section = "units", .fill = fill_unit,
	.columns = page_card_columns, .rows = achievements_of_unit,
};
