/* SPDX-License-Identifier: MIT */
#include "base/utf8.h"

#include <string.h>

#include "../memory.h"
#include "base/buf.h"

static void test_utf8__round_trips_every_character(void **state)
{
	(void)state;
	for (uint32_t c = 0; c <= 0x10ffff; c++) {
		struct buf buf;
		size_t size;

		if (c == 0xd800)
			c = 0xe000;
		buf_init(&buf);
		utf8_append(&buf, c);
		assert_true(utf8_decode(buf_str(&buf), 0, &size) == c);
		assert_int_equal(size, buf.len);
		buf_dispose(&buf);
	}
}

/* RFC 3629: what may not stand, each with the offset of the fault. */
static void test_utf8_check__finds_every_kind_of_fault(void **state)
{
	static const struct {
		const char *bytes;
		size_t at;
	} cases[] = {
		{ "", 0 }, { "abc", 3 }, { "\xe4\xb8\xad", 3 },
		{ "a\x80", 1 }, { "\xbf", 0 },		/* continuation */
		{ "a\xc3", 1 }, { "a\xe4\xb8", 1 },	/* cut off */
		{ "a\xf0\x9f\x98", 1 }, { "\xc3z", 0 }, { "\xe4\xb8z", 0 },
		{ "\xc0\x80", 0 }, { "\xc1\xbf", 0 },	/* overlong */
		{ "\xe0\x80\x80", 0 }, { "\xe0\x9f\xbf", 0 },
		{ "\xf0\x80\x80\x80", 0 }, { "\xf0\x8f\xbf\xbf", 0 },
		{ "\xe0\xa0\x80", 3 }, { "\xf0\x90\x80\x80", 4 },
		{ "\xed\xa0\x80", 0 }, { "\xed\xbf\xbf", 0 },	/* surrogates */
		{ "\xed\x9f\xbf", 3 }, { "\xee\x80\x80", 3 },
		{ "\xf4\x8f\xbf\xbf", 4 }, { "\xf4\x90\x80\x80", 0 },
		{ "\xf5\x80\x80\x80", 0 }, { "\xf8\x88\x80\x80\x80", 0 },
		{ "ok\xfe", 2 }, { "ok\xff", 2 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(utf8_check(str_from(cases[i].bytes)),
		    cases[i].at);
}

static void test_utf8_count__counts_a_false_byte_as_one(void **state)
{
	(void)state;
	assert_int_equal(utf8_count(STR("浙里a")), 3);
	assert_int_equal(utf8_count(STR("\xe4\xb8")), 2);
	assert_int_equal(utf8_offset(STR("浙里a"), 0), 0);
	assert_int_equal(utf8_offset(STR("浙里a"), 2), 6);
	assert_int_equal(utf8_offset(STR("浙里a"), 9), 7);
}

static void test_utf8__knows_characters_by_kind(void **state)
{
	(void)state;
	assert_true(utf8_is_control(0) && utf8_is_control(0x1b) &&
	    utf8_is_control(0x7f) && utf8_is_control(0x9f));
	assert_false(utf8_is_control('\n') || utf8_is_control('\t') ||
	    utf8_is_control('\r') || utf8_is_control(' ') ||
	    utf8_is_control(0xa0));
	assert_true(utf8_is_bidi_control(0x202e) &&
	    utf8_is_bidi_control(0x2066) && utf8_is_bidi_control(0x200f) &&
	    utf8_is_bidi_control(0x61c));
	assert_false(utf8_is_bidi_control(0x200d) ||
	    utf8_is_bidi_control(0x202f) || utf8_is_bidi_control(0x206a));
	assert_true(utf8_is_cjk(0x4e2d) && utf8_is_cjk(0x20000));
	assert_false(utf8_is_cjk('a') || utf8_is_cjk(0x3000));
	assert_int_equal(utf8_width(0x4e2d), 2);
	assert_int_equal(utf8_width(0xff0c), 2);
	assert_int_equal(utf8_width(0x301), 0);
	assert_int_equal(utf8_width('a'), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_utf8__round_trips_every_character),
		cmocka_unit_test(test_utf8_check__finds_every_kind_of_fault),
		cmocka_unit_test(test_utf8_count__counts_a_false_byte_as_one),
		cmocka_unit_test(test_utf8__knows_characters_by_kind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
