/* SPDX-License-Identifier: MIT */
/*
 * The state of one body on its way to HTML, shared by markdown.c (structure),
 * markdown_inline.c (what stands within a line) and markdown_report.c (places
 * and diagnostics).
 */
#ifndef RENDER_MARKDOWN_WRITER_H
#define RENDER_MARKDOWN_WRITER_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/map.h"
#include "base/str.h"
#include "render/markdown.h"
#include "render/markdown_events.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct markdown_writer {
	const struct markdown_options *options;
	struct str body, prefix;
	struct arena arena;		/* of everything but the HTML */
	struct markdown_events events;
	struct buf *html;
	struct diag_list *diags;
	size_t errors;
	struct map slugs;		/* of headings: what is an id */
	struct str *ids;		/* of the headings, in order */
	size_t heading;			/* the next one's number */
	uint8_t level;			/* of the last heading */
	uint32_t last;			/* character of text written last */
	bool has_table_body, has_notes, in_link;
	/* Where a line of the body begins: the last one asked for. */
	uint32_t known_line;
	size_t known_at;
	size_t told[DIAG_CODE_COUNT];	/* how often each code was */
};

/*
 * Reports `code` at a place of the body, its arguments a, b and c; `column` in
 * bytes, 0 for the whole line. After MARKDOWN_TOLD_MAX of a kind one notice
 * says that there are more.
 */
enum { MARKDOWN_TOLD_MAX = 20 };
void markdown_report(struct markdown_writer *writer, uint32_t line,
    uint32_t column, enum diag_code code, const struct str args[3]);

/* Warns of marks that show as they stand: "**", "[^1]". */
void markdown_check_text(struct markdown_writer *writer,
    const struct markdown_event *event);

/* The bytes of one line of the body, from 1; empty if there is none. */
struct str markdown_line(struct markdown_writer *writer, uint32_t line);

/* Fills `slugs` and `ids` from the headings. */
void markdown_name_headings(struct markdown_writer *writer);

/* Writes event `at`, an inline one; returns the index of the last event dealt
 * with, `at` itself or the exit of what it is an entry of. */
size_t markdown_write_inline(struct markdown_writer *writer, size_t at);

/* The plain text between an entry and its exit, in the writer's arena. */
struct str markdown_plain(struct markdown_writer *writer, size_t entry);

#endif
