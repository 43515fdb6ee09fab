/* SPDX-License-Identifier: MIT */
/* Bulletins and rankings, and what they share with releases. */
#include "base/arena.h"
#include "base/diag.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "model/record.h"
#include "render/pages.h"
#include "render/publication.h"
#include "schema/fields.h"

void publication_list(struct site *site, struct arena *arena, int query,
    const struct page_kind *index, const char *folder,
    const struct page_kind *each)
{
	struct value *list = page_query(site, arena, query, STR_NONE);

	page_add(site, arena, index, str_from(folder), STR_NONE);
	for (size_t i = 0; i < value_count(list); i++) {
		const struct value *row = list->list.items[i];
		struct page *page = page_add(site, arena, each,
		    value_text_at(row, STR("href")),
		    value_text_at(row, STR("id")));

		page->date = value_text_at(row, STR("day"));
		page->label = value_text_at(row, STR("title"));
	}
}

bool publication_set_record(struct site *site, const struct page *page,
    enum kind kind, const char *variable, struct arena *arena,
    struct value *context, struct value *names, struct diag_list *diags)
{
	struct record record;
	struct str body;

	if (!catalogue_record(site->catalogue, kind_info(kind)->name,
	    page->key, arena, &record))
		return diag_report(diags, ((struct mark){ .path = page->path }),
		    DIAG_PAGE_LOST, page->path);
	if (!site->body(site->body_context, &record, arena, &body, diags))
		return false;
	page_set(arena, context, variable, context_record(&site->wording,
	    arena, &site->fields[kind]->root, record.data, NULL));
	page_set_text(arena, context, "body", body);
	page_set_list(arena, context, "withdrawn_items", page_rows(site, arena,
	    QUERY_withdrawn_items, kind_info(kind)->name, page->key, STR_NONE,
	    STR_NONE));
	page_set_text(arena, names, "title",
	    value_text_at(record.data, STR("title")));
	return true;
}

struct str publication_number(struct site *site, struct arena *arena,
    enum kind kind, struct str id)
{
	const struct str params[] = { kind_info(kind)->name, id };

	return catalogue_cell(site->catalogue, QUERY_record_number, params, 2,
	    arena);
}

struct value *publication_cards(struct site *site, struct arena *arena,
    struct value *items)
{
	for (size_t i = 0; i < value_count(items); i++) {
		struct value *row = items->list.items[i];
		struct value *card = page_card(site, arena,
		    value_text_at(row, STR("record")));

		if (card != NULL)
			value_set(arena, row, STR("card"), card);
	}
	return items;
}

struct str publication_joined(const struct site *site, struct arena *arena,
    const struct value *list, const char *field)
{
	struct str separator = wording_text(&site->wording,
	    STR("list_separator"));
	struct str all = STR_NONE;

	for (size_t i = 0; i < value_count(list); i++) {
		struct str text = value_text_at(list->list.items[i],
		    str_from(field));

		if (i > 0)
			all = str_join(arena, all, separator);
		all = str_join(arena, all, text);
	}
	return all;
}

void publication_set_rows(struct arena *arena, struct value *context,
    struct value *names, struct value *list, const char *name)
{
	struct value *count = value_number(arena,
	    (long long)value_count(list));

	page_set_list(arena, context, name, list);
	page_set(arena, context, "count", count);
	page_set(arena, names, "count", count);
}

/* -- bulletins ------------------------------------------------------------ */

static void list_bulletins(struct site *site, struct arena *arena)
{
	publication_list(site, arena, QUERY_bulletins, &page_bulletins,
	    "bulletins/", &page_bulletin);
}

static bool fill_bulletins(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct diag_list *diags)
{
	struct value *list = page_query(site, arena, QUERY_bulletins, STR_NONE);
	struct value *count = value_number(arena,
	    (long long)value_count(list));

	(void)page;
	(void)diags;
	/* `count` of a row is its items; a year counts its issues. */
	for (size_t i = 0; i < value_count(list); i++) {
		struct value *row = list->list.items[i];

		value_set(arena, row, STR("items_count"),
		    value_get(row, STR("count")));
	}
	page_set_list(arena, context, "years",
	    page_by_year(arena, list, "bulletins"));
	page_set(arena, context, "count", count);
	page_set(arena, names, "count", count);
	return true;
}

/* The document number of an issue, where the settings have a form for it: YYYY
 * is the year of its date and the N after that its number. */
static void set_number(struct site *site, struct arena *arena,
    struct value *context, const struct value *b)
{
	struct str form = value_text_at(site->context,
	    STR("site.official.number"));
	struct str year = STR("YYYY");
	size_t at = str_find(form, year, 0);
	size_t number = str_find_last(form, 'N');

	if (at == STR_NOT_FOUND || number == STR_NOT_FOUND || number < at)
		return;
	page_set_text(arena, context, "document_number", str_format(arena,
	    "%.*s%.*s%.*s%.*s%.*s", STR_ARG(str_slice(form, 0, at)),
	    STR_ARG(str_slice(value_text_at(b, STR("date.iso")), 0,
		year.len)), STR_ARG(str_slice(form, at + year.len, number)),
	    STR_ARG(value_text_at(b, STR("issue"))),
	    STR_ARG(str_slice(form, number + 1, form.len))));
}

static bool fill_bulletin(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct diag_list *diags)
{
	struct value *period = context_date(&site->wording, arena, page->key);
	struct value *b;

	if (!publication_set_record(site, page, KIND_BULLETIN, "b", arena,
	    context, names, diags))
		return false;
	b = value_get(context, STR("b"));
	set_number(site, arena, context, b);
	page_set(arena, context, "period", period);
	page_set_list(arena, context, "items", publication_cards(site, arena,
	    page_query(site, arena, QUERY_bulletin_items,
		publication_number(site, arena, KIND_BULLETIN, page->key))));
	page_set_text(arena, context, "to_text",
	    publication_joined(site, arena, value_get(b, STR("to")), "text"));
	page_set_text(arena, context, "cc_text",
	    publication_joined(site, arena, value_get(b, STR("cc")), "text"));
	page_set_neighbours(site, arena, context, page_query(site, arena,
	    QUERY_bulletins, STR_NONE), "id", "title", page->key);
	page_set(arena, names, "month", value_get(period, STR("text")));
	return true;
}

static struct value *bulletin_rows(struct site *site, const struct page *page,
    struct arena *arena)
{
	(void)page;
	return page_query(site, arena, QUERY_bulletins, STR_NONE);
}

static struct value *rows_of_bulletin(struct site *site,
    const struct page *page, struct arena *arena)
{
	return page_query(site, arena, QUERY_bulletin_cards, page->key);
}

const struct page_kind page_bulletins = {
	.name = "bulletins", .section = "bulletins",
	.list = list_bulletins, .fill = fill_bulletins,
	.columns = page_bulletin_columns, .rows = bulletin_rows,
};
const struct page_kind page_bulletin = {
	.name = "bulletin", .is_leaf = true, .section = "bulletins",
	.document = "bulletin-document",
	.fill = fill_bulletin,
	.columns = page_bulletin_item_columns, .rows = rows_of_bulletin,
};

/* -- rankings ------------------------------------------------------------- */

static void list_rankings(struct site *site, struct arena *arena)
{
	publication_list(site, arena, QUERY_rankings, &page_rankings,
	    "rankings/", &page_ranking);
}

static struct value *ranking_rows(struct site *site, const struct page *page,
    struct arena *arena)
{
	(void)page;
	return page_query(site, arena, QUERY_rankings, STR_NONE);
}

static struct value *rows_of_ranking(struct site *site,
    const struct page *page, struct arena *arena)
{
	return page_query(site, arena, QUERY_ranking_cards, page->key);
}

static bool fill_rankings(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct diag_list *diags)
{
	(void)diags;
	publication_set_rows(arena, context, names,
	    ranking_rows(site, page, arena), "rankings");
	return true;
}

/* How a share has moved since the year before, as the partial
 * `ranking-movement` has it; nothing, where there is none before. */
static void set_movement(struct arena *arena, struct value *rows,
    bool has_before)
{
	for (size_t i = 0; i < value_count(rows); i++) {
		struct value *row = rows->list.items[i];
		long now = context_number(row, "count");
		long before = context_number(row, "before");

		context_set_change(arena, row, now, before);
		page_set(arena, row, "is_same",
		    value_bool(arena, has_before && now == before));
		if (!has_before)
			page_set(arena, row, "amount", value_null(arena));
	}
}

/* What the ranking is made of, and how that moved. */
static void set_shares(struct site *site, const struct page *page,
    struct arena *arena, struct value *context)
{
	static const struct {
		const char *name;
		int query;
	} tables[] = { { "cities", QUERY_ranking_cities },
		{ "fields", QUERY_ranking_fields },
		{ "kinds", QUERY_ranking_kinds } };
	struct str number = publication_number(site, arena, KIND_RANKING,
	    page->key);
	struct value *before = page_query(site, arena, QUERY_ranking_last,
	    page->key);
	struct str last = STR_NONE;

	page_set(arena, context, "before", value_count(before) == 0 ?
	    value_null(arena) : before->list.items[0]);
	if (value_count(before) > 0)
		last = value_text_at(before->list.items[0], STR("record"));
	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
		struct value *table = page_rows(site, arena, tables[i].query,
		    number, last, STR_NONE, STR_NONE);

		page_flatten_terms(arena, table);
		set_movement(arena, table, last.len > 0);
		page_set_list(arena, context, tables[i].name, table);
	}
}

static bool fill_ranking(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct diag_list *diags)
{
	struct str number = publication_number(site, arena, KIND_RANKING,
	    page->key);

	if (!publication_set_record(site, page, KIND_RANKING, "k", arena,
	    context, names, diags))
		return false;
	page_set_list(arena, context, "items", publication_cards(site, arena,
	    page_query(site, arena, QUERY_ranking_items, number)));
	set_shares(site, page, arena, context);
	return true;
}

const struct page_kind page_rankings = {
	.name = "rankings", .section = "rankings",
	.list = list_rankings, .fill = fill_rankings,
	.columns = page_ranking_columns, .rows = ranking_rows,
};
const struct page_kind page_ranking = {
	.name = "ranking", .is_leaf = true, .section = "rankings",
	.fill = fill_ranking,
	.columns = page_ranking_item_columns, .rows = rows_of_ranking,
};
