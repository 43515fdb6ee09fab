/* SPDX-License-Identifier: MIT */
#include "catalogue/resume.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/hash.h"
#include "base/value.h"
#include "catalogue/internal.h"
#include "model/kind.h"

#include <sqlite3.h>

#include <unistd.h>

/* Another check holds the catalogue for as long as it takes, which is less. */
enum { PATIENCE_MS = 2000 };

static const char resume_sql[] =
#include "catalogue/resume.inc"
    ;

uint64_t catalogue_key(enum catalogue_dependency what, struct str name,
    struct str value)
{
	static const char kinds[] = { [ON_RECORD] = 'r', [ON_CLAIM] = 'c',
		[ON_STATE] = 's', [ON_FILE] = 'f' };
	struct buf text;
	uint64_t key;

	buf_init(&text);
	buf_append(&text, (struct str){ &kinds[what], 1 });
	buf_append(&text, name);
	buf_append(&text, (struct str){ "", 1 });
	buf_append(&text, value);
	key = hash_bytes(buf_str(&text));
	buf_dispose(&text);
	return key;
}

/* -- opening and keeping -------------------------------------------------- */

static bool begin(struct catalogue *catalogue, struct str fingerprint)
{
	struct str name = STR("fingerprint"), next;
	size_t number = 0;

	/* All stays in memory: the journal, and the pages that change. */
	catalogue_execute(catalogue, "PRAGMA journal_mode = MEMORY; "
	    "PRAGMA cache_spill = OFF; PRAGMA temp_store = MEMORY");
	(void)sqlite3_busy_timeout(catalogue->database, PATIENCE_MS);
	catalogue_execute(catalogue, "BEGIN IMMEDIATE");
	if (catalogue->failure.len > 0 ||
	    sqlite3_db_readonly(catalogue->database, "main") != 0)
		return false;
	catalogue_connect(catalogue);
	if (!str_eq(catalogue_cell(catalogue, QUERY_meta, &name, 1,
	    catalogue->arena), fingerprint))
		return false;
	catalogue_execute(catalogue, resume_sql);
	next = catalogue_cell(catalogue, QUERY_next_record, NULL, 0,
	    catalogue->arena);
	(void)str_to_size(next, &number);
	catalogue->next_number = (uint32_t)number;
	return catalogue->failure.len == 0;
}

struct catalogue *catalogue_resume(struct arena *arena, struct str folder,
    struct str fingerprint, struct diag_list *diags)
{
	struct str path = catalogue_file(arena, folder), why[LANG_COUNT];
	struct catalogue *catalogue = NULL;
	struct diag_list no_fault;
	int sealed = access(path.ptr, R_OK | W_OK) == 0 &&
	    catalogue_file_is_usable(path.ptr, why) ?
	    catalogue_is_sealed(arena, path) : 0;

	if (sealed < 0)
		diag_report(diags, ((struct mark){ .line = 0 }),
		    DIAG_CATALOGUE_REBUILT, path, STR("damaged"),
		    STR("已损坏"));
	diag_list_init(&no_fault, arena);
	if (sealed > 0)
		catalogue = catalogue_open_file(arena, path,
		    SQLITE_OPEN_READWRITE, &no_fault);
	diag_list_dispose(&no_fault);
	if (catalogue == NULL || begin(catalogue, fingerprint))
		return catalogue;
	catalogue_close(catalogue);
	return NULL;
}

void catalogue_fit(struct catalogue *catalogue, struct str fingerprint,
    struct str commit, size_t files)
{
	catalogue_put_meta(catalogue, STR("fingerprint"), fingerprint);
	catalogue_put_meta(catalogue, STR("commit"), commit);
	catalogue_put_meta(catalogue, STR("files"), str_format(
	    catalogue->arena, "%zu", files));
}

/* -- what changes --------------------------------------------------------- */

/* A statement that gives no rows. */
static void run(struct catalogue *catalogue, enum query query, struct str one,
    struct str two)
{
	const struct str params[] = { one, two };

	(void)catalogue_cell(catalogue, query, params, two.ptr != NULL ? 2 :
	    one.ptr != NULL, catalogue->arena);
}

static void note_key(struct catalogue *catalogue,
    enum catalogue_dependency what, struct str name, struct str value)
{
	uint64_t key = catalogue_key(what, name, value);

	run(catalogue, QUERY_note_key, str_format(catalogue->arena, "%lld",
	    (long long)key), STR_NONE);
}

/* Everything that others can ask of the record, as it stands at the moment. */
static void note_record(struct catalogue *catalogue, const struct value *row)
{
	struct str number = value_text_at(row, STR("record"));
	struct str kind = value_text_at(row, STR("kind"));
	struct str id = value_text_at(row, STR("id"));
	struct value *claims = catalogue_rows(catalogue, QUERY_claims_by,
	    &number, 1, catalogue->arena, NULL, NULL);

	note_key(catalogue, ON_RECORD, kind, id);
	for (size_t i = 0; i < value_count(claims); i++)
		note_key(catalogue, ON_CLAIM, value_text_at(
		    claims->list.items[i], STR("kind")), value_text_at(
		    claims->list.items[i], STR("value")));
	run(catalogue, QUERY_note_name, kind, id);
	run(catalogue, QUERY_note_titles, number, STR_NONE);
	run(catalogue, QUERY_note_moved, number, STR_NONE);
}

static struct value *record_at(struct catalogue *catalogue, struct str path)
{
	struct value *rows = catalogue_rows(catalogue, QUERY_record_at, &path,
	    1, catalogue->arena, NULL, NULL);

	return value_count(rows) == 0 ? NULL : rows->list.items[0];
}

/* -- diagnostics ---------------------------------------------------------- */

static enum diag_severity severity_of(struct str name)
{
	for (enum diag_severity s = DIAG_NOTICE; s < DIAG_FATAL; s++)
		if (str_eq(diag_severity_name(s), name))
			return s;
	return DIAG_FATAL;
}

static uint32_t number_at(const struct value *row, struct str name)
{
	size_t number = 0;

	(void)str_to_size(value_text_at(row, name), &number);
	return (uint32_t)number;
}

static void add_rows(const struct value *rows, struct diag_list *found)
{
	for (size_t i = 0; i < value_count(rows); i++) {
		const struct value *row = rows->list.items[i];
		const struct diagnostic d = {
			.mark = { value_text_at(row, STR("path")),
			    number_at(row, STR("line")),
			    number_at(row, STR("column_")) },
			.id = value_text_at(row, STR("id")),
			.severity = severity_of(
			    value_text_at(row, STR("severity"))),
			.message = {
			    [LANG_ZH] = value_text_at(row, STR("message_zh")),
			    [LANG_EN] = value_text_at(row,
				STR("message_en")) },
			.hint = {
			    [LANG_ZH] = value_text_at(row, STR("hint_zh")),
			    [LANG_EN] = value_text_at(row, STR("hint_en")) },
			.basis = value_text_at(row, STR("basis")),
			.due = value_text_at(row, STR("due")),
			.bare = value_text_at(row, STR("bare")),
			.binds = value_text_at(row, STR("binds")),
			.field = value_text_at(row, STR("field")),
			.is_excused = number_at(row, STR("excused")) != 0,
		};

		diag_add(found, &d);
	}
}

void catalogue_take_diagnostics(struct catalogue *catalogue, struct str path,
    struct diag_list *taken)
{
	size_t warnings = taken->counts[DIAG_WARNING];
	size_t notices = taken->counts[DIAG_NOTICE];

	add_rows(catalogue_rows(catalogue, QUERY_diagnostics_at, &path, 1,
	    catalogue->arena, NULL, NULL), taken);
	catalogue->taken_warnings += taken->counts[DIAG_WARNING] - warnings;
	catalogue->taken_notices += taken->counts[DIAG_NOTICE] - notices;
	run(catalogue, QUERY_drop_diagnostics, path, STR_NONE);
}

void catalogue_take_found(struct catalogue *catalogue, struct str ids,
    struct diag_list *taken)
{
	add_rows(catalogue_rows(catalogue, QUERY_diagnostics_found, &ids, 1,
	    catalogue->arena, NULL, NULL), taken);
	run(catalogue, QUERY_drop_found, ids, STR_NONE);
}

void catalogue_kept_errors(struct catalogue *catalogue,
    struct diag_list *found)
{
	add_rows(catalogue_rows(catalogue, QUERY_kept_errors, NULL, 0,
	    catalogue->arena, NULL, NULL), found);
}

static size_t counted(struct catalogue *catalogue, struct str severity)
{
	size_t number = 0;

	(void)str_to_size(catalogue_cell(catalogue, QUERY_meta, &severity, 1,
	    catalogue->arena), &number);
	return number;
}

void catalogue_kept_rest(struct catalogue *catalogue, size_t *warnings,
    size_t *notices)
{
	*warnings = counted(catalogue, STR("warnings")) -
	    catalogue->taken_warnings;
	*notices = counted(catalogue, STR("notices")) -
	    catalogue->taken_notices;
}

/* -- the order of calls ------------------------------------------------ */

void catalogue_forget(struct catalogue *catalogue, struct str path,
    struct diag_list *taken)
{
	const struct value *row = record_at(catalogue, path);
	struct str number = STR("0");
	size_t n = 0;

	note_key(catalogue, ON_FILE, path, STR_NONE);
	catalogue_take_diagnostics(catalogue, path, taken);
	if (row != NULL) {
		number = value_text_at(row, STR("record"));
		note_record(catalogue, row);
		(void)str_to_size(number, &n);
		catalogue_unproject(catalogue, (uint32_t)n);
		run(catalogue, QUERY_drop_front_matter, number, STR_NONE);
		run(catalogue, QUERY_drop_record, number, STR_NONE);
	}
	run(catalogue, QUERY_note_file, path, number);
}

uint32_t catalogue_number(struct catalogue *catalogue, struct str path)
{
	struct str known = catalogue_cell(catalogue, QUERY_changed_number,
	    &path, 1, catalogue->arena);
	size_t number = 0;

	(void)str_to_size(known, &number);
	return number != 0 ? (uint32_t)number : catalogue->next_number++;
}

void catalogue_note(struct catalogue *catalogue, struct str path)
{
	const struct value *row = record_at(catalogue, path);

	if (row != NULL)
		note_record(catalogue, row);
}

void catalogue_reach(struct catalogue *catalogue)
{
	struct value *moved;

	run(catalogue, QUERY_scope_moved, STR_NONE, STR_NONE);
	catalogue_derive(catalogue);
	moved = catalogue_rows(catalogue, QUERY_states_moved, NULL, 0,
	    catalogue->arena, NULL, NULL);
	for (size_t i = 0; i < value_count(moved); i++)
		note_key(catalogue, ON_STATE, value_text_at(
		    moved->list.items[i], STR("id")), STR_NONE);
	run(catalogue, QUERY_scope_none, STR_NONE, STR_NONE);
	run(catalogue, QUERY_scope_reached, STR_NONE, STR_NONE);
}
