/* SPDX-License-Identifier: MIT */
/*
 * Finding the tags of a template's source, one after the other, and telling how
 * each stands on its line. Set delimiter tags are obeyed here. Used by
 * template_parse.c alone; everything in it is a view of the source.
 */
#ifndef RENDER_TEMPLATE_TAG_H
#define RENDER_TEMPLATE_TAG_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct diag_list;

enum tag_kind {
	TAG_VALUE,
	TAG_RAW,
	TAG_SECTION,
	TAG_INVERTED,
	TAG_CLOSE,
	TAG_PARTIAL,
	TAG_PARENT,
	TAG_BLOCK,
	TAG_SILENT		/* a comment, set delimiters */
};

struct tag {
	enum tag_kind kind;
	struct str text;	/* the whole tag */
	struct str content;	/* trimmed, without the sign before it */
	size_t from, to;	/* in the source */
	uint32_t line, column;
};

/* Begin with tag_reader_init. */
struct tag_reader {
	struct str path, source;
	size_t at;		/* where the next tag is looked for */
	struct str open, close;	/* the delimiters in force */
	size_t marked;		/* line and column are those of this offset */
	uint32_t line, column;
	bool has_failed;	/* a fault was reported */
	bool is_unclosed;	/* a tag never ends */
};

void tag_reader_init(struct tag_reader *reader, struct str path,
    struct str source);

/* The next tag; false when there is none, or after a tag that never ends. */
bool tag_next(struct tag_reader *reader, struct tag *tag,
    struct diag_list *diags);

/* How a tag stands on its line. */
struct line_place {
	bool is_first, is_last;	/* but for white space */
	size_t line_from;	/* if is_first: where the line begins */
	size_t line_to;		/* if is_last: where the next line begins */
	struct str indent;	/* if is_first: the white space before it */
};

struct line_place tag_place(struct str source, const struct tag *tag);

/* Text without white space, at least one character. */
bool tag_is_word(struct str text);

#endif
