/* SPDX-License-Identifier: MIT */
/*
 * A view of bytes: pointer and length, owned by an arena or a literal, not
 * terminated, never freed. Text is UTF-8 unless a header says otherwise. A
 * function that keeps a view after it returns copies it into an arena that its
 * header names.
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct arena;

struct str {
	const char *ptr;
	size_t len;
};

/* The view of a string literal. */
#define STR(literal) ((struct str){ "" literal, sizeof(literal) - 1 })
/* For printf's "%.*s". It names `s` twice: no calls with effects. */
#define STR_ARG(s) ((int)(s).len), ((s).ptr ? (s).ptr : "")
#define STR_NONE ((struct str){ NULL, 0 })

/* The view of a terminated string; NULL gives the empty view. */
struct str str_from(const char *terminated);
/* Inline: looking up fields compares little else than lengths and the first
 * letters. */
static inline bool str_eq(struct str a, struct str b)
{
	return a.len == b.len && (a.len == 0 || (a.ptr[0] == b.ptr[0] &&
	       memcmp(a.ptr, b.ptr, a.len) == 0));
}

/* Byte order: negative, zero or positive, a prefix before what it begins. */
int str_cmp(struct str a, struct str b);
bool str_is_empty(struct str s);
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
/* Offset of the first `needle` at or after `from`, or STR_NOT_FOUND. */
size_t str_find(struct str s, struct str needle, size_t from);
size_t str_find_char(struct str s, char c, size_t from);
/* Offset of the last `c`, or STR_NOT_FOUND. */
size_t str_find_last(struct str s, char c);
#define STR_NOT_FOUND ((size_t)-1)
/* Bytes [from, to), both clamped to the length. */
struct str str_slice(struct str s, size_t from, size_t to);
/* Without leading and trailing ASCII white space. */
struct str str_trim(struct str s);
/*
 * Cuts the part before the first `separator` off `*rest` and returns it; the
 * whole of `*rest` (which is then STR_NONE) when there is none.
 */
struct str str_cut(struct str *rest, char separator);
/* Copies into `arena`. */
struct str str_dup(struct arena *arena, struct str s);
/* A terminated copy in `arena`. */
char *str_cstr(struct arena *arena, struct str s);
/* printf into `arena`. */
struct str str_format(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
struct str str_join(struct arena *arena, struct str a, struct str b);
/* `text` with `with` for each `part` (which is not empty), in `arena`. */
struct str str_replace(struct arena *arena, struct str text, struct str part,
    struct str with);
/* Two lower-case hexadecimal digits for each byte, in `arena`. */
struct str str_hex(struct arena *arena, struct str bytes);
/* A whole decimal number of ASCII digits; false if it is none or too large. */
bool str_to_size(struct str s, size_t *number);

#endif
