/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a picture of each kind: what is published of it is read again as
 * the same picture, says nothing of a place, is published the same once more,
 * and is hardly longer than what was handed in. As an attachment of any name it
 * is judged the same when it is checked and when it is published.
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "render/attachment.h"
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

static void check_attachment(struct str bytes)
{
	static const struct str paths[] = { { "a/b.png", 7 },
		{ "a/b.jpg", 7 }, { "a/b.jpeg", 8 }, { "a/b.gif", 7 },
		{ "a/b.webp", 8 }, { "a/b.pdf", 7 }, { "a/b.svg", 7 },
		{ "a/b.html", 8 } };

	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		struct diag_list diags;
		struct arena arena;
		struct buf out;
		bool is_checked, is_published;

		arena_init(&arena);
		diag_list_init(&diags, &arena);
		buf_init(&out);
		is_checked = attachment_check(paths[i], bytes, &diags);
		assert(is_checked == (diag_errors(&diags) == 0));
		is_published = attachment_publish(paths[i], bytes, &out,
		    &diags);
		assert(is_checked == is_published);
		assert(!is_checked || i < 6);
		buf_dispose(&out);
		diag_list_dispose(&diags);
		arena_dispose(&arena);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str bytes = { (const char *)data, size };

	check_attachment(bytes);
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
