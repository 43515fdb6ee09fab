/* SPDX-License-Identifier: MIT */
/*
 * A parsed body as an array of events, each node's entry and exit, in the order
 * of the text: what cmark-gfm found, copied at the border. Shared by the
 * markdown*.c files and nobody else; markdown_events.c alone knows the library.
 */
#ifndef RENDER_MARKDOWN_EVENTS_H
#define RENDER_MARKDOWN_EVENTS_H

#include "base/diag.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum markdown_kind {
	MARKDOWN_DOCUMENT,
	MARKDOWN_QUOTE,
	MARKDOWN_LIST,
	MARKDOWN_ITEM,
	MARKDOWN_CODE_BLOCK,
	MARKDOWN_HTML_BLOCK,
	MARKDOWN_PARAGRAPH,
	MARKDOWN_HEADING,
	MARKDOWN_RULE,
	MARKDOWN_NOTE,		/* a footnote's text */
	MARKDOWN_TABLE,
	MARKDOWN_ROW,
	MARKDOWN_CELL,
	MARKDOWN_TEXT,
	MARKDOWN_SOFT_BREAK,
	MARKDOWN_LINE_BREAK,
	MARKDOWN_CODE,
	MARKDOWN_HTML,
	MARKDOWN_EMPHASIS,
	MARKDOWN_STRONG,
	MARKDOWN_STRIKE,
	MARKDOWN_ANCHOR,	/* a link */
	MARKDOWN_PICTURE,
	MARKDOWN_NOTE_MARK,	/* a footnote's sign in the text */
	MARKDOWN_UNKNOWN,
	MARKDOWN_KIND_COUNT
};

enum markdown_align { ALIGN_NONE, ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT };

struct markdown_event {
	uint8_t kind;		/* enum markdown_kind */
	uint8_t level;		/* heading: 1 to 6; cell: enum markdown_align */
	bool is_exit;
	bool is_tight;		/* a paragraph whose list has no gaps */
	bool is_ordered;	/* a list */
	bool is_header;		/* a row or cell */
	bool is_bare;		/* a link that is its own text, unmarked */
	uint32_t number;	/* list: first number; footnote: its number */
	uint32_t repeat;	/* note mark: which one; note: how many marks */
	uint32_t line, column;	/* in the body, from 1; column in bytes */
	uint32_t mate;		/* index of the exit of an entry */
	struct str text;	/* what it literally holds */
	struct str url;		/* link, picture; code block: its language */
	struct str title;
};

struct markdown_events {
	struct markdown_event *items;	/* in the arena */
	size_t count;
};

/* Parses `body`, which the guard has passed. All text is copied. */
void markdown_parse(struct arena *arena, struct str body,
    struct markdown_events *events);

/*
 * What must not be given to the parser, or NULL: what is wrong, with its reason
 * in both languages, and the line in `*line`.
 */
struct markdown_fault {
	enum diag_code code;
	struct str en, zh;
};
const struct markdown_fault *markdown_guard(struct str body, uint32_t *line);

/*
 * Whether a line break between two characters is no space: both are Chinese or
 * Japanese, punctuation included.
 */
bool markdown_joins(uint32_t before, uint32_t after);

/* The first character of text at or after event `at` in the same paragraph;
 * 0 if there is none. */
uint32_t markdown_next_character(const struct markdown_events *events,
    size_t at);

#endif
