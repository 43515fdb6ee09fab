/* SPDX-License-Identifier: MIT */
/* An Atom feed (RFC 4287) beside every listing. */
#include "base/arena.h"
#include "base/diag.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "render/pages.h"
#include "render/question.h"
#include "render/series.h"

/* How many entries a feed that could grow without end holds. */
#define NEWEST STR("50")

/*
 * What a feed's entries are rows of: achievements (`day` is a field of a made
 * date), or publications. Queries of terms take a range of dates as well.
 */
struct feed_source {
	const struct page_kind *listing;
	int query;
	const char *day;
	bool has_range, has_limit;
};

static const struct feed_source sources[] = {
	{ &page_home, QUERY_cards_latest, "entered.iso", false, true },
	{ &page_achievements, QUERY_cards_latest, "entered.iso", false, true },
	{ &page_month, QUERY_cards_of_month, "entered.iso", false, false },
	{ &page_unit, QUERY_cards_of_unit, "entered.iso", true, false },
	{ &page_units, QUERY_cards_latest, "entered.iso", false, true },
	{ &page_fields, QUERY_cards_latest, "entered.iso", false, true },
	{ &page_cities, QUERY_cards_latest, "entered.iso", false, true },
	{ &page_categories, QUERY_cards_latest, "entered.iso", false, true },
	{ &page_field, QUERY_cards_of_field, "entered.iso", true, false },
	{ &page_city, QUERY_cards_of_city, "entered.iso", true, false },
	{ &page_county, QUERY_cards_of_county, "entered.iso", true, false },
	{ &page_category, QUERY_cards_of_category, "entered.iso", true,
	    false },
	{ &page_unit_kind, QUERY_cards_of_kind, "entered.iso", true, false },
	{ &page_transfer, QUERY_cards_of_transfer, "entered.iso", true,
	    false },
	{ &page_bulletins, QUERY_bulletins, "day", false, false },
	{ &page_releases, QUERY_releases, "day", false, false },
	{ &page_release_kind, QUERY_releases, "day", false, false },
	{ &page_rankings, QUERY_rankings, "day", false, false },
};
enum { SOURCE_COUNT = sizeof(sources) / sizeof(sources[0]) };

/* False if nothing feeds on the listing. */
static bool find_source(const struct page_kind *listing,
    struct feed_source *source)
{
	const struct series *series = series_of(listing);

	for (size_t i = 0; i < SOURCE_COUNT; i++) {
		if (sources[i].listing == listing) {
			*source = sources[i];
			return true;
		}
	}
	if (series == NULL || !series->has_feed)
		return false;
	*source = (struct feed_source){ .listing = listing, .day = "day",
		.query = listing == series->index ? series->newest :
		    series->rows,
		.has_limit = listing == series->index };
	return true;
}

void feeds_list(struct site *site, struct arena *arena)
{
	size_t count = site->pages.count;

	for (size_t i = 0; i < count; i++) {
		struct page listing = *(struct page *)vec_at(&site->pages, i);
		struct feed_source source;
		struct page *page;
		struct str path;

		/* A term's years share the feed of the term. */
		if (!find_source(listing.kind, &source) || (source.has_range &&
		    str_find_char(listing.key, '/', 0) != STR_NOT_FOUND))
			continue;
		path = str_join(arena, page_address(listing.path),
		    STR("feed.atom"));
		page = page_add(site, arena, &page_feed, path, listing.key);
		page->beside = listing.kind;
		page->label = listing.label;
		((struct page *)vec_at(&site->pages, i))->feed = path;
	}
}

static struct value *feed_rows(struct site *site, struct arena *arena,
    const struct feed_source *source, struct str key)
{
	if (source->has_range)
		return page_rows(site, arena, source->query, key, STR("0"),
		    STR("9"), NEWEST);
	return page_rows(site, arena, source->query,
	    source->has_limit ? NEWEST : key, STR_NONE, STR_NONE, STR_NONE);
}

/* Atom wants a moment; a record has a day, which begins in Zhejiang. */
static struct str moment(struct arena *arena, struct str day)
{
	return str_join(arena, day, STR("T00:00:00+08:00"));
}

static struct value *make_entry(struct site *site, struct arena *arena,
    const struct value *row, struct str day, struct str listing_url)
{
	struct value *entry = value_map(arena);
	struct str href = value_text_at(row, STR("href"));
	struct str id = value_text_at(row, STR("id"));
	struct str event = value_text_at(row, STR("event"));
	struct str author = value_text_at(row, STR("units_text"));
	struct str url = href.len > 0 ? page_url(site, arena, href) :
	    listing_url;

	if (author.len == 0)
		author = value_text_at(row, STR("unit.name"));
	page_set_text(arena, entry, "title", value_text_at(row, STR("title")));
	/* What befell an achievement is not the achievement. */
	if (event.len > 0 || href.len == 0)
		page_set_text(arena, entry, "id", str_format(arena,
		    "%.*s#%.*s", STR_ARG(listing_url),
		    STR_ARG(event.len > 0 ? event : id)));
	else
		page_set_text(arena, entry, "id", url);
	page_set_text(arena, entry, "url", url);
	page_set_text(arena, entry, "updated", moment(arena, day));
	page_set_text(arena, entry, "published", moment(arena, day));
	page_set_text(arena, entry, "summary",
	    value_text_at(row, STR("summary")));
	page_set_text(arena, entry, "author", author);
	return entry;
}

static bool fill_feed(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct diag_list *diags)
{
	struct value *feed = value_map(arena), *entries = value_list(arena);
	struct feed_source source;
	struct str newest = STR_NONE, url;
	struct value *list;

	(void)names;
	if (!find_source(page->beside, &source))
		return diag_report(diags, ((struct mark){ .path = page->path }),
		    DIAG_PAGE_LOST, page->path);
	url = page_url(site, arena, str_slice(page->path, 0,
	    page->path.len - STR("feed.atom").len));
	list = feed_rows(site, arena, &source, page->key);
	for (size_t i = 0; i < value_count(list); i++) {
		const struct value *row = list->list.items[i];
		struct str day = value_text_at(row, str_from(source.day));

		if (str_cmp(day, newest) > 0)
			newest = day;
		value_append(arena, entries,
		    make_entry(site, arena, row, day, url));
	}
	page_set_text(arena, feed, "title",
	    page_title_beside(site, arena, page->beside, page->label));
	page_set_text(arena, feed, "id", url);
	page_set_text(arena, feed, "url", url);
	page_set_text(arena, feed, "self", page_url(site, arena, page->path));
	page_set_text(arena, feed, "updated", moment(arena,
	    newest.len > 0 ? newest : site_day(site)));
	page_set_list(arena, feed, "entries", entries);
	page_set(arena, context, "feed", feed);
	return true;
}

const struct page_kind page_feed = {
	.name = "feed", .template = "feed.atom", .section = "none",
	.fill = fill_feed,
};
