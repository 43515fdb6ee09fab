/* SPDX-License-Identifier: MIT */
#include "render/picture_parts.h"

#include <string.h>

/* Second bytes of markers; the first is 0xff. */
enum {
	TEM = 0x01,
	SOF0 = 0xc0,
	SOF2 = 0xc2,
	DHT = 0xc4,
	JPG = 0xc8,
	DAC = 0xcc,
	SOF15 = 0xcf,
	RST0 = 0xd0,
	RST7 = 0xd7,
	SOI = 0xd8,
	EOI = 0xd9,
	SOS = 0xda,
	DQT = 0xdb,
	DNL = 0xdc,
	DRI = 0xdd,
	DHP = 0xde,
	EXP = 0xdf,
	APP0 = 0xe0,
	APP1 = 0xe1,
	APP2 = 0xe2,
	APP14 = 0xee
};

/* A progressive picture has ten or so, and each is a walk through all of its
 * pixels: thousands of empty ones would keep a browser busy for hours. */
enum { MOST_SCANS = 64 };

struct jpeg {
	struct picture_reading *reading;
	bool has_frame, has_exif;
	unsigned scans;
};

static void put_segment(struct buf *out, int marker, struct str head,
    struct str data)
{
	buf_append_char(out, '\xff');
	buf_append_char(out, (char)marker);
	picture_put_big(out, (uint32_t)(head.len + data.len + 2), 2);
	buf_append(out, head);
	buf_append(out, data);
}

static bool take_marker(struct picture_reading *reading, int *marker)
{
	struct str byte;

	if (!picture_take(reading, 1, &byte) || byte.ptr[0] != '\xff')
		return false;
	/* Any number of them fill the space between segments. */
	do {
		if (!picture_take(reading, 1, &byte))
			return false;
	} while (byte.ptr[0] == '\xff');
	*marker = (unsigned char)byte.ptr[0];
	return true;
}

static bool take_segment(struct picture_reading *reading, struct str *data)
{
	struct str size;

	return picture_take(reading, 2, &size) &&
	    picture_big(size, 0, 2) >= 2 &&
	    picture_take(reading, picture_big(size, 0, 2) - 2, data);
}

/* Baseline, extended and progressive: what browsers decode. A height of none
 * is told after the first scan, which hardly any program does. */
static bool take_frame(struct jpeg *jpeg, int marker, struct str data)
{
	struct picture *picture = jpeg->reading->picture;
	unsigned components;

	if (jpeg->has_frame || marker > SOF2 || data.len < 6)
		return false;
	components = (unsigned char)data.ptr[5];
	if (data.len != 6 + (size_t)3 * components || data.ptr[0] != 8 ||
	    (components != 1 && components != 3 && components != 4))
		return false;
	picture->height = picture_big(data, 1, 2);
	picture->width = picture_big(data, 3, 2);
	jpeg->has_frame = true;
	put_segment(jpeg->reading->clean, marker, STR_NONE, data);
	return picture->width > 0 && picture->height > 0;
}

/* Up to the next marker that is none of a scan's own. */
static bool take_scan(struct jpeg *jpeg, struct str data)
{
	struct picture_reading *reading = jpeg->reading;
	struct str bytes = reading->bytes;
	size_t start;

	if (!jpeg->has_frame || ++jpeg->scans > MOST_SCANS)
		return false;
	put_segment(reading->clean, SOS, STR_NONE, data);
	start = reading->at;
	for (size_t at = start; at + 1 < bytes.len; at++) {
		unsigned char next = (unsigned char)bytes.ptr[at + 1];

		if (bytes.ptr[at] != '\xff' || next == 0 ||
		    (next >= RST0 && next <= RST7))
			continue;
		buf_append(reading->clean, str_slice(bytes, start, at));
		reading->at = at;
		return true;
	}
	reading->at = bytes.len;
	return false;
}

/* JFIF's, without the thumbnail that may follow it. */
static void take_jfif(struct jpeg *jpeg, struct str data)
{
	if (data.len >= 14 && memcmp(data.ptr, "JFIF", 5) == 0)
		put_segment(jpeg->reading->clean, APP0, str_slice(data, 0, 12),
		    (struct str){ "\0\0", 2 });
}

static void take_app1(struct jpeg *jpeg, struct str data)
{
	static const struct str exif = { "Exif\0\0", 6 };
	struct picture *picture = jpeg->reading->picture;
	struct buf out;

	picture_xmp(picture, data);
	if (!str_starts(data, exif) || jpeg->has_exif)
		return;
	jpeg->has_exif = true;
	picture_exif(picture, str_slice(data, exif.len, data.len));
	if (picture->orientation == 1)
		return;
	buf_init(&out);
	picture_put_exif(&out, picture->orientation);
	put_segment(jpeg->reading->clean, APP1, exif, buf_str(&out));
	buf_dispose(&out);
}

static void take_application(struct jpeg *jpeg, int marker, struct str data)
{
	static const struct str profile = { "ICC_PROFILE\0", 12 };

	if (marker == APP0)
		take_jfif(jpeg, data);
	else if (marker == APP1)
		take_app1(jpeg, data);
	/* Adobe's says in what colours the components are. */
	else if ((marker == APP2 && str_starts(data, profile)) ||
	    (marker == APP14 && str_starts(data, STR("Adobe"))))
		put_segment(jpeg->reading->clean, marker, STR_NONE, data);
}

static bool is_alone(int marker)
{
	return marker <= TEM || (marker >= RST0 && marker <= EOI);
}

static bool take_part(struct jpeg *jpeg, int marker)
{
	struct str data;

	if (is_alone(marker) || !take_segment(jpeg->reading, &data))
		return false;
	if (marker == SOS)
		return take_scan(jpeg, data);
	if (marker == DHT || marker == DQT || marker == DRI) {
		put_segment(jpeg->reading->clean, marker, STR_NONE, data);
		return true;
	}
	if (marker >= SOF0 && marker <= SOF15)
		return marker != JPG && marker != DAC &&
		    take_frame(jpeg, marker, data);
	take_application(jpeg, marker, data);
	return marker != DNL && marker != DHP && marker != EXP;
}

bool picture_jpeg(struct picture_reading *reading)
{
	struct jpeg jpeg = { .reading = reading };
	int marker;

	if (!take_marker(reading, &marker) || marker != SOI)
		return false;
	buf_append(reading->clean, STR("\xff\xd8"));
	for (;;) {
		size_t start = reading->at;

		if (take_marker(reading, &marker)) {
			if (marker == EOI && jpeg.scans > 0)
				break;
			if (take_part(&jpeg, marker))
				continue;
		}
		reading->at = start;
		return false;
	}
	buf_append(reading->clean, STR("\xff\xd9"));
	return true;
}
