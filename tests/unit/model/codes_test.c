/* SPDX-License-Identifier: MIT */
#include "model/codes.h"

#include "../memory.h"

static const struct memory_file files[] = {
	{ "schemas/codes/areas.csv",
	    "# open: true\n# title-zh: 地区\n# title-en: Areas\n"
	    "code,zh,en,source,status,level\n"
	    "330100,杭州市,Hangzhou,GB/T 2260,confirmed,city\n"
	    "330106,西湖区,\"Xihu, Hangzhou\",GB/T 2260,unconfirmed,county\n" },
	{ "schemas/codes/types.csv",
	    "code,zh,en,source,status\na,甲, A ,s,draft\n" },
	{ "schemas/codes/README.md", "no list" },
	{ NULL, NULL },
};

static void test_codes_load__finds_rows_by_term_and_by_code(void **state)
{
	const struct code_list *list;
	struct codes codes;
	struct fixture f;

	(void)state;
	fixture_init(&f, files);
	assert_true(codes_load(&f.arena, &f.reader, STR("schemas/codes/"),
	    &codes, &f.diags));
	assert_int_equal(codes.lists.count, 2);
	list = codes_list(&codes, STR("areas"));
	assert_true(list->is_open);
	assert_str(list->title[LANG_ZH], "地区");
	assert_str(list->title[LANG_EN], "Areas");
	assert_int_equal(list->count, 2);
	assert_str(code_by_zh(list, STR("西湖区"))->code, "330106");
	assert_str(code_by_code(list, STR("330106"))->title[LANG_EN],
	    "Xihu, Hangzhou");
	assert_ptr_equal(code_find(list, STR("330100")),
	    code_find(list, STR("杭州市")));
	assert_null(code_by_zh(list, STR("330100")));
	assert_null(code_find(list, STR("宁波市")));
	fixture_dispose(&f);
}

static void test_code_cell__gives_columns_of_the_list_s_own(void **state)
{
	const struct code_list *list;
	struct codes codes;
	struct fixture f;

	(void)state;
	fixture_init(&f, files);
	assert_true(codes_load(&f.arena, &f.reader, STR("schemas/codes/"),
	    &codes, &f.diags));
	list = codes_list(&codes, STR("areas"));
	assert_str(code_cell(list, &list->codes[1], STR("level")), "county");
	assert_str(code_cell(list, &list->codes[1], STR("none")), "");
	assert_str(code_cell(NULL, NULL, STR("level")), "");
	list = codes_list(&codes, STR("types"));
	assert_false(list->is_open);
	assert_str(list->title[LANG_ZH], "types");
	assert_str(list->codes[0].title[LANG_EN], "A");
	assert_null(codes_list(&codes, STR("none")));
	assert_null(code_find(NULL, STR("甲")));
	fixture_dispose(&f);
}

static void test_codes_load__reports_every_fault_in_one_run(void **state)
{
	static const struct {
		const char *text, *expected;
	} cases[] = {
		{ "code,zh\na,甲\n", "K0120@1:0 K0120@1:0 K0120@1:0" },
		{ "# open: maybe\ncode,zh,en,source,status\n", "K0125@1:0" },
		{ "code,zh,en,source,status\n"
		    "a,甲,A,s,confirmed\n"
		    "a,乙,B,s,draft\n"
		    "b,甲,B,s,draft\n"
		    "甲,丙,C,s,draft\n"
		    "d,丁,,,unknown\n"
		    ",戊,E,s,draft\n",
		    "K0121@3:0 K0121@4:0 K0123@5:0 K0122@6:0 K0124@6:0 "
		    "K0124@6:0 K0124@7:0" },
		{ "code,zh,en,source,status\na,甲\n", "K0112@2:0" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct memory_file bad[] = {
			{ "schemas/codes/bad.csv", cases[i].text },
			{ NULL, NULL },
		};
		struct codes codes;
		struct fixture f;

		fixture_init(&f, bad);
		assert_false(codes_load(&f.arena, &f.reader,
		    STR("schemas/codes/"), &codes, &f.diags));
		assert_string_equal(found(&f), cases[i].expected);
		fixture_dispose(&f);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_codes_load__finds_rows_by_term_and_by_code),
		cmocka_unit_test(
		    test_code_cell__gives_columns_of_the_list_s_own),
		cmocka_unit_test(
		    test_codes_load__reports_every_fault_in_one_run),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
