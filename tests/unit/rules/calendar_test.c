/* SPDX-License-Identifier: MIT */
/*
 * Periods by the calendar that ships (schemas/calendar/holidays.csv): the
 * holidays of 2023 to 2026, weekends worked in exchange, years not announced.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/reader.h"
#include "rules/calendar.h"

struct fixture {
	struct arena arena;
	struct diag_list diags;
	struct folder folder;
	struct calendar calendar;
};

static struct fixture fixture;

static int set_up(void **state)
{
	struct fixture *f = &fixture;
	struct reader reader;

	arena_init(&f->arena);
	diag_list_init(&f->diags, &f->arena);
	if (!folder_open_existing(STR("."), &f->folder, &f->diags))
		return -1;
	reader = folder_reader(&f->folder);
	if (!calendar_load(&f->arena, &reader,
		STR("schemas/calendar/holidays.csv"), &f->calendar,
		&f->diags))
		return -1;
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	folder_close(&f->folder);
	diag_list_dispose(&f->diags);
	arena_dispose(&f->arena);
	return 0;
}

static struct date date(const char *text)
{
	struct date parsed = DATE_FIRST;

	assert_true(date_parse(str_from(text), &parsed));
	return parsed;
}

static void assert_date(struct date found, const char *expected)
{
	char text[DATE_SIZE];

	date_format(found, text);
	assert_string_equal(text, expected);
}

static void test_calendar__periods_end_on_the_known_days(void **state)
{
	static const struct {
		const char *period, *start, *bare, *last;
		bool provisional;
	} rows[] = {
		/* Spring Festival; Sunday 02-18 is worked. */
		{ "30d", "2024-01-15", "2024-02-14", "2024-02-18", false },
		/* Saturday 10-07 is worked. */
		{ "30d", "2023-09-01", "2023-10-01", "2023-10-07", false },
		{ "30d", "2025-09-02", "2025-10-02", "2025-10-09", false },
		{ "30d", "2026-01-18", "2026-02-17", "2026-02-24", false },
		{ "30d", "2023-05-04", "2023-06-03", "2023-06-05", false },
		{ "30d", "2024-12-02", "2025-01-01", "2025-01-02", false },
		{ "30d", "2023-12-31", "2024-01-30", "2024-01-30", false },
		{ "2y", "2020-02-29", "2022-02-28", "2022-02-28", false },
		/* That Saturday is worked. */
		{ "2y", "2024-02-29", "2026-02-28", "2026-02-28", false },
		{ "3y", "2024-02-29", "2027-02-28", "2027-03-01", true },
		{ "2y", "2021-10-08", "2023-10-08", "2023-10-08", false },
		{ "6m", "2023-08-31", "2024-02-29", "2024-02-29", false },
		{ "5wd", "2023-09-27", "2023-10-10", "2023-10-10", false },
		{ "5wd", "2024-02-05", "2024-02-18", "2024-02-18", false },
		{ "50d", "2024-05-10", "2024-06-29", "2024-07-01", false },
		/* The last announced day, and the first that is not. */
		{ "30d", "2026-12-01", "2026-12-31", "2026-12-31", false },
		{ "30d", "2026-12-02", "2027-01-01", "2027-01-01", true },
	};
	const struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct period period;
		struct period_end end;

		assert_true(period_parse(str_from(rows[i].period), &period));
		end = period_end(&f->calendar, date(rows[i].start), period);
		assert_date(end.bare, rows[i].bare);
		assert_date(end.last, rows[i].last);
		assert_int_equal(end.provisional, rows[i].provisional);
	}
}

static void test_calendar__a_day_of_rest_rolls_forward(void **state)
{
	const struct fixture *f = *state;

	assert_date(calendar_roll(&f->calendar, date("2024-02-10")),
	    "2024-02-18");
	assert_date(calendar_roll(&f->calendar, date("2024-02-18")),
	    "2024-02-18");
	/* A Saturday in the last year there is stays within it. */
	assert_date(calendar_roll(&f->calendar, DATE_LAST), "9999-12-31");
}

/* From 2004 on, as counted from the notices by others. */
static void test_calendar__years_have_their_working_days(void **state)
{
	static const int days[] = { 252, 250, 251, 249, 251, 250, 250, 250,
		249, 250, 250, 249, 250, 249, 250, 250, 249, 250, 249, 249,
		251, 248, 248 };
	const struct fixture *f = *state;

	for (int i = 0; i < (int)(sizeof(days) / sizeof(days[0])); i++) {
		struct date before = { (int16_t)(2003 + i), 12, 31 };
		struct date last = { (int16_t)(2004 + i), 12, 31 };

		assert_int_equal(calendar_workdays(&f->calendar, before,
		    last), days[i]);
		assert_int_equal(calendar_workdays(&f->calendar, last,
		    before), -days[i]);
	}
}

/* Every year has its spring and autumn rests; nobody makes up a working day on
 * a working day. */
static void test_calendar__years_are_complete(void **state)
{
	const struct fixture *f = *state;
	int spring[23] = { 0 }, national[23] = { 0 };

	for (size_t i = 0; i < f->calendar.count; i++) {
		const struct calendar_day *day = &f->calendar.days[i];
		struct date date = date_from_number(day->number);

		if (!day->off) {
			assert_true(date_weekday(date) >= WEEKDAY_SATURDAY);
			continue;
		}
		/* It may share its name with the festival beside it. */
		spring[date.year - 2004] += str_find(day->name,
		    STR("春节"), 0) != STR_NOT_FOUND;
		national[date.year - 2004] += str_find(day->name,
		    STR("国庆"), 0) != STR_NOT_FOUND;
	}
	for (size_t year = 0; year < 23; year++) {
		assert_true(spring[year] >= 7);
		assert_true(national[year] >= 7);
	}
	assert_date(f->calendar.announced_until, "2026-12-31");
}

/* Counting by arithmetic agrees with asking day by day. */
static void test_calendar__working_days_are_those_asked_one_by_one(
    void **state)
{
	const struct fixture *f = *state;
	struct date from = date("2023-12-20"), day = from;
	int32_t count = 0;

	for (int i = 0; i < 800; i++) {
		assert_int_equal(calendar_workdays(&f->calendar, from, day),
		    count);
		day = date_add_days(day, 1);
		count += calendar_is_workday(&f->calendar, day);
	}
}

static void test_calendar__without_a_file_only_weekends_are_known(
    void **state)
{
	struct calendar calendar;

	(void)state;
	calendar_init(&calendar);
	assert_true(calendar_is_workday(&calendar, date("2024-02-12")));
	assert_false(calendar_is_workday(&calendar, date("2024-02-18")));
	assert_true(calendar_is_provisional(&calendar, date("2024-02-12")));
}

static void test_period__only_counts_and_units_are_periods(void **state)
{
	static const char *const bad[] = { "", "d", "30", "30 d", "0d", "-1d",
		"10000d", "1.5y", "30D", "d30", "5w", "wd", "99999999999999d",
		"３０d" };
	struct period period = { 7, PERIOD_YEARS };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_false(period_parse(str_from(bad[i]), &period));
	assert_int_equal(period.count, 7);
	assert_true(period_parse(STR("9999wd"), &period));
	assert_int_equal(period.count, 9999);
	assert_int_equal(period.unit, PERIOD_WORKDAYS);
}

static void test_period__far_ends_stop_at_the_last_date(void **state)
{
	const struct fixture *f = *state;
	struct period period = { 9999, PERIOD_YEARS };

	assert_date(period_end(&f->calendar, date("2024-01-01"), period).last,
	    "9999-12-31");
	period.unit = PERIOD_WORKDAYS;
	assert_date(period_end(&f->calendar, date("9999-12-01"), period).last,
	    "9999-12-31");
}

static void test_calendar__every_fault_of_a_file_is_told(void **state)
{
	static const char text[] =
	    "date,name,kind\n"
	    "2024-02-30,x,off\n"
	    "2024-02-10,x,holiday\n"
	    "2024-02-11,x,off\n"
	    "2024-02-11,x,work\n";
	static const char *const ids[] = { "K0204", "K0201", "K0202",
		"K0203" };
	struct fixture *f = *state;
	struct calendar calendar;
	struct diag_list diags;

	diag_list_init(&diags, &f->arena);
	assert_false(calendar_parse(&f->arena, STR("x.csv"), str_from(text),
	    &calendar, &diags));
	assert_int_equal(diags.items.count, 4);
	for (size_t i = 0; i < 4; i++) {
		const struct diagnostic *d = vec_at(&diags.items, i);

		assert_true(str_eq(d->id, str_from(ids[i])));
	}
	diag_list_dispose(&diags);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_calendar__periods_end_on_the_known_days),
		cmocka_unit_test(test_calendar__a_day_of_rest_rolls_forward),
		cmocka_unit_test(test_calendar__years_have_their_working_days),
		cmocka_unit_test(test_calendar__years_are_complete),
		cmocka_unit_test(
		    test_calendar__working_days_are_those_asked_one_by_one),
		cmocka_unit_test(
		    test_calendar__without_a_file_only_weekends_are_known),
		cmocka_unit_test(
		    test_period__only_counts_and_units_are_periods),
		cmocka_unit_test(test_period__far_ends_stop_at_the_last_date),
		cmocka_unit_test(test_calendar__every_fault_of_a_file_is_told),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
