/* SPDX-License-Identifier: MIT */
/*
 * cmark-gfm 0.29.0.gfm.6 takes time that grows with the square of some things
 * (CVE-2023-22483, -22484, -22486, -26485 and kin): a block's opening brackets,
 * its '<' and '@', closing parentheses at the end of an address, the depth of
 * quotes and lists on a line, a table's columns times its rows. Counting them
 * costs one pass; the limits leave room for any prose, and keep half a megabyte
 * of the worst below a few seconds. tests/unit/render/markdown_test.c holds the
 * inputs.
 *
 * It also measures the sign of a footnote by columns, as if lines did not end:
 * of a sign over two lines it would lose text, or half a character.
 */
#include "render/markdown_events.h"

#include <string.h>

enum {
	CONTAINERS_MAX = 40,	/* on a line */
	BRACKETS_MAX = 5000,	/* in a block, … */
	ANGLES_MAX = 2000,
	ATS_MAX = 500,
	PARENTHESES_MAX = 500,	/* in a word */
	COLUMNS_MAX = 200,
	CELLS_MAX = 100000	/* of a table */
};

#define LITERAL(text) { text, sizeof(text) - 1 }

static const struct markdown_fault TOO_DEEP = {
	DIAG_BODY_COMPLEX, LITERAL("quotes or lists nested too deep"),
	LITERAL("引用或列表嵌套过深")
};
static const struct markdown_fault TOO_MANY_BRACKETS = {
	DIAG_BODY_COMPLEX, LITERAL("thousands of '[' without an empty line"),
	LITERAL("没有空行的大量“[”")
};
static const struct markdown_fault TOO_MANY_ANGLES = {
	DIAG_BODY_COMPLEX, LITERAL("thousands of '<' without an empty line"),
	LITERAL("没有空行的大量“<”")
};
static const struct markdown_fault TOO_MANY_ATS = {
	DIAG_BODY_COMPLEX, LITERAL("hundreds of '@' without an empty line"),
	LITERAL("没有空行的大量“@”")
};
static const struct markdown_fault TOO_MANY_PARENTHESES = {
	DIAG_BODY_COMPLEX, LITERAL("hundreds of ')' in one word"),
	LITERAL("连续的大量“)”")
};
static const struct markdown_fault TABLE_TOO_LARGE = {
	DIAG_BODY_COMPLEX,
	LITERAL("a table of more than 200 columns or 100,000 cells"),
	LITERAL("表格超过 200 列或 100000 个单元格")
};

static const struct markdown_fault BROKEN_NOTE = {
	DIAG_FOOTNOTE_BROKEN, LITERAL(""), LITERAL("")
};

struct counts {
	size_t brackets, angles, ats;	/* of the block */
	size_t parentheses;		/* of the word, and … */
	size_t most_parentheses;	/* … of any word of the block */
	size_t columns, rows;		/* of the table; 0 columns: none */
};

static size_t skip_blank(struct str line, size_t at)
{
	while (at < line.len && (line.ptr[at] == ' ' || line.ptr[at] == '\t'))
		at++;
	return at;
}

static bool ends_marker(struct str line, size_t at)
{
	return at == line.len || line.ptr[at] == ' ' || line.ptr[at] == '\t';
}

/* Offset after a quote or list marker at `at`; `at` itself if there is none. */
static size_t marker_end(struct str line, size_t at)
{
	size_t end = at;

	if (at == line.len)
		return at;
	if (line.ptr[at] == '>')
		return at + 1;
	if (strchr("-+*", line.ptr[at]) != NULL && line.ptr[at] != '\0')
		return ends_marker(line, at + 1) ? at + 1 : at;
	while (end < line.len && line.ptr[end] >= '0' && line.ptr[end] <= '9')
		end++;
	if (end == at || end == line.len ||
	    (line.ptr[end] != '.' && line.ptr[end] != ')'))
		return at;
	return ends_marker(line, end + 1) ? end + 1 : at;
}

/* Markers at the beginning of the line; where they end in `*at`. */
static size_t count_containers(struct str line, size_t *at)
{
	size_t count = 0, end;

	*at = skip_blank(line, 0);
	while ((end = marker_end(line, *at)) > *at && count <= CONTAINERS_MAX) {
		*at = skip_blank(line, end);
		count++;
	}
	return count;
}

/* Columns of the line below a table's head, 0 if it is none. */
static size_t count_columns(struct str line)
{
	bool has_dash = false;
	size_t columns = 1;

	for (size_t i = 0; i < line.len; i++) {
		if (strchr("|:- \t", line.ptr[i]) == NULL ||
		    line.ptr[i] == '\0')
			return 0;
		has_dash = has_dash || line.ptr[i] == '-';
		columns += line.ptr[i] == '|';
	}
	return has_dash && columns > 1 ? columns : 0;
}

static void count_character(struct counts *c, char character)
{
	switch (character) {
	case '[':
		c->brackets++;
		break;
	case '<':
		c->angles++;
		break;
	case '@':
		c->ats++;
		break;
	case ')':
		c->parentheses++;
		if (c->parentheses > c->most_parentheses)
			c->most_parentheses = c->parentheses;
		break;
	default:
		c->parentheses = 0;
		break;
	}
}

static const struct markdown_fault *count_characters(struct counts *c,
    struct str line)
{
	static const bool counts[256] = {
		['['] = true, ['<'] = true, ['@'] = true, [')'] = true,
		[' '] = true,
	};

	c->parentheses = 0;
	for (size_t i = 0; i < line.len; i++)
		if (counts[(unsigned char)line.ptr[i]])
			count_character(c, line.ptr[i]);
	return c->brackets > BRACKETS_MAX ? &TOO_MANY_BRACKETS :
	    c->angles > ANGLES_MAX ? &TOO_MANY_ANGLES :
	    c->ats > ATS_MAX ? &TOO_MANY_ATS :
	    c->most_parentheses > PARENTHESES_MAX ? &TOO_MANY_PARENTHESES :
	    NULL;
}

/* Offset of the last byte of what begins at `at`: an escape, a code span, or
 * the byte itself. */
static size_t skip_quoted(struct str line, size_t at)
{
	size_t end;

	if (line.ptr[at] == '\\' && at + 1 < line.len)
		return at + 1;
	if (line.ptr[at] != '`')
		return at;
	end = str_find_char(line, '`', at + 1);
	return end == STR_NOT_FOUND ? at : end;
}

/* Whether a "[^" is still open where the line ends. */
static bool has_open_note(struct str line)
{
	size_t at = 0;

	while ((at = str_find(line, STR("[^"), at)) != STR_NOT_FOUND) {
		size_t depth = 1, end = at + 1;

		for (; depth > 0 && end < line.len; end++) {
			size_t last = skip_quoted(line, end);

			depth += last == end && line.ptr[end] == '[';
			depth -= last == end && line.ptr[end] == ']';
			end = last;
		}
		if (depth > 0)
			return true;
		at = end;
	}
	return false;
}

static const struct markdown_fault *count_line(struct counts *c,
    struct str line)
{
	size_t text_at, columns, brackets = c->brackets;
	const struct markdown_fault *fault;

	if (skip_blank(line, 0) == line.len) {
		*c = (struct counts){ .brackets = 0 };
		return NULL;
	}
	if (count_containers(line, &text_at) > CONTAINERS_MAX)
		return &TOO_DEEP;
	columns = count_columns(str_slice(line, text_at, line.len));
	c->rows++;
	if (columns > 0) {
		c->columns = columns > c->columns ? columns : c->columns;
		c->rows = 1;
	}
	if (c->columns > COLUMNS_MAX || c->columns * c->rows > CELLS_MAX)
		return &TABLE_TOO_LARGE;
	fault = count_characters(c, line);
	if (fault == NULL && c->brackets > brackets && has_open_note(line))
		fault = &BROKEN_NOTE;
	return fault;
}

const struct markdown_fault *markdown_guard(struct str body, uint32_t *line)
{
	struct counts counts = { .brackets = 0 };
	const struct markdown_fault *fault = NULL;

	*line = 0;
	while (body.len > 0 && fault == NULL) {
		fault = count_line(&counts, str_cut(&body, '\n'));
		++*line;
	}
	return fault;
}
