/* SPDX-License-Identifier: MIT */
/*
 * What the pages of the internal site share; included by render/ alone. They
 * name records that are not public, so each says where the record's file is,
 * and links to its page on the public site only if it has one.
 */
#ifndef RENDER_INTERNAL_H
#define RENDER_INTERNAL_H

#include "base/str.h"
#include "render/page.h"

/* page_add() for the internal site. */
struct page *internal_add(struct site *site, struct arena *arena,
    const struct page_kind *kind, struct str folder, struct str key);

/*
 * A row with `path`, `line` and `address` (of its page, from the top of the
 * public site; or none) gets `source` ("content/….md:12"), `source_url` (where
 * that is to be read, if the site's settings name a repository) and `url`.
 */
void internal_set_links(const struct site *site, struct arena *arena,
    struct value *row);

/* As many rows make a page of some hundred kilobytes, which a browser lays out
 * at once. */
enum { INTERNAL_ROWS = 1000 };

/* As many rows as the page has `room` for, or a few more; takes them from it.
 * Sets context.rest to the number of the others, which CSV and JSON have. */
struct value *internal_first_rows(struct arena *arena, struct value *context,
    struct value *rows, size_t *room);

/* What falls due, soonest first; as the due page has it. */
struct value *internal_due_rows(struct site *site, struct arena *arena);

/* Where a rule ("P-01") stands on the public site, from its top. */
struct str internal_rule_address(struct arena *arena, struct str id);

#endif
