/* SPDX-License-Identifier: MIT */
/*
 * Codes with check characters: the unified social credit code (GB 32100-2015),
 * ISSN (ISO 3297), ORCID (ISO 7064 MOD 11-2) and ROR (ISO 7064 MOD 97-10).
 */
#include "base/arena.h"
#include "base/utf8.h"
#include "rules/fold.h"
#include "rules/identifier_examination.h"

#include <string.h>

/* The value of `c` in an alphabet, or -1. */
static int digit_value(const char *alphabet, char c)
{
	const char *at = c == '\0' ? NULL : strchr(alphabet, c);

	return at == NULL ? -1 : (int)(at - alphabet);
}

static char mod11_character(unsigned value)
{
	return value == 10 ? 'X' : (char)('0' + value);
}

/* Takes `text` without its hyphens. */
static struct str without_hyphens(struct arena *arena, struct str text)
{
	char *out = arena_alloc(arena, text.len + 1);
	size_t len = 0;

	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] != '-')
			out[len++] = text.ptr[i];
	return (struct str){ out, len };
}

/* -- unified social credit code ------------------------------------------ */

static const char uscc_alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

enum { USCC_LEN = 18 };

static char uscc_check(struct str code)
{
	unsigned sum = 0, weight = 1;

	for (size_t i = 0; i < USCC_LEN - 1; i++) {
		sum += (unsigned)digit_value(uscc_alphabet, code.ptr[i]) *
		    weight;
		weight = weight * 3 % 31;
	}
	return uscc_alphabet[(31 - sum % 31) % 31];
}

/* The check of the organisation code, which positions 9 to 16 hold (GB 11714);
 * here letters count on from 10 without gaps. */
static char organisation_check(struct str code)
{
	static const unsigned weights[] = { 3, 7, 9, 10, 5, 8, 4, 2 };
	unsigned sum = 0;

	for (size_t i = 0; i < 8; i++) {
		char c = code.ptr[i];
		unsigned value = c <= '9' ? (unsigned)(c - '0') :
		    (unsigned)(c - 'A') + 10;

		sum += value * weights[i];
	}
	return mod11_character((11 - sum % 11) % 11);
}

static bool expect_uscc_form(struct examination *e)
{
	struct str code = e->text;
	size_t size;

	for (size_t i = 0; i < code.len; i++) {
		if (digit_value(uscc_alphabet, code.ptr[i]) >= 0)
			continue;
		(void)utf8_decode(code, i, &size);
		identifier_bad_form(e, words_format(e->arena,
		    "第 %zu 位不能是“%.*s”（代码只用数字和 I、O、S、V、Z "
		    "以外的大写字母）",
		    "character %zu cannot be '%.*s' (only digits and capitals "
		    "other than I, O, S, V, Z)",
		    i + 1, (int)size, code.ptr + i));
		return false;
	}
	if (code.len != USCC_LEN) {
		identifier_bad_form(e, words_format(e->arena,
		    "应为 18 位，现有 %zu 位",
		    "it must be 18 characters, but there are %zu", code.len));
		return false;
	}
	return identifier_expect_digits(e, str_slice(code, 2, 8), 6,
	    WORDS("第 3 至 8 位（行政区划码）",
		"division code, characters 3 to 8,"));
}

static struct words uscc_office(char c)
{
	switch (c) {
	case '1':
		return WORDS("机构编制", "public institutions (staffing)");
	case '5':
		return WORDS("民政", "civil affairs");
	case '9':
		return WORDS("市场监督管理（工商）", "market regulation");
	default:
		return WORDS_NONE;
	}
}

void examine_uscc(struct examination *e)
{
	struct str code = e->text;
	char expected;

	if (!expect_uscc_form(e))
		return;
	identifier_part(e, str_slice(code, 0, 1),
	    WORDS("登记管理部门", "registering office"),
	    uscc_office(code.ptr[0]));
	identifier_part(e, str_slice(code, 1, 2),
	    WORDS("机构类别", "kind of organisation"), WORDS_NONE);
	identifier_part(e, str_slice(code, 2, 8),
	    WORDS("登记机关行政区划码", "division of the office"), WORDS_NONE);
	identifier_part(e, str_slice(code, 8, 17),
	    WORDS("主体标识码（组织机构代码）", "organisation code"),
	    WORDS_NONE);
	identifier_part(e, str_slice(code, 17, 18),
	    WORDS("校验位", "check character"), WORDS_NONE);
	expected = organisation_check(str_slice(code, 8, 16));
	if (code.ptr[16] != expected)
		e->out->note = words_format(e->arena,
		    "第 9 至 17 位若为组织机构代码，其校验位（第 17 位）"
		    "应为“%c”；个别真实代码也不符",
		    "as an organisation code, characters 9 to 17 should end "
		    "in '%c'; a few real codes do not", expected);
	expected = uscc_check(code);
	if (code.ptr[17] != expected)
		identifier_bad_check(e, (struct str){ &expected, 1 },
		    str_slice(code, 17, 18));
}

/* -- ISSN and ORCID ------------------------------------------------------ */

/*
 * Whether the text is `digits` digits and a digit or X, hyphens apart; it is
 * left in `*code` without them.
 */
static bool expect_digits_and_check(struct examination *e, size_t digits,
    struct str *code)
{
	size_t len;
	char last;

	*code = without_hyphens(e->arena, e->text);
	len = code->len;
	if (len != digits + 1) {
		identifier_bad_form(e, words_format(e->arena,
		    "应为 %zu 位，现有 %zu 位（连字符不计）",
		    "it must be %zu characters, but there are %zu (hyphens "
		    "not counted)", digits + 1, utf8_count(*code)));
		return false;
	}
	if (!identifier_expect_digits(e, str_slice(*code, 0, digits), digits,
		WORDS("校验位之前的部分",
		    "number before the check character")))
		return false;
	last = code->ptr[digits];
	if (last == 'X' || (last >= '0' && last <= '9'))
		return true;
	identifier_bad_form(e, WORDS("最后一位应为数字或 X",
	    "the last character must be a digit or X"));
	return false;
}

static void finish_check(struct examination *e, struct str code, char expected)
{
	struct str last = str_slice(code, code.len - 1, code.len);

	identifier_part(e, str_slice(code, 0, code.len - 1),
	    WORDS("号码", "number"), WORDS_NONE);
	identifier_part(e, last, WORDS("校验位", "check character"),
	    WORDS_NONE);
	if (last.ptr[0] != expected)
		identifier_bad_check(e, (struct str){ &expected, 1 }, last);
}

void examine_issn(struct examination *e)
{
	struct str code;
	unsigned sum = 0;

	if (identifier_drop(e, STR("ISSN")))
		identifier_drop(e, STR(":"));
	if (!expect_digits_and_check(e, 7, &code))
		return;
	e->out->normal = str_format(e->arena, "%.4s-%.4s", code.ptr,
	    code.ptr + 4);
	for (unsigned i = 0; i < 7; i++)
		sum += (unsigned)(code.ptr[i] - '0') * (8 - i);
	finish_check(e, code, mod11_character((11 - sum % 11) % 11));
}

void examine_orcid(struct examination *e)
{
	struct str code;
	unsigned total = 0;

	if (!identifier_drop(e, STR("HTTPS://ORCID.ORG/")) &&
	    !identifier_drop(e, STR("HTTP://ORCID.ORG/")))
		identifier_drop(e, STR("ORCID.ORG/"));
	if (!expect_digits_and_check(e, 15, &code))
		return;
	e->out->normal = str_format(e->arena, "%.4s-%.4s-%.4s-%.4s", code.ptr,
	    code.ptr + 4, code.ptr + 8, code.ptr + 12);
	for (size_t i = 0; i < 15; i++)
		total = (total + (unsigned)(code.ptr[i] - '0')) * 2 % 11;
	finish_check(e, code, mod11_character((12 - total) % 11));
}

/* -- ROR ----------------------------------------------------------------- */

static const char crockford[] = "0123456789abcdefghjkmnpqrstvwxyz";

enum { ROR_LEN = 9 };

static bool expect_ror_form(struct examination *e, struct str id)
{
	if (id.len != ROR_LEN || id.ptr[0] != '0') {
		identifier_bad_form(e, WORDS(
		    "应为 9 个字符，以 0 开头，如 00a2xv884",
		    "it must be 9 characters beginning with 0, such as "
		    "00a2xv884"));
		return false;
	}
	for (size_t i = 1; i < 7; i++) {
		if (digit_value(crockford, id.ptr[i]) >= 0)
			continue;
		identifier_bad_form(e, words_format(e->arena,
		    "第 %zu 位不是数字或 i、l、o、u 以外的小写字母",
		    "character %zu is neither a digit nor a letter other than "
		    "i, l, o, u", i + 1));
		return false;
	}
	return identifier_expect_digits(e, str_slice(id, 7, 9), 2,
	    WORDS("末尾的校验位", "check at the end"));
}

void examine_ror(struct examination *e)
{
	unsigned long long number = 0;
	unsigned check;
	char expected[3];
	struct str id;

	if (!identifier_drop(e, STR("HTTPS://ROR.ORG/")) &&
	    !identifier_drop(e, STR("HTTP://ROR.ORG/")))
		identifier_drop(e, STR("ROR.ORG/"));
	id = fold_lower(e->arena, e->text);
	e->out->normal = id;
	if (!expect_ror_form(e, id))
		return;
	for (size_t i = 1; i < 7; i++)
		number = number * 32 +
		    (unsigned)digit_value(crockford, id.ptr[i]);
	check = 98 - (unsigned)(number * 100 % 97);
	expected[0] = (char)('0' + check / 10);
	expected[1] = (char)('0' + check % 10);
	identifier_part(e, str_slice(id, 0, 7), WORDS("号码", "number"),
	    WORDS_NONE);
	identifier_part(e, str_slice(id, 7, 9),
	    WORDS("校验位", "check characters"), WORDS_NONE);
	if (!str_eq(str_slice(id, 7, 9), (struct str){ expected, 2 }))
		identifier_bad_check(e, (struct str){ expected, 2 },
		    str_slice(id, 7, 9));
}
