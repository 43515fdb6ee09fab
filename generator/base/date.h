/* SPDX-License-Identifier: MIT */
/*
 * Civil dates: the proleptic Gregorian calendar without clock, zone or locale.
 * A date is a plain value; every function here is pure.
 *
 * Dates run from 0001-01-01 to 9999-12-31, which is what ten characters can
 * say; arithmetic that would leave this range stops at its ends.
 */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

struct date {
	int16_t year;		/* 1 to 9999 */
	uint8_t month, day;	/* from 1 */
};

#define DATE_FIRST ((struct date){ 1, 1, 1 })
#define DATE_LAST ((struct date){ 9999, 12, 31 })

enum weekday {
	WEEKDAY_MONDAY,
	WEEKDAY_TUESDAY,
	WEEKDAY_WEDNESDAY,
	WEEKDAY_THURSDAY,
	WEEKDAY_FRIDAY,
	WEEKDAY_SATURDAY,
	WEEKDAY_SUNDAY
};

/* Exactly YYYY-MM-DD, a day that exists; false leaves `*date` untouched. */
bool date_parse(struct str text, struct date *date);

/* Exactly YYYY-MM; `*first` is the first day of that month. */
bool month_parse(struct str text, struct date *first);

bool date_is_leap(int year);
int date_days_in_month(int year, int month);

/* YYYY-MM-DD and a NUL. */
enum { DATE_SIZE = 11 };
void date_format(struct date date, char text[DATE_SIZE]);
/* The same, in `arena`. */
struct str date_iso(struct arena *arena, struct date date);

/* Days since 1970-01-01, and back. */
int32_t date_number(struct date date);
struct date date_from_number(int64_t number);

enum weekday date_weekday(struct date date);

/* Negative, zero or positive, as `a` is before, on or after `b`. */
int date_cmp(struct date a, struct date b);

/* Days from `from` to `to`; negative when `to` is the earlier. */
int32_t date_days_between(struct date from, struct date to);

struct date date_add_days(struct date date, int64_t days);

/*
 * The corresponding day `months` later; the last day of that month when it has
 * no such day (Civil Code, article 202).
 */
struct date date_add_months(struct date date, int64_t months);
struct date date_add_years(struct date date, int64_t years);

#endif
