/* SPDX-License-Identifier: MIT */
#include "catalogue/history_store.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/path.h"
#include "catalogue/checked_file.h"
#include "catalogue/history_internal.h"
#include "catalogue/internal.h"

#include <sqlite3.h>

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* In the file's header: "zhlh", and the format of history.sql. */
enum { APPLICATION_ID = 0x7a686c68, FORMAT = 2 };

/* Milliseconds to wait for another that writes. */
enum { PATIENCE = 120 * 1000 };

static const char history_sql[] =
#include "catalogue/history.inc"
    ;

static const struct str query_sql[HISTORY_QUERY_COUNT] = {
#define QUERY(name, sql) [HISTORY_##name] = { sql, sizeof(sql) - 1 },
#include "catalogue/queries_history.inc"
#undef QUERY
};

void history_fail(struct history_store *store)
{
	int code = sqlite3_errcode(store->database);

	if (code == SQLITE_NOMEM)
		out_of_memory(0);
	store->is_damaged = store->is_damaged || checked_file_is_damage(code);
	if (store->failure.len > 0)
		return;
	store->failure = str_dup(store->arena,
	    str_from(sqlite3_errmsg(store->database)));
	store->failure_code = code;
}

static bool cannot_write(const struct history_store *store, struct str path,
    struct diag_list *diags)
{
	struct str reasons[LANG_COUNT];

	sqlite_reasons(store->failure_code, store->failure.len > 0 ?
	    store->failure : STR("SQLite"), reasons);
	return diag_report_texts(diags, ((struct mark){ .path = path }),
	    DIAG_CANNOT_WRITE, path, reasons);
}

bool history_store_is_well(const struct history_store *store,
    struct diag_list *diags)
{
	return store->failure.len == 0 ||
	    cannot_write(store, store->path, diags);
}

bool history_store_is_damaged(const struct history_store *store)
{
	return store->is_damaged;
}

struct str history_store_path(const struct history_store *store)
{
	return store->path;
}

static bool execute(struct history_store *store, const char *sql)
{
	if (sqlite3_exec(store->database, sql, NULL, NULL, NULL) == SQLITE_OK)
		return true;
	history_fail(store);
	return false;
}

struct sqlite3_stmt *history_query(struct history_store *store,
    enum history_query query)
{
	struct sqlite3_stmt **slot = &store->queries[query];
	struct str sql = query_sql[query];

	if (*slot == NULL && sqlite3_prepare_v3(store->database, sql.ptr,
	    (int)sql.len, SQLITE_PREPARE_PERSISTENT, slot, NULL) != SQLITE_OK)
		history_fail(store);
	return *slot;
}

void history_bind_text(struct sqlite3_stmt *stmt, int index, struct str text)
{
	if (text.len == 0)
		(void)sqlite3_bind_null(stmt, index);
	else
		(void)sqlite3_bind_text(stmt, index, text.ptr, (int)text.len,
		    SQLITE_STATIC);
}

void history_bind_blob(struct sqlite3_stmt *stmt, int index, struct str bytes)
{
	if (bytes.len == 0)
		(void)sqlite3_bind_null(stmt, index);
	else
		(void)sqlite3_bind_blob(stmt, index, bytes.ptr,
		    (int)bytes.len, SQLITE_STATIC);
}

void history_end(struct history_store *store, struct sqlite3_stmt *stmt)
{
	if (sqlite3_reset(stmt) != SQLITE_OK)
		history_fail(store);
}

void history_run(struct history_store *store, struct sqlite3_stmt *stmt)
{
	(void)sqlite3_step(stmt);
	history_end(store, stmt);
}

struct str history_column(struct sqlite3_stmt *stmt, int column,
    struct arena *arena)
{
	const void *bytes = sqlite3_column_blob(stmt, column);

	return str_dup(arena, (struct str){ bytes,
	    (size_t)sqlite3_column_bytes(stmt, column) });
}

/* -- life cycle ----------------------------------------------------------- */

/* Ours, in this format, with nothing wrong that shows at once. */
static bool is_ours(struct history_store *store, bool *is_new)
{
	sqlite3_stmt *stmt = NULL;
	bool ours = sqlite3_prepare_v2(store->database, "SELECT "
	    "(SELECT application_id FROM pragma_application_id), "
	    "(SELECT user_version FROM pragma_user_version), "
	    "(SELECT count(*) FROM sqlite_schema)", -1, &stmt, NULL) ==
	    SQLITE_OK && sqlite3_step(stmt) == SQLITE_ROW;

	*is_new = ours && sqlite3_column_int(stmt, 2) == 0 &&
	    sqlite3_column_int(stmt, 0) == 0;
	ours = ours && (*is_new || (sqlite3_column_int(stmt, 0) ==
	    APPLICATION_ID && sqlite3_column_int(stmt, 1) == FORMAT));
	(void)sqlite3_finalize(stmt);
	return ours;
}

static bool set_up(struct history_store *store)
{
	return execute(store, history_sql) &&
	    execute(store, str_format(store->arena,
		"PRAGMA application_id = %d; PRAGMA user_version = %d",
		APPLICATION_ID, FORMAT).ptr);
}

/* Opens, locks, and makes the tables of a new one. False when it is not ours
 * or cannot be written. */
static bool try_open(struct history_store *store, bool *is_foreign)
{
	bool is_new = false;

	*is_foreign = false;
	store->failure = STR_NONE;
	if (checked_file_open(store->path.ptr, &store->database,
	    SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX |
	    SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_NOFOLLOW) != SQLITE_OK)
		return false;
	(void)sqlite3_busy_timeout(store->database, PATIENCE);
	if (!execute(store, "PRAGMA cache_size = -16384; "
	    "PRAGMA temp_store = MEMORY; BEGIN IMMEDIATE")) {
		*is_foreign = store->is_damaged;
		return false;
	}
	*is_foreign = !is_ours(store, &is_new);
	return !*is_foreign && (!is_new || set_up(store));
}

static void discard(struct history_store *store)
{
	(void)sqlite3_close(store->database);
	store->database = NULL;
	(void)unlink(store->path.ptr);
	(void)unlink(str_cstr(store->arena,
	    str_join(store->arena, store->path, STR("-journal"))));
	store->is_damaged = false;
}

/* In a file that goes when it is closed. */
static bool open_temporary(struct history_store *store)
{
	const char *set = getenv("TMPDIR");
	char *path = str_cstr(store->arena, path_join(store->arena,
	    str_from(set != NULL && set[0] != '\0' ? set : "/tmp"),
	    STR("zheli-history-XXXXXX")));
	int file = mkstemp(path);
	bool is_foreign;

	if (file < 0)
		return false;
	(void)close(file);
	store->path = str_from(path);
	store->is_temporary = true;
	return try_open(store, &is_foreign);
}

static bool open_somewhere(struct history_store *store, struct str folder,
    struct diag_list *diags)
{
	bool is_foreign;

	(void)mkdir(str_cstr(store->arena, folder), 0777);
	if (try_open(store, &is_foreign))
		return true;
	if (is_foreign) {
		diag_report(diags, ((struct mark){ .line = 0 }),
		    DIAG_CATALOGUE_REBUILT, store->path, STR("not usable"),
		    STR("无法使用"));
		discard(store);
		if (try_open(store, &is_foreign))
			return true;
	}
	(void)sqlite3_close(store->database);
	store->database = NULL;
	return open_temporary(store);
}

struct history_store *history_store_open(struct arena *arena,
    struct str folder, struct str basis, struct diag_list *diags)
{
	struct history_store *store = arena_alloc(arena, sizeof(*store));
	struct str path = path_join(arena, folder, STR("history.sqlite"));

	store->arena = arena;
	store->path = str_from(str_cstr(arena, path));
	if (!open_somewhere(store, folder, diags)) {
		(void)cannot_write(store, path, diags);
		history_store_close(store);
		return NULL;
	}
	if (!str_eq(history_store_word(store, STR("basis"), arena), basis)) {
		history_store_cut(store, 0);
		history_store_set_word(store, STR("basis"), basis);
	}
	return store;
}

void history_store_keep(struct history_store *store)
{
	if (store->failure.len == 0)
		(void)execute(store, "COMMIT; BEGIN");
}

void history_store_close(struct history_store *store)
{
	for (size_t i = 0; i < HISTORY_QUERY_COUNT; i++)
		(void)sqlite3_finalize(store->queries[i]);
	if (store->is_damaged || store->is_temporary)
		discard(store);
	(void)sqlite3_close(store->database);
	store->database = NULL;
}

/* -- words ---------------------------------------------------------------- */

struct str history_store_word(struct history_store *store, struct str name,
    struct arena *arena)
{
	sqlite3_stmt *stmt = history_query(store, HISTORY_get_word);
	struct str word = STR_NONE;

	history_bind_text(stmt, 1, name);
	if (sqlite3_step(stmt) == SQLITE_ROW)
		word = history_column(stmt, 0, arena);
	history_end(store, stmt);
	return word;
}

void history_store_set_word(struct history_store *store, struct str name,
    struct str value)
{
	sqlite3_stmt *stmt = history_query(store, HISTORY_set_word);

	/* What is said again need not be written again. */
	if (value.len > 0 && str_eq(value, history_store_word(store, name,
	    store->arena)))
		return;
	history_bind_text(stmt, 1, name);
	history_bind_blob(stmt, 2, value);
	history_run(store, stmt);
}

/* -- landings ------------------------------------------------------------- */

int64_t history_store_find(struct history_store *store, struct str id)
{
	sqlite3_stmt *stmt = history_query(store, HISTORY_find_landing);
	int64_t sequence = 0;

	history_bind_blob(stmt, 1, id);
	if (sqlite3_step(stmt) == SQLITE_ROW)
		sequence = sqlite3_column_int64(stmt, 0);
	history_end(store, stmt);
	return sequence;
}

int64_t history_store_last(struct history_store *store)
{
	sqlite3_stmt *stmt = history_query(store, HISTORY_last_landing);
	int64_t sequence = sqlite3_step(stmt) == SQLITE_ROW ?
	    sqlite3_column_int64(stmt, 0) : 0;

	history_end(store, stmt);
	return sequence;
}

struct str history_store_id(struct history_store *store, int64_t sequence,
    struct arena *arena)
{
	sqlite3_stmt *stmt = history_query(store, HISTORY_landing_id);
	struct str id = STR_NONE;

	(void)sqlite3_bind_int64(stmt, 1, sequence);
	if (sqlite3_step(stmt) == SQLITE_ROW)
		id = history_column(stmt, 0, arena);
	history_end(store, stmt);
	return id;
}

void history_store_cut(struct history_store *store, int64_t sequence)
{
	for (enum history_query s = HISTORY_cut_presence;
	    s <= HISTORY_cut_landing; s++) {
		sqlite3_stmt *stmt = history_query(store, s);

		(void)sqlite3_bind_int64(stmt, 1, sequence);
		history_run(store, stmt);
	}
}
