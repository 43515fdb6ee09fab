/* SPDX-License-Identifier: MIT */
/*
 * Identifiers that have a form and no check character. Where no published form
 * was found, what is refused is only what cannot be such a number at all.
 */
#include "base/utf8.h"
#include "rules/fold.h"
#include "rules/identifier_examination.h"

#include <string.h>

static struct words no_check_note(void)
{
	return WORDS("此类编号没有校验位，系统无法发现数字写错",
	    "such numbers have no check character, so a wrong digit goes "
	    "unseen");
}

/* -- software ------------------------------------------------------------ */

/* 软著登字第1234567号: the number of the certificate. */
static bool examine_certificate(struct examination *e)
{
	struct str serial;

	if (!identifier_drop(e, STR("软著登字第")))
		return false;
	serial = e->text;
	if (str_ends(serial, STR("号")))
		serial = str_slice(serial, 0, serial.len - strlen("号"));
	if (serial.len < 6 || serial.len > 8 ||
	    identifier_digits(serial) < serial.len) {
		identifier_bad_form(e, WORDS(
		    "证书号应为“软著登字第”后 6 至 8 位数字加“号”",
		    "a certificate number is 软著登字第, 6 to 8 digits and 号"));
		return true;
	}
	identifier_part(e, serial, WORDS("证书号", "certificate number"),
	    WORDS_NONE);
	e->out->note = WORDS("这是证书号；登记号形如 2024SR0123456",
	    "this is the number of the certificate; the registration number "
	    "looks like 2024SR0123456");
	return true;
}

void examine_software(struct examination *e)
{
	struct str serial;
	size_t year;

	if (examine_certificate(e))
		return;
	year = identifier_digits(e->text);
	if (year != 4 || !str_starts(str_slice(e->text, 4, e->text.len),
		STR("SR"))) {
		identifier_bad_form(e, WORDS(
		    "应为四位年份、SR 和流水号，如 2024SR0123456",
		    "it must be a year of four digits, SR and a serial "
		    "number, such as 2024SR0123456"));
		return;
	}
	if (!identifier_expect_year(e,
		identifier_number(str_slice(e->text, 0, 4)), 1991, 2099))
		return;
	serial = str_slice(e->text, 6, e->text.len);
	/* Six digits in earlier years. */
	if (serial.len != 6 && !identifier_expect_digits(e, serial, 7,
	    WORDS("SR 之后的流水号", "serial number after SR")))
		return;
	if (serial.len == 6 && !identifier_expect_digits(e, serial, 6,
	    WORDS("SR 之后的流水号", "serial number after SR")))
		return;
	identifier_part(e, str_slice(e->text, 0, 4),
	    WORDS("登记年份", "year of registration"), WORDS_NONE);
	identifier_part(e, STR("SR"), WORDS("软件著作权", "software"),
	    WORDS_NONE);
	identifier_part(e, serial, WORDS("流水号", "serial number"),
	    WORDS_NONE);
	e->out->note = no_check_note();
}

/* -- varieties ----------------------------------------------------------- */

/* The end of the first character that is 审, or 0. */
static size_t find_approval(struct str text)
{
	size_t at = str_find(text, STR("审"), 0);

	return at == STR_NOT_FOUND || at == 0 ? 0 : at + strlen("审");
}

static bool is_han(struct str text)
{
	size_t size;

	for (size_t at = 0; at < text.len; at += size)
		if (!utf8_is_cjk(utf8_decode(text, at, &size)))
			return false;
	return true;
}

/* Offset of the first ASCII digit, or the length. */
static size_t find_digit(struct str text, size_t from)
{
	while (from < text.len &&
	       (text.ptr[from] < '0' || text.ptr[from] > '9'))
		from++;
	return from;
}

static void name_approval(struct examination *e, struct str place,
    struct str crop, struct str digits)
{
	identifier_part(e, place, WORDS("审定机构简称", "approving body"),
	    str_eq(place, STR("国")) ? WORDS("国家级", "national") :
	    str_eq(place, STR("浙")) ? WORDS("浙江省", "Zhejiang") :
	    WORDS_NONE);
	if (crop.len > 0)
		identifier_part(e, crop, WORDS("作物", "crop"), WORDS_NONE);
	if (digits.len >= 7) {
		identifier_part(e, str_slice(digits, 0, 4),
		    WORDS("审定年份", "year of approval"), WORDS_NONE);
		digits = str_slice(digits, 4, digits.len);
	}
	identifier_part(e, digits, WORDS("流水号", "serial number"),
	    WORDS_NONE);
	e->out->note = no_check_note();
}

void examine_variety_approval(struct examination *e)
{
	struct str text = e->text, place, crop, digits;
	size_t crop_at = find_approval(text), digit, end;
	const size_t sign = strlen("审");

	digit = find_digit(text, crop_at);
	end = digit + identifier_digits(str_slice(text, digit, text.len));
	place = str_slice(text, 0, crop_at == 0 ? 0 : crop_at - sign);
	/* The body of old: 浙品审. */
	if (str_ends(place, STR("品")))
		place.len -= strlen("品");
	crop = str_slice(text, crop_at, digit);
	digits = str_slice(text, digit, end);
	/* In the last century: 浙品审字第069号. */
	if (str_ends(crop, STR("字第")))
		crop = str_slice(crop, 0, crop.len - strlen("字第"));
	if (crop_at == 0 || place.len > 12 || crop.len > 12 ||
	    !is_han(place) || !is_han(crop) || digits.len < 1 ||
	    digits.len > 9 || (end < text.len && !str_eq(
		str_slice(text, end, text.len), STR("号")))) {
		identifier_bad_form(e, WORDS(
		    "应为审定机构简称、“审”、作物、年份和流水号，"
		    "如 浙审稻2012014",
		    "it must be the approving body, 审, the crop, year and "
		    "serial number, such as 浙审稻2012014"));
		return;
	}
	name_approval(e, place, crop, digits);
}

void examine_variety(struct examination *e)
{
	struct str rest;
	size_t digits;

	if (find_approval(e->text) > 0) {
		examine_variety_approval(e);
		if (e->out->problem == IDENTIFIER_VALID)
			e->out->note = WORDS("这是品种审定编号，不是植物新品种权号",
			    "this is the approval of a crop variety, not a "
			    "plant variety right");
		return;
	}
	rest = str_starts(e->text, STR("CNA")) ?
	    str_slice(e->text, 3, e->text.len) : STR_NONE;
	digits = identifier_digits(rest);
	if (digits < 8 || digits > 11 || (digits < rest.len &&
	    (rest.ptr[digits] != '.' || digits + 2 != rest.len ||
	     identifier_digits(str_slice(rest, digits + 1, rest.len)) != 1))) {
		identifier_bad_form(e, WORDS(
		    "应为 CNA 加 8 至 11 位数字，如 CNA20191006012",
		    "it must be CNA and 8 to 11 digits, such as "
		    "CNA20191006012"));
		return;
	}
	identifier_part(e, STR("CNA"),
	    WORDS("农业植物新品种", "agricultural plant varieties"),
	    WORDS_NONE);
	identifier_part(e, str_slice(rest, 0, 4), WORDS("年份", "year"),
	    WORDS_NONE);
	identifier_part(e, str_slice(rest, 4, rest.len),
	    WORDS("流水号", "serial number"), WORDS_NONE);
	e->out->note = no_check_note();
}

/* -- layout designs ------------------------------------------------------ */

void examine_layout(struct examination *e)
{
	struct str digits;

	if (!identifier_drop(e, STR("BS"))) {
		identifier_bad_form(e, WORDS(
		    "应为“BS.”加 9 位数字，如 BS.245001234",
		    "it must be 'BS.' and 9 digits, such as BS.245001234"));
		return;
	}
	identifier_drop(e, STR("."));
	digits = e->text;
	if (!identifier_expect_digits(e, digits, 9,
		WORDS("BS 之后的部分", "number after BS")))
		return;
	e->out->normal = str_format(e->arena, "BS.%.*s", STR_ARG(digits));
	identifier_part(e, str_slice(digits, 0, 2),
	    WORDS("年份（后两位）", "year (last two digits)"), WORDS_NONE);
	identifier_part(e, str_slice(digits, 2, 9),
	    WORDS("流水号", "serial number"), WORDS_NONE);
	e->out->note = no_check_note();
}

/* -- DOI ----------------------------------------------------------------- */

static bool is_doi_prefix(struct str prefix)
{
	struct str part = str_cut(&prefix, '.');

	if (!str_eq(part, STR("10")) || prefix.len == 0)
		return false;
	part = str_cut(&prefix, '.');
	if (part.len < 4 || part.len > 9 ||
	    identifier_digits(part) < part.len)
		return false;
	while (prefix.len > 0) {
		part = str_cut(&prefix, '.');
		if (part.len == 0 || identifier_digits(part) < part.len)
			return false;
	}
	return true;
}

void examine_doi(struct examination *e)
{
	static const struct str lead[] = { { "HTTPS://DOI.ORG/", 16 },
		{ "HTTP://DOI.ORG/", 15 }, { "HTTPS://DX.DOI.ORG/", 19 },
		{ "HTTP://DX.DOI.ORG/", 18 }, { "DOI.ORG/", 8 },
		{ "DOI:", 4 } };
	struct str doi, suffix;
	size_t slash;

	for (size_t i = 0; i < sizeof(lead) / sizeof(*lead); i++)
		if (identifier_drop(e, lead[i]))
			break;
	/* DOIs are the same in any case; small letters are the custom. */
	doi = fold_lower(e->arena, e->text);
	e->out->normal = doi;
	slash = str_find_char(doi, '/', 0);
	suffix = slash == STR_NOT_FOUND ? STR_NONE :
	    str_slice(doi, slash + 1, doi.len);
	if (suffix.len == 0 || !is_doi_prefix(str_slice(doi, 0, slash))) {
		identifier_bad_form(e, WORDS(
		    "应为“10.”加注册者号、斜线和后缀，"
		    "如 10.1038/s41586-020-03153-z",
		    "it must be '10.' with a registrant, a slash and a "
		    "suffix, such as 10.1038/s41586-020-03153-z"));
		return;
	}
	identifier_part(e, str_slice(doi, 0, slash),
	    WORDS("注册者", "registrant"), WORDS_NONE);
	identifier_part(e, suffix, WORDS("后缀", "suffix"), WORDS_NONE);
}

/* -- standards ----------------------------------------------------------- */

struct standard_form {
	struct str prefix;
	bool has_year;		/* always written with its year */
	struct words level;
};

/* Capitals, digits and - . / */
static bool are_standard_letters(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if ((c < 'A' || c > 'Z') && (c < '-' || c > '9'))
			return false;
	}
	return true;
}

/* What the letters before the number name; NULL for nothing known. */
static const struct standard_form *standard_form(struct str letters)
{
	static const struct standard_form forms[] = {
#define ROW(prefix_, year, zh, en) \
	{ { prefix_, sizeof(prefix_) - 1 }, year, WORDS_INIT(zh, en) }
		ROW("DB", true, "地方标准", "local standard"),
		ROW("T/", true, "团体标准", "association standard"),
		ROW("Q/", true, "企业标准", "company standard"),
		ROW("ISO", false, "国际标准", "international standard"),
		ROW("IEC", false, "国际标准", "international standard"),
		ROW("ITU", false, "国际标准", "international standard"),
		ROW("IEEE", false, "国际性组织标准",
		    "standard of an international body"),
		ROW("GB", true, "国家标准", "national standard"),
	};
	static const struct standard_form industry =
	    ROW("", true, "行业标准", "industry standard");
#undef ROW

	if (!are_standard_letters(letters))
		return NULL;
	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++)
		if (str_starts(letters, forms[i].prefix))
			return &forms[i];
	if (letters.len == 2 || (letters.len == 4 && letters.ptr[2] == '/'))
		return &industry;
	return NULL;
}

/* Where the number begins: the first digit that no local code (DB33/T) is. */
static size_t standard_number_at(struct str text)
{
	size_t at = 0;

	if (str_starts(text, STR("DB"))) {
		at = 2 + identifier_digits(str_slice(text, 2, text.len));
		/* A mandatory one may lack the slash: DB33 1234-2020. */
		if (!str_starts(str_slice(text, at, text.len), STR("/")))
			at = 4;
	}
	return find_digit(text, at);
}

/* Offset of the year with the sign before it, or the length. */
static size_t standard_year_at(struct str text)
{
	if (text.len < 6 ||
	    identifier_digits(str_slice(text, text.len - 4, text.len)) != 4 ||
	    (text.ptr[text.len - 5] != '-' && text.ptr[text.len - 5] != ':'))
		return text.len;
	return text.len - 5;
}

void examine_standard(struct examination *e)
{
	struct str text = e->text, letters, number, year;
	size_t number_at = standard_number_at(text);
	size_t year_at = standard_year_at(text);
	const struct standard_form *form;

	letters = str_slice(text, 0, number_at);
	number = year_at > number_at ? str_slice(text, number_at, year_at) :
	    STR_NONE;
	year = str_slice(text, year_at + 1, text.len);
	form = standard_form(letters);
	if (form == NULL || number.len == 0 || !are_standard_letters(number) ||
	    (year.len == 0 && form->has_year)) {
		identifier_bad_form(e, WORDS(
		    "应为标准代号、顺序号和四位年份，如 GB/T 9704-2012、"
		    "DB33/T 2345-2021、T/ZZB 0123-2019",
		    "it must be the code, the number and a year of four "
		    "digits, such as GB/T 9704-2012, DB33/T 2345-2021, "
		    "T/ZZB 0123-2019"));
		return;
	}
	if (year.len > 0 && !identifier_expect_year(e,
		identifier_number(year), 1900, 2099))
		return;
	e->out->normal = str_format(e->arena, "%.*s %.*s", STR_ARG(letters),
	    STR_ARG(str_slice(text, number_at, text.len)));
	identifier_part(e, letters, WORDS("标准代号", "code"), form->level);
	identifier_part(e, number, WORDS("顺序号", "number"), WORDS_NONE);
	if (year.len > 0)
		identifier_part(e, year, WORDS("年份", "year"), WORDS_NONE);
}
