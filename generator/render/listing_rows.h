/* SPDX-License-Identifier: MIT */
/*
 * The rows of a list, made once for its CSV and its JSON, which a worker makes
 * one after the other. Only a worker that lives no longer than the catalogue
 * stays the same has one of these; what is in it goes when the JSON is made, or
 * when those of another list come.
 */
#ifndef RENDER_LISTING_ROWS_H
#define RENDER_LISTING_ROWS_H

#include "base/arena.h"
#include "base/str.h"
#include "base/vec.h"

#include <stdbool.h>

struct page;
struct page_kind;
struct site;
struct value;

struct listing_rows {
	struct arena arena;	/* of all that is kept */
	const struct site *site;	/* whose; NULL: none are kept */
	const struct page_kind *listing;
	struct str key;
	struct value *rows;
	struct vec asked;	/* struct question: put to make them */
};

void listing_rows_init(struct listing_rows *kept);
void listing_rows_dispose(struct listing_rows *kept);

/* Where the rows of the list beside which `page` stands are to be made; what
 * was kept is gone. */
struct arena *listing_rows_begin(struct listing_rows *kept);
/* Keeps rows made there, with what has been asked for `page` so far: so nothing
 * else may have been. */
void listing_rows_keep(struct listing_rows *kept, const struct site *site,
    const struct page *page, struct value *rows);
/* Those of the list beside which `page` stands, with all asked that was asked
 * to make them; NULL if they are not here. They stay until the next begins. */
struct value *listing_rows_take(struct listing_rows *kept,
    const struct site *site, const struct page *page);

#endif
