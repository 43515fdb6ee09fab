/* SPDX-License-Identifier: MIT */
#include "../memory.h"

#include "rules/fold.h"

static void test_fold__spellings_of_a_text_come_to_one(void **state)
{
	static const char *const rows[][2] = {
		{ "", "" }, { "abc 123", "abc 123" },
		{ "ＡＢｃ１２３（甲）", "ABc123(甲)" },
		{ "GB—T－1–2", "GB-T-1-2" }, { "甲　乙\u00a0丙", "甲 乙 丙" },
		{ "第Ⅲ期Ⅻ", "第III期XII" },
		{ "阿依古丽•买买提", "阿依古丽·买买提" },
		{ "零\u200b宽\ufeff", "零宽" }, { "\xff坏", "\xff坏" },
	};
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_str(fold_width(&arena, str_from(rows[i][0])),
		    rows[i][1]);
	arena_dispose(&arena);
}

static void test_fold__names_have_no_spaces_and_keep_their_case(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena);
	assert_str(fold_name(&arena, STR(" 浙江 大学\t（Zhejiang　Univ.）\n")),
	    "浙江大学(ZhejiangUniv.)");
	assert_str(fold_upper(&arena, STR("aBz甲{é")), "ABZ甲{é");
	assert_str(fold_lower(&arena, STR("aBZ甲[É")), "abz甲[É");
	arena_dispose(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fold__spellings_of_a_text_come_to_one),
		cmocka_unit_test(
		    test_fold__names_have_no_spaces_and_keep_their_case),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
