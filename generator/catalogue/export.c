/* SPDX-License-Identifier: MIT */
#include "catalogue/export.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "catalogue/answer.h"
#include "catalogue/export_left.h"
#include "catalogue/internal.h"

#include <sqlite3.h>
#include <unistd.h>

/* "zhlo": what `file` and sqlite3 call the application of the database. */
#define APPLICATION_ID "0x7a686c6f"

/* Kilobytes of pages at hand while rows are put in, which do not come in the
 * order of their keys; the same however many there are. */
#define EXPORT_CACHE "-32768"

struct catalogue_export {
	struct arena *arena;
	struct catalogue *catalogue;
	struct sqlite3 *database;
	struct str path, loose;	/* packed; before it is packed */
	struct str failure;
	int failure_code;
};

/* -- rows, one by one ------------------------------------------------------ */

enum { CELLS_MOST = 64 };

static size_t read_cells(sqlite3_stmt *stmt, struct str cells[CELLS_MOST])
{
	int count = sqlite3_column_count(stmt);

	if (count > CELLS_MOST)
		count = CELLS_MOST;
	for (int i = 0; i < count; i++) {
		const char *text = (const char *)sqlite3_column_text(stmt, i);

		cells[i] = text == NULL ? STR_NONE : (struct str){ text,
			(size_t)sqlite3_column_bytes(stmt, i) };
	}
	return (size_t)count;
}

void catalogue_each(struct catalogue *catalogue, enum query query,
    const struct str *params, size_t param_count, catalogue_take *take,
    void *context)
{
	sqlite3_stmt *stmt = catalogue_query(catalogue, query, params,
	    param_count);
	struct str cells[CELLS_MOST];
	uint64_t answer = 0;
	int state;

	if (stmt == NULL)
		return;
	while ((state = sqlite3_step(stmt)) == SQLITE_ROW) {
		if (catalogue->observer != NULL)
			answer = catalogue_with_row(answer, stmt);
		take(context, cells, read_cells(stmt, cells));
	}
	if (state != SQLITE_DONE)
		catalogue_fail(catalogue);
	(void)sqlite3_reset(stmt);
	catalogue_tell(catalogue, query, params, param_count, answer);
}

/* -- a file ---------------------------------------------------------------- */

static void check(struct catalogue_export *export, int state)
{
	if (state == SQLITE_NOMEM)
		out_of_memory(0);
	if (state == SQLITE_OK || state == SQLITE_DONE ||
	    export->failure.len > 0)
		return;
	export->failure = str_dup(export->arena,
	    str_from(sqlite3_errmsg(export->database)));
	export->failure_code = state;
}

/* NULL after a failure. */
static sqlite3_stmt *prepare(struct catalogue_export *export, struct str sql)
{
	sqlite3_stmt *stmt = NULL;

	if (export->failure.len == 0)
		check(export, sqlite3_prepare_v2(export->database, sql.ptr,
		    (int)sql.len, &stmt, NULL));
	return stmt;
}

/* Runs a statement to its end. */
static void step_all(struct catalogue_export *export, sqlite3_stmt *stmt)
{
	int state = SQLITE_DONE;

	while (stmt != NULL && (state = sqlite3_step(stmt)) == SQLITE_ROW)
		continue;
	check(export, state);
	(void)sqlite3_finalize(stmt);
}

void catalogue_export_run(struct catalogue_export *export, struct str sql,
    struct str param)
{
	sqlite3_stmt *stmt = prepare(export, sql);

	if (param.len > 0 && stmt != NULL)
		catalogue_bind(stmt, 1, param);
	step_all(export, stmt);
}

static void run_each(struct catalogue_export *export, const char *sql)
{
	if (export->failure.len == 0)
		check(export, sqlite3_exec(export->database, sql, NULL, NULL,
		    NULL));
}

struct str catalogue_export_loose(struct arena *arena, struct str path)
{
	return str_from(str_cstr(arena, str_join(arena, path,
	    STR(CATALOGUE_LOOSE))));
}

struct catalogue_export *catalogue_export_begin(struct arena *arena,
    struct catalogue *catalogue, struct str path, bool goes_on)
{
	struct catalogue_export *export = arena_alloc(arena, sizeof(*export));

	export->arena = arena;
	export->catalogue = catalogue;
	export->path = str_dup(arena, path);
	export->loose = catalogue_export_loose(arena, path);
	(void)unlink(str_cstr(arena, export->path));
	if (!goes_on)
		(void)unlink(export->loose.ptr);
	check(export, sqlite3_open_v2(":memory:", &export->database,
	    SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL));
	/* A file that is gone on with runs nothing of its own. */
	(void)sqlite3_db_config(export->database,
	    SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
	catalogue_export_run(export, STR("ATTACH ?1 AS data"), export->loose);
	run_each(export,
	    "PRAGMA data.page_size = 4096; PRAGMA data.journal_mode = OFF; "
	    "PRAGMA data.synchronous = OFF; PRAGMA temp_store = MEMORY; "
	    "PRAGMA data.cache_size = " EXPORT_CACHE "; "
	    "PRAGMA data.application_id = " APPLICATION_ID "; "
	    "PRAGMA data.user_version = 1; BEGIN");
	return export;
}

/* An INSERT of so many values; NULL after a failure. */
static sqlite3_stmt *prepare_row(struct catalogue_export *export,
    struct str table, size_t count)
{
	sqlite3_stmt *stmt;
	struct buf sql;

	buf_init(&sql);
	buf_append_format(&sql, "INSERT INTO data.%.*s VALUES (",
	    STR_ARG(table));
	for (size_t i = 0; i < count; i++)
		buf_append_cstr(&sql, i == 0 ? "?" : ", ?");
	buf_append_char(&sql, ')');
	stmt = prepare(export, buf_str(&sql));
	buf_dispose(&sql);
	return stmt;
}

/* Values go over as they are: numbers stay numbers. */
static void put_row(struct catalogue_export *export, sqlite3_stmt *to,
    sqlite3_stmt *from)
{
	for (int i = 0; i < sqlite3_column_count(from); i++)
		check(export, sqlite3_bind_value(to, i + 1,
		    sqlite3_column_value(from, i)));
	check(export, sqlite3_step(to));
	(void)sqlite3_reset(to);
}

size_t catalogue_export_rows(struct catalogue_export *export, struct str table,
    enum query query, const struct str params[2], uint64_t *answer)
{
	struct catalogue *catalogue = export->catalogue;
	sqlite3_stmt *from = catalogue_query(catalogue, query, params, 2), *to;
	size_t rows = 0;
	int state;

	*answer = 0;
	if (from == NULL)
		return 0;
	to = prepare_row(export, table, (size_t)sqlite3_column_count(from));
	while ((state = sqlite3_step(from)) == SQLITE_ROW) {
		*answer = catalogue_with_row(*answer, from);
		if (to != NULL)
			put_row(export, to, from);
		rows++;
	}
	if (state != SQLITE_DONE)
		catalogue_fail(catalogue);
	(void)sqlite3_reset(from);
	(void)sqlite3_finalize(to);
	catalogue_tell(catalogue, query, params, 2, *answer);
	return rows;
}

void catalogue_export_stay(struct catalogue_export *export, enum query query,
    const struct str params[2], uint64_t answer)
{
	catalogue_tell(export->catalogue, query, params, 2, answer);
}

void catalogue_export_row(struct catalogue_export *export, struct str table,
    const struct str *cells, size_t count)
{
	sqlite3_stmt *stmt = prepare_row(export, table, count);

	for (size_t i = 0; stmt != NULL && i < count; i++)
		catalogue_bind(stmt, (int)i + 1, cells[i]);
	step_all(export, stmt);
}

bool catalogue_export_end(struct catalogue_export *export, struct str note,
    struct diag_list *diags)
{
	struct str reasons[LANG_COUNT];
	bool is_left;

	/* Packing goes through all of it once, and has as much again. */
	run_each(export, "COMMIT; PRAGMA data.cache_size = -2048");
	catalogue_export_run(export, STR("VACUUM data INTO ?1"), export->path);
	(void)sqlite3_close(export->database);
	is_left = export->failure.len == 0 && note.len > 0 &&
	    export_left_write(export->loose, note);
	if (!is_left)
		(void)unlink(export->loose.ptr);
	if (export->failure.len == 0)
		return true;
	(void)unlink(str_cstr(export->arena, export->path));
	sqlite_reasons(export->failure_code, export->failure, reasons);
	return diag_report_texts(diags,
	    ((struct mark){ .path = export->path }), DIAG_CANNOT_WRITE,
	    export->path, reasons);
}
