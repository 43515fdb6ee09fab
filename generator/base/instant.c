/* SPDX-License-Identifier: MIT */
#include "base/instant.h"

#include "base/arena.h"

enum { DAY = 24 * 60 * 60 };

/* Two digits at `at`, below `limit`; negative if it is none. */
static int pair_at(struct str text, size_t at, int limit)
{
	char tens = text.ptr[at], ones = text.ptr[at + 1];
	int number = 10 * (tens - '0') + (ones - '0');

	return tens >= '0' && tens <= '9' && ones >= '0' && ones <= '9' &&
	    number < limit ? number : -1;
}

bool instant_parse(struct str text, int64_t *seconds)
{
	struct date date;
	int hour, minute, second, zone_hour, zone_minute, zone;

	if (text.len != 25 || !date_parse(str_slice(text, 0, 10), &date) ||
	    text.ptr[10] != 'T' || text.ptr[13] != ':' ||
	    text.ptr[16] != ':' || text.ptr[22] != ':' ||
	    (text.ptr[19] != '+' && text.ptr[19] != '-'))
		return false;
	hour = pair_at(text, 11, 24);
	minute = pair_at(text, 14, 60);
	second = pair_at(text, 17, 60);
	zone_hour = pair_at(text, 20, 24);
	zone_minute = pair_at(text, 23, 60);
	if (hour < 0 || minute < 0 || second < 0 || zone_hour < 0 ||
	    zone_minute < 0)
		return false;
	zone = zone_hour * 60 + zone_minute;
	*seconds = (int64_t)date_number(date) * DAY + hour * 3600 +
	    minute * 60 + second - (text.ptr[19] == '-' ? -zone : zone) * 60;
	return true;
}

/* Rounds down, also before 1970. */
static int64_t day_of(int64_t local)
{
	return local / DAY - (local % DAY < 0);
}

struct date instant_date(int64_t seconds, int zone)
{
	return date_from_number(day_of(seconds + zone * 60));
}

struct str instant_format(struct arena *arena, int64_t seconds, int zone)
{
	int64_t local = seconds + zone * 60;
	int rest = (int)(local - day_of(local) * DAY);
	int away = zone < 0 ? -zone : zone;

	return str_format(arena, "%.*sT%02d:%02d:%02d%c%02d:%02d",
	    STR_ARG(date_iso(arena, date_from_number(day_of(local)))),
	    rest / 3600, rest / 60 % 60, rest % 60, zone < 0 ? '-' : '+',
	    away / 60, away % 60);
}
