/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "rules/privacy.h"

struct row {
	const char *text, *found;
	enum privacy_kind kind;
};

static void assert_found(bool (*find)(struct str, size_t,
    struct privacy_finding *), const struct row *row)
{
	struct str text = str_from(row->text);
	struct privacy_finding finding = { .at = 0 };
	size_t at = str_find(text, str_from(row->found), 0);

	assert_true(find(text, 0, &finding));
	assert_int_equal(finding.kind, row->kind);
	assert_int_equal(finding.at, at);
	assert_int_equal(finding.len, strlen(row->found));
	assert_false(find(text, at + finding.len, &finding));
}

static void test_privacy__personal_data_is_found(void **state)
{
	static const struct row rows[] = {
		/* The sample of GB 11643 and one that ends in X. */
		{ "身份证：11010519491231002X。", "11010519491231002X",
		    PRIVACY_ID_NUMBER },
		{ "身份证 440524188001010014 与 11010519491231002x",
		    "11010519491231002x", PRIVACY_ID_NUMBER },
		{ "１１０１０５１９４９１２３１００２Ｘ",
		    "１１０１０５１９４９１２３１００２Ｘ", PRIVACY_ID_NUMBER },
		{ "电话13812345678，", "13812345678", PRIVACY_MOBILE },
		{ "138 1234 5678", "138 1234 5678", PRIVACY_MOBILE },
		{ "(199-1234-5678)", "199-1234-5678", PRIVACY_MOBILE },
		{ "+86 13812345678", "86 13812345678", PRIVACY_MOBILE },
		{ "+8613812345678", "8613812345678", PRIVACY_MOBILE },
		{ "008613812345678", "008613812345678", PRIVACY_MOBILE },
		{ "联系１３８１２３４５６７８", "１３８１２３４５６７８",
		    PRIVACY_MOBILE },
		{ "写信到 zhang.san@example.com。", "zhang.san@example.com",
		    PRIVACY_MAIL },
		{ "<a+b@mail.zju.edu.cn>", "a+b@mail.zju.edu.cn",
		    PRIVACY_MAIL },
		{ "邮箱：li＠zju.edu.cn", "li＠zju.edu.cn", PRIVACY_MAIL },
		{ "13812345678@139.com", "13812345678@139.com",
		    PRIVACY_MAIL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_found(privacy_find, &rows[i]);
}

static void test_privacy__other_numbers_are_left_alone(void **state)
{
	static const char *const texts[] = { "", "201710134085.6",
		"ZL201710134085.6", "ZL 2018 1 1341241.1", "CN106934457B",
		"CN113812345678B", "10.1038/s41586-020-03153-z",
		"10.1016/S1470-2045(13)70355-3", "10.1109/13812345678",
		"https://doi.org/10.1000/13812345678",
		"https://www.example.org/news/13812345678.html",
		"演示2026Y0012", "2024SR0123456", "CNA20191006012",
		"91330100799655058B", "911101066976941872",
		"0000-0002-1825-0097", "0000-0002-3086-418X",
		"DB33/T 2345-2021", "GB/T 9704-2012",
		"11010519491231002Y", "110105194912310021",
		"110105194913310025", "1101051949123100212",
		"12812345678", "1381234567", "138123456789",
		"a13812345678", "13812345678b", "9f13812345678e",
		"13812345678.5", "0.13812345678", "产值 13900000000 元",
		"合计13900000000元", "13800000000 次", "1 381 234 567 890",
		"3.1415926535897932", "2026-06-30 至 2026-07-30",
		"user@localhost", "@zheli", "a @ b.cn", "某@浙江大学",
		"x@y.1", "@example.com", "a@b@c", "8613812345678",
		"浙公网安备33010302000429号", "京ICP备10039560号-5" };
	struct privacy_finding finding;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (privacy_find(str_from(texts[i]), 0, &finding))
			fail_msg("'%s': %.*s", texts[i], (int)finding.len,
			    texts[i] + finding.at);
}

static void test_privacy__marks_of_secrecy_are_found(void **state)
{
	static const struct row rows[] = {
		{ "机密★1年", "机密★", PRIVACY_SECRECY_MARK },
		{ "本件绝密★长期。", "绝密★", PRIVACY_SECRECY_MARK },
		{ "秘 密 ★ 10年", "秘 密 ★", PRIVACY_SECRECY_MARK },
		{ "秘　密★", "秘　密★", PRIVACY_SECRECY_MARK },
		{ "密级：秘密", "密级：秘密", PRIVACY_SECRECY_MARK },
		{ "密级: 机密。", "密级: 机密", PRIVACY_SECRECY_MARK },
		{ "密级为绝密", "密级为绝密", PRIVACY_SECRECY_MARK },
		{ "| 密级 | 机密 |", "密级 | 机密", PRIVACY_SECRECY_MARK },
		{ "**密级**：**秘密**", "密级**：**秘密",
		    PRIVACY_SECRECY_MARK },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_found(privacy_find_mark, &rows[i]);
}

static void test_privacy__the_word_in_prose_is_no_mark(void **state)
{
	static const char *const texts[] = { "", "秘密", "商业秘密保护",
		"不涉及国家秘密", "机密计算平台", "数据机密性", "绝密级情报",
		"密级：公开", "密级：", "密级", "密级由单位确定，属秘密的不报",
		"密级：机密性等级", "加密★推荐", "保密★★★", "密★",
		"评分 ★★★★★", "秘密花园 ★" };
	struct privacy_finding finding;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (privacy_find_mark(str_from(texts[i]), 0, &finding))
			fail_msg("'%s': %.*s", texts[i], (int)finding.len,
			    texts[i] + finding.at);
}

/* Half a megabyte of what looks like the beginning of a finding. */
static void test_privacy__long_text_takes_linear_time(void **state)
{
	static const char *const pieces[] = { "10.", "1", "138-", "a.", "密",
		"密级 ", "秘 ", "a@", "１", "http:", "+86" };
	struct privacy_finding finding;
	struct buf text;

	(void)state;
	buf_init(&text);
	for (size_t i = 0; i < sizeof(pieces) / sizeof(*pieces); i++) {
		buf_clear(&text);
		while (text.len < 512 * 1024)
			buf_append_cstr(&text, pieces[i]);
		assert_false(privacy_find(buf_str(&text), 0, &finding));
		assert_false(privacy_find_mark(buf_str(&text), 0, &finding));
	}
	buf_dispose(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_privacy__personal_data_is_found),
		cmocka_unit_test(test_privacy__other_numbers_are_left_alone),
		cmocka_unit_test(test_privacy__marks_of_secrecy_are_found),
		cmocka_unit_test(test_privacy__the_word_in_prose_is_no_mark),
		cmocka_unit_test(test_privacy__long_text_takes_linear_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
