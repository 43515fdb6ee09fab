/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/str.h"
#include "rules/identifier.h"

struct row {
	const char *kind, *text, *normal;
};

static struct arena arena;

static int tear_down(void **state)
{
	(void)state;
	arena_dispose(&arena);
	return 0;
}

static struct identifier examine(const char *name, const char *text)
{
	struct identifier found;
	enum identifier_kind kind;

	assert_true(identifier_kind_find(str_from(name), &kind));
	identifier_examine(&arena, kind, str_from(text), &found);
	return found;
}

static void assert_text(struct str actual, const char *expected)
{
	assert_string_equal(str_cstr(&arena, actual), expected);
}

static bool has(struct str text, const char *part)
{
	return str_find(text, str_from(part), 0) != STR_NOT_FOUND;
}

/* All of them stand in public registers. */
static void test_identifier__real_numbers_are_valid(void **state)
{
	static const struct row rows[] = {
		{ "patent", "201710134085.6", "201710134085.6" },
		{ "patent", "201510453651.0", "201510453651.0" },
		{ "patent", "201911055903.9", "201911055903.9" },
		{ "patent", "201520595891.X", "201520595891.X" },
		{ "patent", "200310102344.5", "200310102344.5" },
		{ "patent", "03108814.7", "03108814.7" },
		{ "publication", "CN106934457B", "CN106934457B" },
		{ "publication", "CN105069421B", "CN105069421B" },
		{ "publication", "CN110807790A", "CN110807790A" },
		{ "uscc", "91330100799655058B", "91330100799655058B" },
		{ "uscc", "12100000470095016Q", "12100000470095016Q" },
		{ "uscc", "91110000101623741K", "91110000101623741K" },
		{ "uscc", "911101066976941872", "911101066976941872" },
		{ "software", "2024SR0123456", "2024SR0123456" },
		{ "software", "2009SR012345", "2009SR012345" },
		{ "variety", "CNA20191006012", "CNA20191006012" },
		{ "variety", "CNA20191003728", "CNA20191003728" },
		{ "variety", "CNA20050123.4", "CNA20050123.4" },
		{ "variety", "浙审稻2012014", "浙审稻2012014" },
		{ "variety-approval", "浙审稻2012014", "浙审稻2012014" },
		{ "variety-approval", "桂审稻2014035号", "桂审稻2014035号" },
		{ "variety-approval", "浙品审字第069号", "浙品审字第069号" },
		{ "variety-approval", "国审稻20190001", "国审稻20190001" },
		{ "layout", "BS.245001234", "BS.245001234" },
		{ "doi", "10.1038/s41586-020-03153-z",
		    "10.1038/s41586-020-03153-z" },
		{ "doi", "10.1016/S1470-2045(13)70355-3",
		    "10.1016/s1470-2045(13)70355-3" },
		{ "doi", "10.1000.10/123", "10.1000.10/123" },
		{ "issn", "0028-0836", "0028-0836" },
		{ "issn", "1476-4687", "1476-4687" },
		{ "issn", "0036-8075", "0036-8075" },
		{ "issn", "1095-9203", "1095-9203" },
		{ "issn", "0092-8674", "0092-8674" },
		{ "issn", "1097-4172", "1097-4172" },
		{ "issn", "1087-0156", "1087-0156" },
		{ "issn", "1546-1696", "1546-1696" },
		{ "issn", "1470-2045", "1470-2045" },
		{ "issn", "2470-9476", "2470-9476" },
		{ "issn", "2434-561X", "2434-561X" },
		{ "orcid", "0000-0002-3086-418X", "0000-0002-3086-418X" },
		{ "orcid", "0000-0002-7760-1256", "0000-0002-7760-1256" },
		{ "orcid", "0000-0002-1825-0097", "0000-0002-1825-0097" },
		{ "ror", "00a2xv884", "00a2xv884" },
		{ "ror", "05hfa4n20", "05hfa4n20" },
		{ "standard", "GB/T 9704-2012", "GB/T 9704-2012" },
		{ "standard", "GB/T 33190-2016", "GB/T 33190-2016" },
		{ "standard", "GB 32100-2015", "GB 32100-2015" },
		{ "standard", "DB33/T 2345-2021", "DB33/T 2345-2021" },
		{ "standard", "DB3301/T 0255.1-2018",
		    "DB3301/T 0255.1-2018" },
		{ "standard", "DB33 1234-2020", "DB33 1234-2020" },
		{ "standard", "T/ZZB 0123-2019", "T/ZZB 0123-2019" },
		{ "standard", "JB/T 14001.2-2020", "JB/T 14001.2-2020" },
		{ "standard", "ISO/IEC 27001:2022", "ISO/IEC 27001:2022" },
		{ "standard", "ISO 9001", "ISO 9001" },
		{ "standard", "GB/Z 12345.6-2010", "GB/Z 12345.6-2010" },
		{ "publication", "CN1234567C", "CN1234567C" },
		{ "publication", "CN1234567A", "CN1234567A" },
		{ "doi", "10.1126/science.abb2762", "10.1126/science.abb2762" },
		{ "issn", "1474-5488", "1474-5488" },
		{ "drug", "国药准字H20110061", "国药准字H20110061" },
		{ "drug", "国药准字HJ20200001", "国药准字HJ20200001" },
		{ "device", "国械注准20163150123", "国械注准20163150123" },
		{ "device", "浙械注准20212140001", "浙械注准20212140001" },
		{ "serial", "CN 11-0065", "CN 11-0065" },
		{ "serial", "CN 33-1234/TP", "CN 33-1234/TP" },
		{ "site", "bm01000001", "bm01000001" },
		{ "site", "3301000001", "3301000001" },
		{ "icp", "京ICP备10039560号-5", "京ICP备10039560号-5" },
		{ "icp", "浙ICP备2021012345号", "浙ICP备2021012345号" },
		{ "police", "浙公网安备33010302000429号",
		    "浙公网安备33010302000429号" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct identifier found = examine(rows[i].kind, rows[i].text);

		assert_text(found.fault.in[LANG_EN], "");
		assert_int_equal(found.problem, IDENTIFIER_VALID);
		assert_text(found.normal, rows[i].normal);
		assert_true(found.part_count >= 2);
	}
}

static void test_identifier__ways_of_writing_come_to_one(void **state)
{
	static const struct row rows[] = {
		{ "patent", "ZL201710134085.6", "201710134085.6" },
		{ "patent", "ZL 2017 1 0134085.6", "201710134085.6" },
		{ "patent", "zl2017101340856", "201710134085.6" },
		{ "patent", "ＺＬ２０１７１０１３４０８５．６", "201710134085.6" },
		{ "patent", "ZL.201710134085.6", "201710134085.6" },
		{ "patent", "CN201520595891.x", "201520595891.X" },
		{ "patent", "031088147", "03108814.7" },
		{ "publication", "CN 106934457 B", "CN106934457B" },
		{ "uscc", "9133 0100 7996 5505 8b", "91330100799655058B" },
		{ "doi", "https://doi.org/10.1126/Science.abb2762",
		    "10.1126/science.abb2762" },
		{ "doi", "doi:10.1126/science.abb2762",
		    "10.1126/science.abb2762" },
		{ "doi", "http://dx.doi.org/10.1126/science.abb2762",
		    "10.1126/science.abb2762" },
		{ "issn", "ISSN 0028–0836", "0028-0836" },
		{ "issn", "00280836", "0028-0836" },
		{ "orcid", "https://orcid.org/0000-0002-3086-418x",
		    "0000-0002-3086-418X" },
		{ "ror", "https://ror.org/00a2xv884", "00a2xv884" },
		{ "layout", "bs 245001234", "BS.245001234" },
		{ "standard", "ＧＢ／Ｔ　9704—2012", "GB/T 9704-2012" },
		{ "drug", "国药准字 h 20110061", "国药准字H20110061" },
		{ "serial", "cn11-0065", "CN 11-0065" },
		{ "serial", "33-1234/tp", "CN 33-1234/TP" },
		{ "site", "BM01000001", "bm01000001" },
		{ "icp", "京icp备 10039560号－5", "京ICP备10039560号-5" },
		{ "police", "浙公网安备 33010302000429", "浙公网安备33010302000429号" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct identifier found = examine(rows[i].kind, rows[i].text);

		assert_int_equal(found.problem, IDENTIFIER_VALID);
		assert_text(found.normal, rows[i].normal);
	}
}

static void test_identifier__a_wrong_check_says_the_right_one(void **state)
{
	static const struct {
		const char *kind, *text, *expected, *place, *digit;
	} rows[] = {
		{ "patent", "ZL 2018 1 1341241.1", "7", "character 13,",
		    "第 13 位" },
		{ "patent", "201520595891.1", "X", "character 13,",
		    "第 13 位" },
		{ "patent", "03108814.X", "7", "character 9,", "第 9 位" },
		{ "uscc", "91330100799655058C", "B", "character 18,",
		    "第 18 位" },
		{ "uscc", "91350211M0000XUF46", "R", "character 18,",
		    "第 18 位" },
		{ "issn", "0028-0837", "6", "character 8,", "第 8 位" },
		{ "issn", "2434-5610", "X", "character 8,", "第 8 位" },
		{ "orcid", "0000-0002-3086-4181", "X", "character 16,",
		    "第 16 位" },
		{ "ror", "00a2xv885", "84", "characters 8 to 9,",
		    "第 8 至 9 位" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct identifier found = examine(rows[i].kind, rows[i].text);

		assert_int_equal(found.problem, IDENTIFIER_BAD_CHECK);
		assert_text(found.expected, rows[i].expected);
		assert_true(has(found.fault.in[LANG_ZH], rows[i].expected));
		assert_true(has(found.fault.in[LANG_EN], rows[i].expected));
		assert_true(has(found.fault.in[LANG_EN], rows[i].place));
		assert_true(has(found.fault.in[LANG_ZH], rows[i].digit));
		assert_true(found.part_count >= 2);
	}
}

static void test_identifier__what_is_no_such_number_has_a_bad_form(
    void **state)
{
	static const struct row rows[] = {
		{ "patent", "", "empty" },
		{ "patent", "2021100776703.3", "1 too many" },
		{ "patent", "20171013408.6", "1 too few" },
		{ "patent", "201710134085", "201710134085.6" },
		{ "patent", "201740134085.6", "'4'" },
		{ "patent", "199910134085.6", "1999" },
		{ "patent", "2017101340S5.6", "'S'" },
		{ "patent", "201710134085.66", "'66'" },
		{ "patent", "84108814.7", "1984" },
		{ "publication", "106934457B", "CN" },
		{ "publication", "CN10693445B", "1 too few" },
		{ "publication", "CN106934457U", "'U'" },
		{ "publication", "CN106934457", "kind" },
		{ "publication", "CN806934457A", "'8'" },
		{ "uscc", "9133010079965505B", "17" },
		{ "uscc", "9133010O799655058B", "character 8" },
		{ "uscc", "91A30100799655058B", "'A'" },
		{ "software", "SR0123456", "year" },
		{ "software", "2024SR01234567", "1 too many" },
		{ "software", "2024SR12345", "2 too few" },
		{ "software", "1890SR0123456", "1890" },
		{ "software", "软著登字第12号", "certificate" },
		{ "variety", "CNA123", "CNA" },
		{ "variety-approval", "浙稻2012014", "审" },
		{ "variety-approval", "审稻2012014", "审" },
		{ "layout", "BS.24500123", "1 too few" },
		{ "layout", "245001234", "BS" },
		{ "doi", "10.1038", "slash" },
		{ "doi", "11.1038/x", "10." },
		{ "doi", "10.10/x", "10." },
		{ "doi", "10.1038/", "suffix" },
		{ "doi", "s41586-020-03153-z", "10." },
		{ "issn", "0028-083", "7" },
		{ "issn", "0028-083Y", "digit or X" },
		{ "issn", "X028-0836", "'X'" },
		{ "orcid", "0000-0002-1825-009", "15" },
		{ "ror", "10a2xv884", "0" },
		{ "ror", "00i2xv884", "character 3" },
		{ "standard", "9704-2012", "code" },
		{ "standard", "GB/T 9704", "year" },
		{ "standard", "GB/T-2012", "code" },
		{ "standard", "GB/T 9704-1812", "1812" },
		{ "standard", "国标 9704-2012", "code" },
		{ "drug", "H20110061", "国药准字" },
		{ "drug", "国药准字X20110061", "letter" },
		{ "drug", "国药准字H2011006", "1 too few" },
		{ "drug", "国药准字HX0110061", "'X'" },
		{ "drug", "国药准字", "letter" },
		{ "device", "国械注准2016315012", "1 too few" },
		{ "device", "国械注准20164150123", "'4'" },
		{ "device", "国械注20163150123", "office" },
		{ "device", "械注准20163150123", "office" },
		{ "device", "国", "office" },
		{ "serial", "CN 1-0065", "CN" },
		{ "serial", "CN 11-006", "CN" },
		{ "serial", "CN 33-1234/", "CN" },
		{ "serial", "CN 33-1234/TP312", "class" },
		{ "site", "bm0100001", "1 too few" },
		{ "site", "330100000", "1 too few" },
		{ "site", "xm01000001", "'X'" },
		{ "icp", "京ICP备10039560", "号" },
		{ "icp", "ICP备10039560号", "province" },
		{ "icp", "京ICP备1003号", "digits" },
		{ "icp", "京ICP备10039560号-", "number" },
		{ "police", "浙公网安备3301030200042号", "1 too few" },
		{ "police", "公网安备33010302000429号", "province" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct identifier found = examine(rows[i].kind, rows[i].text);

		assert_int_equal(found.problem, IDENTIFIER_BAD_FORM);
		assert_int_equal(found.part_count, 0);
		assert_int_equal(found.expected.len, 0);
		assert_true(found.fault.in[LANG_ZH].len > 0);
		assert_true(has(found.fault.in[LANG_EN], rows[i].normal));
	}
}

/* A certificate number is told from a registration number, an approval from a
 * right, and one real code fails its check: all said, none refused. */
static void test_identifier__notes_say_what_a_number_cannot(void **state)
{
	struct identifier found = examine("variety", "浙审稻2012014");

	(void)state;
	assert_true(has(found.note.in[LANG_EN], "approval"));
	found = examine("software", "软著登字第1234567号");
	assert_int_equal(found.problem, IDENTIFIER_VALID);
	assert_true(has(found.note.in[LANG_EN], "certificate"));
	found = examine("patent", "03108814");
	assert_int_equal(found.problem, IDENTIFIER_VALID);
	assert_true(has(found.note.in[LANG_EN], "03108814.7"));
	found = examine("uscc", "91350211M0000XUF46");
	assert_int_equal(found.problem, IDENTIFIER_BAD_CHECK);
	found = examine("publication", "CN106934457B");
	assert_true(has(found.note.in[LANG_EN], "check"));
}

static void test_identifier__parts_are_told_in_words(void **state)
{
	struct identifier found = examine("patent", "03108814.7");

	(void)state;
	assert_text(found.parts[0].value, "03");
	assert_text(found.parts[0].meaning.in[LANG_ZH], "2003 年");
	assert_text(found.parts[1].meaning.in[LANG_ZH], "发明");
	assert_text(found.parts[1].meaning.in[LANG_EN], "invention");
	found = examine("publication", "CN106934457B");
	assert_text(found.parts[3].meaning.in[LANG_ZH], "发明专利授权公告");
	found = examine("uscc", "91330100799655058B");
	assert_text(found.parts[2].value, "330100");
	/* Offices that were not confirmed are not named. */
	found = examine("uscc", "31330100799655058B");
	assert_text(found.parts[0].meaning.in[LANG_ZH], "");
}

static void test_identifier__kinds_are_known_by_name(void **state)
{
	enum identifier_kind kind = IDENTIFIER_ROR;

	(void)state;
	assert_false(identifier_kind_find(STR("Patent"), &kind));
	assert_int_equal(kind, IDENTIFIER_ROR);
	for (size_t i = 0; i < IDENTIFIER_KIND_COUNT; i++) {
		const struct identifier_info *info =
		    identifier_info((enum identifier_kind)i);
		struct identifier found;

		assert_true(identifier_kind_find(info->name, &kind));
		assert_int_equal(kind, i);
		identifier_examine(&arena, kind, info->example, &found);
		assert_int_equal(found.problem, IDENTIFIER_VALID);
		assert_true(str_eq(found.normal, info->example));
	}
}

/* Any wrong digit in a number with a check is found. */
static void test_identifier__every_single_wrong_digit_is_found(void **state)
{
	static const struct row rows[] = {
		{ "patent", "201710134085.6", NULL },
		{ "uscc", "911101066976941872", NULL },
		{ "issn", "0028-0836", NULL },
		{ "orcid", "0000-0002-1825-0097", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char *text = str_cstr(&arena, str_from(rows[i].text));

		for (char *c = text; *c != '\0'; c++) {
			char right = *c;

			for (char d = '0'; d <= '9' && right >= '0'; d++) {
				*c = d;
				assert_int_equal(examine(rows[i].kind,
				    text).problem == IDENTIFIER_VALID,
				    d == right);
			}
			*c = right;
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_identifier__real_numbers_are_valid),
		cmocka_unit_test(test_identifier__ways_of_writing_come_to_one),
		cmocka_unit_test(
		    test_identifier__a_wrong_check_says_the_right_one),
		cmocka_unit_test(
		    test_identifier__what_is_no_such_number_has_a_bad_form),
		cmocka_unit_test(
		    test_identifier__notes_say_what_a_number_cannot),
		cmocka_unit_test(test_identifier__parts_are_told_in_words),
		cmocka_unit_test(test_identifier__kinds_are_known_by_name),
		cmocka_unit_test(
		    test_identifier__every_single_wrong_digit_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, tear_down);
}
