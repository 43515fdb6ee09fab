/* SPDX-License-Identifier: MIT */
/*
 * The sites of a registry as they are being made: what sites.c writes, and what
 * sites_visit.c only looks at. The parent prepares one and lists its pages;
 * workers inherit it and open the catalogues themselves.
 */
#ifndef SITE_BUILDING_H
#define SITE_BUILDING_H

#include "base/file.h"
#include "base/map.h"
#include "base/vec.h"
#include "catalogue/answer.h"
#include "render/listing_rows.h"
#include "render/origin.h"
#include "render/page.h"
#include "render/question.h"
#include "site/documents.h"
#include "site/kept_pages.h"

#include <stdbool.h>
#include <stddef.h>

struct building;
struct listing;
struct overlay;
struct pipeline;
struct site_log;
struct sites_request;
struct sites_result;

/* Whose body is asked for: that of a page in the first or second language. */
struct site_body {
	struct building *building;
	bool is_second;
};

struct building {
	struct pipeline *pipeline;
	struct folder output, internal;	/* descriptor -1: none */
	const struct overlay *overlay;	/* with a folder, or NULL */
	struct site site, second;	/* no second: it lists no pages */
	struct site_body bodies[2];
	struct origins origins;
	struct vec copies;		/* struct site_copy */
	struct documents documents;
	struct map kept;		/* PDFs that documents.h keeps */
	bool is_printing;		/* PDFs are made, not yet pages */
	struct vec search;		/* struct str: paths of its files */
	/* Jobs of the run at hand: copies first, then pages. */
	struct page **pages;
	size_t page_count, copy_count;
	struct kept_pages kept_pages;
	struct listing *listed, *listed_internal;	/* see sites.h */
	size_t recalled;	/* files of the log before this build's own */
	size_t errors;		/* found by then */
	/* Of a worker: what the page at hand asks, and who takes it down. */
	struct questions questions;
	struct listing_rows rows;	/* for both sites */
	struct catalogue_observer observer, overlay_observer;
	bool asks_overlay;		/* it did; nobody asks that again */
	const struct sites_request *request;
	struct site_log *log;
	struct sites_result *result;
};

/* Before anything else: empty lists, and how pages get at bodies. */
void building_init(struct building *building, struct pipeline *pipeline,
    const struct overlay *overlay);
void building_dispose(struct building *building);

/* The catalogues, for reading: that of the private folder only where there is
 * an internal site to show it. False with a diagnostic. No connection may cross
 * a fork. */
bool building_open_catalogues(struct building *building);
void building_close_catalogues(struct building *building);

/* Lists the pages of both sites, with the catalogues open. */
void building_list_pages(struct building *building);

/* In a worker: from now on everything that pages ask is taken down; and a page
 * begins, of which nothing is yet. */
void building_take_down(struct building *building);
void building_begin_page(struct building *building);

/* Where a page is written; and the page that is written there, or NULL. */
struct str building_file(const struct building *building,
    const struct page *page, struct arena *arena);
struct page *building_page(const struct building *building, struct str path,
    bool is_internal);

#endif
