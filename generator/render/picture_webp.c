/* SPDX-License-Identifier: MIT */
#include "render/picture_parts.h"

/* In the first byte of an extended header. */
enum {
	HAS_FRAMES = 0x02,
	HAS_EXIF = 0x08,
	HAS_ALPHA = 0x10,
	HAS_PROFILE = 0x20
};

enum { HEAD_SIZE = 12, CHUNK_HEAD = 8 };

struct chunk {
	struct str type, data;
};

struct webp {
	struct picture_reading *reading;
	size_t extended; /* where its flags stand in `clean`; 0: none */
	unsigned flags;
	uint32_t width, height; /* of the canvas */
	bool has_image, has_exif;
};

static bool take_chunk(struct picture_reading *reading, struct chunk *chunk)
{
	size_t start = reading->at;
	struct str size, padding;

	if (picture_take(reading, 4, &chunk->type) &&
	    picture_take(reading, 4, &size) &&
	    picture_take(reading, picture_little(size, 0, 4), &chunk->data) &&
	    picture_take(reading, chunk->data.len % 2, &padding))
		return true;
	reading->at = start;
	return false;
}

static void put_chunk(struct buf *out, struct str type, struct str data)
{
	buf_append(out, type);
	picture_put_little(out, (uint32_t)data.len, 4);
	buf_append(out, data);
	if (data.len % 2 == 1)
		buf_append_char(out, '\0');
}

/* A key frame of VP8 (RFC 6386, 9.1). */
static bool size_lossy(struct picture *picture, struct str data)
{
	if (data.len < 10 || (data.ptr[0] & 1) != 0 ||
	    !str_eq(str_slice(data, 3, 6), STR("\x9d\x01\x2a")))
		return false;
	picture->width = picture_little(data, 6, 2) & 0x3fff;
	picture->height = picture_little(data, 8, 2) & 0x3fff;
	return true;
}

static bool size_lossless(struct picture *picture, struct str data)
{
	uint32_t bits;

	if (data.len < 5 || data.ptr[0] != 0x2f)
		return false;
	bits = picture_little(data, 1, 4);
	picture->width = (bits & 0x3fff) + 1;
	picture->height = (bits >> 14 & 0x3fff) + 1;
	return true;
}

static bool take_image(struct webp *webp, const struct chunk *chunk)
{
	struct picture *picture = webp->reading->picture;
	bool is_lossy = str_eq(chunk->type, STR("VP8 "));

	if (webp->has_image ||
	    !(is_lossy ? size_lossy : size_lossless)(picture, chunk->data))
		return false;
	webp->has_image = true;
	put_chunk(webp->reading->clean, chunk->type, chunk->data);
	return webp->extended == 0 ||
	    (picture->width == webp->width && picture->height == webp->height);
}

/* The flags are set again as what they tell of turns up. */
static bool take_extended(struct webp *webp, struct str data)
{
	struct buf *clean = webp->reading->clean;

	if (data.len != 10)
		return false;
	webp->width = picture_little(data, 4, 3) + 1;
	webp->height = picture_little(data, 7, 3) + 1;
	webp->flags = (unsigned char)data.ptr[0] & HAS_ALPHA;
	webp->reading->picture->moves = ((unsigned char)data.ptr[0] &
					    HAS_FRAMES) != 0;
	put_chunk(clean, STR("VP8X"), data);
	webp->extended = clean->len - data.len;
	for (size_t i = 0; i < 4; i++)
		clean->ptr[webp->extended + i] = '\0';
	return true;
}

static void take_exif(struct webp *webp, struct str data)
{
	static const struct str prefix = { "Exif\0\0", 6 };
	struct picture *picture = webp->reading->picture;
	struct buf out;

	/* It should not, but many have it as in a JPEG. */
	if (str_starts(data, prefix))
		data = str_slice(data, prefix.len, data.len);
	picture_exif(picture, data);
	if (webp->has_exif || webp->extended == 0 || picture->orientation == 1)
		return;
	webp->has_exif = true;
	webp->flags |= HAS_EXIF;
	buf_init(&out);
	picture_put_exif(&out, picture->orientation);
	put_chunk(webp->reading->clean, STR("EXIF"), buf_str(&out));
	buf_dispose(&out);
}

static bool take_part(struct webp *webp, const struct chunk *chunk)
{
	struct str type = chunk->type;

	if (str_eq(type, STR("VP8 ")) || str_eq(type, STR("VP8L")))
		return take_image(webp, chunk);
	if (str_eq(type, STR("ANIM")) || str_eq(type, STR("ANMF"))) {
		webp->reading->picture->moves = true;
	} else if (str_eq(type, STR("EXIF"))) {
		take_exif(webp, chunk->data);
	} else if (str_eq(type, STR("XMP "))) {
		picture_xmp(webp->reading->picture, chunk->data);
	} else if (webp->extended > 0 && !webp->has_image &&
	    (str_eq(type, STR("ICCP")) || str_eq(type, STR("ALPH")))) {
		webp->flags |= str_eq(type, STR("ICCP")) ? HAS_PROFILE : 0;
		put_chunk(webp->reading->clean, type, chunk->data);
	}
	return true;
}

/* The first of the chunks tells which of the three forms it is. */
static bool take_first(struct webp *webp)
{
	struct chunk chunk = { STR_NONE, STR_NONE };

	if (!take_chunk(webp->reading, &chunk))
		return false;
	return str_eq(chunk.type, STR("VP8X")) ?
	    take_extended(webp, chunk.data) :
	    take_image(webp, &chunk);
}

/* What was not known when it was written. */
static void finish(struct webp *webp, size_t start)
{
	struct buf *clean = webp->reading->clean;
	uint32_t size = (uint32_t)(clean->len - start - CHUNK_HEAD);

	for (size_t i = 0; i < 4; i++)
		clean->ptr[start + 4 + i] = (char)(size >> 8 * i);
	if (webp->extended > 0)
		clean->ptr[webp->extended] = (char)webp->flags;
}

bool picture_webp(struct picture_reading *reading)
{
	struct webp webp = { .reading = reading };
	size_t start = reading->clean->len, end;
	struct chunk chunk = { STR_NONE, STR_NONE };
	struct str head;
	bool ok;

	if (!picture_take(reading, HEAD_SIZE, &head) ||
	    !str_starts(head, STR("RIFF")) || !str_ends(head, STR("WEBP")))
		return false;
	end = picture_little(head, 4, 4);
	if (end > reading->bytes.len - CHUNK_HEAD)
		return false;
	reading->bytes.len = end + CHUNK_HEAD;
	buf_append(reading->clean, head);
	ok = reading->at <= reading->bytes.len && take_first(&webp);
	while (ok && reading->at < reading->bytes.len)
		ok = take_chunk(reading, &chunk) && take_part(&webp, &chunk);
	ok = ok && (webp.has_image || reading->picture->moves);
	if (ok && webp.extended > 0) {
		reading->picture->width = webp.width;
		reading->picture->height = webp.height;
	}
	finish(&webp, start);
	return ok;
}
