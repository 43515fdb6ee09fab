/* SPDX-License-Identifier: MIT */
#include "commands/serve/http.h"

#include "base/arena.h"
#include "base/path.h"
#include "base/utf8.h"

#include <stdio.h>
#include <strings.h>

static int hex_digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ?
	    c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* `target` with %XX decoded; false for a '%' without two digits after it. */
static bool decode(struct arena *arena, struct str target, struct str *decoded)
{
	char *copy = arena_alloc(arena, target.len + 1);
	size_t len = 0;

	for (size_t i = 0; i < target.len; i++) {
		int high, low;

		if (target.ptr[i] != '%') {
			copy[len++] = target.ptr[i];
			continue;
		}
		if (target.len - i < 3)
			return false;
		high = hex_digit(target.ptr[i + 1]);
		low = hex_digit(target.ptr[i + 2]);
		if (high < 0 || low < 0)
			return false;
		copy[len++] = (char)(high << 4 | low);
		i += 2;
	}
	*decoded = (struct str){ copy, len };
	return true;
}

bool http_path(struct arena *arena, struct str target, struct str *path)
{
	struct str decoded, parts;

	if (!str_starts(target, STR("/")) || !decode(arena, target, &decoded))
		return false;
	decoded = str_slice(decoded, 1, decoded.len);
	parts = decoded;
	if (str_ends(parts, STR("/")))
		parts.len--;
	if (decoded.len > 0 && (!path_is_safe(parts) ||
	    utf8_check(decoded) != decoded.len))
		return false;
	*path = decoded;
	return true;
}

struct str http_content_type(struct str path)
{
	static const struct {
		struct str extension, type;
	} types[] = {
#define TYPE(extension, type) \
	{ { extension, sizeof(extension) - 1 }, { type, sizeof(type) - 1 } }
		TYPE(".html", "text/html; charset=utf-8"),
		TYPE(".css", "text/css; charset=utf-8"),
		TYPE(".js", "text/javascript; charset=utf-8"),
		TYPE(".mjs", "text/javascript; charset=utf-8"),
		TYPE(".json", "application/json"),
		TYPE(".jsonl", "application/jsonl"),
		TYPE(".jsonld", "application/ld+json"),
		TYPE(".atom", "application/atom+xml; charset=utf-8"),
		TYPE(".xml", "application/xml; charset=utf-8"),
		TYPE(".csv", "text/csv; charset=utf-8"),
		TYPE(".txt", "text/plain; charset=utf-8"),
		TYPE(".md", "text/markdown; charset=utf-8"),
		TYPE(".ics", "text/calendar; charset=utf-8"),
		TYPE(".bib", "application/x-bibtex; charset=utf-8"),
		TYPE(".ris", "application/x-research-info-systems"),
		TYPE(".ttl", "text/turtle; charset=utf-8"),
		TYPE(".svg", "image/svg+xml"),
		TYPE(".png", "image/png"),
		TYPE(".jpg", "image/jpeg"),
		TYPE(".jpeg", "image/jpeg"),
		TYPE(".gif", "image/gif"),
		TYPE(".webp", "image/webp"),
		TYPE(".avif", "image/avif"),
		TYPE(".ico", "image/vnd.microsoft.icon"),
		TYPE(".woff2", "font/woff2"),
		TYPE(".woff", "font/woff"),
		TYPE(".pdf", "application/pdf"),
		TYPE(".sqlite", "application/vnd.sqlite3"),
		TYPE(".wasm", "application/wasm"),
		TYPE(".zip", "application/zip"),
		TYPE(".mp4", "video/mp4"),
		TYPE(".webmanifest", "application/manifest+json"),
#undef TYPE
	};
	struct str extension = path_extension(path);

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (str_eq(types[i].extension, extension))
			return types[i].type;
	return STR("application/octet-stream");
}

/* One end of a range: a number, or nothing. */
static bool range_end(struct str text, bool *is_given, uint64_t *number)
{
	size_t value = 0;

	*is_given = text.len > 0;
	*number = 0;
	if (text.len == 0)
		return true;
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] < '0' || text.ptr[i] > '9')
			return false;
	/* A number too large for any file. */
	if (!str_to_size(text, &value))
		value = SIZE_MAX;
	*number = value;
	return true;
}

enum http_range http_range(struct str field, uint64_t size, uint64_t *first,
    uint64_t *last)
{
	bool has_first, has_last;
	uint64_t from, to;
	struct str left;

	field = str_trim(field);
	if (!str_starts(field, STR("bytes=")))
		return HTTP_WHOLE;
	field = str_slice(field, 6, field.len);
	if (str_find_char(field, '-', 0) == STR_NOT_FOUND)
		return HTTP_WHOLE;
	left = str_trim(str_cut(&field, '-'));
	if (!range_end(left, &has_first, &from) ||
	    !range_end(str_trim(field), &has_last, &to) ||
	    (!has_first && !has_last) || (has_first && has_last && to < from))
		return HTTP_WHOLE;
	if (size == 0 || (has_first && from >= size) || (!has_first && to == 0))
		return HTTP_UNSATISFIABLE;
	*first = has_first ? from : to >= size ? 0 : size - to;
	*last = has_first && has_last && to < size ? to : size - 1;
	return HTTP_PART;
}

/* The opaque part: RFC 9110, 8.8.3.2, weak comparison. */
static struct str without_weakness(struct str etag)
{
	return str_starts(etag, STR("W/")) ? str_slice(etag, 2, etag.len) :
	    etag;
}

bool http_none_match(struct str field, struct str etag)
{
	if (str_eq(str_trim(field), STR("*")))
		return true;
	while (field.len > 0)
		if (str_eq(without_weakness(str_trim(str_cut(&field, ','))),
		    etag))
			return true;
	return false;
}

bool http_if_range(struct str field, struct str etag, time_t modified)
{
	time_t date;

	field = str_trim(field);
	return field.len == 0 || str_eq(field, etag) ||
	       (http_date_parse(field, &date) && date == modified);
}

bool http_not_modified(struct str field, time_t modified)
{
	time_t date;

	return http_date_parse(str_trim(field), &date) && modified <= date;
}

static const char months[12][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
	"Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

void http_date(time_t time, char date[HTTP_DATE_SIZE])
{
	static const char days[7][4] = { "Sun", "Mon", "Tue", "Wed", "Thu",
		"Fri", "Sat" };
	struct tm tm = { .tm_mday = 1 };

	(void)gmtime_r(&time, &tm);
	(void)snprintf(date, HTTP_DATE_SIZE,
	    "%s, %02u %s %04u %02u:%02u:%02u GMT", days[tm.tm_wday],
	    (unsigned)tm.tm_mday % 100, months[tm.tm_mon],
	    (unsigned)(tm.tm_year + 1900) % 10000, (unsigned)tm.tm_hour % 100,
	    (unsigned)tm.tm_min % 100, (unsigned)tm.tm_sec % 100);
}

/* The digits at [at, at + count); -1 if they are none. */
static int digits(struct str text, size_t at, size_t count)
{
	size_t number;

	return str_to_size(str_slice(text, at, at + count), &number) ?
	    (int)number : -1;
}

static int month_of(struct str name)
{
	for (int i = 0; i < 12; i++)
		if (str_eq(name, str_from(months[i])))
			return i;
	return -1;
}

bool http_date_parse(struct str date, time_t *time)
{
	struct tm tm = { .tm_isdst = 0 };

	if (date.len != HTTP_DATE_SIZE - 1 || date.ptr[3] != ',' ||
	    date.ptr[19] != ':' || date.ptr[22] != ':' ||
	    !str_ends(date, STR(" GMT")))
		return false;
	tm.tm_mday = digits(date, 5, 2);
	tm.tm_mon = month_of(str_slice(date, 8, 11));
	tm.tm_year = digits(date, 12, 4) - 1900;
	tm.tm_hour = digits(date, 17, 2);
	tm.tm_min = digits(date, 20, 2);
	tm.tm_sec = digits(date, 23, 2);
	if (tm.tm_mday < 1 || tm.tm_mday > 31 || tm.tm_mon < 0 ||
	    tm.tm_year < 0 || tm.tm_hour < 0 || tm.tm_hour > 23 ||
	    tm.tm_min < 0 || tm.tm_min > 59 || tm.tm_sec < 0 || tm.tm_sec > 60)
		return false;
	*time = timegm(&tm);
	return true;
}

static bool is_same_name(struct str a, struct str b)
{
	return a.len == b.len && a.len > 0 &&
	       strncasecmp(a.ptr, b.ptr, a.len) == 0;
}

/* A Host field without its port; empty if what should be the port is none. */
static struct str host_name(struct str field)
{
	size_t bracket = str_find_last(field, ']');
	size_t colon = str_find_last(field, ':');

	if (colon == STR_NOT_FOUND ||
	    (bracket != STR_NOT_FOUND && bracket > colon))
		return field;
	for (size_t i = colon + 1; i < field.len; i++)
		if (field.ptr[i] < '0' || field.ptr[i] > '9')
			return STR_NONE;
	return str_slice(field, 0, colon);
}

bool http_host_is_ours(struct str field, struct str allowed)
{
	static const struct str names[] = {
		{ "localhost", 9 }, { "127.0.0.1", 9 }, { "[::1]", 5 }
	};
	struct str name = host_name(str_trim(field));

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (is_same_name(name, names[i]))
			return true;
	if (str_starts(name, STR("[")) && str_ends(name, STR("]")) &&
	    is_same_name(str_slice(name, 1, name.len - 1), allowed))
		return true;
	return is_same_name(name, allowed);
}
