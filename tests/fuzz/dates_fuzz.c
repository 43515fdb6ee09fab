/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a date, a month, a period, a calendar: what is read is written
 * back as it was, and arithmetic with it stays within the calendar.
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/diag.h"
#include "rules/calendar.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_date(struct date date, struct str text)
{
	char written[DATE_SIZE];

	date_format(date, written);
	assert(str_eq(str_from(written), text));
	assert(date_cmp(date_from_number(date_number(date)), date) == 0);
	assert(date_cmp(date_add_months(date, 1), date) >= 0);
	assert(date_cmp(date_add_days(date, -1), date) <= 0);
}

/* Ends come in order, and the last day is one on which somebody works. */
static void check_period(const struct calendar *calendar, struct date start,
    struct period period)
{
	struct period_end end = period_end(calendar, start, period);

	assert(date_cmp(end.bare, start) >= 0);
	assert(date_cmp(end.last, end.bare) >= 0);
	assert(calendar_is_workday(calendar, end.last) ||
	    date_cmp(end.last, DATE_LAST) == 0);
}

static void check_calendar(struct str bytes, struct arena *arena)
{
	struct calendar calendar;
	struct diag_list diags;
	bool ok;

	diag_list_init(&diags, arena);
	ok = calendar_parse(arena, STR("c.csv"), bytes, &calendar, &diags);
	assert(ok == (diag_errors(&diags) == 0));
	if (ok && calendar.count > 0) {
		struct date day = date_from_number(calendar.days[0].number);

		assert(calendar_is_workday(&calendar, day) ==
		    !calendar.days[0].off);
		assert(calendar_workdays(&calendar, day, DATE_LAST) >= 0);
	}
	diag_list_dispose(&diags);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = { (const char *)data, size }, rest = text;
	struct str first = str_cut(&rest, ' ');
	struct calendar calendar;
	struct period period;
	struct date date = DATE_FIRST;
	struct arena arena;

	calendar_init(&calendar);
	if (date_parse(rest, &date))
		check_date(date, rest);
	if (month_parse(rest, &date))
		assert(date.day == 1);
	if (period_parse(first, &period))
		check_period(&calendar, date, period);
	arena_init(&arena);
	check_calendar(text, &arena);
	arena_dispose(&arena);
	return 0;
}
