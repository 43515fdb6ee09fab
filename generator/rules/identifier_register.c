/* SPDX-License-Identifier: MIT */
/*
 * Numbers of official registers without check characters: approvals of drugs
 * and devices, serials (CN), and the numbers in the footers of Chinese sites.
 * The forms are those in common use; only the CN number, the filing numbers and
 * the site code were seen in public pages, which the notes say.
 */
#include "base/utf8.h"
#include "rules/fold.h"
#include "rules/identifier_examination.h"

#include <string.h>

static struct words form_note(void)
{
	return WORDS("形式按通行写法核对，没有校验位，数字写错发现不了",
	    "the form is that of common use; there is no check character, so "
	    "a wrong digit goes unseen");
}

/* The bytes of the first character. */
static size_t first_size(struct str text)
{
	size_t size = 0;

	if (text.len > 0)
		(void)utf8_decode(text, 0, &size);
	return size;
}

static bool starts_with_han(struct str text)
{
	size_t size;

	return text.len > 0 && utf8_is_cjk(utf8_decode(text, 0, &size));
}

/* -- drugs: 国药准字H20110061 --------------------------------------------- */

static struct words drug_kind(char letter)
{
	switch (letter) {
	case 'H':
		return WORDS("化学药", "chemical drug");
	case 'Z':
		return WORDS("中药", "traditional Chinese medicine");
	case 'S':
		return WORDS("生物制品", "biological product");
	case 'B':
		return WORDS("保健药品", "health product");
	case 'T':
		return WORDS("体外化学诊断试剂", "diagnostic reagent");
	case 'F':
		return WORDS("药用辅料", "excipient");
	case 'J':
		return WORDS("进口分包装药品", "imported, packed here");
	default:
		return WORDS_NONE;
	}
}

void examine_drug(struct examination *e)
{
	bool is_named = identifier_drop(e, STR("国药准字"));
	struct str letters = str_slice(e->text, 0, 1), digits;

	/* HJ, ZJ, SJ and HC, ZC, SC: made abroad; in Hong Kong and Taiwan. */
	if (e->text.len > 1 && strchr("HZS", e->text.ptr[0]) != NULL &&
	    strchr("JC", e->text.ptr[1]) != NULL)
		letters.len = 2;
	if (!is_named || letters.len == 0 ||
	    drug_kind(letters.ptr[0]).in[LANG_ZH].len == 0) {
		identifier_bad_form(e, WORDS(
		    "应为“国药准字”、字母 H、Z、S、B、T、F、J 和 8 位数字，"
		    "如 国药准字H20110061",
		    "it must be 国药准字, a letter of H, Z, S, B, T, F, J and 8 "
		    "digits, such as 国药准字H20110061"));
		return;
	}
	digits = str_slice(e->text, letters.len, e->text.len);
	if (!identifier_expect_digits(e, digits, 8,
		WORDS("字母之后的部分", "number after the letter")))
		return;
	identifier_part(e, letters, WORDS("类别", "kind"),
	    drug_kind(letters.ptr[0]));
	identifier_part(e, str_slice(digits, 0, 4),
	    WORDS("年份或来源代码", "year or code of the origin"), WORDS_NONE);
	identifier_part(e, str_slice(digits, 4, 8),
	    WORDS("流水号", "serial number"), WORDS_NONE);
	e->out->note = form_note();
}

/* -- medical devices: 国械注准20163150123 ---------------------------------- */

static struct words device_origin(struct str sign)
{
	if (str_eq(sign, STR("准")))
		return WORDS("境内", "made in the country");
	if (str_eq(sign, STR("进")))
		return WORDS("进口", "imported");
	if (str_eq(sign, STR("许")))
		return WORDS("港澳台", "Hong Kong, Macau, Taiwan");
	return WORDS_NONE;
}

void examine_device(struct examination *e)
{
	size_t office = str_find(e->text, STR("械注"), 0);
	struct str place = str_slice(e->text, 0,
	    office == STR_NOT_FOUND ? 0 : office), sign, digits;

	e->text = str_slice(e->text, place.len, e->text.len);
	sign = str_starts(e->text, STR("械注")) ? str_slice(e->text,
	    strlen("械注"), strlen("械注准")) : STR_NONE;
	if (!starts_with_han(place) || place.len > 12 ||
	    device_origin(sign).in[LANG_ZH].len == 0) {
		identifier_bad_form(e, WORDS(
		    "应为审批机关简称、“械注”、准（进、许）和 11 位数字，"
		    "如 国械注准20163150123",
		    "it must be the office, 械注, one of 准 进 许 and 11 "
		    "digits, such as 国械注准20163150123"));
		return;
	}
	digits = str_slice(e->text, strlen("械注准"), e->text.len);
	if (!identifier_expect_digits(e, digits, 11,
		WORDS("“械注准”之后的部分", "number")))
		return;
	if (digits.ptr[4] < '1' || digits.ptr[4] > '3') {
		identifier_bad_form(e, words_format(e->arena,
		    "年份之后的管理类别“%c”不存在，应为 1、2 或 3",
		    "the class '%c' after the year is none of 1, 2, 3",
		    digits.ptr[4]));
		return;
	}
	identifier_part(e, place, WORDS("审批机关简称", "office"), WORDS_NONE);
	identifier_part(e, sign, WORDS("来源", "origin"), device_origin(sign));
	identifier_part(e, str_slice(digits, 0, 4),
	    WORDS("首次注册年份", "year of first registration"), WORDS_NONE);
	identifier_part(e, str_slice(digits, 4, 5),
	    WORDS("管理类别", "class"), WORDS_NONE);
	identifier_part(e, str_slice(digits, 5, 7),
	    WORDS("分类编码", "code of the classification"), WORDS_NONE);
	identifier_part(e, str_slice(digits, 7, 11),
	    WORDS("流水号", "serial number"), WORDS_NONE);
	e->out->note = form_note();
}

/* -- serials: CN 11-0065, CN 33-1234/TP ------------------------------------ */

static bool is_class_mark(struct str mark)
{
	if (mark.len == 0 || mark.len > 4 || mark.ptr[0] < 'A' ||
	    mark.ptr[0] > 'Z')
		return false;
	for (size_t i = 0; i < mark.len; i++)
		if ((mark.ptr[i] < 'A' || mark.ptr[i] > 'Z') &&
		    (mark.ptr[i] < '0' || mark.ptr[i] > '9'))
			return false;
	return true;
}

void examine_serial(struct examination *e)
{
	struct str number, mark;
	bool has_mark;

	identifier_drop(e, STR("CN"));
	mark = e->text;
	number = str_cut(&mark, '/');
	has_mark = mark.ptr != NULL;
	if (number.len != 7 || number.ptr[2] != '-' ||
	    identifier_digits(number) != 2 ||
	    identifier_digits(str_slice(number, 3, 7)) != 4 ||
	    (has_mark && !is_class_mark(mark))) {
		identifier_bad_form(e, WORDS(
		    "应为 CN、两位地区号、连字符、四位序号，期刊另有“/”和"
		    "分类号，如 CN 11-0065、CN 33-1234/TP",
		    "it must be CN, two digits of the region, a hyphen, four "
		    "digits, and for periodicals '/' and a class mark, such "
		    "as CN 11-0065, CN 33-1234/TP"));
		return;
	}
	e->out->normal = str_format(e->arena, "CN %.*s", STR_ARG(e->text));
	identifier_part(e, str_slice(number, 0, 2),
	    WORDS("地区号", "region"), WORDS_NONE);
	identifier_part(e, str_slice(number, 3, 7),
	    WORDS("序号", "number"), WORDS_NONE);
	if (has_mark)
		identifier_part(e, mark, WORDS("分类号", "class mark"),
		    WORDS_NONE);
	e->out->note = WORDS("CN 刊号没有校验位；有校验位的是 ISSN",
	    "a CN number has no check character; an ISSN has");
}

/* -- what stands in the footer of a site ----------------------------------- */

/* bm01000001 of a central body; ten digits elsewhere. */
void examine_site(struct examination *e)
{
	bool is_central = str_starts(e->text, STR("BM"));
	struct str digits = str_slice(e->text, is_central ? 2 : 0,
	    e->text.len);

	e->out->normal = fold_lower(e->arena, e->text);
	if (!identifier_expect_digits(e, digits, is_central ? 8 : 10,
		is_central ? WORDS("bm 之后的部分", "number after bm") :
		    WORDS("标识码", "code")))
		return;
	identifier_part(e, is_central ? STR("bm") : str_slice(digits, 0, 6),
	    is_central ? WORDS("部门", "central body") :
		WORDS("行政区划码", "division"), WORDS_NONE);
	identifier_part(e, str_slice(digits, is_central ? 0 : 6, digits.len),
	    WORDS("序号", "number"), WORDS_NONE);
	e->out->note = form_note();
}

/* 京ICP备10039560号-5. */
void examine_icp(struct examination *e)
{
	size_t place = first_size(e->text), dash;
	struct str office = str_slice(e->text, 0, place), number, site;
	bool is_filing;

	e->text = str_slice(e->text, place, e->text.len);
	is_filing = identifier_drop(e, STR("ICP备"));
	site = e->text;
	dash = str_find(site, STR("号"), 0);
	number = str_slice(site, 0, dash == STR_NOT_FOUND ? site.len : dash);
	site = dash == STR_NOT_FOUND ? STR_NONE :
	    str_slice(site, dash + strlen("号"), site.len);
	if (!starts_with_han(office) || !is_filing || number.len < 5 ||
	    number.len > 10 || identifier_digits(number) < number.len ||
	    dash == STR_NOT_FOUND || (site.len > 0 && (site.ptr[0] != '-' ||
	    site.len == 1 || site.len > 5 || identifier_digits(
		str_slice(site, 1, site.len)) < site.len - 1))) {
		identifier_bad_form(e, WORDS(
		    "应为省份简称、“ICP备”、数字、“号”，网站另有“-”和序号，"
		    "如 京ICP备10039560号-5",
		    "it must be the province, ICP备, digits and 号, for a "
		    "site also '-' and a number, such as 京ICP备10039560号-5"));
		return;
	}
	identifier_part(e, office, WORDS("省份", "province"), WORDS_NONE);
	identifier_part(e, number, WORDS("主体备案号", "number of the body"),
	    WORDS_NONE);
	if (site.len > 0)
		identifier_part(e, str_slice(site, 1, site.len),
		    WORDS("网站序号", "number of the site"), WORDS_NONE);
	e->out->note = form_note();
}

/* 浙公网安备33010302000429号. */
void examine_police(struct examination *e)
{
	size_t place = first_size(e->text);
	struct str office = str_slice(e->text, 0, place);
	bool is_filing;

	e->text = str_slice(e->text, place, e->text.len);
	is_filing = identifier_drop(e, STR("公网安备"));
	if (str_ends(e->text, STR("号")))
		e->text.len -= strlen("号");
	if (!starts_with_han(office) || !is_filing) {
		identifier_bad_form(e, WORDS(
		    "应为省份简称、“公网安备”、14 位数字和“号”，"
		    "如 浙公网安备33010302000429号",
		    "it must be the province, 公网安备, 14 digits and 号, "
		    "such as 浙公网安备33010302000429号"));
		return;
	}
	if (!identifier_expect_digits(e, e->text, 14,
		WORDS("“公网安备”之后的部分", "number")))
		return;
	identifier_part(e, office, WORDS("省份", "province"), WORDS_NONE);
	identifier_part(e, str_slice(e->text, 0, 6),
	    WORDS("行政区划码", "division"), WORDS_NONE);
	identifier_part(e, str_slice(e->text, 6, 14),
	    WORDS("序号", "number"), WORDS_NONE);
	e->out->normal = str_format(e->arena, "%.*s公网安备%.*s号",
	    STR_ARG(office), STR_ARG(e->text));
	e->out->note = form_note();
}
