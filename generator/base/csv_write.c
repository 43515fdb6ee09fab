/* SPDX-License-Identifier: MIT */
#include "base/buf.h"
#include "base/csv.h"

/* What a spreadsheet would take for a formula, one that reads full-width forms
 * as well. */
static bool is_formula(struct str cell)
{
	static const char *const wide[] = { "＝", "＋", "－", "＠" };

	for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++)
		if (str_starts(cell, str_from(wide[i])))
			return true;
	return cell.len > 0 &&
	    str_find_char(STR("=+-@\t\r"), cell.ptr[0], 0) != STR_NOT_FOUND;
}

/* An empty line would be skipped, one that begins with '#' be a comment. */
static bool needs_quotes(struct str cell, size_t column)
{
	if (cell.len == 0)
		return column == 0;
	for (size_t i = 0; i < cell.len; i++)
		if (str_find_char(STR(",\"\r\n"), cell.ptr[i], 0) !=
		    STR_NOT_FOUND)
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

	if (column > 0)
		buf_append_char(out, ',');
	if (!formula && !needs_quotes(cell, column)) {
		buf_append(out, cell);
		return;
	}
	buf_append(out, formula ? STR("\"'") : STR("\""));
	for (size_t i = 0; i < cell.len; i++) {
		if (cell.ptr[i] == '"')
			buf_append_char(out, '"');
		buf_append_char(out, cell.ptr[i]);
	}
	buf_append_char(out, '"');
}

void csv_end_row(struct buf *out)
{
	buf_append(out, STR("\r\n"));
}
