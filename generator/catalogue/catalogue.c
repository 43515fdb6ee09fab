/* SPDX-License-Identifier: MIT */
#include "catalogue/catalogue.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/map.h"
#include "base/path.h"
#include "base/value.h"
#include "catalogue/internal.h"
#include "model/codes.h"
#include "model/record.h"

/* In the file's header: "zhel", and the format of schema.sql. */
enum { APPLICATION_ID = 0x7a68656c, FORMAT = 1 };

static const char schema_sql[] =
#include "catalogue/schema.inc"
    ;
static const char derive_sql[] =
#include "catalogue/derive.inc"
    ;
static const char connection_sql[] =
#include "catalogue/connection.inc"
    ;

static const struct str statement_sql[STATEMENT_COUNT] = {
#define SQL(name, text) [name] = { text, sizeof(text) - 1 }
	SQL(PUT_META, "INSERT OR REPLACE INTO meta VALUES (?1, ?2)"),
	SQL(PUT_CODE, "INSERT INTO code VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"),
	SQL(PUT_RECORD, "INSERT INTO record VALUES (?1, ?2, ?3, ?4, ?5, 0)"),
	SQL(PUT_REFERENCE, "INSERT INTO reference VALUES (?1, ?2, ?3, ?4, ?5)"),
	SQL(PUT_CLAIM, "INSERT INTO claim VALUES (?1, ?2, ?3, ?4, ?5, ?6)"),
	SQL(PUT_DIAGNOSTIC, "INSERT INTO diagnostic VALUES "
	    "(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"),
	SQL(PUT_DECISION, "INSERT INTO decision VALUES (?1, ?2, ?3, ?4, ?5, "
	    "?6)"),
	SQL(WITHHOLD, "UPDATE record SET withheld = 1 WHERE path = ?1"),
	SQL(WITHHOLD_ACHIEVEMENT, "UPDATE record SET withheld = 1 WHERE "
	    "kind = 'achievement' AND id IN (SELECT id FROM record WHERE "
	    "kind = 'dossier' AND path = ?1)"),
	SQL(PUT_DOCUMENT, "INSERT INTO document VALUES (?1, ?2, ?3, ?4, ?5, "
	    "?6, ?7, ?8, ?9)"),
	SQL(PUT_RULE, "INSERT INTO rule VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, "
	    "?8, ?9, ?10, ?11, ?12, ?13)"),
	SQL(PUT_RULE_ASSERT, "INSERT INTO rule_assert VALUES (?1, ?2, ?3, ?4, "
	    "?5, ?6, ?7, ?8, ?9, ?10, ?11)"),
#undef SQL
};

/*
 * A cache on a disk that cannot be written or was changed under us: nothing
 * sensible can go on, and nothing is lost. Kept in one place so that the many
 * statements need not each pass an answer up that is always the same.
 */
static _Noreturn void give_up(const struct catalogue *catalogue)
{
	fprintf(stderr, "zheli: %.*s: %s\n", STR_ARG(catalogue->path),
	    sqlite3_errmsg(catalogue->database));
	if (catalogue->final_path.len > 0)
		(void)unlink(catalogue->path.ptr);
	exit(3);
}

static void execute(struct catalogue *catalogue, const char *sql)
{
	if (sqlite3_exec(catalogue->database, sql, NULL, NULL, NULL) !=
	    SQLITE_OK)
		give_up(catalogue);
}

struct sqlite3_stmt *catalogue_prepare(struct catalogue *catalogue,
    struct sqlite3_stmt **slot, struct str sql)
{
	if (*slot == NULL && sqlite3_prepare_v3(catalogue->database, sql.ptr,
	    (int)sql.len, SQLITE_PREPARE_PERSISTENT, slot, NULL) != SQLITE_OK)
		give_up(catalogue);
	return *slot;
}

static sqlite3_stmt *statement(struct catalogue *catalogue,
    enum statement number)
{
	return catalogue_prepare(catalogue, &catalogue->statements[number],
	    statement_sql[number]);
}

void catalogue_bind(struct sqlite3_stmt *stmt, int index, struct str text)
{
	if (text.len == 0)
		(void)sqlite3_bind_null(stmt, index);
	else
		(void)sqlite3_bind_text(stmt, index, text.ptr, (int)text.len,
		    SQLITE_STATIC);
}

void catalogue_bind_number(struct sqlite3_stmt *stmt, int index,
    uint32_t number)
{
	(void)sqlite3_bind_int64(stmt, index, number);
}

void catalogue_run(struct catalogue *catalogue, struct sqlite3_stmt *stmt)
{
	if (sqlite3_step(stmt) != SQLITE_DONE)
		give_up(catalogue);
	(void)sqlite3_reset(stmt);
}

/* True if the file is none, or one of ours in this format. */
static bool is_usable(const char *path, struct str *why)
{
	static const char magic[16] = "SQLite format 3";
	unsigned char header[100] = { 0 };
	int descriptor = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t got;

	if (descriptor < 0)
		return true;
	got = read(descriptor, header, sizeof(header));
	(void)close(descriptor);
	if (got != (ssize_t)sizeof(header) ||
	    memcmp(header, magic, sizeof(magic)) != 0)
		*why = STR("damaged");
	else if (header[68] != (APPLICATION_ID >> 24 & 255) ||
	    header[69] != (APPLICATION_ID >> 16 & 255) ||
	    header[70] != (APPLICATION_ID >> 8 & 255) ||
	    header[71] != (APPLICATION_ID & 255))
		*why = STR("foreign");
	else if (header[63] != FORMAT)
		*why = STR("of another format");
	else
		return true;
	return false;
}

static struct catalogue *open_file(struct arena *arena, struct str path,
    int flags, struct diag_list *diags)
{
	struct catalogue *catalogue = arena_alloc(arena, sizeof(*catalogue));

	catalogue->arena = arena;
	catalogue->path = str_dup(arena, path);
	if (sqlite3_open_v2(catalogue->path.ptr, &catalogue->database,
	    flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, NULL) !=
	    SQLITE_OK) {
		struct str why = str_dup(arena,
		    str_from(sqlite3_errmsg(catalogue->database)));

		(void)sqlite3_close(catalogue->database);
		diag_report(diags, ((struct mark){ .path = path }),
		    flags & SQLITE_OPEN_CREATE ? DIAG_CANNOT_WRITE :
		    DIAG_CANNOT_READ, path, why);
		return NULL;
	}
	return catalogue;
}

struct catalogue *catalogue_create(struct arena *arena, struct str folder,
    struct str as_of, struct diag_list *diags)
{
	struct str final = path_join(arena, folder, STR("catalogue.sqlite"));
	struct str path = str_format(arena, "%.*s.%ld", STR_ARG(final),
	    (long)getpid());
	struct catalogue *catalogue;
	struct str why;

	(void)mkdir(str_cstr(arena, folder), 0777);
	if (!is_usable(final.ptr, &why))
		diag_report(diags, ((struct mark){ .path = final }),
		    DIAG_CATALOGUE_REBUILT, final, why);
	(void)unlink(path.ptr);
	catalogue = open_file(arena, path,
	    SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, diags);
	if (catalogue == NULL)
		return NULL;
	catalogue->final_path = final;
	/* A half-written cache is thrown away, so it needs no journal. */
	execute(catalogue, "PRAGMA journal_mode = OFF; PRAGMA synchronous = "
	    "OFF; PRAGMA locking_mode = NORMAL; PRAGMA cache_size = -65536; "
	    "PRAGMA temp_store = MEMORY");
	execute(catalogue, schema_sql);
	execute(catalogue, str_format(arena, "PRAGMA application_id = %d; "
	    "PRAGMA user_version = %d", APPLICATION_ID, FORMAT).ptr);
	execute(catalogue, connection_sql);
	catalogue_put_meta(catalogue, STR("as_of"), as_of);
	return catalogue;
}

struct str catalogue_path(const struct catalogue *catalogue)
{
	return catalogue->path;
}

struct catalogue *catalogue_open(struct arena *arena, struct str path,
    struct diag_list *diags)
{
	struct catalogue *catalogue = open_file(arena, path,
	    SQLITE_OPEN_READONLY, diags);

	if (catalogue != NULL)
		execute(catalogue, connection_sql);
	return catalogue;
}

void catalogue_close(struct catalogue *catalogue)
{
	for (size_t i = 0; i < STATEMENT_COUNT; i++)
		(void)sqlite3_finalize(catalogue->statements[i]);
	for (size_t i = 0; i < PROJECTION_LIMIT; i++)
		(void)sqlite3_finalize(catalogue->projections[i]);
	for (size_t i = 0; i < QUERY_COUNT; i++)
		(void)sqlite3_finalize(catalogue->queries[i]);
	(void)sqlite3_close(catalogue->database);
	if (catalogue->final_path.len > 0 && !catalogue->is_kept)
		(void)unlink(catalogue->path.ptr);
}

bool catalogue_keep(struct catalogue *catalogue, struct diag_list *diags)
{
	if (rename(catalogue->path.ptr, catalogue->final_path.ptr) < 0)
		return diag_report(diags,
		    ((struct mark){ .path = catalogue->final_path }),
		    DIAG_CANNOT_WRITE, catalogue->final_path,
		    str_from(strerror(errno)));
	catalogue->is_kept = true;
	catalogue->path = catalogue->final_path;
	return true;
}

void catalogue_begin(struct catalogue *catalogue)
{
	execute(catalogue, "BEGIN");
}

void catalogue_commit(struct catalogue *catalogue)
{
	execute(catalogue, "COMMIT");
}

void catalogue_put_meta(struct catalogue *catalogue, struct str name,
    struct str value)
{
	sqlite3_stmt *put = statement(catalogue, PUT_META);

	catalogue_bind(put, 1, name);
	catalogue_bind(put, 2, value);
	catalogue_run(catalogue, put);
}

void catalogue_put_codes(struct catalogue *catalogue,
    const struct codes *codes)
{
	sqlite3_stmt *put = statement(catalogue, PUT_CODE);

	for (size_t i = 0; i < codes->lists.count; i++) {
		const struct code_list *list = codes->lists.entries[i].item;

		for (size_t row = 0; row < list->count; row++) {
			const struct code *code = &list->codes[row];

			catalogue_bind(put, 1, list->name);
			catalogue_bind(put, 2, code->code);
			catalogue_bind_number(put, 3, (uint32_t)row + 1);
			catalogue_bind(put, 4, code->title[LANG_ZH]);
			catalogue_bind(put, 5, code->title[LANG_EN]);
			catalogue_bind(put, 6, code->source);
			catalogue_bind(put, 7, code->status);
			catalogue_run(catalogue, put);
		}
	}
}

void catalogue_put_record(struct catalogue *catalogue, uint32_t number,
    const struct record *record, struct str packed)
{
	sqlite3_stmt *put = statement(catalogue, PUT_RECORD);

	(void)statement(catalogue, PUT_REFERENCE);
	(void)statement(catalogue, PUT_DECISION);
	catalogue_bind_number(put, 1, number);
	catalogue_bind(put, 2, kind_info(record->kind)->name);
	catalogue_bind(put, 3, record->id);
	catalogue_bind(put, 4, record->path);
	(void)sqlite3_bind_blob(put, 5, packed.ptr, (int)packed.len,
	    SQLITE_STATIC);
	catalogue_run(catalogue, put);
	catalogue_project(catalogue, number, record);
}

void catalogue_put_claim(struct catalogue *catalogue, uint32_t number,
    uint32_t line, uint32_t column, struct str kind, struct str value,
    struct str written)
{
	sqlite3_stmt *put = statement(catalogue, PUT_CLAIM);

	catalogue_bind_number(put, 1, number);
	catalogue_bind_number(put, 2, line);
	catalogue_bind_number(put, 3, column);
	catalogue_bind(put, 4, kind);
	catalogue_bind(put, 5, value);
	catalogue_bind(put, 6, written);
	catalogue_run(catalogue, put);
}

void catalogue_put_row(struct catalogue *catalogue,
    enum catalogue_table table, const struct str *cells, size_t count)
{
	static const enum statement statements[] = {
		[TABLE_DOCUMENT] = PUT_DOCUMENT,
		[TABLE_RULE] = PUT_RULE,
		[TABLE_RULE_ASSERT] = PUT_RULE_ASSERT,
	};
	sqlite3_stmt *put = statement(catalogue, statements[table]);

	for (size_t i = 0; i < count; i++)
		catalogue_bind(put, (int)i + 1, cells[i]);
	catalogue_run(catalogue, put);
}

void catalogue_put_diagnostic(struct catalogue *catalogue,
    const struct diagnostic *d)
{
	sqlite3_stmt *put = statement(catalogue, PUT_DIAGNOSTIC);

	catalogue_bind(put, 1, d->mark.path);
	catalogue_bind_number(put, 2, d->mark.line);
	catalogue_bind_number(put, 3, d->mark.column);
	catalogue_bind(put, 4, diag_severity_name(d->severity));
	catalogue_bind(put, 5, d->id);
	catalogue_bind(put, 6, d->message[LANG_ZH]);
	catalogue_bind(put, 7, d->message[LANG_EN]);
	catalogue_bind(put, 8, d->hint[LANG_ZH]);
	catalogue_bind(put, 9, d->hint[LANG_EN]);
	catalogue_bind(put, 10, d->basis);
	catalogue_bind(put, 11, d->due);
	catalogue_run(catalogue, put);
}

void catalogue_withhold(struct catalogue *catalogue, struct str path)
{
	for (enum statement s = WITHHOLD; s <= WITHHOLD_ACHIEVEMENT; s++) {
		catalogue_bind(statement(catalogue, s), 1, path);
		catalogue_run(catalogue, statement(catalogue, s));
	}
}

void catalogue_derive(struct catalogue *catalogue)
{
	execute(catalogue, derive_sql);
}
