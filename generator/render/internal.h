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

/* As many rows as a page can show; sets context.rest to the number of the
 * others, which CSV and JSON have. */
struct value *internal_first_rows(struct arena *arena, struct value *context,
    struct value *rows);

/* What falls due, soonest first; as the due page has it. */
struct value *internal_due_rows(struct site *site, struct arena *arena);

/* Where a rule ("P-01") stands on the public site, from its top. */
struct str internal_rule_address(struct arena *arena, struct str id);

#endif
