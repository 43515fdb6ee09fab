/* SPDX-License-Identifier: MIT */
/* Marks on an English page, and what records say in two languages. */
#include "../memory.h"

#include "base/buf.h"
#include "base/value.h"
#include "render/chinese.h"
#include "render/translation.h"

static void check(const char *html, const char *wanted)
{
	struct buf out;

	buf_init(&out);
	chinese_mark(str_from(html), &out);
	assert_string_equal(out.ptr, wanted);
	buf_dispose(&out);
}

static void test_whole_element(void **state)
{
	(void)state;
	check("<p>新材料</p>", "<p lang=\"zh-CN\">新材料</p>");
	check("<td class=\"num\">“新材料”（2026）</td>",
	    "<td lang=\"zh-CN\" class=\"num\">“新材料”（2026）</td>");
	check("<title>新材料 - Zheli</title>",
	    "<title lang=\"zh-CN\">新材料 - Zheli</title>");
	check("<img alt=\"新材料\"><br>",
	    "<img lang=\"zh-CN\" alt=\"新材料\"><br>");
}

static void test_within_text(void **state)
{
	(void)state;
	check("<p>Operator: 演示中心</p>",
	    "<p>Operator: <span lang=\"zh-CN\">演示中心</span></p>");
	check("<p>新材料 <a>x</a></p>",
	    "<p><span lang=\"zh-CN\">新材料</span> <a>x</a></p>");
	/* A unit between two Chinese words stays with them; a clause not. */
	check("<p>In 七十七 GHz 雷达</p>",
	    "<p>In <span lang=\"zh-CN\">七十七 GHz 雷达</span></p>");
	check("<p>is 其他 without a note of 依据</p>",
	    "<p>is <span lang=\"zh-CN\">其他</span> without a note of "
	    "<span lang=\"zh-CN\">依据</span></p>");
	check("<svg><text>a 新 <b>x</b></text></svg>新",
	    "<svg><text>a <tspan lang=\"zh-CN\">新</tspan> <b>x</b></text>"
	    "</svg><span lang=\"zh-CN\">新</span>");
}

static void test_left_alone(void **state)
{
	static const char *const same[] = {
		"<!DOCTYPE html>\n<html lang=\"en\"><p>plain – “quoted”</p></html>",
		"<div lang=\"zh-CN\"><p>新<b>材</b></p><br>料</div>",
		"<a lang=\"zh-CN\" href=\"x\">中文</a>",
		"<script type=\"application/ld+json\">{\"a\":\"新<p>\"}</script>",
		"<!-- 新 --><p aria-label=\"x\"></p>", "", "<p", "a < b",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++)
		check(same[i], same[i]);
	/* After what is Chinese already, marks go on. */
	check("<div lang=\"zh-CN\"><p>新</p></div><p>新</p>",
	    "<div lang=\"zh-CN\"><p>新</p></div><p lang=\"zh-CN\">新</p>");
}

static struct value *text(struct arena *arena, const char *s)
{
	return value_text(arena, str_from(s));
}

static void test_english_in_the_place_of_chinese(void **state)
{
	struct fixture f;
	struct value *row, *unit;

	(void)state;
	fixture_init(&f, NULL);
	row = value_map(&f.arena);
	unit = value_map(&f.arena);
	value_add(&f.arena, row, STR("title"), text(&f.arena, "芯片"));
	value_add(&f.arena, row, STR("title_en"), text(&f.arena, "Chip"));
	value_add(&f.arena, row, STR("summary"), text(&f.arena, "摘要"));
	value_add(&f.arena, row, STR("final"), text(&f.arena, "M"));
	value_add(&f.arena, row, STR("final_en"), text(&f.arena, "M it is"));
	value_add(&f.arena, row, STR("unit"), unit);
	value_add(&f.arena, unit, STR("name"), text(&f.arena, "实验室"));
	value_add(&f.arena, unit, STR("name_en"), text(&f.arena, "Lab"));
	for (int twice = 0; twice < 2; twice++) {
		translation_choose(&f.arena, row);
		assert_string_equal(value_text_at(row, STR("title")).ptr,
		    "Chip");
		assert_string_equal(value_text_at(row, STR("title_zh")).ptr,
		    "芯片");
		assert_string_equal(value_text_at(row, STR("summary")).ptr,
		    "摘要");
		assert_int_equal(value_get(row, STR("summary_zh"))->kind,
		    VALUE_NULL);
		assert_string_equal(value_text_at(row, STR("final")).ptr, "M");
		assert_string_equal(value_text_at(row, STR("unit.name")).ptr,
		    "Lab");
	}
	translation_restore(&f.arena, row);
	assert_string_equal(value_text_at(row, STR("title")).ptr, "芯片");
	assert_string_equal(value_text_at(row, STR("unit.name")).ptr,
	    "实验室");
	fixture_dispose(&f);
}

static void check_foreign(const char *html, enum lang lang, const char *wanted)
{
	struct str tag = translation_foreign(str_from(html), lang);

	assert_true(str_eq(tag, str_from(wanted)));
}

static void test_language_of_a_body(void **state)
{
	(void)state;
	check_foreign("<p class=\"a b c d\">本页只有中文</p>", LANG_EN,
	    "zh-CN");
	check_foreign("<p class=\"a b c d\">本页只有中文</p>", LANG_ZH, "");
	check_foreign("<p>Write 公开 into the record</p>", LANG_EN, "");
	check_foreign("<p>Write 公开 into the record</p>", LANG_ZH, "en");
	check_foreign("<p>12</p>", LANG_EN, "");
}

static void test_where_prose_stands(void **state)
{
	static const char *const ids[][2] = { { "guide", "guide" },
		{ "guide/en", "guide" }, { "guide/en/units", "guide/units" },
		{ "guide/english", "guide/english" }, { "en", "en" } };
	struct fixture f;

	(void)state;
	fixture_init(&f, NULL);
	for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
		struct str id = str_from(ids[i][0]);

		assert_true(str_eq(translation_home(&f.arena, id, STR("en/")),
		    str_from(ids[i][1])));
		assert_true(str_eq(translation_home(&f.arena, id, STR_NONE),
		    id));
	}
	fixture_dispose(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole_element),
		cmocka_unit_test(test_within_text),
		cmocka_unit_test(test_left_alone),
		cmocka_unit_test(test_english_in_the_place_of_chinese),
		cmocka_unit_test(test_language_of_a_body),
		cmocka_unit_test(test_where_prose_stands),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
