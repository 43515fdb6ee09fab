/* SPDX-License-Identifier: MIT */
/* Sums of hashes of rows, those put less those taken out; a sum that is 0 again
 * is of rows that are as they were. */
#include "catalogue/touched.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/vec.h"
#include "catalogue/internal.h"

/* Debian's SQLite has it; its header shows it only then. */
#define SQLITE_ENABLE_PREUPDATE_HOOK 1
#include <sqlite3.h>

#include <string.h>

enum { NO_COLUMN = -1 };

struct sum {
	int64_t record;
	uint64_t sum;
};

struct watched_table {
	struct str name;
	int column;		/* of the record; NO_COLUMN */
	struct map sums;	/* struct sum *, by record */
};

struct catalogue_watching {
	struct arena arena;
	struct map tables;	/* struct watched_table * */
	struct buf row;		/* the one at hand, as bytes */
};

/* A value that is there before or after a change. */
typedef int value_at(sqlite3 *database, int column, sqlite3_value **value);

static void append_value(struct buf *row, sqlite3_value *value)
{
	const char *bytes = sqlite3_value_blob(value);
	int size = sqlite3_value_bytes(value);

	/* Numbers are hashed as their text; 1 and '1' are told apart. */
	buf_append_format(row, "%d:%d:", sqlite3_value_type(value), size);
	if (bytes != NULL)
		buf_append(row, (struct str){ bytes, (size_t)size });
}

/* The record, and to `hash` all values of the row. */
static int64_t read_row(struct catalogue_watching *watching,
    const struct watched_table *table, sqlite3 *database, value_at *at,
    uint64_t *hash)
{
	int count = sqlite3_preupdate_count(database);
	int64_t record = 0;

	buf_truncate(&watching->row, 0);
	for (int i = 0; i < count; i++) {
		sqlite3_value *value = NULL;

		if (at(database, i, &value) != SQLITE_OK || value == NULL)
			continue;
		if (i == table->column)
			record = sqlite3_value_int64(value);
		append_value(&watching->row, value);
	}
	*hash = hash_bytes(buf_str(&watching->row));
	return record;
}

static void add(struct catalogue_watching *watching,
    struct watched_table *table, int64_t record, uint64_t hash)
{
	const struct str key = { (const char *)&record, sizeof(record) };
	struct sum *sum = map_get(&table->sums, key);

	if (sum == NULL) {
		sum = arena_alloc(&watching->arena, sizeof(*sum));
		sum->record = record;
		map_put(&table->sums, key, sum);
	}
	sum->sum += hash;
}

static void on_change(void *context, sqlite3 *database, int operation,
    const char *schema, const char *name, sqlite3_int64 old_key,
    sqlite3_int64 new_key)
{
	struct catalogue_watching *watching = context;
	struct watched_table *table = strcmp(schema, "main") != 0 ? NULL :
	    map_get(&watching->tables, str_from(name));
	uint64_t hash;
	int64_t record;

	(void)old_key;
	(void)new_key;
	if (table == NULL)
		return;
	if (operation != SQLITE_INSERT) {
		record = read_row(watching, table, database,
		    sqlite3_preupdate_old, &hash);
		add(watching, table, record, 0 - hash);
	}
	if (operation != SQLITE_DELETE) {
		record = read_row(watching, table, database,
		    sqlite3_preupdate_new, &hash);
		add(watching, table, record, hash);
	}
}

/* What the hook may not ask: where each table has its record. */
static void list_tables(struct catalogue *catalogue,
    struct catalogue_watching *watching)
{
	static const char sql[] = "SELECT s.name, coalesce((SELECT c.cid "
	    "FROM pragma_table_info(s.name) c WHERE c.name = 'record'), -1) "
	    "FROM sqlite_schema s WHERE s.type = 'table'";
	sqlite3_stmt *stmt = NULL;

	if (sqlite3_prepare_v2(catalogue->database, sql, -1, &stmt, NULL) !=
	    SQLITE_OK)
		catalogue_fail(catalogue);
	while (stmt != NULL && sqlite3_step(stmt) == SQLITE_ROW) {
		struct watched_table *table = arena_alloc(&watching->arena,
		    sizeof(*table));

		table->name = str_dup(&watching->arena, str_from(
		    (const char *)sqlite3_column_text(stmt, 0)));
		table->column = sqlite3_column_int(stmt, 1);
		map_init(&table->sums, &watching->arena);
		map_put(&watching->tables, table->name, table);
	}
	(void)sqlite3_finalize(stmt);
}

void catalogue_watch(struct catalogue *catalogue)
{
	struct catalogue_watching *watching = arena_alloc(catalogue->arena,
	    sizeof(*watching));

	arena_init(&watching->arena);
	map_init(&watching->tables, &watching->arena);
	buf_init(&watching->row);
	list_tables(catalogue, watching);
	catalogue->watching = watching;
	(void)sqlite3_preupdate_hook(catalogue->database, on_change,
	    watching);
}

void catalogue_unwatch(struct catalogue *catalogue)
{
	struct catalogue_watching *watching = catalogue->watching;

	if (watching == NULL)
		return;
	(void)sqlite3_preupdate_hook(catalogue->database, NULL, NULL);
	buf_dispose(&watching->row);
	arena_dispose(&watching->arena);
	catalogue->watching = NULL;
}

bool catalogue_touched(const struct catalogue *catalogue, struct vec *touched)
{
	const struct catalogue_watching *watching = catalogue->watching;

	if (watching == NULL)
		return false;
	for (size_t t = 0; t < watching->tables.count; t++) {
		const struct watched_table *table =
		    watching->tables.entries[t].item;

		for (size_t i = 0; i < table->sums.count; i++) {
			const struct sum *sum = table->sums.entries[i].item;

			if (sum->sum != 0)
				*(struct catalogue_touched *)
				    vec_push(touched) =
				    (struct catalogue_touched){ table->name,
					sum->record };
		}
	}
	return true;
}
