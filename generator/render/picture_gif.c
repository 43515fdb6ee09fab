/* SPDX-License-Identifier: MIT */
#include "render/picture_parts.h"

enum {
	EXTENSION = 0x21,
	FRAME = 0x2c,
	END = 0x3b,
	CONTROL = 0xf9, /* transparency, and how long a frame stays */
	HAS_TABLE = 0x80
};

/* The colours of a table whose size stands in the flags. */
static bool take_table(struct picture_reading *reading, unsigned flags,
    struct str *table)
{
	*table = STR_NONE;
	return (flags & HAS_TABLE) == 0 ||
	    picture_take(reading, (size_t)3 << ((flags & 7) + 1), table);
}

/* Blocks with their sizes before them, up to and with an empty one. */
static bool take_blocks(struct picture_reading *reading, struct str *blocks)
{
	size_t start = reading->at;
	struct str size, block;

	do {
		if (!picture_take(reading, 1, &size) ||
		    !picture_take(reading, (unsigned char)size.ptr[0], &block))
			return false;
	} while (block.len > 0);
	*blocks = str_slice(reading->bytes, start, reading->at);
	return true;
}

static bool take_extension(struct picture_reading *reading)
{
	struct str label, blocks;

	if (!picture_take(reading, 1, &label) || !take_blocks(reading, &blocks))
		return false;
	picture_xmp(reading->picture, blocks);
	if ((unsigned char)label.ptr[0] == CONTROL && blocks.len == 6 &&
	    blocks.ptr[0] == 4) {
		buf_append_char(reading->clean, EXTENSION);
		buf_append(reading->clean, label);
		buf_append(reading->clean, blocks);
	}
	return true;
}

/* A frame may reach beyond the picture, which then grows. */
static bool take_frame(struct picture_reading *reading)
{
	struct picture *picture = reading->picture;
	struct str place, table, bits, blocks;
	uint32_t right, bottom;

	if (!picture_take(reading, 9, &place) ||
	    !take_table(reading, (unsigned char)place.ptr[8], &table) ||
	    !picture_take(reading, 1, &bits) || bits.ptr[0] < 1 ||
	    bits.ptr[0] > 11 || !take_blocks(reading, &blocks))
		return false;
	right = picture_little(place, 0, 2) + picture_little(place, 4, 2);
	bottom = picture_little(place, 2, 2) + picture_little(place, 6, 2);
	if (right > picture->width)
		picture->width = right;
	if (bottom > picture->height)
		picture->height = bottom;
	buf_append_char(reading->clean, FRAME);
	buf_append(reading->clean, place);
	buf_append(reading->clean, table);
	buf_append(reading->clean, bits);
	buf_append(reading->clean, blocks);
	return true;
}

static bool take_head(struct picture_reading *reading)
{
	struct str head, table;

	if (!picture_take(reading, 13, &head) ||
	    !take_table(reading, (unsigned char)head.ptr[10], &table))
		return false;
	reading->picture->width = picture_little(head, 6, 2);
	reading->picture->height = picture_little(head, 8, 2);
	buf_append(reading->clean, head);
	buf_append(reading->clean, table);
	return str_starts(head, STR("GIF87a")) ||
	    str_starts(head, STR("GIF89a"));
}

bool picture_gif(struct picture_reading *reading)
{
	size_t frames = 0;
	struct str sign;
	bool ok = take_head(reading);

	while (ok) {
		size_t start = reading->at;

		ok = picture_take(reading, 1, &sign);
		if (ok && sign.ptr[0] == END && frames > 0)
			break;
		if (ok && sign.ptr[0] == FRAME)
			reading->picture->moves = ++frames > 1;
		ok = ok &&
		    ((sign.ptr[0] == FRAME && take_frame(reading)) ||
			(sign.ptr[0] == EXTENSION && take_extension(reading)));
		if (!ok)
			reading->at = start;
	}
	buf_append_char(reading->clean, END);
	return ok;
}
