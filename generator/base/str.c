/* SPDX-License-Identifier: MIT */
#include "base/str.h"

#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

struct str str_from(const char *terminated)
{
	if (terminated == NULL)
		return STR_NONE;
	return (struct str){ terminated, strlen(terminated) };
}

int str_cmp(struct str a, struct str b)
{
	size_t shared = a.len < b.len ? a.len : b.len;
	int order = shared == 0 ? 0 : memcmp(a.ptr, b.ptr, shared);

	if (order != 0)
		return order;
	return (a.len > b.len) - (a.len < b.len);
}

bool str_is_empty(struct str s)
{
	return s.len == 0;
}

bool str_starts(struct str s, struct str prefix)
{
	return s.len >= prefix.len &&
	       str_eq(str_slice(s, 0, prefix.len), prefix);
}

bool str_ends(struct str s, struct str suffix)
{
	return s.len >= suffix.len &&
	       str_eq(str_slice(s, s.len - suffix.len, s.len), suffix);
}

size_t str_find(struct str s, struct str needle, size_t from)
{
	const char *hit;

	if (from > s.len || needle.len > s.len - from)
		return STR_NOT_FOUND;
	if (needle.len == 0)
		return from;
	hit = memmem(s.ptr + from, s.len - from, needle.ptr, needle.len);
	return hit == NULL ? STR_NOT_FOUND : (size_t)(hit - s.ptr);
}

size_t str_find_char(struct str s, char c, size_t from)
{
	const char *hit;

	if (from >= s.len)
		return STR_NOT_FOUND;
	hit = memchr(s.ptr + from, c, s.len - from);
	return hit == NULL ? STR_NOT_FOUND : (size_t)(hit - s.ptr);
}

size_t str_find_last(struct str s, char c)
{
	for (size_t at = s.len; at > 0; at--)
		if (s.ptr[at - 1] == c)
			return at - 1;
	return STR_NOT_FOUND;
}

struct str str_slice(struct str s, size_t from, size_t to)
{
	if (to > s.len)
		to = s.len;
	if (from >= to)
		return STR_NONE;
	return (struct str){ s.ptr + from, to - from };
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str s)
{
	while (s.len > 0 && is_space(s.ptr[0])) {
		s.ptr++;
		s.len--;
	}
	while (s.len > 0 && is_space(s.ptr[s.len - 1]))
		s.len--;
	return s;
}

struct str str_cut(struct str *rest, char separator)
{
	size_t at = str_find_char(*rest, separator, 0);
	struct str part = *rest;

	if (at == STR_NOT_FOUND) {
		*rest = STR_NONE;
		return part;
	}
	part = str_slice(*rest, 0, at);
	*rest = (struct str){ rest->ptr + at + 1, rest->len - at - 1 };
	return part;
}

char *str_cstr(struct arena *arena, struct str s)
{
	char *copy = arena_alloc(arena, s.len + 1);

	if (s.len > 0)
		memcpy(copy, s.ptr, s.len);
	return copy;
}

struct str str_dup(struct arena *arena, struct str s)
{
	return (struct str){ str_cstr(arena, s), s.len };
}

struct str str_format(struct arena *arena, const char *format, ...)
{
	va_list args;
	int len;
	char *text;

	va_start(args, format);
	len = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (len < 0)
		return STR_NONE;
	text = arena_alloc(arena, (size_t)len + 1);
	va_start(args, format);
	(void)vsnprintf(text, (size_t)len + 1, format, args);
	va_end(args);
	return (struct str){ text, (size_t)len };
}

struct str str_join(struct arena *arena, struct str a, struct str b)
{
	char *text = arena_alloc(arena, a.len + b.len + 1);

	if (a.len > 0)
		memcpy(text, a.ptr, a.len);
	if (b.len > 0)
		memcpy(text + a.len, b.ptr, b.len);
	return (struct str){ text, a.len + b.len };
}

struct str str_replace(struct arena *arena, struct str text, struct str part,
    struct str with)
{
	struct str made = STR_NONE;
	size_t from = 0, at;

	while ((at = str_find(text, part, from)) != STR_NOT_FOUND) {
		made = str_join(arena, made, str_slice(text, from, at));
		made = str_join(arena, made, with);
		from = at + part.len;
	}
	return str_join(arena, made, str_slice(text, from, text.len));
}

bool str_to_size(struct str s, size_t *number)
{
	size_t n = 0;

	if (s.len == 0)
		return false;
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] < '0' || s.ptr[i] > '9')
			return false;
		if (n > (SIZE_MAX - 9) / 10)
			return false;
		n = n * 10 + (size_t)(s.ptr[i] - '0');
	}
	*number = n;
	return true;
}

struct str str_hex(struct arena *arena, struct str bytes)
{
	static const char digits[] = "0123456789abcdef";
	char *hex = arena_alloc(arena, 2 * bytes.len + 1);

	for (size_t i = 0; i < bytes.len; i++) {
		unsigned char byte = (unsigned char)bytes.ptr[i];

		hex[2 * i] = digits[byte >> 4];
		hex[2 * i + 1] = digits[byte & 15];
	}
	return (struct str){ hex, 2 * bytes.len };
}
