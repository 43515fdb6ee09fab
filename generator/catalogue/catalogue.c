/* SPDX-License-Identifier: MIT */
#include "catalogue/catalogue.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/map.h"
#include "catalogue/checked_file.h"
#include "catalogue/internal.h"
#include "catalogue/worked_out.h"
#include "model/codes.h"
#include "model/record.h"

#include <sqlite3.h>

static const char report_sql[] =
#include "catalogue/report.inc"
    ;
static const char lists_sql[] =
#include "catalogue/lists.inc"
    ;
static const char conclude_sql[] =
#include "catalogue/conclude.inc"
    ;
static const char derive_sql[] =
#include "catalogue/derive.inc"
    ;

static const struct str statement_sql[STATEMENT_COUNT] = {
#define SQL(name, text) [name] = { text, sizeof(text) - 1 }
	SQL(PUT_META, "INSERT OR REPLACE INTO meta VALUES (?1, ?2)"),
	SQL(PUT_CODE, "INSERT INTO code VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"),
	SQL(PUT_RECORD, "INSERT INTO record VALUES (?1, ?2, ?3, ?4, 0)"),
	SQL(PUT_FRONT_MATTER, "INSERT INTO front_matter VALUES (?1, ?3, ?2)"),
	SQL(PUT_REFERENCE, "INSERT INTO reference VALUES (?1, ?2, ?3, ?4, ?5)"),
	SQL(PUT_CLAIM, "INSERT INTO claim VALUES (?1, ?2, ?3, ?4, ?5, ?6)"),
	SQL(PUT_DEPENDENCY, "INSERT INTO dependency VALUES (?1, ?2)"),
	SQL(PUT_DIAGNOSTIC, "INSERT INTO diagnostic VALUES "
	    "(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, "
	    "?15)"),
	SQL(PUT_REMINDER, "INSERT INTO reminder VALUES "
	    "(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, "
	    "?15)"),
	SQL(PUT_DECISION, "INSERT INTO decision VALUES (?1, ?2, ?3, ?4, ?5, "
	    "?6, ?7)"),
	SQL(WITHHOLD, "UPDATE record SET withheld = 1 WHERE path = ?1"),
	SQL(WITHHOLD_ACHIEVEMENT, "UPDATE record SET withheld = 1 WHERE "
	    "kind = 'achievement' AND id IN (SELECT id FROM record WHERE "
	    "kind = 'dossier' AND path = ?1)"),
	SQL(PUT_DOCUMENT, "INSERT INTO document VALUES (?1, ?2, ?3, ?4, ?5, "
	    "?6, ?7, ?8, ?9)"),
	SQL(PUT_RULE, "INSERT INTO rule VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, "
	    "?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)"),
	SQL(PUT_RULE_ASSERT, "INSERT INTO rule_assert VALUES (?1, ?2, ?3, ?4, "
	    "?5, ?6, ?7, ?8, ?9, ?10, ?11)"),
	SQL(PUT_PARAMETER, "INSERT OR IGNORE INTO parameter VALUES (?1, ?2)"),
	SQL(PUT_ROUND, "INSERT OR REPLACE INTO round VALUES (?1, ?2)"),
	SQL(PUT_WORKDAY_SPAN, "INSERT OR IGNORE INTO workday_span VALUES "
	    "(?1, ?2, ?3, ?4)"),
	/* For a file that is a record; its path comes first. */
	SQL(PUT_ARRIVAL, "INSERT INTO arrival SELECT record, ?2, ?3, ?4, "
	    "?5, ?6, ?7, ?8, ?9, ?10 FROM record WHERE path = ?1"),
	SQL(PUT_TARGET, "INSERT OR IGNORE INTO target VALUES (?1, ?2, ?3, "
	    "?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"),
	SQL(PUT_FIELD_USE, "INSERT INTO field_use VALUES (?1, ?2, ?3) "
	    "ON CONFLICT DO UPDATE SET count = count + excluded.count"),
	SQL(PUT_FILE, "INSERT OR REPLACE INTO file VALUES (?1, ?2, ?3, ?4)"),
	SQL(PUT_JUDGED, "INSERT OR REPLACE INTO judged VALUES (?1, "
	    "?2, ?3, ?4)"),
	SQL(PUT_ASSERT_COUNT, "INSERT INTO assert_count VALUES (?1, ?2, ?3, "
	    "?4, ?5, ?6) ON CONFLICT DO UPDATE SET "
	    "applied = applied + excluded.applied, "
	    "failed = failed + excluded.failed, "
	    "early = early + excluded.early, late = late + excluded.late, "
	    "absent = absent + excluded.absent"),
	SQL(PUT_RULE_COUNT, "INSERT OR REPLACE INTO rule_count (rule, records, "
	    "public) VALUES (?1, ?2, ?3)"),
	SQL(PUT_RULE_DIFFERENCE, "INSERT INTO rule_difference VALUES (?1, ?2, "
	    "?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"),
	/* As diag_cmp() has it; sorted are those of one file at a time. */
	SQL(KEPT_IN_ORDER, "SELECT * FROM diagnostic INDEXED BY "
	    "diagnostic_path ORDER BY path, line, column_, id, message_zh, "
	    "rowid"),
	SQL(KEPT_COUNTS, "SELECT severity, count(*) FROM diagnostic "
	    "GROUP BY severity"),
#undef SQL
};

/* Kept, so that the many statements need not each pass an answer up. */
void catalogue_fail(struct catalogue *catalogue)
{
	if (sqlite3_errcode(catalogue->database) == SQLITE_NOMEM)
		out_of_memory(0);
	if (catalogue->failure.len > 0)
		return;
	catalogue->failure = str_dup(catalogue->arena,
	    str_from(sqlite3_errmsg(catalogue->database)));
	catalogue->failure_code = sqlite3_errcode(catalogue->database);
}

void sqlite_reasons(int code, struct str said, struct str reasons[LANG_COUNT])
{
	static const struct {
		int code;
		struct str zh;
	} known[] = {
#define REASON(code, zh) { code, { zh, sizeof(zh) - 1 } }
		REASON(SQLITE_FULL, "磁盘已满"),
		REASON(SQLITE_IOERR, "读写磁盘出错"),
		REASON(SQLITE_CORRUPT, "文件已损坏"),
		REASON(SQLITE_NOTADB, "文件已损坏"),
		REASON(SQLITE_BUSY, "另一个程序正在使用"),
		REASON(SQLITE_LOCKED, "另一个程序正在使用"),
		REASON(SQLITE_READONLY, "文件系统只读，或没有写权限"),
		REASON(SQLITE_CANTOPEN, "文件无法打开"),
#undef REASON
	};

	reasons[LANG_ZH] = reasons[LANG_EN] = said;
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (known[i].code == (code & 0xff))
			reasons[LANG_ZH] = known[i].zh;
}

bool catalogue_is_well(const struct catalogue *catalogue,
    struct diag_list *diags)
{
	struct str reasons[LANG_COUNT];

	if (catalogue->failure.len == 0)
		return true;
	sqlite_reasons(catalogue->failure_code, catalogue->failure, reasons);
	return diag_report_texts(diags,
	    ((struct mark){ .path = catalogue->path }),
	    catalogue->folder.len > 0 ? DIAG_CANNOT_WRITE : DIAG_CANNOT_READ,
	    catalogue->path, reasons);
}

void catalogue_execute(struct catalogue *catalogue, const char *sql)
{
	if (sqlite3_exec(catalogue->database, sql, NULL, NULL, NULL) !=
	    SQLITE_OK)
		catalogue_fail(catalogue);
}

struct sqlite3_stmt *catalogue_prepare(struct catalogue *catalogue,
    struct sqlite3_stmt **slot, struct str sql)
{
	if (*slot == NULL && sqlite3_prepare_v3(catalogue->database, sql.ptr,
	    (int)sql.len, SQLITE_PREPARE_PERSISTENT, slot, NULL) != SQLITE_OK)
		catalogue_fail(catalogue);
	return *slot;
}

struct sqlite3_stmt *catalogue_statement(struct catalogue *catalogue,
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
		catalogue_fail(catalogue);
	(void)sqlite3_reset(stmt);
}

void catalogue_begin(struct catalogue *catalogue)
{
	if (catalogue->depth++ == 0)
		catalogue_execute(catalogue, "BEGIN");
}

void catalogue_commit(struct catalogue *catalogue)
{
	if (--catalogue->depth == 0)
		catalogue_execute(catalogue, "COMMIT");
}

void catalogue_release(struct catalogue *catalogue)
{
	catalogue_execute(catalogue,
	    "PRAGMA cache_size = " CHECKED_FILE_WRITER_CACHE);
	(void)sqlite3_db_release_memory(catalogue->database);
}

void catalogue_put_meta(struct catalogue *catalogue, struct str name,
    struct str value)
{
	sqlite3_stmt *put = catalogue_statement(catalogue, PUT_META);

	catalogue_bind(put, 1, name);
	catalogue_bind(put, 2, value);
	catalogue_run(catalogue, put);
}

void catalogue_put_codes(struct catalogue *catalogue,
    const struct codes *codes)
{
	sqlite3_stmt *put = catalogue_statement(catalogue, PUT_CODE);

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
    const struct record *record, struct str packed, struct str digest)
{
	sqlite3_stmt *put = catalogue_statement(catalogue, PUT_RECORD);

	(void)catalogue_statement(catalogue, PUT_REFERENCE);
	(void)catalogue_statement(catalogue, PUT_DECISION);
	catalogue_bind_number(put, 1, number);
	catalogue_bind(put, 2, kind_info(record->kind)->name);
	catalogue_bind(put, 3, record->id);
	catalogue_bind(put, 4, record->path);
	catalogue_run(catalogue, put);
	put = catalogue_statement(catalogue, PUT_FRONT_MATTER);
	catalogue_bind_number(put, 1, number);
	(void)sqlite3_bind_blob(put, 2, packed.ptr, (int)packed.len,
	    SQLITE_STATIC);
	catalogue_bind(put, 3, digest);
	catalogue_run(catalogue, put);
	catalogue_project(catalogue, number, record);
	field_use_note(catalogue, record, 1);
}

void catalogue_put_claim(struct catalogue *catalogue, uint32_t number,
    uint32_t line, uint32_t column, struct str kind, struct str value,
    struct str written)
{
	sqlite3_stmt *put = catalogue_statement(catalogue, PUT_CLAIM);

	catalogue_bind_number(put, 1, number);
	catalogue_bind_number(put, 2, line);
	catalogue_bind_number(put, 3, column);
	catalogue_bind(put, 4, kind);
	catalogue_bind(put, 5, value);
	catalogue_bind(put, 6, written);
	catalogue_run(catalogue, put);
}

void catalogue_put_dependency(struct catalogue *catalogue, uint32_t number,
    uint64_t key)
{
	sqlite3_stmt *put = catalogue_statement(catalogue, PUT_DEPENDENCY);

	catalogue_bind_number(put, 1, number);
	(void)sqlite3_bind_int64(put, 2, (sqlite3_int64)key);
	catalogue_run(catalogue, put);
}

void catalogue_put_row(struct catalogue *catalogue,
    enum catalogue_table table, const struct str *cells, size_t count)
{
	static const enum statement statements[] = {
		[TABLE_DOCUMENT] = PUT_DOCUMENT,
		[TABLE_RULE] = PUT_RULE,
		[TABLE_RULE_ASSERT] = PUT_RULE_ASSERT,
		[TABLE_PARAMETER] = PUT_PARAMETER,
		[TABLE_ROUND] = PUT_ROUND,
		[TABLE_TARGET] = PUT_TARGET,
		[TABLE_WORKDAY_SPAN] = PUT_WORKDAY_SPAN,
		[TABLE_ARRIVAL] = PUT_ARRIVAL,
		[TABLE_ASSERT_COUNT] = PUT_ASSERT_COUNT,
		[TABLE_RULE_COUNT] = PUT_RULE_COUNT,
		[TABLE_RULE_DIFFERENCE] = PUT_RULE_DIFFERENCE,
	};
	sqlite3_stmt *put = catalogue_statement(catalogue, statements[table]);

	for (size_t i = 0; i < count; i++)
		catalogue_bind(put, (int)i + 1, cells[i]);
	catalogue_run(catalogue, put);
}

static void put_finding(struct catalogue *catalogue, sqlite3_stmt *put,
    const struct diagnostic *d)
{
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
	catalogue_bind(put, 12, d->bare);
	catalogue_bind(put, 13, d->binds);
	catalogue_bind(put, 14, d->field);
	catalogue_bind_number(put, 15, d->is_excused);
	catalogue_run(catalogue, put);
}

static void bind_blob(sqlite3_stmt *stmt, int index, struct str bytes)
{
	(void)sqlite3_bind_blob(stmt, index, bytes.len > 0 ? bytes.ptr : "",
	    (int)bytes.len, SQLITE_STATIC);
}

void catalogue_put_judged(struct catalogue *catalogue, uint32_t record,
    struct str rules, struct str outcomes, struct str turn)
{
	sqlite3_stmt *put = catalogue_statement(catalogue, PUT_JUDGED);

	catalogue_bind_number(put, 1, record);
	bind_blob(put, 2, rules);
	bind_blob(put, 3, outcomes);
	catalogue_bind(put, 4, turn);
	catalogue_run(catalogue, put);
}

void catalogue_put_file(struct catalogue *catalogue,
    const struct file_state *file)
{
	sqlite3_stmt *put = catalogue_statement(catalogue, PUT_FILE);

	catalogue_bind(put, 1, file->path);
	catalogue_bind_number(put, 2, file->kind);
	if (file->object.len > 0)
		bind_blob(put, 3, file->object);
	else
		(void)sqlite3_bind_null(put, 3);
	(void)sqlite3_bind_int64(put, 4, (sqlite3_int64)file->status);
	catalogue_run(catalogue, put);
}

void catalogue_put_diagnostic(struct catalogue *catalogue,
    const struct diagnostic *diagnostic)
{
	/* That is of one run, not of the registry. */
	if (!diag_is_of_cache(diagnostic))
		put_finding(catalogue, catalogue_statement(catalogue,
		    PUT_DIAGNOSTIC), diagnostic);
}

void catalogue_put_reminder(struct catalogue *catalogue,
    const struct diagnostic *reminder)
{
	put_finding(catalogue, catalogue_statement(catalogue, PUT_REMINDER),
	    reminder);
}

void catalogue_withhold(struct catalogue *catalogue, struct str path)
{
	for (enum statement s = WITHHOLD; s <= WITHHOLD_ACHIEVEMENT; s++) {
		catalogue_bind(catalogue_statement(catalogue, s), 1, path);
		catalogue_run(catalogue, catalogue_statement(catalogue, s));
	}
}

void catalogue_derive(struct catalogue *catalogue)
{
	catalogue_execute(catalogue, derive_sql);
}

void catalogue_conclude(struct catalogue *catalogue)
{
	(void)catalogue_statement(catalogue, PUT_FIELD_USE);
	field_use_put(catalogue);
	catalogue_execute(catalogue, conclude_sql);
}

void catalogue_list(struct catalogue *catalogue)
{
	catalogue_work(catalogue, lists_sql);
}

void catalogue_report(struct catalogue *catalogue)
{
	catalogue_work(catalogue, report_sql);
}

