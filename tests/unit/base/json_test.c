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
#include "base/json.h"
#include "base/value.h"

struct fixture {
	struct arena arena;
	struct diag_list diags;
	struct buf out;
};

static void set_up(struct fixture *f)
{
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

static void test_json__reads_and_writes(void **state)
{
	static const struct {
		const char *read, *written;
	} cases[] = {
		{ "null", "null" }, { " true ", "true" }, { "false", "false" },
		{ "\"\"", "\"\"" }, { "[]", "[]" }, { "{}", "{}" },
		{ "-0.5e+10", "\"-0.5e+10\"" }, { "0", "\"0\"" },
		{ "12345678901234567890123", "\"12345678901234567890123\"" },
		{ "1E5", "\"1E5\"" }, { "[1 , 2]", "[\"1\",\"2\"]" },
		{ "{\"a\" : {\"b\":[null,[]]}}", "{\"a\":{\"b\":[null,[]]}}" },
		{ "\"浙\\u6c5f\\ud83d\\ude00\"", "\"浙江😀\"" },
		{ "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\\"\\\\/\\u0008\\u000c\\n\\r\\t\"" },
		{ "\"</script>\\u2028\\u0000\\u007f\"", "\"\\u003c/script>\\u2028\\u0000\\u007f\"" },
		{ "\xef\xbb\xbf{}", "{}" }, { "\r\n\t [\r\n]\n", "[]" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct value *value = NULL;
		struct fixture f;

		set_up(&f);
		assert_true(json_parse(&f.arena, STR("d"),
		    str_from(cases[i].read), &value, &f.diags));
		json_append(&f.out, value);
		assert_string_equal(f.out.ptr, cases[i].written);
		tear_down(&f);
	}
}

static void test_json__remembers_places(void **state)
{
	struct value *value = NULL;
	struct fixture f;

	(void)state;
	set_up(&f);
	assert_true(json_parse(&f.arena, STR("d"),
	    STR("{\n  \"名\": \"好\", \"x\": [1,\n2]}"), &value, &f.diags));
	assert_int_equal(value->map.fields[1].line, 2);
	assert_int_equal(value->map.fields[1].column, 13);
	assert_int_equal(value->map.fields[0].value->column, 8);
	assert_int_equal(value_find(value, STR("x"))->list.items[1]->line, 3);
	assert_int_equal(value_find(value, STR("x"))->list.items[1]->column, 1);
	tear_down(&f);
}

static void test_json__tells_faults_with_their_place(void **state)
{
	static const struct {
		const char *text, *id;
		uint32_t line, column;
	} cases[] = {
		{ "", "T0502", 1, 1 }, { "  ", "T0502", 1, 3 },
		{ "{", "T0502", 1, 2 }, { "[1", "T0502", 1, 3 },
		{ "\"a", "T0502", 1, 3 }, { "\"\\", "T0503", 1, 2 },
		{ "[1,]", "T0501", 1, 4 }, { "{\"a\":1,}", "T0501", 1, 8 },
		{ "{a:1}", "T0501", 1, 2 }, { "{\"a\" 1}", "T0501", 1, 6 },
		{ "[1 2]", "T0501", 1, 4 }, { "'a'", "T0501", 1, 1 },
		{ "tru", "T0501", 1, 1 }, { "nul", "T0501", 1, 1 },
		{ "{}{}", "T0501", 1, 3 }, { "[1] // no", "T0501", 1, 5 },
		{ "01", "T0504", 1, 1 }, { "-", "T0504", 1, 1 },
		{ "1.", "T0504", 1, 1 }, { "1e", "T0504", 1, 1 },
		{ "+1", "T0501", 1, 1 }, { "1x", "T0504", 1, 1 },
		{ "NaN", "T0501", 1, 1 }, { ".5", "T0501", 1, 1 },
		{ "\"a\nb\"", "T0503", 1, 3 }, { "\"\\x\"", "T0503", 1, 2 },
		{ "\"\\u12g4\"", "T0503", 1, 2 }, { "\"\\ud800\"", "T0503", 1, 2 },
		{ "\"\\udc00\"", "T0503", 1, 2 }, { "\"\\ud800\\u0041\"", "T0503", 1, 2 },
		{ "\"好\xff\"", "T0503", 1, 3 },
		{ "{\"a\":1,\n \"a\":2}", "T0506", 2, 2 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct value *value = NULL;
		const struct diagnostic *d;
		struct fixture f;

		set_up(&f);
		assert_false(json_parse(&f.arena, STR("d"),
		    str_from(cases[i].text), &value, &f.diags));
		assert_null(value);
		assert_int_equal(f.diags.items.count, 1);
		d = vec_at(&f.diags.items, 0);
		if (!str_eq(d->id, str_from(cases[i].id)) ||
		    d->mark.line != cases[i].line ||
		    d->mark.column != cases[i].column)
			fail_msg("%s: %.*s %u:%u", cases[i].text,
			    STR_ARG(d->id), d->mark.line, d->mark.column);
		tear_down(&f);
	}
}

static void test_json__limits_depth(void **state)
{
	char text[2 * JSON_DEPTH_MAX + 3];
	struct value *value = NULL;
	struct fixture f;

	(void)state;
	set_up(&f);
	memset(text, '[', JSON_DEPTH_MAX + 1);
	memset(text + JSON_DEPTH_MAX + 1, ']', JSON_DEPTH_MAX + 1);
	text[sizeof(text) - 1] = '\0';
	assert_true(json_parse(&f.arena, STR("d"),
	    str_slice(str_from(text), 1, sizeof(text) - 2), &value, &f.diags));
	assert_false(json_parse(&f.arena, STR("d"), str_from(text), &value,
	    &f.diags));
	assert_true(str_eq(((struct diagnostic *)f.diags.items.items)->id,
	    STR("T0505")));
	tear_down(&f);
}

static void test_json__takes_linear_time(void **state)
{
	struct value *value = NULL;
	struct timespec from, to;
	struct fixture f;
	struct buf text;

	(void)state;
	set_up(&f);
	buf_init(&text);
	buf_append_char(&text, '{');
	for (int i = 0; i < 50000; i++)
		buf_append_format(&text, "%s\"k%d\":[%d]", i ? "," : "", i, i);
	buf_append_char(&text, '}');
	clock_gettime(CLOCK_MONOTONIC, &from);
	assert_true(json_parse(&f.arena, STR("d"), buf_str(&text), &value,
	    &f.diags));
	clock_gettime(CLOCK_MONOTONIC, &to);
	assert_int_equal(value->map.count, 50000);
	assert_true(to.tv_sec - from.tv_sec < 5);
	buf_dispose(&text);
	tear_down(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_json__reads_and_writes),
		cmocka_unit_test(test_json__remembers_places),
		cmocka_unit_test(test_json__tells_faults_with_their_place),
		cmocka_unit_test(test_json__limits_depth),
		cmocka_unit_test(test_json__takes_linear_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
