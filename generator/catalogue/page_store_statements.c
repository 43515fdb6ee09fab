/* SPDX-License-Identifier: MIT */
#include "base/arena.h"
#include "catalogue/checked_file.h"
#include "catalogue/page_store_inside.h"

#include <sqlite3.h>

static const char *const statement_sql[STATEMENT_COUNT] = {
	[QUESTION] = "SELECT kind, query, subject, answer FROM question "
	    "WHERE number = ?1",
	[DUE_KINDS] = "INSERT OR IGNORE INTO temp.due "
	    "SELECT number FROM question WHERE kind >= ?1",
	[DUE_QUERY] = "INSERT OR IGNORE INTO temp.due "
	    "SELECT number FROM question WHERE kind = 0 AND query = ?1",
	[DUE_ABOUT] = "INSERT OR IGNORE INTO temp.due "
	    "SELECT number FROM question WHERE about = ?2 AND query = ?1",
	[DUE_SUBJECT] = "INSERT OR IGNORE INTO temp.due SELECT number "
	    "FROM question WHERE kind = ?1 AND query = 0 AND subject = ?2",
	/* From one to the next, as the index has them. */
	[QUERIES] = "WITH RECURSIVE q (query) AS ("
	    "SELECT min(query) FROM question WHERE kind = 0 UNION ALL "
	    "SELECT (SELECT min(n.query) FROM question n WHERE n.kind = 0 "
	    "AND n.query > q.query) FROM q WHERE q.query IS NOT NULL) "
	    "SELECT query FROM q WHERE query IS NOT NULL",
	[DUE] = "SELECT question FROM temp.due ORDER BY question",
	[CHANGE] = "INSERT INTO temp.changed VALUES (?1, ?2)",
	[REACH] = "INSERT OR IGNORE INTO temp.reached SELECT a.page "
	    "FROM temp.changed c CROSS JOIN asked a USING (question)",
	[COUNT_REACHED] = "SELECT count(*) FROM temp.reached",
	[PAGES] = "SELECT number, path, self, facts, "
	    "number IN (SELECT page FROM temp.reached) FROM page "
	    "WHERE path >= ?1 ORDER BY path",
	[NUMBERS] = "SELECT number FROM page ORDER BY number",
	[FORGET] = "INSERT INTO temp.forgotten VALUES (?1)",
	[PUT_PAGE] = "INSERT INTO page (path, self, facts) "
	    "VALUES (?1, ?2, ?3)",
	[FIND_QUESTION] = "SELECT number FROM question WHERE kind = ?1 "
	    "AND query = ?2 AND subject = ?3",
	[FIND_ANSWER] = "SELECT answer FROM question WHERE kind = ?1 "
	    "AND query = ?2 AND subject = ?3",
	[PUT_QUESTION] = "INSERT INTO question (kind, query, subject, answer, "
	    "about) VALUES (?1, ?2, ?3, ?4, ?5)",
	[PUT_ASKED] = "INSERT OR IGNORE INTO asked VALUES (?1, ?2)",
	[GET_NOTE] = "SELECT value FROM note WHERE name = ?1",
	[SET_NOTE] = "INSERT OR REPLACE INTO note VALUES (?1, ?2)",
};

static void note_failure(struct page_store *store)
{
	store->has_failed = true;
	store->is_damaged = store->is_damaged ||
	    checked_file_is_damage(sqlite3_errcode(store->database));
}

sqlite3_stmt *store_statement(struct page_store *store, enum statement number)
{
	sqlite3_stmt **slot = &store->statements[number];

	if (*slot == NULL && sqlite3_prepare_v3(store->database,
	    statement_sql[number], -1, SQLITE_PREPARE_PERSISTENT, slot, NULL)
	    != SQLITE_OK)
		note_failure(store);
	(void)sqlite3_reset(*slot);
	return *slot;
}

bool store_step(struct page_store *store, sqlite3_stmt *stmt)
{
	int state = stmt == NULL ? SQLITE_ERROR : sqlite3_step(stmt);

	if (state == SQLITE_NOMEM)
		out_of_memory(0);
	if (state != SQLITE_ROW && state != SQLITE_DONE)
		note_failure(store);
	return state == SQLITE_ROW;
}

int64_t store_run(struct page_store *store, sqlite3_stmt *stmt)
{
	int64_t number = store_step(store, stmt) ?
	    sqlite3_column_int64(stmt, 0) : 0;

	(void)sqlite3_reset(stmt);
	return number;
}

bool store_execute(struct page_store *store, const char *sql)
{
	if (sqlite3_exec(store->database, sql, NULL, NULL, NULL) != SQLITE_OK)
		note_failure(store);
	return !store->has_failed;
}

void store_bind_bytes(sqlite3_stmt *stmt, int index, struct str bytes)
{
	(void)sqlite3_bind_blob(stmt, index, bytes.len > 0 ? bytes.ptr : "",
	    (int)bytes.len, SQLITE_STATIC);
}

void store_bind_text(sqlite3_stmt *stmt, int index, struct str text)
{
	(void)sqlite3_bind_text(stmt, index, text.len > 0 ? text.ptr : "",
	    (int)text.len, SQLITE_STATIC);
}
