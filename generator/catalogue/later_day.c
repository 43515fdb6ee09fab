/* SPDX-License-Identifier: MIT */
/*
 * later_day(day, months) for queries: the corresponding day that many months
 * later, or the last of its month where it has none. SQLite's own '+1 month'
 * makes the third of March of the thirty-first of January.
 */
#include "base/date.h"
#include "catalogue/internal.h"

#include <sqlite3.h>

static void later_day(sqlite3_context *context, int count,
    sqlite3_value **values)
{
	const char *text = (const char *)sqlite3_value_text(values[0]);
	char later[DATE_SIZE];
	struct date date;

	(void)count;
	if (text == NULL || !date_parse(str_from(text), &date)) {
		sqlite3_result_null(context);
		return;
	}
	date_format(date_add_months(date, sqlite3_value_int(values[1])),
	    later);
	sqlite3_result_text(context, later, DATE_SIZE - 1, SQLITE_TRANSIENT);
}

void catalogue_add_functions(struct catalogue *catalogue)
{
	if (sqlite3_create_function(catalogue->database, "later_day", 2,
	    SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL, later_day, NULL, NULL) !=
	    SQLITE_OK)
		catalogue_fail(catalogue);
}
