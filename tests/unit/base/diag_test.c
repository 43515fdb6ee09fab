/* SPDX-License-Identifier: MIT */
#include "base/diag.h"

#include <string.h>

#include "../memory.h"

static void test_diag_report__fills_both_languages_in(void **state)
{
	struct fixture f;

	(void)state;
	fixture_init(&f, NULL);
	assert_false(diag_report(&f.diags, ((struct mark){ STR("a"), 2, 3 }),
	    DIAG_CANNOT_READ, STR("{2}"), STR("why")));
	/* What is filled in is not filled in again. */
	assert_string_equal(message(&f, "M0101", LANG_EN),
	    "cannot read '{2}': why");
	assert_non_null(strstr(message(&f, "M0101", LANG_ZH), "why"));
	assert_int_equal(diag_errors(&f.diags), 1);
	assert_int_equal(f.diags.counts[DIAG_FATAL], 1);
	fixture_dispose(&f);
}

static void test_diag_sort__orders_by_place(void **state)
{
	static const struct mark marks[] = { { { "b", 1 }, 1, 1 },
		{ { "a", 1 }, 10, 1 }, { { "a", 1 }, 9, 5 },
		{ { "a", 1 }, 9, 4 }, { { NULL, 0 }, 0, 0 },
		{ { "a/b", 3 }, 1, 1 } };
	struct fixture f;

	(void)state;
	fixture_init(&f, NULL);
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		diag_report(&f.diags, marks[i], DIAG_TAB);
	assert_string_equal(found(&f), "Y0120@0:0 Y0120@9:4 Y0120@9:5 "
	    "Y0120@10:1 Y0120@1:1 Y0120@1:1");
	assert_str(((struct diagnostic *)vec_at(&f.diags.items, 4))->mark.path,
	    "a/b");
	fixture_dispose(&f);
}

static void test_diag_info__has_everything_in_both_languages(void **state)
{
	(void)state;
	for (size_t i = 0; i < DIAG_CODE_COUNT; i++) {
		const struct diag_info *info = diag_info((enum diag_code)i);

		assert_int_equal(info->id.len, 5);
		assert_ptr_equal(diag_info_find(info->id), info);
		for (size_t lang = 0; lang < LANG_COUNT; lang++) {
			assert_true(info->message[lang].len > 0);
			assert_true(info->hint[lang].len > 0);
		}
	}
	assert_null(diag_info_find(STR("Y9999")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_diag_report__fills_both_languages_in),
		cmocka_unit_test(test_diag_sort__orders_by_place),
		cmocka_unit_test(
		    test_diag_info__has_everything_in_both_languages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
