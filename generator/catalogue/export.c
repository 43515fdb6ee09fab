/* SPDX-License-Identifier: MIT */
#include "catalogue/export.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "catalogue/answer.h"
#include "catalogue/internal.h"

#include <sqlite3.h>
#include <unistd.h>

/* "zhlo": what `file` and sqlite3 call the application of the database. */
#define APPLICATION_ID "0x7a686c6f"

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

void catalogue_export_run(struct catalogue_export *export, struct str sql)
{
	if (export->failure.len == 0)
		check(export, sqlite3_exec(export->database,
		    str_cstr(export->arena, sql), NULL, NULL, NULL));
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

/* Runs a statement to its end and returns the first number it gives. */
static size_t step_all(struct catalogue_export *export, sqlite3_stmt *stmt)
{
	size_t number = 0;
	int state = SQLITE_DONE;

	while (stmt != NULL && (state = sqlite3_step(stmt)) == SQLITE_ROW)
		number = (size_t)sqlite3_column_int64(stmt, 0);
	check(export, state);
	(void)sqlite3_finalize(stmt);
	return number;
}

/* `sql` with a file's name for its one parameter. */
static void run_with(struct catalogue_export *export, struct str sql,
    struct str name)
{
	sqlite3_stmt *stmt = prepare(export, sql);

	if (stmt != NULL)
		catalogue_bind(stmt, 1, name);
	(void)step_all(export, stmt);
}

struct catalogue_export *catalogue_export_begin(struct arena *arena,
    struct catalogue *catalogue, struct str path)
{
	struct catalogue_export *export = arena_alloc(arena, sizeof(*export));

	export->arena = arena;
	export->catalogue = catalogue;
	export->path = str_dup(arena, path);
	export->loose = str_join(arena, path, STR(CATALOGUE_LOOSE));
	(void)unlink(str_cstr(arena, export->path));
	(void)unlink(str_cstr(arena, export->loose));
	check(export, sqlite3_open_v2(":memory:", &export->database,
	    SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL));
	run_with(export, STR("ATTACH ?1 AS data"), export->loose);
	catalogue_export_run(export, STR(
	    "PRAGMA data.page_size = 4096; PRAGMA data.journal_mode = OFF; "
	    "PRAGMA data.synchronous = OFF; PRAGMA temp_store = MEMORY; "
	    "PRAGMA data.application_id = " APPLICATION_ID "; "
	    "PRAGMA data.user_version = 1; BEGIN"));
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

void catalogue_export_rows(struct catalogue_export *export, struct str table,
    enum query query, const struct str *params, size_t param_count)
{
	struct catalogue *catalogue = export->catalogue;
	sqlite3_stmt *from = catalogue_query(catalogue, query, params,
	    param_count), *to;
	uint64_t answer = 0;
	int state;

	if (from == NULL)
		return;
	to = prepare_row(export, table, (size_t)sqlite3_column_count(from));
	while ((state = sqlite3_step(from)) == SQLITE_ROW) {
		if (catalogue->observer != NULL)
			answer = catalogue_with_row(answer, from);
		if (to != NULL)
			put_row(export, to, from);
	}
	if (state != SQLITE_DONE)
		catalogue_fail(catalogue);
	(void)sqlite3_reset(from);
	(void)sqlite3_finalize(to);
	catalogue_tell(catalogue, query, params, param_count, answer);
}

void catalogue_export_row(struct catalogue_export *export, struct str table,
    const struct str *cells, size_t count)
{
	sqlite3_stmt *stmt = prepare_row(export, table, count);

	for (size_t i = 0; stmt != NULL && i < count; i++)
		catalogue_bind(stmt, (int)i + 1, cells[i]);
	(void)step_all(export, stmt);
}

size_t catalogue_export_count(struct catalogue_export *export,
    struct str table)
{
	return step_all(export, prepare(export, str_format(export->arena,
	    "SELECT count(*) FROM data.%.*s", STR_ARG(table))));
}

bool catalogue_export_end(struct catalogue_export *export,
    struct diag_list *diags)
{
	struct str reasons[LANG_COUNT];

	catalogue_export_run(export, STR("COMMIT"));
	run_with(export, STR("VACUUM data INTO ?1"), export->path);
	(void)sqlite3_close(export->database);
	(void)unlink(str_cstr(export->arena, export->loose));
	if (export->failure.len == 0)
		return true;
	(void)unlink(str_cstr(export->arena, export->path));
	sqlite_reasons(export->failure_code, export->failure, reasons);
	return diag_report_texts(diags,
	    ((struct mark){ .path = export->path }), DIAG_CANNOT_WRITE,
	    export->path, reasons);
}
