/* SPDX-License-Identifier: MIT */
/*
 * The calendar by which periods are counted: weekends, the holidays that the
 * State Council announces year by year, and the weekend days that become
 * working days in exchange (schemas/calendar/holidays.csv).
 *
 * Counting follows the Civil Code, articles 201 to 203: the first day is not
 * counted; a period of months or years ends on the corresponding day, or the
 * last of its month; a last day on which nobody works moves to the next on
 * which somebody does. Whether that law governs an administrative period is for
 * people to say, so both days are given, the bare one and the rolled one.
 *
 * Holidays are known up to a day. What reaches beyond it is provisional: it
 * counts weekends alone and may yet move.
 *
 * Loaded once, before workers fork; read-only afterwards.
 */
#ifndef RULES_CALENDAR_H
#define RULES_CALENDAR_H

#include "base/date.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct diag_list;
struct reader;

struct calendar_day {
	int32_t number;		/* date_number() */
	bool off;
	struct str name;
};

struct calendar {
	struct calendar_day *days;	/* sorted by number */
	size_t count;
	struct date announced_until;
};

/* Weekends only, every day provisional: what there is without a file. */
void calendar_init(struct calendar *calendar);

/*
 * Reads the calendar in `bytes`, the file at `path`, into `arena`: a CSV file
 * with the columns date, name, kind (off or work) and a comment
 * `# announced-until: 2026-12-31`.
 */
bool calendar_parse(struct arena *arena, struct str path, struct str bytes,
    struct calendar *calendar, struct diag_list *diags)
    __attribute__((warn_unused_result));

/* The same for a file, which must exist. */
bool calendar_load(struct arena *arena, const struct reader *reader,
    struct str path, struct calendar *calendar, struct diag_list *diags)
    __attribute__((warn_unused_result));

bool calendar_is_workday(const struct calendar *calendar, struct date date);

/* True for days after those whose holidays are announced. */
bool calendar_is_provisional(const struct calendar *calendar,
    struct date date);

/* `date`, or the first working day after it (article 203). */
struct date calendar_roll(const struct calendar *calendar, struct date date);

/* Working days after `from` up to and with `to`; negative when `to` is the
 * earlier. */
int32_t calendar_workdays(const struct calendar *calendar, struct date from,
    struct date to);

enum period_unit { PERIOD_DAYS, PERIOD_MONTHS, PERIOD_YEARS, PERIOD_WORKDAYS };

struct period {
	uint16_t count;		/* 1 to 9999 */
	enum period_unit unit;
};

/* "30d", "6m", "2y", "5wd"; false leaves `*period` untouched. */
bool period_parse(struct str text, struct period *period);

struct period_end {
	struct date bare;	/* as counted */
	struct date last;	/* rolled; the same for working days */
	bool provisional;	/* `last` is */
};

/* When a period that began on `start` ends. */
struct period_end period_end(const struct calendar *calendar,
    struct date start, struct period period);

#endif
