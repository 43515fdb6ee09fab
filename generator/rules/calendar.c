/* SPDX-License-Identifier: MIT */
#include "rules/calendar.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/diag.h"
#include "base/reader.h"

void calendar_init(struct calendar *calendar)
{
	*calendar = (struct calendar){ .announced_until = DATE_FIRST };
}

struct columns {
	size_t date, name, kind;
};

static bool read_row(const struct csv_row *row, const struct columns *columns,
    struct str path, struct calendar *calendar, struct diag_list *diags)
{
	struct mark mark = { path, row->line, 1 };
	struct str day = str_trim(row->cells[columns->date]);
	struct str kind = str_trim(row->cells[columns->kind]);
	struct date date;
	struct calendar_day *added = &calendar->days[calendar->count];

	if (!date_parse(day, &date))
		return diag_report(diags, mark, DIAG_CALENDAR_DATE, day);
	if (!str_eq(kind, STR("off")) && !str_eq(kind, STR("work")))
		return diag_report(diags, mark, DIAG_CALENDAR_KIND, kind);
	*added = (struct calendar_day){ date_number(date),
		str_eq(kind, STR("off")), str_trim(row->cells[columns->name]) };
	if (calendar->count > 0 && added->number <= added[-1].number)
		return diag_report(diags, mark, DIAG_CALENDAR_ORDER, day);
	calendar->count++;
	return true;
}

static bool find_columns(const struct csv *csv, struct str path,
    struct columns *columns, struct diag_list *diags)
{
	static const struct str names[] = { { "date", 4 }, { "name", 4 },
		{ "kind", 4 } };
	size_t *found[] = { &columns->date, &columns->name, &columns->kind };
	struct mark mark = { path, 1, 1 };
	bool ok = true;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		*found[i] = csv_column(csv, names[i]);
		if (*found[i] == CSV_NO_COLUMN)
			ok = diag_report(diags, mark, DIAG_TABLE_COLUMN,
			    names[i]);
	}
	return ok;
}

bool calendar_parse(struct arena *arena, struct str path, struct str bytes,
    struct calendar *calendar, struct diag_list *diags)
{
	struct calendar found;
	struct columns columns;
	struct csv csv;
	struct mark mark = { path, 1, 1 };
	struct str until;
	bool ok;

	calendar_init(&found);
	if (!csv_parse(arena, path, bytes, &csv, diags) ||
	    !find_columns(&csv, path, &columns, diags))
		return false;
	until = csv_comment(&csv, STR("announced-until"), STR_NONE,
	    &mark.line);
	ok = date_parse(until, &found.announced_until);
	if (!ok)
		diag_report(diags, mark, DIAG_CALENDAR_UNTIL,
		    until.len > 0 ? until : STR("announced-until"));
	found.days = arena_array(arena, csv.count, sizeof(*found.days));
	for (size_t i = 1; i < csv.count; i++)
		if (!read_row(&csv.rows[i], &columns, path, &found, diags))
			ok = false;
	if (ok)
		*calendar = found;
	return ok;
}

bool calendar_load(struct arena *arena, const struct reader *reader,
    struct str path, struct calendar *calendar, struct diag_list *diags)
{
	size_t before = diag_errors(diags);
	struct mark mark = { path, 0, 0 };
	struct str bytes;

	if (reader->read(reader->context, path, arena, &bytes, diags))
		return calendar_parse(arena, path, bytes, calendar, diags);
	if (diag_errors(diags) == before)
		diag_report(diags, mark, DIAG_RULE_FILE_MISSING, path);
	return false;
}

/* Index of the first day whose number is at least `number`. */
static size_t lower_bound(const struct calendar *calendar, int32_t number)
{
	size_t low = 0, high = calendar->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (calendar->days[middle].number < number)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool is_weekend(struct date date)
{
	return date_weekday(date) >= WEEKDAY_SATURDAY;
}

bool calendar_is_workday(const struct calendar *calendar, struct date date)
{
	int32_t number = date_number(date);
	size_t at = lower_bound(calendar, number);

	if (at < calendar->count && calendar->days[at].number == number)
		return !calendar->days[at].off;
	return !is_weekend(date);
}

bool calendar_is_provisional(const struct calendar *calendar,
    struct date date)
{
	return date_cmp(date, calendar->announced_until) > 0;
}

struct date calendar_roll(const struct calendar *calendar, struct date date)
{
	while (!calendar_is_workday(calendar, date) &&
	       date_cmp(date, DATE_LAST) < 0)
		date = date_add_days(date, 1);
	return date;
}

/* Mondays to Fridays from 0001-01-01, a Monday, up to and with `date`. */
static int32_t weekdays_until(struct date date)
{
	int32_t days = date_days_between(DATE_FIRST, date) + 1;
	int32_t rest = days % 7;

	return days / 7 * 5 + (rest < 5 ? rest : 5);
}

int32_t calendar_workdays(const struct calendar *calendar, struct date from,
    struct date to)
{
	int32_t count, end;

	if (date_cmp(to, from) < 0)
		return -calendar_workdays(calendar, to, from);
	count = weekdays_until(to) - weekdays_until(from);
	end = date_number(to);
	for (size_t i = lower_bound(calendar, date_number(from) + 1);
	     i < calendar->count && calendar->days[i].number <= end; i++) {
		const struct calendar_day *day = &calendar->days[i];
		bool weekend = is_weekend(date_from_number(day->number));

		count += (weekend && !day->off) - (!weekend && day->off);
	}
	return count;
}

bool period_parse(struct str text, struct period *period)
{
	static const struct {
		struct str name;
		enum period_unit unit;
	} units[] = {
		/* "wd" before "d", which it ends with. */
		{ { "wd", 2 }, PERIOD_WORKDAYS },
		{ { "d", 1 }, PERIOD_DAYS },
		{ { "m", 1 }, PERIOD_MONTHS },
		{ { "y", 1 }, PERIOD_YEARS },
	};

	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		size_t count;

		if (!str_ends(text, units[i].name))
			continue;
		if (!str_to_size(str_slice(text, 0,
			text.len - units[i].name.len), &count) ||
		    count < 1 || count > 9999)
			return false;
		*period = (struct period){ (uint16_t)count, units[i].unit };
		return true;
	}
	return false;
}

static struct date add_workdays(const struct calendar *calendar,
    struct date date, unsigned count)
{
	while (count > 0 && date_cmp(date, DATE_LAST) < 0) {
		date = date_add_days(date, 1);
		count -= calendar_is_workday(calendar, date);
	}
	return date;
}

struct period_end period_end(const struct calendar *calendar,
    struct date start, struct period period)
{
	struct period_end end = { .bare = start };

	switch (period.unit) {
	case PERIOD_DAYS:
		end.bare = date_add_days(start, period.count);
		break;
	case PERIOD_MONTHS:
		end.bare = date_add_months(start, period.count);
		break;
	case PERIOD_YEARS:
		end.bare = date_add_years(start, period.count);
		break;
	case PERIOD_WORKDAYS:
		end.bare = add_workdays(calendar, start, period.count);
		break;
	}
	end.last = calendar_roll(calendar, end.bare);
	end.provisional = calendar_is_provisional(calendar, end.last);
	return end;
}
