/* SPDX-License-Identifier: MIT */
/* Fields, places, categories and other terms: an index of each, and lists of
 * achievements by them (render/term.h). */
#include "base/arena.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "render/pages.h"
#include "render/term.h"

/* The index, and the pages of each term. */
static void list_terms(struct site *site, struct arena *arena,
    const struct page_kind *term)
{
	const struct term_source *source = term_source_of(term);
	struct value *terms = page_query(site, arena, source->terms, STR_NONE);

	if (source->index != NULL)
		page_add(site, arena, source->index, str_from(source->folder),
		    STR_NONE);
	for (size_t i = 0; i < value_count(terms); i++) {
		const struct value *row = terms->list.items[i];
		struct str code = value_text_at(row, STR("code"));
		struct str href = value_text_at(row, STR("href"));

		page_add(site, arena, source->term, href, code)->label =
		    value_text_at(row, STR("term.label"));
		term_list_parts(site, arena, source, href, code);
	}
}

static void list_fields(struct site *site, struct arena *arena)
{
	list_terms(site, arena, &page_field);
}

static void list_cities(struct site *site, struct arena *arena)
{
	list_terms(site, arena, &page_city);
	list_terms(site, arena, &page_county);
}

static void list_categories(struct site *site, struct arena *arena)
{
	list_terms(site, arena, &page_category);
}

static void list_kinds(struct site *site, struct arena *arena)
{
	list_terms(site, arena, &page_unit_kind);
}

static void list_transfers(struct site *site, struct arena *arena)
{
	list_terms(site, arena, &page_transfer);
}

static const struct listing_column term_columns[] = {
	{ "label", "term", "href", LISTING_PLAIN },
	{ "count", NULL, NULL, LISTING_NUMBER },
	{ "url", NULL, NULL, LISTING_DATA },
	{ .name = NULL },
};

static bool fill_terms(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct diag_list *diags)
{
	const struct term_source *source = term_source_of(page->kind);
	struct value *terms = page_query(site, arena, source->terms, STR_NONE);

	(void)diags;
	page_flatten_terms(arena, terms);
	page_set_list(arena, context, "terms", terms);
	page_set_count(arena, context, names, value_count(terms));
	return true;
}

/* What stands above the list beside the chart: figures; the counties of a city,
 * and the city of a county. */
static void set_summary(struct site *site, const struct page *page,
    struct arena *arena, const struct term_part *part, struct value *context)
{
	struct value *figures = page_query(site, arena, part->source->figures,
	    part->code);

	if (part->year.len == 0 && value_count(figures) > 0)
		page_set(arena, context, "figures", figures->list.items[0]);
	if (page->kind == &page_city && part->year.len == 0) {
		struct value *counties = page_query(site, arena,
		    QUERY_counties_of_city, part->code);

		page_flatten_terms(arena, counties);
		page_set_list(arena, context, "counties", counties);
	}
	page_set(arena, context, "has_summary", value_bool(arena,
	    value_get(context, STR("chart")) != NULL));
	if (page->kind == &page_county)
		page_set(arena, context, "city", context_term(&site->wording,
		    arena, str_from(part->source->code_list), str_join(arena,
			str_slice(part->code, 0, 4), STR("00"))));
}

/* {label, …} of a term; of a unit its name. */
static struct value *term_of(struct site *site, struct arena *arena,
    const struct term_source *source, struct str code)
{
	struct value *found, *term;

	if (source->code_list != NULL)
		return context_term(&site->wording, arena,
		    str_from(source->code_list), code);
	found = page_query(site, arena, QUERY_unit, code);
	term = value_map(arena);
	page_set_text(arena, term, "code", code);
	page_set_text(arena, term, "label", value_count(found) == 0 ? code :
	    value_text_at(found->list.items[0], STR("name")));
	return term;
}

/* The year or month, where it is one. */
static void name_span(const struct site *site, struct arena *arena,
    const struct term_part *part, struct value *context, struct value *names)
{
	struct str iso = part->month.len > 0 ? part->month : part->year;
	struct value *span = iso.len == 0 ? NULL : context_date(
	    &site->wording, arena, iso);

	if (span != NULL)
		page_set(arena, context, "span", span);
	page_set_text(arena, names, "span",
	    value_text_at(span, STR("text")));
}

static bool fill_term(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct diag_list *diags)
{
	const struct term_part part = term_part_of(page->kind, page->key);
	struct value *term = term_of(site, arena, part.source, part.code);
	struct str label = value_text_at(term, STR("label"));
	struct value *rows = term_part_rows(site, arena, &part);
	size_t count = value_count(rows);

	(void)diags;
	page_set(arena, context, "term", term);
	page_set_list(arena, context, "achievements", rows);
	page_set_text(arena, context, "month", part.month);
	if (part.month.len > 0) {
		term_set_month(site, arena, &part, context);
	} else {
		count = term_set_parts(site, arena, &part, label, context);
		set_summary(site, page, arena, &part, context);
	}
	page_set_count(arena, context, names, count);
	page_set_text(arena, names, "label", label);
	name_span(site, arena, &part, context, names);
	return true;
}

static struct value *term_rows(struct site *site, const struct page *page,
    struct arena *arena)
{
	const struct term_part part = term_part_of(page->kind, page->key);

	return term_part_rows(site, arena, &part);
}

static struct value *terms_rows(struct site *site, const struct page *page,
    struct arena *arena)
{
	return page_query(site, arena, term_source_of(page->kind)->terms,
	    STR_NONE);
}

#define TERM_KINDS(plural, singular, name_, one, section_, lister) \
	const struct page_kind page_##plural = { .name = name_, \
		.template = "terms", .section = section_, .list = lister, \
		.fill = fill_terms, .columns = term_columns, \
		.rows = terms_rows }; \
	const struct page_kind page_##singular = { .name = one, \
		.template = "term", .section = section_, .fill = fill_term, \
		.columns = page_card_columns, .rows = term_rows }
TERM_KINDS(fields, field, "fields", "field", "fields", list_fields);
TERM_KINDS(cities, city, "cities", "city", "cities", list_cities);
TERM_KINDS(categories, category, "categories", "category", "categories",
    list_categories);
TERM_KINDS(unit_kinds, unit_kind, "kinds", "kind", "statistics", list_kinds);
TERM_KINDS(transfers, transfer, "transfers", "transfer", "statistics",
    list_transfers);
const struct page_kind page_unit_year = {
	.name = "unit-year", .template = "term", .section = "units",
	.fill = fill_term, .columns = page_card_columns, .rows = term_rows,
};
const struct page_kind page_county = {
	.name = "county", .template = "term", .section = "cities",
	.fill = fill_term, .columns = page_card_columns, .rows = term_rows,
};
