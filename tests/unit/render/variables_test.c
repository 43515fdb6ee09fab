/* SPDX-License-Identifier: MIT */
/* The form of data, and templates held against it. */
#include "../memory.h"

#include "base/buf.h"
#include "base/json.h"
#include "render/template.h"
#include "render/variables.h"

static struct variable *form(struct fixture *f, const char *const *jsons)
{
	struct variable *variable = variable_new(&f->arena, STR_NONE);
	struct value *value;

	for (; *jsons != NULL; jsons++) {
		assert_true(json_parse(&f->arena, STR("x.json"),
		    str_from(*jsons), &value, &f->diags));
		variable_add(&f->arena, variable, value);
	}
	return variable;
}

/* What is written of data that came in several pieces. */
static void assert_form(const char *const *jsons, const char *wanted)
{
	struct variable *variable;
	struct fixture f;
	struct buf out;

	fixture_init(&f, NULL);
	variable = form(&f, jsons);
	buf_init(&out);
	variables_write(variable, NULL, &out);
	assert_str(buf_str(&out), wanted);
	buf_dispose(&out);
	variable_dispose(variable);
	fixture_dispose(&f);
}

#define ASSERT_FORM(wanted, ...) \
	assert_form((const char *const[]){ __VA_ARGS__, NULL }, wanted)

static void test_variables__are_written_by_kind(void **state)
{
	(void)state;
	ASSERT_FORM("flag?\nlist[] (a, b?)\nmap (x (y))\nname\nnumber#\n",
	    "{\"name\": \"n\", \"number\": \"12\", \"flag\": false,"
	    "\"map\": {\"x\": {\"y\": \"z\"}},"
	    "\"list\": [{\"a\": \"1a\"}, {\"b\": true}]}");
}

static void test_variables__add_up_over_pages(void **state)
{
	(void)state;
	ASSERT_FORM("a (b#, c)\nd[] (e#)\n", "{\"a\": {\"b\": \"1\"}, \"d\": []}",
	    "{\"a\": null}", "{\"a\": {\"c\": \"x\", \"b\": \"\"}}",
	    "{\"d\": [{\"e\": \"2.5\"}]}");
}

static void test_variables__are_nothing_if_always_empty(void **state)
{
	(void)state;
	ASSERT_FORM("a: nothing\nb[]: nothing\nc (d: nothing)\n",
	    "{\"a\": null, \"b\": [], \"c\": {\"d\": \"\"}}",
	    "{\"a\": \"\", \"c\": null}");
}

static void test_variables__are_numbers_only_if_always(void **state)
{
	(void)state;
	ASSERT_FORM("a\nb\nc\nd#\n",
	    "{\"a\": \"1\", \"b\": \"007\", \"c\": \"1234567890\","
	    "\"d\": \"0.5\"}",
	    "{\"a\": \"one\", \"d\": \"0\"}", "{\"a\": \"2\"}");
}

static void test_variables__leave_out_what_comes_of_itself(void **state)
{
	(void)state;
	ASSERT_FORM("has_more?\nlist[] (a)\n",
	    "{\"has_list\": true, \"has_more\": true, \"list\": [{\"a\": \"x\","
	    "\"first\": true, \"last\": true, \"index\": \"1\"}]}");
}

static void test_variables__name_forms_that_many_have(void **state)
{
	(void)state;
	ASSERT_FORM("day: date\nof (iso, text, zone)\nterm: term\nwords[]: text\n",
	    "{\"day\": {\"iso\": \"2026-06-30\", \"text\": \"x\"},"
	    "\"of\": {\"iso\": \"a\", \"text\": \"x\", \"zone\": \"z\"},"
	    "\"term\": {\"code\": \"c\", \"value\": \"v\", \"label\": \"l\"},"
	    "\"words\": [{\"text\": \"x\"}]}");
}

static void test_variables__have_in_common_what_all_have(void **state)
{
	static const char *const one[] = {
		"{\"a\": {\"x\": \"m\"}, \"b\": \"n\"}", NULL };
	static const char *const other[] = {
		"{\"a\": {\"y\": \"m\"}, \"c\": \"n\"}", NULL };
	struct variable *first, *second, *common;
	struct fixture f;
	struct buf out;

	(void)state;
	fixture_init(&f, NULL);
	first = form(&f, one);
	second = form(&f, other);
	common = variable_new(&f.arena, STR_NONE);
	variables_common(&f.arena, common, first, true);
	variables_common(&f.arena, common, second, false);
	buf_init(&out);
	variables_write(common, NULL, &out);
	variables_write(second, common, &out);
	assert_str(buf_str(&out), "a (x, y)\nc\n");
	buf_dispose(&out);
	variable_dispose(first);
	variable_dispose(second);
	variable_dispose(common);
	fixture_dispose(&f);
}

/* What is told of templates of the theme "own" that are given `json`; `page` is
 * the first of them. */
static void assert_told(const struct memory_file *files, const char *json,
    const char *wanted)
{
	static const struct template_folder folders[] = {
		{ { "own", 3 }, { "own", 3 } },
		{ { "other", 5 }, { "other", 5 } }
	};
	const char *const jsons[] = { json, NULL };
	struct template_set *set;
	struct variable *given;
	struct fixture f;

	fixture_init(&f, files);
	assert_true(template_set_open(&f.arena, &f.reader, folders, 2, &set,
	    &f.diags));
	given = form(&f, jsons);
	template_names_follow(template_find(set, STR("page")), given);
	template_names_tell(set, &f.diags);
	assert_string_equal(found(&f), wanted);
	variable_dispose(given);
	fixture_dispose(&f);
}

static void assert_page(const char *page, const char *json,
    const char *wanted)
{
	const struct memory_file files[] = {
		{ "own/page.mustache", page }, { NULL, NULL }
	};

	assert_told(files, json, wanted);
}

static void test_names__lead_through_sections(void **state)
{
	(void)state;
	assert_page("{{a}}{{b}}{{#c}}{{d}}{{a}}{{e}}{{/c}}",
	    "{\"a\": \"x\", \"c\": [{\"d\": \"y\"}]}", "T0116@1:6 T0116@1:27");
	assert_page("{{a.b}}{{a.c}}{{a.b.c}}",
	    "{\"a\": {\"b\": \"x\"}}", "T0116@1:8 T0116@1:15");
	assert_page("{{#a}}{{.}}{{/a}}{{^a}}{{b}}{{/a}}", "{\"a\": \"x\"}",
	    "T0116@1:24");
	/* What is in a section that nobody opens is never come to. */
	assert_page("{{#a}}{{b}}{{/a}}", "{\"c\": \"x\"}", "T0116@1:1");
}

static void test_names__may_be_any_in_what_is_always_empty(void **state)
{
	(void)state;
	assert_page("{{#a}}{{b}}{{/a}}{{c.d}}{{#e}}{{f}}{{/e}}{{g}}",
	    "{\"a\": [], \"c\": null, \"e\": {\"h\": \"\"}}",
	    "T0116@1:31 T0116@1:42");
}

static void test_names__are_followed_into_partials_and_blocks(void **state)
{
	static const struct memory_file files[] = {
		{ "own/page.mustache",
		    "{{<lay}}{{$main}}{{#a}}{{>part}}{{/a}}{{/main}}{{/lay}}" },
		{ "own/lay.mustache",
		    "{{top}}{{$main}}{{unseen}}{{/main}}{{>part}}" },
		{ "own/part.mustache", "{{b}}{{c}}{{#b}}{{>part}}{{/b}}" },
		{ NULL, NULL }
	};

	(void)state;
	/* `b` leads somewhere at one of the two places that show it. */
	assert_told(files, "{\"a\": {\"b\": \"x\"}, \"top\": \"y\"}",
	    "T0116@1:6");
}

static void test_names__are_told_of_the_theme_itself(void **state)
{
	static const struct memory_file files[] = {
		{ "own/page.mustache", "{{a}}{{>part}}" },
		{ "other/part.mustache", "{{b}}" }, { NULL, NULL }
	};

	(void)state;
	assert_told(files, "{\"c\": \"x\"}", "T0116@1:1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_variables__are_written_by_kind),
		cmocka_unit_test(test_variables__add_up_over_pages),
		cmocka_unit_test(test_variables__are_nothing_if_always_empty),
		cmocka_unit_test(test_variables__are_numbers_only_if_always),
		cmocka_unit_test(
		    test_variables__leave_out_what_comes_of_itself),
		cmocka_unit_test(test_variables__name_forms_that_many_have),
		cmocka_unit_test(test_variables__have_in_common_what_all_have),
		cmocka_unit_test(test_names__lead_through_sections),
		cmocka_unit_test(
		    test_names__may_be_any_in_what_is_always_empty),
		cmocka_unit_test(
		    test_names__are_followed_into_partials_and_blocks),
		cmocka_unit_test(test_names__are_told_of_the_theme_itself),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
