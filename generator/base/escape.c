/* SPDX-License-Identifier: MIT */
#include "base/escape.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* What stands for each byte; a zero index: the byte itself. */
static const struct str references[] = {
	{ NULL, 0 }, { "&amp;", 5 }, { "&lt;", 4 }, { "&gt;", 4 },
	{ "&quot;", 6 }, { "&#39;", 5 },
};
static const unsigned char reference_of[256] = {
	['&'] = 1, ['<'] = 2, ['>'] = 3, ['"'] = 4, ['\''] = 5,
};

/* True of eight bytes from 0x40 on: Chinese, letters. What has to be escaped
 * lies below. */
static bool are_letters(const char *bytes)
{
	const uint64_t high = UINT64_C(0x8080808080808080);
	uint64_t word;

	memcpy(&word, bytes, sizeof(word));
	return ((word | word << 1) & high) == high;
}

void escape_html(struct buf *out, struct str text)
{
	size_t from = 0;

	for (size_t at = 0; at < text.len; at++) {
		unsigned char reference;

		while (text.len - at > 8 && are_letters(text.ptr + at))
			at += 8;
		reference = reference_of[(unsigned char)text.ptr[at]];
		if (reference == 0)
			continue;
		buf_append(out, str_slice(text, from, at));
		buf_append(out, references[reference]);
		from = at + 1;
	}
	buf_append(out, str_slice(text, from, text.len));
}

static bool is_xml_character(uint32_t c)
{
	return c != UTF8_INVALID && c != 0xfffe && c != 0xffff &&
	       (c >= 0x20 || c == '\t' || c == '\n' || c == '\r');
}

void escape_xml(struct buf *out, struct str text)
{
	size_t from = 0, size;

	for (size_t at = 0; at < text.len; at += size) {
		if (is_xml_character(utf8_decode(text, at, &size)))
			continue;
		escape_html(out, str_slice(text, from, at));
		utf8_append(out, 0xfffd);
		from = at + size;
	}
	escape_html(out, str_slice(text, from, text.len));
}

static bool is_alphanumeric(unsigned char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
	       (c >= 'a' && c <= 'z');
}

/* The unreserved characters of RFC 3986. */
static bool is_unreserved(unsigned char c)
{
	return is_alphanumeric(c) || c == '-' || c == '.' || c == '_' ||
	       c == '~';
}

static void append_percent(struct buf *out, unsigned char c)
{
	static const char digits[] = "0123456789ABCDEF";
	char *end = buf_reserve(out, 3);

	end[0] = '%';
	end[1] = digits[c >> 4];
	end[2] = digits[c & 15];
	end[3] = '\0';
	out->len += 3;
}

static void percent_encode(struct buf *out, struct str text, bool keep_slash)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];

		if (is_unreserved(c) || (keep_slash && c == '/'))
			buf_append_char(out, (char)c);
		else
			append_percent(out, c);
	}
}

void escape_url_path(struct buf *out, struct str path)
{
	percent_encode(out, path, true);
}

void escape_url_component(struct buf *out, struct str component)
{
	percent_encode(out, component, false);
}

static bool is_hex(unsigned char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') ||
	       (c >= 'a' && c <= 'f');
}

/* Whether a whole %XX begins at `at`. */
static bool is_encoded(struct str url, size_t at)
{
	return url.ptr[at] == '%' && url.len - at > 2 &&
	       is_hex((unsigned char)url.ptr[at + 1]) &&
	       is_hex((unsigned char)url.ptr[at + 2]);
}

void escape_url_attribute(struct buf *out, struct str url)
{
	static const bool is_delimiter[256] = {
		[':'] = true, ['/'] = true, ['?'] = true, ['#'] = true,
		['@'] = true, ['!'] = true, ['$'] = true, ['('] = true,
		[')'] = true, ['*'] = true, ['+'] = true, [','] = true,
		[';'] = true, ['='] = true,
	};

	for (size_t i = 0; i < url.len; i++) {
		unsigned char c = (unsigned char)url.ptr[i];

		if (is_unreserved(c) || is_delimiter[c] || is_encoded(url, i))
			buf_append_char(out, (char)c);
		else if (c == '&')
			buf_append(out, STR("&amp;"));
		else if (c == '\'')
			buf_append(out, STR("&#39;"));
		else
			append_percent(out, c);
	}
}

/* -12.5, +3, 1,000 are no formulas whatever they begin with. */
static bool is_plain_number(struct str field)
{
	bool has_digit = false;

	for (size_t i = 0; i < field.len; i++) {
		char c = field.ptr[i];

		if (c >= '0' && c <= '9')
			has_digit = true;
		else if (c != '.' && !(i == 0 && (c == '-' || c == '+')))
			return false;
	}
	return has_digit;
}

static bool is_formula(struct str field)
{
	size_t size;
	uint32_t c;

	if (field.len == 0)
		return false;
	c = utf8_decode(field, 0, &size);
	return (c == '=' || c == '+' || c == '-' || c == '@' || c == '\t' ||
	    c == '\r' || c == 0xff1d || c == 0xff0b || c == 0xff0d ||
	    c == 0xff20) && !is_plain_number(field);
}

static bool needs_quotes(struct str field)
{
	if (field.len == 0)
		return false;
	if (field.ptr[0] == ' ' || field.ptr[0] == '#' ||
	    field.ptr[field.len - 1] == ' ')
		return true;
	for (size_t i = 0; i < field.len; i++)
		if (field.ptr[i] == ',' || field.ptr[i] == '"' ||
		    field.ptr[i] == '\n' || field.ptr[i] == '\r')
			return true;
	return false;
}

void escape_csv(struct buf *out, struct str field)
{
	bool quoted = needs_quotes(field);
	struct str part;

	if (quoted)
		buf_append_char(out, '"');
	if (is_formula(field))
		buf_append_char(out, '\'');
	while (field.len > 0) {
		bool has_quote = str_find_char(field, '"', 0) != STR_NOT_FOUND;

		part = str_cut(&field, '"');
		buf_append(out, part);
		if (has_quote)
			buf_append(out, STR("\"\""));
	}
	if (quoted)
		buf_append_char(out, '"');
}

/* -- Markdown ------------------------------------------------------------- */

static bool is_unseemly(uint32_t c)
{
	return c == UTF8_INVALID || utf8_is_control(c) ||
	    utf8_is_bidi_control(c);
}

static bool is_line_end(uint32_t c)
{
	return c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029;
}

/* A hyphen begins a list, but is nothing later in a line. */
static bool is_markup(uint32_t c, bool is_first)
{
	return c < 0x80 && c > 0 && ((is_first && c == '-') ||
	    strchr("\\`*_{}[]()<>#+.!|~&@:$%^", (int)c) != NULL);
}

/* Forges read a mention, an issue, a label after one of these. */
static bool is_sigil(uint32_t c)
{
	return c < 0x80 && c > 0 && strchr("@#!$%~&^", (int)c) != NULL;
}

void escape_markdown(struct buf *out, struct str text)
{
	size_t size;

	for (size_t at = 0; at < text.len; at += size) {
		uint32_t c = utf8_decode(text, at, &size);

		if (is_line_end(c) || c == '\t') {
			buf_append_char(out, ' ');
			continue;
		}
		if (is_unseemly(c)) {
			utf8_append(out, 0xfffd);
			continue;
		}
		if (is_markup(c, at == 0))
			buf_append_char(out, '\\');
		buf_append(out, str_slice(text, at, at + size));
		if (is_sigil(c))
			utf8_append(out, 0x2060);
	}
}

/* One more than the longest run of backticks in the text. */
static size_t fence_for(struct str text)
{
	size_t longest = 0, run = 0;

	for (size_t i = 0; i < text.len; i++) {
		run = text.ptr[i] == '`' ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	return longest + 1;
}

static void append_fence(struct buf *out, size_t length)
{
	while (length-- > 0)
		buf_append_char(out, '`');
}

static void append_code(struct buf *out, struct str text)
{
	size_t size;

	for (size_t at = 0; at < text.len; at += size) {
		uint32_t c = utf8_decode(text, at, &size);

		if (c == '\r' && at + 1 < text.len && text.ptr[at + 1] == '\n')
			continue;
		if (is_line_end(c))
			buf_append_cstr(out, " ⏎ ");
		else if (c == '\t')
			buf_append_char(out, ' ');
		else if (is_unseemly(c))
			utf8_append(out, 0xfffd);
		else
			buf_append(out, str_slice(text, at, at + size));
	}
}

void escape_markdown_code(struct buf *out, struct str text, size_t limit)
{
	size_t end = utf8_offset(text, limit);
	struct str shown = str_slice(text, 0, end);
	size_t fence = fence_for(shown);
	bool pad;

	if (text.len == 0)
		return;
	/* Space at both ends, which Markdown takes off again, keeps backticks
	 * from the fence and space from being taken off. */
	pad = shown.ptr[0] == '`' || shown.ptr[shown.len - 1] == '`' ||
	    shown.ptr[0] == ' ' || shown.ptr[shown.len - 1] == ' ';
	append_fence(out, fence);
	if (pad)
		buf_append_char(out, ' ');
	append_code(out, shown);
	if (pad)
		buf_append_char(out, ' ');
	append_fence(out, fence);
	if (end < text.len)
		buf_append_cstr(out, "…");
}
