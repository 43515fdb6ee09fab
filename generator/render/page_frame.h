/* SPDX-License-Identifier: MIT */
/* What every page has around its own content: where it is, the navigation, the
 * way back, the same page in the other language. */
#ifndef RENDER_PAGE_FRAME_H
#define RENDER_PAGE_FRAME_H

struct arena;
struct page;
struct site;
struct value;

/* Sets root, top, page, nav and crumbs; `names` is what page_titles and
 * page_descriptions fill in. */
void page_set_frame(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, const struct value *names);

#endif
