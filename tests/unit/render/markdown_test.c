/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "render/markdown.h"

/* One record folder with a report and a picture. */
static bool resolve(void *context, enum markdown_target target,
    struct str path, struct buf *url)
{
	(void)context;
	if (target == MARKDOWN_LINK && str_eq(path, STR("a/检测 报告.pdf"))) {
		buf_append(url, STR("../a/report.pdf"));
		return true;
	}
	if (target == MARKDOWN_IMAGE && str_eq(path, STR("a/图.png"))) {
		buf_append(url, STR("../a/图.png"));
		return true;
	}
	return false;
}

struct fixture {
	struct arena arena;
	struct diag_list diags;
	struct buf out;
	struct markdown_options options;
};

static void set_up(struct fixture *f)
{
	*f = (struct fixture){ .options = { .path = STR("r.md"),
		.first_line = 11, .site_url = STR("https://site.example/"),
		.resolve = resolve } };
	arena_init(&f->arena);
	diag_list_init(&f->diags, &f->arena);
	buf_init(&f->out);
}

static void tear_down(struct fixture *f)
{
	buf_dispose(&f->out);
	diag_list_dispose(&f->diags);
	arena_dispose(&f->arena);
}

/* All diagnostics as "line:column ID; …", in their order. */
static const char *told(struct fixture *f)
{
	struct buf text;
	char *copy;

	buf_init(&text);
	for (size_t i = 0; i < f->diags.items.count; i++) {
		const struct diagnostic *d = vec_at(&f->diags.items, i);

		buf_append_format(&text, "%s%u:%u %.*s", i ? "; " : "",
		    d->mark.line, d->mark.column, STR_ARG(d->id));
	}
	copy = str_cstr(&f->arena, buf_str(&text));
	buf_dispose(&text);
	return copy;
}

struct html_case {
	const char *body, *html, *told;
};

static void expect_html(const struct html_case *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct fixture f;
		bool good, checked;

		set_up(&f);
		good = markdown_render(&f.options, str_from(cases[i].body),
		    &f.out, &f.diags);
		assert_string_equal(told(&f), cases[i].told);
		assert_string_equal(f.out.ptr, cases[i].html);
		assert_int_equal(good, diag_errors(&f.diags) == 0);
		diag_list_dispose(&f.diags);
		diag_list_init(&f.diags, &f.arena);
		checked = markdown_check(&f.options, str_from(cases[i].body),
		    &f.diags);
		assert_int_equal(good, checked);
		assert_string_equal(told(&f), cases[i].told);
		tear_down(&f);
	}
}

#define EXPECT_HTML(cases) \
	expect_html(cases, sizeof(cases) / sizeof((cases)[0]))

static void test_markdown__renders_blocks(void **state)
{
	static const struct html_case cases[] = {
		{ "", "", "" },
		{ "一段 *强* **更强** ~~删~~ `a<b`\\\n换行\n", "<p>一段 <em>强</em> <strong>更强</strong> <del>删</del> <code>a&lt;b</code><br>\n换行</p>\n", "" },
		{ "- 甲\n- 乙\n  1. 丙\n", "<ul>\n<li>甲</li>\n<li>乙\n<ol>\n<li>丙</li>\n</ol>\n</li>\n</ul>\n", "" },
		{ "3. 甲\n\n4. 乙\n", "<ol start=\"3\">\n<li>\n<p>甲</p>\n</li>\n<li>\n<p>乙</p>\n</li>\n</ol>\n", "" },
		{ "> 引\n\n---\n", "<blockquote>\n<p>引</p>\n</blockquote>\n<hr>\n", "" },
		{ "```c x\"y\nif (a < b)\n```\n", "<pre tabindex=\"0\"><code class=\"language-c\">if (a &lt; b)\n</code></pre>\n", "" },
		{ "    code\n", "<pre tabindex=\"0\"><code>code\n</code></pre>\n", "" },
		{ "1~2 与 3~4\n", "<p>1~2 与 3~4</p>\n", "" },
	};

	(void)state;
	EXPECT_HTML(cases);
}

static void test_markdown__wraps_tables(void **state)
{
	static const struct html_case cases[] = {
		{ "| 指标 | 值 |\n|:--|--:|\n| 速度 | 1 |\n", "<div class=\"table-wrap\" tabindex=\"0\"><table>\n<thead>\n<tr>\n<th scope=\"col\" class=\"left\">指标</th>\n<th scope=\"col\" class=\"right\">值</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td class=\"left\">速度</td>\n<td class=\"right\">1</td>\n</tr>\n</tbody>\n</table></div>\n", "" },
		{ "| | b |\n|---|:-:|\n", "<div class=\"table-wrap\" tabindex=\"0\"><table>\n<thead>\n<tr>\n<td></td>\n<th scope=\"col\" class=\"center\">b</th>\n</tr>\n</thead>\n</table></div>\n", "" },
	};

	(void)state;
	EXPECT_HTML(cases);
}

static void test_markdown__names_and_checks_headings(void **state)
{
	static const struct html_case cases[] = {
		{ "## 技术 指标（一）\n### A & B!\n## 技术 指标（一）\n## ！\n## 技术-指标-一-2\n", "<h2 id=\"s-技术-指标-一\">技术 指标（一）</h2>\n<h3 id=\"s-a-b\">A &amp; B!</h3>\n<h2 id=\"s-技术-指标-一-2\">技术 指标（一）</h2>\n<h2 id=\"s-section\">！</h2>\n<h2 id=\"s-技术-指标-一-2-2\">技术-指标-一-2</h2>\n", "" },
		{ "# 题\n\n#### 深\n", "<h2 id=\"s-题\">题</h2>\n<h4 id=\"s-深\">深</h4>\n", "11:1 B0101; 13:1 B0102" },
		{ "[见](#结果) [无](#没有)\n\n## 结果\n", "<p><a href=\"#s-%E7%BB%93%E6%9E%9C\">见</a> 无</p>\n<h2 id=\"s-结果\">结果</h2>\n", "11:10 B0122" },
	};

	(void)state;
	EXPECT_HTML(cases);
}

static void test_markdown__resolves_links(void **state)
{
	static const struct html_case cases[] = {
		{ "[报告](<a/检测 报告.pdf> \"标 & 题\")", "<p><a href=\"../a/report.pdf\" title=\"标 &amp; 题\">报告</a></p>\n", "" },
		{ "[报告](a/检测%20报告.pdf#p=2)", "<p><a href=\"../a/report.pdf#p=2\">报告</a></p>\n", "" },
		{ "[外](https://x.example/?a=1&b='2') [内](https://site.example/a)", "<p><a href=\"https://x.example/?a=1&amp;b=&#39;2&#39;\" rel=\"noopener\">外</a> <a href=\"https://site.example/a\">内</a></p>\n", "" },
		{ "[信](mailto:a@b.example) [电](tel:+8657100000000) [半](//x.example/)", "<p><a href=\"mailto:a@b.example\">信</a> <a href=\"tel:+8657100000000\">电</a> <a href=\"https://x.example/\" rel=\"noopener\">半</a></p>\n", "" },
		{ "字 [无](b.pdf)", "", "11:3 B0121" },
		{ "[空]()", "<p>空</p>\n", "11:1 B0123" },
		{ "[](#a)\n## a", "<p><a href=\"#s-a\"></a></p>\n<h2 id=\"s-a\">a</h2>\n", "11:1 B0124" },
		{ "a\n\n字[坏](javascript:alert(1)) [坏](&#74;avaScript:x) [坏](data:text/html,x) [坏](vbscript:x) [坏](file:///etc)", "", "13:2 B0120; 13:27 B0120; 13:49 B0120; 13:71 B0120; 13:87 B0120" },
		{ "[坏](java&#9;script:x)", "", "11:1 B0121" },
		{ "[多行\n链接](nowhere)", "", "11:0 B0121" },
	};

	(void)state;
	EXPECT_HTML(cases);
}

static void test_markdown__ends_bare_addresses_at_chinese_text(void **state)
{
	static const struct html_case cases[] = {
		{ "见https://x.example/a，谢谢", "<p>见<a href=\"https://x.example/a\" rel=\"noopener\">https://x.example/a</a>，谢谢</p>\n", "" },
		{ "见 https://x.example/a，谢谢", "<p>见 <a href=\"https://x.example/a\" rel=\"noopener\">https://x.example/a</a>，谢谢</p>\n", "" },
		{ "见 www.x.example。然后", "<p>见 <a href=\"http://www.x.example\" rel=\"noopener\">www.x.example</a>。然后</p>\n", "" },
		{ "<https://x.example/中>", "<p><a href=\"https://x.example/%E4%B8%AD\" rel=\"noopener\">https://x.example/中</a></p>\n", "" },
		{ "(https://x.example/a_b?c=d&e)", "<p>(<a href=\"https://x.example/a_b?c=d&amp;e\" rel=\"noopener\">https://x.example/a_b?c=d&amp;e</a>)</p>\n", "" },
		{ "写信 a@b.example。", "<p>写信 <a href=\"mailto:a@b.example\">a@b.example</a>。</p>\n", "" },
	};

	(void)state;
	EXPECT_HTML(cases);
}

static void test_markdown__wants_pictures_described_and_at_hand(void **state)
{
	static const struct html_case cases[] = {
		{ "![功率 *曲线*](a/图.png)", "<p><img src=\"../a/%E5%9B%BE.png\" alt=\"功率 曲线\" loading=\"lazy\"></p>\n", "" },
		{ "![](a/图.png)", "", "11:1 B0130" },
		{ "![图](b.png)", "", "11:1 B0132" },
		{ "![图](https://x.example/a.png)", "<p><a href=\"https://x.example/a.png\" rel=\"noopener\">图</a></p>\n", "11:1 B0131" },
		{ "[![图](https://x.example/a.png)](https://y.example/)", "<p><a href=\"https://y.example/\" rel=\"noopener\">图</a></p>\n", "11:2 B0131" },
	};

	(void)state;
	EXPECT_HTML(cases);
}

static void test_markdown__never_shows_raw_html(void **state)
{
	static const struct html_case cases[] = {
		{ "甲 <b onclick=\"x\">乙</b>\n\n<script>\nalert(1)\n</script>\n\n丙", "<p>甲 乙</p>\n<p>丙</p>\n", "11:3 B0110; 13:1 B0110" },
		{ "<!-- 给编辑的话 -->\n\n甲<!-- 又 -->乙", "<p>甲乙</p>\n", "" },
		{ "<!-- 没有结束\n\n甲", "", "11:1 B0110" },
		{ "a &lt;b&gt; \\<c>", "<p>a &lt;b&gt; &lt;c&gt;</p>\n", "" },
	};

	(void)state;
	EXPECT_HTML(cases);
}

static void test_markdown__numbers_footnotes(void **state)
{
	static const struct html_case cases[] = {
		{ "甲[^x]乙[^x]丙[^y]\n\n[^y]: 二\n[^x]: 一\n", "<p>甲<sup class=\"footnote-ref\"><a href=\"#fn-s-1\" id=\"fnref-s-1\" role=\"doc-noteref\">1</a></sup>乙<sup class=\"footnote-ref\"><a href=\"#fn-s-1\" id=\"fnref-s-1-2\" role=\"doc-noteref\">1</a></sup>丙<sup class=\"footnote-ref\"><a href=\"#fn-s-2\" id=\"fnref-s-2\" role=\"doc-noteref\">2</a></sup></p>\n<section class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n<li id=\"fn-s-1\">\n<p>一 <a href=\"#fnref-s-1\" role=\"doc-backlink\">↩</a> <a href=\"#fnref-s-1-2\" role=\"doc-backlink\">↩</a></p>\n</li>\n<li id=\"fn-s-2\">\n<p>二 <a href=\"#fnref-s-2\" role=\"doc-backlink\">↩</a></p>\n</li>\n</ol>\n</section>\n", "" },
		{ "甲\n乙[^no]", "<p>甲乙[^no]</p>\n", "12:2 B0141" },
		{ "\\[^no]", "<p>[^no]</p>\n", "" },
		{ "a\n[^ b [c]\nd]", "", "12:0 B0142" },
		{ "a [^ b `]`\\]，\nd]", "", "11:0 B0142" },
		{ "`[^a` `]`", "<p><code>[^a</code> <code>]</code></p>\n", "" },
	};

	(void)state;
	EXPECT_HTML(cases);
}

static void test_markdown__warns_of_marks_that_show(void **state)
{
	static const struct html_case cases[] = {
		{ "字**（注）**字", "<p>字**（注）**字</p>\n", "11:2 B0140" },
		{ "2**3", "<p>2**3</p>\n", "" },
		{ "\\*\\*字\\*\\*", "<p>**字**</p>\n", "" },
	};

	(void)state;
	EXPECT_HTML(cases);
}

static void test_markdown__joins_chinese_lines(void **state)
{
	static const struct html_case cases[] = {
		{ "第一行\n第二行", "<p>第一行第二行</p>\n", "" },
		{ "第一行，\n“第二”行", "<p>第一行，“第二”行</p>\n", "" },
		{ "first\nsecond", "<p>first\nsecond</p>\n", "" },
		{ "中文\nEnglish\n中文", "<p>中文\nEnglish\n中文</p>\n", "" },
		{ "**强**\n`码`\n한국\n말", "<p><strong>强</strong><code>码</code>\n한국\n말</p>\n", "" },
	};

	(void)state;
	EXPECT_HTML(cases);
}

static void test_markdown__tells_each_kind_twenty_times(void **state)
{
	struct fixture f;
	struct buf body;

	(void)state;
	set_up(&f);
	buf_init(&body);
	for (int i = 0; i < 100; i++)
		buf_append(&body, STR("[a](x:y)\n\n"));
	assert_false(markdown_render(&f.options, buf_str(&body), &f.out,
	    &f.diags));
	assert_int_equal(f.diags.items.count, 21);
	assert_int_equal(diag_errors(&f.diags), 20);
	assert_string_equal(f.out.ptr, "");
	buf_dispose(&body);
	tear_down(&f);
}

static void test_markdown__keeps_what_stood_before(void **state)
{
	struct fixture f;

	(void)state;
	set_up(&f);
	f.options.id_prefix = STR("b2-");
	f.options.back_label = STR("返回");
	buf_append(&f.out, STR("before "));
	assert_false(markdown_render(&f.options, STR("[a](x:y)"), &f.out,
	    &f.diags));
	assert_string_equal(f.out.ptr, "before ");
	assert_true(markdown_render(&f.options, STR("## 甲[^1]\n\n[^1]: 乙"),
	    &f.out, &f.diags));
	assert_string_equal(f.out.ptr,
	    "before \n<h2 id=\"b2-甲\">甲<sup class=\"footnote-ref\"><a href=\"#fn-b2-1\" id=\"fnref-b2-1\" role=\"doc-noteref\">1</a></sup></h2>\n<section class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n<li id=\"fn-b2-1\">\n<p>乙 <a href=\"#fnref-b2-1\" role=\"doc-backlink\" aria-label=\"返回 1\">↩</a></p>\n</li>\n</ol>\n</section>\n");
	tear_down(&f);
}

static void test_markdown__extracts_plain_text(void **state)
{
	static const struct {
		const char *body, *text;
	} cases[] = {
		{ "", "" },
		{ "## 标题\n\n第一行\n第二**行** <b>html</b> ![图](a.png)\\\n尾\n", "标题\n第一行第二行 html 图 尾\n" },
		{ "- 甲\n- 乙\n\n| a | b |\n|---|---|\n| 1 | 2 |\n", "甲\n乙\na b\n1 2\n" },
		{ "first\nsecond[^1]\n\n```\ncode\n```\n\n[^1]: 注\n", "first second\ncode\n注\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct buf text;

		buf_init(&text);
		markdown_text(str_from(cases[i].body), &text);
		assert_string_equal(text.ptr, cases[i].text);
		buf_dispose(&text);
	}
}

static double milliseconds(const struct timespec *from)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - from->tv_sec) * 1e3 +
	    (double)(now.tv_nsec - from->tv_nsec) / 1e6;
}

/*
 * A quarter of a megabyte of what parsers of Markdown are slow at: `head` once,
 * then `part` again and again, with an empty line after each `block` parts (0:
 * none), then `tail`. The limit is ten times what a sanitizer build needs.
 */
static void test_markdown__is_bounded_in_time(void **state)
{
	static const struct {
		const char *head, *part;
		int block;
		const char *tail;
	} inputs[] = {
		{ "", "[", 0, "" }, { "", "](", 0, "" }, { "", "[a](", 0, "" },
		{ "", "![[]()", 0, "" }, { "", "![[]()", 2400, "" },
		{ "", "![l](", 4900, "" }, { "", "[a][", 2400, "" },
		{ "", "*a ", 0, "" }, { "", "*a_ ", 0, "" }, { "", "a** b", 0, "" },
		{ "", "*a**a ", 0, "" }, { "", "a*b**c_", 0, "" },
		{ "", "_", 0, "" }, { "", "~~a ", 0, "" }, { "", "~~", 0, "" },
		{ "", "a <!A x", 0, "" }, { "", "a <!A x", 1900, "" },
		{ "", "a<?", 0, "" }, { "", "a<?", 1900, "" },
		{ "", "a <![CDATA[", 1900, "" }, { "", "<a ", 1900, "" },
		{ "", ">", 0, "" }, { "", "> ", 0, "a\nb" },
		{ "> > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > a\n", "b\n", 0, "" },
		{ "", "- ", 0, "" }, { "", "1. ", 0, "" }, { "", "> - ", 0, "" },
		{ "a|b\n-|-\n", "x\n", 0, "" },
		{ "a|b|c|d|e|f|g|h\n-|-|-|-|-|-|-|-\n", "x\n", 12000, "" },
		{ "", "[^a]", 0, "" }, { "[^a]: x\n\n", "[^a]", 4900, "" },
		{ "", "[a]: b\n", 0, "" }, { "", "[\\a ", 0, "" },
		{ "", "www.", 0, "" }, { "", "http://", 0, "" },
		{ "", "a@", 0, "" }, { "", "a@a.", 490, "" },
		{ "www.a", ")", 0, "" }, { "", "www.a)))))))))))))))))))) ", 0, "" },
		{ "www.a", "&a;", 0, "" }, { "www.a", "(", 0, "" },
		{ "", "&amp;", 0, "" }, { "", "\\", 0, "" }, { "", "a\n", 0, "===" },
		{ "", "# a\n", 0, "" }, { "", "\n", 0, "" }, { "", "\t", 0, "" },
		{ "", "```\n", 0, "" }, { "", "``` ", 0, "" }, { "", "-\n", 0, "" },
		{ "", "<div>\n", 0, "" }, { "", "![", 0, "" },
		{ "", "a@b.c ", 490, "" }, { "", "a.", 0, "@a.b" },
		{ "", "[a](b \"", 4900, "" }, { "", "**（a）**b\n", 0, "" },
		{ "", "## a\n", 0, "" }, { "", "[a](x:y) ", 4900, "" },
	};
	struct buf body;

	(void)state;
	buf_init(&body);
	for (size_t i = 0; i < sizeof(inputs) / sizeof(inputs[0]); i++) {
		struct timespec from;
		struct fixture f;

		set_up(&f);
		buf_clear(&body);
		buf_append_cstr(&body, inputs[i].head);
		for (int n = 1; body.len < 256 * 1024; n++) {
			buf_append_cstr(&body, inputs[i].part);
			if (inputs[i].block > 0 && n % inputs[i].block == 0)
				buf_append(&body, STR("\n\n"));
		}
		buf_append_cstr(&body, inputs[i].tail);
		clock_gettime(CLOCK_MONOTONIC, &from);
		(void)!markdown_render(&f.options, buf_str(&body), &f.out,
		    &f.diags);
		if (milliseconds(&from) > 10000)
			fail_msg("slow: %s%s", inputs[i].head, inputs[i].part);
		tear_down(&f);
	}
	buf_dispose(&body);
}

static void test_markdown__refuses_what_is_too_deep(void **state)
{
	static const struct html_case cases[] = {
		{ "a\n\n- - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - a", "", "13:0 B0150" },
	};

	(void)state;
	EXPECT_HTML(cases);
}

/* A body like those of records: 4 kB with headings, a table, lists, links. */
static void test_markdown__renders_a_record_fast(void **state)
{
	struct timespec from;
	struct fixture f;
	struct buf body;
	double each;

	(void)state;
	set_up(&f);
	buf_init(&body);
	for (int i = 0; i < 4; i++) {
		buf_append_format(&body, "## 第 %d 节\n\n", i);
		for (int j = 0; j < 3; j++)
			buf_append(&body, STR(
			    "针对高端芯片光互连带宽密度不足的问题，团队提出**异质集成**的薄膜铌酸锂调制器方案，在单片上完成八通道并行调制，测得三分贝带宽超过一百一十吉赫兹，详见[报告](<a/检测 报告.pdf>)。\n\n"));
		buf_append(&body, STR(
		    "| 指标 | 数值 | 单位 |\n|---|--:|---|\n| 带宽 | 110 | GHz |\n| 功耗 | 1.2 | pJ/bit |\n| 插损 | 2.5 | dB |\n\n- 第一项\n- 第二项\n\n"));
	}
	clock_gettime(CLOCK_MONOTONIC, &from);
	for (int i = 0; i < 1000; i++) {
		buf_clear(&f.out);
		assert_true(markdown_render(&f.options, buf_str(&body), &f.out,
		    &f.diags));
	}
	each = milliseconds(&from);
	print_message("# %zu bytes of Markdown: %.1f us\n", body.len, each);
	/* Ten times what it takes on the slowest machine it was measured on. */
	assert_true(each < 5000);
	buf_dispose(&body);
	tear_down(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_markdown__renders_blocks),
		cmocka_unit_test(test_markdown__wraps_tables),
		cmocka_unit_test(test_markdown__names_and_checks_headings),
		cmocka_unit_test(test_markdown__resolves_links),
		cmocka_unit_test(
		    test_markdown__ends_bare_addresses_at_chinese_text),
		cmocka_unit_test(
		    test_markdown__wants_pictures_described_and_at_hand),
		cmocka_unit_test(test_markdown__never_shows_raw_html),
		cmocka_unit_test(test_markdown__numbers_footnotes),
		cmocka_unit_test(test_markdown__warns_of_marks_that_show),
		cmocka_unit_test(test_markdown__joins_chinese_lines),
		cmocka_unit_test(test_markdown__tells_each_kind_twenty_times),
		cmocka_unit_test(test_markdown__keeps_what_stood_before),
		cmocka_unit_test(test_markdown__extracts_plain_text),
		cmocka_unit_test(test_markdown__is_bounded_in_time),
		cmocka_unit_test(test_markdown__refuses_what_is_too_deep),
		cmocka_unit_test(test_markdown__renders_a_record_fast),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
