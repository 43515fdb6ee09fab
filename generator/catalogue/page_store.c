/* SPDX-License-Identifier: MIT */
#include "catalogue/page_store.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/path.h"
#include "catalogue/checked_file.h"

#include <sqlite3.h>

#include <sys/stat.h>
#include <unistd.h>

/* In the file's header, as the catalogue has its own. */
enum { APPLICATION_ID = 0x7a687067, FORMAT = 2 };

enum statement {
	LAST, QUESTIONS, CHANGE, REACH, COUNT_REACHED, FIND, KNOW, PUT_PAGE,
	PUT_QUESTION, PUT_ASKED, GET_NOTE, SET_NOTE, STATEMENT_COUNT
};

static const char *const statement_sql[STATEMENT_COUNT] = {
	[LAST] = "SELECT max(number) FROM question",
	[QUESTIONS] = "SELECT number, kind, query, subject, answer "
	    "FROM question WHERE number >= ?1 AND number < ?2",
	[CHANGE] = "INSERT INTO temp.changed VALUES (?1, ?2)",
	[REACH] = "INSERT OR IGNORE INTO temp.reached SELECT a.page "
	    "FROM temp.changed c CROSS JOIN asked a USING (question)",
	[COUNT_REACHED] = "SELECT count(*) FROM temp.reached",
	[FIND] = "SELECT number, self, facts FROM page WHERE path = ?1 "
	    "AND number NOT IN (SELECT page FROM temp.reached)",
	[KNOW] = "INSERT INTO temp.known VALUES (?1)",
	[PUT_PAGE] = "INSERT INTO page (path, self, facts) "
	    "VALUES (?1, ?2, ?3)",
	[PUT_QUESTION] = "INSERT INTO question (kind, query, subject, answer) "
	    "VALUES (?1, ?2, ?3, ?4) ON CONFLICT (kind, query, subject) "
	    "DO UPDATE SET kind = kind RETURNING number",
	[PUT_ASKED] = "INSERT OR IGNORE INTO asked VALUES (?1, ?2)",
	[GET_NOTE] = "SELECT value FROM note WHERE name = ?1",
	[SET_NOTE] = "INSERT OR REPLACE INTO note VALUES (?1, ?2)",
};

static const char store_sql[] =
#include "catalogue/page_store.inc"
    ;

struct page_store {
	struct arena *arena;
	struct str path;
	sqlite3 *database;
	sqlite3_stmt *statements[STATEMENT_COUNT];
	sqlite3_int64 page;	/* put last */
	bool has_failed;
	bool is_damaged;	/* then it is removed when it is closed */
};

/* -- statements ----------------------------------------------------------- */

static void note_failure(struct page_store *store)
{
	store->has_failed = true;
	store->is_damaged = store->is_damaged ||
	    checked_file_is_damage(sqlite3_errcode(store->database));
}

static sqlite3_stmt *statement(struct page_store *store, enum statement number)
{
	sqlite3_stmt **slot = &store->statements[number];

	if (*slot == NULL && sqlite3_prepare_v3(store->database,
	    statement_sql[number], -1, SQLITE_PREPARE_PERSISTENT, slot, NULL)
	    != SQLITE_OK)
		note_failure(store);
	(void)sqlite3_reset(*slot);
	return *slot;
}

static bool step(struct page_store *store, sqlite3_stmt *stmt)
{
	int state = stmt == NULL ? SQLITE_ERROR : sqlite3_step(stmt);

	if (state == SQLITE_NOMEM)
		out_of_memory(0);
	if (state != SQLITE_ROW && state != SQLITE_DONE)
		note_failure(store);
	return state == SQLITE_ROW;
}

/* One without rows, or whose first row is all that is wanted of it. */
static sqlite3_int64 run(struct page_store *store, sqlite3_stmt *stmt)
{
	sqlite3_int64 number = step(store, stmt) ?
	    sqlite3_column_int64(stmt, 0) : 0;

	(void)sqlite3_reset(stmt);
	return number;
}

static bool execute(struct page_store *store, const char *sql)
{
	if (sqlite3_exec(store->database, sql, NULL, NULL, NULL) != SQLITE_OK)
		note_failure(store);
	return !store->has_failed;
}

static void bind_bytes(sqlite3_stmt *stmt, int index, struct str bytes)
{
	(void)sqlite3_bind_blob(stmt, index, bytes.len > 0 ? bytes.ptr : "",
	    (int)bytes.len, SQLITE_STATIC);
}

static void bind_text(sqlite3_stmt *stmt, int index, struct str text)
{
	(void)sqlite3_bind_text(stmt, index, text.len > 0 ? text.ptr : "",
	    (int)text.len, SQLITE_STATIC);
}

/* -- opening and closing -------------------------------------------------- */

static struct page_store *open_file(struct arena *arena, struct str path,
    int flags)
{
	struct page_store *store = arena_alloc(arena, sizeof(*store));

	store->arena = arena;
	store->path = str_dup(arena, path);
	if (checked_file_open(store->path.ptr, &store->database, flags |
	    SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE) == SQLITE_OK)
		return store;
	(void)sqlite3_close(store->database);
	return NULL;
}

static bool is_ours(struct page_store *store)
{
	sqlite3_stmt *stmt = NULL;
	bool ours = sqlite3_prepare_v2(store->database,
	    "SELECT application_id, user_version FROM pragma_application_id, "
	    "pragma_user_version", -1, &stmt, NULL) == SQLITE_OK &&
	    sqlite3_step(stmt) == SQLITE_ROW &&
	    sqlite3_column_int(stmt, 0) == APPLICATION_ID &&
	    sqlite3_column_int(stmt, 1) == FORMAT;

	(void)sqlite3_finalize(stmt);
	return ours;
}

void page_store_clear(struct page_store *store)
{
	(void)execute(store, "DELETE FROM asked; DELETE FROM page; "
	    "DELETE FROM question");
}

/* Of this format, with what was kept under `ground` or nothing. */
static bool set_up(struct page_store *store, struct str ground)
{
	/* What a machine that stopped lost of it is lost of the pages too; the
	 * ground tells that. */
	if (!execute(store, "PRAGMA synchronous = OFF; "
	    "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536; "
	    "BEGIN IMMEDIATE") ||
	    !execute(store, str_format(store->arena,
		"PRAGMA application_id = %d; PRAGMA user_version = %d",
		APPLICATION_ID, FORMAT).ptr) || !execute(store, store_sql))
		return false;
	if (!str_eq(page_store_note(store, STR("ground")), ground)) {
		page_store_clear(store);
		page_store_set_note(store, STR("ground"), ground);
	}
	return execute(store, "COMMIT");
}

static void discard(struct page_store *store)
{
	store->is_damaged = true;
	page_store_close(store, false);
}

bool page_store_is_well(const struct page_store *store)
{
	return !store->has_failed;
}

void page_store_spoil(struct page_store *store)
{
	store->has_failed = store->is_damaged = true;
}

struct page_store *page_store_open(struct arena *arena, struct str folder,
    struct str name, struct str ground)
{
	struct str path = path_join(arena, folder, name);

	/* Once more after what is no store of ours has been put away. */
	for (int i = 0; i < 2; i++) {
		struct stat status;
		bool is_there = lstat(path.ptr, &status) == 0;
		struct page_store *store;

		if (is_there && !S_ISREG(status.st_mode))
			return NULL;
		store = open_file(arena, path, SQLITE_OPEN_READWRITE |
		    SQLITE_OPEN_CREATE);
		if (store == NULL)
			return NULL;
		if ((!is_there || status.st_size == 0 || is_ours(store)) &&
		    set_up(store, ground))
			return store;
		if (sqlite3_errcode(store->database) == SQLITE_BUSY) {
			page_store_close(store, false);
			return NULL;
		}
		discard(store);
	}
	return NULL;
}

struct page_store *page_store_reopen(struct arena *arena,
    const struct page_store *store)
{
	return open_file(arena, store->path, SQLITE_OPEN_READONLY);
}

void page_store_close(struct page_store *store, bool keep)
{
	if (store == NULL)
		return;
	if (keep && !store->has_failed)
		(void)execute(store, "UPDATE question SET answer = c.answer "
		    "FROM temp.changed c WHERE c.question = number; COMMIT");
	for (size_t i = 0; i < STATEMENT_COUNT; i++)
		(void)sqlite3_finalize(store->statements[i]);
	/* Closing takes back what was not committed. */
	(void)sqlite3_close(store->database);
	if (!store->is_damaged)
		return;
	(void)unlink(store->path.ptr);
	(void)unlink(str_cstr(store->arena, str_join(store->arena, store->path,
	    STR("-journal"))));
}

/* -- questions ------------------------------------------------------------ */

uint32_t page_store_last(struct page_store *store)
{
	return (uint32_t)run(store, statement(store, LAST));
}

void page_store_questions(struct page_store *store, uint32_t first,
    uint32_t end, void (*tell)(void *context, uint32_t number,
	const struct stored_question *question), void *context)
{
	sqlite3_stmt *stmt = statement(store, QUESTIONS);

	(void)sqlite3_bind_int64(stmt, 1, first);
	(void)sqlite3_bind_int64(stmt, 2, end);
	while (step(store, stmt)) {
		const char *subject = sqlite3_column_blob(stmt, 3);
		const struct stored_question question = {
			.kind = (uint32_t)sqlite3_column_int64(stmt, 1),
			.query = (uint32_t)sqlite3_column_int64(stmt, 2),
			.subject = { subject != NULL ? subject : "",
			    (size_t)sqlite3_column_bytes(stmt, 3) },
			.answer = (uint64_t)sqlite3_column_int64(stmt, 4),
		};

		tell(context, (uint32_t)sqlite3_column_int64(stmt, 0),
		    &question);
	}
	(void)sqlite3_reset(stmt);
}

void page_store_changed(struct page_store *store, uint32_t number,
    uint64_t answer)
{
	sqlite3_stmt *stmt = statement(store, CHANGE);

	(void)sqlite3_bind_int64(stmt, 1, number);
	(void)sqlite3_bind_int64(stmt, 2, (sqlite3_int64)answer);
	(void)run(store, stmt);
}

size_t page_store_reach(struct page_store *store)
{
	(void)run(store, statement(store, REACH));
	return (size_t)run(store, statement(store, COUNT_REACHED));
}

/* -- pages ---------------------------------------------------------------- */

/* The bytes of a column, in `arena`. */
static struct str column(sqlite3_stmt *stmt, int index, struct arena *arena)
{
	const char *bytes = sqlite3_column_blob(stmt, index);
	size_t len = (size_t)sqlite3_column_bytes(stmt, index);

	return len == 0 ? STR_NONE : str_dup(arena, (struct str){ bytes, len });
}

bool page_store_known(struct page_store *store, struct str path,
    uint64_t self, struct arena *arena, struct str *facts)
{
	sqlite3_stmt *stmt = statement(store, FIND);
	sqlite3_int64 number = 0;
	bool is_known;

	bind_text(stmt, 1, path);
	is_known = step(store, stmt) &&
	    (uint64_t)sqlite3_column_int64(stmt, 1) == self;
	if (is_known) {
		number = sqlite3_column_int64(stmt, 0);
		*facts = column(stmt, 2, arena);
	}
	(void)sqlite3_reset(stmt);
	if (!is_known)
		return false;
	stmt = statement(store, KNOW);
	(void)sqlite3_bind_int64(stmt, 1, number);
	(void)run(store, stmt);
	return !store->has_failed;
}

/* What only they asked goes with them. */
static const char forget_sql[] = "BEGIN IMMEDIATE; "
    "INSERT INTO temp.forgotten SELECT number FROM page "
	"WHERE number NOT IN (SELECT page FROM temp.known); "
    "INSERT OR IGNORE INTO temp.dropped SELECT question FROM asked "
	"WHERE page IN (SELECT page FROM temp.forgotten); "
    "DELETE FROM asked WHERE page IN (SELECT page FROM temp.forgotten); "
    "DELETE FROM page WHERE number IN (SELECT page FROM temp.forgotten); "
    "DELETE FROM question WHERE number IN (SELECT question FROM temp.dropped) "
	"AND NOT EXISTS (SELECT 1 FROM asked a WHERE a.question = number); "
    "COMMIT; BEGIN IMMEDIATE";

bool page_store_forget(struct page_store *store)
{
	return execute(store, forget_sql);
}

void page_store_put(struct page_store *store, struct str path, uint64_t self,
    struct str facts)
{
	sqlite3_stmt *stmt = statement(store, PUT_PAGE);

	bind_text(stmt, 1, path);
	(void)sqlite3_bind_int64(stmt, 2, (sqlite3_int64)self);
	bind_bytes(stmt, 3, facts);
	(void)run(store, stmt);
	store->page = sqlite3_last_insert_rowid(store->database);
}

void page_store_asked(struct page_store *store,
    const struct stored_question *question)
{
	sqlite3_stmt *stmt = statement(store, PUT_QUESTION);
	sqlite3_int64 number;

	(void)sqlite3_bind_int64(stmt, 1, question->kind);
	(void)sqlite3_bind_int64(stmt, 2, question->query);
	bind_bytes(stmt, 3, question->subject);
	(void)sqlite3_bind_int64(stmt, 4, (sqlite3_int64)question->answer);
	number = run(store, stmt);
	stmt = statement(store, PUT_ASKED);
	(void)sqlite3_bind_int64(stmt, 1, store->page);
	(void)sqlite3_bind_int64(stmt, 2, number);
	(void)run(store, stmt);
}

/* -- notes ---------------------------------------------------------------- */

struct str page_store_note(struct page_store *store, struct str name)
{
	sqlite3_stmt *stmt = statement(store, GET_NOTE);
	struct str value = STR_NONE;

	bind_text(stmt, 1, name);
	if (step(store, stmt))
		value = column(stmt, 0, store->arena);
	(void)sqlite3_reset(stmt);
	return value;
}

void page_store_set_note(struct page_store *store, struct str name,
    struct str value)
{
	sqlite3_stmt *stmt = statement(store, SET_NOTE);

	bind_text(stmt, 1, name);
	bind_bytes(stmt, 2, value);
	(void)run(store, stmt);
}
