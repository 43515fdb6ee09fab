/* SPDX-License-Identifier: MIT */
/* From which day on a verdict may be another (struct judgement, `turn`). */
#include "ruleset_fixture.h"

#include "base/buf.h"

#define TWO_RULES CATALOGUE "P-01,P,1,z,e,draft,,,,M,,,,,,\n" \
	"G-12,P,1,z,e,draft,,,,M,,,,,,\n"

/* Rules with one report on `context`, of which `attributes` says the rest. */
static void start_report(struct test *t, const char *context,
    const char *attributes)
{
	struct buf rules;

	buf_init(&rules);
	buf_append_format(&rules, HEAD "<pattern><rule context='%s'>"
	    "<report id='P-01' role='warning' diagnostics='en' %s>文</report>"
	    "</rule></pattern>" TAIL, context, attributes);
	start(t, str_cstr(&registry.arena, buf_str(&rules)), TWO_RULES);
	buf_dispose(&rules);
	if (!open_rules(t))
		fail_msg("%s: %s", attributes, found(&t->f));
}

/* What is found on that day, and the day on which it turns. */
static bool ask(struct test *t, struct date day, struct date *turn)
{
	size_t before = t->f.diags.items.count;

	*turn = DATE_LAST;
	t->judgement.as_of = day;
	t->judgement.turn = turn;
	(void)judge(t);
	return t->f.diags.items.count > before;
}

static void test_turn__is_the_day_on_which_an_answer_is_another(void **state)
{
	static const char *const tests[] = {
		"test=\"z:is-past('2024-02-28')\"",
		"test=\"z:is-past('2024-02-29')\"",
		"test=\"z:is-past('2024-03')\"",
		"test=\"z:is-past('9999-12-31')\"",
		"test=\"z:is-past('2024-02-30')\"",
		"test=\"z:is-ahead('2024-02-29')\"",
		"test=\"z:is-ahead('2024-03-31')\"",
		"test=\"z:is-ahead('2024-04')\"",
		"test=\"z:is-ahead('soon')\"",
		"test=\"z:is-beyond('2024-03-31', '1m')\"",
		"test=\"z:is-beyond('2024-04', '30d')\"",
		"test=\"z:is-beyond('2024-03-06', '5wd')\"",
		"test=\"z:is-beyond('', '5wd')\"",
		"test=\"z:is-ahead(submitted)\"",
		"z:effective='2024-03-01' z:expires='2024-03-15' z:on='x' "
		"test='true()'",
	};
	const struct date first = { 2024, 1, 1 };

	(void)state;
	for (size_t i = 0; i < sizeof(tests) / sizeof(tests[0]); i++) {
		struct date turn, later;
		bool was, is;
		struct test t;

		start_report(&t, "/unit | /achievement", tests[i]);
		take_record(&t, i % 2 == 0 ? "content/units/lab.md" :
		    "content/units/other.md", "---\nname: 甲\n---\n");
		was = ask(&t, first, &turn);
		for (int64_t day = 1; day < 120; day++) {
			struct date now = date_add_days(first, day);

			is = ask(&t, now, &later);
			if (is == was && date_cmp(now, turn) < 0)
				assert_int_equal(date_cmp(turn, later), 0);
			else if (is == was || date_cmp(now, turn) != 0)
				fail_msg("%s: day %d", tests[i], (int)day);
			was = is;
			turn = later;
		}
		finish(&t);
	}
}

static void test_turn__short_forms_say_what_the_long_ones_do(void **state)
{
	static const char *const days[] = { "2024-02-29", "2024-03",
		"2024-03-31", "2024-02-30", "", "2024", "9999-12-31" };
	static const char *const periods[] = { "1d", "30d", "1m", "6m", "1y",
		"3wd" };
	struct date turn;

	(void)state;
	for (size_t i = 0; i < 7 * 6; i++) {
		const char *day = days[i % 7];
		struct test t;
		struct buf test;

		buf_init(&test);
		buf_append_format(&test, "test=\"z:is-past('%s') != "
		    "z:after(z:as-of(), '%s') or z:is-ahead('%s') != "
		    "z:after('%s', z:as-of()) or z:is-beyond('%s', '%s') != "
		    "z:after('%s', z:period-bare(z:as-of(), '%s'))\"", day,
		    day, day, day, day, periods[i / 7], day, periods[i / 7]);
		start_report(&t, "/achievement", test.ptr);
		take_record(&t, "content/achievements/lab/dots.md",
		    achievement);
		for (int64_t at = 0; at < 100; at++)
			if (ask(&t, date_add_days((struct date){ 2024, 1, 15 },
			    at), &turn))
				fail_msg("%s, day %d", test.ptr, (int)at);
		/* Whoever asks for the day itself is asked again each day. */
		assert_int_equal(date_cmp(turn, date_add_days(
		    t.judgement.as_of, 1)), 0);
		finish(&t);
		buf_dispose(&test);
	}
}

static void test_turn__a_waiver_ends(void **state)
{
	struct date turn;
	struct test t;

	(void)state;
	start_report(&t, "/achievement", "test='true()'");
	t.files[4] = (struct memory_file){ "content/dossiers/lab/dots.md",
		"---\nwaivers:\n  - rule: P-01\n    until: 2024-06-30\n"
		"    reason: 无\n    by: 甲\n---\n" };
	take_record(&t, "content/achievements/lab/dots.md", achievement);
	assert_true(ask(&t, (struct date){ 2024, 5, 1 }, &turn));
	assert_int_equal(t.f.diags.counts[DIAG_NOTICE], 1);
	assert_int_equal(date_cmp(turn, (struct date){ 2024, 7, 1 }), 0);
	assert_true(ask(&t, turn, &turn));
	assert_int_equal(t.f.diags.counts[DIAG_WARNING], 1);
	assert_int_equal(date_cmp(turn, DATE_LAST), 0);
	finish(&t);
}

static void test_turn__is_never_where_nobody_asks_for_the_day(void **state)
{
	struct date turn;
	struct test t;

	(void)state;
	start_report(&t, "/achievement", "z:effective='2030-01-01' "
	    "test=\"title = '量子点'\"");
	take_record(&t, "content/achievements/lab/dots.md", achievement);
	assert_false(ask(&t, (struct date){ 2024, 5, 1 }, &turn));
	assert_int_equal(date_cmp(turn, DATE_LAST), 0);
	finish(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_turn__is_the_day_on_which_an_answer_is_another),
		cmocka_unit_test(
		    test_turn__short_forms_say_what_the_long_ones_do),
		cmocka_unit_test(test_turn__a_waiver_ends),
		cmocka_unit_test(
		    test_turn__is_never_where_nobody_asks_for_the_day),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
