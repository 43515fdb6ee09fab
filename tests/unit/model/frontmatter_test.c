/* SPDX-License-Identifier: MIT */
#include "model/frontmatter.h"

#include <string.h>
#include <time.h>

#include "../memory.h"
#include "base/buf.h"
#include "base/value.h"

#define S(literal) { literal, sizeof(literal) - 1 }

static bool parse_str(struct fixture *f, struct str text,
    struct frontmatter *out)
{
	struct frontmatter_limits limits = FRONTMATTER_LIMITS_DEFAULT;

	fixture_init(f, NULL);
	return frontmatter_parse(&f->arena, STR("a.md"),
	    str_dup(&f->arena, text), &limits, out, &f->diags);
}

static bool parse(struct fixture *f, const char *text, struct frontmatter *out)
{
	return parse_str(f, str_from(text), out);
}

static void assert_mark(const struct value *root, const char *path,
    unsigned line, unsigned column)
{
	const struct value *value = value_find(root, str_from(path));

	assert_non_null(value);
	assert_int_equal(value->line, line);
	assert_int_equal(value->column, column);
}

static void test_frontmatter_parse__keeps_text_and_marks(void **state)
{
	struct frontmatter out;
	struct fixture f;

	(void)state;
	assert_true(parse(&f,
	    "---\n"
	    "标题: 甲、乙 # note\n"
	    "no: 0123\n"
	    "yes: no\n"
	    "map: { k: v, l: [一, 二] }\n"
	    "list:\n"
	    "  - a: 1\n"
	    "    b: 2\n"
	    "  - x\n"
	    "---\n"
	    "body\n", &out));
	assert_str(value_text_at(out.data, STR("标题")), "甲、乙");
	assert_str(value_text_at(out.data, STR("no")), "0123");
	assert_str(value_text_at(out.data, STR("yes")), "no");
	assert_mark(out.data, "标题", 2, 5);
	assert_mark(out.data, "map.k", 5, 11);
	assert_mark(out.data, "map.l", 5, 17);
	assert_mark(out.data, "list", 7, 3);
	assert_int_equal(out.data->map.fields[4].line, 6);
	assert_int_equal(out.data->map.fields[4].column, 1);
	assert_int_equal(value_count(value_get(out.data, STR("list"))), 2);
	assert_str(out.body, "body\n");
	assert_int_equal(out.body_line, 11);
	fixture_dispose(&f);
}

static void test_frontmatter_parse__marks_the_first_letter_of_a_scalar(
    void **state)
{
	struct frontmatter out;
	struct fixture f;

	(void)state;
	assert_true(parse(&f,
	    "---\n"
	    "a: \"q\"\n"
	    "b: 'q'\n"
	    "c: |\n"
	    "\n"
	    "  one\n"
	    "  two\n"
	    "d: >- # note\n"
	    "    one\n"
	    "    two\n"
	    "e:\n"
	    "  - |\n"
	    "    x\n"
	    "f: |\n"
	    "---\n", &out));
	assert_mark(out.data, "a", 2, 5);
	assert_mark(out.data, "b", 3, 5);
	assert_mark(out.data, "c", 6, 3);
	assert_str(value_text_at(out.data, STR("c")), "\none\ntwo\n");
	assert_mark(out.data, "d", 9, 5);
	assert_str(value_text_at(out.data, STR("d")), "one two");
	assert_int_equal(value_get(out.data, STR("e"))->list.items[0]->line,
	    13);
	assert_mark(out.data, "f", 14, 4);
	fixture_dispose(&f);
}

static void test_frontmatter_parse__tells_no_value_from_empty_text(
    void **state)
{
	struct frontmatter out;
	struct fixture f;

	(void)state;
	assert_true(parse(&f, "---\na:\nb: ''\nc: \"\"\nd: ~\ne: null\n---\n",
	    &out));
	assert_int_equal(value_get(out.data, STR("a"))->kind, VALUE_NULL);
	assert_int_equal(value_get(out.data, STR("b"))->kind, VALUE_TEXT);
	assert_int_equal(value_get(out.data, STR("c"))->kind, VALUE_TEXT);
	assert_str(value_text_at(out.data, STR("d")), "~");
	assert_str(value_text_at(out.data, STR("e")), "null");
	fixture_dispose(&f);
}

static void test_frontmatter_parse__takes_crlf_and_bom(void **state)
{
	struct str text = STR("\xef\xbb\xbf---\r\na: 一\r\nb: |\r\n  x\r\n"
	    "  y\r\n--- \r\none\r\ntwo\r\n");
	struct frontmatter out;
	struct fixture f;

	(void)state;
	assert_true(parse_str(&f, text, &out));
	assert_str(value_text_at(out.data, STR("a")), "一");
	assert_str(value_text_at(out.data, STR("b")), "x\ny\n");
	assert_mark(out.data, "b", 4, 3);
	assert_str(out.body, "one\ntwo\n");
	assert_int_equal(out.body_line, 7);
	assert_str(frontmatter_body(&f.arena, text, out.body_offset,
	    out.body_size), "one\ntwo\n");
	assert_str(frontmatter_body(&f.arena, STR("short"), out.body_offset,
	    out.body_size), "");
	fixture_dispose(&f);
}

static const struct {
	struct str text;
	const char *expected;
} faults[] = {
	/* fences */
	{ S(""), "Y0103@0:0" },
	{ S(" \n\n"), "Y0103@0:0" },
	{ S("# title\n"), "Y0101@1:1" },
	{ S("---"), "Y0102@1:1" },
	{ S("---\na: 1\n"), "Y0102@1:1" },
	{ S("---\na: 1\n --- \n"), "Y0102@1:1" },
	{ S("---\n---\n"), "Y0104@2:1" },
	{ S("---\n# note\n---\n"), "Y0104@2:1" },
	{ S("---\n- a\n---\n"), "Y0105@2:1" },
	{ S("---\nhello\n---\n"), "Y0105@2:1" },
	/* what is left out of YAML; all of it in one run */
	{ S("---\na: 1\nb: 2\na: 3\nm: {x: 1, x: 2}\na: 4\n---\n"),
	    "Y0106@4:1 Y0106@5:11 Y0106@6:1" },
	{ S("---\na: &x 1\nb: *x\nc: [*x, &y z]\n*x : 3\n---\n"),
	    "Y0110@2:4 Y0109@3:4 Y0109@4:5 Y0110@4:9 Y0109@5:1" },
	{ S("---\na: !!str 1\nb: !foo {x: 1}\nc: !x [y]\n---\n"),
	    "Y0111@2:4 Y0111@3:4 Y0111@4:4" },
	{ S("---\na:\n  <<: {b: 1}\n---\n"), "Y0112@3:3" },
	{ S("---\n? [a, b]\n: 1\n{x: 1}: 2\n---\n"), "Y0113@2:3 Y0113@4:1" },
	{ S("---\na: {: x}\n---\n"), "Y0115@2:5" },
	{ S("---\n? \n: y\n\"\": z\n---\n"), "Y0115@2:2 Y0115@4:1" },
	{ S("---\n: x\n---\n"), "Y0115@2:1" },
	{ S("---\na: 1\n...\nb: 2\n---\n"), "Y0114@4:1" },
	/* syntax */
	{ S("---\na:\n\tb: 1\n\tc: 2\nd: 1\n---\n"), "Y0120@3:1 Y0120@4:1" },
	{ S("---\na: |\n\tx\n---\n"), "Y0120@3:1" },
	{ S("---\na: *重点*\n---\n"), "Y0121@2:4" },
	{ S("---\na: @x\n---\n"), "Y0121@2:4" },
	{ S("---\na: %x\n---\n"), "Y0121@2:4" },
	{ S("---\na: [b,, c]\n---\n"), "Y0121@2:7" },
	{ S("---\na: b: c\n---\n"), "Y0122@2:5" },
	{ S("---\na: 1\n  b: 2\n---\n"), "Y0122@3:4" },
	{ S("---\na: 1\nb\nc: 2\n---\n"), "Y0123@3:1" },
	{ S("---\n标题：甲\nb: 1\n---\n"), "Y0123@2:1" },
	{ S("---\n标题：甲\n\n# 说明\nb: 1\n---\n"), "Y0123@2:1" },
	{ S("---\n# 说明\n标题：甲\n# 说明\nb: 1\n---\n"), "Y0123@3:1" },
	{ S("---\n  a: 1\nb: 2\n---\n"), "Y0124@3:1" },
	{ S("---\n- a\nb: 2\n---\n"), "Y0124@3:1" },
	{ S("---\na:\n    b: 1\n  c: 2\n---\n"), "Y0124@4:3" },
	{ S("---\na: \"b\" c\nd: 1\n---\n"), "Y0124@2:8" },
	{ S("---\na: [b, c\nd: 1\n---\n"), "Y0125@3:2" },
	{ S("---\na: {b: c]\nd: 1\n---\n"), "Y0125@2:9" },
	{ S("---\na: [b,\n---\n"), "Y0125@3:1" },
	{ S("---\na: \"b\nc: 1\n---\n"), "Y0126@2:4" },
	{ S("---\na: 'b\nc: 1\n---\n"), "Y0126@2:4" },
	{ S("---\na: \"\\q\"\n---\n"), "Y0127@2:5" },
	{ S("---\na: \"\\ud800\"\n---\n"), "Y0127@2:7" },
	{ S("---\na: - b\n---\n"), "Y0128@2:4" },
	{ S("---\na: | text\n---\n"), "Y0129@2:6" },
	/* characters, in front matter and body, and the YAML nevertheless */
	{ S("---\na: \xff\nb: 1\nb: 2\n---\nx\xe4\xb8\n"),
	    "Y0201@2:4 Y0106@4:1 Y0201@6:2 Y0201@6:3" },
	{ S("\xff\xfe-\0-\0"), "Y0202@0:0" },
	{ S("---\na: x\0y\nb: 1\nb: 2\n---\n\0"),
	    "Y0203@2:5 Y0106@4:1 Y0203@6:1" },
	{ S("---\na: 一\x07\n---\n\x1b\n"), "Y0204@2:5 Y0204@4:1" },
	{ S("---\na: x\xe2\x80\xaey\n---\nbody \xe2\x81\xa7\n"),
	    "Y0205@2:5 Y0205@4:6" },
	{ S("---\na: \"x\\u202ey\"\nb: \"\\0\"\n\"\\u200f\": 1\n---\n"),
	    "Y0205@2:4 Y0203@3:4 Y0205@4:1" },
	{ S("---\na: x\xe2\x80\xa8y\n---\nb\xc2\x85\rc\n"),
	    "Y0206@2:5 Y0206@4:2 Y0206@4:3" },
	{ S("no front matter\x01\n"), "Y0101@1:1 Y0204@1:16" },
	{ S("---\na: b: c\n---\n\x01\n"), "Y0122@2:5 Y0204@4:1" },
	{ S("---\na: 1\n---\n\1\1\1\1\1\1\1\1\1\1\1\1"),
	    "Y0207@0:0 Y0204@4:1 Y0204@4:2 Y0204@4:3 Y0204@4:4 Y0204@4:5 "
	    "Y0204@4:6 Y0204@4:7 Y0204@4:8 Y0204@4:9 Y0204@4:10" },
};

static void test_frontmatter_parse__names_each_fault_and_its_place(
    void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		struct frontmatter out = { .body_line = 77 };
		struct fixture f;

		assert_false(parse_str(&f, faults[i].text, &out));
		assert_string_equal(found(&f), faults[i].expected);
		/* Outputs are untouched when something is wrong. */
		assert_int_equal(out.body_line, 77);
		fixture_dispose(&f);
	}
}

static void test_frontmatter_parse__says_what_and_where_it_began(void **state)
{
	struct frontmatter out;
	struct fixture f;

	(void)state;
	assert_false(parse(&f, "---\nb: 1\na: [b, c\nd: 1\n---\n", &out));
	assert_string_equal(message(&f, "Y0125", LANG_EN),
	    "what the bracket on line 3 opens is not continued here by ',' or "
	    "closed");
	fixture_dispose(&f);
	assert_false(parse(&f, "---\na: @x\n---\n", &out));
	assert_string_equal(message(&f, "Y0121", LANG_ZH),
	    "值不能以“@”开头");
	fixture_dispose(&f);
}

/* `before`, `count` times `piece`, `after`. */
static struct str repeat(struct buf *buf, const char *before,
    const char *piece, size_t count, const char *after)
{
	buf_init(buf);
	buf_append_cstr(buf, before);
	for (size_t i = 0; i < count; i++)
		buf_append_cstr(buf, piece);
	buf_append_cstr(buf, after);
	return buf_str(buf);
}

static void test_frontmatter_parse__allows_sixteen_levels(void **state)
{
	struct frontmatter out;
	struct fixture f;
	struct buf buf;

	(void)state;
	assert_true(parse_str(&f, repeat(&buf, "---\na: ", "[", 15,
	    "]]]]]]]]]]]]]]]\n---\n"), &out));
	fixture_dispose(&f);
	buf_dispose(&buf);
	assert_false(parse_str(&f, repeat(&buf, "---\na: ", "[", 16,
	    "]]]]]]]]]]]]]]]]\nb: 1\nb: 2\n---\n"), &out));
	assert_string_equal(found(&f), "Y0107@2:19 Y0106@4:1");
	fixture_dispose(&f);
	buf_dispose(&buf);
}

static void test_frontmatter_parse__refuses_a_file_over_the_limit(void **state)
{
	struct frontmatter_limits limits = { 1024, 16 };
	struct frontmatter out;
	struct fixture f;
	struct buf buf;

	(void)state;
	fixture_init(&f, NULL);
	assert_false(frontmatter_parse(&f.arena, STR("a.md"),
	    repeat(&buf, "---\na: 1\n---\n", "x", 2000, ""), &limits, &out,
	    &f.diags));
	assert_string_equal(found(&f), "Y0108@0:0");
	assert_string_equal(message(&f, "Y0108", LANG_EN),
	    "the file has 2 KiB; at most 1 KiB are allowed");
	fixture_dispose(&f);
	buf_dispose(&buf);
}

/* Each of these takes minutes where the effort grows with the square. */
static void test_frontmatter_parse__is_not_slow_on_hostile_input(void **state)
{
	static const struct {
		const char *before, *piece, *after;
		size_t count;
	} cases[] = {
		{ "---\na: ", "[", "\n---\n", 500000 },
		{ "---\na: ", "{a: ", "\n---\n", 120000 },
		{ "---\n", "? ", "\n---\n", 250000 },
		{ "---\na:\n", "- ", "\n---\n", 250000 },
		{ "---\na: [", "a,", "]\n---\n", 240000 },
		{ "---\n", "k: 1\n", "---\n", 100000 },
		{ "---\na:\n", "- |\n x\n", "---\n", 70000 },
		{ "---\na: 1\n---\n", "\x01", "", 500000 },
		{ "---\na: \"", "\\\"", "\"\n---\n", 250000 },
	};
	clock_t start = clock();

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct frontmatter out;
		struct fixture f;
		struct buf buf;

		(void)!parse_str(&f, repeat(&buf, cases[i].before,
		    cases[i].piece, cases[i].count, cases[i].after), &out);
		fixture_dispose(&f);
		buf_dispose(&buf);
	}
	assert_true((clock() - start) / CLOCKS_PER_SEC < 30);
}

static void test_frontmatter_parse__finds_a_duplicate_among_many_keys(
    void **state)
{
	struct frontmatter out;
	struct fixture f;
	struct buf buf;

	(void)state;
	buf_init(&buf);
	buf_append_cstr(&buf, "---\n");
	for (int i = 0; i < 5000; i++)
		buf_append_format(&buf, "k%d: 1\n", i);
	buf_append_cstr(&buf, "k7: 1\nk4999: 1\n---\n");
	assert_false(parse_str(&f, buf_str(&buf), &out));
	assert_string_equal(found(&f), "Y0106@5002:1 Y0106@5003:1");
	assert_string_equal(message(&f, "Y0106", LANG_EN),
	    "'k7' was already given on line 9");
	fixture_dispose(&f);
	buf_dispose(&buf);
}

static void test_yaml_parse__reads_bare_yaml_and_json(void **state)
{
	struct frontmatter_limits limits = FRONTMATTER_LIMITS_DEFAULT;
	struct value *root;
	struct fixture f;

	(void)state;
	fixture_init(&f, NULL);
	assert_true(yaml_parse(&f.arena, STR("a.yaml"),
	    STR("# note\n---\na: 1\nb: { c: x }\n"), &limits, &root,
	    &f.diags));
	assert_str(value_text_at(root, STR("b.c")), "x");
	assert_mark(root, "a", 3, 4);
	assert_true(yaml_parse(&f.arena, STR("a.json"),
	    STR("{\"a\": [1, true, \"\\u4e00\"],\n \"b\": null}"), &limits,
	    &root, &f.diags));
	assert_str(value_get(root, STR("a"))->list.items[2]->text, "一");
	assert_str(value_text_at(root, STR("b")), "null");
	fixture_dispose(&f);
}

static void test_yaml_parse__names_each_fault_and_its_place(void **state)
{
	static const struct {
		struct str text;
		const char *expected;
	} cases[] = {
		{ S(""), "Y0103@0:0" },
		{ S("# nothing\n"), "Y0104@1:1" },
		{ S("a: 1\n---\nb: 2\n---\nc: 3\n"), "Y0114@2:1" },
		{ S("- a\n"), "Y0105@1:1" },
		{ S("a: 1\na: 2\n"), "Y0106@2:1" },
		{ S("\xef\xbb\xbf" "a: \x02\n"), "Y0204@1:4" },
		{ S("a: [1\n"), "Y0125@2:1" },
	};
	struct frontmatter_limits limits = FRONTMATTER_LIMITS_DEFAULT;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct value *root = NULL;
		struct fixture f;

		fixture_init(&f, NULL);
		assert_false(yaml_parse(&f.arena, STR("a.yaml"),
		    cases[i].text, &limits, &root, &f.diags));
		assert_string_equal(found(&f), cases[i].expected);
		assert_null(root);
		fixture_dispose(&f);
	}
}

#define TEST(name) cmocka_unit_test(test_##name)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(frontmatter_parse__keeps_text_and_marks),
		TEST(frontmatter_parse__marks_the_first_letter_of_a_scalar),
		TEST(frontmatter_parse__tells_no_value_from_empty_text),
		TEST(frontmatter_parse__takes_crlf_and_bom),
		TEST(frontmatter_parse__names_each_fault_and_its_place),
		TEST(frontmatter_parse__says_what_and_where_it_began),
		TEST(frontmatter_parse__allows_sixteen_levels),
		TEST(frontmatter_parse__refuses_a_file_over_the_limit),
		TEST(frontmatter_parse__is_not_slow_on_hostile_input),
		TEST(frontmatter_parse__finds_a_duplicate_among_many_keys),
		TEST(yaml_parse__reads_bare_yaml_and_json),
		TEST(yaml_parse__names_each_fault_and_its_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
