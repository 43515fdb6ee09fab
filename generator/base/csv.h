/* SPDX-License-Identifier: MIT */
/*
 * Comma-separated values (RFC 4180): quoted fields, doubled quotes, line breaks
 * inside quotes, CRLF or LF, a byte order mark. Beyond the RFC, a line that
 * begins with '#' outside of quotes is a comment, kept apart; empty lines are
 * skipped. The first row is the header, and every row must be as long as it.
 */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct buf;
struct diag_list;

struct csv_row {
	struct str *cells;	/* untrimmed, quotes taken off */
	size_t count;
	uint32_t line;		/* where the row begins, from 1 */
};

struct csv {
	struct csv_row *rows;	/* row 0 is the header */
	size_t count;
	struct csv_row *comments;	/* one cell: trimmed, without the '#' */
	size_t comment_count;
};

/*
 * Reads `bytes`, the file at `path`, all faults in one run. Rows live in
 * `arena`; cells are views of `bytes` or, where quotes were doubled, copies.
 */
bool csv_parse(struct arena *arena, struct str path, struct str bytes,
    struct csv *csv, struct diag_list *diags)
    __attribute__((warn_unused_result));

/* The same where a row may have more or fewer cells than the header: whoever
 * reads them says what is wrong with one. */
bool csv_parse_uneven(struct arena *arena, struct str path, struct str bytes,
    struct csv *csv, struct diag_list *diags)
    __attribute__((warn_unused_result));

/* The column of that name in the header, or CSV_NO_COLUMN. */
size_t csv_column(const struct csv *csv, struct str name);
#define CSV_NO_COLUMN ((size_t)-1)

/*
 * The value of a comment of the form "name: value", or `fallback`; the line in
 * `*line` if that is not NULL.
 */
struct str csv_comment(const struct csv *csv, struct str name,
    struct str fallback, uint32_t *line);

/* -- writing -------------------------------------------------------------- */

/* What a file for spreadsheets begins with, or they take it for GBK. */
#define CSV_MARK STR("\xef\xbb\xbf")

/*
 * Appends a cell, after a comma if `column` (from 0) is not the first, quoted
 * where it must be. What a spreadsheet would run as a formula gets an
 * apostrophe before it: a cell may come from a stranger.
 */
void csv_append_cell(struct buf *out, size_t column, struct str cell);
/* The same for a number that we made: it may have a sign. */
void csv_append_number(struct buf *out, size_t column, struct str number);
/* CRLF, as the RFC has it. */
void csv_end_row(struct buf *out);

#endif
