/* SPDX-License-Identifier: MIT */
#include "catalogue/resume.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/hash.h"
#include "base/pack.h"
#include "base/path.h"
#include "base/value.h"
#include "catalogue/checked_file.h"
#include "catalogue/internal.h"
#include "model/kind.h"
#include "model/record.h"

#include <sqlite3.h>

#include <unistd.h>

/* Another check holds the catalogue for as long as it takes, which is less. */
enum { PATIENCE_MS = 2000 };

/* Once pages are made of it there is no other way than to wait. */
enum { ENDURANCE_MS = 600000 };

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

/* All stays in memory: the journal, and the pages that change. */
static const char in_memory[] = "PRAGMA journal_mode = MEMORY; "
    "PRAGMA cache_spill = OFF; PRAGMA temp_store = MEMORY";
/* Whoever is killed leaves a journal, by which the next to open the file has
 * the old one back. */
static const char in_place[] = "PRAGMA journal_mode = DELETE; "
    "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536; "
    "PRAGMA temp_store = MEMORY";

static bool begin(struct catalogue *catalogue, const char *settings,
    struct str fingerprint)
{
	struct str name = STR("fingerprint");

	catalogue_execute(catalogue, settings);
	(void)sqlite3_busy_timeout(catalogue->database, PATIENCE_MS);
	catalogue_execute(catalogue, "BEGIN IMMEDIATE");
	catalogue->depth = 1;
	if (catalogue->failure.len > 0 ||
	    sqlite3_db_readonly(catalogue->database, "main") != 0)
		return false;
	catalogue_connect(catalogue);
	if (!str_eq(catalogue_cell(catalogue, QUERY_meta, &name, 1,
	    catalogue->arena), fingerprint))
		return false;
	catalogue_execute(catalogue, resume_sql);
	catalogue->touched = sqlite3_total_changes64(catalogue->database);
	return catalogue->failure.len == 0;
}

static struct catalogue *open_kept(struct arena *arena, struct str folder,
    const char *settings, struct str fingerprint, struct diag_list *diags)
{
	struct str path = catalogue_file(arena, folder), why[LANG_COUNT];
	struct catalogue *catalogue = NULL;
	struct diag_list no_fault;

	diag_list_init(&no_fault, arena);
	if (catalogue_folder_is_real(arena, folder) &&
	    access(path.ptr, R_OK | W_OK) == 0 &&
	    catalogue_file_is_usable(path.ptr, why))
		catalogue = catalogue_open_file(arena, path,
		    SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW, &no_fault);
	diag_list_dispose(&no_fault);
	if (catalogue == NULL || begin(catalogue, settings, fingerprint))
		return catalogue;
	if (checked_file_is_damage(catalogue->failure_code))
		catalogue_report_damage(path, diags);
	catalogue_close(catalogue);
	return NULL;
}

struct catalogue *catalogue_resume(struct arena *arena, struct str folder,
    struct str fingerprint, struct diag_list *diags)
{
	return open_kept(arena, folder, in_memory, fingerprint, diags);
}

struct catalogue *catalogue_go_on(struct arena *arena, struct str folder,
    struct str fingerprint, struct diag_list *diags)
{
	struct catalogue *catalogue;
	bool is_locked;
	int lock = catalogue_lock(arena, folder, &is_locked);

	if (lock < 0)
		return NULL;
	catalogue = is_locked ? open_kept(arena, folder, in_place,
	    fingerprint, diags) : NULL;
	if (catalogue == NULL) {
		(void)close(lock);
		return NULL;
	}
	catalogue->file_lock = lock;
	(void)sqlite3_busy_timeout(catalogue->database, ENDURANCE_MS);
	return catalogue;
}

struct str catalogue_taken(const struct catalogue *catalogue)
{
	return buf_str(&catalogue->taken);
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

void catalogue_note_key(struct catalogue *catalogue,
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

	catalogue_note_key(catalogue, ON_RECORD, kind, id);
	for (size_t i = 0; i < value_count(claims); i++)
		catalogue_note_key(catalogue, ON_CLAIM, value_text_at(
		    claims->list.items[i], STR("kind")), value_text_at(
		    claims->list.items[i], STR("value")));
	run(catalogue, QUERY_note_name, kind, id);
	run(catalogue, QUERY_note_titles, number, STR_NONE);
	run(catalogue, QUERY_note_moved, number, STR_NONE);
}

/* What it counts for is taken out of the counts in the end. */
static void drop_judged(struct catalogue *catalogue, struct str number)
{
	const struct value *rows = catalogue_rows(catalogue,
	    QUERY_outcomes_of, &number, 1, catalogue->arena, NULL, NULL);

	if (value_count(rows) > 0)
		pack_str(&catalogue->taken, value_text_at(
		    rows->list.items[0], STR("outcomes")));
	run(catalogue, QUERY_drop_judged, number, STR_NONE);
}

void catalogue_take_reminders(struct catalogue *catalogue)
{
	drop_judged(catalogue, STR("0"));
	run(catalogue, QUERY_drop_reminders, STR_NONE, STR_NONE);
}

static void drop_fields(struct catalogue *catalogue, struct str number)
{
	struct record record;
	struct arena scratch;

	arena_init(&scratch);
	if (catalogue_record_number(catalogue, number, &scratch, &record))
		field_use_note(catalogue, &record, -1);
	arena_dispose(&scratch);
}

static struct value *record_at(struct catalogue *catalogue, struct str path)
{
	struct value *rows = catalogue_rows(catalogue, QUERY_record_at, &path,
	    1, catalogue->arena, NULL, NULL);

	return value_count(rows) == 0 ? NULL : rows->list.items[0];
}

/* -- diagnostics ---------------------------------------------------------- */

enum diag_severity catalogue_severity(struct str name)
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
			.severity = catalogue_severity(
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

	catalogue_note_key(catalogue, ON_FILE, path, STR_NONE);
	catalogue_take_diagnostics(catalogue, path, taken);
	if (row != NULL) {
		number = value_text_at(row, STR("record"));
		note_record(catalogue, row);
		(void)str_to_size(number, &n);
		catalogue_unproject(catalogue, (uint32_t)n);
		drop_fields(catalogue, number);
		drop_judged(catalogue, number);
		run(catalogue, QUERY_drop_front_matter, number, STR_NONE);
		run(catalogue, QUERY_drop_record, number, STR_NONE);
	}
	run(catalogue, QUERY_note_file, path, number);
}

/* -- numbers -------------------------------------------------------------- */

/* Numbers are 32 bits wide. */
enum { WIDEST_GAP = 65536 };

uint32_t catalogue_first_number(size_t index, size_t count)
{
	uint64_t gap = UINT32_MAX / ((uint64_t)count + 1);

	if (gap > WIDEST_GAP)
		gap = WIDEST_GAP;
	return (uint32_t)((index + 1) * gap);
}

static uint64_t number_beside(struct catalogue *catalogue, enum query query,
    struct str path)
{
	size_t number = 0;

	(void)str_to_size(catalogue_cell(catalogue, query, &path, 1,
	    catalogue->arena), &number);
	return number;
}

/* Between its neighbours: in the middle; but at the end of a folder, where more
 * will come behind it, near the one before. */
static uint32_t new_number(struct catalogue *catalogue, struct str path)
{
	uint64_t before = number_beside(catalogue, QUERY_number_before, path);
	uint64_t after = number_beside(catalogue, QUERY_number_after, path);
	const struct str span[] = { path, str_join(catalogue->arena,
	    path_folder(path), STR("0")) };	/* '0' comes after '/' */
	bool is_last = catalogue_cell(catalogue, QUERY_between, span, 2,
	    catalogue->arena).len == 0;
	uint64_t room = after - before, number;

	if (after < before + 2) {
		catalogue->is_out_of_numbers = true;
		return 0;
	}
	number = before + (is_last && room >= 8 ? room / 8 : room / 2);
	run(catalogue, QUERY_note_file, path, str_format(catalogue->arena,
	    "%llu", (unsigned long long)number));
	return (uint32_t)number;
}

uint32_t catalogue_number(struct catalogue *catalogue, struct str path)
{
	struct str known = catalogue_cell(catalogue, QUERY_changed_number,
	    &path, 1, catalogue->arena);
	size_t number = 0;

	(void)str_to_size(known, &number);
	return number != 0 ? (uint32_t)number : new_number(catalogue, path);
}

bool catalogue_has_numbers(const struct catalogue *catalogue)
{
	return !catalogue->is_out_of_numbers;
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
		catalogue_note_key(catalogue, ON_STATE, value_text_at(
		    moved->list.items[i], STR("id")), STR_NONE);
	run(catalogue, QUERY_scope_none, STR_NONE, STR_NONE);
	run(catalogue, QUERY_scope_reached, STR_NONE, STR_NONE);
}
