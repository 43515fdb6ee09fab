/* SPDX-License-Identifier: MIT */
#include "base/utf8.h"

#include "base/buf.h"

static bool is_continuation(unsigned char byte)
{
	return (byte & 0xc0) == 0x80;
}

uint32_t utf8_decode(struct str s, size_t at, size_t *size)
{
	static const uint32_t smallest[] = { 0, 0, 0x80, 0x800, 0x10000 };
	unsigned char first = (unsigned char)s.ptr[at];
	size_t len = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 :
	    first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
	uint32_t c;

	*size = 1;
	if (len == 1)
		return first;
	if (len == 0 || len > s.len - at)
		return UTF8_INVALID;
	c = first & (0xffu >> (len + 1));
	for (size_t i = 1; i < len; i++) {
		unsigned char byte = (unsigned char)s.ptr[at + i];

		if (!is_continuation(byte))
			return UTF8_INVALID;
		c = c << 6 | (byte & 0x3fu);
	}
	if (c < smallest[len] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
		return UTF8_INVALID;
	*size = len;
	return c;
}

size_t utf8_check(struct str s)
{
	size_t size;

	for (size_t at = 0; at < s.len; at += size)
		if (utf8_decode(s, at, &size) == UTF8_INVALID)
			return at;
	return s.len;
}

size_t utf8_count(struct str s)
{
	size_t count = 0, size;

	for (size_t at = 0; at < s.len; at += size, count++)
		(void)utf8_decode(s, at, &size);
	return count;
}

size_t utf8_offset(struct str s, size_t index)
{
	size_t at = 0, size;

	for (; at < s.len && index > 0; at += size, index--)
		(void)utf8_decode(s, at, &size);
	return at;
}

void utf8_append(struct buf *buf, uint32_t c)
{
	char *end = buf_reserve(buf, 4);
	size_t len = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;

	if (len == 1) {
		end[0] = (char)c;
	} else {
		end[0] = (char)((0xf00u >> len & 0xf0u) | c >> (6 * (len - 1)));
		for (size_t i = 1; i < len; i++)
			end[i] = (char)(0x80 |
			    (c >> (6 * (len - 1 - i)) & 0x3f));
	}
	end[len] = '\0';
	buf->len += len;
}

bool utf8_is_control(uint32_t c)
{
	return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') ||
	       (c >= 0x7f && c < 0xa0);
}

bool utf8_is_bidi_control(uint32_t c)
{
	return c == 0x061c || c == 0x200e || c == 0x200f ||
	       (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

bool utf8_is_cjk(uint32_t c)
{
	return (c >= 0x2e80 && c <= 0x9fff && c != 0x3000) ||
	       (c >= 0xac00 && c <= 0xd7a3) || (c >= 0xf900 && c <= 0xfaff) ||
	       (c >= 0x20000 && c <= 0x3ffff);
}

size_t utf8_width(uint32_t c)
{
	if ((c >= 0x300 && c <= 0x36f) || (c >= 0x200b && c <= 0x200d) ||
	    (c >= 0xfe00 && c <= 0xfe0f))
		return 0;
	return utf8_is_cjk(c) || c == 0x3000 || (c >= 0x1100 && c <= 0x115f) ||
	    (c >= 0xff00 && c <= 0xff60) || (c >= 0x1f300 && c <= 0x1faff) ?
	    2 : 1;
}
