/* SPDX-License-Identifier: MIT */
#include "render/term.h"

#include "base/arena.h"
#include "base/date.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "render/pages.h"

/* How many achievements the page of a term shows, or of a year that has a page
 * a month. */
#define NEWEST STR("30")
#define ALL STR("1000000")

/* Years of more than so many have a page a month, unless the settings say
 * otherwise. */
enum { LIST_ENTRIES = 500 };

/* How much of a date tells its year, and its month. */
#define BY_YEAR STR("4")
#define BY_MONTH STR("7")
enum { YEAR_LENGTH = 4, MONTH_AT = 5, MONTH_LENGTH = 7 };

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

const struct term_source *term_source_of(const struct page_kind *kind)
{
	const struct term_source *source = term_sources;

	while (source->index != kind && source->term != kind)
		source++;
	return source;
}

struct term_part term_part_of(const struct page_kind *kind, struct str key)
{
	struct term_part part = { .source = term_source_of(kind) };

	part.code = str_cut(&key, '/');
	part.year = str_slice(key, 0, YEAR_LENGTH);
	if (key.len > YEAR_LENGTH)
		part.month = key;
	return part;
}

/* -- years and months ------------------------------------------------------ */

static struct value *spans_of(struct site *site, struct arena *arena,
    const struct term_part *part, struct str length)
{
	return page_rows(site, arena, part->source->spans, part->code, length,
	    STR_NONE, STR_NONE);
}

static struct str span_of(const struct value *row)
{
	return value_text_at(row, STR("span"));
}

static struct str year_of(struct str span)
{
	return str_slice(span, 0, YEAR_LENGTH);
}

static size_t count_of(const struct value *row)
{
	size_t count = 0;

	(void)str_to_size(value_text_at(row, STR("count")), &count);
	return count;
}

/* Whether the year has a page a month. */
static bool is_split(const struct site *site, const struct value *years,
    struct str year)
{
	size_t most;

	if (!str_to_size(value_text_at(site->settings,
	    STR("limits.list_entries")), &most) || most == 0)
		most = LIST_ENTRIES;
	for (size_t i = 0; i < value_count(years); i++)
		if (str_eq(span_of(years->list.items[i]), year))
			return count_of(years->list.items[i]) > most;
	return false;
}

/* Below the page of the term: "2026/" or "2026/06/". */
static struct str folder_of(struct arena *arena, struct str span)
{
	struct str year = year_of(span);

	return span.len == YEAR_LENGTH ? str_join(arena, year, STR("/")) :
	    str_format(arena, "%.*s/%.*s/", STR_ARG(year), STR_ARG(str_slice(
		span, MONTH_AT, MONTH_LENGTH)));
}

static void list_span(struct site *site, struct arena *arena,
    const struct term_part *part, struct str href, struct str span)
{
	page_add(site, arena, part->source->term, str_join(arena, href,
	    folder_of(arena, span)), str_format(arena, "%.*s/%.*s",
		STR_ARG(part->code), STR_ARG(span)));
}

void term_list_parts(struct site *site, struct arena *arena,
    const struct term_source *source, struct str href, struct str code)
{
	const struct term_part part = { .source = source, .code = code };
	struct value *years, *months = NULL;
	struct arena scratch;

	if (pages_list_as_first(site, source->term, href))
		return;
	arena_init(&scratch);
	years = spans_of(site, &scratch, &part, BY_YEAR);
	for (size_t i = 0; i < value_count(years); i++) {
		struct str year = span_of(years->list.items[i]);

		list_span(site, arena, &part, href, year);
		if (!is_split(site, years, year))
			continue;
		if (months == NULL)
			months = spans_of(site, &scratch, &part, BY_MONTH);
		for (size_t m = 0; m < value_count(months); m++) {
			struct str month = span_of(months->list.items[m]);

			if (str_eq(year_of(month), year))
				list_span(site, arena, &part, href, month);
		}
	}
	arena_dispose(&scratch);
}

/* -- on a page ------------------------------------------------------------- */

static struct str own_folder(struct arena *arena,
    const struct term_part *part)
{
	return str_format(arena, "%s%.*s/", part->source->folder,
	    STR_ARG(part->code));
}

static struct str address_of(struct arena *arena,
    const struct term_part *part, struct str span)
{
	return str_join(arena, own_folder(arena, part), folder_of(arena,
	    span));
}

static void link_span(struct arena *arena, const struct term_part *part,
    struct value *row)
{
	page_set_text(arena, row, "href", address_of(arena, part,
	    span_of(row)));
}

static struct str label_of(const struct site *site, struct arena *arena,
    struct str span)
{
	return value_text_at(context_date(&site->wording, arena, span),
	    STR("text"));
}

static size_t link_years(struct arena *arena, const struct term_part *part,
    struct value *years)
{
	size_t sum = 0;

	for (size_t i = 0; i < value_count(years); i++) {
		struct value *row = years->list.items[i];

		sum += count_of(row);
		page_set_text(arena, row, "year", span_of(row));
		link_span(arena, part, row);
		page_set(arena, row, "current",
		    value_bool(arena, str_eq(span_of(row), part->year)));
	}
	return sum;
}

/* Those that have pages lead there; back come those of the part's year. */
static struct value *link_months(const struct site *site, struct arena *arena,
    const struct term_part *part, const struct value *years,
    struct value *months)
{
	struct value *own = value_list(arena);

	for (size_t i = 0; i < value_count(months); i++) {
		struct value *row = months->list.items[i];
		struct str year = year_of(span_of(row));

		if (!is_split(site, years, year))
			continue;
		page_set_text(arena, row, "label", label_of(site, arena,
		    span_of(row)));
		link_span(arena, part, row);
		if (str_eq(year, part->year))
			value_append(arena, own, row);
	}
	return own;
}

size_t term_set_parts(struct site *site, struct arena *arena,
    const struct term_part *part, struct str label, struct value *context)
{
	struct value *years = spans_of(site, arena, part, BY_YEAR);
	struct value *months = spans_of(site, arena, part, BY_MONTH);
	struct value *own = link_months(site, arena, part, years, months);
	size_t sum = link_years(arena, part, years);

	page_set_list(arena, context, "years", years);
	if (part->year.len > 0) {
		page_set_list(arena, context, "months", own);
		page_set(arena, context, "is_whole", value_bool(arena,
		    !is_split(site, years, part->year)));
	}
	term_chart(site, arena, context, months, own_folder(arena, part),
	    part->year, label);
	return sum;
}

static void set_link(struct site *site, struct arena *arena,
    struct value *context, const char *name, const struct term_part *part,
    struct str span)
{
	struct str address = address_of(arena, part, span);
	struct value *link;

	if (page_at(site, arena, address) == NULL)
		return;
	link = value_map(arena);
	page_set_text(arena, link, "href", address);
	page_set_text(arena, link, "label", label_of(site, arena, span));
	page_set(arena, context, name, link);
}

void term_set_month(struct site *site, struct arena *arena,
    const struct term_part *part, struct value *context)
{
	struct date month = DATE_FIRST;

	(void)month_parse(part->month, &month);
	set_link(site, arena, context, "whole_year", part, part->year);
	set_link(site, arena, context, "previous", part, str_slice(date_iso(
	    arena, date_add_months(month, -1)), 0, MONTH_LENGTH));
	set_link(site, arena, context, "next", part, str_slice(date_iso(
	    arena, date_add_months(month, 1)), 0, MONTH_LENGTH));
}

/* Whether the page lists all there is: nothing is asked of a month. */
static bool is_whole(struct site *site, struct arena *arena,
    const struct term_part *part)
{
	return part->month.len > 0 || (part->year.len > 0 && !is_split(site,
	    spans_of(site, arena, part, BY_YEAR), part->year));
}

struct value *term_part_rows(struct site *site, struct arena *arena,
    const struct term_part *part)
{
	struct str span = part->month.len > 0 ? part->month : part->year;

	/* No day of a month is the 99th, no month of a year. */
	return page_rows(site, arena, part->source->cards, part->code,
	    span.len > 0 ? span : STR("0"),
	    span.len > 0 ? str_join(arena, span, STR("-99")) : STR("9"),
	    is_whole(site, arena, part) ? ALL : NEWEST);
}
