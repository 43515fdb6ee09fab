/* SPDX-License-Identifier: MIT */
/*
 * Writing iCalendar (RFC 5545), line by line: icalendar_open(), further
 * properties of the calendar, its components, icalendar_close(). Lines are
 * folded where they have to be and end as the RFC wants; what a component must
 * hold (a UID and DTSTAMP for each event, a zone where times name it) is the
 * caller's to know. Nothing is kept.
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

/* A calendar to be published, with the properties that each must have;
 * `command` is what made it ("due"). */
void icalendar_open(struct buf *out, struct str command);
void icalendar_close(struct buf *out);

/* The zone of Asia/Shanghai: UTC+8, without a change since 1991. */
void icalendar_zone(struct buf *out);

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
