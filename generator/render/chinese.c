/* SPDX-License-Identifier: MIT */
#include "render/chinese.h"

#include "base/buf.h"
#include "base/utf8.h"

/* One walk over a page. */
struct marking {
	struct buf *out;
	struct str tag;		/* a start tag not written yet, or empty */
	size_t chinese;		/* elements open since one that is Chinese */
	size_t svg;		/* the same of a drawing */
	bool is_plain;		/* in an element that holds text alone */
};

static const struct str lang = { " lang=\"zh-CN\"", 13 };

/* Elements without an end tag, those that hold text alone, and those whose
 * text is none. */
static const struct str voids[] = { { "area", 4 }, { "base", 4 }, { "br", 2 },
	{ "col", 3 }, { "embed", 5 }, { "hr", 2 }, { "img", 3 },
	{ "input", 5 }, { "link", 4 }, { "meta", 4 }, { "source", 6 },
	{ "track", 5 }, { "wbr", 3 } };
static const struct str plain[] = { { "title", 5 }, { "option", 6 },
	{ "textarea", 8 }, { "desc", 4 } };
static const struct str raw[] = { { "script", 6 }, { "style", 5 } };

#define IS_ONE_OF(name, list) is_one_of(name, list, \
	sizeof(list) / sizeof((list)[0]))

static bool is_one_of(struct str name, const struct str *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq(name, list[i]))
			return true;
	return false;
}

/* "td" of "<td class=…>" and of "</td>". */
static struct str tag_name(struct str tag)
{
	size_t from = str_starts(tag, STR("</")) ? 2 : 1, to = from;

	while (to < tag.len && tag.ptr[to] != ' ' && tag.ptr[to] != '>' &&
	    tag.ptr[to] != '/' && tag.ptr[to] != '\n')
		to++;
	return str_slice(tag, from, to);
}

static bool has_no_end(struct str tag)
{
	return str_ends(tag, STR("/>")) || IS_ONE_OF(tag_name(tag), voids);
}

/* -- where the Chinese in a text is --------------------------------------- */

static bool is_han(uint32_t c)
{
	return (c >= 0x3400 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xfaff) ||
	    (c >= 0x20000 && c <= 0x3ffff);
}

/* Its punctuation counts where it stands beside it. */
static bool is_beside(uint32_t c)
{
	return (c >= 0x3000 && c <= 0x303f) || (c >= 0xff00 && c <= 0xffef) ||
	    (c >= 0x2018 && c <= 0x201d) || c == 0x2014 || c == 0x2026;
}

/* How many words of another language one stretch may hold. */
enum { WORDS_WITHIN = 2 };

/* The next stretch of Chinese from `at`: false if there is none. */
static bool find_stretch(struct str text, size_t at, size_t *from, size_t *to)
{
	size_t first = STR_NOT_FOUND, last = 0, size, spaces = 0;
	bool has_han = false;

	for (; at < text.len; at += size) {
		uint32_t c = utf8_decode(text, at, &size);

		if (is_han(c) || is_beside(c)) {
			first = first == STR_NOT_FOUND ? at : first;
			has_han = has_han || is_han(c);
			last = at + size;
			spaces = 0;
			continue;
		}
		spaces += c == ' ' || c == '\n';
		if (first == STR_NOT_FOUND || spaces <= WORDS_WITHIN)
			continue;
		if (has_han)
			break;
		first = STR_NOT_FOUND;
	}
	*from = first;
	*to = last;
	return has_han;
}

/* -- the walk -------------------------------------------------------------- */

static void write_tag(struct marking *marking, bool is_chinese)
{
	struct str tag = marking->tag;
	size_t end = 1 + tag_name(tag).len;

	marking->tag = STR_NONE;
	if (tag.len == 0)
		return;
	buf_append(marking->out, str_slice(tag, 0, end));
	if (is_chinese)
		buf_append(marking->out, lang);
	buf_append(marking->out, str_slice(tag, end, tag.len));
}

static void write_stretches(struct marking *marking, struct str text)
{
	const char *element = marking->svg > 0 ? "tspan" : "span";
	size_t at = 0, from, to;

	while (find_stretch(text, at, &from, &to)) {
		buf_append(marking->out, str_slice(text, at, from));
		buf_append_format(marking->out, "<%s%.*s>%.*s</%s>", element,
		    STR_ARG(lang), STR_ARG(str_slice(text, from, to)),
		    element);
		at = to;
	}
	buf_append(marking->out, str_slice(text, at, text.len));
}

/* True if no word of another language stands outside the stretch. */
static bool fills(struct str text, size_t from, size_t to)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (i >= from && i < to)
			continue;
		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
			return false;
	}
	return true;
}

static void take_text(struct marking *marking, struct str text, bool is_whole)
{
	size_t from, to;

	if (marking->chinese > 0 || !find_stretch(text, 0, &from, &to)) {
		write_tag(marking, false);
		buf_append(marking->out, text);
		return;
	}
	if (marking->tag.len > 0 && (marking->is_plain ||
	    (is_whole && fills(text, from, to)))) {
		write_tag(marking, true);
		buf_append(marking->out, text);
		return;
	}
	write_tag(marking, false);
	if (marking->is_plain)
		buf_append(marking->out, text);
	else
		write_stretches(marking, text);
}

/* True if the tag says something in Chinese that is not read as its content. */
static bool says_chinese(struct str tag)
{
	size_t from, to;

	return has_no_end(tag) && find_stretch(tag, 0, &from, &to) &&
	    str_find(tag, STR(" lang="), 0) == STR_NOT_FOUND;
}

static void open_element(struct marking *marking, struct str tag)
{
	write_tag(marking, false);
	marking->tag = tag;
	if (has_no_end(tag)) {
		write_tag(marking, marking->chinese == 0 && says_chinese(tag));
		return;
	}
	marking->is_plain = IS_ONE_OF(tag_name(tag), plain);
	if (marking->chinese > 0 ||
	    str_find(tag, STR(" lang=\"zh"), 0) != STR_NOT_FOUND)
		marking->chinese++;
	if (marking->svg > 0 || str_eq(tag_name(tag), STR("svg")))
		marking->svg++;
}

static void close_element(struct marking *marking, struct str tag)
{
	write_tag(marking, false);
	buf_append(marking->out, tag);
	marking->is_plain = false;
	if (marking->chinese > 0)
		marking->chinese--;
	if (marking->svg > 0)
		marking->svg--;
}

/* Where what begins at `at` ends: a tag, with its content if that is raw, or a
 * text. */
static size_t end_of_token(struct str html, size_t at)
{
	struct str rest = str_slice(html, at, html.len);
	size_t end;

	if (rest.ptr[0] != '<') {
		end = str_find_char(rest, '<', 0);
	} else if (str_starts(rest, STR("<!--"))) {
		end = str_find(rest, STR("-->"), 0);
		end = end == STR_NOT_FOUND ? end : end + 3;
	} else if (!str_starts(rest, STR("</")) &&
	    IS_ONE_OF(tag_name(rest), raw)) {
		end = str_find(rest, STR("</"), 0);
	} else {
		end = str_find_char(rest, '>', 0);
		end = end == STR_NOT_FOUND ? end : end + 1;
	}
	return end == STR_NOT_FOUND ? html.len : at + end;
}

void chinese_mark(struct str html, struct buf *out)
{
	struct marking marking = { .out = out };

	for (size_t at = 0, end; at < html.len; at = end) {
		struct str token;

		end = end_of_token(html, at);
		token = str_slice(html, at, end);
		if (token.ptr[0] != '<')
			take_text(&marking, token, str_starts(str_slice(html,
			    end, html.len), STR("</")));
		else if (str_starts(token, STR("</")))
			close_element(&marking, token);
		else if (str_starts(token, STR("<!"))) {
			write_tag(&marking, false);
			buf_append(out, token);
		} else {
			open_element(&marking, token);
		}
	}
	write_tag(&marking, false);
}
