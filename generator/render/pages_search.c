/* SPDX-License-Identifier: MIT */
/*
 * The page of the search. What it finds, the theme's search.js finds in the
 * files that site/search_site.h describes; without scripts it leads to the
 * lists.
 */
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "render/pages.h"

/* Lists that lead to the same achievements: in context, and their terms. */
static const struct {
	const char *name;
	int terms;
} ways[] = {
	{ "fields", QUERY_field_terms }, { "cities", QUERY_city_terms },
	{ "categories", QUERY_category_terms }, { "kinds", QUERY_kind_terms },
	{ "transfers", QUERY_transfer_terms },
};

static void list_search(struct site *site, struct arena *arena)
{
	page_add(site, arena, &page_search, STR("search/"), STR_NONE);
}

/* Those of a list that have any achievement. */
static struct value *terms_of(struct site *site, struct arena *arena,
    int query)
{
	struct value *all = page_query(site, arena, query, STR_NONE);
	struct value *used = value_list(arena);

	page_flatten_terms(arena, all);
	for (size_t i = 0; i < value_count(all); i++)
		if (!str_eq(value_text_at(all->list.items[i], STR("count")),
		    STR("0")))
			value_append(arena, used, all->list.items[i]);
	return used;
}

static bool fill_search(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct diag_list *diags)
{
	struct value *years = page_by_year(arena, page_query(site, arena,
	    QUERY_months, STR_NONE), "months");

	(void)page;
	(void)names;
	(void)diags;
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++)
		page_set_list(arena, context, ways[i].name,
		    terms_of(site, arena, ways[i].terms));
	page_set_list(arena, context, "years", years);
	return true;
}

const struct page_kind page_search = {
	.name = "search", .section = "search", .list = list_search,
	.fill = fill_search,
};
