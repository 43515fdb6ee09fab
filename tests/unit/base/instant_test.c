/* SPDX-License-Identifier: MIT */
#include "base/instant.h"

#include "../memory.h"
#include "base/base64.h"

static void test_instant__is_what_was_written(void **state)
{
	static const struct {
		const char *text;
		int64_t seconds;
		int zone;
	} moments[] = {
		{ "1970-01-01T00:00:00+00:00", 0, 0 },
		{ "1970-01-01T08:00:00+08:00", 0, 480 },
		{ "2001-09-09T09:46:40+08:00", 1000000000, 480 },
		{ "1969-12-31T23:59:59+00:00", -1, 0 },
		{ "2024-02-29T23:59:59-09:30", 1709285399, -570 },
	};
	struct fixture f;
	int64_t seconds;

	(void)state;
	fixture_init(&f, NULL);
	for (size_t i = 0; i < sizeof(moments) / sizeof(*moments); i++) {
		struct str text = str_from(moments[i].text);

		assert_true(instant_parse(text, &seconds));
		assert_int_equal(seconds, moments[i].seconds);
		assert_true(str_eq(instant_format(&f.arena, seconds,
		    moments[i].zone), text));
	}
	fixture_dispose(&f);
}

static void test_instant__refuses_everything_else(void **state)
{
	static const char *const texts[] = { "", "2026-11-21",
		"2026-11-21 08:15:30+08:00", "2026-11-21T08:15:30Z",
		"2026-11-21T24:00:00+08:00", "2026-11-21T08:60:00+08:00",
		"2026-02-30T08:15:30+08:00", "2026-11-21T08:15:30+0800",
		"2026-11-21T08:15:30+08:000", "2026-11-21T 8:15:30+08:00",
		"2026-11-21T08:15:30 08:00", "2026-11-21T-1:15:30+08:00" };
	int64_t seconds;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		assert_false(instant_parse(str_from(texts[i]), &seconds));
}

/* A deadline's day ends at midnight in China. */
static void test_instant_date__is_the_day_in_china(void **state)
{
	struct date day;
	int64_t seconds;

	(void)state;
	assert_true(instant_parse(STR("2026-06-09T16:00:00+00:00"),
	    &seconds));
	day = instant_date(seconds, ZONE_CHINA);
	assert_int_equal(day.day, 10);
	day = instant_date(seconds - 1, ZONE_CHINA);
	assert_int_equal(day.day, 9);
}

/* RFC 4648, section 10, and what is none. */
static void test_base64__is_that_of_the_standard(void **state)
{
	static const char *const pairs[][2] = { { "", "" }, { "f", "Zg==" },
		{ "fo", "Zm8=" }, { "foo", "Zm9v" }, { "foob", "Zm9vYg==" },
		{ "fooba", "Zm9vYmE=" }, { "foobar", "Zm9vYmFy" } };
	static const char *const wrong[] = { "Z", "Zg", "Zg=", "Zg===",
		"Zm9v=", "Zm 9v", "Zm9-", "=Zg=", "Zg==Zg==" };
	struct fixture f;
	struct str bytes;

	(void)state;
	fixture_init(&f, NULL);
	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
		assert_true(base64_decode(&f.arena, str_from(pairs[i][1]),
		    &bytes));
		assert_true(str_eq(bytes, str_from(pairs[i][0])));
		assert_true(str_eq(base64_encode(&f.arena, bytes),
		    str_from(pairs[i][1])));
	}
	assert_true(base64_decode(&f.arena, STR("Zm9v\nYmFy\n"), &bytes));
	assert_true(str_eq(bytes, STR("foobar")));
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		assert_false(base64_decode(&f.arena, str_from(wrong[i]),
		    &bytes));
	fixture_dispose(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_instant__is_what_was_written),
		cmocka_unit_test(test_instant__refuses_everything_else),
		cmocka_unit_test(test_instant_date__is_the_day_in_china),
		cmocka_unit_test(test_base64__is_that_of_the_standard),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
