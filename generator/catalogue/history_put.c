/* SPDX-License-Identifier: MIT */
/* What landings and notes say, put into the store, and what follows from it. */
#include "base/arena.h"
#include "base/diag.h"
#include "base/vec.h"
#include "catalogue/history_internal.h"

#include <sqlite3.h>

/* Where a file's stay began, and which commit had it first. */
struct stay {
	int64_t landed;
	struct str introduced;
};

struct putting {
	struct history_store *store;
	int64_t sequence;
	struct arena arena;
};

/* The stay that a query finds; false when there is none. */
static bool take_stay(struct putting *p, sqlite3_stmt *stmt,
    struct stay *stay)
{
	bool found = sqlite3_step(stmt) == SQLITE_ROW;

	if (found)
		*stay = (struct stay){ sqlite3_column_int64(stmt, 0),
			history_column(stmt, 1, &p->arena) };
	history_end(p->store, stmt);
	return found;
}

static bool find_open(struct putting *p, struct str path, struct stay *stay)
{
	sqlite3_stmt *stmt = history_query(p->store, HISTORY_open_presence);

	history_bind_text(stmt, 1, path);
	return take_stay(p, stmt, stay);
}

/* A file that comes back with the bytes it was deleted with stays as before. */
static bool find_ended(struct putting *p, const struct stored_change *change,
    struct stay *stay)
{
	sqlite3_stmt *stmt = history_query(p->store, HISTORY_ended_presence);

	history_bind_text(stmt, 1, change->path);
	(void)sqlite3_bind_int64(stmt, 2, p->sequence);
	history_bind_blob(stmt, 3, change->object);
	return take_stay(p, stmt, stay);
}

static void end_stay(struct putting *p, struct str path)
{
	sqlite3_stmt *stmt = history_query(p->store, HISTORY_end_presence);

	history_bind_text(stmt, 1, path);
	(void)sqlite3_bind_int64(stmt, 2, p->sequence);
	history_run(p->store, stmt);
}

static void begin_stay(struct putting *p, const struct stored_change *change,
    const struct stay *stay)
{
	sqlite3_stmt *stmt = history_query(p->store, HISTORY_put_presence);

	history_bind_text(stmt, 1, change->path);
	(void)sqlite3_bind_int64(stmt, 2, p->sequence);
	(void)sqlite3_bind_int64(stmt, 3, stay->landed);
	history_bind_blob(stmt, 4, stay->introduced);
	history_run(p->store, stmt);
}

static void put_change(struct putting *p, const struct stored_change *change)
{
	sqlite3_stmt *stmt = history_query(p->store, HISTORY_put_change);

	history_bind_text(stmt, 1, change->path);
	(void)sqlite3_bind_int64(stmt, 2, p->sequence);
	history_bind_text(stmt, 3, (struct str){ &change->kind, 1 });
	history_bind_text(stmt, 4, change->old_path);
	(void)sqlite3_bind_int64(stmt, 5, change->similarity);
	history_bind_blob(stmt, 6, change->object);
	history_bind_blob(stmt, 7, change->old_object);
	history_run(p->store, stmt);
}

/* What goes, goes first: a file may take the name of one that is renamed. */
static void end_stays(struct putting *p, const struct stored_change *changes,
    size_t count, struct stay *stays)
{
	for (size_t i = 0; i < count; i++) {
		const struct stored_change *change = &changes[i];

		if (change->kind == 'R') {
			if (!find_open(p, change->old_path, &stays[i]))
				stays[i].landed = p->sequence;
			end_stay(p, change->old_path);
		} else if (change->kind == 'D') {
			end_stay(p, change->path);
		}
	}
}

static void begin_stays(struct putting *p,
    const struct stored_change *changes, size_t count, struct stay *stays)
{
	for (size_t i = 0; i < count; i++) {
		const struct stored_change *change = &changes[i];
		bool goes_on = change->kind == 'R' ? change->carries :
		    change->kind == 'A' && find_ended(p, change, &stays[i]);

		if (change->kind != 'A' && change->kind != 'R')
			continue;
		if (!goes_on)
			stays[i] = (struct stay){ p->sequence,
				change->introduced };
		begin_stay(p, change, &stays[i]);
	}
}

void history_store_put(struct history_store *store,
    const struct stored_landing *landing, const struct stored_change *changes,
    size_t count)
{
	struct putting p = { .store = store,
		.sequence = history_store_last(store) + 1 };
	sqlite3_stmt *stmt = history_query(store, HISTORY_put_landing);
	struct stay *stays;

	(void)sqlite3_bind_int64(stmt, 1, p.sequence);
	history_bind_blob(stmt, 2, landing->id);
	(void)sqlite3_bind_int64(stmt, 3, landing->parents);
	(void)sqlite3_bind_int64(stmt, 4, landing->committed);
	(void)sqlite3_bind_int64(stmt, 5, landing->is_bulk);
	history_run(store, stmt);
	if (count == 0)
		return;
	arena_init(&p.arena);
	stays = arena_array(&p.arena, count, sizeof(*stays));
	end_stays(&p, changes, count, stays);
	begin_stays(&p, changes, count, stays);
	for (size_t i = 0; i < count; i++)
		put_change(&p, &changes[i]);
	arena_dispose(&p.arena);
}

/* -- notes ---------------------------------------------------------------- */

static void run_with_id(struct history_store *store, enum history_query query,
    struct str id)
{
	sqlite3_stmt *stmt = history_query(store, query);

	history_bind_blob(stmt, 1, id);
	history_run(store, stmt);
}

void history_store_drop_note(struct history_store *store, struct str id)
{
	run_with_id(store, HISTORY_drop_note, id);
	run_with_id(store, HISTORY_drop_receipt, id);
	run_with_id(store, HISTORY_drop_parent, id);
}

void history_store_drop_notes(struct history_store *store)
{
	history_run(store, history_query(store, HISTORY_drop_notes));
	history_run(store, history_query(store, HISTORY_drop_receipts));
	history_run(store, history_query(store, HISTORY_drop_parents));
}

static void put_receipts(struct history_store *store,
    const struct stored_note *note)
{
	sqlite3_stmt *stmt = history_query(store, HISTORY_put_receipt);

	for (size_t i = 0; i < note->receipt_count; i++) {
		const struct stored_receipt *receipt = &note->receipts[i];

		history_bind_blob(stmt, 1, note->id);
		(void)sqlite3_bind_int64(stmt, 2, (sqlite3_int64)i);
		(void)sqlite3_bind_int64(stmt, 3, receipt->seconds);
		history_bind_text(stmt, 4, receipt->ref);
		history_bind_text(stmt, 5, receipt->account);
		history_run(store, stmt);
	}
}

static void put_parents(struct history_store *store,
    const struct stored_note *note)
{
	sqlite3_stmt *stmt = history_query(store, HISTORY_put_parent);

	for (size_t at = 0; at < note->parents.len; at += note->id.len) {
		history_bind_blob(stmt, 1, note->id);
		history_bind_blob(stmt, 2, str_slice(note->parents, at,
		    at + note->id.len));
		history_run(store, stmt);
	}
}

void history_store_put_note(struct history_store *store,
    const struct stored_note *note)
{
	sqlite3_stmt *stmt = history_query(store, HISTORY_put_note);
	int64_t seconds = INT64_MAX;

	history_store_drop_note(store, note->id);
	for (size_t i = 0; i < note->receipt_count; i++)
		if (note->receipts[i].seconds < seconds)
			seconds = note->receipts[i].seconds;
	history_bind_blob(stmt, 1, note->id);
	history_bind_blob(stmt, 2, note->note);
	history_bind_text(stmt, 3, note->fault);
	history_bind_text(stmt, 4, note->detail);
	if (note->fault.len > 0 || note->receipt_count == 0)
		(void)sqlite3_bind_null(stmt, 5);
	else
		(void)sqlite3_bind_int64(stmt, 5, seconds);
	history_run(store, stmt);
	if (note->fault.len == 0)
		put_receipts(store, note);
	put_parents(store, note);
}

size_t history_store_note_count(struct history_store *store)
{
	sqlite3_stmt *stmt = history_query(store, HISTORY_count_notes);
	size_t count = 0;

	if (sqlite3_step(stmt) == SQLITE_ROW)
		count = (size_t)sqlite3_column_int64(stmt, 0);
	history_end(store, stmt);
	return count;
}

struct early_note {
	struct str id;
	int64_t seconds;
};

static void find_early(struct history_store *store, struct arena *arena,
    struct vec *early)
{
	sqlite3_stmt *stmt = history_query(store, HISTORY_early_notes);

	while (sqlite3_step(stmt) == SQLITE_ROW) {
		struct early_note *found = vec_push(early);

		found->id = history_column(stmt, 0, arena);
		found->seconds = sqlite3_column_int64(stmt, 1);
	}
	history_end(store, stmt);
}

/* The query follows them down to the last child. */
void history_store_order_notes(struct history_store *store)
{
	sqlite3_stmt *stmt = history_query(store, HISTORY_mark_early);
	struct arena arena;
	struct vec early;

	history_run(store, history_query(store, HISTORY_drop_early));
	arena_init(&arena);
	vec_init(&early, sizeof(struct early_note));
	find_early(store, &arena, &early);
	for (size_t i = 0; i < early.count; i++) {
		const struct early_note *note = vec_at(&early, i);

		history_bind_blob(stmt, 1, note->id);
		(void)sqlite3_bind_int64(stmt, 2, note->seconds);
		history_run(store, stmt);
	}
	vec_dispose(&early);
	arena_dispose(&arena);
}

void history_store_faults(struct history_store *store, int64_t sequence,
    void (*take)(void *context, const struct stored_note *note),
    void *context)
{
	sqlite3_stmt *stmt = history_query(store, sequence == 0 ?
	    HISTORY_faults : HISTORY_faults_that_count);
	struct arena arena;

	if (sequence != 0)
		(void)sqlite3_bind_int64(stmt, 1, sequence);
	arena_init(&arena);
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		struct stored_note note = {
			.fault = history_column(stmt, 0, &arena),
			.detail = history_column(stmt, 1, &arena),
			.id = history_column(stmt, 2, &arena),
			.note = history_column(stmt, 3, &arena) };

		take(context, &note);
		arena_reset(&arena);
	}
	history_end(store, stmt);
	arena_dispose(&arena);
}

/* -- what follows --------------------------------------------------------- */

static bool column_number(sqlite3_stmt *stmt, int column, int64_t *number)
{
	*number = sqlite3_column_int64(stmt, column);
	return sqlite3_column_type(stmt, column) != SQLITE_NULL;
}

void history_store_arrivals(struct history_store *store, int64_t sequence,
    struct str branch, struct str path, void (*take)(void *context,
	const struct arrival *arrival), void *context)
{
	sqlite3_stmt *stmt = history_query(store, HISTORY_arrivals);
	struct arrival arrival;
	struct arena arena;

	(void)sqlite3_bind_int64(stmt, 1, sequence);
	history_bind_text(stmt, 2, branch);
	history_bind_text(stmt, 3, path);
	/* Above all that is UTF-8. */
	history_bind_text(stmt, 4, path.len > 0 ? path : STR("\xff"));
	arena_init(&arena);
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		arena_reset(&arena);
		arrival = (struct arrival){
			.path = history_column(stmt, 0, &arena),
			.by_commit = sqlite3_column_int(stmt, 2) != 0,
			.account = history_column(stmt, 3, &arena),
			.landing = history_column(stmt, 5, &arena) };
		arrival.is_received = column_number(stmt, 1,
		    &arrival.received);
		arrival.has_landed = column_number(stmt, 4, &arrival.landed);
		(void)column_number(stmt, 6, &arrival.stated);
		if (!column_number(stmt, 7, &arrival.changed))
			arrival.changed = arrival.stated;
		take(context, &arrival);
	}
	history_end(store, stmt);
	arena_dispose(&arena);
}

void history_store_landed(struct history_store *store, int64_t since,
    int64_t until, struct arena *arena, struct vec *paths)
{
	sqlite3_stmt *stmt = history_query(store, HISTORY_landed);

	(void)sqlite3_bind_int64(stmt, 1, since);
	(void)sqlite3_bind_int64(stmt, 2, until);
	while (sqlite3_step(stmt) == SQLITE_ROW)
		*(struct str *)vec_push(paths) = history_column(stmt, 0,
		    arena);
	if (sqlite3_reset(stmt) != SQLITE_OK)
		history_fail(store);
}
