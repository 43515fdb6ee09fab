/* SPDX-License-Identifier: MIT */
#include "render/picture.h"

#include <stdio.h>
#include <string.h>

#include "../memory.h"
#include "base/buf.h"
#include "render/attachment.h"

/* The pictures are seeds of the fuzz target: small ones, as other programs
 * write them, with what they put beside. */
struct read {
	struct buf bytes, clean;
	struct picture picture;
	bool is_good;
};

static void read_seed(struct read *read, const char *name)
{
	static const struct {
		const char *prefix;
		enum picture_kind kind;
	} kinds[] = {
		{ "png", PICTURE_PNG }, { "jpeg", PICTURE_JPEG },
		{ "gif", PICTURE_GIF }, { "webp", PICTURE_WEBP }
	};
	char path[128];
	FILE *file;

	buf_init(&read->bytes);
	buf_init(&read->clean);
	(void)snprintf(path, sizeof(path), "tests/fuzz/corpus/picture/%s",
	    name);
	file = fopen(path, "rb");
	assert_non_null(file);
	read->bytes.len += fread(buf_reserve(&read->bytes, 1 << 16), 1,
	    1 << 16, file);
	(void)fclose(file);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strncmp(name, kinds[i].prefix,
			strlen(kinds[i].prefix)) == 0)
			read->is_good = picture_read(kinds[i].kind,
			    buf_str(&read->bytes), &read->picture,
			    &read->clean);
}

static void dispose(struct read *read)
{
	buf_dispose(&read->bytes);
	buf_dispose(&read->clean);
}

static bool has(const struct buf *buf, const char *text)
{
	return str_find(buf_str(buf), str_from(text), 0) != STR_NOT_FOUND;
}

static void test_picture__plain_ones_stay_as_they_are(void **state)
{
	static const char *const names[] = { "jpeg-plain", "jpeg-progressive",
		"jpeg-grey", "jpeg-cmyk", "jpeg-icc", "png-palette",
		"png-grey", "webp-lossy", "webp-lossless", "webp-alpha" };
	struct read read;

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		read_seed(&read, names[i]);
		if (!read.is_good || read.picture.moves ||
		    !str_eq(buf_str(&read.bytes), buf_str(&read.clean)))
			fail_msg("%s", names[i]);
		dispose(&read);
	}
}

static void test_picture__what_cameras_add_stays_out(void **state)
{
	static const struct {
		const char *name, *told;
		unsigned orientation;
	} pictures[] = {
		{ "jpeg-exif", "omeone", 6 }, { "png-text", "omeone", 8 },
		{ "webp-extended", "omeone", 3 }, { "gif-plain", "omeone", 1 },
	};
	struct read read;

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		read_seed(&read, pictures[i].name);
		assert_true(read.is_good);
		assert_true(has(&read.bytes, pictures[i].told));
		assert_false(has(&read.clean, pictures[i].told));
		assert_false(has(&read.clean, "GPSLatitude"));
		assert_false(has(&read.clean, "Camera"));
		assert_int_equal(read.picture.has_position, i < 3);
		assert_int_equal(read.picture.orientation,
		    pictures[i].orientation);
		dispose(&read);
	}
}

/* Exif's own way to say it, as the only entry. */
static void test_picture__the_way_up_is_kept(void **state)
{
	static const char exif[] = "MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03"
	    "\0\0\0\x01\0\x06\0\0\0\0\0\0";
	struct read read;

	(void)state;
	read_seed(&read, "jpeg-exif");
	assert_true(str_find(buf_str(&read.clean),
		((struct str){ exif, sizeof(exif) - 1 }), 0) !=
	    STR_NOT_FOUND);
	dispose(&read);
}

static void test_picture__what_follows_the_end_stays_out(void **state)
{
	struct read read;

	(void)state;
	read_seed(&read, "png-trailer");
	assert_true(read.is_good);
	assert_true(has(&read.bytes, "<script>"));
	assert_false(has(&read.clean, "<script>"));
	dispose(&read);
}

static void test_picture__those_that_move_are_told(void **state)
{
	static const char *const names[] = { "gif-moves", "png-moves",
		"webp-moves" };
	struct read read;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		read_seed(&read, names[i]);
		assert_true(read.is_good && read.picture.moves);
		dispose(&read);
	}
}

static void cut_off(enum picture_kind kind, const char *name)
{
	struct picture picture;
	struct read read;
	struct buf out;

	buf_init(&out);
	read_seed(&read, name);
	assert_true(read.is_good);
	for (size_t len = 0; len < read.bytes.len; len++) {
		buf_clear(&out);
		if (picture_read(kind, str_slice(buf_str(&read.bytes), 0,
			len), &picture, &out))
			fail_msg("%s: %zu bytes", name, len);
		assert_true(picture.fault <= len);
	}
	dispose(&read);
	buf_dispose(&out);
}

static void test_picture__cut_off_ones_are_refused(void **state)
{
	(void)state;
	cut_off(PICTURE_JPEG, "jpeg-progressive");
	cut_off(PICTURE_PNG, "png-grey");
	cut_off(PICTURE_GIF, "gif-plain");
	cut_off(PICTURE_WEBP, "webp-alpha");
}

/* By PNG's check sums; the other formats have none. */
static void test_picture__a_byte_turned_in_a_png_is_noticed(void **state)
{
	struct picture picture;
	struct read read;
	struct buf out;

	(void)state;
	buf_init(&out);
	read_seed(&read, "png-grey");
	for (size_t at = 0; at < read.bytes.len; at++) {
		read.bytes.ptr[at] ^= 0x10;
		buf_clear(&out);
		if (picture_read(PICTURE_PNG, buf_str(&read.bytes), &picture,
			&out))
			fail_msg("byte %zu", at);
		read.bytes.ptr[at] ^= 0x10;
	}
	buf_dispose(&out);
	dispose(&read);
}

/* A picture that is more work to show than its size lets expect. */
static void test_picture__scans_without_end_are_refused(void **state)
{
	struct read read;

	(void)state;
	read_seed(&read, "jpeg-scans");
	assert_false(read.is_good);
	dispose(&read);
}

/* -- as attachments ------------------------------------------------------- */

static void assert_found(const char *seed, const char *path, const char *what)
{
	struct fixture f;
	struct read read;
	bool is_good;

	fixture_init(&f, NULL);
	read_seed(&read, seed);
	is_good = attachment_check(str_from(path), buf_str(&read.bytes),
	    &f.diags);
	assert_int_equal(is_good, diag_errors(&f.diags) == 0);
	assert_string_equal(found(&f), what);
	dispose(&read);
	fixture_dispose(&f);
}

static void test_attachment__pictures_are_judged_by_their_bytes(void **state)
{
	(void)state;
	assert_found("png-grey", "a/b.png", "");
	assert_found("png-grey", "a/b.jpg", "B0201@0:0");
	assert_found("png-grey", "a/b.svg", "B0202@0:0");
	assert_found("png-grey", "a/b.html", "B0202@0:0");
	assert_found("png-grey", "a/b.PNG", "B0202@0:0");
	assert_found("jpeg-cut", "a/b.jpeg", "B0203@0:0");
	assert_found("png-huge", "a/b.png", "B0204@0:0");
	assert_found("webp-moves", "a/b.webp", "B0205@0:0");
	assert_found("jpeg-exif", "a/b.jpg", "B0206@0:0");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_picture__plain_ones_stay_as_they_are),
		cmocka_unit_test(test_picture__what_cameras_add_stays_out),
		cmocka_unit_test(test_picture__the_way_up_is_kept),
		cmocka_unit_test(test_picture__what_follows_the_end_stays_out),
		cmocka_unit_test(test_picture__those_that_move_are_told),
		cmocka_unit_test(test_picture__cut_off_ones_are_refused),
		cmocka_unit_test(
		    test_picture__a_byte_turned_in_a_png_is_noticed),
		cmocka_unit_test(test_picture__scans_without_end_are_refused),
		cmocka_unit_test(
		    test_attachment__pictures_are_judged_by_their_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
