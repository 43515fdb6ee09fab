/* SPDX-License-Identifier: MIT */
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "render/markdown.h"
#include "render/markdown_events.h"

/* The last character of the text so far; 0 at its beginning. */
static uint32_t last_character(const struct buf *text)
{
	size_t at = text->len, size;

	if (at == 0)
		return 0;
	do
		at--;
	while (at > 0 && ((unsigned char)text->ptr[at] & 0xc0) == 0x80);
	return utf8_decode(buf_str(text), at, &size);
}

static void end_line(struct buf *text, size_t begin)
{
	while (text->len > begin && text->ptr[text->len - 1] == ' ')
		buf_truncate(text, text->len - 1);
	if (text->len > begin && text->ptr[text->len - 1] != '\n')
		buf_append_char(text, '\n');
}

/* Between the cells of a row, and where lines are joined. */
static void append_space(struct buf *text, size_t begin)
{
	if (text->len > begin && text->ptr[text->len - 1] != '\n' &&
	    text->ptr[text->len - 1] != ' ')
		buf_append_char(text, ' ');
}

static void append_event(const struct markdown_events *events, size_t at,
    struct buf *text, size_t begin)
{
	const struct markdown_event *event = &events->items[at];

	switch (event->kind) {
	case MARKDOWN_TEXT:
	case MARKDOWN_CODE:
		buf_append(text, event->text);
		break;
	case MARKDOWN_CODE_BLOCK:
		end_line(text, begin);
		buf_append(text, event->text);
		end_line(text, begin);
		break;
	case MARKDOWN_SOFT_BREAK:
		if (!markdown_joins(last_character(text),
		    markdown_next_character(events, at + 1)))
			append_space(text, begin);
		break;
	case MARKDOWN_LINE_BREAK:
	case MARKDOWN_CELL:
		append_space(text, begin);
		break;
	case MARKDOWN_PARAGRAPH:
	case MARKDOWN_HEADING:
	case MARKDOWN_ITEM:
	case MARKDOWN_ROW:
		end_line(text, begin);
		break;
	default:
		break;
	}
}

void markdown_text(struct str body, struct buf *text)
{
	struct markdown_events events;
	struct arena arena;
	size_t begin = text->len;
	uint32_t line;

	if (markdown_guard(body, &line) != NULL)
		return;
	arena_init(&arena);
	markdown_parse(&arena, body, &events);
	for (size_t at = 0; at < events.count; at++)
		append_event(&events, at, text, begin);
	end_line(text, begin);
	arena_dispose(&arena);
}
