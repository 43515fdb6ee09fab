/* SPDX-License-Identifier: MIT */
/* UTF-8 (RFC 3629): decoding, validity, and the characters records may hold. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

/*
 * The character at byte `at` (which must be below the length) and the number
 * of its bytes in `*size`; UTF8_INVALID with size 1 where the bytes are none.
 */
uint32_t utf8_decode(struct str s, size_t at, size_t *size);
#define UTF8_INVALID UINT32_MAX

/* Offset of the first byte that is not part of a character, or the length. */
size_t utf8_check(struct str s);

/* Number of characters; an invalid byte counts as one. */
size_t utf8_count(struct str s);

/* Byte offset of character number `index` from 0, or the length. */
size_t utf8_offset(struct str s, size_t index);

void utf8_append(struct buf *buf, uint32_t character);

/* C0 and C1 controls and DEL, but not tab, line feed and carriage return. */
bool utf8_is_control(uint32_t c);

/*
 * Characters that reorder the text around them (Unicode UAX #9: embeddings,
 * overrides, isolates, marks), with which a line can be made to read otherwise
 * than it is.
 */
bool utf8_is_bidi_control(uint32_t c);

/* Han characters, kana and the like: one such character is a word's worth. */
bool utf8_is_cjk(uint32_t c);

/* Columns of a terminal: 2 for wide characters, 0 for combining, else 1. */
size_t utf8_width(uint32_t c);

#endif
