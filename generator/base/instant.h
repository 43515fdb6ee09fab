/* SPDX-License-Identifier: MIT */
/*
 * Moments, as clocks and commits write them: seconds since 1970 in UTC. Which
 * day that was depends on where one asks; deadlines of this registry end in
 * China, all of which has one time, eight hours east of Greenwich.
 */
#ifndef BASE_INSTANT_H
#define BASE_INSTANT_H

#include "base/date.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;

enum { ZONE_CHINA = 8 * 60 };	/* minutes */

/* Exactly 2026-11-21T08:15:30+08:00, any zone; false for what is no time. */
bool instant_parse(struct str text, int64_t *seconds);

/* The same form, as clocks in `zone` (minutes east) show it. */
struct str instant_format(struct arena *arena, int64_t seconds, int zone);

/* The day it was there. */
struct date instant_date(int64_t seconds, int zone);

#endif
