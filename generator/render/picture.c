/* SPDX-License-Identifier: MIT */
#include "render/picture.h"

#include "render/picture_parts.h"

static bool (*const readers[])(struct picture_reading *) = {
	[PICTURE_PNG] = picture_png,
	[PICTURE_JPEG] = picture_jpeg,
	[PICTURE_GIF] = picture_gif,
	[PICTURE_WEBP] = picture_webp,
};

bool picture_read(enum picture_kind kind, struct str bytes,
    struct picture *picture, struct buf *clean)
{
	struct picture_reading reading = { .bytes = bytes,
		.picture = picture,
		.clean = clean };

	*picture = (struct picture){ .orientation = 1 };
	if (readers[kind](&reading) && picture->width > 0 &&
	    picture->height > 0)
		return true;
	picture->fault = reading.at;
	return false;
}

size_t picture_left(const struct picture_reading *reading)
{
	return reading->bytes.len - reading->at;
}

bool picture_take(struct picture_reading *reading, size_t count,
    struct str *taken)
{
	if (picture_left(reading) < count)
		return false;
	*taken = str_slice(reading->bytes, reading->at, reading->at + count);
	reading->at += count;
	return true;
}

uint32_t picture_big(struct str bytes, size_t at, size_t size)
{
	uint32_t number = 0;

	for (size_t i = 0; i < size; i++)
		number = number << 8 | (unsigned char)bytes.ptr[at + i];
	return number;
}

uint32_t picture_little(struct str bytes, size_t at, size_t size)
{
	uint32_t number = 0;

	for (size_t i = size; i-- > 0;)
		number = number << 8 | (unsigned char)bytes.ptr[at + i];
	return number;
}

void picture_put_big(struct buf *out, uint32_t number, size_t size)
{
	while (size-- > 0)
		buf_append_char(out, (char)(number >> 8 * size));
}

void picture_put_little(struct buf *out, uint32_t number, size_t size)
{
	for (size_t i = 0; i < size; i++)
		buf_append_char(out, (char)(number >> 8 * i));
}
