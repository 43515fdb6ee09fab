/* SPDX-License-Identifier: MIT */
/*
 * Bodies of records: Markdown (CommonMark with tables, strikethrough, footnotes
 * and autolinks, read by cmark-gfm) to HTML that is safe to publish, and to
 * plain text.
 *
 * Nothing a stranger writes becomes markup of its own: raw HTML never reaches
 * the page, links go to http, https, mailto, tel or a place of this site, and
 * pictures of other sites become links. The page's title is its only <h1>, so
 * headings begin at <h2>. Tables stand in a <div class="table-wrap"> that can
 * scroll. Line breaks between Chinese characters are no spaces.
 *
 * Parsing is bounded in time: what cmark-gfm would need quadratic time for is
 * refused first. Because it changes global tables meanwhile, only one thread
 * may be in here; workers are processes. All memory is given back on return.
 */
#ifndef RENDER_MARKDOWN_H
#define RENDER_MARKDOWN_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct buf;
struct diag_list;

enum markdown_target { MARKDOWN_LINK, MARKDOWN_IMAGE };

/*
 * Appends the address, as seen from the page, of what `path` (as written,
 * relative to the record or from the root of the content, %XX decoded, without
 * query and fragment) names. False, nothing appended, if there is no such
 * thing; reports nothing itself.
 */
typedef bool (*markdown_resolve)(void *context, enum markdown_target target,
    struct str path, struct buf *url);

struct markdown_options {
	struct str path;	/* for marks: the file the body stands in, … */
	uint32_t first_line;	/* … and the body's first line in it, from 1 */
	struct str site_url;	/* links that begin so are not external */
	struct str id_prefix;	/* of headings' ids; empty: "s-" */
	struct str back_label;	/* of a footnote's way back, for the ear */
	markdown_resolve resolve;	/* NULL: relative links stay */
	void *context;		/* for resolve */
};

/*
 * Appends the HTML of `body` (UTF-8, line feeds only). False, nothing appended,
 * when the body has errors.
 */
bool markdown_render(const struct markdown_options *options, struct str body,
    struct buf *html, struct diag_list *diags)
    __attribute__((warn_unused_result));

/* The diagnostics of markdown_render without the HTML. */
bool markdown_check(const struct markdown_options *options, struct str body,
    struct diag_list *diags) __attribute__((warn_unused_result));

/*
 * Appends the plain text of `body`, for search and summaries: a line for each
 * paragraph, heading, list item and table row; no raw HTML, no pictures but
 * their descriptions; nothing of a body that is too complex.
 */
void markdown_text(struct str body, struct buf *text);

#endif
