/* SPDX-License-Identifier: MIT */
#include "search/varint.h"

#include "base/buf.h"
#include "base/str.h"

#include <assert.h>

void varint_append(struct buf *out, uint32_t number)
{
	while (number >= 0x80) {
		buf_append_char(out, (char)(number | 0x80));
		number >>= 7;
	}
	buf_append_char(out, (char)number);
}

uint32_t varint_take(struct str *bytes)
{
	uint32_t number = 0;

	for (unsigned shift = 0; ; shift += 7) {
		unsigned char byte;

		assert(bytes->len > 0 && shift < 32);
		byte = (unsigned char)*bytes->ptr++;
		bytes->len--;
		number |= (uint32_t)(byte & 0x7f) << shift;
		if (byte < 0x80)
			return number;
	}
}
