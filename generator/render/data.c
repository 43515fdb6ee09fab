/* SPDX-License-Identifier: MIT */
/* What a page lists, beside it as list.csv and list.json. */
#include "base/arena.h"
#include "base/value.h"
#include "render/listing_rows.h"
#include "render/pages.h"
#include "render/question.h"
#include "render/translation.h"

#define CSV_NAME STR("list.csv")
#define JSON_NAME STR("list.json")

/* What a file that is taken away says of itself in every row. Public ones say
 * nothing of the day: each would be another file on each day. */
static const struct listing_column
    says_day = { "as_of", NULL, NULL, LISTING_PLAIN },
    says_notice = { "notice", NULL, NULL, LISTING_PLAIN };
enum { MOST_SAID = 2 };

static void add_beside(struct site *site, struct arena *arena,
    const struct page *listing, const struct page_kind *kind, struct str name)
{
	struct page *page = page_add(site, arena, kind, str_join(arena,
	    page_address(listing->path), name), listing->key);

	page->beside = listing->kind;
	page->label = listing->label;
	page->is_internal = listing->is_internal;
}

void data_list(struct site *site, struct arena *arena)
{
	size_t count = site->pages.count;

	for (size_t i = 0; i < count; i++) {
		struct page listing = *(struct page *)vec_at(&site->pages, i);

		if (listing.kind->columns == NULL)
			continue;
		add_beside(site, arena, &listing, &page_csv, CSV_NAME);
		if (!listing.kind->csv_alone)
			add_beside(site, arena, &listing, &page_json,
			    JSON_NAME);
	}
}

void data_set_links(const struct page *page, struct arena *arena,
    struct value *map)
{
	struct str address = page_address(page->path);

	if (page->kind->columns == NULL)
		return;
	page_set_text(arena, map, "csv", str_join(arena, address, CSV_NAME));
	if (!page->kind->csv_alone)
		page_set_text(arena, map, "json",
		    str_join(arena, address, JSON_NAME));
}

/* That it is a demonstration, that it is internal, or both. */
static struct str notice_of(const struct site *site, struct arena *arena,
    const struct page *page)
{
	struct str demonstration = value_text_at(site->context,
	    STR("site.demonstration"));
	struct str warning = wording_text(&site->wording,
	    STR("internal.warning"));

	if (!page->is_internal)
		return demonstration;
	return demonstration.len == 0 ? warning : str_format(arena,
	    "%.*s%.*s%.*s", STR_ARG(warning), STR_ARG(wording_text(
		&site->wording, STR("list_separator"))),
	    STR_ARG(demonstration));
}

/* Rows as the page has them, in the words of the records, each with its whole
 * address as `url`. Nobody knows
 * where the internal site is served; its rows name the public pages. */
static struct value *rows_of(struct site *site, const struct page *page,
    struct arena *arena)
{
	const struct page listing = { .kind = page->beside, .key = page->key };
	struct value *rows = page->beside->rows(site, &listing, arena);

	for (size_t i = 0; i < value_count(rows); i++) {
		struct value *row = rows->list.items[i];
		struct str href = value_text_at(row, STR("href"));

		translation_restore(arena, row);
		if (href.len > 0 && !page->is_internal)
			page_set_text(arena, row, "url",
			    page_url(site, arena, href));
	}
	return rows;
}

static void set_all(struct arena *arena, struct value *rows, const char *name,
    struct value *value)
{
	for (size_t i = 0; i < value_count(rows); i++)
		page_set(arena, rows->list.items[i], name, value);
}

/* The columns of the listing and those that tell where the rows are from. */
static const struct listing_column *with_provenance(const struct site *site,
    const struct page *page, struct arena *arena, struct value *rows)
{
	const struct listing_column *columns = page->beside->columns;
	struct str notice = notice_of(site, arena, page);
	struct listing_column *all;
	size_t count = 0;

	while (columns[count].name != NULL)
		count++;
	all = arena_array(arena, count + MOST_SAID + 1, sizeof(*all));
	for (size_t i = 0; i < count; i++)
		all[i] = columns[i];
	if (page->is_internal) {
		(void)site_day(site);
		all[count++] = says_day;
		set_all(arena, rows, "as_of",
		    value_find(site->context, STR("build.as_of")));
	}
	if (notice.len > 0) {
		all[count++] = says_notice;
		set_all(arena, rows, "notice", value_text(arena, notice));
	}
	return all;
}

static bool write_csv(struct site *site, const struct page *page,
    struct arena *arena, struct buf *out, struct diag_list *diags)
{
	bool is_shared = site->rows != NULL && !page->is_internal &&
	    !page->beside->csv_alone;
	struct arena *whose = is_shared ? listing_rows_begin(site->rows) :
	    arena;
	struct value *rows = rows_of(site, page, whose);

	(void)diags;
	if (is_shared)
		listing_rows_keep(site->rows, site, page, rows);
	listing_csv(with_provenance(site, page, whose, rows), &site->wording,
	    arena, rows, out);
	return true;
}

const struct page_kind page_csv = {
	.name = "csv", .section = "none", .write = write_csv,
};

/* What page_titles has for the page, the site's title after it. */
static struct str title_of(struct site *site, const struct page *page,
    struct arena *arena)
{
	return page_title_beside(site, arena, page->beside, page->label);
}

static bool write_json(struct site *site, const struct page *page,
    struct arena *arena, struct buf *out, struct diag_list *diags)
{
	struct value *head = value_map(arena);
	struct str notice = notice_of(site, arena, page);
	struct value *rows = site->rows == NULL ? NULL :
	    listing_rows_take(site->rows, site, page);

	(void)diags;
	if (rows == NULL)
		rows = rows_of(site, page, arena);
	page_set_text(arena, head, "title", title_of(site, page, arena));
	if (!page->is_internal)
		page_set_text(arena, head, "url", page_url(site, arena,
		    str_slice(page->path, 0,
			page->path.len - JSON_NAME.len)));
	if (page->is_internal) {
		(void)site_day(site);
		page_set(arena, head, "as_of", value_find(site->context,
		    STR("build.as_of")));
	}
	if (notice.len > 0)
		page_set_text(arena, head, "notice", notice);
	if (page->beside->head != NULL)
		page->beside->head(site, &(struct page){
		    .kind = page->beside, .key = page->key }, arena, head);
	listing_json(page->beside->columns, head, rows, out);
	return true;
}

const struct page_kind page_json = {
	.name = "json", .section = "none", .write = write_json,
};
