/* SPDX-License-Identifier: MIT */
#include "base/icalendar.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <stdio.h>

/* Where a line that begins at `from` must break: not inside of a character. */
static size_t break_of(struct str line, size_t from, size_t most)
{
	size_t to = from + most;

	if (to >= line.len)
		return line.len;
	while (to > from && ((unsigned char)line.ptr[to] & 0xc0) == 0x80)
		to--;
	/* Bytes that are no UTF-8 at all break anywhere. */
	return to > from ? to : from + most;
}

/* The space that a continued line begins with counts, too. */
static void append_folded(struct buf *out, struct str line)
{
	size_t to = break_of(line, 0, ICALENDAR_LINE_MAX);

	buf_append(out, str_slice(line, 0, to));
	for (size_t from = to; from < line.len; from = to) {
		to = break_of(line, from, ICALENDAR_LINE_MAX - 1);
		buf_append_cstr(out, "\r\n ");
		buf_append(out, str_slice(line, from, to));
	}
	buf_append_cstr(out, "\r\n");
}

void icalendar_value(struct buf *out, const char *name, struct str value)
{
	struct buf line;

	buf_init(&line);
	buf_append_format(&line, "%s:", name);
	for (size_t i = 0; i < value.len; i++)
		if (value.ptr[i] == '\t' || ((unsigned char)value.ptr[i] >=
		    ' ' && value.ptr[i] != 0x7f))
			buf_append_char(&line, value.ptr[i]);
	append_folded(out, buf_str(&line));
	buf_dispose(&line);
}

void icalendar_begin(struct buf *out, const char *component)
{
	icalendar_value(out, "BEGIN", str_from(component));
}

void icalendar_end(struct buf *out, const char *component)
{
	icalendar_value(out, "END", str_from(component));
}

static void append_escaped(struct buf *out, uint32_t c)
{
	enum { REPLACEMENT = 0xfffd };

	if (c == UTF8_INVALID) {
		utf8_append(out, REPLACEMENT);
	} else if (c == '\n') {
		buf_append_cstr(out, "\\n");
	} else if (!utf8_is_control(c) && c != '\r') {
		if (c == '\\' || c == ';' || c == ',')
			buf_append_char(out, '\\');
		utf8_append(out, c);
	}
}

void icalendar_text(struct buf *out, const char *name, struct str text)
{
	struct buf value;
	size_t size;

	buf_init(&value);
	for (size_t at = 0; at < text.len; at += size)
		append_escaped(&value, utf8_decode(text, at, &size));
	icalendar_value(out, name, buf_str(&value));
	buf_dispose(&value);
}

static void append_date(struct buf *out, const char *name,
    struct date date, const char *time)
{
	char digits[sizeof("99991231T000000Z")];

	(void)snprintf(digits, sizeof(digits), "%04u%02u%02u%s",
	    (unsigned)date.year % 10000, (unsigned)date.month % 100,
	    (unsigned)date.day % 100, time);
	icalendar_value(out, name, str_from(digits));
}

void icalendar_date(struct buf *out, const char *name, struct date date)
{
	append_date(out, name, date, "");
}

void icalendar_midnight(struct buf *out, const char *name, struct date date)
{
	append_date(out, name, date, "T000000Z");
}

void icalendar_open(struct buf *out, struct str command)
{
	char product[64];

	(void)snprintf(product, sizeof(product), "-//zheli//zheli %.*s//ZH",
	    STR_ARG(command));
	icalendar_begin(out, "VCALENDAR");
	icalendar_value(out, "VERSION", STR("2.0"));
	icalendar_value(out, "PRODID", str_from(product));
	icalendar_value(out, "CALSCALE", STR("GREGORIAN"));
	icalendar_value(out, "METHOD", STR("PUBLISH"));
}

void icalendar_close(struct buf *out)
{
	icalendar_end(out, "VCALENDAR");
}

void icalendar_zone(struct buf *out)
{
	icalendar_begin(out, "VTIMEZONE");
	icalendar_value(out, "TZID", STR("Asia/Shanghai"));
	icalendar_begin(out, "STANDARD");
	icalendar_value(out, "DTSTART", STR("19700101T000000"));
	icalendar_value(out, "TZOFFSETFROM", STR("+0800"));
	icalendar_value(out, "TZOFFSETTO", STR("+0800"));
	icalendar_end(out, "STANDARD");
	icalendar_end(out, "VTIMEZONE");
}
