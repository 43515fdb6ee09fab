/* SPDX-License-Identifier: MIT */
/*
 * Taking tables out of the catalogue: the rows of a query one by one, however
 * many they are; and a SQLite file of its own, made from queries and rows.
 *
 * A file comes to the same bytes from the same rows: it is written without a
 * journal, packed by VACUUM INTO, and holds no time of its own.
 * catalogue_export_begin(), any number of the others, catalogue_export_end(),
 * which leaves the packed file at `path`, or nothing. What fails is kept until
 * then; where the catalogue cannot be read, that is kept by the catalogue.
 *
 * What was not yet packed may be left with a note, to be gone on with by
 * another. Rows may be taken out of it then and others put in; tables and
 * indexes may not, since packing has them in the order of their making.
 */
#ifndef CATALOGUE_EXPORT_H
#define CATALOGUE_EXPORT_H

#include "base/str.h"
#include "catalogue/catalogue.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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

/* Where the file that will be packed at `path` stands until then. */
struct str catalogue_export_loose(struct arena *arena, struct str path);
/* The note of what was left there, in `arena`. False where nothing was, or it
 * is no longer what was left: it is removed then. */
bool catalogue_export_recall(struct arena *arena, struct str path,
    struct str *note);

/* Begins a file of the catalogue's rows at `path`, replacing one there;
 * `goes_on`: with what catalogue_export_recall() has found. */
struct catalogue_export *catalogue_export_begin(struct arena *arena,
    struct catalogue *catalogue, struct str path, bool goes_on);
/* Runs a statement, its parameter ?1 bound if there is one; the file is the
 * database `data`. */
void catalogue_export_run(struct catalogue_export *export, struct str sql,
    struct str param);
/* INSERT INTO `table` the rows of a query: how many, and the answer that they
 * were (answer.h). */
size_t catalogue_export_rows(struct catalogue_export *export, struct str table,
    enum query query, const struct str params[2], uint64_t *answer);
/* They stand there already: the query has that answer, and is told of. */
void catalogue_export_stay(struct catalogue_export *export, enum query query,
    const struct str params[2], uint64_t answer);
/* INSERT INTO `table` one row; cells without text are NULL. */
void catalogue_export_row(struct catalogue_export *export, struct str table,
    const struct str *cells, size_t count);
/* Packs and closes, and leaves what was not packed with that note; an empty one
 * leaves nothing. False with a diagnostic if anything failed. */
bool catalogue_export_end(struct catalogue_export *export, struct str note,
    struct diag_list *diags);

#endif
