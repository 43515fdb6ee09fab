/* SPDX-License-Identifier: MIT */
/* The statements of page_store.c, and how they are run; for it alone. */
#ifndef CATALOGUE_PAGE_STORE_INSIDE_H
#define CATALOGUE_PAGE_STORE_INSIDE_H

#include "base/str.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct sqlite3;
struct sqlite3_stmt;

enum statement {
	QUESTION, DUE_KINDS, DUE_QUERY, DUE_ABOUT, DUE_SUBJECT, QUERIES, DUE,
	CHANGE, REACH, COUNT_REACHED, PAGES, NUMBERS, FORGET, PUT_PAGE,
	FIND_QUESTION, FIND_ANSWER, PUT_QUESTION, PUT_ASKED, GET_NOTE, SET_NOTE,
	STATEMENT_COUNT
};

struct page_store {
	struct arena *arena;
	struct str path;
	struct sqlite3 *database;
	struct sqlite3_stmt *statements[STATEMENT_COUNT];
	int64_t page;	/* put last */
	bool is_at_page;	/* PAGES has a row at hand */
	struct vec known;	/* int64_t: numbers of pages */
	bool has_failed;
	bool is_damaged;	/* then it is removed when it is closed */
};

/* Prepared, and ready to be bound; NULL when it could not be, as noted. */
struct sqlite3_stmt *store_statement(struct page_store *store,
    enum statement number);
void store_bind_bytes(struct sqlite3_stmt *stmt, int index, struct str bytes);
void store_bind_text(struct sqlite3_stmt *stmt, int index, struct str text);
/* Whether there is a row; a failure is noted. */
bool store_step(struct page_store *store, struct sqlite3_stmt *stmt);
/* One without rows, or whose first number is all that is wanted of it. */
int64_t store_run(struct page_store *store, struct sqlite3_stmt *stmt);
/* Any number of statements; false once anything has failed. */
bool store_execute(struct page_store *store, const char *sql);

#endif
