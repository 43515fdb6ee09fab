/* SPDX-License-Identifier: MIT */
/* What the files of catalogue/ share; included by them alone. */
#ifndef CATALOGUE_INTERNAL_H
#define CATALOGUE_INTERNAL_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/lang.h"
#include "base/map.h"
#include "base/str.h"
#include "catalogue/catalogue.h"
#include "catalogue/resume.h"
#include "model/kind.h"

#include <stdbool.h>
#include <stdint.h>

/* After the name of a file being exported: what is not yet packed. */
#define CATALOGUE_LOOSE "-loose"

struct catalogue_observer;
struct catalogue_inputs;
struct catalogue_watching;
struct sqlite3;
struct sqlite3_stmt;

enum statement {
	PUT_META, PUT_CODE, PUT_RECORD, PUT_FRONT_MATTER, PUT_REFERENCE,
	PUT_CLAIM, PUT_DEPENDENCY,
	PUT_DIAGNOSTIC, PUT_REMINDER, PUT_DECISION, WITHHOLD,
	WITHHOLD_ACHIEVEMENT,
	PUT_DOCUMENT, PUT_RULE, PUT_RULE_ASSERT, PUT_PARAMETER, PUT_ROUND,
	PUT_TARGET, PUT_WORKDAY_SPAN, PUT_FIELD_USE, PUT_ARRIVAL, PUT_JUDGED,
	PUT_ASSERT_COUNT, PUT_FILE,
	PUT_RULE_COUNT, PUT_RULE_DIFFERENCE,
	KEPT_IN_ORDER, KEPT_COUNTS,
	STATEMENT_COUNT
};

enum { PROJECTION_LIMIT = 48 };

struct catalogue {
	struct sqlite3 *database;
	struct str path;	/* of the open file */
	struct str folder;	/* made for it; empty for readers */
	int lock;		/* on the folder */
	struct str final_path;	/* where it goes; empty: nowhere */
	bool is_kept;
	uint32_t depth;		/* of catalogue_begin() */
	int file_lock;		/* on the kept file, gone on with in place; -1:
				 * it is not */
	int64_t touched;	/* rows, when it was opened to be gone on
				 * with */
	bool is_out_of_numbers;	/* see catalogue_number() */
	struct catalogue_watching *watching;	/* see touched.c; NULL */
	struct catalogue_inputs *inputs;	/* see worked_out.c; NULL */
	struct buf taken;	/* packed outcomes of records taken out */
	size_t taken_warnings, taken_notices;	/* from what was kept */
	struct str failure;	/* what SQLite said when it first failed */
	int failure_code;
	bool is_damaged;	/* see catalogue_was_damaged() */
	struct sqlite3_stmt *statements[STATEMENT_COUNT];
	struct sqlite3_stmt *projections[PROJECTION_LIMIT];
	struct sqlite3_stmt *queries[QUERY_COUNT];
	/* Column names of a query, cut apart once: see rows.c. */
	struct row_shape *shapes[QUERY_COUNT];
	struct map field_uses[KIND_COUNT];	/* see field_use.c */
	const struct catalogue_observer *observer;	/* or NULL; answer.h */
	struct arena *arena;
};

/* Notes that SQLite failed; see catalogue_is_well(). */
void catalogue_fail(struct catalogue *catalogue);

/* Why SQLite failed, in both languages, where it `said` so in English. */
void sqlite_reasons(int code, struct str said,
    struct str reasons[LANG_COUNT]);

/* Opens a file; NULL with a diagnostic. `flags` are sqlite3_open_v2()'s. */
struct catalogue *catalogue_open_file(struct arena *arena, struct str path,
    int flags, struct diag_list *diags);
/* True if the file at `path` is none, or one of ours in this format; else `why`
 * not. */
bool catalogue_file_is_usable(const char *path, struct str why[LANG_COUNT]);
/* What every connection has (connection.sql). */
void catalogue_connect(struct catalogue *catalogue);
/* Where the kept catalogue stands below a cache folder. */
struct str catalogue_file(struct arena *arena, struct str folder);

/* Deletes what a record put into the tables of its kind; see projection.c. */
void catalogue_unproject(struct catalogue *catalogue, uint32_t number);

/* Runs statements that give no rows. */
void catalogue_execute(struct catalogue *catalogue, const char *sql);

/* Prepares once and keeps; NULL when that fails. */
struct sqlite3_stmt *catalogue_prepare(struct catalogue *catalogue,
    struct sqlite3_stmt **slot, struct str sql);
struct sqlite3_stmt *catalogue_statement(struct catalogue *catalogue,
    enum statement number);

/* Binds text, or NULL when it is empty. Index from 1. */
void catalogue_bind(struct sqlite3_stmt *stmt, int index, struct str text);
void catalogue_bind_number(struct sqlite3_stmt *stmt, int index,
    uint32_t number);
/* Runs a statement that gives no rows, and makes it ready again. */
void catalogue_run(struct catalogue *catalogue,
    struct sqlite3_stmt *stmt);

/* What queries*.sql has under the name. */
struct str catalogue_query_text(enum query query);
/* By the name in queries.sql; QUERY_COUNT if there is none. */
enum query catalogue_query_find(struct str name);

/* A query made ready to step, kept for the next time; NULL when it fails. */
struct sqlite3_stmt *catalogue_query(struct catalogue *catalogue,
    enum query query, const struct str *params, size_t param_count);

/* The hash of an answer with the row that a statement is at, and telling the
 * observer of it; see answer.h. */
uint64_t catalogue_with_row(uint64_t answer, struct sqlite3_stmt *stmt);
void catalogue_tell(const struct catalogue *catalogue, enum query query,
    const struct str *params, size_t param_count, uint64_t answer);

/* Fills the tables that a record's kind fills; see projection.c. */
void catalogue_project(struct catalogue *catalogue, uint32_t number,
    const struct record *record);

/* later_day() for queries; see later_day.c. */
void catalogue_add_functions(struct catalogue *catalogue);

/* Where a cache folder may stand: not at the end of a link. */
bool catalogue_folder_is_real(struct arena *arena, struct str folder);
/*
 * Waits a little for the right to write to the kept catalogue of a folder, or
 * to put another in its place: a descriptor to be closed; negative if another
 * has it. Where there are no locks, none is had, and `*is_locked` is false.
 */
int catalogue_lock(struct arena *arena, struct str folder, bool *is_locked);

/* Ends what catalogue_watch() began. */
void catalogue_unwatch(struct catalogue *catalogue);

/* The severity of that name (diag_severity_name()). */
enum diag_severity catalogue_severity(struct str name);
/* Takes down that something which a record may have asked for has changed. */
void catalogue_note_key(struct catalogue *catalogue,
    enum catalogue_dependency what, struct str name, struct str value);

/* Counts the fields that a record has, once more or (-1) once less, and adds
 * the counts to a table. */
void field_use_note(struct catalogue *catalogue, const struct record *record,
    int32_t times);
void field_use_put(struct catalogue *catalogue);

#endif
