/* SPDX-License-Identifier: MIT */
/* The ledgers behind the figures of the circular; see circular.h. */
#include "base/arena.h"
#include "base/diag.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "render/circular.h"
#include "render/internal.h"
#include "render/listing.h"
#include "render/pages.h"

/* What a ledger's page knows it by: "dimension/key/year/measure". */
struct ledger {
	const struct dimension *dimension;
	struct str key, year, measure;
};

static struct ledger ledger_of(const struct page *page)
{
	struct str rest = page->key;
	struct ledger ledger;

	ledger.dimension = circular_dimension(str_cut(&rest, '/'));
	ledger.key = str_cut(&rest, '/');
	ledger.year = str_cut(&rest, '/');
	ledger.measure = rest;
	return ledger;
}

static struct str ledger_title(const struct site *site, struct arena *arena,
    const struct value *row)
{
	struct str measure = value_text_at(row, STR("measure"));
	struct value *names = value_map(arena);

	page_set_text(arena, names, "name", circular_key_name(site, arena,
	    circular_dimension(value_text_at(row, STR("dimension"))),
	    value_text_at(row, STR("key")), value_text_at(row, STR("name"))));
	page_set_text(arena, names, "year", value_text_at(row, STR("year")));
	page_set_text(arena, names, "measure", measure.len == 0 ? STR_NONE :
	    value_text_at(context_term(&site->wording, arena,
		STR("circular-measures"), measure), STR("label")));
	return wording_fill(&site->wording, arena, STR("circular.ledger"),
	    names);
}

static void list_ledgers(struct site *site, struct arena *arena)
{
	struct value *list = page_query(site, arena, QUERY_ledgers, STR_NONE);

	for (size_t i = 0; i < value_count(list); i++) {
		const struct value *row = list->list.items[i];
		struct str name = value_text_at(row, STR("dimension"));
		struct str key = value_text_at(row, STR("key"));
		struct str year = value_text_at(row, STR("year"));
		struct str measure = value_text_at(row, STR("measure"));
		struct str folder = circular_ledger(arena, year,
		    circular_dimension(name), key, measure);
		struct str page_key = str_format(arena,
		    "%.*s/%.*s/%.*s/%.*s", STR_ARG(name), STR_ARG(key),
		    STR_ARG(year), STR_ARG(measure));

		internal_add(site, arena, measure.len > 0 ?
		    &page_ledger_of_all : &page_ledger, folder,
		    page_key)->label = ledger_title(site, arena, row);
	}
}

static struct value *ledger_rows(struct site *site, const struct page *page,
    struct arena *arena)
{
	static const struct {
		const char *dimension;
		int query;
	} queries[] = {
		{ "all", QUERY_ledger_of_measure },
		{ "city", QUERY_ledger_of_city },
		{ "kind", QUERY_ledger_of_kind },
		{ "submitter", QUERY_ledger_of_submitter },
	};
	const struct ledger ledger = ledger_of(page);
	struct value *rows;
	size_t at = 0;

	while (!str_eq(str_from(queries[at].dimension),
	    str_from(ledger.dimension->name)))
		at++;
	rows = page_rows(site, arena, queries[at].query,
	    at == 0 ? ledger.measure : ledger.key, ledger.year, STR_NONE,
	    STR_NONE);
	for (size_t i = 0; i < value_count(rows); i++)
		internal_set_links(site, arena, rows->list.items[i]);
	return rows;
}

/* -- sections: measures, in them quarters, in them months ----------------- */

/* A list being cut into sections where `value` changes. */
struct cutting {
	struct arena *arena;
	struct value *list;		/* of sections made so far */
	struct value *section, *items;
	const char *name;		/* of the items in their section */
	struct str current;
};

static void cutting_end(struct cutting *cutting)
{
	if (cutting->section != NULL)
		page_set_list(cutting->arena, cutting->section, cutting->name,
		    cutting->items);
	cutting->section = NULL;
	cutting->current = STR_NONE;
}

/* True if that begins a section. */
static bool cutting_turn(struct cutting *cutting, struct str value)
{
	if (cutting->section != NULL && str_eq(value, cutting->current))
		return false;
	cutting_end(cutting);
	cutting->section = value_map(cutting->arena);
	cutting->items = value_list(cutting->arena);
	cutting->current = value;
	value_append(cutting->arena, cutting->list, cutting->section);
	return true;
}

/* id, label and later how many. */
static void name_section(struct arena *arena, struct value *section,
    struct str id, struct str label)
{
	page_set_text(arena, section, "id", id);
	page_set_text(arena, section, "label", label);
}

static void count_up(struct arena *arena, struct value *section)
{
	size_t count = 0;

	(void)str_to_size(value_text_at(section, STR("count")), &count);
	page_set(arena, section, "count",
	    value_number(arena, (long long)count + 1));
}

static struct str quarter_of(struct str month)
{
	static const struct str quarters[] = { { "q1", 2 }, { "q2", 2 },
		{ "q3", 2 }, { "q4", 2 } };
	size_t number = 1;

	(void)str_to_size(month, &number);
	return quarters[(number - 1) / 3 % 4];
}

struct sections {
	struct site *site;
	struct arena *arena;
	struct cutting measures, quarters, months;
};

static void begin_measure(struct sections *s, const struct value *row)
{
	struct str code = value_text_at(row, STR("measure"));

	cutting_end(&s->months);
	cutting_end(&s->quarters);
	if (!cutting_turn(&s->measures, code))
		return;
	name_section(s->arena, s->measures.section, code, value_text_at(
	    context_term(&s->site->wording, s->arena,
		STR("circular-measures"), code), STR("label")));
	s->quarters.list = s->measures.items;
}

static struct str section_id(struct arena *arena, const struct value *row,
    struct str part)
{
	return str_format(arena, "%.*s-%.*s",
	    STR_ARG(value_text_at(row, STR("measure"))), STR_ARG(part));
}

static void begin_quarter(struct sections *s, const struct value *row,
    struct str quarter)
{
	struct value *names = value_map(s->arena);

	cutting_end(&s->months);
	(void)cutting_turn(&s->quarters, quarter);
	page_set_text(s->arena, names, "year", str_slice(
	    value_text_at(row, STR("day")), 0, 4));
	page_set_text(s->arena, names, "number",
	    str_slice(quarter, 1, quarter.len));
	name_section(s->arena, s->quarters.section, section_id(s->arena, row,
	    quarter), wording_fill(&s->site->wording, s->arena,
		STR("circular.quarter_title"), names));
	s->months.list = s->quarters.items;
}

static void add_event(struct sections *s, struct value *row)
{
	struct str measure = value_text_at(row, STR("measure"));
	struct str month = value_text_at(row, STR("month"));
	struct str quarter = quarter_of(month);

	if (!str_eq(measure, s->measures.current))
		begin_measure(s, row);
	if (!str_eq(quarter, s->quarters.current))
		begin_quarter(s, row, quarter);
	if (cutting_turn(&s->months, month))
		name_section(s->arena, s->months.section, section_id(s->arena,
		    row, month), value_text_at(context_date(
			&s->site->wording, s->arena, str_slice(
			    value_text_at(row, STR("day")), 0, 7)),
			STR("text")));
	value_append(s->arena, s->months.items, row);
	count_up(s->arena, s->measures.section);
	count_up(s->arena, s->quarters.section);
	count_up(s->arena, s->months.section);
}

static bool fill_ledger(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct diag_list *diags)
{
	const struct ledger ledger = ledger_of(page);
	struct value *rows = ledger_rows(site, page, arena);
	struct sections sections = { .site = site, .arena = arena,
		.measures = { .arena = arena, .list = value_list(arena),
		    .name = "quarters" },
		.quarters = { .arena = arena, .name = "months" },
		.months = { .arena = arena, .name = "events" } };

	(void)diags;
	for (size_t i = 0; i < value_count(rows); i++)
		add_event(&sections, rows->list.items[i]);
	cutting_end(&sections.months);
	cutting_end(&sections.quarters);
	cutting_end(&sections.measures);
	page_set_list(arena, context, "sections", sections.measures.list);
	page_set(arena, context, "is_submitter", value_bool(arena, str_eq(
	    str_from(ledger.dimension->name), STR("submitter"))));
	page_set_text(arena, context, "year", ledger.year);
	page_set_text(arena, context, "year_href", str_format(arena,
	    "circular/%.*s/", STR_ARG(ledger.year)));
	page_set_text(arena, names, "title", page->label);
	return true;
}

static const struct listing_column ledger_columns[] = {
	{ "measure", NULL, NULL, LISTING_PLAIN },
	{ "date", NULL, NULL, LISTING_PLAIN },
	{ "title", NULL, NULL, LISTING_PLAIN },
	{ "id", NULL, NULL, LISTING_PLAIN },
	{ "state", NULL, NULL, LISTING_PLAIN },
	{ "submitter", NULL, NULL, LISTING_PLAIN },
	{ "submitter_name", NULL, NULL, LISTING_PLAIN },
	{ "city_code", "city", NULL, LISTING_PLAIN },
	{ "unit_kind_code", "kind", NULL, LISTING_PLAIN },
	{ "path", NULL, NULL, LISTING_PLAIN },
	{ "line", NULL, NULL, LISTING_NUMBER },
	{ "url", NULL, NULL, LISTING_PLAIN },
	{ .name = NULL },
};

const struct page_kind page_ledger = {
	.name = "internal-ledger", .section = "circular", .is_leaf = true,
	.list = list_ledgers, .fill = fill_ledger,
	.columns = ledger_columns, .rows = ledger_rows, .csv_alone = true,
};

/* The lists of all have each event once, so these are JSON as well. */
const struct page_kind page_ledger_of_all = {
	.name = "internal-ledger", .section = "circular", .is_leaf = true,
	.fill = fill_ledger, .columns = ledger_columns, .rows = ledger_rows,
};
