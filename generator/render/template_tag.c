/* SPDX-License-Identifier: MIT */
#include "render/template_tag.h"

#include "base/diag.h"
#include "base/utf8.h"

void tag_reader_init(struct tag_reader *reader, struct str path,
    struct str source)
{
	*reader = (struct tag_reader){ .path = path, .source = source,
		.open = STR("{{"), .close = STR("}}"), .line = 1,
		.column = 1 };
}

/* Moves the mark on to `at`. Each byte is counted once, whatever the length of
 * the lines. */
static void move_mark(struct tag_reader *r, size_t at)
{
	size_t size;

	while (r->marked < at) {
		if (r->source.ptr[r->marked] == '\n') {
			r->line++;
			r->column = 0;
		}
		(void)utf8_decode(r->source, r->marked, &size);
		r->marked += size;
		r->column++;
	}
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

bool tag_is_word(struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (is_space(text.ptr[i]))
			return false;
	return text.len > 0;
}

/* The kind that the sign at the beginning of a tag's inside means. */
static enum tag_kind kind_of(char sign)
{
	static const struct {
		char sign;
		enum tag_kind kind;
	} kinds[] = {
		{ '{', TAG_RAW }, { '&', TAG_RAW }, { '#', TAG_SECTION },
		{ '^', TAG_INVERTED }, { '/', TAG_CLOSE },
		{ '>', TAG_PARTIAL }, { '<', TAG_PARENT },
		{ '$', TAG_BLOCK }, { '!', TAG_SILENT }, { '=', TAG_SILENT },
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (kinds[i].sign == sign)
			return kinds[i].kind;
	return TAG_VALUE;
}

/* Offset of the end of the inside that begins at `from`: before the closing
 * delimiter, and before the sign that {{{ and {{= repeat in front of it. */
static size_t inside_end(const struct tag_reader *r, size_t from, char sign)
{
	char mate = sign == '{' ? '}' : '=';
	size_t end = from;

	if (sign != '{' && sign != '=')
		return str_find(r->source, r->close, from);
	for (;; end++) {
		end = str_find_char(r->source, mate, end);
		if (end == STR_NOT_FOUND || str_starts(str_slice(r->source,
		    end + 1, r->source.len), r->close))
			return end;
	}
}

static void set_delimiters(struct tag_reader *r, const struct tag *tag,
    struct diag_list *diags)
{
	struct str rest = tag->content, open;
	size_t end = 0;

	while (end < rest.len && !is_space(rest.ptr[end]))
		end++;
	open = str_slice(rest, 0, end);
	rest = str_trim(str_slice(rest, end, rest.len));
	if (!tag_is_word(open) || !tag_is_word(rest) ||
	    str_find_char(open, '=', 0) != STR_NOT_FOUND ||
	    str_find_char(rest, '=', 0) != STR_NOT_FOUND) {
		r->has_failed = true;
		(void)diag_report(diags,
		    ((struct mark){ r->path, tag->line, tag->column }),
		    DIAG_TAG_DELIMITERS, tag->text);
		return;
	}
	r->open = open;
	r->close = rest;
}

/* The first line of a tag that has no end, at most 40 bytes of it. */
static struct str beginning_at(struct str source, size_t at)
{
	size_t end = str_find_char(source, '\n', at), size;
	struct str text = str_slice(source, at, end);
	size_t len = 0;

	while (len < text.len && len < 40) {
		(void)utf8_decode(text, len, &size);
		len += size;
	}
	return str_trim(str_slice(text, 0, len));
}

bool tag_next(struct tag_reader *r, struct tag *tag, struct diag_list *diags)
{
	size_t from = str_find(r->source, r->open, r->at), inside, end;
	char sign = '\0';

	if (from == STR_NOT_FOUND)
		return false;
	move_mark(r, from);
	inside = from + r->open.len;
	if (inside < r->source.len)
		sign = r->source.ptr[inside];
	*tag = (struct tag){ .kind = kind_of(sign), .from = from,
		.line = r->line, .column = r->column };
	inside += tag->kind != TAG_VALUE;
	end = inside_end(r, inside, sign);
	if (end == STR_NOT_FOUND) {
		r->has_failed = r->is_unclosed = true;
		r->at = r->source.len;
		return diag_report(diags,
		    ((struct mark){ r->path, r->line, r->column }),
		    DIAG_TAG_UNCLOSED, beginning_at(r->source, from),
		    r->close);
	}
	tag->content = str_trim(str_slice(r->source, inside, end));
	tag->to = end + (sign == '{' || sign == '=') + r->close.len;
	tag->text = str_slice(r->source, from, tag->to);
	r->at = tag->to;
	if (sign == '=')
		set_delimiters(r, tag, diags);
	return true;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

struct line_place tag_place(struct str source, const struct tag *tag)
{
	struct line_place place = { .line_from = tag->from,
		.line_to = tag->to };

	while (place.line_from > 0 &&
	    is_blank(source.ptr[place.line_from - 1]))
		place.line_from--;
	place.is_first = place.line_from == 0 ||
	    source.ptr[place.line_from - 1] == '\n';
	place.indent = str_slice(source, place.line_from, tag->from);
	while (place.line_to < source.len &&
	    is_blank(source.ptr[place.line_to]))
		place.line_to++;
	if (place.line_to + 1 < source.len &&
	    source.ptr[place.line_to] == '\r' &&
	    source.ptr[place.line_to + 1] == '\n')
		place.line_to++;
	place.is_last = place.line_to == source.len ||
	    source.ptr[place.line_to] == '\n';
	if (place.line_to < source.len)
		place.line_to += place.is_last;
	return place;
}
