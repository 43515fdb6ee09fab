/* SPDX-License-Identifier: MIT */
#include "base/str.h"

#include <string.h>

#include "../memory.h"
#include "base/buf.h"
#include "base/lang.h"

static void test_str__of_nothing_is_empty(void **state)
{
	struct str rest = STR_NONE;

	(void)state;
	assert_true(str_is_empty(str_from(NULL)));
	assert_true(str_eq(STR_NONE, STR("")));
	assert_int_equal(str_cmp(STR_NONE, STR("")), 0);
	assert_true(str_starts(STR_NONE, STR_NONE));
	assert_true(str_ends(STR("a"), STR_NONE));
	assert_int_equal(str_find(STR_NONE, STR("a"), 0), STR_NOT_FOUND);
	assert_int_equal(str_find_char(STR_NONE, 'a', 0), STR_NOT_FOUND);
	assert_int_equal(str_cut(&rest, ',').len, 0);
	assert_int_equal(str_trim(STR(" \t\r\n\v\f ")).len, 0);
}

static void test_str_cmp__orders_by_bytes_and_prefix(void **state)
{
	(void)state;
	assert_true(str_cmp(STR("a"), STR("b")) < 0);
	assert_true(str_cmp(STR("a"), STR("ab")) < 0);
	assert_true(str_cmp(STR("\xff"), STR("a")) > 0);
	assert_true(str_cmp((struct str){ "a\0a", 3 },
	    (struct str){ "a\0b", 3 }) < 0);
}

static void test_str__finds_from_both_ends(void **state)
{
	struct str s = STR("abcabc");

	(void)state;
	assert_int_equal(str_find(s, STR("bc"), 0), 1);
	assert_int_equal(str_find(s, STR("bc"), 2), 4);
	assert_int_equal(str_find(s, STR("bc"), 5), STR_NOT_FOUND);
	assert_int_equal(str_find(s, STR(""), 6), 6);
	assert_int_equal(str_find(s, STR(""), 7), STR_NOT_FOUND);
	assert_int_equal(str_find_last(s, 'a'), 3);
	assert_int_equal(str_find_last(s, 'z'), STR_NOT_FOUND);
	assert_str(str_slice(s, 2, 99), "cabc");
	assert_str(str_slice(s, 5, 2), "");
	assert_str(str_slice(s, 99, 100), "");
}

static void test_str_cut__gives_every_part_once(void **state)
{
	struct str rest = STR("a,,b,");

	(void)state;
	assert_str(str_cut(&rest, ','), "a");
	assert_str(str_cut(&rest, ','), "");
	assert_str(str_cut(&rest, ','), "b");
	assert_non_null(rest.ptr);
	assert_str(str_cut(&rest, ','), "");
	assert_null(rest.ptr);
}

static void test_str_replace__replaces_every_part(void **state)
{
	static const struct {
		const char *text, *part, *with, *made;
	} cases[] = { { "aXbX", "X", "yy", "ayyby" "y" }, { "", "X", "y", "" },
		{ "ZZ", "ZZ", "", "" }, { "ZZZ", "ZZ", "Z", "ZZ" },
		{ "none", "X", "y", "none" } };
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_str(str_replace(&arena, str_from(cases[i].text),
		    str_from(cases[i].part), str_from(cases[i].with)),
		    cases[i].made);
	arena_dispose(&arena);
}

static void test_str_to_size__takes_whole_numbers_only(void **state)
{
	static const char *const bad[] = { "", "-1", "+1", " 1", "1 ", "0x1",
		"1.0", "18446744073709551616", "99999999999999999999999" };
	size_t number = 5;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(str_to_size(str_from(bad[i]), &number));
	assert_int_equal(number, 5);
	assert_true(str_to_size(STR("007"), &number) && number == 7);
}

static void test_buf__is_always_terminated(void **state)
{
	struct buf buf;

	(void)state;
	buf_init(&buf);
	assert_string_equal(buf.ptr, "");
	buf_truncate(&buf, 0);
	buf_append(&buf, STR_NONE);
	assert_string_equal(buf.ptr, "");
	for (int i = 0; i < 10000; i++) {
		buf_append_char(&buf, 'x');
		assert_int_equal(buf.ptr[buf.len], '\0');
	}
	buf_append_format(&buf, "%s-%d", "y", 5);
	buf_append_cstr(&buf, "!");
	assert_string_equal(buf.ptr + 10000, "y-5!");
	buf_truncate(&buf, 2);
	assert_string_equal(buf.ptr, "xx");
	buf_clear(&buf);
	assert_string_equal(buf.ptr, "");
	buf_dispose(&buf);
	buf_dispose(&buf);
}

static int compare_ints(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static void test_vec__grows_and_sorts(void **state)
{
	struct vec vec;

	(void)state;
	vec_init(&vec, sizeof(int));
	vec_sort(&vec, compare_ints);
	for (int i = 0; i < 1000; i++)
		*(int *)vec_push(&vec) = i * 617 % 1000;
	vec_sort(&vec, compare_ints);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(*(int *)vec_at(&vec, (size_t)i), i);
	vec_clear(&vec);
	assert_int_equal(*(int *)vec_push(&vec), 0);
	vec_dispose(&vec);
	vec_dispose(&vec);
}

static void test_lang_from__reads_tags_and_locales(void **state)
{
	static const struct {
		const char *tag;
		enum lang lang;
	} cases[] = { { "zh", LANG_ZH }, { "zh_CN.UTF-8", LANG_ZH },
		{ "en", LANG_EN }, { "en-GB", LANG_EN }, { "en.UTF-8", LANG_EN },
		{ "C", LANG_ZH }, { "", LANG_ZH }, { "english", LANG_ZH },
		{ "de_DE", LANG_ZH } };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(lang_from(str_from(cases[i].tag), LANG_ZH),
		    cases[i].lang);
	assert_str(lang_code(LANG_EN), "en");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_str__of_nothing_is_empty),
		cmocka_unit_test(test_str_cmp__orders_by_bytes_and_prefix),
		cmocka_unit_test(test_str__finds_from_both_ends),
		cmocka_unit_test(test_str_cut__gives_every_part_once),
		cmocka_unit_test(test_str_replace__replaces_every_part),
		cmocka_unit_test(test_str_to_size__takes_whole_numbers_only),
		cmocka_unit_test(test_buf__is_always_terminated),
		cmocka_unit_test(test_vec__grows_and_sorts),
		cmocka_unit_test(test_lang_from__reads_tags_and_locales),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
