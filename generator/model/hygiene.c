/* SPDX-License-Identifier: MIT */
#include "model/hygiene.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <stdint.h>
#include <string.h>

enum { REPORTED_MOST = 10 };

/* The characters from 0x20 to 0x7e, tab and line feed: never at fault. */
static bool is_plain(unsigned char byte)
{
	return (byte >= 0x20 && byte < 0x7f) || byte == '\n' || byte == '\t';
}

static bool is_continuation(unsigned char byte)
{
	return (byte & 0xc0) == 0x80;
}

/*
 * Three bytes whose first leaves nothing to check but the other two. All of
 * Chinese is among them, and that makes the search four times as fast. 0xe0
 * and 0xed have overlong forms and surrogates, 0xe2 characters at fault, 0xef
 * is left to the decoder for nothing but symmetry.
 */
static bool is_plain_three(const unsigned char *at, size_t left)
{
	return at[0] >= 0xe3 && at[0] <= 0xec && left >= 3 &&
	    is_continuation(at[1]) && is_continuation(at[2]);
}

static bool is_fault(struct str s, size_t at, uint32_t c)
{
	if (c == '\r')
		return at + 1 >= s.len || s.ptr[at + 1] != '\n';
	return c == UTF8_INVALID || c == 0x2028 || c == 0x2029 ||
	    utf8_is_control(c) || utf8_is_bidi_control(c);
}

struct fault {
	size_t at, size;
	uint32_t c;
};

/* The first fault at or after `from`; at the end there is none. */
static struct fault next_fault(struct str s, size_t from)
{
	struct fault fault = { .at = from };

	while (fault.at < s.len) {
		const unsigned char *at =
		    (const unsigned char *)s.ptr + fault.at;

		if (is_plain(*at)) {
			fault.at++;
			continue;
		}
		if (is_plain_three(at, s.len - fault.at)) {
			fault.at += 3;
			continue;
		}
		fault.c = utf8_decode(s, fault.at, &fault.size);
		if (is_fault(s, fault.at, fault.c))
			break;
		fault.at += fault.size;
	}
	return fault;
}

static void report(struct str s, struct fault fault, struct mark mark,
    struct diag_list *diags)
{
	enum diag_code code = DIAG_CONTROL_CHARACTER;
	struct str number = str_format(diags->arena, "%04X",
	    (unsigned)fault.c);

	if (fault.c == UTF8_INVALID) {
		code = DIAG_INVALID_UTF8;
		number = str_format(diags->arena, "%02X",
		    (unsigned)(unsigned char)s.ptr[fault.at]);
	} else if (fault.c == 0) {
		code = DIAG_NUL_BYTE;
	} else if (utf8_is_bidi_control(fault.c)) {
		code = DIAG_BIDI_CONTROL;
	} else if (fault.c == '\r' || fault.c == 0x85 || fault.c >= 0x2028) {
		code = DIAG_LINE_SEPARATOR;
	}
	(void)diag_report(diags, mark, code, number);
}

/* Where in the text the search stands. */
struct cursor {
	size_t line_start, seen;
	uint32_t line;
};

static void advance(struct cursor *cursor, struct str s, size_t to)
{
	size_t feed;

	while ((feed = str_find_char(s, '\n', cursor->seen)) < to) {
		cursor->line++;
		cursor->line_start = cursor->seen = feed + 1;
	}
	cursor->seen = to;
}

bool hygiene_check(struct str path, struct str bytes, struct diag_list *diags)
{
	struct cursor cursor = { .line = 1 };
	struct mark mark = { .path = path };
	size_t count = 0;

	for (struct fault f = next_fault(bytes, 0); f.at < bytes.len;
	     f = next_fault(bytes, f.at + f.size)) {
		if (count++ >= REPORTED_MOST)
			continue;
		advance(&cursor, bytes, f.at);
		mark.line = cursor.line;
		mark.column = (uint32_t)utf8_count(
		    str_slice(bytes, cursor.line_start, f.at)) + 1;
		report(bytes, f, mark, diags);
	}
	if (count > REPORTED_MOST) {
		mark.line = mark.column = 0;
		(void)diag_report(diags, mark, DIAG_MORE_CHARACTERS,
		    str_format(diags->arena, "%zu", count - REPORTED_MOST));
	}
	return count == 0;
}

struct str hygiene_mend(struct arena *arena, struct str bytes)
{
	char *mended = arena_alloc(arena, bytes.len + 1);
	size_t len = 0, from = 0;

	while (from < bytes.len) {
		struct fault f = next_fault(bytes, from);

		memcpy(mended + len, bytes.ptr + from, f.at - from);
		len += f.at - from;
		from = f.at;
		if (f.at < bytes.len) {
			mended[len++] = '_';
			from += f.size;
		}
	}
	return (struct str){ mended, len };
}

bool hygiene_check_value(struct str text, struct mark mark,
    struct diag_list *diags)
{
	struct fault f = next_fault(text, 0);

	if (f.at >= text.len)
		return true;
	report(text, f, mark, diags);
	return false;
}
