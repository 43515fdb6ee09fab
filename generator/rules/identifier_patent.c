/* SPDX-License-Identifier: MIT */
/*
 * Patents: application numbers (GB/ZC 0006-2003; a granted patent's number is
 * the same behind `ZL`) and publication numbers (ZC 0007), which have no check.
 */
#include "rules/identifier_examination.h"

#include <string.h>

enum { NEW_DIGITS = 12, OLD_DIGITS = 8 };

/* The weights run 2 to 9 and start over; old numbers have the first eight. */
static char check_character(struct str digits)
{
	unsigned sum = 0;

	for (size_t i = 0; i < digits.len; i++)
		sum += (unsigned)(digits.ptr[i] - '0') * (unsigned)(i % 8 + 2);
	return sum % 11 == 10 ? 'X' : (char)('0' + sum % 11);
}

static const struct words *patent_type(char type)
{
	static const struct words types[] = {
		['1' - '0'] = WORDS_INIT("发明", "invention"),
		['2' - '0'] = WORDS_INIT("实用新型", "utility model"),
		['3' - '0'] = WORDS_INIT("外观设计", "design"),
		['8' - '0'] = WORDS_INIT("进入中国国家阶段的 PCT 发明申请",
		    "PCT application for an invention"),
		['9' - '0'] = WORDS_INIT("进入中国国家阶段的 PCT 实用新型申请",
		    "PCT application for a utility model"),
	};

	if (type < '0' || type > '9' ||
	    types[type - '0'].in[LANG_ZH].len == 0)
		return NULL;
	return &types[type - '0'];
}

static bool expect_type(struct examination *e, char type)
{
	if (patent_type(type) != NULL)
		return true;
	identifier_bad_form(e, words_format(e->arena,
	    "年份之后的种类号“%c”不存在，应为 1、2、3、8 或 9",
	    "the kind '%c' after the year is none of 1, 2, 3, 8, 9", type));
	return false;
}

/* Cuts the number before its check character, which may be missing. */
static bool split_check(struct examination *e, struct str *digits,
    struct str *check)
{
	size_t dot = str_find_char(e->text, '.', 0), len = e->text.len;
	size_t count = identifier_digits(e->text);

	if (dot != STR_NOT_FOUND) {
		*digits = str_slice(e->text, 0, dot);
		*check = str_slice(e->text, dot + 1, len);
		return true;
	}
	/* Typed without the dot: the last of 13 or 9 is the check. */
	if (len == NEW_DIGITS + 1 || len == OLD_DIGITS + 1) {
		*digits = str_slice(e->text, 0, len - 1);
		*check = str_slice(e->text, len - 1, len);
		return true;
	}
	*digits = e->text;
	*check = STR_NONE;
	/* Numbers before 2003 are often written without it. */
	if (count < len || len != NEW_DIGITS)
		return true;
	identifier_bad_form(e, words_format(e->arena,
	    "缺少校验位，应写作“%.*s.%c”",
	    "the check character is missing: it should read '%.*s.%c'",
	    STR_ARG(e->text), check_character(e->text)));
	return false;
}

static void name_parts(struct examination *e, struct str digits,
    struct str check, size_t year_digits)
{
	struct str year = str_slice(digits, 0, year_digits);
	struct words meaning = WORDS_NONE;

	if (year_digits == 2)
		meaning = words_format(e->arena, "%u 年", "%u",
		    identifier_number(year) +
		    (year.ptr[0] >= '8' ? 1900 : 2000));
	identifier_part(e, year, WORDS("申请年份", "year of application"),
	    meaning);
	identifier_part(e, str_slice(digits, year_digits, year_digits + 1),
	    WORDS("申请种类", "kind of application"),
	    *patent_type(digits.ptr[year_digits]));
	identifier_part(e, str_slice(digits, year_digits + 1, digits.len),
	    WORDS("流水号", "serial number"), WORDS_NONE);
	if (check.len > 0)
		identifier_part(e, check, WORDS("校验位", "check character"),
		    WORDS_NONE);
	else
		e->out->note = words_format(e->arena,
		    "未写校验位；补全应为“%.*s.%c”",
		    "without its check character; in full it is '%.*s.%c'",
		    STR_ARG(digits), check_character(digits));
}

static bool check_year(struct examination *e, struct str digits,
    size_t year_digits)
{
	unsigned year = identifier_number(str_slice(digits, 0, year_digits));

	if (year_digits == 4)
		return identifier_expect_year(e, year, 2003, 2099);
	return identifier_expect_year(e, year + (year >= 80 ? 1900 : 2000),
	    1985, 2003);
}

void examine_patent(struct examination *e)
{
	struct str digits, check;
	size_t year_digits;
	char expected;

	if (!identifier_drop(e, STR("ZL.")) && !identifier_drop(e, STR("ZL")))
		identifier_drop(e, STR("CN"));
	e->out->normal = e->text;
	if (!split_check(e, &digits, &check))
		return;
	year_digits = digits.len == OLD_DIGITS ? 2 : 4;
	if (!identifier_expect_digits(e, digits,
		year_digits == 2 ? OLD_DIGITS : NEW_DIGITS,
		WORDS("校验位之前的部分", "number before the check character")))
		return;
	if (!check_year(e, digits, year_digits) ||
	    !expect_type(e, digits.ptr[year_digits]))
		return;
	if (check.len > 0)
		e->out->normal = str_format(e->arena, "%.*s.%.*s",
		    STR_ARG(digits), STR_ARG(check));
	if (check.len > 1 || (check.len == 1 && check.ptr[0] != 'X' &&
	    identifier_digits(check) != 1)) {
		identifier_bad_form(e, words_format(e->arena,
		    "校验位应为一位数字或 X，现为“%.*s”",
		    "the check character must be a digit or X, not '%.*s'",
		    STR_ARG(check)));
		return;
	}
	name_parts(e, digits, check, year_digits);
	expected = check_character(digits);
	if (check.len > 0 && check.ptr[0] != expected)
		identifier_bad_check(e, (struct str){ &expected, 1 }, check);
}

static const struct words *publication_kind(char kind)
{
	static const struct {
		char kind;
		struct words words;
	} table[] = {
		{ 'A', WORDS_INIT("发明专利申请公布",
		    "published application for an invention") },
		{ 'B', WORDS_INIT("发明专利授权公告", "granted invention patent") },
		{ 'C', WORDS_INIT("发明专利授权公告（2010 年以前）",
		    "granted invention patent (before 2010)") },
		{ 'U', WORDS_INIT("实用新型专利授权公告", "granted utility model") },
		{ 'Y', WORDS_INIT("实用新型专利授权公告（2010 年以前）",
		    "granted utility model (before 2010)") },
		{ 'S', WORDS_INIT("外观设计专利授权公告", "granted design") },
		{ 'D', WORDS_INIT("外观设计专利授权公告（2010 年以前）",
		    "granted design (before 2010)") },
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++)
		if (table[i].kind == kind)
			return &table[i].words;
	return NULL;
}

/* Which kinds of document exist for each kind of patent. */
static bool kinds_agree(char type, char kind)
{
	const char *allowed = type == '1' ? "ABC" : type == '2' ? "UY" : "SD";

	return strchr(allowed, kind) != NULL;
}

static bool expect_kind(struct examination *e, struct str number,
    struct str kind)
{
	if (kind.len == 0 || kind.len > 2 ||
	    publication_kind(kind.ptr[0]) == NULL ||
	    (kind.len == 2 && identifier_digits(str_slice(kind, 1, 2)) != 1)) {
		identifier_bad_form(e, words_format(e->arena,
		    "末尾的文献种类代码应为 A、B、C、U、Y、S 或 D，现为“%.*s”",
		    "the kind at the end must be one of A, B, C, U, Y, S, D, "
		    "not '%.*s'", STR_ARG(kind)));
		return false;
	}
	if (kinds_agree(number.ptr[0], kind.ptr[0]))
		return true;
	identifier_bad_form(e, words_format(e->arena,
	    "种类号“%c”与文献种类代码“%c”不符",
	    "the kind of patent '%c' has no documents of kind '%c'",
	    number.ptr[0], kind.ptr[0]));
	return false;
}

void examine_publication(struct examination *e)
{
	struct str number, kind;
	size_t count;

	if (!identifier_drop(e, STR("CN"))) {
		identifier_bad_form(e, WORDS("应以国别代码“CN”开头",
		    "it must begin with the country code 'CN'"));
		return;
	}
	count = identifier_digits(e->text);
	number = str_slice(e->text, 0, count);
	kind = str_slice(e->text, count, e->text.len);
	if (count != 7 && !identifier_expect_digits(e, number, 9,
	    WORDS("CN 之后的号码", "number after CN")))
		return;
	if (patent_type(number.ptr[0]) == NULL || number.ptr[0] > '3') {
		identifier_bad_form(e, words_format(e->arena,
		    "CN 之后的种类号“%c”不存在，应为 1、2 或 3",
		    "the kind '%c' after CN is none of 1, 2, 3",
		    number.ptr[0]));
		return;
	}
	if (!expect_kind(e, number, kind))
		return;
	identifier_part(e, STR("CN"), WORDS("国别", "country"),
	    WORDS("中国", "China"));
	identifier_part(e, str_slice(number, 0, 1),
	    WORDS("专利种类", "kind of patent"), *patent_type(number.ptr[0]));
	identifier_part(e, str_slice(number, 1, count),
	    WORDS("流水号", "serial number"), WORDS_NONE);
	identifier_part(e, kind, WORDS("文献种类", "kind of document"),
	    *publication_kind(kind.ptr[0]));
	e->out->note = WORDS("专利文献号没有校验位，系统无法发现数字写错",
	    "publication numbers have no check character, so a wrong digit "
	    "goes unseen");
}
