/* SPDX-License-Identifier: MIT */
#include "base/date.h"

#include "base/arena.h"

#include <string.h>

/* Day numbers of 0001-01-01 and 9999-12-31. */
enum { NUMBER_FIRST = -719162, NUMBER_LAST = 2932896 };
/* More months than there are. */
enum { MONTHS_MAX = 12 * 10000 };

bool date_is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int date_days_in_month(int year, int month)
{
	static const uint8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31 };

	return days[month - 1] + (month == 2 && date_is_leap(year));
}

/* The number in `count` ASCII digits at `at`, or -1. */
static int digits(struct str text, size_t at, size_t count)
{
	int number = 0;

	for (size_t i = at; i < at + count; i++) {
		if (text.ptr[i] < '0' || text.ptr[i] > '9')
			return -1;
		number = number * 10 + (text.ptr[i] - '0');
	}
	return number;
}

bool month_parse(struct str text, struct date *first)
{
	int year, month;

	if (text.len != 7 || text.ptr[4] != '-')
		return false;
	year = digits(text, 0, 4);
	month = digits(text, 5, 2);
	if (year < 1 || month < 1 || month > 12)
		return false;
	*first = (struct date){ (int16_t)year, (uint8_t)month, 1 };
	return true;
}

bool date_parse(struct str text, struct date *date)
{
	struct date found;
	int day;

	if (text.len != 10 || text.ptr[7] != '-' ||
	    !month_parse(str_slice(text, 0, 7), &found))
		return false;
	day = digits(text, 8, 2);
	if (day < 1 || day > date_days_in_month(found.year, found.month))
		return false;
	found.day = (uint8_t)day;
	*date = found;
	return true;
}

static void put_digits(char *end, int number, size_t count)
{
	for (; count > 0; count--, number /= 10)
		*--end = (char)('0' + number % 10);
}

void date_format(struct date date, char text[DATE_SIZE])
{
	memcpy(text, "0000-00-00", DATE_SIZE);
	put_digits(text + 4, date.year, 4);
	put_digits(text + 7, date.month, 2);
	put_digits(text + 10, date.day, 2);
}

struct str date_iso(struct arena *arena, struct date date)
{
	char text[DATE_SIZE];

	date_format(date, text);
	return str_dup(arena, (struct str){ text, DATE_SIZE - 1 });
}

/*
 * Both directions count in years that begin on 1 March, so that the leap day is
 * the last of its year, and in eras of 400 years (146,097 days).
 */
int32_t date_number(struct date date)
{
	int32_t year = date.year - (date.month <= 2);
	int32_t era = year / 400;
	int32_t year_of_era = year - era * 400;
	int32_t month = date.month + (date.month > 2 ? -3 : 9);
	int32_t day_of_year = (153 * month + 2) / 5 + date.day - 1;
	int32_t day_of_era = year_of_era * 365 + year_of_era / 4 -
	    year_of_era / 100 + day_of_year;

	return era * 146097 + day_of_era - 719468;
}

struct date date_from_number(int64_t number)
{
	int32_t day, era, day_of_era, year_of_era, day_of_year, month, year;

	if (number <= NUMBER_FIRST)
		return DATE_FIRST;
	if (number >= NUMBER_LAST)
		return DATE_LAST;
	day = (int32_t)number + 719468;
	era = day / 146097;
	day_of_era = day - era * 146097;
	year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 -
	    day_of_era / 146096) / 365;
	day_of_year = day_of_era -
	    (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	month = (5 * day_of_year + 2) / 153;
	year = year_of_era + era * 400 + (month >= 10);
	return (struct date){ (int16_t)year,
		(uint8_t)(month < 10 ? month + 3 : month - 9),
		(uint8_t)(day_of_year - (153 * month + 2) / 5 + 1) };
}

enum weekday date_weekday(struct date date)
{
	/* 0001-01-01 is a Monday. */
	return (enum weekday)((date_number(date) - NUMBER_FIRST) % 7);
}

int date_cmp(struct date a, struct date b)
{
	if (a.year != b.year)
		return a.year - b.year;
	if (a.month != b.month)
		return a.month - b.month;
	return a.day - b.day;
}

int32_t date_days_between(struct date from, struct date to)
{
	return date_number(to) - date_number(from);
}

struct date date_add_days(struct date date, int64_t days)
{
	/* Further than the whole range is as good as its ends. */
	if (days > NUMBER_LAST - NUMBER_FIRST)
		return DATE_LAST;
	if (days < NUMBER_FIRST - NUMBER_LAST)
		return DATE_FIRST;
	return date_from_number(date_number(date) + days);
}

struct date date_add_months(struct date date, int64_t months)
{
	int64_t count;
	int year, month, last;

	if (months > MONTHS_MAX)
		return DATE_LAST;
	if (months < -MONTHS_MAX)
		return DATE_FIRST;
	count = (int64_t)date.year * 12 + date.month - 1 + months;
	if (count < 12)
		return DATE_FIRST;
	if (count >= MONTHS_MAX)
		return DATE_LAST;
	year = (int)(count / 12);
	month = (int)(count % 12) + 1;
	last = date_days_in_month(year, month);
	return (struct date){ (int16_t)year, (uint8_t)month,
		(uint8_t)(date.day < last ? date.day : last) };
}

struct date date_add_years(struct date date, int64_t years)
{
	if (years > 9999)
		return DATE_LAST;
	if (years < -9999)
		return DATE_FIRST;
	return date_add_months(date, years * 12);
}
