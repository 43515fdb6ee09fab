/* SPDX-License-Identifier: MIT */
/* Columns that several listings share. */
#include "render/pages.h"

const struct listing_column page_card_columns[] = {
	{ "title", NULL, "href", LISTING_PLAIN },
	{ "title_en", NULL, NULL, LISTING_DATA },
	{ "id", NULL, NULL, LISTING_DATA },
	{ "category", NULL, NULL, LISTING_PLAIN },
	{ "type", NULL, NULL, LISTING_DATA },
	{ "unit", "unit.name", "unit.href", LISTING_PLAIN },
	{ "units", "units_text", NULL, LISTING_DATA },
	{ "city", NULL, NULL, LISTING_PLAIN },
	{ "highland", NULL, NULL, LISTING_PLAIN },
	{ "strategic", NULL, NULL, LISTING_DATA },
	{ "keywords", NULL, NULL, LISTING_DATA },
	{ "registration_no", NULL, NULL, LISTING_DATA },
	{ "registered", NULL, NULL, LISTING_DATA },
	{ "entered", NULL, NULL, LISTING_PLAIN },
	{ "state", NULL, NULL, LISTING_DATA },
	{ "landmark", NULL, NULL, LISTING_DATA },
	{ "summary", NULL, NULL, LISTING_DATA },
	{ "url", NULL, NULL, LISTING_DATA },
	{ .name = NULL },
};

const struct listing_column page_month_columns[] = {
	{ "month", NULL, "href", LISTING_PLAIN },
	{ "count", NULL, NULL, LISTING_NUMBER },
	{ "url", NULL, NULL, LISTING_DATA },
	{ .name = NULL },
};

const struct listing_column page_bulletin_columns[] = {
	{ "publication", "title", "href", LISTING_PLAIN },
	{ "issue", NULL, NULL, LISTING_NUMBER },
	{ "month", NULL, NULL, LISTING_PLAIN },
	{ "published", "date", NULL, LISTING_PLAIN },
	{ "count", NULL, NULL, LISTING_NUMBER },
	{ "url", NULL, NULL, LISTING_DATA },
	{ .name = NULL },
};

const struct listing_column page_release_columns[] = {
	{ "publication", "title", "href", LISTING_PLAIN },
	{ "release_kind", "kind", NULL, LISTING_PLAIN },
	{ "date", NULL, NULL, LISTING_PLAIN },
	{ "place", NULL, NULL, LISTING_PLAIN },
	{ "count", NULL, NULL, LISTING_NUMBER },
	{ "url", NULL, NULL, LISTING_DATA },
	{ .name = NULL },
};

const struct listing_column page_ranking_columns[] = {
	{ "publication", "title", "href", LISTING_PLAIN },
	{ "year", NULL, NULL, LISTING_PLAIN },
	{ "published", "date", NULL, LISTING_PLAIN },
	{ "count", NULL, NULL, LISTING_NUMBER },
	{ "url", NULL, NULL, LISTING_DATA },
	{ .name = NULL },
};

/* The achievements in a publication, with what it says of each. */
#define ITEM_COLUMNS(variable, ...) \
	const struct listing_column variable[] = { \
		{ "place_in_list", "number", NULL, LISTING_NUMBER }, \
		{ "title", NULL, "href", LISTING_PLAIN }, \
		{ "title_en", NULL, NULL, LISTING_DATA }, \
		{ "id", NULL, NULL, LISTING_DATA }, \
		{ "category", NULL, NULL, LISTING_PLAIN }, \
		{ "unit", "unit.name", "unit.href", LISTING_PLAIN }, \
		{ "city", NULL, NULL, LISTING_PLAIN }, \
		{ "highland", NULL, NULL, LISTING_PLAIN }, \
		__VA_ARGS__, \
		{ "url", NULL, NULL, LISTING_DATA }, \
		{ .name = NULL } }
ITEM_COLUMNS(page_bulletin_item_columns,
    { "progress", NULL, NULL, LISTING_PLAIN },
    { "progress_date", NULL, NULL, LISTING_PLAIN });
ITEM_COLUMNS(page_release_item_columns,
    { "note", NULL, NULL, LISTING_PLAIN });
ITEM_COLUMNS(page_ranking_item_columns,
    { "basis", NULL, NULL, LISTING_PLAIN });
