/* SPDX-License-Identifier: MIT */
/* What befell achievements, counted by month, quarter and year. */
#include "desk.h"

#define ACHIEVEMENT(day) "title: T\nsubmitter: u\nsubmitted: " day "\n" \
    "units:\n  - order: 1\n    name: U\n    unit: u\n    place: '330106'\n"

static void put_round(struct desk *desk, const char *month, const char *day)
{
	const struct str cells[] = { str_from(month), str_from(day) };

	catalogue_put_row(desk->catalogue, TABLE_ROUND, cells, 2);
}

static void report(struct desk *desk)
{
	catalogue_derive(desk->catalogue);
	put_round(desk, "2026-05", "2026-05-10");
	put_round(desk, "2026-06", "2026-06-10");
	catalogue_report(desk->catalogue);
	assert_true(catalogue_is_well(desk->catalogue, &desk->f.diags));
}

/* "submitted 2/1 late 1/0": figures of a key and of the period before. */
static const char *figures(struct desk *desk, const char *period,
    const char *before, const char *dimension, const char *key)
{
	const struct str params[] = { str_from(period), str_from(before),
		str_from(dimension) };
	struct value *list = catalogue_rows(desk->catalogue, QUERY_figures,
	    params, 3, &desk->f.arena, NULL, NULL);
	struct str all = STR_NONE;

	for (size_t i = 0; i < value_count(list); i++) {
		const struct value *row = list->list.items[i];
		struct str count = value_text_at(row, STR("count"));
		struct str last = value_text_at(row, STR("before"));
		struct str measure = value_text_at(row, STR("measure"));

		if (!str_eq(value_text_at(row, STR("key")), str_from(key)) ||
		    measure.len == 0)
			continue;
		all = str_format(&desk->f.arena, "%.*s%s%.*s %.*s/%.*s",
		    STR_ARG(all), all.len > 0 ? " " : "", STR_ARG(measure),
		    STR_ARG(count), STR_ARG(last));
	}
	return str_cstr(&desk->f.arena, all);
}

static void put_year(struct desk *desk)
{
	put(desk, "content/achievements/u/a.md", ACHIEVEMENT("2026-05-10"));
	put(desk, "content/achievements/u/b.md", ACHIEVEMENT("2026-05-11"));
	put(desk, "content/achievements/u/c.md", ACHIEVEMENT("2026-06-10")
	    "transfers:\n  - {date: 2026-06-20, kind: 许可, to: v}\n");
	put(desk, "content/bulletins/2026-06.md", "title: B\nissue: 1\n"
	    "date: 2026-06-28\nitems:\n  - achievement: u/a\n");
	put(desk, "content/dossiers/u/a.md", "received: {date: 2026-05-10}\n"
	    "registration: {no: N, date: 2026-05-20, office: o}\n"
	    "library: {entered: 2026-06-02, decision: d, by: o}\n");
	put(desk, "content/dossiers/u/b.md", "returned: {date: 2026-05-15, "
	    "by: o, reason: r}\n");
	put(desk, "content/releases/2026-q2.md", "title: R\nkind: 季度\n"
	    "date: 2026-06-26\nitems:\n  - achievement: u/a\n");
	put(desk, "content/releases/2026-06-27-t.md", "title: R\nkind: 主题\n"
	    "date: 2026-06-27\nitems:\n  - achievement: u/a\n"
	    "  - achievement: u/none\n");
	put(desk, "content/units/u.md", "name: U\nkind: 高校\nsubmitter: true\n"
	    "place: '330106'\n");
}

static void test_report__counts_by_month_quarter_and_year(void **state)
{
	static const char june[] = "bulletin 1/0 entered 1/0 late 0/1 "
	    "on-time 1/1 registered 0/1 release 1/0 returned 0/1 "
	    "submitted 1/2 theme 1/0 transferred 1/0";
	static const char all[] = "bulletin 1/0 entered 1/0 late 1/0 "
	    "on-time 2/0 registered 1/0 release 1/0 returned 1/0 "
	    "submitted 3/0 theme 1/0 transferred 1/0";
	struct desk desk;

	(void)state;
	desk_init(&desk, "2026-06-30");
	put_year(&desk);
	report(&desk);
	assert_string_equal(figures(&desk, "2026-06", "2026-05", "submitter",
	    "u"), june);
	assert_string_equal(figures(&desk, "2026-06", "2026-05", "city",
	    "330100"), june);
	assert_string_equal(figures(&desk, "2026-06", "2026-05", "kind",
	    "university"), june);
	assert_string_equal(figures(&desk, "2026-06", "2026-05", "all",
	    "all"), june);
	assert_string_equal(figures(&desk, "2026-q2", "2026-q1", "submitter",
	    "u"), all);
	assert_string_equal(figures(&desk, "2026", "2025", "all", "all"),
	    all);
	desk_dispose(&desk);
}

static void test_report__takes_nothing_that_lies_ahead(void **state)
{
	struct desk desk;

	(void)state;
	desk_init(&desk, "2026-05-14");
	put_year(&desk);
	report(&desk);
	assert_string_equal(figures(&desk, "2026", "2025", "all", "all"),
	    "late 1/0 on-time 1/0 submitted 2/0");
	assert_int_equal(value_count(rows(&desk, QUERY_periods, NULL)), 3);
	desk_dispose(&desk);
}

/* Nobody is late where no day is set; what is in no register is counted. */
static void test_report__counts_the_unlisted_and_days_that_are_none(
    void **state)
{
	struct desk desk;

	(void)state;
	desk_init(&desk, "2026-06-30");
	put(&desk, "content/achievements/u/a.md", "title: T\n"
	    "submitter: ../u\nsubmitted: 2026-04-01\n");
	put(&desk, "content/achievements/u/b.md", ACHIEVEMENT("2026-02-30"));
	put(&desk, "content/achievements/u/c.md", ACHIEVEMENT("2026-13-01"));
	put(&desk, "content/achievements/u/d.md", ACHIEVEMENT("soon"));
	report(&desk);
	assert_string_equal(figures(&desk, "2026", "2025", "submitter",
	    "_none"), "submitted 1/0");
	assert_string_equal(figures(&desk, "2026", "2025", "city", "_none"),
	    "submitted 1/0");
	assert_string_equal(figures(&desk, "2026", "2025", "kind", "_none"),
	    "submitted 1/0");
	assert_string_equal(figures(&desk, "2026", "2025", "all", "all"),
	    "submitted 1/0");
	desk_dispose(&desk);
}

static void test_report__knows_the_period_before(void **state)
{
	static const char *const cases[][2] = {
		{ "2026-01", "2025-12" }, { "2025-12", "2025-11" },
		{ "2026-q1", "2025-q4" }, { "2025-q4", "2025-q3" },
		{ "2026", "2025" }, { "2025", "2024" },
	};
	struct desk desk;

	(void)state;
	desk_init(&desk, "2026-01-31");
	put(&desk, "content/achievements/u/a.md", ACHIEVEMENT("2025-12-31"));
	report(&desk);
	assert_int_equal(value_count(rows(&desk, QUERY_periods, NULL)), 6);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct value *found = rows(&desk, QUERY_period,
		    cases[i][0]);

		assert_int_equal(value_count(found), 1);
		assert_str(value_text_at(found->list.items[0],
		    STR("before")), cases[i][1]);
	}
	desk_dispose(&desk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_report__counts_by_month_quarter_and_year),
		cmocka_unit_test(test_report__takes_nothing_that_lies_ahead),
		cmocka_unit_test(
		    test_report__counts_the_unlisted_and_days_that_are_none),
		cmocka_unit_test(test_report__knows_the_period_before),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
