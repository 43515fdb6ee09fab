/* SPDX-License-Identifier: MIT */
#include "catalogue/page_store.h"

#include "base/arena.h"
#include "base/path.h"
#include "base/vec.h"
#include "catalogue/checked_file.h"
#include "catalogue/page_store_inside.h"

#include <sqlite3.h>

#include <sys/stat.h>
#include <unistd.h>

/* In the file's header, as the catalogue has its own. */
enum { APPLICATION_ID = 0x7a687067, FORMAT = 3 };

static const char store_sql[] =
#include "catalogue/page_store.inc"
    ;

/* -- opening and closing -------------------------------------------------- */

static struct page_store *open_file(struct arena *arena, struct str path,
    int flags)
{
	struct page_store *store = arena_alloc(arena, sizeof(*store));

	store->arena = arena;
	store->path = str_dup(arena, path);
	vec_init(&store->known, sizeof(int64_t));
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

/* What stands is written to from now on. */
static void leave_pages(struct page_store *store)
{
	(void)sqlite3_reset(store->statements[PAGES]);
	store->is_at_page = false;
}

void page_store_clear(struct page_store *store)
{
	leave_pages(store);
	/* What comes now is indexed at once, when all of it is there. All or
	 * nothing, within set_up() too: a page whose questions alone are gone
	 * would never be reached. */
	(void)store_execute(store, "SAVEPOINT clear; "
	    "DROP INDEX IF EXISTS asked_question; "
	    "DELETE FROM asked; DELETE FROM page; DELETE FROM question; "
	    "RELEASE clear");
}

/* Of this format, with what was kept under `ground` or nothing. */
static bool set_up(struct page_store *store, struct str ground)
{
	/* What a machine that stopped lost of it is lost of the pages too; the
	 * ground tells that. */
	if (!store_execute(store, "PRAGMA synchronous = OFF; "
	    "PRAGMA cache_size = " CHECKED_FILE_WRITER_CACHE "; "
	    "BEGIN IMMEDIATE") ||
	    !store_execute(store, str_format(store->arena,
		"PRAGMA application_id = %d; PRAGMA user_version = %d",
		APPLICATION_ID, FORMAT).ptr) ||
	    !store_execute(store, store_sql))
		return false;
	if (!str_eq(page_store_note(store, STR("ground")), ground)) {
		page_store_clear(store);
		page_store_set_note(store, STR("ground"), ground);
	}
	return store_execute(store, "COMMIT");
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
	/* The index is sorted in as much memory again as pages have. */
	(void)sqlite3_db_release_memory(store->database);
	if (keep && !store->has_failed)
		(void)store_execute(store,
		    "CREATE INDEX IF NOT EXISTS asked_question "
		    "ON asked (question); COMMIT");
	vec_dispose(&store->known);
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

void page_store_due_all(struct page_store *store)
{
	page_store_due_kinds(store, 0);
}

static void due_of(struct page_store *store, enum statement number,
    uint32_t what)
{
	sqlite3_stmt *stmt = store_statement(store, number);

	(void)sqlite3_bind_int64(stmt, 1, what);
	(void)store_run(store, stmt);
}

void page_store_due_kinds(struct page_store *store, uint32_t first)
{
	due_of(store, DUE_KINDS, first);
}

void page_store_due_query(struct page_store *store, uint32_t query)
{
	due_of(store, DUE_QUERY, query);
}

static void due_by(struct page_store *store, enum statement number,
    uint32_t what, struct str bytes)
{
	store_bind_bytes(store_statement(store, number), 2, bytes);
	due_of(store, number, what);
}

void page_store_due_about(struct page_store *store, uint32_t query,
    struct str about)
{
	due_by(store, DUE_ABOUT, query, about);
}

void page_store_due_subject(struct page_store *store, uint32_t kind,
    struct str subject)
{
	due_by(store, DUE_SUBJECT, kind, subject);
}

static void list_numbers(struct page_store *store, enum statement number,
    struct vec *numbers)
{
	sqlite3_stmt *stmt = store_statement(store, number);

	while (store_step(store, stmt))
		*(uint32_t *)vec_push(numbers) =
		    (uint32_t)sqlite3_column_int64(stmt, 0);
	(void)sqlite3_reset(stmt);
}

void page_store_queries(struct page_store *store, struct vec *queries)
{
	list_numbers(store, QUERIES, queries);
}

void page_store_due(struct page_store *store, struct vec *numbers)
{
	list_numbers(store, DUE, numbers);
}

bool page_store_question(struct page_store *store, uint32_t number,
    struct stored_question *question)
{
	sqlite3_stmt *stmt = store_statement(store, QUESTION);
	const char *subject;

	(void)sqlite3_bind_int64(stmt, 1, number);
	if (!store_step(store, stmt))
		return false;
	subject = sqlite3_column_blob(stmt, 2);
	*question = (struct stored_question){
		.kind = (uint32_t)sqlite3_column_int64(stmt, 0),
		.query = (uint32_t)sqlite3_column_int64(stmt, 1),
		.subject = { subject != NULL ? subject : "",
		    (size_t)sqlite3_column_bytes(stmt, 2) },
		.answer = (uint64_t)sqlite3_column_int64(stmt, 3),
	};
	return true;
}

void page_store_changed(struct page_store *store, uint32_t number,
    uint64_t answer)
{
	sqlite3_stmt *stmt = store_statement(store, CHANGE);

	(void)sqlite3_bind_int64(stmt, 1, number);
	(void)sqlite3_bind_int64(stmt, 2, (sqlite3_int64)answer);
	(void)store_run(store, stmt);
}

size_t page_store_reach(struct page_store *store)
{
	(void)store_run(store, store_statement(store, REACH));
	return (size_t)store_run(store, store_statement(store, COUNT_REACHED));
}

/* -- pages ---------------------------------------------------------------- */

/* The bytes of a column, in `arena`. */
static struct str column(sqlite3_stmt *stmt, int index, struct arena *arena)
{
	const char *bytes = sqlite3_column_blob(stmt, index);
	size_t len = (size_t)sqlite3_column_bytes(stmt, index);

	return len == 0 ? STR_NONE : str_dup(arena, (struct str){ bytes, len });
}

/* The path of the row at hand; the cell lives until the next. */
static struct str path_at(sqlite3_stmt *stmt)
{
	const char *path = sqlite3_column_blob(stmt, 1);

	return (struct str){ path, (size_t)sqlite3_column_bytes(stmt, 1) };
}

/* Who asks in the order of paths goes through them once, and holds one. */
static sqlite3_stmt *find_page(struct page_store *store, struct str path)
{
	sqlite3_stmt *stmt = store->statements[PAGES];

	if (!store->is_at_page || str_cmp(path, path_at(stmt)) < 0) {
		stmt = store_statement(store, PAGES);
		(void)sqlite3_bind_text(stmt, 1, path.ptr, (int)path.len,
		    SQLITE_TRANSIENT);
		store->is_at_page = store_step(store, stmt);
	}
	while (store->is_at_page && str_cmp(path_at(stmt), path) < 0)
		store->is_at_page = store_step(store, stmt);
	return store->is_at_page && str_eq(path_at(stmt), path) ? stmt : NULL;
}

bool page_store_known(struct page_store *store, struct str path,
    uint64_t self, struct arena *arena, struct str *facts)
{
	enum { NUMBER, SELF = 2, FACTS, IS_REACHED };
	sqlite3_stmt *stmt = store->has_failed ? NULL :
	    find_page(store, path);

	if (stmt == NULL || sqlite3_column_int(stmt, IS_REACHED) != 0 ||
	    (uint64_t)sqlite3_column_int64(stmt, SELF) != self)
		return false;
	*facts = column(stmt, FACTS, arena);
	*(int64_t *)vec_push(&store->known) =
	    sqlite3_column_int64(stmt, NUMBER);
	return true;
}

/* What only they asked goes with them. The numbers of those questions are given
 * to others once pages are put: until then the new answers must stand. */
static const char forget_sql[] = "BEGIN IMMEDIATE; "
    "INSERT OR IGNORE INTO temp.dropped SELECT question FROM asked "
	"WHERE page IN (SELECT page FROM temp.forgotten); "
    "DELETE FROM asked WHERE page IN (SELECT page FROM temp.forgotten); "
    "DELETE FROM page WHERE number IN (SELECT page FROM temp.forgotten); "
    "DELETE FROM question WHERE number IN (SELECT question FROM temp.dropped) "
	"AND NOT EXISTS (SELECT 1 FROM asked a WHERE a.question = number); "
    "COMMIT; BEGIN IMMEDIATE; "
    "UPDATE question SET answer = c.answer FROM temp.changed c "
	"WHERE c.question = number";

static int compare_numbers(const void *a, const void *b)
{
	int64_t one = *(const int64_t *)a, other = *(const int64_t *)b;

	return (one > other) - (one < other);
}

bool page_store_forget(struct page_store *store)
{
	sqlite3_stmt *numbers = store_statement(store, NUMBERS);
	size_t at = 0;

	leave_pages(store);
	vec_sort(&store->known, compare_numbers);
	while (store_step(store, numbers)) {
		int64_t number = sqlite3_column_int64(numbers, 0);
		sqlite3_stmt *stmt = store_statement(store, FORGET);

		if (at < store->known.count && number ==
		    *(int64_t *)vec_at(&store->known, at)) {
			at++;
			continue;
		}
		(void)sqlite3_bind_int64(stmt, 1, number);
		(void)store_run(store, stmt);
	}
	(void)sqlite3_reset(numbers);
	vec_dispose(&store->known);
	return store_execute(store, forget_sql);
}

static void bind_question(sqlite3_stmt *stmt,
    const struct stored_question *question)
{
	(void)sqlite3_bind_int64(stmt, 1, question->kind);
	(void)sqlite3_bind_int64(stmt, 2, question->query);
	store_bind_bytes(stmt, 3, question->subject);
}

bool page_store_answer(struct page_store *store, uint32_t kind, uint32_t query,
    struct str subject, uint64_t *answer)
{
	sqlite3_stmt *stmt = store_statement(store, FIND_ANSWER);
	const struct stored_question question = { .kind = kind,
		.query = query, .subject = subject };
	bool is_there;

	bind_question(stmt, &question);
	is_there = !store->has_failed && store_step(store, stmt);
	if (is_there)
		*answer = (uint64_t)sqlite3_column_int64(stmt, 0);
	(void)sqlite3_reset(stmt);
	return is_there;
}

void page_store_put(struct page_store *store, struct str path, uint64_t self,
    struct str facts)
{
	sqlite3_stmt *stmt = store_statement(store, PUT_PAGE);

	store_bind_text(stmt, 1, path);
	(void)sqlite3_bind_int64(stmt, 2, (sqlite3_int64)self);
	store_bind_bytes(stmt, 3, facts);
	(void)store_run(store, stmt);
	store->page = sqlite3_last_insert_rowid(store->database);
}

/* Looked for first: an insertion that may meet itself and tells of what makes
 * a table for that each time. */
static sqlite3_int64 number_of(struct page_store *store,
    const struct stored_question *question)
{
	sqlite3_stmt *stmt = store_statement(store, FIND_QUESTION);
	sqlite3_int64 number;

	bind_question(stmt, question);
	number = store_run(store, stmt);
	if (number > 0)
		return number;
	stmt = store_statement(store, PUT_QUESTION);
	bind_question(stmt, question);
	(void)sqlite3_bind_int64(stmt, 4, (sqlite3_int64)question->answer);
	if (question->about.ptr != NULL)
		store_bind_bytes(stmt, 5, question->about);
	else
		(void)sqlite3_bind_null(stmt, 5);
	(void)store_run(store, stmt);
	return sqlite3_last_insert_rowid(store->database);
}

void page_store_asked(struct page_store *store,
    const struct stored_question *question)
{
	sqlite3_int64 number = number_of(store, question);
	sqlite3_stmt *stmt = store_statement(store, PUT_ASKED);

	(void)sqlite3_bind_int64(stmt, 1, store->page);
	(void)sqlite3_bind_int64(stmt, 2, number);
	(void)store_run(store, stmt);
}

/* -- notes ---------------------------------------------------------------- */

struct str page_store_note(struct page_store *store, struct str name)
{
	sqlite3_stmt *stmt = store_statement(store, GET_NOTE);
	struct str value = STR_NONE;

	store_bind_text(stmt, 1, name);
	if (store_step(store, stmt))
		value = column(stmt, 0, store->arena);
	(void)sqlite3_reset(stmt);
	return value;
}

void page_store_set_note(struct page_store *store, struct str name,
    struct str value)
{
	sqlite3_stmt *stmt = store_statement(store, SET_NOTE);

	store_bind_text(stmt, 1, name);
	store_bind_bytes(stmt, 2, value);
	(void)store_run(store, stmt);
}
