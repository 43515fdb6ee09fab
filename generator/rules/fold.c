/* SPDX-License-Identifier: MIT */
#include "rules/fold.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <string.h>

static bool is_dash(uint32_t c)
{
	return (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xfe58 ||
	       c == 0xfe63;
}

static bool is_wide_space(uint32_t c)
{
	return c == 0xa0 || (c >= 0x2000 && c <= 0x200a) || c == 0x202f ||
	       c == 0x205f || c == 0x3000;
}

static bool has_no_width(uint32_t c)
{
	return (c >= 0x200b && c <= 0x200d) || c == 0x2060 || c == 0xfeff ||
	       c == 0xad;
}

static bool is_name_dot(uint32_t c)
{
	return c == 0x2022 || c == 0x2027 || c == 0x30fb || c == 0xff65 ||
	       c == 0x2219 || c == 0x22c5;
}

/* Appends what stands for `c`, which is no ASCII character. */
static void append_folded(struct buf *out, uint32_t c)
{
	static const char *const numerals[] = { "I", "II", "III", "IV", "V",
		"VI", "VII", "VIII", "IX", "X", "XI", "XII" };

	if (c >= 0xff01 && c <= 0xff5e)
		buf_append_char(out, (char)(c - 0xff01 + '!'));
	else if (is_dash(c))
		buf_append_char(out, '-');
	else if (is_wide_space(c))
		buf_append_char(out, ' ');
	else if (is_name_dot(c))
		utf8_append(out, 0xb7);
	else if (c >= 0x2160 && c <= 0x216b)
		buf_append_cstr(out, numerals[c - 0x2160]);
	else if (!has_no_width(c))
		utf8_append(out, c);
}

static bool is_ascii(struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.ptr[i] >= 0x80)
			return false;
	return true;
}

struct str fold_width(struct arena *arena, struct str text)
{
	struct buf out;
	struct str folded;
	size_t size;

	if (is_ascii(text))
		return text;
	buf_init(&out);
	for (size_t at = 0; at < text.len; at += size) {
		uint32_t c = utf8_decode(text, at, &size);

		if (c < 0x80 || c == UTF8_INVALID)
			buf_append_char(&out, text.ptr[at]);
		else
			append_folded(&out, c);
	}
	folded = str_dup(arena, buf_str(&out));
	buf_dispose(&out);
	return folded;
}

struct str fold_name(struct arena *arena, struct str text)
{
	struct str folded = fold_width(arena, text);
	char *out = arena_alloc(arena, folded.len + 1);
	size_t len = 0;

	for (size_t i = 0; i < folded.len; i++)
		if (strchr(" \t\n\v\f\r", folded.ptr[i]) == NULL ||
		    folded.ptr[i] == '\0')
			out[len++] = folded.ptr[i];
	return (struct str){ out, len };
}

static struct str fold_case(struct arena *arena, struct str text, char first,
    char last)
{
	char *out = str_cstr(arena, text);

	for (size_t i = 0; i < text.len; i++)
		if (out[i] >= first && out[i] <= last)
			out[i] ^= 0x20;
	return (struct str){ out, text.len };
}

struct str fold_upper(struct arena *arena, struct str text)
{
	return fold_case(arena, text, 'a', 'z');
}

struct str fold_lower(struct arena *arena, struct str text)
{
	return fold_case(arena, text, 'A', 'Z');
}
