/* SPDX-License-Identifier: MIT */
/*
 * A table of schemas/ being read: rows of a CSV file by the names of columns,
 * whatever their order. For the files of rules/ that read one.
 */
#ifndef RULES_TABLE_H
#define RULES_TABLE_H

#include "base/csv.h"
#include "base/diag.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct reader;

struct table {
	struct str path;
	bool is_optional;	  /* none is a table without rows */
	const char *const *names; /* of the columns it must have; NULL
					 * ends them */
	struct csv csv;
	size_t *columns; /* where each of them stands */
};

/* Reads the file at table->path; false, with every fault reported, if it is not
 * there or lacks a column. Rows begin at 1: row 0 is the header. */
bool table_read(struct table *table, const struct reader *reader,
    struct arena *arena, struct diag_list *diags)
    __attribute__((warn_unused_result));

/* The cell of a row under name number `column`, without spaces around it. */
struct str table_cell(const struct table *table, size_t row, size_t column);

struct mark table_mark(const struct table *table, size_t row);

#endif
