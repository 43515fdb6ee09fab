/* SPDX-License-Identifier: MIT */
/*
 * What a query of the catalogue rests on, as SQLite says when it is prepared:
 * the columns it reads, through views too. With what is otherwise in the
 * catalogue (catalogue/touched.h) that tells which answers cannot have changed.
 *
 * Of some queries it is known besides that only rows of one record count, which
 * a parameter names. That stands with the query, "-- about: ?1" below its name:
 * the parameter is the number or the id of a record, and rows of records of
 * another id make no difference to the answer. "-- about: ?1 in ip paper" says
 * so of these tables alone.
 *
 * Others look around, at those nearest to a record, or list what stands in a
 * month or at a place. "-- around: ?1 QUERY" says of such a query that an
 * achievement that comes, or comes to be public, is seen only where ?1 is among
 * the names that QUERY lists, given the number of the record, or that number.
 * "-- shows: ?1 QUERY TABLE COLUMN..." says the same of what becomes of those
 * columns: they are shown, and neither choose nor order what is.
 *
 * tests/properties asks everything and compares.
 */
#ifndef CATALOGUE_READS_H
#define CATALOGUE_READS_H

#include "base/map.h"
#include "base/str.h"
#include "catalogue/catalogue.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct vec;

/* As if it were a table, with nothing but the as-of date: catalogue_reads(). */
#define READS_DAY STR("as_of")

/* Columns of a table that a query reads: bits as of catalogue_touched. */
struct catalogue_read {
	struct str table;
	uint64_t columns;
	uint64_t shown;		/* of them: see catalogue_shown_to() */
	bool is_about;		/* only in rows of the record it is about */
};

/* The tables of a catalogue, to be made once for all its queries. */
struct catalogue_columns {
	struct arena *arena;
	struct map tables;	/* of reads.c, by name */
	struct map joins;	/* names that anything is joined by */
};

/* False when the catalogue cannot tell; it fails then. */
bool catalogue_columns_open(struct catalogue *catalogue, struct arena *arena,
    struct catalogue_columns *columns);

/* Adds what `sql`, which is no query of the catalogue's, joins tables by. */
void catalogue_columns_join(struct catalogue_columns *columns,
    struct str sql);

/* Adds to `*read` what is read of a table when SQLite's authorizer is told of
 * this column: an empty name, or one that is no column's, as well. False for
 * what is no table: a view, which is read through. */
bool catalogue_column_read(const struct catalogue_columns *columns,
    const char *table, const char *column, uint64_t *read);

/*
 * Adds what `query` reads (struct catalogue_read). Where it looks at the as-of
 * date, in the view as_of or in `meta`, that is told as READS_DAY; the rest of
 * `meta` is about the catalogue itself, and with another word beside the date
 * the whole catalogue is another. False when it cannot be told.
 */
bool catalogue_reads(struct catalogue *catalogue,
    const struct catalogue_columns *columns, enum query query,
    struct vec *reads);

/* Number from 1 of the parameter by which a query is found that is about a
 * record, looks around it or shows it; 0 where none is. */
size_t catalogue_about(enum query query);

/* The query that lists who sees what has come; QUERY_COUNT where none does. */
enum query catalogue_seen_by(enum query query);
/* The same for what becomes of the columns that are shown. */
enum query catalogue_shown_to(enum query query);

/* The bit of a column, as in `columns` of catalogue_touched; 0 if there is no
 * such column. */
uint64_t catalogue_column(const struct catalogue_columns *columns,
    struct str table, struct str column);

#endif
