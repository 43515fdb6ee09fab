/* SPDX-License-Identifier: MIT */
/*
 * What is worked out from whole tables for pages: lists, reports, counts. It
 * stands until the day is another, or rows of a table that it was made from
 * have come or gone or have another value in a column that it was made from,
 * and then is worked out anew. Which those are SQLite tells while statements
 * are prepared; `meta` is left out, whose other values than the day are about
 * the catalogue itself.
 */
#ifndef CATALOGUE_WORKED_OUT_H
#define CATALOGUE_WORKED_OUT_H

#include "base/str.h"

#include <stdbool.h>

struct catalogue;

/* False if it stands, and there is nothing to do. Else it is made, until
 * catalogue_work_end(): one at a time. */
bool catalogue_work_begin(struct catalogue *catalogue, struct str what);
void catalogue_work_end(struct catalogue *catalogue, struct str what);
/* Runs statements in between that give no rows. */
void catalogue_work(struct catalogue *catalogue, const char *sql);

/* Brings the findings of the internal site up to date (findings.sql): rows that
 * are as they were are left alone. After catalogue_conclude(). */
void catalogue_sort_findings(struct catalogue *catalogue);

/* Once all changes were put, of one that is gone on with: what rests on them
 * stands no longer. Everything, unless catalogue_watch() was called. */
void catalogue_drop_stale(struct catalogue *catalogue);

#endif
