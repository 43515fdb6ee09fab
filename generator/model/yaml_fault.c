/* SPDX-License-Identifier: MIT */
#include "base/diag.h"
#include "base/utf8.h"
#include "model/yaml.h"

#include <string.h>

enum { TABS_MOST = 10 };

enum place {
	AT_PROBLEM,
	AT_CONTEXT	/* where the construct began */
};

/*
 * The words of libyaml 0.2's scanner.c and parser.c. A sentence that is missing
 * here is passed on as it is.
 */
static const struct {
	const char *problem;
	enum diag_code code;
	enum place place;
} translations[] = {
	{ "found character that cannot start any token",
	    DIAG_CANNOT_BEGIN, AT_PROBLEM },
	{ "did not find expected node content",
	    DIAG_CANNOT_BEGIN, AT_PROBLEM },
	{ "did not find expected alphabetic or numeric character",
	    DIAG_CANNOT_BEGIN, AT_CONTEXT },
	{ "did not find expected whitespace or line break",
	    DIAG_CANNOT_BEGIN, AT_CONTEXT },
	{ "did not find expected '!'",
	    DIAG_CANNOT_BEGIN, AT_CONTEXT },
	{ "did not find expected tag URI",
	    DIAG_CANNOT_BEGIN, AT_CONTEXT },
	{ "did not find the expected '>'",
	    DIAG_CANNOT_BEGIN, AT_CONTEXT },
	{ "did not find URI escaped octet",
	    DIAG_CANNOT_BEGIN, AT_CONTEXT },
	{ "found undefined tag handle",
	    DIAG_CANNOT_BEGIN, AT_PROBLEM },
	{ "could not find expected directive name",
	    DIAG_CANNOT_BEGIN, AT_CONTEXT },
	{ "found unknown directive name",
	    DIAG_CANNOT_BEGIN, AT_CONTEXT },
	{ "found a tab character that violates indentation",
	    DIAG_TAB, AT_PROBLEM },
	{ "found a tab character where an indentation space is expected",
	    DIAG_TAB, AT_PROBLEM },
	{ "mapping values are not allowed in this context",
	    DIAG_SECOND_COLON, AT_PROBLEM },
	{ "could not find expected ':'",
	    DIAG_NO_COLON, AT_CONTEXT },
	{ "did not find expected key",
	    DIAG_INDENTATION, AT_PROBLEM },
	{ "did not find expected '-' indicator",
	    DIAG_INDENTATION, AT_PROBLEM },
	{ "did not find expected <document start>",
	    DIAG_SEVERAL_DOCUMENTS, AT_PROBLEM },
	{ "did not find expected ',' or ']'",
	    DIAG_BRACKET_OPEN, AT_PROBLEM },
	{ "did not find expected ',' or '}'",
	    DIAG_BRACKET_OPEN, AT_PROBLEM },
	{ "found unexpected end of stream",
	    DIAG_QUOTE_OPEN, AT_CONTEXT },
	{ "found unexpected document indicator",
	    DIAG_QUOTE_OPEN, AT_CONTEXT },
	{ "found unknown escape character",
	    DIAG_ESCAPE, AT_PROBLEM },
	{ "did not find expected hexdecimal number",
	    DIAG_ESCAPE, AT_PROBLEM },
	{ "found invalid Unicode character escape code",
	    DIAG_ESCAPE, AT_PROBLEM },
	{ "block sequence entries are not allowed in this context",
	    DIAG_LIST_HERE, AT_PROBLEM },
	{ "mapping keys are not allowed in this context",
	    DIAG_COMPLEX_KEY, AT_PROBLEM },
	{ "did not find expected comment or line break",
	    DIAG_BLOCK_HEADER, AT_PROBLEM },
	{ "found an indentation indicator equal to 0",
	    DIAG_BLOCK_HEADER, AT_PROBLEM },
};

enum { TRANSLATIONS = sizeof(translations) / sizeof(translations[0]) };

size_t yaml_line_offset(struct str bytes, size_t wanted, size_t *line,
    size_t *offset)
{
	if (wanted < *line)
		*line = *offset = 0;
	while (*line < wanted) {
		size_t feed = str_find_char(bytes, '\n', *offset);

		if (feed == STR_NOT_FOUND)
			return bytes.len;
		*offset = feed + 1;
		++*line;
	}
	return *offset;
}

/* The character at a place, or nothing at the end of the source. */
static struct str character_at(struct str bytes, size_t line, size_t column)
{
	size_t at_line = 0, offset = 0, size;
	size_t start = yaml_line_offset(bytes, line, &at_line, &offset);
	struct str rest = str_slice(bytes, start, bytes.len);
	size_t at = utf8_offset(rest, column);

	if (at >= rest.len)
		return STR_NONE;
	(void)utf8_decode(rest, at, &size);
	return str_slice(rest, at, at + size);
}

static struct mark mark_at(const struct yaml_source *source, size_t line,
    size_t column)
{
	return (struct mark){ .path = source->path,
		.line = source->line + (uint32_t)line,
		.column = (uint32_t)column + 1 };
}

/* The column of the tab before the first letter of a line, or its length. */
static size_t find_tab(struct str line)
{
	size_t tab = line.len;

	for (size_t i = 0; i < line.len; i++) {
		if (line.ptr[i] == '\t' && tab == line.len)
			tab = i;
		else if (line.ptr[i] != ' ' && line.ptr[i] != '\t')
			return tab;
	}
	return line.len;
}

/* All indentations with tabs, not only the one at which libyaml stopped. */
static void report_tabs(const struct yaml_source *source, struct mark stopped,
    struct diag_list *diags)
{
	struct str rest = source->bytes;
	size_t found = 0;

	for (size_t i = 0; rest.len > 0 && found < TABS_MOST; i++) {
		struct str line = str_cut(&rest, '\n');
		size_t tab = find_tab(line);

		if (tab < line.len) {
			(void)diag_report(diags, mark_at(source, i, tab),
			    DIAG_TAB);
			found++;
		}
	}
	if (found == 0)
		(void)diag_report(diags, stopped, DIAG_TAB);
}

static size_t find_translation(const char *problem)
{
	for (size_t i = 0; i < TRANSLATIONS; i++)
		if (problem != NULL &&
		    strcmp(problem, translations[i].problem) == 0)
			return i;
	return TRANSLATIONS;
}

/* A line of the source without its break. */
static struct str line_at(struct str bytes, size_t line)
{
	size_t at_line = 0, offset = 0;
	size_t start = yaml_line_offset(bytes, line, &at_line, &offset);
	struct str rest = str_slice(bytes, start, bytes.len);

	return str_trim(str_cut(&rest, '\n'));
}

/*
 * Whether the ':' that libyaml did not expect is the first of its line, and the
 * line before has none: "title：a" with the colon of Chinese text, or none at
 * all, makes one long name of both lines.
 */
static bool lacks_colon_before(const struct yaml_source *source,
    const struct yaml_fault *fault)
{
	struct str line = line_at(source->bytes, fault->line), before;

	if (fault->line == 0 ||
	    str_find_char(line, ':', 0) != str_find(line, STR(": "), 0))
		return false;
	before = line_at(source->bytes, fault->line - 1);
	return before.len > 0 && before.ptr[0] != '#' &&
	    str_find_char(before, ':', 0) == STR_NOT_FOUND;
}

/* The number of a line, for people. */
static struct str line_number(const struct yaml_source *source, size_t line,
    struct diag_list *diags)
{
	return str_format(diags->arena, "%zu", source->line + line);
}

/* The first line that is neither empty nor a comment; `end` if none is. */
static size_t first_line(const struct yaml_source *source, size_t end)
{
	size_t i = 0;

	for (; i < end; i++) {
		struct str line = line_at(source->bytes, i);

		if (line.len > 0 && line.ptr[0] != '#')
			break;
	}
	return i;
}

/*
 * Where libyaml takes the document to be over though nothing says that it is:
 * its first field is indented further than what follows, or is none.
 */
static void report_end(const struct yaml_source *source,
    const struct yaml_fault *fault, struct mark mark, struct diag_list *diags)
{
	size_t first = first_line(source, fault->line);
	struct str line = line_at(source->bytes, first);

	for (size_t i = first; i < fault->line; i++)
		if (str_eq(line_at(source->bytes, i), STR("..."))) {
			(void)diag_report(diags, mark, DIAG_SEVERAL_DOCUMENTS);
			return;
		}
	if (str_find_char(line, ':', 0) == STR_NOT_FOUND &&
	    !str_starts(line, STR("-")) && !str_starts(line, STR("[")))
		(void)diag_report(diags, mark_at(source, first, 0),
		    DIAG_NO_COLON);
	else
		(void)diag_report(diags, mark, DIAG_INDENTATION,
		    line_number(source, first, diags));
}

/* The line, for people, on which what is wrong began. */
static struct str beginning(const struct yaml_source *source,
    const struct yaml_fault *fault, struct diag_list *diags)
{
	size_t line = fault->has_context && fault->context_line <
	    fault->line ? fault->context_line : fault->open_line;

	return line_number(source, line, diags);
}

void yaml_fault_report(const struct yaml_source *source,
    const struct yaml_fault *fault, struct diag_list *diags)
{
	size_t found = find_translation(fault->problem);
	struct mark mark = mark_at(source, fault->line, fault->column);
	struct str argument, letter;
	enum diag_code code;

	if (found == TRANSLATIONS) {
		(void)diag_report(diags, mark, DIAG_YAML_OTHER,
		    str_from(fault->problem));
		return;
	}
	code = translations[found].code;
	letter = character_at(source->bytes, fault->line, fault->column);
	if (translations[found].place == AT_CONTEXT && fault->has_context) {
		mark = mark_at(source, fault->context_line,
		    fault->context_column);
		letter = character_at(source->bytes, fault->context_line,
		    fault->context_column);
	}
	if (code == DIAG_TAB || str_eq(letter, STR("\t"))) {
		report_tabs(source, mark, diags);
		return;
	}
	if (code == DIAG_CANNOT_BEGIN && letter.len == 0)
		code = DIAG_BRACKET_OPEN;
	if (str_eq(letter, STR(":")) && (code == DIAG_CANNOT_BEGIN ||
	    code == DIAG_INDENTATION || code == DIAG_SEVERAL_DOCUMENTS))
		code = DIAG_EMPTY_KEY;
	if (code == DIAG_SECOND_COLON && lacks_colon_before(source, fault)) {
		code = DIAG_NO_COLON;
		mark = mark_at(source, fault->line - 1, 0);
	}
	if (code == DIAG_SEVERAL_DOCUMENTS) {
		report_end(source, fault, mark, diags);
		return;
	}
	if (code == DIAG_CANNOT_BEGIN)
		argument = letter;
	else
		argument = beginning(source, fault, diags);
	(void)diag_report(diags, mark, code, argument);
}
