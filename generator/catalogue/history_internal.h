/* SPDX-License-Identifier: MIT */
/* What the files behind history_store.h share; included by them alone. */
#ifndef CATALOGUE_HISTORY_INTERNAL_H
#define CATALOGUE_HISTORY_INTERNAL_H

#include "base/str.h"
#include "catalogue/history_store.h"

#include <stdbool.h>

struct sqlite3;
struct sqlite3_stmt;

/* One for each "-- name:" of queries_history.sql. */
enum history_query {
#define QUERY(name, sql) HISTORY_##name,
#include "catalogue/queries_history.inc"
#undef QUERY
	HISTORY_QUERY_COUNT
};

struct history_store {
	struct arena *arena;
	struct sqlite3 *database;
	struct str path;
	struct str failure;	/* what SQLite said when it first failed */
	int failure_code;
	bool is_damaged, is_temporary;
	struct sqlite3_stmt *queries[HISTORY_QUERY_COUNT];
};

/* Notes that SQLite failed; see history_store_is_well(). */
void history_fail(struct history_store *store);
/* Prepared once; NULL when that fails. */
struct sqlite3_stmt *history_query(struct history_store *store,
    enum history_query query);
/* Ends a query after its rows, or after one that failed: then it is noted. */
void history_end(struct history_store *store, struct sqlite3_stmt *stmt);
/* Binds text or bytes, or NULL when it is empty. Index from 1. */
void history_bind_text(struct sqlite3_stmt *stmt, int index,
    struct str text);
void history_bind_blob(struct sqlite3_stmt *stmt, int index,
    struct str bytes);
/* Runs a statement that gives no rows. */
void history_run(struct history_store *store, struct sqlite3_stmt *stmt);
/* The bytes of a column, in `arena`. */
struct str history_column(struct sqlite3_stmt *stmt, int column,
    struct arena *arena);

#endif
