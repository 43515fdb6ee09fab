/* SPDX-License-Identifier: MIT */
#include "compress/decoding.h"

#include "base/buf.h"
#include "base/file_stream.h"
#include "base/hash.h"
#include "base/open_below.h"

#include <brotli/encode.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "../place.h"

enum { LONG = 300 * 1024 };	/* more than a piece */

static const enum coding codings[] = { CODING_GZIP, CODING_BROTLI };

/* The bytes of a file in that coding. */
static struct str encode(struct place *place, enum coding coding,
    struct str bytes)
{
	struct file_stream stream;
	struct file_facts facts;
	struct str coded;
	bool changed;
	int file;

	assert_true(folder_replace(&place->folder, STR("plain"), bytes,
	    &changed, &place->f.diags));
	file = open_below(place->folder.descriptor, STR("plain"), O_RDONLY);
	assert_true(file >= 0);
	file_stream_open(&stream, &place->folder, STR("coded"));
	coding_write(coding, file, bytes.len, &stream);
	assert_true(file_stream_close(&stream, &facts, &changed,
	    &place->f.diags));
	assert_int_equal(close(file), 0);
	file = open_below(place->folder.descriptor, STR("coded"), O_RDONLY);
	assert_true(file_read_all(&place->f.arena, file, STR("coded"), &coded,
	    &place->f.diags));
	assert_int_equal(close(file), 0);
	return coded;
}

/* Whether a file of these bytes holds `wanted`; false when it cannot be
 * decoded within the limit. */
static bool holds(struct place *place, enum coding coding, struct str coded,
    uint64_t limit, struct str wanted)
{
	unsigned char digest[SHA256_SIZE], expected[SHA256_SIZE];
	struct sha256 sha;
	bool changed, ok;
	int file;

	assert_true(folder_replace(&place->folder, STR("given"), coded,
	    &changed, &place->f.diags));
	file = open_below(place->folder.descriptor, STR("given"), O_RDONLY);
	assert_true(file >= 0);
	ok = decoding_digest(coding, file, limit, &sha);
	assert_int_equal(close(file), 0);
	if (!ok)
		return false;
	sha256_finish(&sha, digest);
	sha256_init(&sha);
	sha256_add(&sha, wanted);
	sha256_finish(&sha, expected);
	assert_memory_equal(digest, expected, SHA256_SIZE);
	return true;
}

/* Text that is neither all the same nor without any order. */
static struct str text_of(struct place *place, size_t len)
{
	char *text = arena_alloc(&place->f.arena, len + 1);
	uint32_t state = 1;

	for (size_t i = 0; i < len; i++) {
		state = state * 1664525 + 1013904223;
		text[i] = (char)('a' + (state >> 29));
	}
	return (struct str){ text, len };
}

static struct str joined(struct place *place, struct str a, struct str b)
{
	char *bytes = arena_alloc(&place->f.arena, a.len + b.len + 1);

	memcpy(bytes, a.ptr, a.len);
	memcpy(bytes + a.len, b.ptr, b.len);
	return (struct str){ bytes, a.len + b.len };
}

static void test_decoding__gives_what_was_written(void **state)
{
	static const size_t sizes[] = { 0, 1, 64 * 1024 - 1, 64 * 1024,
		64 * 1024 + 1, LONG };
	struct place place;

	(void)state;
	place_init(&place);
	for (size_t c = 0; c < CODING_COUNT; c++)
		for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
			struct str text = text_of(&place, sizes[i]);
			struct str coded = encode(&place, codings[c], text);

			assert_true(holds(&place, codings[c], coded,
			    text.len, text));
		}
	place_dispose(&place);
}

static void test_decoding__stops_at_the_limit(void **state)
{
	struct place place;

	(void)state;
	place_init(&place);
	for (size_t c = 0; c < CODING_COUNT; c++) {
		struct str text = text_of(&place, LONG);
		struct str coded = encode(&place, codings[c], text);

		assert_false(holds(&place, codings[c], coded, LONG - 1, text));
		assert_false(holds(&place, codings[c], coded, 0, text));
		assert_true(holds(&place, codings[c], coded, LONG + 1, text));
	}
	place_dispose(&place);
}

static void test_decoding__wants_all_of_it_and_no_more(void **state)
{
	struct place place;

	(void)state;
	place_init(&place);
	for (size_t c = 0; c < CODING_COUNT; c++) {
		struct str text = text_of(&place, 700);
		struct str coded = encode(&place, codings[c], text);
		struct str twice = joined(&place, coded, coded);
		struct str longer = text_of(&place, LONG);

		for (size_t i = 0; i < coded.len; i++)
			assert_false(holds(&place, codings[c],
			    str_slice(coded, 0, i), LONG, text));
		assert_false(holds(&place, codings[c], twice, LONG, text));
		assert_false(holds(&place, codings[c],
		    str_slice(twice, 0, coded.len + 1), LONG, text));
		/* Behind a whole number of pieces. */
		assert_false(holds(&place, codings[c],
		    joined(&place, coded, longer), LONG, text));
		assert_false(holds(&place, codings[1 - c], coded, LONG,
		    text));
	}
	place_dispose(&place);
}

/* A whole window, as the largest of the format is, from a few bytes. */
static void test_decoding__reads_other_levels_and_windows(void **state)
{
	static unsigned char made[LONG];
	struct place place;
	struct str text;

	(void)state;
	place_init(&place);
	text = text_of(&place, 5000);
	for (int window = BROTLI_MIN_WINDOW_BITS;
	    window <= BROTLI_MAX_WINDOW_BITS; window++) {
		size_t len = sizeof(made);

		assert_true(BrotliEncoderCompress(window % 12, window,
		    BROTLI_MODE_GENERIC, text.len, (const uint8_t *)text.ptr,
		    &len, made));
		assert_true(holds(&place, CODING_BROTLI,
		    (struct str){ (const char *)made, len }, text.len, text));
	}
	place_dispose(&place);
}

static void test_decoding__cannot_read_a_folder(void **state)
{
	struct place place;
	struct sha256 sha;

	(void)state;
	place_init(&place);
	for (size_t c = 0; c < CODING_COUNT; c++)
		assert_false(decoding_digest(codings[c],
		    place.folder.descriptor, LONG, &sha));
	place_dispose(&place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_decoding__gives_what_was_written),
		cmocka_unit_test(test_decoding__stops_at_the_limit),
		cmocka_unit_test(test_decoding__wants_all_of_it_and_no_more),
		cmocka_unit_test(
		    test_decoding__reads_other_levels_and_windows),
		cmocka_unit_test(test_decoding__cannot_read_a_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
