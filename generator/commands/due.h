/* SPDX-License-Identifier: MIT */
/* What `zheli due` tells, and its three forms. */
#ifndef COMMANDS_DUE_H
#define COMMANDS_DUE_H

#include "base/date.h"
#include "base/lang.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct arena;
struct buf;
struct code_list;
struct value;

/* Soonest first. */
struct due_list {
	struct arena *arena;
	enum lang lang;
	struct date as_of;
	const struct value **rows;	/* of the query `duties` */
	size_t count, overdue;
	const struct code_list *parties;	/* bound-parties */
	struct str title;		/* of the site, and of whom it is for */
	struct str base_url;		/* with a slash at its end, or empty */
	size_t alarm;			/* days before; 0: no alarm */
};

/* Who has to act, as the code list calls it in that language. */
struct str due_party(const struct due_list *list, const struct value *row,
    enum lang lang);
/* The text of a row that stands there in both languages, as "message". */
struct str due_text(const struct due_list *list, const struct value *row,
    const char *name);
/* Negative: so many days ago. */
long long due_days(const struct value *row);
/* Its day has passed, and nothing excuses it. */
bool due_is_overdue(const struct value *row);

void due_print(const struct due_list *list, FILE *out);
/* {"version":1, "as_of", "overdue", "items":[…]}; zheli-due(1) has the
 * members. */
void due_append_json(const struct due_list *list, struct buf *out);
/* A calendar with an all-day event for each. */
void due_append_icalendar(const struct due_list *list, struct buf *out);

#endif
