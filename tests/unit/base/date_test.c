/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/date.h"

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

static void test_date__only_days_that_exist_are_dates(void **state)
{
	static const char *const bad[] = { "", "2023-02-29", "2023-02-30",
		"1900-02-29", "2023-04-31", "2023-13-01", "2023-00-10",
		"2023-01-00", "0000-01-01", "2023-1-1", "2023-01-1",
		"2023/01/01", "20230101", "2023-01-01 ", " 2023-01-01",
		"2023-01-011", "２023-01-01", "+023-01-01", "2023-0x-01" };
	struct date kept = { 2020, 1, 2 };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_false(date_parse(str_from(bad[i]), &kept));
	assert_date(kept, "2020-01-02");
	assert_date(date("2000-02-29"), "2000-02-29");
	assert_date(date("2024-02-29"), "2024-02-29");
	assert_date(date("0001-01-01"), "0001-01-01");
	assert_date(date("9999-12-31"), "9999-12-31");
}

static void test_date__a_month_is_its_first_day(void **state)
{
	struct date first = DATE_FIRST;

	(void)state;
	assert_true(month_parse(STR("2026-06"), &first));
	assert_date(first, "2026-06-01");
	assert_false(month_parse(STR("2026-13"), &first));
	assert_false(month_parse(STR("2026-6"), &first));
	assert_false(month_parse(STR("2026-06-01"), &first));
}

/* Day by day over four eras: the number counts on and comes back. */
static void test_date__numbers_follow_the_calendar(void **state)
{
	struct date day = DATE_FIRST;
	int32_t number = date_number(day);
	int year = 1, month = 1, in_month = 1;

	(void)state;
	assert_int_equal(date_number(date("1970-01-01")), 0);
	assert_int_equal(date_number(date("2000-03-01")), 11017);
	for (int32_t i = 0; i < 4 * 146097; i++) {
		day = date_from_number(number + i);
		assert_int_equal(day.year, year);
		assert_int_equal(day.month, month);
		assert_int_equal(day.day, in_month);
		assert_int_equal(date_number(day), number + i);
		if (++in_month > date_days_in_month(year, month)) {
			in_month = 1;
			month = month % 12 + 1;
			year += month == 1;
		}
	}
}

static void test_date__weekdays_are_those_of_known_days(void **state)
{
	(void)state;
	assert_int_equal(date_weekday(date("1970-01-01")), WEEKDAY_THURSDAY);
	assert_int_equal(date_weekday(date("2024-02-18")), WEEKDAY_SUNDAY);
	assert_int_equal(date_weekday(date("2026-06-30")), WEEKDAY_TUESDAY);
	assert_int_equal(date_weekday(date("0001-01-01")), WEEKDAY_MONDAY);
}

static void test_date__months_end_where_there_is_no_such_day(void **state)
{
	(void)state;
	assert_date(date_add_months(date("2023-08-31"), 6), "2024-02-29");
	assert_date(date_add_months(date("2024-01-31"), 1), "2024-02-29");
	assert_date(date_add_months(date("2024-03-31"), -1), "2024-02-29");
	assert_date(date_add_months(date("2024-12-15"), 1), "2025-01-15");
	assert_date(date_add_years(date("2020-02-29"), 2), "2022-02-28");
	assert_date(date_add_years(date("2024-02-29"), 4), "2028-02-29");
	assert_date(date_add_years(date("2024-02-29"), -1), "2023-02-28");
}

static void test_date__days_between_undo_days_added(void **state)
{
	static const int64_t counts[] = { 0, 1, 29, 30, 365, 366, 146097, -1,
		-400 };

	(void)state;
	for (size_t i = 0; i < sizeof(counts) / sizeof(*counts); i++) {
		struct date start = date("2024-02-29");

		assert_int_equal(date_days_between(start,
		    date_add_days(start, counts[i])), counts[i]);
	}
	assert_date(date_add_days(date("2024-01-15"), 30), "2024-02-14");
}

static void test_date__arithmetic_stops_at_the_ends(void **state)
{
	(void)state;
	assert_date(date_add_days(date("9999-12-30"), 5), "9999-12-31");
	assert_date(date_add_days(date("2024-01-01"), INT64_MAX),
	    "9999-12-31");
	assert_date(date_add_days(date("2024-01-01"), INT64_MIN),
	    "0001-01-01");
	assert_date(date_add_months(date("9999-12-01"), 1), "9999-12-31");
	assert_date(date_add_months(date("0001-01-31"), -1), "0001-01-01");
	assert_date(date_add_months(date("2024-01-01"), INT64_MAX),
	    "9999-12-31");
	assert_date(date_add_years(date("2024-01-01"), 9999), "9999-12-31");
	assert_date(date_add_years(date("2024-01-01"), INT64_MIN),
	    "0001-01-01");
}

static void test_date__dates_are_ordered(void **state)
{
	(void)state;
	assert_true(date_cmp(date("2024-01-31"), date("2024-02-01")) < 0);
	assert_true(date_cmp(date("2025-01-01"), date("2024-12-31")) > 0);
	assert_int_equal(date_cmp(date("2024-02-29"), date("2024-02-29")), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_date__only_days_that_exist_are_dates),
		cmocka_unit_test(test_date__a_month_is_its_first_day),
		cmocka_unit_test(test_date__numbers_follow_the_calendar),
		cmocka_unit_test(
		    test_date__weekdays_are_those_of_known_days),
		cmocka_unit_test(
		    test_date__months_end_where_there_is_no_such_day),
		cmocka_unit_test(test_date__days_between_undo_days_added),
		cmocka_unit_test(test_date__arithmetic_stops_at_the_ends),
		cmocka_unit_test(test_date__dates_are_ordered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
