/* SPDX-License-Identifier: MIT */
#include "render/picture_parts.h"

enum {
	HEADER_SIZE = 13,
	/* Compressed; 3 KiB is usual, and it grows a thousandfold. */
	PROFILE_SIZE = 64 * 1024
};

#define LARGEST_CHUNK UINT32_C(0x7fffffff)
#define SIGNATURE STR("\x89PNG\r\n\x1a\n")

struct chunk {
	struct str type, data;
};

struct png {
	struct picture_reading *reading;
	bool has_header, has_palette, needs_palette;
	bool has_data, data_ended, has_exif;
};

/* ISO 3309's check sum, four bits at a time. */
static uint32_t check_sum(struct str bytes)
{
	static const uint32_t table[16] = { 0x00000000, 0x1db71064, 0x3b6e20c8,
		0x26d930ac, 0x76dc4190, 0x6b6b51f4, 0x4db26158, 0x5005713c,
		0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c, 0x9b64c2b0,
		0x86d3d2d4, 0xa00ae278, 0xbdbdf21c };
	uint32_t sum = UINT32_MAX;

	for (size_t i = 0; i < bytes.len; i++) {
		sum ^= (unsigned char)bytes.ptr[i];
		sum = sum >> 4 ^ table[sum & 15];
		sum = sum >> 4 ^ table[sum & 15];
	}
	return ~sum;
}

static void put_chunk(struct buf *out, struct str type, struct str data)
{
	size_t start;

	picture_put_big(out, (uint32_t)data.len, 4);
	start = out->len;
	buf_append(out, type);
	buf_append(out, data);
	picture_put_big(out,
	    check_sum(str_slice(buf_str(out), start, out->len)), 4);
}

/* A fuzzer does not find check sums. */
static bool is_true(struct picture_reading *reading, size_t start, size_t size,
    struct str sum)
{
#ifdef FUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION
	(void)reading, (void)start, (void)size, (void)sum;
	return true;
#else
	return check_sum(str_slice(reading->bytes, start, start + size)) ==
	    picture_big(sum, 0, 4);
#endif
}

static bool take_chunk(struct picture_reading *reading, struct chunk *chunk)
{
	struct str size, sum;
	size_t start = reading->at;

	if (!picture_take(reading, 4, &size) ||
	    picture_big(size, 0, 4) > LARGEST_CHUNK ||
	    !picture_take(reading, 4, &chunk->type) ||
	    !picture_take(reading, picture_big(size, 0, 4), &chunk->data) ||
	    !picture_take(reading, 4, &sum) ||
	    !is_true(reading, start + 4, 4 + chunk->data.len, sum)) {
		reading->at = start;
		return false;
	}
	return true;
}

/* The depths that each type of colour may have, one bit each. */
static bool has_depth(unsigned colour, unsigned depth)
{
	static const unsigned depths[] = {
		1 << 1 | 1 << 2 | 1 << 4 | 1 << 8 | 1 << 16, /* grey */
		0, 1 << 8 | 1 << 16,			     /* colours */
		1 << 1 | 1 << 2 | 1 << 4 | 1 << 8,	     /* palette */
		1 << 8 | 1 << 16,   /* grey that can be seen through */
		0, 1 << 8 | 1 << 16 /* colours, the same */
	};

	return colour < sizeof(depths) / sizeof(depths[0]) && depth <= 16 &&
	    (depths[colour] >> depth & 1) == 1;
}

static bool take_header(struct png *png, struct str data)
{
	struct picture *picture = png->reading->picture;

	if (png->has_header || data.len != HEADER_SIZE)
		return false;
	picture->width = picture_big(data, 0, 4);
	picture->height = picture_big(data, 4, 4);
	png->has_header = true;
	png->needs_palette = data.ptr[9] == 3;
	return picture->width <= LARGEST_CHUNK &&
	    picture->height <= LARGEST_CHUNK &&
	    has_depth((unsigned char)data.ptr[9], (unsigned char)data.ptr[8]) &&
	    data.ptr[10] == 0 && data.ptr[11] == 0 &&
	    (unsigned char)data.ptr[12] <= 1;
}

static bool take_palette(struct png *png, struct str data)
{
	if (png->has_palette || png->has_data || data.len == 0 ||
	    data.len % 3 != 0 || data.len > (size_t)3 * 256)
		return false;
	png->has_palette = true;
	return true;
}

static bool take_data(struct png *png, struct str data)
{
	(void)data;
	png->has_data = true;
	return !png->data_ended && (!png->needs_palette || png->has_palette);
}

/* The parts that no picture can do without, but the last. */
static const struct {
	struct str type;
	bool (*take)(struct png *png, struct str data);
} necessary[] = {
	{ { "IHDR", 4 }, take_header },
	{ { "PLTE", 4 }, take_palette },
	{ { "IDAT", 4 }, take_data },
};

/* Those that colours depend on. */
static bool is_kept(const struct chunk *chunk)
{
	static const struct str kept[] = { { "tRNS", 4 }, { "cHRM", 4 },
		{ "gAMA", 4 }, { "iCCP", 4 }, { "sBIT", 4 }, { "sRGB", 4 },
		{ "cICP", 4 }, { "pHYs", 4 } };

	for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++)
		if (str_eq(chunk->type, kept[i]))
			return chunk->data.len <= PROFILE_SIZE;
	return false;
}

/* What is beside the picture, by the small letter it begins with. */
static void take_other(struct png *png, const struct chunk *chunk)
{
	struct picture *picture = png->reading->picture;
	struct buf exif;

	if (str_eq(chunk->type, STR("acTL")))
		picture->moves = true;
	else if (str_eq(chunk->type, STR("iTXt")) ||
	    str_eq(chunk->type, STR("tEXt")))
		picture_xmp(picture, chunk->data);
	else if (is_kept(chunk))
		put_chunk(png->reading->clean, chunk->type, chunk->data);
	if (!str_eq(chunk->type, STR("eXIf")) || png->has_exif)
		return;
	png->has_exif = true;
	picture_exif(picture, chunk->data);
	if (picture->orientation == 1)
		return;
	buf_init(&exif);
	picture_put_exif(&exif, picture->orientation);
	put_chunk(png->reading->clean, chunk->type, buf_str(&exif));
	buf_dispose(&exif);
}

static bool take_part(struct png *png, const struct chunk *chunk)
{
	if (!str_eq(chunk->type, STR("IDAT")))
		png->data_ended = png->has_data;
	for (size_t i = 0; i < sizeof(necessary) / sizeof(necessary[0]); i++) {
		if (!str_eq(chunk->type, necessary[i].type))
			continue;
		put_chunk(png->reading->clean, chunk->type, chunk->data);
		return necessary[i].take(png, chunk->data);
	}
	if (chunk->type.ptr[0] < 'a' || chunk->type.ptr[0] > 'z')
		return false;
	take_other(png, chunk);
	return true;
}

bool picture_png(struct picture_reading *reading)
{
	struct png png = { .reading = reading };
	struct chunk chunk = { STR_NONE, STR_NONE };
	struct str signature;

	if (!picture_take(reading, SIGNATURE.len, &signature) ||
	    !str_eq(signature, SIGNATURE))
		return false;
	buf_append(reading->clean, SIGNATURE);
	for (;;) {
		size_t start = reading->at;

		if (!take_chunk(reading, &chunk))
			return false;
		if (png.has_data && str_eq(chunk.type, STR("IEND")))
			break;
		if ((!png.has_header && !str_eq(chunk.type, STR("IHDR"))) ||
		    !take_part(&png, &chunk)) {
			reading->at = start;
			return false;
		}
	}
	put_chunk(reading->clean, chunk.type, STR_NONE);
	return true;
}
