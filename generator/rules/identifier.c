/* SPDX-License-Identifier: MIT */
#include "rules/identifier.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "rules/fold.h"
#include "rules/identifier_examination.h"

#include <stdarg.h>
#include <stdio.h>

#define KIND(name_, zh, en, example_) \
	{ .name = { name_, sizeof(name_) - 1 }, \
	  .title = WORDS_INIT(zh, en), \
	  .example = { example_, sizeof(example_) - 1 } }

static const struct identifier_info kinds[IDENTIFIER_KIND_COUNT] = {
	[IDENTIFIER_PATENT] = KIND("patent", "专利申请号（专利号）",
	    "patent application number", "201710134085.6"),
	[IDENTIFIER_PUBLICATION] = KIND("publication", "专利文献号",
	    "patent publication number", "CN106934457B"),
	[IDENTIFIER_USCC] = KIND("uscc", "统一社会信用代码",
	    "unified social credit code", "91330100799655058B"),
	[IDENTIFIER_SOFTWARE] = KIND("software", "软件著作权登记号",
	    "software copyright registration number", "2024SR0123456"),
	[IDENTIFIER_VARIETY] = KIND("variety", "植物新品种权号",
	    "plant variety right number", "CNA20191006012"),
	[IDENTIFIER_VARIETY_APPROVAL] = KIND("variety-approval",
	    "品种审定编号", "crop variety approval number", "浙审稻2012014"),
	[IDENTIFIER_LAYOUT] = KIND("layout", "集成电路布图设计登记号",
	    "layout design registration number", "BS.245001234"),
	[IDENTIFIER_DOI] = KIND("doi", "DOI", "DOI",
	    "10.1038/s41586-020-03153-z"),
	[IDENTIFIER_ISSN] = KIND("issn", "ISSN", "ISSN", "0028-0836"),
	[IDENTIFIER_ORCID] = KIND("orcid", "ORCID", "ORCID",
	    "0000-0002-1825-0097"),
	[IDENTIFIER_ROR] = KIND("ror", "ROR 机构标识", "ROR ID",
	    "00a2xv884"),
	[IDENTIFIER_STANDARD] = KIND("standard", "标准编号",
	    "standard number", "GB/T 9704-2012"),
	[IDENTIFIER_DRUG] = KIND("drug", "药品批准文号（国药准字）",
	    "drug approval number", "国药准字H20110061"),
	[IDENTIFIER_DEVICE] = KIND("device", "医疗器械注册证编号",
	    "medical device registration number", "国械注准20163150123"),
	[IDENTIFIER_SERIAL] = KIND("serial", "国内统一刊号（CN）",
	    "CN number of a periodical", "CN 11-0065"),
	[IDENTIFIER_SITE] = KIND("site", "政府网站标识码",
	    "code of a government site", "bm01000001"),
	[IDENTIFIER_ICP] = KIND("icp", "ICP 备案号", "ICP filing number",
	    "京ICP备10039560号-5"),
	[IDENTIFIER_POLICE] = KIND("police", "公安备案号",
	    "public security filing number", "浙公网安备33010302000429号"),
};

static examine_function *const examiners[IDENTIFIER_KIND_COUNT] = {
	[IDENTIFIER_PATENT] = examine_patent,
	[IDENTIFIER_PUBLICATION] = examine_publication,
	[IDENTIFIER_USCC] = examine_uscc,
	[IDENTIFIER_SOFTWARE] = examine_software,
	[IDENTIFIER_VARIETY] = examine_variety,
	[IDENTIFIER_VARIETY_APPROVAL] = examine_variety_approval,
	[IDENTIFIER_LAYOUT] = examine_layout,
	[IDENTIFIER_DOI] = examine_doi,
	[IDENTIFIER_ISSN] = examine_issn,
	[IDENTIFIER_ORCID] = examine_orcid,
	[IDENTIFIER_ROR] = examine_ror,
	[IDENTIFIER_STANDARD] = examine_standard,
	[IDENTIFIER_DRUG] = examine_drug,
	[IDENTIFIER_DEVICE] = examine_device,
	[IDENTIFIER_SERIAL] = examine_serial,
	[IDENTIFIER_SITE] = examine_site,
	[IDENTIFIER_ICP] = examine_icp,
	[IDENTIFIER_POLICE] = examine_police,
};

const struct identifier_info *identifier_info(enum identifier_kind kind)
{
	return &kinds[kind];
}

bool identifier_kind_find(struct str name, enum identifier_kind *kind)
{
	for (size_t i = 0; i < IDENTIFIER_KIND_COUNT; i++)
		if (str_eq(kinds[i].name, name)) {
			*kind = (enum identifier_kind)i;
			return true;
		}
	return false;
}

void identifier_examine(struct arena *arena, enum identifier_kind kind,
    struct str text, struct identifier *out)
{
	struct examination e = { .arena = arena, .out = out };

	*out = (struct identifier){ .kind = kind };
	e.text = fold_upper(arena, fold_name(arena, text));
	out->normal = e.text;
	if (e.text.len == 0)
		identifier_bad_form(&e, WORDS("没有内容", "it is empty"));
	else if (utf8_check(e.text) < e.text.len)
		identifier_bad_form(&e,
		    WORDS("不是 UTF-8 文字", "it is not UTF-8 text"));
	else
		examiners[kind](&e);
}

static struct str format_one(struct arena *arena, const char *format,
    va_list args)
{
	va_list again;
	char *text;
	int len;

	va_copy(again, args);
	len = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (len < 0)
		return STR_NONE;
	text = arena_alloc(arena, (size_t)len + 1);
	(void)vsnprintf(text, (size_t)len + 1, format, args);
	return (struct str){ text, (size_t)len };
}

struct words words_format(struct arena *arena, const char *zh, const char *en,
    ...)
{
	const char *const formats[LANG_COUNT] = { zh, en };
	struct words words;

	for (size_t lang = 0; lang < LANG_COUNT; lang++) {
		va_list args;

		va_start(args, en);
		words.in[lang] = format_one(arena, formats[lang], args);
		va_end(args);
	}
	return words;
}

void identifier_bad_form(struct examination *e, struct words fault)
{
	e->out->problem = IDENTIFIER_BAD_FORM;
	e->out->fault = fault;
	e->out->part_count = 0;
}

/* How many signs people count: without points and hyphens. */
static size_t count_signs(struct str text)
{
	size_t count = 0;

	for (size_t i = 0; i < text.len; i++)
		count += text.ptr[i] != '.' && text.ptr[i] != '-';
	return count;
}

void identifier_bad_check(struct examination *e, struct str expected,
    struct str found)
{
	size_t place = count_signs(e->out->normal) - found.len + 1;

	e->out->problem = IDENTIFIER_BAD_CHECK;
	e->out->expected = str_dup(e->arena, expected);
	e->out->fault = found.len == 1 ? words_format(e->arena,
	    "第 %zu 位（校验位）应为“%.*s”，现为“%.*s”",
	    "character %zu, the check, should be '%.*s', not '%.*s'",
	    place, STR_ARG(expected), STR_ARG(found)) :
	    words_format(e->arena,
		"第 %zu 至 %zu 位（校验位）应为“%.*s”，现为“%.*s”",
		"characters %zu to %zu, the check, should be '%.*s', not "
		"'%.*s'", place, place + found.len - 1, STR_ARG(expected),
		STR_ARG(found));
}

void identifier_part(struct examination *e, struct str value,
    struct words name, struct words meaning)
{
	if (e->out->part_count < IDENTIFIER_PARTS_MAX)
		e->out->parts[e->out->part_count++] =
		    (struct identifier_part){ value, name, meaning };
}

bool identifier_drop(struct examination *e, struct str prefix)
{
	if (!str_starts(e->text, prefix))
		return false;
	e->text = str_slice(e->text, prefix.len, e->text.len);
	return true;
}

size_t identifier_digits(struct str text)
{
	size_t count = 0;

	while (count < text.len && text.ptr[count] >= '0' &&
	       text.ptr[count] <= '9')
		count++;
	return count;
}

/* What is wrong with `digits`, of which the first `count` are digits. */
static struct words describe_digits(struct examination *e, struct str digits,
    size_t count, size_t wanted, struct words what)
{
	struct str zh = what.in[LANG_ZH], en = what.in[LANG_EN];
	struct words fault;
	size_t size;

	if (count == digits.len) {
		fault.in[LANG_ZH] = str_format(e->arena,
		    "%.*s应为 %zu 位数字，现有 %zu 位（%s %zu 位）",
		    STR_ARG(zh), wanted, count, count > wanted ? "多" : "少",
		    count > wanted ? count - wanted : wanted - count);
		fault.in[LANG_EN] = str_format(e->arena,
		    "the %.*s must be %zu digits, but there are %zu "
		    "(%zu too %s)", STR_ARG(en), wanted, count,
		    count > wanted ? count - wanted : wanted - count,
		    count > wanted ? "many" : "few");
		return fault;
	}
	(void)utf8_decode(digits, count, &size);
	fault.in[LANG_ZH] = str_format(e->arena,
	    "%.*s应为 %zu 位数字，其第 %zu 位却是“%.*s”", STR_ARG(zh), wanted,
	    count + 1, (int)size, digits.ptr + count);
	fault.in[LANG_EN] = str_format(e->arena,
	    "the %.*s must be %zu digits, but its character %zu is '%.*s'",
	    STR_ARG(en), wanted, count + 1, (int)size, digits.ptr + count);
	return fault;
}

bool identifier_expect_digits(struct examination *e, struct str digits,
    size_t wanted, struct words what)
{
	size_t count = identifier_digits(digits);

	if (count == digits.len && count == wanted)
		return true;
	identifier_bad_form(e, describe_digits(e, digits, count, wanted,
	    what));
	return false;
}

unsigned identifier_number(struct str digits)
{
	unsigned number = 0;

	for (size_t i = 0; i < digits.len; i++)
		number = number * 10 + (unsigned)(digits.ptr[i] - '0');
	return number;
}

bool identifier_expect_year(struct examination *e, unsigned year,
    unsigned first, unsigned last)
{
	if (year >= first && year <= last)
		return true;
	identifier_bad_form(e, words_format(e->arena,
	    "年份“%u”不在 %u 至 %u 年之间",
	    "the year '%u' is not between %u and %u", year, first, last));
	return false;
}
