/* SPDX-License-Identifier: MIT */
/*
 * Pictures that strangers hand in: PNG, JPEG, GIF and WebP are gone through
 * part by part, without decoding a pixel, to learn whether the file is whole
 * and of a size that every browser can show, and to write it anew from those
 * parts that a picture is made of. What else cameras and editors put beside
 * them stays out: positions, names, dates, serial numbers, remarks, thumbnails
 * of what was cut away, and whatever follows the end. Two things are kept:
 * colour profiles, and the way up that Exif says, without which a page would
 * show the picture lying on its side.
 *
 * Read by: PNG 3rd edition (W3C), ITU-T T.81 with JFIF 1.02, GIF89a, RFC 9649
 * (WebP), Exif 2.32 (TIFF 6.0).
 */
#ifndef RENDER_PICTURE_H
#define RENDER_PICTURE_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

/* The most pixels that a side and the whole of a picture may have: decoded,
 * each takes four bytes of every reader's memory, however small the file. */
enum { PICTURE_SIDE = 16384, PICTURE_PIXELS = 40 * 1000 * 1000 };

enum picture_kind { PICTURE_PNG, PICTURE_JPEG, PICTURE_GIF, PICTURE_WEBP };

struct picture {
	uint32_t width, height; /* in pixels, as they are stored */
	unsigned orientation;	/* 1 to 8 as in Exif; 1: as stored */
	bool moves;		/* it has more than one frame */
	bool has_position;	/* it says where on earth it was taken */
	size_t fault;		/* the byte at which it could not be read */
};

/*
 * Reads a whole picture and appends it to `clean`, without what is said above;
 * one that moves is not appended in a form that can be used. False when it is
 * cut off or no browser would show it: then `fault` is set. To read what was
 * appended appends the same again.
 */
bool picture_read(enum picture_kind kind, struct str bytes,
    struct picture *picture, struct buf *clean)
    __attribute__((warn_unused_result));

#endif
