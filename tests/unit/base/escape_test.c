/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/escape.h"

struct escape_case {
	const char *text, *escaped;
};

static void expect(void (*escape)(struct buf *, struct str),
    const struct escape_case *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct buf out;

		buf_init(&out);
		buf_append(&out, STR("|"));
		escape(&out, str_from(cases[i].text));
		assert_string_equal(out.ptr + 1, cases[i].escaped);
		buf_dispose(&out);
	}
}

#define EXPECT(escape, cases) \
	expect(escape, cases, sizeof(cases) / sizeof((cases)[0]))

static void test_escape__html_leaves_no_markup(void **state)
{
	static const struct escape_case cases[] = {
		{ "", "" }, { "浙里好成果", "浙里好成果" },
		{ "<a href=\"x\" b='y'>&amp;", "&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;amp;" },
		{ "&", "&amp;" }, { "a<", "a&lt;" }, { "\n\t", "\n\t" },
	};

	(void)state;
	EXPECT(escape_html, cases);
}

static void test_escape__xml_holds_only_what_xml_can(void **state)
{
	static const struct escape_case cases[] = {
		{ "a\x01" "b\x0b", "a\xef\xbf\xbd" "b\xef\xbf\xbd" },
		{ "<\t\r\n>", "&lt;\t\r\n&gt;" },
		{ "\xff" "&\xef\xbf\xbe", "\xef\xbf\xbd&amp;\xef\xbf\xbd" },
		{ "好\xe5\xa5", "好\xef\xbf\xbd\xef\xbf\xbd" },
	};

	(void)state;
	EXPECT(escape_xml, cases);
}

static void test_escape__paths_keep_their_parts(void **state)
{
	static const struct escape_case paths[] = {
		{ "a/b-c_d.e~f", "a/b-c_d.e~f" },
		{ "a b/图.png", "a%20b/%E5%9B%BE.png" },
		{ "?#%&+:", "%3F%23%25%26%2B%3A" },
	};
	static const struct escape_case components[] = {
		{ "a/b=c", "a%2Fb%3Dc" },
	};

	(void)state;
	EXPECT(escape_url_path, paths);
	EXPECT(escape_url_component, components);
}

static void test_escape__addresses_stay_what_they_are(void **state)
{
	static const struct escape_case cases[] = {
		{ "https://x.example/a?b=c&d='e'#f", "https://x.example/a?b=c&amp;d=&#39;e&#39;#f" },
		{ "a%20b%2g%", "a%20b%252g%25" },
		{ "\"><script>", "%22%3E%3Cscript%3E" },
		{ "中 文\n", "%E4%B8%AD%20%E6%96%87%0A" },
	};

	(void)state;
	EXPECT(escape_url_attribute, cases);
}

static void test_escape__csv_quotes_and_defuses(void **state)
{
	static const struct escape_case cases[] = {
		{ "", "" }, { "浙江", "浙江" }, { "a,b", "\"a,b\"" },
		{ "a\"b", "\"a\"\"b\"" }, { "\"", "\"\"\"\"" },
		{ "a\nb", "\"a\nb\"" }, { " a", "\" a\"" }, { "a ", "\"a \"" },
		{ "#a", "\"#a\"" },
		{ "=1+2", "'=1+2" }, { "@x", "'@x" }, { "+x", "'+x" },
		{ "-x,y", "\"'-x,y\"" }, { "\tx", "'\tx" },
		{ "＝SUM(A1)", "'＝SUM(A1)" }, { "－1", "'－1" },
		{ "-12.5", "-12.5" }, { "+3", "+3" }, { "-", "'-" },
		{ "-1-2", "'-1-2" }, { "1=2", "1=2" },
	};

	(void)state;
	EXPECT(escape_csv, cases);
}

static void test_escape__markdown_stays_text(void **state)
{
	static const struct escape_case cases[] = {
		{ "", "" }, { "浙里好成果，2026-06-30。", "浙里好成果，2026-06-30。" },
		{ "*a* _b_ `c`", "\\*a\\* \\_b\\_ \\`c\\`" },
		{ "![x](http://e.example)",
		    "\\!\u2060\\[x\\]\\(http\\://e\\.example\\)" },
		{ "<img src=x>&amp;", "\\<img src=x\\>\\&\u2060amp;" },
		{ "@team #12", "\\@\u2060team \\#\u206012" },
		{ "- a\n- b\r\nc", "\\- a - b  c" },
		{ "a\u202eb\x01\xff", "a\ufffdb\ufffd\ufffd" },
		{ "\\*", "\\\\\\*" },
	};

	(void)state;
	EXPECT(escape_markdown, cases);
}

static void twelve(struct buf *out, struct str text)
{
	escape_markdown_code(out, text, 12);
}

static void test_escape__code_spans_hold_anything(void **state)
{
	static const struct escape_case cases[] = {
		{ "", "" }, { "@a <b>", "`@a <b>`" },
		{ "a`b``c", "```a`b``c```" }, { "`", "`` ` ``" },
		{ "a`", "`` a` ``" }, { " a ", "`  a  `" },
		{ "a\nb\r\nc", "`a ⏎ b ⏎ c`" },
		{ "a\u2066b\x1b", "`a\ufffdb\ufffd`" },
		{ "一二三四五六七八九十一二三", "`一二三四五六七八九十一二`…" },
		/* The fence is that of what is shown. */
		{ "一二三四五六七八九十一二``", "`一二三四五六七八九十一二`…" },
	};

	(void)state;
	EXPECT(twelve, cases);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_escape__html_leaves_no_markup),
		cmocka_unit_test(test_escape__xml_holds_only_what_xml_can),
		cmocka_unit_test(test_escape__paths_keep_their_parts),
		cmocka_unit_test(test_escape__addresses_stay_what_they_are),
		cmocka_unit_test(test_escape__csv_quotes_and_defuses),
		cmocka_unit_test(test_escape__markdown_stays_text),
		cmocka_unit_test(test_escape__code_spans_hold_anything),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
