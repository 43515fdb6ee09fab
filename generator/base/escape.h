/* SPDX-License-Identifier: MIT */
/*
 * Text made safe for the place it is written to. Each function appends to a
 * buffer; what is safe already is copied in one piece. None of them keeps
 * anything.
 */
#ifndef BASE_ESCAPE_H
#define BASE_ESCAPE_H

#include "base/str.h"

struct buf;

/*
 * For text and for attribute values in either kind of quotes: & < > " and '
 * become references.
 */
void escape_html(struct buf *out, struct str text);

/*
 * The same for XML 1.0. Characters that XML cannot hold at all (controls,
 * U+FFFE, U+FFFF) and bytes that are no UTF-8 become U+FFFD.
 */
void escape_xml(struct buf *out, struct str text);

/*
 * A path for an address: everything but letters, digits, "-._~" and '/' becomes
 * %XX. `path` is not encoded yet.
 */
void escape_url_path(struct buf *out, struct str path);

/* One value of an address's query: like a path, with '/' encoded too. */
void escape_url_component(struct buf *out, struct str component);

/*
 * An address that somebody wrote, for an attribute: what an address cannot
 * hold is encoded, its delimiters and its %XX stay, and HTML is escaped.
 */
void escape_url_attribute(struct buf *out, struct str url);

/*
 * One field of a CSV row, quoted where needed. Text that a spreadsheet would
 * run as a formula (beginning with = + - @, full-width forms included, tab or
 * carriage return) gets an apostrophe in front; plain numbers do not.
 */
void escape_csv(struct buf *out, struct str field);

/*
 * Text in a line of Markdown that a forge shows: every sign that could be
 * markup is escaped, line ends become spaces, controls and characters that
 * reorder text become U+FFFD, and a word joiner after @ # ! and the like keeps
 * forges from making mentions and references of it.
 */
void escape_markdown(struct buf *out, struct str text);

/*
 * The same as a code span, which shows text to the letter and in which no forge
 * looks for anything; line ends become ⏎. Empty text gives no span. Longer than
 * `limit` characters: cut off with an ellipsis.
 */
void escape_markdown_code(struct buf *out, struct str text, size_t limit);

#endif
