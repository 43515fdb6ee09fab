/* SPDX-License-Identifier: MIT */
/* The front page, pages of prose, and what every site has. */
#include "base/arena.h"
#include "base/diag.h"
#include "base/map.h"
#include "base/path.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "model/record.h"
#include "render/pages.h"
#include "render/question.h"
#include "render/series.h"
#include "render/translation.h"


/* -- / -------------------------------------------------------------------- */

static void list_home(struct site *site, struct arena *arena)
{
	page_add(site, arena, &page_home, STR_NONE, STR_NONE);
}

/* A card with what a publication says of it beside. */
static struct value *item_cards(struct site *site, struct arena *arena,
    struct value *items, size_t most)
{
	static const char *const extras[] = { "progress", "rank", "basis" };
	struct value *list = value_list(arena);

	for (size_t i = 0; i < value_count(items) && i < most; i++) {
		const struct value *row = items->list.items[i];
		struct value *card = page_card(site, arena,
		    value_text_at(row, STR("record")));
		struct value *plain;

		if (card == NULL)
			continue;
		plain = value_map(arena);
		for (size_t j = 0; j < card->map.count; j++)
			value_add(arena, plain, card->map.fields[j].name,
			    card->map.fields[j].value);
		for (size_t j = 0; j < 3; j++)
			if (value_get(row, str_from(extras[j])) != NULL)
				value_set(arena, plain, str_from(extras[j]),
				    value_get(row, str_from(extras[j])));
		value_set(arena, plain, STR("card"), card);
		value_append(arena, list, plain);
	}
	return list;
}

/* The newest bulletin, release or ranking that is out, with its items. */
static void set_newest(struct site *site, struct arena *arena,
    struct value *context, const char *name, int query, int items,
    size_t most)
{
	struct value *list = page_query(site, arena, query, STR_NONE);

	for (size_t i = 0; i < value_count(list); i++) {
		struct value *row = list->list.items[i];

		if (!site_has_come(site, value_text_at(row, STR("day"))))
			continue;
		page_set_list(arena, row, "items", item_cards(site, arena,
		    page_query(site, arena, items, value_text_at(row,
			STR("record"))), most));
		page_set(arena, context, name, row);
		return;
	}
}

static bool is_notice(struct str id)
{
	return str_starts(id, STR("notices/"));
}

static struct value *notices(struct site *site, struct arena *arena)
{
	struct value *pages = page_query(site, arena, QUERY_pages, STR_NONE);
	struct value *list = value_list(arena);

	for (size_t i = 0; i < value_count(pages); i++)
		if (is_notice(value_text_at(pages->list.items[i], STR("id"))))
			value_append(arena, list, pages->list.items[i]);
	return list;
}

static bool fill_home(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct diag_list *diags)
{
	static const struct {
		const char *name;
		int query;
	} terms[] = { { "categories", QUERY_category_terms },
		{ "cities", QUERY_city_terms },
		{ "fields", QUERY_field_terms } };
	struct value *totals = page_query(site, arena, QUERY_totals, STR_NONE);

	(void)page;
	(void)names;
	(void)diags;
	page_set_list(arena, context, "latest",
	    page_query(site, arena, QUERY_cards_latest, STR("8")));
	page_set(arena, context, "stats", totals->list.items[0]);
	set_newest(site, arena, context, "bulletin", QUERY_bulletins,
	    QUERY_bulletin_items, 6);
	set_newest(site, arena, context, "release", QUERY_releases,
	    QUERY_release_items, 6);
	set_newest(site, arena, context, "ranking", QUERY_rankings,
	    QUERY_ranking_items, 10);
	for (size_t i = 0; i < sizeof(terms) / sizeof(terms[0]); i++) {
		struct value *list = page_query(site, arena, terms[i].query,
		    STR_NONE);

		page_flatten_terms(arena, list);
		page_set_list(arena, context, terms[i].name, list);
	}
	page_set_list(arena, context, "lists", series_index(site, arena));
	page_set_list(arena, context, "notices", notices(site, arena));
	return true;
}

const struct page_kind page_home = {
	.name = "home", .section = "home",
	.list = list_home, .fill = fill_home,
};

/* -- prose ---------------------------------------------------------------- */

static void list_prose(struct site *site, struct arena *arena)
{
	struct value *list = page_query(site, arena, QUERY_pages, STR_NONE);
	struct map translated;

	map_init(&translated, arena);
	for (size_t i = 0; i < value_count(list); i++) {
		struct str id = value_text_at(list->list.items[i], STR("id"));
		struct str home = translation_home(arena, id, site->folder);

		if (!str_eq(home, id))
			map_put(&translated, home, list);
	}
	for (size_t i = 0; i < value_count(list); i++) {
		struct str id = value_text_at(list->list.items[i], STR("id"));

		if (!map_has(&translated, id))
			page_add(site, arena, &page_page, str_join(arena,
			    translation_home(arena, id, site->folder),
			    STR("/")), id);
	}
}

/* Pages below this one, or beside it if none are: those in its language. */
static struct value *related(struct site *site, struct arena *arena,
    struct str key)
{
	struct str id = translation_home(arena, key, site->folder);
	struct str folder = path_folder(id);
	struct str base = folder.len > 0 ? folder : id;
	struct value *all = page_query(site, arena, QUERY_pages, STR_NONE);
	struct value *list = value_list(arena);

	for (size_t i = 0; i < value_count(all); i++) {
		struct value *row = all->list.items[i];
		struct str at = value_text_at(row, STR("id"));
		struct str other = translation_home(arena, at, site->folder);

		if (!str_starts(other, str_join(arena, base, STR("/"))) ||
		    str_eq(at, other) != str_eq(key, id))
			continue;
		page_set_text(arena, row, "href",
		    str_join(arena, other, STR("/")));
		page_set(arena, row, "current",
		    value_bool(arena, str_eq(other, id)));
		value_append(arena, list, row);
	}
	return list;
}

static bool fill_prose(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct diag_list *diags)
{
	struct record record;
	struct value *made;
	struct str body;

	if (!catalogue_record(site->catalogue, STR("page"), page->key, arena,
	    &record))
		return diag_report(diags, ((struct mark){ .path = page->path }),
		    DIAG_PAGE_LOST, page->path);
	if (!site->body(site->body_context, &record, arena, &body, diags))
		return false;
	made = page_record(site, arena, KIND_PAGE, record.data, NULL);
	page_set(arena, context, "p", made);
	page_set_text(arena, context, "title",
	    value_text_at(made, STR("title")));
	page_set_text(arena, context, "summary",
	    value_text_at(made, STR("summary")));
	page_set_text(arena, context, "body", body);
	page_set_text(arena, context, "body_lang",
	    translation_foreign(body, site->wording.lang));
	page_set_list(arena, context, "pages",
	    related(site, arena, page->key));
	page_set(arena, names, "title", value_get(made, STR("title")));
	page_set_text(arena, names, "summary",
	    value_text_at(made, STR("summary")));
	return true;
}

const struct page_kind page_page = {
	.name = "page", .is_leaf = true, .section = "guide",
	.list = list_prose, .fill = fill_prose,
};

/* -- 404, sitemap, robots ------------------------------------------------- */

static void list_404(struct site *site, struct arena *arena)
{
	page_add(site, arena, &page_404, STR("404.html"), STR_NONE);
}

static bool fill_nothing(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct diag_list *diags)
{
	(void)page;
	(void)names;
	(void)diags;
	page_set_text(arena, context, "base_url", site->base_url);
	if (site->other != NULL)
		page_set_text(arena, context, "other_base_url",
		    site->other->base_url);
	return true;
}

const struct page_kind page_404 = {
	.name = "404", .section = "none", .is_once = true,
	.list = list_404, .fill = fill_nothing,
};

static void list_robots(struct site *site, struct arena *arena)
{
	page_add(site, arena, &page_robots, STR("robots.txt"), STR_NONE);
}

const struct page_kind page_robots = {
	.name = "robots", .template = "robots.txt", .section = "none",
	.is_once = true,
	.list = list_robots, .fill = fill_nothing,
};

/* What sitemaps.org allows in one file; larger sites get an index. */
enum { SITEMAP_LIMIT = 50000 };

/* Tombstones ask search engines not to list them. */
static bool belongs_in_sitemap(const struct page *page)
{
	return !page->is_internal && page->kind != &page_404 &&
	    page->kind != &page_tombstone &&
	    str_eq(path_name(page->path), STR("index.html"));
}

static size_t sitemap_size(const struct site *site)
{
	size_t count = 0;

	for (size_t i = 0; i < site->pages.count; i++)
		count += belongs_in_sitemap(vec_at(&site->pages, i));
	return count;
}

/* Listed last, when the number of pages is known. The key is the part's
 * number; empty for the only one, or for the index. */
static void list_sitemap(struct site *site, struct arena *arena)
{
	size_t count = sitemap_size(site);

	page_add(site, arena, &page_sitemap, STR("sitemap.xml"), STR_NONE);
	if (count <= SITEMAP_LIMIT)
		return;
	for (size_t i = 1; (i - 1) * SITEMAP_LIMIT < count; i++)
		page_add(site, arena, &page_sitemap,
		    str_format(arena, "sitemap-%zu.xml", i),
		    str_format(arena, "%zu", i));
}

static void add_url(struct site *site, struct arena *arena, struct value *urls,
    const struct page *page)
{
	struct value *url = value_map(arena);

	page_set_text(arena, url, "loc", page_url(site, arena, page->path));
	if (page->date.len > 0)
		page_set_text(arena, url, "lastmod", page->date);
	value_append(arena, urls, url);
}

static bool fill_sitemap(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct diag_list *diags)
{
	struct value *urls = value_list(arena), *parts = value_list(arena);
	bool in_parts = sitemap_size(site) > SITEMAP_LIMIT;
	size_t part = 0, at = 0;

	(void)names;
	(void)diags;
	(void)str_to_size(page->key, &part);
	for (size_t i = 0; i < site->pages.count; i++) {
		const struct page *other = vec_at(&site->pages, i);

		if (in_parts && part == 0) {
			if (other->kind == &page_sitemap && other->key.len > 0)
				add_url(site, arena, parts, other);
		} else if (belongs_in_sitemap(other)) {
			if (!in_parts || at / SITEMAP_LIMIT == part - 1)
				add_url(site, arena, urls, other);
			at++;
		}
	}
	page_set_list(arena, context, "urls", urls);
	page_set_list(arena, context, "parts", parts);
	return true;
}

const struct page_kind page_sitemap = {
	.name = "sitemap", .template = "sitemap.xml", .section = "none",
	.is_last = true,
	.list = list_sitemap, .fill = fill_sitemap,
};
