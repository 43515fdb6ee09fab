/* SPDX-License-Identifier: MIT */
/*
 * Units, places, fields and categories: lists of achievements by something. A
 * term's page shows its newest achievements and links to a page a year, so that
 * no page grows without end.
 */
#include "base/arena.h"
#include "base/diag.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "model/record.h"
#include "render/pages.h"
#include "render/translation.h"

/* How many achievements a term's first page shows. */
#define NEWEST STR("30")
#define ALL STR("1000000")

static void set_count(struct arena *arena, struct value *context,
    struct value *names, size_t count)
{
	struct value *number = value_number(arena, (long long)count);

	page_set(arena, context, "count", number);
	page_set(arena, names, "count", number);
}

struct term_source;
static const struct term_source *source_of(const struct page_kind *kind);
static struct value *years_of(struct site *site, struct arena *arena,
    const struct term_source *source, struct str code);
static struct value *year_links(struct arena *arena, struct value *years,
    const struct term_source *source, struct str code, struct str current,
    size_t *sum);
static void list_years(struct site *site, struct arena *arena,
    const struct term_source *source, struct str href, struct str code);

/* -- units ---------------------------------------------------------------- */

static void list_units(struct site *site, struct arena *arena)
{
	struct value *list = page_query(site, arena, QUERY_units, STR_NONE);

	page_add(site, arena, &page_units, STR("units/"), STR_NONE);
	for (size_t i = 0; i < value_count(list); i++) {
		const struct value *row = list->list.items[i];

		page_add(site, arena, &page_unit,
		    value_text_at(row, STR("href")),
		    value_text_at(row, STR("id")))->label =
		    value_text_at(row, STR("name"));
		list_years(site, arena, source_of(&page_unit_year),
		    value_text_at(row, STR("href")),
		    value_text_at(row, STR("id")));
	}
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
	set_count(arena, context, names, value_count(list));
	return true;
}

/* How many it has and when they came: the newest are shown, a year has all. */
static void set_unit_list(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct str name)
{
	const struct term_source *source = source_of(&page_unit_year);
	struct value *figures = page_query(site, arena, QUERY_figures_of_unit,
	    page->key);
	struct str folder = str_format(arena, "units/%.*s/",
	    STR_ARG(page->key));
	size_t sum = 0;

	page_set_list(arena, context, "years", year_links(arena,
	    years_of(site, arena, source, page->key), source, page->key,
	    STR_NONE, &sum));
	page_set_list(arena, context, "achievements", page_rows(site, arena,
	    QUERY_cards_of_unit, page->key, STR("0"), STR("9"), NEWEST));
	if (sum > 0 && value_count(figures) > 0)
		page_set(arena, context, "figures", figures->list.items[0]);
	term_chart(site, arena, context, page_rows(site, arena,
	    QUERY_spans_of_unit, page->key, STR("7"), STR_NONE, STR_NONE),
	    folder, STR_NONE, name);
	set_count(arena, context, names, sum);
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

/* -- fields, cities, categories ------------------------------------------- */

struct term_source {
	const char *folder;
	const struct page_kind *index, *term;	/* index NULL: another has it */
	int terms, cards;
	int spans;			/* {span, count} by year or month */
	int figures;			/* {landmarks, units, transferred} */
	const char *code_list;		/* NULL: they are units */
};

/* How much of a date tells its year, and its month. */
#define BY_YEAR STR("4")
#define BY_MONTH STR("7")

static const struct term_source term_sources[] = {
	{ "fields/", &page_fields, &page_field, QUERY_field_terms,
	    QUERY_cards_of_field, QUERY_spans_of_field,
	    QUERY_figures_of_field, "highlands" },
	{ "cities/", &page_cities, &page_city, QUERY_city_terms,
	    QUERY_cards_of_city, QUERY_spans_of_city, QUERY_figures_of_city,
	    "divisions" },
	{ "cities/", NULL, &page_county, QUERY_county_terms,
	    QUERY_cards_of_county, QUERY_spans_of_county,
	    QUERY_figures_of_county, "divisions" },
	{ "categories/", &page_categories, &page_category,
	    QUERY_category_terms, QUERY_cards_of_category,
	    QUERY_spans_of_category, QUERY_figures_of_category,
	    "categories" },
	{ "statistics/kinds/", &page_unit_kinds, &page_unit_kind,
	    QUERY_kind_terms, QUERY_cards_of_kind, QUERY_spans_of_kind,
	    QUERY_figures_of_kind, "unit-kinds" },
	{ "statistics/transfer/", &page_transfers, &page_transfer,
	    QUERY_transfer_terms, QUERY_cards_of_transfer,
	    QUERY_spans_of_transfer, QUERY_figures_of_transfer,
	    "transfer-states" },
	{ "units/", NULL, &page_unit_year, -1, QUERY_cards_of_unit,
	    QUERY_spans_of_unit, QUERY_figures_of_unit, NULL },
};

static const struct term_source *source_of(const struct page_kind *kind)
{
	const struct term_source *source = term_sources;

	while (source->index != kind && source->term != kind)
		source++;
	return source;
}

static struct value *years_of(struct site *site, struct arena *arena,
    const struct term_source *source, struct str code)
{
	return page_rows(site, arena, source->spans, code, BY_YEAR, STR_NONE,
	    STR_NONE);
}

static void list_years(struct site *site, struct arena *arena,
    const struct term_source *source, struct str href, struct str code)
{
	struct value *years = years_of(site, arena, source, code);

	for (size_t i = 0; i < value_count(years); i++) {
		struct str year = value_text_at(years->list.items[i],
		    STR("span"));

		page_add(site, arena, source->term, str_format(arena,
		    "%.*s%.*s/", STR_ARG(href), STR_ARG(year)),
		    str_format(arena, "%.*s/%.*s", STR_ARG(code),
			STR_ARG(year)));
	}
}

/* The index, a page for each term, and one for each of its years; a page's key
 * is "code" or "code/year". */
static void list_terms(struct site *site, struct arena *arena,
    const struct page_kind *term)
{
	const struct term_source *source = source_of(term);
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
		list_years(site, arena, source, href, code);
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
	const struct term_source *source = source_of(page->kind);
	struct value *terms = page_query(site, arena, source->terms, STR_NONE);

	(void)diags;
	page_flatten_terms(arena, terms);
	page_set_list(arena, context, "terms", terms);
	set_count(arena, context, names, value_count(terms));
	return true;
}

static struct value *year_links(struct arena *arena, struct value *years,
    const struct term_source *source, struct str code, struct str current,
    size_t *sum)
{
	for (size_t i = 0; i < value_count(years); i++) {
		struct value *row = years->list.items[i];
		struct str year = value_text_at(row, STR("span"));
		size_t count = 0;

		(void)str_to_size(value_text_at(row, STR("count")), &count);
		*sum += count;
		page_set_text(arena, row, "year", year);
		page_set_text(arena, row, "href", str_format(arena,
		    "%s%.*s/%.*s/", source->folder, STR_ARG(code),
		    STR_ARG(year)));
		page_set(arena, row, "current",
		    value_bool(arena, str_eq(year, current)));
	}
	return years;
}

/* The achievements of a term, the newest of them, or all of one year. */
static struct value *term_rows(struct site *site, const struct page *page,
    struct arena *arena)
{
	const struct term_source *source = source_of(page->kind);
	struct str year = page->key, code = str_cut(&year, '/');
	bool is_year = year.len > 0;

	return page_rows(site, arena, source->cards, code,
	    is_year ? str_join(arena, year, STR("-01-01")) : STR("0"),
	    is_year ? str_join(arena, year, STR("-12-32")) : STR("9"),
	    is_year ? ALL : NEWEST);
}

/* What stands above the list: figures and a chart; the counties of a city, and
 * the city of a county. */
static void set_summary(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, const struct value *term)
{
	const struct term_source *source = source_of(page->kind);
	struct str year = page->key, code = str_cut(&year, '/');
	struct value *figures = page_query(site, arena, source->figures, code);
	struct value *months = page_rows(site, arena, source->spans, code,
	    BY_MONTH, STR_NONE, STR_NONE);

	if (year.len == 0 && value_count(figures) > 0)
		page_set(arena, context, "figures", figures->list.items[0]);
	term_chart(site, arena, context, months, str_format(arena, "%s%.*s/",
	    source->folder, STR_ARG(code)), year,
	    value_text_at(term, STR("label")));
	if (page->kind == &page_city && year.len == 0) {
		struct value *counties = page_query(site, arena,
		    QUERY_counties_of_city, code);

		page_flatten_terms(arena, counties);
		page_set_list(arena, context, "counties", counties);
	}
	page_set(arena, context, "has_summary", value_bool(arena,
	    value_get(context, STR("chart")) != NULL));
	if (page->kind == &page_county)
		page_set(arena, context, "city", context_term(&site->wording,
		    arena, str_from(source->code_list), str_join(arena,
			str_slice(code, 0, 4), STR("00"))));
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

static bool fill_term(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct diag_list *diags)
{
	const struct term_source *source = source_of(page->kind);
	struct str year = page->key, code = str_cut(&year, '/');
	struct value *term = term_of(site, arena, source, code);
	struct value *years = years_of(site, arena, source, code);
	size_t sum = 0;

	(void)diags;
	years = year_links(arena, years, source, code, year, &sum);
	page_set(arena, context, "term", term);
	page_set_list(arena, context, "years", years);
	page_set_text(arena, context, "year", year);
	page_set_list(arena, context, "achievements",
	    term_rows(site, page, arena));
	set_summary(site, page, arena, context, term);
	set_count(arena, context, names, sum);
	page_set(arena, names, "label", value_get(term, STR("label")));
	page_set_text(arena, names, "year", year);
	return true;
}

static struct value *terms_rows(struct site *site, const struct page *page,
    struct arena *arena)
{
	return page_query(site, arena, source_of(page->kind)->terms, STR_NONE);
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
