/* SPDX-License-Identifier: MIT */
/* Releases, as pages and as events of a calendar. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/diag.h"
#include "base/icalendar.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "model/record.h"
#include "render/pages.h"
#include "render/publication.h"
#include "schema/fields.h"

#define EVENT_NAME STR("event.ics")

/* Beside each release. */
static void list_events(struct site *site, struct arena *arena)
{
	size_t count = site->pages.count;

	for (size_t i = 0; i < count; i++) {
		struct page release = *(struct page *)vec_at(&site->pages, i);

		if (release.kind == &page_release)
			page_add(site, arena, &page_event, str_join(arena,
			    page_address(release.path), EVENT_NAME),
			    release.key);
	}
}

static void list_releases(struct site *site, struct arena *arena)
{
	struct value *kinds = page_query(site, arena, QUERY_release_kinds,
	    STR_NONE);

	publication_list(site, arena, QUERY_releases, &page_releases,
	    "releases/", &page_release);
	list_events(site, arena);
	for (size_t i = 0; i < value_count(kinds); i++) {
		const struct value *row = kinds->list.items[i];
		struct str code = value_text_at(row, STR("code"));

		page_add(site, arena, &page_release_kind,
		    value_text_at(row, STR("href")), code)->label =
		    wording_text(&site->wording, str_format(arena,
			"releases.kinds.%.*s", STR_ARG(code)));
	}
}

/* All releases, or those of the kind that is the page's key. */
static struct value *release_rows(struct site *site, const struct page *page,
    struct arena *arena)
{
	return page_query(site, arena, QUERY_releases, page->key);
}

static struct value *rows_of_release(struct site *site,
    const struct page *page, struct arena *arena)
{
	return page_query(site, arena, QUERY_release_cards, page->key);
}

static bool fill_releases(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct diag_list *diags)
{
	struct value *kinds = page_query(site, arena, QUERY_release_kinds,
	    STR_NONE);
	struct str heading = wording_text(&site->wording,
	    STR("releases.heading"));

	(void)diags;
	for (size_t i = 0; i < value_count(kinds); i++) {
		struct value *row = kinds->list.items[i];
		struct str code = value_text_at(row, STR("code"));
		struct str label = wording_text(&site->wording, str_format(
		    arena, "releases.kinds.%.*s", STR_ARG(code)));

		page_set_text(arena, row, "label", label);
		page_set(arena, row, "current",
		    value_bool(arena, str_eq(code, page->key)));
		if (str_eq(code, page->key))
			heading = label;
	}
	page_set_list(arena, context, "kinds", kinds);
	page_set_text(arena, context, "heading", heading);
	page_set_text(arena, names, "label", heading);
	publication_set_rows(arena, context, names,
	    release_rows(site, page, arena), "releases");
	return true;
}

/* Presenters stand in the record, one list for each item. */
static void set_presenters(struct site *site, struct arena *arena,
    struct value *items, const struct value *release)
{
	const struct value *from = value_get(release, STR("items"));

	for (size_t i = 0; i < value_count(items); i++) {
		struct value *row = items->list.items[i];
		size_t number = 0;

		(void)str_to_size(value_text_at(row, STR("number")), &number);
		if (number == 0 || number > value_count(from))
			continue;
		page_set_text(arena, row, "presenters_text",
		    publication_joined(site, arena, value_get(
			from->list.items[number - 1], STR("presenters")),
			"text"));
	}
}

static bool fill_release(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct diag_list *diags)
{
	struct value *items, *r;

	if (!publication_set_record(site, page, KIND_RELEASE, "r", arena,
	    context, names, diags))
		return false;
	r = value_get(context, STR("r"));
	items = publication_cards(site, arena, page_query(site, arena,
	    QUERY_release_items,
	    publication_number(site, arena, KIND_RELEASE, page->key)));
	set_presenters(site, arena, items, r);
	page_set_list(arena, context, "items", items);
	page_set_text(arena, context, "hosts_text",
	    publication_joined(site, arena, value_get(r, STR("hosts")),
		"name"));
	page_set_list(arena, context, "media", value_get(r, STR("media")));
	page_set_text(arena, context, "event", str_join(arena,
	    page_address(page->path), EVENT_NAME));
	return true;
}

/* -- the event ------------------------------------------------------------ */

/* "20260624T140000" of a day and "14:00". */
static struct str local_time(struct arena *arena, struct str day,
    struct str time)
{
	return str_format(arena, "%.*s%.*s%.*sT%.*s%.*s00",
	    STR_ARG(str_slice(day, 0, 4)), STR_ARG(str_slice(day, 5, 7)),
	    STR_ARG(str_slice(day, 8, 10)), STR_ARG(str_slice(time, 0, 2)),
	    STR_ARG(str_slice(time, 3, 5)));
}

/* The parts of the agenda, a line each; without one, who the hosts are. */
static struct str description(const struct site *site, struct arena *arena,
    const struct value *r)
{
	const struct value *agenda = value_get(r, STR("agenda"));
	struct str text = str_format(arena, "%.*s%.*s%.*s",
	    STR_ARG(wording_text(&site->wording, STR("release.hosts"))),
	    STR_ARG(wording_text(&site->wording, STR("colon"))),
	    STR_ARG(publication_joined(site, arena,
		value_get(r, STR("hosts")), "name")));

	for (size_t i = 0; i < value_count(agenda); i++)
		text = str_format(arena, "%.*s\n%.*s %.*s", STR_ARG(text),
		    STR_ARG(value_text_at(agenda->list.items[i],
			STR("time"))),
		    STR_ARG(value_text_at(agenda->list.items[i],
			STR("what"))));
	return text;
}

/* When it is: from and until, from alone, or a whole day. */
static void write_times(const struct value *r, struct arena *arena,
    struct buf *out)
{
	struct str day = value_text_at(r, STR("date"));
	struct str from = value_text_at(r, STR("time"));
	struct str until = value_text_at(r, STR("until"));
	struct date date;

	if (!date_parse(day, &date))
		return;
	icalendar_midnight(out, "DTSTAMP", date);
	if (from.len == 0) {
		icalendar_date(out, "DTSTART;VALUE=DATE", date);
		return;
	}
	icalendar_value(out, "DTSTART;TZID=Asia/Shanghai",
	    local_time(arena, day, from));
	if (str_cmp(until, from) > 0)
		icalendar_value(out, "DTEND;TZID=Asia/Shanghai",
		    local_time(arena, day, until));
}

static void write_event(struct site *site, const struct page *page,
    const struct value *r, struct arena *arena, struct buf *out)
{
	struct str url = page_url(site, arena, str_slice(page->path, 0,
	    page->path.len - EVENT_NAME.len));

	icalendar_begin(out, "VEVENT");
	icalendar_text(out, "UID", url);
	write_times(r, arena, out);
	icalendar_text(out, "SUMMARY", value_text_at(r, STR("title")));
	icalendar_text(out, "LOCATION", value_text_at(r, STR("place")));
	icalendar_text(out, "DESCRIPTION", description(site, arena, r));
	icalendar_value(out, "STATUS", STR("CONFIRMED"));
	icalendar_value(out, "URL", url);
	icalendar_end(out, "VEVENT");
}

static bool write_calendar(struct site *site, const struct page *page,
    struct arena *arena, struct buf *out, struct diag_list *diags)
{
	struct record record;

	if (!catalogue_record(site->catalogue, kind_info(KIND_RELEASE)->name,
	    page->key, arena, &record))
		return diag_report(diags, ((struct mark){ .path = page->path }),
		    DIAG_PAGE_LOST, page->path);
	icalendar_open(out, STR("build"));
	if (value_text_at(record.data, STR("time")).len > 0)
		icalendar_zone(out);
	write_event(site, page, record.data, arena, out);
	icalendar_close(out);
	return true;
}

const struct page_kind page_releases = {
	.name = "releases", .section = "releases",
	.list = list_releases, .fill = fill_releases,
	.columns = page_release_columns, .rows = release_rows,
};
const struct page_kind page_release_kind = {
	.name = "release-kind", .template = "releases", .section = "releases",
	.fill = fill_releases,
	.columns = page_release_columns, .rows = release_rows,
};
const struct page_kind page_release = {
	.name = "release", .is_leaf = true, .section = "releases",
	.fill = fill_release,
	.columns = page_release_item_columns, .rows = rows_of_release,
};
/* An iCalendar file (RFC 5545). */
const struct page_kind page_event = {
	.name = "event", .is_leaf = true, .section = "none",
	.write = write_calendar,
};
