/* SPDX-License-Identifier: MIT */
/*
 * Writing iCalendar (RFC 5545), line by line: icalendar_begin(out,
 * "VCALENDAR"), its properties, its components, icalendar_end(). Lines are
 * folded where they have to be and end as the RFC wants; what a calendar must
 * hold (PRODID, VERSION, a UID and DTSTAMP for each event) is the caller's to
 * know. Nothing is kept.
 *
 * `name` is the property with its parameters ("DTSTART;VALUE=DATE"), which we
 * choose; only values come from strangers.
 */
#ifndef BASE_ICALENDAR_H
#define BASE_ICALENDAR_H

#include "base/date.h"
#include "base/str.h"

struct buf;

/* The longest line in octets, without its end (section 3.1). */
enum { ICALENDAR_LINE_MAX = 75 };

void icalendar_begin(struct buf *out, const char *component);
void icalendar_end(struct buf *out, const char *component);

/* A value that is no TEXT: a number, a period, a word, an address. Control
 * characters are left out. */
void icalendar_value(struct buf *out, const char *name, struct str value);

/* A value of type TEXT: escaped, line feeds kept, other control characters
 * left out, bytes that are no UTF-8 as U+FFFD. */
void icalendar_text(struct buf *out, const char *name, struct str text);

/* A day: "DTSTART;VALUE=DATE" gives DTSTART;VALUE=DATE:20260710. */
void icalendar_date(struct buf *out, const char *name, struct date date);

/* Midnight of a day in UTC: NAME:20260710T000000Z. */
void icalendar_midnight(struct buf *out, const char *name, struct date date);

#endif
