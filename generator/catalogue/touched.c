/* SPDX-License-Identifier: MIT */
/* Sums of hashes of rows, and of each of their cells with what the row is known
 * by, those put less those taken out; a sum that is 0 again is of what is as it
 * was. */
#include "catalogue/touched.h"

#include "base/arena.h"
#include "base/hash.h"
#include "base/vec.h"
#include "catalogue/internal.h"

/* Debian's SQLite has it; its header shows it only then. */
#define SQLITE_ENABLE_PREUPDATE_HOOK 1
#include <sqlite3.h>

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NO_COLUMN = -1 };

struct sum {
	int64_t record;
	struct str key, id;	/* as struct catalogue_touched has them */
	uint64_t rows;
	uint64_t columns[];	/* one for each */
};

struct watched_table {
	struct str name;
	size_t count;		/* of columns */
	int record, id;		/* columns of that name; NO_COLUMN */
	uint64_t key;		/* columns that a row is known by; 0: none */
	struct map sums;	/* struct sum *, by record */
};

struct catalogue_watching {
	struct arena arena;
	struct str from;	/* catalogue_state() when it began */
	struct map tables;	/* struct watched_table * */
	sqlite3_value **row;	/* the one at hand */
};

/* A value that is there before or after a change. */
typedef int value_at(sqlite3 *database, int column, sqlite3_value **value);

static uint64_t bit_of(size_t column)
{
	return UINT64_C(1) << (column < TOUCHED_COLUMNS ? column :
	    TOUCHED_COLUMNS - 1);
}

static struct str bytes_of(sqlite3_value *value)
{
	const char *bytes = sqlite3_value_blob(value);
	int size = sqlite3_value_bytes(value);

	return (struct str){ bytes != NULL ? bytes : "",
		bytes != NULL ? (size_t)size : 0 };
}

/* Numbers are hashed as their text; 1 and '1' are told apart. */
static uint64_t with_value(uint64_t hash, sqlite3_value *value)
{
	uint64_t type = value == NULL ? 0 :
	    (uint64_t)sqlite3_value_type(value);
	uint64_t bytes = value == NULL ? 0 : hash_bytes(bytes_of(value));

	hash = (hash ^ (bytes + type)) * UINT64_C(0x9e3779b97f4a7c15);
	return hash ^ hash >> 29;
}

static void read_row(struct catalogue_watching *watching,
    const struct watched_table *table, sqlite3 *database, value_at *at)
{
	for (size_t i = 0; i < table->count; i++) {
		watching->row[i] = NULL;
		if (at(database, (int)i, &watching->row[i]) != SQLITE_OK)
			watching->row[i] = NULL;
	}
}

/* Of whom the row is; tables without records are told by their first column,
 * if rows are known by it. */
static struct sum *sum_of(struct catalogue_watching *watching,
    struct watched_table *table)
{
	bool has_record = table->record != NO_COLUMN &&
	    watching->row[table->record] != NULL;
	int64_t record = has_record ?
	    sqlite3_value_int64(watching->row[table->record]) : 0;
	struct str number = { (const char *)&record, sizeof(record) };
	struct str key = table->record == NO_COLUMN && (table->key & 1) != 0 &&
	    watching->row[0] != NULL ? bytes_of(watching->row[0]) : STR_NONE;
	struct sum *sum = map_get(&table->sums, has_record ? number : key);

	if (sum == NULL) {
		sum = arena_alloc(&watching->arena, sizeof(*sum) +
		    table->count * sizeof(sum->columns[0]));
		sum->record = record;
		sum->key = str_dup(&watching->arena, key);
		map_put(&table->sums, has_record ? (struct str){
		    (const char *)&sum->record, sizeof(sum->record) } :
		    sum->key, sum);
	}
	return sum;
}

/* Adds the row to the sums of whom it is of, `times` once more or less. */
static struct sum *add_row(struct catalogue_watching *watching,
    struct watched_table *table, uint64_t times)
{
	struct sum *sum = sum_of(watching, table);
	uint64_t name = 0;

	for (size_t i = 0; i < table->count; i++)
		if (table->key == 0 || (table->key & bit_of(i)) != 0)
			name = with_value(name, watching->row[i]);
	sum->rows += times * name;
	for (size_t i = 0; i < table->count; i++)
		sum->columns[i] += times * with_value(name + i,
		    watching->row[i]);
	return sum;
}

static void on_change(void *context, sqlite3 *database, int operation,
    const char *schema, const char *name, sqlite3_int64 old_key,
    sqlite3_int64 new_key)
{
	struct catalogue_watching *watching = context;
	struct watched_table *table = strcmp(schema, "main") != 0 ? NULL :
	    map_get(&watching->tables, str_from(name));
	struct sum *sum;

	(void)old_key;
	(void)new_key;
	if (table == NULL)
		return;
	if (operation != SQLITE_INSERT) {
		read_row(watching, table, database, sqlite3_preupdate_old);
		sum = add_row(watching, table, UINT64_MAX);
		if (table->id != NO_COLUMN && sum->id.len == 0 &&
		    watching->row[table->id] != NULL)
			sum->id = str_dup(&watching->arena,
			    bytes_of(watching->row[table->id]));
	}
	if (operation != SQLITE_DELETE) {
		read_row(watching, table, database, sqlite3_preupdate_new);
		(void)add_row(watching, table, 1);
	}
}

static void take_column(struct watched_table *table, struct str name,
    bool is_key)
{
	int number = (int)table->count++;

	if (str_eq(name, STR("record")))
		table->record = number;
	if (str_eq(name, STR("id")) && str_eq(table->name, STR("record")))
		table->id = number;
	if (is_key)
		table->key |= bit_of((size_t)number);
}

/* What the hook may not ask. `*most`: columns of the widest. */
static void list_tables(struct catalogue *catalogue,
    struct catalogue_watching *watching, size_t *most)
{
	static const char sql[] = "SELECT s.name, c.name, c.pk > 0 "
	    "FROM sqlite_schema s JOIN pragma_table_info(s.name) c "
	    "WHERE s.type = 'table' ORDER BY s.name, c.cid";
	struct watched_table *table = NULL;
	sqlite3_stmt *stmt = NULL;

	if (sqlite3_prepare_v2(catalogue->database, sql, -1, &stmt, NULL) !=
	    SQLITE_OK)
		catalogue_fail(catalogue);
	while (stmt != NULL && sqlite3_step(stmt) == SQLITE_ROW) {
		const char *column = (const char *)sqlite3_column_text(stmt,
		    1);
		const char *text = (const char *)sqlite3_column_text(stmt, 0);
		struct str name;

		/* Neither is ever NULL, but where there is no memory. */
		if (text == NULL || column == NULL) {
			catalogue_fail(catalogue);
			break;
		}
		name = str_from(text);
		if (table == NULL || !str_eq(table->name, name)) {
			table = arena_alloc(&watching->arena, sizeof(*table));
			table->name = str_dup(&watching->arena, name);
			table->record = table->id = NO_COLUMN;
			map_init(&table->sums, &watching->arena);
			map_put(&watching->tables, table->name, table);
		}
		take_column(table, str_from(column),
		    sqlite3_column_int(stmt, 2) != 0);
		*most = table->count > *most ? table->count : *most;
	}
	(void)sqlite3_finalize(stmt);
}

/* Of the file's header: how often it was written to. */
enum { COUNTER_AT = 24, COUNTER_SIZE = 4 };

struct str catalogue_state(const struct catalogue *catalogue,
    struct arena *arena)
{
	unsigned char counter[COUNTER_SIZE];
	struct str word = STR_NONE;
	struct stat status;
	int file = open(str_cstr(arena, catalogue_path(catalogue)),
	    O_RDONLY | O_NOFOLLOW | O_CLOEXEC);

	if (file < 0)
		return word;
	if (fstat(file, &status) == 0 && pread(file, counter, sizeof(counter),
	    COUNTER_AT) == (ssize_t)sizeof(counter))
		word = str_format(arena, "%llu %lld %lld.%ld %02x%02x%02x%02x",
		    (unsigned long long)status.st_ino,
		    (long long)status.st_size,
		    (long long)status.st_mtim.tv_sec, status.st_mtim.tv_nsec,
		    counter[0], counter[1], counter[2], counter[3]);
	(void)close(file);
	return word;
}

struct str catalogue_watched_from(const struct catalogue *catalogue)
{
	return catalogue->watching == NULL ? STR_NONE :
	    catalogue->watching->from;
}

void catalogue_watch(struct catalogue *catalogue)
{
	struct catalogue_watching *watching = arena_alloc(catalogue->arena,
	    sizeof(*watching));
	size_t most = 0;

	arena_init(&watching->arena);
	map_init(&watching->tables, &watching->arena);
	watching->from = catalogue_state(catalogue, &watching->arena);
	list_tables(catalogue, watching, &most);
	watching->row = arena_array(&watching->arena, most + 1,
	    sizeof(sqlite3_value *));
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
	arena_dispose(&watching->arena);
	catalogue->watching = NULL;
}

/* 0: all is as it was. */
static uint64_t columns_of(const struct watched_table *table,
    const struct sum *sum)
{
	uint64_t columns = 0;

	for (size_t i = 0; i < table->count; i++)
		if (sum->columns[i] != 0)
			columns |= bit_of(i);
	return sum->rows != 0 || (columns != 0 && table->key == 0) ?
	    TOUCHED_ALL : columns;
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
			uint64_t columns = columns_of(table, sum);

			if (columns != 0)
				*(struct catalogue_touched *)
				    vec_push(touched) =
				    (struct catalogue_touched){ table->name,
					sum->record, sum->key, columns,
					sum->id };
		}
	}
	return true;
}
