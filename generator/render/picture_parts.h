/* SPDX-License-Identifier: MIT */
/* What the readers of picture.h's formats share. Only picture*.c include it. */
#ifndef RENDER_PICTURE_PARTS_H
#define RENDER_PICTURE_PARTS_H

#include "base/buf.h"
#include "render/picture.h"

/* `at` is the first byte that is not yet understood. */
struct picture_reading {
	struct str bytes;
	size_t at;
	struct picture *picture;
	struct buf *clean;
};

/* Each begins after what tells its format apart. */
bool picture_png(struct picture_reading *reading);
bool picture_jpeg(struct picture_reading *reading);
bool picture_gif(struct picture_reading *reading);
bool picture_webp(struct picture_reading *reading);

/* How many bytes are left. */
size_t picture_left(const struct picture_reading *reading);
/* The next `count` bytes, and past them; false, staying, if they are fewer. */
bool picture_take(struct picture_reading *reading, size_t count,
    struct str *taken);

/* Numbers of two, three and four bytes at an offset that is there: the first
 * byte weighs most (big), or least (little). */
uint32_t picture_big(struct str bytes, size_t at, size_t size);
uint32_t picture_little(struct str bytes, size_t at, size_t size);
void picture_put_big(struct buf *out, uint32_t number, size_t size);
void picture_put_little(struct buf *out, uint32_t number, size_t size);

/* Notes from Exif's bytes, a TIFF file, what the picture says of its position
 * and of the way up, unless that was said before. Damaged ones say nothing, as
 * in browsers. */
void picture_exif(struct picture *picture, struct str bytes);
/* Appends Exif's bytes that say the way up and nothing else. */
void picture_put_exif(struct buf *out, unsigned orientation);
/* The same of XMP's bytes, for positions alone. */
void picture_xmp(struct picture *picture, struct str xml);

#endif
