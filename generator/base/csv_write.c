/* SPDX-License-Identifier: MIT */
#include "base/buf.h"
#include "base/csv.h"

/* Each byte of a list is looked at here: by a table. */
static const unsigned char is_separator[256] = {
	[','] = 1, ['"'] = 1, ['\r'] = 1, ['\n'] = 1,
};
static const unsigned char is_sign[256] = {
	['='] = 1, ['+'] = 1, ['-'] = 1, ['@'] = 1, ['\t'] = 1, ['\r'] = 1,
};

/* What a spreadsheet would take for a formula, one that reads full-width forms
 * as well. */
static bool is_formula(struct str cell)
{
	static const char *const wide[] = { "＝", "＋", "－", "＠" };
	static const unsigned char first_of_wide = 0xef;
	unsigned char first;

	if (cell.len == 0)
		return false;
	first = (unsigned char)cell.ptr[0];
	for (size_t i = 0; first == first_of_wide &&
	     i < sizeof(wide) / sizeof(wide[0]); i++)
		if (str_starts(cell, str_from(wide[i])))
			return true;
	return is_sign[first] != 0;
}

/* An empty line would be skipped, one that begins with '#' be a comment. */
static bool needs_quotes(struct str cell, size_t column)
{
	if (cell.len == 0)
		return column == 0;
	for (size_t i = 0; i < cell.len; i++)
		if (is_separator[(unsigned char)cell.ptr[i]] != 0)
			return true;
	return cell.ptr[0] == ' ' || cell.ptr[0] == '#' ||
	    cell.ptr[cell.len - 1] == ' ';
}

void csv_append_number(struct buf *out, size_t column, struct str number)
{
	if (column > 0)
		buf_append_char(out, ',');
	buf_append(out, number);
}

void csv_append_cell(struct buf *out, size_t column, struct str cell)
{
	bool formula = is_formula(cell);
	size_t from = 0, quote;

	if (column > 0)
		buf_append_char(out, ',');
	if (!formula && !needs_quotes(cell, column)) {
		buf_append(out, cell);
		return;
	}
	buf_append(out, formula ? STR("\"'") : STR("\""));
	/* Quotes are doubled. */
	while ((quote = str_find_char(cell, '"', from)) != STR_NOT_FOUND) {
		buf_append(out, str_slice(cell, from, quote + 1));
		buf_append_char(out, '"');
		from = quote + 1;
	}
	buf_append(out, str_slice(cell, from, cell.len));
	buf_append_char(out, '"');
}

void csv_end_row(struct buf *out)
{
	buf_append(out, STR("\r\n"));
}
