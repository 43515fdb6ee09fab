/* SPDX-License-Identifier: MIT */
/*
 * What the preview server has to know of HTTP (RFC 9110) and libmicrohttpd does
 * not do: paths, ranges, validators, dates, types. Pure functions over views;
 * nothing in here opens, keeps or sends anything.
 */
#ifndef COMMANDS_SERVE_HTTP_H
#define COMMANDS_SERVE_HTTP_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct arena;

/*
 * The path below a site's folder that a request's target (raw, without query)
 * asks for: percent signs decoded, without the leading '/'; "" and "a/" ask for
 * folders. False for whatever does not stay below the folder or could not be a
 * file of a site.
 */
bool http_path(struct arena *arena, struct str target, struct str *path);

/* The media type of a file, by its name's ending. */
struct str http_content_type(struct str path);

enum http_range {
	HTTP_WHOLE,		/* no range, or one that may be ignored */
	HTTP_PART,
	HTTP_UNSATISFIABLE
};

/* What a Range field asks of `size` bytes; `*first` and `*last` for a part.
 * Several ranges count as none. */
enum http_range http_range(struct str field, uint64_t size, uint64_t *first,
    uint64_t *last);

/* Whether If-None-Match lists `etag` (with its quotes), or is '*'. */
bool http_none_match(struct str field, struct str etag);

/* Whether If-Range holds this very `etag` or date, or is empty. */
bool http_if_range(struct str field, struct str etag, time_t modified);

/* Whether If-Modified-Since is a date not before `modified`. */
bool http_not_modified(struct str field, time_t modified);

/* "Sun, 06 Nov 1994 08:49:37 GMT". */
enum { HTTP_DATE_SIZE = 30 };
void http_date(time_t time, char date[HTTP_DATE_SIZE]);
/* The time of such a date; false for any other form. */
bool http_date_parse(struct str date, time_t *time);

/*
 * Whether a Host field names this machine (localhost, 127.0.0.1, [::1]) or
 * `allowed`, with or without a port. A page of another site that has its name
 * point here (DNS rebinding) does not.
 */
bool http_host_is_ours(struct str field, struct str allowed);

#endif
