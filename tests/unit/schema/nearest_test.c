/* SPDX-License-Identifier: MIT */
#include "schema/nearest.h"

#include "../memory.h"

static void test_nearest_distance__counts_edits(void **state)
{
	static const struct {
		const char *a, *b;
		size_t distance;
	} cases[] = {
		{ "", "", 0 }, { "a", "", 1 }, { "", "abc", 3 },
		{ "title", "title", 0 }, { "titel", "title", 1 },
		{ "title", "tile", 1 }, { "title", "tittle", 1 },
		{ "title", "titIe", 1 }, { "ab", "ba", 1 },
		{ "kitten", "sitting", 3 }, { "abc", "cab", 2 },
		{ "国际先进水平", "国际先进", 2 }, { "省实验宝", "省实验室", 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct str a = str_from(cases[i].a), b = str_from(cases[i].b);

		assert_int_equal(nearest_distance(a, b, 9),
		    cases[i].distance);
		assert_int_equal(nearest_distance(b, a, 9),
		    cases[i].distance);
	}
}

static void test_nearest_distance__stops_above_the_limit(void **state)
{
	struct str longer = STR("1234567890123456789012345678901234567890"
	    "1234567890123456789012345");

	(void)state;
	assert_int_equal(nearest_distance(STR("kitten"), STR("sitting"), 2),
	    3);
	assert_int_equal(nearest_distance(STR("a"), STR("abcdef"), 3), 4);
	assert_int_equal(nearest_distance(longer, longer, 5), 6);
	assert_int_equal(nearest_distance(str_slice(longer, 0, 64),
	    str_slice(longer, 0, 64), 5), 0);
}

static void test_nearest_offer__keeps_the_first_of_the_nearest(void **state)
{
	struct nearest nearest;

	(void)state;
	nearest_init(&nearest, STR("summery"));
	nearest_offer(&nearest, STR("title"));
	assert_str(nearest.best, "");
	nearest_offer(&nearest, STR("summary_en"));
	nearest_offer(&nearest, STR("summary"));
	nearest_offer(&nearest, STR("summory"));
	assert_str(nearest.best, "summary");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nearest_distance__counts_edits),
		cmocka_unit_test(test_nearest_distance__stops_above_the_limit),
		cmocka_unit_test(
		    test_nearest_offer__keeps_the_first_of_the_nearest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
