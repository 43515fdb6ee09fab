/* SPDX-License-Identifier: MIT */
/* Characters in UTF-16, as ICU takes them. */
#ifndef SEARCH_UTF16_H
#define SEARCH_UTF16_H

#include <stdint.h>

/* Appends one or two units for `c` at `*count`; the caller sees to the room. */
static inline void utf16_append(uint16_t *units, int32_t *count, uint32_t c)
{
	if (c < 0x10000) {
		units[(*count)++] = (uint16_t)c;
		return;
	}
	units[(*count)++] = (uint16_t)(0xd7c0 + (c >> 10));
	units[(*count)++] = (uint16_t)(0xdc00 + (c & 0x3ff));
}

#endif
