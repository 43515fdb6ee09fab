/* SPDX-License-Identifier: MIT */
/* What else becomes of a catalogue that is gone on with in place: files,
 * arrivals, what is withheld. */
#include "base/arena.h"
#include "base/diag.h"
#include "base/value.h"
#include "catalogue/internal.h"
#include "catalogue/resume.h"

#include <sqlite3.h>

static void run(struct catalogue *catalogue, enum query query,
    struct str param)
{
	(void)catalogue_cell(catalogue, query, &param, param.ptr != NULL,
	    catalogue->arena);
}

/* -- files ---------------------------------------------------------------- */

static struct str blob(sqlite3_stmt *stmt, int column)
{
	const char *bytes = sqlite3_column_blob(stmt, column);

	return (struct str){ bytes,
		(size_t)sqlite3_column_bytes(stmt, column) };
}

bool catalogue_next_file(struct catalogue *catalogue, struct file_state *file)
{
	sqlite3_stmt *stmt = catalogue->queries[QUERY_files];
	int state;

	if (stmt == NULL)
		stmt = catalogue_query(catalogue, QUERY_files, NULL, 0);
	if (stmt == NULL)
		return false;
	state = sqlite3_step(stmt);
	if (state == SQLITE_ROW) {
		*file = (struct file_state){ blob(stmt, 0),
			(uint32_t)sqlite3_column_int(stmt, 1), blob(stmt, 2),
			(uint64_t)sqlite3_column_int64(stmt, 3) };
		return true;
	}
	if (state != SQLITE_DONE)
		catalogue_fail(catalogue);
	(void)sqlite3_reset(stmt);
	return false;
}

void catalogue_drop_file(struct catalogue *catalogue, struct str path)
{
	run(catalogue, QUERY_drop_file, path);
}

/* -- arrivals ------------------------------------------------------------- */

void catalogue_drop_all_arrivals(struct catalogue *catalogue)
{
	catalogue_execute(catalogue, "DELETE FROM arrival");
}

void catalogue_drop_arrivals(struct catalogue *catalogue)
{
	run(catalogue, QUERY_drop_arrivals, STR_NONE);
}

void catalogue_renew_arrival(struct catalogue *catalogue, struct str path,
    const struct str *cells, size_t count)
{
	enum { RECEIVED = 1, LANDED = 5 };
	const struct value *rows = catalogue_rows(catalogue, QUERY_arrival_at,
	    &path, 1, catalogue->arena, NULL, NULL);
	const struct value *row;
	struct str number;

	if (value_count(rows) == 0)
		return;
	row = rows->list.items[0];
	number = value_text_at(row, STR("record"));
	if (str_eq(value_text_at(row, STR("there")), STR("1")))
		run(catalogue, QUERY_drop_arrival, number);
	if (count > 0)
		catalogue_put_row(catalogue, TABLE_ARRIVAL, cells, count);
	/* Rules ask for these two days alone. */
	if (str_eq(value_text_at(row, STR("received")),
	    count > 0 ? cells[RECEIVED] : STR_NONE) &&
	    str_eq(value_text_at(row, STR("landed")),
	    count > 0 ? cells[LANDED] : STR_NONE))
		return;
	run(catalogue, QUERY_note_arrived, number);
	catalogue_note_key(catalogue, ON_RECORD, value_text_at(row,
	    STR("kind")), value_text_at(row, STR("id")));
}

/* -- another day ---------------------------------------------------------- */

bool catalogue_turn_to(struct catalogue *catalogue, struct str day)
{
	struct str name = STR("as_of");
	const struct str span[] = { catalogue_cell(catalogue, QUERY_meta,
	    &name, 1, catalogue->arena), day };
	const struct value *rows;

	if (str_cmp(day, span[0]) <= 0)
		return str_eq(day, span[0]);
	(void)catalogue_cell(catalogue, QUERY_day_moved, span, 2,
	    catalogue->arena);
	rows = catalogue_rows(catalogue, QUERY_turned, span, 2,
	    catalogue->arena, NULL, NULL);
	for (size_t i = 0; i < value_count(rows); i++) {
		const struct value *row = rows->list.items[i];

		run(catalogue, QUERY_note_arrived,
		    value_text_at(row, STR("record")));
		if (str_eq(value_text_at(row, STR("arrived")), STR("1")))
			catalogue_note_key(catalogue, ON_RECORD,
			    value_text_at(row, STR("kind")),
			    value_text_at(row, STR("id")));
	}
	catalogue_put_meta(catalogue, name, day);
	return true;
}

/* -- verdicts ------------------------------------------------------------- */

/* A row of the table `diagnostic`: its columns in their order. */
static struct diagnostic diagnostic_of(sqlite3_stmt *stmt)
{
	enum { PATH, LINE, COLUMN, SEVERITY, ID, MESSAGE_ZH, MESSAGE_EN,
		HINT_ZH, HINT_EN, BASIS, DUE, BARE, BINDS, FIELD, EXCUSED };

	return (struct diagnostic){
		.mark = { blob(stmt, PATH),
		    (uint32_t)sqlite3_column_int64(stmt, LINE),
		    (uint32_t)sqlite3_column_int64(stmt, COLUMN) },
		.severity = catalogue_severity(blob(stmt, SEVERITY)),
		.id = blob(stmt, ID),
		.message = { [LANG_ZH] = blob(stmt, MESSAGE_ZH),
		    [LANG_EN] = blob(stmt, MESSAGE_EN) },
		.hint = { [LANG_ZH] = blob(stmt, HINT_ZH),
		    [LANG_EN] = blob(stmt, HINT_EN) },
		.basis = blob(stmt, BASIS), .due = blob(stmt, DUE),
		.bare = blob(stmt, BARE), .binds = blob(stmt, BINDS),
		.field = blob(stmt, FIELD),
		.is_excused = sqlite3_column_int(stmt, EXCUSED) != 0 };
}

static void each_found(struct catalogue *catalogue, sqlite3_stmt *stmt,
    catalogue_take_kept *take, void *context)
{
	int state = SQLITE_DONE;

	while (stmt != NULL && (state = sqlite3_step(stmt)) == SQLITE_ROW) {
		const struct diagnostic d = diagnostic_of(stmt);

		take(context, &d);
	}
	if (state != SQLITE_DONE)
		catalogue_fail(catalogue);
	(void)sqlite3_reset(stmt);
}

static void add(void *found, const struct diagnostic *d)
{
	diag_add(found, d);
}

static void add_found(struct catalogue *catalogue, enum query query,
    struct diag_list *found)
{
	each_found(catalogue, catalogue_query(catalogue, query, NULL, 0), add,
	    found);
}

void catalogue_each_kept(struct catalogue *catalogue,
    catalogue_take_kept *take, void *context)
{
	each_found(catalogue, catalogue_statement(catalogue, KEPT_IN_ORDER),
	    take, context);
}

void catalogue_count_kept(struct catalogue *catalogue,
    size_t counts[DIAG_FATAL + 1])
{
	sqlite3_stmt *stmt = catalogue_statement(catalogue, KEPT_COUNTS);
	int state = SQLITE_DONE;

	while (stmt != NULL && (state = sqlite3_step(stmt)) == SQLITE_ROW)
		counts[catalogue_severity(blob(stmt, 0))] +=
		    (size_t)sqlite3_column_int64(stmt, 1);
	if (state != SQLITE_DONE)
		catalogue_fail(catalogue);
	(void)sqlite3_reset(stmt);
}

void catalogue_kept(struct catalogue *catalogue, struct diag_list *found)
{
	add_found(catalogue, QUERY_kept, found);
}

void catalogue_kept_errors(struct catalogue *catalogue,
    struct diag_list *found)
{
	add_found(catalogue, QUERY_kept_errors, found);
}

void catalogue_kept_passing(struct catalogue *catalogue,
    struct diag_list *found)
{
	add_found(catalogue, QUERY_passing, found);
}

bool catalogue_is_untouched(const struct catalogue *catalogue)
{
	return sqlite3_total_changes64(catalogue->database) ==
	    catalogue->touched;
}

void catalogue_drop_passing(struct catalogue *catalogue)
{
	run(catalogue, QUERY_drop_passing, STR_NONE);
}

void catalogue_note_faulty(struct catalogue *catalogue, struct str path)
{
	run(catalogue, QUERY_note_faulty, path);
}

void catalogue_withhold_faulty(struct catalogue *catalogue)
{
	const struct value *rows;

	run(catalogue, QUERY_note_faulty_kin, STR_NONE);
	rows = catalogue_rows(catalogue, QUERY_withheld_otherwise, NULL, 0,
	    catalogue->arena, NULL, NULL);
	for (size_t i = 0; i < value_count(rows); i++) {
		struct str number = value_text_at(rows->list.items[i],
		    STR("record"));

		run(catalogue, QUERY_note_moved, number);
		run(catalogue, QUERY_turn_withheld, number);
	}
	run(catalogue, QUERY_scope_none, STR_NONE);
	run(catalogue, QUERY_scope_moved, STR_NONE);
	catalogue_derive(catalogue);
}
