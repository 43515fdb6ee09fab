/* SPDX-License-Identifier: MIT */
/*
 * Taking tables out of the catalogue: the rows of a query one by one, however
 * many they are; and a SQLite file of its own, made from queries and rows.
 *
 * A file comes to the same bytes from the same rows: it is written in one go,
 * without a journal, packed by VACUUM INTO, and holds no time of its own.
 * catalogue_export_begin(), any number of the others, catalogue_export_end(),
 * which leaves the packed file at `path`, or nothing. What fails is kept until
 * then; where the catalogue cannot be read, that is kept by the catalogue.
 */
#ifndef CATALOGUE_EXPORT_H
#define CATALOGUE_EXPORT_H

#include "base/str.h"
#include "catalogue/catalogue.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct catalogue_export;
struct diag_list;

/* A row: cells as text, valid for this call alone; NULL cells have no ptr. */
typedef void catalogue_take(void *context, const struct str *cells,
    size_t count);

/* Hands out every row of a query. Parameters are bound as text. */
void catalogue_each(struct catalogue *catalogue, enum query query,
    const struct str *params, size_t param_count, catalogue_take *take,
    void *context);

/* Begins a file of the catalogue's rows at `path`, replacing one there. */
struct catalogue_export *catalogue_export_begin(struct arena *arena,
    struct catalogue *catalogue, struct str path);
/* Runs a statement; the file is the database `data`. */
void catalogue_export_run(struct catalogue_export *export, struct str sql);
/* INSERT INTO `table` the rows of a query. */
void catalogue_export_rows(struct catalogue_export *export, struct str table,
    enum query query, const struct str *params, size_t param_count);
/* INSERT INTO `table` one row; cells without text are NULL. */
void catalogue_export_row(struct catalogue_export *export, struct str table,
    const struct str *cells, size_t count);
/* How many rows a table has. */
size_t catalogue_export_count(struct catalogue_export *export,
    struct str table);
/* Packs and closes. False with a diagnostic if anything failed. */
bool catalogue_export_end(struct catalogue_export *export,
    struct diag_list *diags);

#endif
