/* SPDX-License-Identifier: MIT */
#include "base/csv.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/utf8.h"
#include "base/vec.h"

#include <string.h>

struct reading {
	struct arena *arena;
	struct str path, bytes;
	size_t at;
	uint32_t line;
	struct vec cells;	/* struct str, of the row at hand */
	struct diag_list *diags;
	bool is_broken;		/* the rest is one cell: counting is idle */
	bool is_even;		/* rows are to be as long as the header */
};

static bool is_end(const struct reading *r)
{
	return r->at >= r->bytes.len;
}

static char peek(const struct reading *r)
{
	return is_end(r) ? '\n' : r->bytes.ptr[r->at];
}

static void report(struct reading *r, uint32_t line, enum diag_code code)
{
	struct mark mark = { .path = r->path, .line = line };

	(void)diag_report(r->diags, mark, code);
}

/* Text with its doubled quotes made single. */
static struct str undouble(struct arena *arena, struct str text)
{
	char *copy;
	size_t len = 0;

	if (str_find_char(text, '"', 0) == STR_NOT_FOUND)
		return text;
	copy = arena_alloc(arena, text.len + 1);
	for (size_t i = 0; i < text.len; i++) {
		copy[len++] = text.ptr[i];
		if (text.ptr[i] == '"')
			i++;
	}
	return (struct str){ copy, len };
}

/* Past the line break, if the cell ended with one. */
static bool end_of_cell(struct reading *r)
{
	if (peek(r) == '\r' && r->at + 1 < r->bytes.len &&
	    r->bytes.ptr[r->at + 1] == '\n')
		r->at++;
	return peek(r) == ',' || peek(r) == '\n';
}

static struct str read_quoted(struct reading *r)
{
	uint32_t opened = r->line;
	size_t start = ++r->at;
	struct str text;

	for (; !is_end(r); r->at++) {
		if (peek(r) == '\n')
			r->line++;
		if (peek(r) != '"')
			continue;
		if (r->at + 1 >= r->bytes.len ||
		    r->bytes.ptr[r->at + 1] != '"')
			break;
		r->at++;
	}
	if (is_end(r)) {
		report(r, opened, DIAG_CSV_QUOTE_OPEN);
		r->is_broken = true;
	}
	text = undouble(r->arena, str_slice(r->bytes, start, r->at));
	r->at++;
	if (!end_of_cell(r)) {
		report(r, r->line, DIAG_CSV_QUOTE_STRAY);
		while (!end_of_cell(r))
			r->at++;
	}
	return text;
}

static struct str read_bare(struct reading *r)
{
	size_t start = r->at;
	struct str text;

	while (peek(r) != ',' && peek(r) != '\n')
		r->at++;
	text = str_slice(r->bytes, start, r->at);
	if (peek(r) == '\n' && str_ends(text, STR("\r")))
		text.len--;
	if (str_find_char(text, '"', 0) != STR_NOT_FOUND)
		report(r, r->line, DIAG_CSV_QUOTE_STRAY);
	return text;
}

/* The cells of one row, up to and with its line break. */
static struct csv_row read_row(struct reading *r)
{
	struct csv_row row = { .line = r->line };
	bool is_last = false;

	vec_clear(&r->cells);
	while (!is_last) {
		struct str cell = peek(r) == '"' ? read_quoted(r) :
		    read_bare(r);

		*(struct str *)vec_push(&r->cells) = cell;
		is_last = peek(r) == '\n';
		r->at++;
	}
	r->line++;
	row.count = r->cells.count;
	row.cells = arena_array(r->arena, row.count, sizeof(*row.cells));
	memcpy(row.cells, r->cells.items, row.count * sizeof(*row.cells));
	return row;
}

static struct csv_row read_comment(struct reading *r)
{
	size_t end = str_find_char(r->bytes, '\n', r->at);
	struct csv_row row = { .count = 1, .line = r->line++ };

	end = end == STR_NOT_FOUND ? r->bytes.len : end;
	row.cells = arena_array(r->arena, 1, sizeof(*row.cells));
	row.cells[0] = str_trim(str_slice(r->bytes, r->at + 1, end));
	r->at = end + 1;
	return row;
}

/* Skips empty lines; false at the end. */
static bool find_row(struct reading *r)
{
	while (!is_end(r) && (peek(r) == '\n' || (peek(r) == '\r' &&
	       end_of_cell(r)))) {
		r->at++;
		r->line++;
	}
	return !is_end(r);
}

static struct csv_row *keep(struct arena *arena, const struct vec *rows)
{
	struct csv_row *kept = arena_array(arena, rows->count, sizeof(*kept));

	if (rows->count > 0)
		memcpy(kept, rows->items, rows->count * sizeof(*kept));
	return kept;
}

static void check_rows(const struct reading *r, const struct vec *rows)
{
	struct mark mark = { .path = r->path };
	const struct csv_row *header, *row;

	if (rows->count == 0) {
		(void)diag_report(r->diags, mark, DIAG_CSV_EMPTY);
		return;
	}
	header = vec_at(rows, 0);
	for (size_t i = 1; r->is_even && i < rows->count - r->is_broken; i++) {
		row = vec_at(rows, i);
		mark.line = row->line;
		if (row->count != header->count)
			(void)diag_report(r->diags, mark, DIAG_CSV_CELLS,
			    str_format(r->diags->arena, "%zu", row->count),
			    str_format(r->diags->arena, "%zu",
				header->count));
	}
}

static bool check_bytes(struct str path, struct str bytes,
    struct diag_list *diags)
{
	size_t nul = str_find_char(bytes, '\0', 0);
	size_t at = utf8_check(bytes);
	struct mark mark = { .path = path, .line = 1 };

	at = nul < at ? nul : at;
	if (at == bytes.len)
		return true;
	for (size_t i = 0; i < at; i++)
		mark.line += bytes.ptr[i] == '\n';
	return diag_report(diags, mark, DIAG_CSV_BYTES);
}

static bool parse(struct arena *arena, struct str path, struct str bytes,
    bool is_even, struct csv *csv, struct diag_list *diags)
{
	struct reading r = { .arena = arena, .path = path, .bytes = bytes,
		.line = 1, .diags = diags, .is_even = is_even };
	size_t errors = diag_errors(diags);
	struct vec rows, comments;

	if (!check_bytes(path, bytes, diags))
		return false;
	if (str_starts(bytes, STR("\xef\xbb\xbf")))
		r.at = 3;
	vec_init(&r.cells, sizeof(struct str));
	vec_init(&rows, sizeof(struct csv_row));
	vec_init(&comments, sizeof(struct csv_row));
	while (find_row(&r)) {
		bool is_comment = peek(&r) == '#';
		struct csv_row row = is_comment ? read_comment(&r) :
		    read_row(&r);

		*(struct csv_row *)vec_push(is_comment ? &comments : &rows) =
		    row;
	}
	check_rows(&r, &rows);
	if (diag_errors(diags) == errors)
		*csv = (struct csv){ keep(arena, &rows), rows.count,
			keep(arena, &comments), comments.count };
	vec_dispose(&comments);
	vec_dispose(&rows);
	vec_dispose(&r.cells);
	return diag_errors(diags) == errors;
}

bool csv_parse(struct arena *arena, struct str path, struct str bytes,
    struct csv *csv, struct diag_list *diags)
{
	return parse(arena, path, bytes, true, csv, diags);
}

bool csv_parse_uneven(struct arena *arena, struct str path, struct str bytes,
    struct csv *csv, struct diag_list *diags)
{
	return parse(arena, path, bytes, false, csv, diags);
}

size_t csv_column(const struct csv *csv, struct str name)
{
	for (size_t i = 0; csv->count > 0 && i < csv->rows[0].count; i++)
		if (str_eq(str_trim(csv->rows[0].cells[i]), name))
			return i;
	return CSV_NO_COLUMN;
}

struct str csv_comment(const struct csv *csv, struct str name,
    struct str fallback, uint32_t *line)
{
	for (size_t i = 0; i < csv->comment_count; i++) {
		struct str rest = csv->comments[i].cells[0];

		if (!str_eq(str_trim(str_cut(&rest, ':')), name) ||
		    rest.ptr == NULL)
			continue;
		if (line != NULL)
			*line = csv->comments[i].line;
		return str_trim(rest);
	}
	return fallback;
}
