/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "commands/serve/http.h"

static void test_http__paths_stay_below_the_site(void **state)
{
	static const struct {
		const char *target, *path;	/* NULL: refused */
	} cases[] = {
		{ "/", "" }, { "/a", "a" }, { "/a/", "a/" },
		{ "/a/b.html", "a/b.html" }, { "/%E5%A5%BD/", "好/" },
		{ "/a%2Fb", "a/b" }, { "/a%20b", "a b" }, { "/a%25", "a%" },
		{ "", NULL }, { "a", NULL }, { "*", NULL }, { "//", NULL },
		{ "//a", NULL }, { "/a//b", NULL }, { "/..", NULL },
		{ "/../a", NULL }, { "/a/../b", NULL }, { "/a/..", NULL },
		{ "/.", NULL }, { "/a/./b", NULL }, { "/%2e%2e/a", NULL },
		{ "/a%2f..%2fb", NULL }, { "/a%00", NULL }, { "/a%0a", NULL },
		{ "/a\\b", NULL }, { "/a%5cb", NULL }, { "/%", NULL },
		{ "/%2", NULL }, { "/%zz", NULL }, { "/%ff", NULL },
	};
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct str path = STR("untouched");
		bool good = http_path(&arena, str_from(cases[i].target), &path);

		if (good != (cases[i].path != NULL) || !str_eq(path,
		    good ? str_from(cases[i].path) : STR("untouched")))
			fail_msg("%s", cases[i].target);
	}
	arena_dispose(&arena);
}

static void test_http__knows_types_by_ending(void **state)
{
	(void)state;
	assert_true(str_eq(http_content_type(STR("a/index.html")),
	    STR("text/html; charset=utf-8")));
	assert_true(str_eq(http_content_type(STR("feed.atom")),
	    STR("application/atom+xml; charset=utf-8")));
	assert_true(str_eq(http_content_type(STR("r.ics")),
	    STR("text/calendar; charset=utf-8")));
	assert_true(str_eq(http_content_type(STR("achievements.jsonl")),
	    STR("application/jsonl")));
	assert_true(str_eq(http_content_type(STR("a.b/c")),
	    STR("application/octet-stream")));
	assert_true(str_eq(http_content_type(STR("x.HTML")),
	    STR("application/octet-stream")));
}

static void test_http__reads_ranges(void **state)
{
	static const struct {
		const char *field;
		uint64_t size;
		enum http_range range;
		uint64_t first, last;
	} cases[] = {
		{ "bytes=0-0", 10, HTTP_PART, 0, 0 },
		{ "bytes=0-9", 10, HTTP_PART, 0, 9 },
		{ "bytes=2-", 10, HTTP_PART, 2, 9 },
		{ "bytes=9-20", 10, HTTP_PART, 9, 9 },
		{ "bytes=-3", 10, HTTP_PART, 7, 9 },
		{ "bytes=-30", 10, HTTP_PART, 0, 9 },
		{ " bytes= 1 - 2 ", 10, HTTP_PART, 1, 2 },
		{ "bytes=5-99999999999999999999999", 10, HTTP_PART, 5, 9 },
		{ "bytes=10-", 10, HTTP_UNSATISFIABLE, 0, 0 },
		{ "bytes=99999999999999999999999-", 10, HTTP_UNSATISFIABLE, 0, 0 },
		{ "bytes=-0", 10, HTTP_UNSATISFIABLE, 0, 0 },
		{ "bytes=0-", 0, HTTP_UNSATISFIABLE, 0, 0 },
		{ "bytes=-5", 0, HTTP_UNSATISFIABLE, 0, 0 },
		{ "", 10, HTTP_WHOLE, 0, 0 }, { "bytes", 10, HTTP_WHOLE, 0, 0 },
		{ "bytes=", 10, HTTP_WHOLE, 0, 0 },
		{ "bytes=-", 10, HTTP_WHOLE, 0, 0 },
		{ "bytes=3", 10, HTTP_WHOLE, 0, 0 },
		{ "bytes=5-2", 10, HTTP_WHOLE, 0, 0 },
		{ "bytes=a-b", 10, HTTP_WHOLE, 0, 0 },
		{ "bytes=0-1,3-4", 10, HTTP_WHOLE, 0, 0 },
		{ "bytes=--1", 10, HTTP_WHOLE, 0, 0 },
		{ "items=0-1", 10, HTTP_WHOLE, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		uint64_t first = 0, last = 0;
		enum http_range range = http_range(str_from(cases[i].field),
		    cases[i].size, &first, &last);

		if (range != cases[i].range || first != cases[i].first ||
		    last != cases[i].last)
			fail_msg("%s", cases[i].field);
	}
}

static void test_http__compares_validators(void **state)
{
	struct str tag = STR("\"a-1\"");
	time_t then = 784111777;

	(void)state;
	assert_true(http_none_match(STR("\"a-1\""), tag));
	assert_true(http_none_match(STR("\"b\" , W/\"a-1\""), tag));
	assert_true(http_none_match(STR(" * "), tag));
	assert_false(http_none_match(STR("\"a\", a-1"), tag));
	assert_true(http_if_range(STR_NONE, tag, then));
	assert_true(http_if_range(STR("\"a-1\""), tag, then));
	assert_false(http_if_range(STR("W/\"a-1\""), tag, then));
	assert_true(http_if_range(STR("Sun, 06 Nov 1994 08:49:37 GMT"), tag,
	    then));
	assert_false(http_if_range(STR("Sun, 06 Nov 1994 08:49:38 GMT"), tag,
	    then));
	assert_true(http_not_modified(STR("Sun, 06 Nov 1994 08:49:37 GMT"),
	    then));
	assert_false(http_not_modified(STR("Sun, 06 Nov 1994 08:49:36 GMT"),
	    then));
	assert_false(http_not_modified(STR("yesterday"), then));
}

static void test_http__writes_the_dates_it_reads(void **state)
{
	static const time_t times[] = { 0, 784111777, 951782399, 951782400,
		1795232255, 4102444800 };
	static const char *const wrong[] = { "", "Sun, 06 Nov 1994 08:49:37",
		"Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
		"Sun, 06 Nox 1994 08:49:37 GMT", "Sun, 32 Nov 1994 08:49:37 GMT",
		"Sun, 06 Nov 1994 24:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 CST",
		"Sun, -6 Nov 1994 08:49:37 GMT" };
	char date[HTTP_DATE_SIZE];
	time_t back = 0;

	(void)state;
	http_date(784111777, date);
	assert_string_equal(date, "Sun, 06 Nov 1994 08:49:37 GMT");
	for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
		http_date(times[i], date);
		assert_true(http_date_parse(str_from(date), &back));
		assert_int_equal(back, times[i]);
	}
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_false(http_date_parse(str_from(wrong[i]), &back));
}

static void test_http__answers_to_its_own_names_only(void **state)
{
	static const char *const ours[] = { "localhost", "localhost:8000",
		"LOCALHOST", "127.0.0.1:1", "[::1]", "[::1]:8000",
		"preview.example:8000", "Preview.Example" };
	static const char *const foreign[] = { "", "evil.example",
		"localhost.evil.example", "127.0.0.1.evil.example", "[::2]",
		"::1", "preview.example.evil", "localhost@evil.example",
		"localhost:evil" };

	(void)state;
	for (size_t i = 0; i < sizeof(ours) / sizeof(ours[0]); i++)
		assert_true(http_host_is_ours(str_from(ours[i]),
		    STR("preview.example")));
	for (size_t i = 0; i < sizeof(foreign) / sizeof(foreign[0]); i++)
		assert_false(http_host_is_ours(str_from(foreign[i]),
		    STR("preview.example")));
	assert_true(http_host_is_ours(STR("[fe80::1]:80"), STR("fe80::1")));
	assert_false(http_host_is_ours(STR(""), STR_NONE));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_http__paths_stay_below_the_site),
		cmocka_unit_test(test_http__knows_types_by_ending),
		cmocka_unit_test(test_http__reads_ranges),
		cmocka_unit_test(test_http__compares_validators),
		cmocka_unit_test(test_http__writes_the_dates_it_reads),
		cmocka_unit_test(test_http__answers_to_its_own_names_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
