/* SPDX-License-Identifier: MIT */
#include "base/utf8.h"
#include "render/markdown_writer.h"

/* Diagnostics mostly come in the order of the text, so the search for a line
 * goes on where the last one ended. */
struct str markdown_line(struct markdown_writer *w, uint32_t line)
{
	size_t end;

	if (line < w->known_line || w->known_line == 0) {
		w->known_line = 1;
		w->known_at = 0;
	}
	while (w->known_line < line) {
		end = str_find_char(w->body, '\n', w->known_at);
		if (end == STR_NOT_FOUND)
			return STR_NONE;
		w->known_at = end + 1;
		w->known_line++;
	}
	end = str_find_char(w->body, '\n', w->known_at);
	return str_slice(w->body, w->known_at,
	    end == STR_NOT_FOUND ? w->body.len : end);
}

void markdown_report(struct markdown_writer *w, uint32_t line, uint32_t column,
    enum diag_code code, const struct str args[3])
{
	struct mark mark = { w->options->path, 0, 0 };
	struct str text;

	if (diag_info(code)->severity >= DIAG_ERROR)
		w->errors++;
	if (w->told[code]++ > MARKDOWN_TOLD_MAX)
		return;
	if (line > 0) {
		text = markdown_line(w, line);
		mark.line = w->options->first_line + line - 1;
		if (column > 0 && column <= text.len)
			mark.column = (uint32_t)utf8_count(
			    str_slice(text, 0, column - 1)) + 1;
	}
	if (w->told[code] > MARKDOWN_TOLD_MAX)
		code = DIAG_BODY_MORE;
	(void)diag_report(w->diags, mark, code, args[0], args[1], args[2]);
}

/* Whether the line has a backslash: marks that show may be meant to. */
static bool has_escapes(struct markdown_writer *w,
    const struct markdown_event *event)
{
	return str_find_char(markdown_line(w, event->line), '\\', 0) !=
	       STR_NOT_FOUND;
}

static uint32_t column_of(const struct markdown_event *event, size_t offset)
{
	return event->column == 0 ? 0 : event->column + (uint32_t)offset;
}

/*
 * Two "**" in one text were to be strong, but CommonMark does not take "**" for
 * marks between a punctuation mark and a letter, as in 。**（注）**字, which
 * Chinese authors do not expect.
 */
static void check_strong(struct markdown_writer *w,
    const struct markdown_event *event)
{
	static const struct str args[3] = { { "**", 2 }, { NULL, 0 },
		{ NULL, 0 } };
	size_t first = str_find(event->text, args[0], 0);

	if (first == STR_NOT_FOUND ||
	    str_find(event->text, args[0], first + 2) == STR_NOT_FOUND ||
	    has_escapes(w, event))
		return;
	markdown_report(w, event->line, column_of(event, first),
	    DIAG_MARKS_SHOW, args);
}

static void check_notes(struct markdown_writer *w,
    const struct markdown_event *event)
{
	struct str text = event->text;
	size_t at = 0, end;

	while ((at = str_find(text, STR("[^"), at)) != STR_NOT_FOUND) {
		end = str_find_char(text, ']', at);
		if (end == STR_NOT_FOUND)
			return;
		if (end > at + 2 && !has_escapes(w, event)) {
			const struct str args[3] = {
				str_slice(text, at, end + 1)
			};

			markdown_report(w, event->line, column_of(event, at),
			    DIAG_FOOTNOTE_UNDEFINED, args);
		}
		at = end;
	}
}

void markdown_check_text(struct markdown_writer *w,
    const struct markdown_event *event)
{
	if (str_find_char(event->text, '*', 0) != STR_NOT_FOUND)
		check_strong(w, event);
	if (str_find_char(event->text, '[', 0) != STR_NOT_FOUND)
		check_notes(w, event);
}

struct str markdown_plain(struct markdown_writer *w, size_t entry)
{
	const struct markdown_event *items = w->events.items;
	struct buf plain;
	struct str copy;

	buf_init(&plain);
	for (size_t i = entry; i <= items[entry].mate; i++) {
		if (items[i].kind == MARKDOWN_TEXT ||
		    items[i].kind == MARKDOWN_CODE)
			buf_append(&plain, items[i].text);
		else if (items[i].kind == MARKDOWN_SOFT_BREAK ||
		    items[i].kind == MARKDOWN_LINE_BREAK)
			buf_append_char(&plain, ' ');
	}
	copy = str_dup(&w->arena, buf_str(&plain));
	buf_dispose(&plain);
	return copy;
}

/* Letters, digits and characters of any script, but no punctuation. */
static bool belongs_to_id(uint32_t c)
{
	if (c < 0x80)
		return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
		       c == '_';
	return c != UTF8_INVALID && !(c <= 0xbf && c != 0xaa && c != 0xb5) &&
	       c != 0xd7 && c != 0xf7 && !(c >= 0x2000 && c <= 0x206f) &&
	       !(c >= 0x3000 && c <= 0x303f && c != 0x3005 && c != 0x3007) &&
	       !(c >= 0xff00 && c <= 0xff0f) && !(c >= 0xff1a && c <= 0xff20) &&
	       !(c >= 0xff3b && c <= 0xff40) && !(c >= 0xff5b && c <= 0xff65) &&
	       !(c >= 0xe000 && c <= 0xf8ff) && !(c >= 0xfe00 && c <= 0xfe0f);
}

/* The heading's words in lower case, joined by '-'. */
static struct str slug_of(struct markdown_writer *w, struct str text)
{
	struct buf slug;
	struct str copy;
	size_t size;

	buf_init(&slug);
	for (size_t at = 0; at < text.len; at += size) {
		uint32_t c = utf8_decode(text, at, &size);

		if (c >= 'A' && c <= 'Z')
			c |= 0x20;
		if (belongs_to_id(c))
			utf8_append(&slug, c);
		else if (slug.len > 0 && slug.ptr[slug.len - 1] != '-')
			buf_append_char(&slug, '-');
	}
	if (slug.len > 0 && slug.ptr[slug.len - 1] == '-')
		buf_truncate(&slug, slug.len - 1);
	if (slug.len == 0)
		buf_append(&slug, STR("section"));
	copy = str_dup(&w->arena, buf_str(&slug));
	buf_dispose(&slug);
	return copy;
}

/*
 * `slug`, or with -2, -3 … after it the first that no heading has. Each slug
 * remembers the number it has come to.
 */
static struct str unique_slug(struct markdown_writer *w, struct str slug)
{
	size_t *number = map_get(&w->slugs, slug);
	struct str candidate = slug;

	if (number == NULL) {
		number = arena_alloc(&w->arena, sizeof(*number));
		*number = 1;
		(void)map_put(&w->slugs, slug, number);
		return slug;
	}
	while (map_has(&w->slugs, candidate))
		candidate = str_format(&w->arena, "%.*s-%zu", STR_ARG(slug),
		    ++*number);
	number = arena_alloc(&w->arena, sizeof(*number));
	*number = 1;
	(void)map_put(&w->slugs, candidate, number);
	return candidate;
}

void markdown_name_headings(struct markdown_writer *w)
{
	const struct markdown_event *items = w->events.items;
	size_t count = 0;

	for (size_t i = 0; i < w->events.count; i++)
		count += items[i].kind == MARKDOWN_HEADING && !items[i].is_exit;
	w->ids = arena_array(&w->arena, count + 1, sizeof(*w->ids));
	count = 0;
	for (size_t i = 0; i < w->events.count; i++)
		if (items[i].kind == MARKDOWN_HEADING && !items[i].is_exit)
			w->ids[count++] = unique_slug(w,
			    slug_of(w, markdown_plain(w, i)));
}
