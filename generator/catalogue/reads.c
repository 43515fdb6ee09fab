/* SPDX-License-Identifier: MIT */
#include "catalogue/reads.h"

#include "base/arena.h"
#include "base/vec.h"
#include "catalogue/internal.h"
#include "catalogue/touched.h"

#include <sqlite3.h>

#include <string.h>

#define ABOUT STR("-- about: ?")
#define AROUND STR("-- around: ?")
/* Names of columns that tables are joined by: SQLite does not tell of those. */
#define USING STR("USING (")

/* -- what a query is about ------------------------------------------------- */

/* What follows `word` in the line below the name; empty where that does not
 * begin so. */
static struct str line_of(enum query query, struct str word)
{
	struct str text = catalogue_query_text(query);

	if (!str_starts(text, word))
		return STR_NONE;
	text = str_slice(text, word.len, text.len);
	return str_cut(&text, '\n');
}

size_t catalogue_about(enum query query)
{
	struct str line = line_of(query, ABOUT);
	size_t number;

	if (line.len == 0)
		line = line_of(query, AROUND);
	return str_to_size(str_cut(&line, ' '), &number) ? number : 0;
}

enum query catalogue_seen_by(enum query query)
{
	struct str line = line_of(query, AROUND);

	(void)str_cut(&line, ' ');
	return catalogue_query_find(line);
}

/* Whether the line says so of that table. */
static bool is_about(struct str line, struct str table)
{
	if (line.len == 0)
		return false;
	(void)str_cut(&line, ' ');
	if (line.len == 0)
		return true;
	while (line.len > 0)
		if (str_eq(str_cut(&line, ' '), table))
			return true;
	return false;
}

/* -- columns --------------------------------------------------------------- */

/* Adds the columns that `sql` joins by, of whatever table. */
static void note_joins(struct map *joins, struct str sql)
{
	size_t at = 0;

	while ((at = str_find(sql, USING, at)) != STR_NOT_FOUND) {
		struct str names;

		at += USING.len;
		names = str_slice(sql, at, sql.len);
		names = str_cut(&names, ')');
		while (names.len > 0)
			map_put(joins, str_trim(str_cut(&names, ',')), joins);
	}
}

static struct str column_text(sqlite3_stmt *stmt, int index,
    struct arena *arena)
{
	const unsigned char *text = sqlite3_column_text(stmt, index);

	return text == NULL ? STR_NONE : str_dup(arena, (struct str){
	    (const char *)text, (size_t)sqlite3_column_bytes(stmt, index) });
}

static sqlite3_stmt *prepare(struct catalogue *catalogue, const char *sql)
{
	sqlite3_stmt *stmt = NULL;

	if (sqlite3_prepare_v2(catalogue->database, sql, -1, &stmt, NULL) !=
	    SQLITE_OK)
		catalogue_fail(catalogue);
	return stmt;
}

/* All names that anything is joined by. */
static bool find_joins(struct catalogue *catalogue, struct arena *arena,
    struct map *joins)
{
	sqlite3_stmt *stmt = prepare(catalogue, "SELECT sql FROM sqlite_schema "
	    "WHERE type = 'view' UNION ALL SELECT sql FROM "
	    "sqlite_temp_schema WHERE type = 'view'");

	if (stmt == NULL)
		return false;
	while (sqlite3_step(stmt) == SQLITE_ROW)
		note_joins(joins, column_text(stmt, 0, arena));
	(void)sqlite3_finalize(stmt);
	for (size_t query = 0; query < QUERY_COUNT; query++)
		note_joins(joins, catalogue_query_text((enum query)query));
	return true;
}

static uint64_t bit_of(int column)
{
	return UINT64_C(1) << (column < TOUCHED_COLUMNS ? column :
	    TOUCHED_COLUMNS - 1);
}

struct columns_table {
	uint64_t joined;	/* by any query */
	struct map columns;	/* uint64_t *, by name */
};

static void take_column(const struct catalogue_columns *columns,
    struct columns_table *table, const struct map *joins, struct str name,
    int number)
{
	uint64_t *bit = arena_alloc(columns->arena, sizeof(*bit));

	*bit = bit_of(number);
	map_put(&table->columns, name, bit);
	if (map_has(joins, name))
		table->joined |= *bit;
}

bool catalogue_columns_open(struct catalogue *catalogue, struct arena *arena,
    struct catalogue_columns *columns)
{
	sqlite3_stmt *stmt = prepare(catalogue, "SELECT s.name, c.name, c.cid "
	    "FROM sqlite_schema s JOIN pragma_table_info(s.name) c "
	    "WHERE s.type = 'table' ORDER BY s.name");
	struct map joins;

	map_init(&joins, arena);
	*columns = (struct catalogue_columns){ .arena = arena };
	map_init(&columns->tables, arena);
	if (stmt == NULL || !find_joins(catalogue, arena, &joins)) {
		(void)sqlite3_finalize(stmt);
		return false;
	}
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		struct str name = column_text(stmt, 0, arena);
		struct columns_table *table = map_get(&columns->tables, name);

		if (table == NULL) {
			table = arena_alloc(arena, sizeof(*table));
			map_init(&table->columns, arena);
			map_put(&columns->tables, name, table);
		}
		take_column(columns, table, &joins, column_text(stmt, 1,
		    arena), sqlite3_column_int(stmt, 2));
	}
	(void)sqlite3_finalize(stmt);
	return catalogue->failure.len == 0;
}

uint64_t catalogue_column(const struct catalogue_columns *columns,
    struct str table, struct str column)
{
	const struct columns_table *known = map_get(&columns->tables, table);
	const uint64_t *bit = known == NULL ? NULL :
	    map_get(&known->columns, column);

	return bit != NULL ? *bit : 0;
}

/* -- reading --------------------------------------------------------------- */

struct reading {
	const struct catalogue_columns *columns;
	struct str about;
	struct vec *reads;
	size_t first;		/* read of this query */
};

static struct catalogue_read *read_of(struct reading *reading,
    struct str table)
{
	struct catalogue_read *read;

	for (size_t i = reading->first; i < reading->reads->count; i++) {
		read = vec_at(reading->reads, i);
		if (str_eq(read->table, table))
			return read;
	}
	read = vec_push(reading->reads);
	*read = (struct catalogue_read){
		.table = str_dup(reading->columns->arena, table),
		.is_about = is_about(reading->about, table) };
	return read;
}

static int on_access(void *context, int action, const char *table,
    const char *column, const char *schema, const char *view)
{
	struct reading *reading = context;
	struct columns_table *known;
	struct catalogue_read *read;
	const uint64_t *bit;

	if (action != SQLITE_READ || schema == NULL ||
	    strcmp(schema, "main") != 0 ||
	    (view != NULL && strcmp(view, "as_of") == 0))
		return SQLITE_OK;
	known = map_get(&reading->columns->tables, str_from(table));
	/* Views are read through; that rows come and go concerns everyone. */
	if (known == NULL)
		return SQLITE_OK;
	read = read_of(reading, str_from(table));
	read->columns |= known->joined;
	bit = map_get(&known->columns, str_from(column));
	if (bit != NULL)
		read->columns |= *bit;
	else if (column[0] != '\0')
		read->columns = TOUCHED_ALL;
	return SQLITE_OK;
}

bool catalogue_reads(struct catalogue *catalogue,
    const struct catalogue_columns *columns, enum query query,
    struct vec *reads)
{
	struct str text = catalogue_query_text(query);
	struct reading reading = { columns, line_of(query, ABOUT), reads,
		reads->count };
	sqlite3_stmt *stmt = NULL;
	bool ok;

	(void)sqlite3_set_authorizer(catalogue->database, on_access, &reading);
	ok = sqlite3_prepare_v2(catalogue->database, text.ptr, (int)text.len,
	    &stmt, NULL) == SQLITE_OK;
	(void)sqlite3_set_authorizer(catalogue->database, NULL, NULL);
	(void)sqlite3_finalize(stmt);
	return ok;
}
