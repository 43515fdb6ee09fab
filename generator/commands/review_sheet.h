/* SPDX-License-Identifier: MIT */
/* The pieces that a review's Markdown is made of. */
#ifndef COMMANDS_REVIEW_SHEET_H
#define COMMANDS_REVIEW_SHEET_H

#include "base/lang.h"
#include "base/str.h"

#include <stddef.h>

struct buf;
struct review;
struct text;
struct vec;

struct sheet {
	const struct review *review;
	enum lang lang;
	struct buf *out;
};

/* Our own words, which may have markup. */
void sheet_words(const struct sheet *sheet, const struct text *text);
/* What somebody wrote, as a code span; cut off when it is long. */
void sheet_code(const struct sheet *sheet, struct str value);
/* A small heading. */
void sheet_head(const struct sheet *sheet, const struct text *title);

/* "from … to …"; of long texts that differ a little, the place where they
 * do. */
void sheet_both(const struct sheet *sheet, struct str old, struct str now);

/* The worst `limit` of the diagnostics; with their file unless it is `path`. */
void sheet_diagnostics(const struct sheet *sheet, const struct vec *diags,
    struct str path, size_t limit);

#endif
