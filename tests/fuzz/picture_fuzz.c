/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a picture of each kind: what is published of it is read again as
 * the same picture, says nothing of a place, is published the same once more,
 * and is hardly longer than what was handed in.
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "render/picture.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_clean(enum picture_kind kind, const struct picture *picture,
    struct str clean)
{
	struct picture again;
	struct buf twice;

	buf_init(&twice);
	if (!picture_read(kind, clean, &again, &twice))
		assert(!"what is published does not read");
	assert(str_eq(clean, buf_str(&twice)));
	assert(again.width == picture->width &&
	    again.height == picture->height &&
	    again.orientation == picture->orientation);
	assert(!again.has_position);
	buf_dispose(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str bytes = { (const char *)data, size };

	for (int kind = PICTURE_PNG; kind <= PICTURE_WEBP; kind++) {
		struct picture picture;
		struct buf clean;

		buf_init(&clean);
		if (!picture_read((enum picture_kind)kind, bytes, &picture,
			&clean)) {
			assert(picture.fault <= size);
		} else {
			assert(picture.width > 0 && picture.height > 0);
			assert(picture.orientation >= 1 &&
			    picture.orientation <= 8);
			assert(clean.len <= size + 32);
			if (!picture.moves)
				check_clean((enum picture_kind)kind, &picture,
				    buf_str(&clean));
		}
		buf_dispose(&clean);
	}
	return 0;
}
