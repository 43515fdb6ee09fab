/* SPDX-License-Identifier: MIT */
#include "../memory.h"

#include "schema/xpath_scan.h"

/* One letter and the text for each token: "n:a s:/ n:b". */
static void assert_tokens(const char *text, const char *expected)
{
	static const char letters[] = { 'e', 'n', 'o', 'v', 'l', 'd', 's' };
	struct xpath_scan scan;
	struct str all = STR_NONE;
	struct arena arena;

	arena_init(&arena);
	xpath_scan_init(&scan, str_from(text));
	while (xpath_next(&scan))
		all = str_format(&arena, "%.*s%s%c:%.*s%s", STR_ARG(all),
		    all.len > 0 ? " " : "", letters[scan.token.kind],
		    STR_ARG(scan.token.text), xpath_is_call(&scan) ? "()" :
		    "");
	assert_string_equal(str_cstr(&arena, all), expected);
	assert_false(xpath_next(&scan));
	arena_dispose(&arena);
}

static void test_xpath_scan__tokens_are_told_apart(void **state)
{
	(void)state;
	assert_tokens("", "");
	assert_tokens("  a/b // @c", "n:a s:/ n:b s:// s:@ n:c");
	assert_tokens("z:code('x y', ., \"z\") != ''",
	    "n:z:code() s:( l:'x y' s:, s:. s:, l:\"z\" s:) s:!= l:''");
	assert_tokens("$a-b + $z:c", "v:a-b s:+ v:z:c");
	assert_tokens("1.5*.5 - 2.", "d:1.5 s:* d:.5 s:- d:2.");
	assert_tokens("child::a/.. | self::node()",
	    "n:child s::: n:a s:/ s:.. s:| n:self s::: n:node s:( s:)");
	assert_tokens("a[1]<=b", "n:a s:[ d:1 s:] s:<= n:b");
	assert_tokens("名称/值", "n:名称 s:/ n:值");
	assert_tokens("p:*", "n:p:*");
}

/* XPath 1.0, section 3.7. */
static void test_xpath_scan__operators_are_known_by_their_place(void **state)
{
	(void)state;
	assert_tokens("and and and", "n:and o:and n:and");
	assert_tokens("* * *", "n:* s:* n:*");
	assert_tokens("a[*] or (b)", "n:a s:[ n:* s:] o:or s:( n:b s:)");
	assert_tokens("not (div div mod)", "n:not() s:( n:div o:div n:mod s:)");
	assert_tokens(". and ..", "s:. o:and s:..");
	assert_tokens("@or or $or", "s:@ n:or o:or v:or");
}

static void test_xpath_scan__what_is_no_token_ends_it(void **state)
{
	(void)state;
	assert_tokens("a ' b", "n:a");
	assert_tokens("a # b", "n:a");
	assert_tokens("$", "");
	assert_tokens("a!b", "n:a");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_xpath_scan__tokens_are_told_apart),
		cmocka_unit_test(
		    test_xpath_scan__operators_are_known_by_their_place),
		cmocka_unit_test(test_xpath_scan__what_is_no_token_ends_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
