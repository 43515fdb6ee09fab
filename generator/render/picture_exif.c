/* SPDX-License-Identifier: MIT */
#include "render/picture_parts.h"

enum {
	ENTRY_SIZE = 12, /* tag, type, count, value or where it is */
	TAG_ORIENTATION = 0x0112,
	TAG_GPS = 0x8825,
	TYPE_SHORT = 3,
	TYPE_LONG = 4
};

struct tiff {
	struct str bytes;
	uint32_t (*number)(struct str bytes, size_t at, size_t size);
};

/* The tags of Exif's GPS part that tell a place: cameras write the part with a
 * version and no more when they know none. */
static bool is_place(uint32_t tag)
{
	return tag == 0x02 || tag == 0x04 || /* latitude, longitude */
	    tag == 0x14 || tag == 0x16 ||    /* of the destination */
	    tag == 0x1b || tag == 0x1c;	     /* its methods, its area */
}

/* How many whole entries the directory at an offset has, and the first. */
static size_t count_entries(const struct tiff *tiff, size_t at, size_t *first)
{
	size_t count, room;

	if (at > tiff->bytes.len || tiff->bytes.len - at < 2)
		return 0;
	count = tiff->number(tiff->bytes, at, 2);
	room = (tiff->bytes.len - at - 2) / ENTRY_SIZE;
	*first = at + 2;
	return count < room ? count : room;
}

static bool tells_place(const struct tiff *tiff, size_t at)
{
	size_t first = 0;
	size_t count = count_entries(tiff, at, &first);

	for (size_t i = 0; i < count; i++)
		if (is_place(
			tiff->number(tiff->bytes, first + i * ENTRY_SIZE, 2)))
			return true;
	return false;
}

static void read_entry(struct picture *picture, const struct tiff *tiff,
    size_t at)
{
	uint32_t tag = tiff->number(tiff->bytes, at, 2);
	uint32_t type = tiff->number(tiff->bytes, at + 2, 2);

	if (tag == TAG_ORIENTATION && type == TYPE_SHORT) {
		uint32_t way = tiff->number(tiff->bytes, at + 8, 2);

		if (picture->orientation == 1 && way >= 1 && way <= 8)
			picture->orientation = way;
	} else if (tag == TAG_GPS && type == TYPE_LONG &&
	    tells_place(tiff, tiff->number(tiff->bytes, at + 8, 4))) {
		picture->has_position = true;
	}
}

void picture_exif(struct picture *picture, struct str bytes)
{
	struct tiff tiff = { .bytes = bytes };
	size_t count, first = 0;

	if (str_starts(bytes, ((struct str){ "MM\0*", 4 })))
		tiff.number = picture_big;
	else if (str_starts(bytes, ((struct str){ "II*\0", 4 })))
		tiff.number = picture_little;
	if (tiff.number == NULL || bytes.len < 8)
		return;
	count = count_entries(&tiff, tiff.number(bytes, 4, 4), &first);
	for (size_t i = 0; i < count; i++)
		read_entry(picture, &tiff, first + i * ENTRY_SIZE);
}

void picture_put_exif(struct buf *out, unsigned orientation)
{
	static const char head[] = "MM\0*"
				   "\0\0\0\x08"
				   "\0\x01"
				   "\x01\x12"
				   "\0\x03"
				   "\0\0\0\x01"
				   "\0";
	static const char tail[] = "\0\0"
				   "\0\0\0\0";

	buf_append(out, (struct str){ head, sizeof(head) - 1 });
	buf_append_char(out, (char)orientation);
	buf_append(out, (struct str){ tail, sizeof(tail) - 1 });
}

void picture_xmp(struct picture *picture, struct str xml)
{
	if (str_find(xml, STR("GPSLatitude"), 0) != STR_NOT_FOUND ||
	    str_find(xml, STR("GPSLongitude"), 0) != STR_NOT_FOUND)
		picture->has_position = true;
}
