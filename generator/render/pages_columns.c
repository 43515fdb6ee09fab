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
