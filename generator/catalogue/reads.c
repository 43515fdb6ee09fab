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
#define SHOWS STR("-- shows: ?")
/* Names of columns that tables are joined by: SQLite does not tell of those. */
#define USING STR("USING (")

/* -- what a query is about ------------------------------------------------- */

/* What follows `word` in the line below the name that begins so; empty where
 * none does. */
static struct str line_of(enum query query, struct str word)
{
	struct str text = catalogue_query_text(query);

	while (str_starts(text, STR("-- "))) {
		struct str line = str_cut(&text, '\n');

		if (str_starts(line, word))
			return str_slice(line, word.len, line.len);
	}
	return STR_NONE;
}

size_t catalogue_about(enum query query)
{
	const struct str words[] = { ABOUT, AROUND, SHOWS };
	size_t number = 0;

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		struct str line = line_of(query, words[i]);

		if (str_to_size(str_cut(&line, ' '), &number))
			return number;
	}
	return 0;
}

/* The query that such a line names. */
static enum query named_by(enum query query, struct str word)
{
	struct str line = line_of(query, word);

	(void)str_cut(&line, ' ');
	return catalogue_query_find(str_cut(&line, ' '));
}

enum query catalogue_seen_by(enum query query)
{
	return named_by(query, AROUND);
}

enum query catalogue_shown_to(enum query query)
{
	return named_by(query, SHOWS);
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
	struct map columns;	/* uint64_t *, by name */
};

static void take_column(const struct catalogue_columns *columns,
    struct columns_table *table, struct str name, int number)
{
	uint64_t *bit = arena_alloc(columns->arena, sizeof(*bit));

	*bit = bit_of(number);
	map_put(&table->columns, name, bit);
}

bool catalogue_columns_open(struct catalogue *catalogue, struct arena *arena,
    struct catalogue_columns *columns)
{
	sqlite3_stmt *stmt = prepare(catalogue, "SELECT s.name, c.name, c.cid "
	    "FROM sqlite_schema s JOIN pragma_table_info(s.name) c "
	    "WHERE s.type = 'table' ORDER BY s.name");

	*columns = (struct catalogue_columns){ .arena = arena };
	map_init(&columns->tables, arena);
	map_init(&columns->joins, arena);
	if (stmt == NULL || !find_joins(catalogue, arena, &columns->joins)) {
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
		take_column(columns, table, column_text(stmt, 1, arena),
		    sqlite3_column_int(stmt, 2));
	}
	(void)sqlite3_finalize(stmt);
	return catalogue->failure.len == 0;
}

void catalogue_columns_join(struct catalogue_columns *columns, struct str sql)
{
	note_joins(&columns->joins, sql);
}

uint64_t catalogue_column(const struct catalogue_columns *columns,
    struct str table, struct str column)
{
	const struct columns_table *known = map_get(&columns->tables, table);
	const uint64_t *bit = known == NULL ? NULL :
	    map_get(&known->columns, column);

	return bit != NULL ? *bit : 0;
}

/* All that anything joins the table by. */
static uint64_t joined(const struct catalogue_columns *columns,
    const struct columns_table *table)
{
	uint64_t bits = 0;

	for (size_t i = 0; i < columns->joins.count; i++) {
		const uint64_t *bit = map_get(&table->columns,
		    columns->joins.entries[i].key);

		bits |= bit != NULL ? *bit : 0;
	}
	return bits;
}

bool catalogue_column_read(const struct catalogue_columns *columns,
    const char *table, const char *column, uint64_t *read)
{
	const struct columns_table *known = map_get(&columns->tables,
	    str_from(table));
	const uint64_t *bit;

	if (known == NULL)
		return false;
	*read |= joined(columns, known);
	bit = map_get(&known->columns, str_from(column));
	if (bit != NULL)
		*read |= *bit;
	else if (column[0] != '\0')
		*read = TOUCHED_ALL;
	return true;
}

/* -- reading --------------------------------------------------------------- */

struct reading {
	const struct catalogue_columns *columns;
	enum query query;
	struct vec *reads;
	size_t first;		/* read of this query */
};

/* The columns of the table that the query only shows. */
static uint64_t shown_in(const struct reading *reading, struct str table)
{
	struct str line = line_of(reading->query, SHOWS);
	uint64_t shown = 0;

	(void)str_cut(&line, ' ');
	(void)str_cut(&line, ' ');
	if (!str_eq(str_cut(&line, ' '), table))
		return 0;
	while (line.len > 0)
		shown |= catalogue_column(reading->columns, table,
		    str_cut(&line, ' '));
	return shown;
}

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
		.shown = shown_in(reading, table),
		.is_about = is_about(line_of(reading->query, ABOUT), table) };
	return read;
}

static int on_access(void *context, int action, const char *table,
    const char *column, const char *schema, const char *view)
{
	struct reading *reading = context;
	uint64_t columns = 0;

	if (action != SQLITE_READ || schema == NULL ||
	    strcmp(schema, "main") != 0)
		return SQLITE_OK;
	if (strcmp(table, "meta") == 0)
		read_of(reading, READS_DAY)->columns = TOUCHED_ALL;
	else if ((view == NULL || !str_eq(str_from(view), READS_DAY)) &&
	    catalogue_column_read(reading->columns, table, column, &columns))
		read_of(reading, str_from(table))->columns |= columns;
	return SQLITE_OK;
}

bool catalogue_reads(struct catalogue *catalogue,
    const struct catalogue_columns *columns, enum query query,
    struct vec *reads)
{
	struct str text = catalogue_query_text(query);
	struct reading reading = { columns, query, reads, reads->count };
	sqlite3_stmt *stmt = NULL;
	bool ok;

	(void)sqlite3_set_authorizer(catalogue->database, on_access, &reading);
	ok = sqlite3_prepare_v2(catalogue->database, text.ptr, (int)text.len,
	    &stmt, NULL) == SQLITE_OK;
	(void)sqlite3_set_authorizer(catalogue->database, NULL, NULL);
	(void)sqlite3_finalize(stmt);
	return ok;
}
