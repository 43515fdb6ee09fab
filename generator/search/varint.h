/* SPDX-License-Identifier: MIT */
/* Numbers in as few bytes as they need: seven bits a byte, the low ones first,
 * the highest bit set in all bytes but the last (LEB128). */
#ifndef SEARCH_VARINT_H
#define SEARCH_VARINT_H

#include <stdint.h>

struct buf;
struct str;

void varint_append(struct buf *out, uint32_t number);

/* Takes a number off the front of `*bytes`, which are ours and whole. */
uint32_t varint_take(struct str *bytes);

#endif
