/* SPDX-License-Identifier: MIT */
/* What the template of a page is given: what its kind has to say, and around it
 * what every page has: where it is, the navigation, the way back, the same page
 * in the other language. */
#ifndef RENDER_PAGE_FRAME_H
#define RENDER_PAGE_FRAME_H

#include "base/str.h"

#include <stdbool.h>

struct arena;
struct diag_list;
struct page;
struct site;
struct value;

/* The name of its template; not of kinds that write their files themselves, and
 * so the next. */
struct str page_template(const struct page *page);

/* All that it is given, a map in `scratch`. */
bool page_context(struct site *site, const struct page *page,
    struct arena *scratch, struct value **context, struct diag_list *diags)
    __attribute__((warn_unused_result));

#endif
