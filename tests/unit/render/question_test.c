/* SPDX-License-Identifier: MIT */
#include "render/question.h"

#include "../memory.h"

#include "base/buf.h"
#include "base/value.h"
#include "model/codes.h"
#include "render/page.h"
#include "render/template.h"

static void test_a_question__is_taken_down_once(void **state)
{
	struct questions questions;
	struct fixture f;

	(void)state;
	fixture_init(&f, NULL);
	questions_init(&questions, &f.arena);
	questions_add(&questions, ASKED_QUERY, 7, STR("a"), 1);
	questions_add(&questions, ASKED_QUERY, 7, STR("a"), 1);
	questions_add(&questions, ASKED_QUERY, 8, STR("a"), 1);
	questions_add(&questions, ASKED_FILE, 7, STR("a"), 1);
	questions_add(NULL, ASKED_FILE, 0, STR("b"), 1);
	assert_int_equal(questions.items.count, 3);
	questions_dispose(&questions);
	fixture_dispose(&f);
}

static void test_questions__come_back_from_bytes(void **state)
{
	const struct question asked = { ASKED_QUERY, 3, STR("subject"),
		UINT64_C(0x123456789abcdef0) };
	struct question got;
	struct buf bytes;
	struct str rest;

	(void)state;
	buf_init(&bytes);
	question_pack(&bytes, &asked);
	rest = buf_str(&bytes);
	assert_true(question_unpack(&rest, &got));
	assert_int_equal(got.kind, asked.kind);
	assert_int_equal(got.query, asked.query);
	assert_true(str_eq(got.subject, asked.subject));
	assert_true(got.answer == asked.answer);
	assert_int_equal(rest.len, 0);
	rest = str_slice(buf_str(&bytes), 0, bytes.len - 1);
	assert_false(question_unpack(&rest, &got));
	buf_dispose(&bytes);
}

static void test_parameters__come_back_in_their_places(void **state)
{
	const struct str params[] = { STR("a"), STR(""), STR("c d") };
	struct str got[QUESTION_PARAMS];
	struct fixture f;

	(void)state;
	fixture_init(&f, NULL);
	assert_int_equal(question_params(question_subject(&f.arena, params, 3),
	    got), 3);
	for (size_t i = 0; i < 3; i++)
		assert_true(str_eq(got[i], params[i]));
	assert_int_equal(question_params(STR_NONE, got), 0);
	fixture_dispose(&f);
}

static bool has_asked(const struct questions *questions,
    enum question_kind kind)
{
	for (size_t i = 0; i < questions->items.count; i++)
		if (((struct question *)vec_at(&questions->items, i))->kind ==
		    kind)
			return true;
	return false;
}

static void test_a_day_to_come__is_asked_for_and_one_gone_is_not(void **state)
{
	struct questions questions;
	struct fixture f;
	struct site site = { .as_of = STR("2026-06-30") };

	(void)state;
	fixture_init(&f, NULL);
	questions_init(&questions, &f.arena);
	site.wording.questions = &questions;
	assert_true(site_has_come(&site, STR("2026-06-30")));
	assert_true(site_has_come(&site, STR("2026-06")));
	assert_int_equal(questions.items.count, 0);
	assert_false(site_has_come(&site, STR("2026-07-01")));
	assert_int_equal(questions.items.count, 1);
	assert_false(has_asked(&questions, ASKED_DAY));
	assert_true(str_eq(site_month(&site, &f.arena), STR("2026-06-01")));
	assert_false(has_asked(&questions, ASKED_DAY));
	(void)site_day(&site);
	assert_true(has_asked(&questions, ASKED_DAY));
	questions_dispose(&questions);
	fixture_dispose(&f);
}

static void test_code_lists__are_told_apart(void **state)
{
	static const struct memory_file files[] = {
		{ "schemas/codes/a.csv", "code,zh,en,source,status\n"
		    "x,甲,A,t,confirmed\n" },
		{ "schemas/codes/b.csv", "code,zh,en,source,status\n"
		    "x,乙,B,t,confirmed\n" },
		{ NULL, NULL }
	};
	struct codes codes;
	struct fixture f;

	(void)state;
	fixture_init(&f, files);
	assert_true(codes_load(&f.arena, &f.reader, STR("schemas/codes/"),
	    &codes, &f.diags));
	assert_true(codes_answer(&codes, STR("a")) !=
	    codes_answer(&codes, STR("b")));
	assert_true(codes_answer(&codes, STR("c")) == 0);
	assert_true(codes_answer(&codes, STR_NONE) != 0);
	fixture_dispose(&f);
}

/* -- what a template rests on --------------------------------------------- */

static const struct template_use *use_of(struct fixture *f, const char *name)
{
	const struct template_folder folder = { .path = STR("t"),
		.name = STR("t") };
	struct template_set *set;

	assert_true(template_set_open(&f->arena, &f->reader, &folder, 1, &set,
	    &f->diags));
	return template_use(template_find(set, str_from(name)));
}

static void test_a_template__rests_on_what_it_includes(void **state)
{
	struct memory_file files[] = {
		{ "t/page.mustache", "{{>part}}" },
		{ "t/other.mustache", "other" },
		{ "t/part.mustache", "one" },
		{ NULL, NULL }
	};
	uint64_t page, other;
	struct fixture f;

	(void)state;
	fixture_init(&f, files);
	page = use_of(&f, "page")->digest;
	other = use_of(&f, "other")->digest;
	files[2].text = "two";
	assert_true(use_of(&f, "page")->digest != page);
	assert_true(use_of(&f, "other")->digest == other);
	fixture_dispose(&f);
}

static void test_a_template__may_name_the_day_or_the_commit(void **state)
{
	static const struct {
		const char *source;
		bool day, commit;
	} cases[] = {
		{ "{{build.version}} {{as_of}}", false, false },
		{ "{{#build.as_of}}{{text}}{{/build.as_of}}", true, false },
		{ "{{^build.commit_short}}-{{/build.commit_short}}", false,
		    true },
		{ "{{#build}}{{x}}{{/build}}", true, true },
		{ "{{>part}}", true, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct memory_file files[] = {
			{ "t/page.mustache", cases[i].source },
			{ "t/part.mustache", "{{build.as_of.iso}}" },
			{ NULL, NULL }
		};
		const struct template_use *use;
		struct fixture f;

		fixture_init(&f, files);
		use = use_of(&f, "page");
		if (use->names_day != cases[i].day ||
		    use->names_commit != cases[i].commit)
			fail_msg("%s", cases[i].source);
		fixture_dispose(&f);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_question__is_taken_down_once),
		cmocka_unit_test(test_questions__come_back_from_bytes),
		cmocka_unit_test(test_parameters__come_back_in_their_places),
		cmocka_unit_test(
		    test_a_day_to_come__is_asked_for_and_one_gone_is_not),
		cmocka_unit_test(test_code_lists__are_told_apart),
		cmocka_unit_test(test_a_template__rests_on_what_it_includes),
		cmocka_unit_test(
		    test_a_template__may_name_the_day_or_the_commit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
