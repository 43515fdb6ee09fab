/* SPDX-License-Identifier: MIT */
/* Rows of queries as values. */
#include "base/arena.h"
#include "base/diag.h"
#include "base/hash.h"
#include "base/value.h"
#include "catalogue/answer.h"
#include "catalogue/internal.h"
#include "model/record.h"

#include <sqlite3.h>

/* Whoever asked adds an address or a label, and its place in a list. */
enum { MORE_FIELDS = 4 };

/* "a.b:type" cut apart. */
struct column_shape {
	struct str map, name, type;
	bool is_hidden;
};

struct row_shape {
	uint32_t count;
	struct column_shape columns[];
};

static const struct str query_sql[QUERY_COUNT] = {
#define QUERY(name, sql) [QUERY_##name] = { sql, sizeof(sql) - 1 },
#include "catalogue/queries.inc"
#include "catalogue/queries_internal.inc"
#include "catalogue/queries_internal_lists.inc"
#include "catalogue/queries_lists.inc"
#include "catalogue/queries_commands.inc"
#include "catalogue/queries_private.inc"
#include "catalogue/queries_resume.inc"
#include "catalogue/queries_data.inc"
#undef QUERY
};

static const struct str query_names[QUERY_COUNT] = {
#define QUERY(name, sql) [QUERY_##name] = { #name, sizeof(#name) - 1 },
#include "catalogue/queries.inc"
#include "catalogue/queries_internal.inc"
#include "catalogue/queries_internal_lists.inc"
#include "catalogue/queries_lists.inc"
#include "catalogue/queries_commands.inc"
#include "catalogue/queries_private.inc"
#include "catalogue/queries_resume.inc"
#include "catalogue/queries_data.inc"
#undef QUERY
};

struct str catalogue_query_text(enum query query)
{
	return query_sql[query];
}

enum query catalogue_query_find(struct str name)
{
	int query = 0;

	while (query < QUERY_COUNT && !str_eq(query_names[query], name))
		query++;
	return (enum query)query;
}

static struct row_shape *make_shape(struct arena *arena, sqlite3_stmt *stmt)
{
	uint32_t count = (uint32_t)sqlite3_column_count(stmt);
	struct row_shape *shape = arena_alloc(arena,
	    sizeof(*shape) + count * sizeof(shape->columns[0]));

	shape->count = count;
	for (size_t i = 0; i < count; i++) {
		struct column_shape *column = &shape->columns[i];
		struct str name = str_dup(arena,
		    str_from(sqlite3_column_name(stmt, (int)i)));
		size_t dot;

		column->is_hidden = str_starts(name, STR("_"));
		column->type = name;
		column->name = str_cut(&column->type, ':');
		dot = str_find_char(column->name, '.', 0);
		if (dot != STR_NOT_FOUND) {
			column->map = str_slice(column->name, 0, dot);
			column->name = str_slice(column->name, dot + 1,
			    column->name.len);
		}
	}
	return shape;
}

sqlite3_stmt *catalogue_query(struct catalogue *catalogue, enum query query,
    const struct str *params, size_t param_count)
{
	sqlite3_stmt *stmt = catalogue_prepare(catalogue,
	    &catalogue->queries[query], query_sql[query]);

	if (stmt == NULL)
		return NULL;
	(void)sqlite3_reset(stmt);
	/* Fewer parameters than last time must not mean the last ones. */
	(void)sqlite3_clear_bindings(stmt);
	for (size_t i = 0; i < param_count; i++)
		catalogue_bind(stmt, (int)i + 1, params[i]);
	return stmt;
}

/* -- what was answered, see answer.h --------------------------------------- */

void catalogue_observe(struct catalogue *catalogue,
    const struct catalogue_observer *observer)
{
	catalogue->observer = observer;
}

static uint64_t mixed(uint64_t answer, uint64_t more)
{
	answer = (answer ^ more) * UINT64_C(0x9e3779b97f4a7c15);
	return answer ^ answer >> 32;
}

uint64_t catalogue_with_row(uint64_t answer, sqlite3_stmt *stmt)
{
	int count = sqlite3_column_count(stmt);

	for (int i = 0; i < count; i++) {
		const char *cell = sqlite3_column_blob(stmt, i);
		size_t len = (size_t)sqlite3_column_bytes(stmt, i);
		bool is_null = sqlite3_column_type(stmt, i) == SQLITE_NULL;

		answer = mixed(answer, is_null ? 1 :
		    hash_bytes((struct str){ len > 0 ? cell : "", len }));
	}
	return mixed(answer, (uint64_t)count + 2);
}

void catalogue_tell(const struct catalogue *catalogue, enum query query,
    const struct str *params, size_t param_count, uint64_t answer)
{
	if (catalogue->observer != NULL)
		catalogue->observer->asked(catalogue->observer->context,
		    query, params, param_count, answer);
}

/* True if there is a row. */
static bool step(struct catalogue *catalogue, sqlite3_stmt *stmt)
{
	int state = stmt == NULL ? SQLITE_DONE : sqlite3_step(stmt);

	if (state != SQLITE_ROW && state != SQLITE_DONE)
		catalogue_fail(catalogue);
	return state == SQLITE_ROW;
}

/* A cell that there was no memory for is told here, where no step follows. */
static void finish(struct catalogue *catalogue, sqlite3_stmt *stmt)
{
	if (sqlite3_reset(stmt) != SQLITE_OK)
		catalogue_fail(catalogue);
}

static struct str cell_text(struct arena *arena, sqlite3_stmt *stmt, int i)
{
	const char *text = (const char *)sqlite3_column_text(stmt, i);

	return text == NULL ? STR_NONE : str_dup(arena,
	    (struct str){ text, (size_t)sqlite3_column_bytes(stmt, i) });
}

static struct value *make_value(struct arena *arena, struct str type,
    struct str cell, catalogue_typing *typing, const void *context)
{
	if (cell.ptr == NULL)
		return value_null(arena);
	if (type.len > 0 && typing != NULL)
		return typing(context, arena, type, cell);
	return value_text(arena, cell);
}

/* The map of that name in a row, made when its first column comes; the row
 * itself for no name. */
static struct value *map_of(struct arena *arena, struct value *row,
    struct str name)
{
	struct value *map = name.len > 0 ? value_get(row, name) : row;

	if (map == NULL) {
		map = value_map(arena);
		value_add(arena, row, name, map);
	}
	return map;
}

static struct value *make_row(sqlite3_stmt *stmt, const struct row_shape *shape,
    struct arena *arena, catalogue_typing *typing, const void *context)
{
	struct value *row = value_map_of(arena, shape->count + MORE_FIELDS);

	for (size_t i = 0; i < shape->count; i++) {
		const struct column_shape *column = &shape->columns[i];

		if (column->is_hidden)
			continue;
		value_add(arena, map_of(arena, row, column->map), column->name,
		    make_value(arena, column->type,
			cell_text(arena, stmt, (int)i), typing, context));
	}
	return row;
}

struct value *catalogue_rows(struct catalogue *catalogue, enum query query,
    const struct str *params, size_t param_count, struct arena *arena,
    catalogue_typing *typing, const void *context)
{
	sqlite3_stmt *stmt = catalogue_query(catalogue, query, params,
	    param_count);
	struct value *rows = value_list(arena);
	uint64_t answer = 0;
	int state;

	if (stmt == NULL)
		return rows;
	if (catalogue->shapes[query] == NULL)
		catalogue->shapes[query] = make_shape(catalogue->arena, stmt);
	while ((state = sqlite3_step(stmt)) == SQLITE_ROW) {
		if (catalogue->observer != NULL)
			answer = catalogue_with_row(answer, stmt);
		value_append(arena, rows, make_row(stmt,
		    catalogue->shapes[query], arena, typing, context));
	}
	if (state != SQLITE_DONE)
		catalogue_fail(catalogue);
	finish(catalogue, stmt);
	catalogue_tell(catalogue, query, params, param_count, answer);
	return rows;
}

uint64_t catalogue_answer(struct catalogue *catalogue, enum query query,
    const struct str *params, size_t param_count)
{
	sqlite3_stmt *stmt = catalogue_query(catalogue, query, params,
	    param_count);
	uint64_t answer = 0;

	while (step(catalogue, stmt))
		answer = catalogue_with_row(answer, stmt);
	finish(catalogue, stmt);
	return answer;
}

/* Where a flag stands in a row; the number of columns if nowhere. */
static size_t flag_column(const struct row_shape *shape, struct str flag)
{
	size_t column = 0;

	while (column < shape->count && !(str_eq(shape->columns[column].name,
	    flag) && str_eq(shape->columns[column].type, STR("flag"))))
		column++;
	return column;
}

size_t catalogue_count_rows(struct catalogue *catalogue, enum query query,
    struct str flag, size_t *flagged)
{
	sqlite3_stmt *stmt = catalogue_query(catalogue, query, NULL, 0);
	size_t count = 0, column;

	uint64_t answer = 0;

	*flagged = 0;
	if (stmt == NULL)
		return 0;
	if (catalogue->shapes[query] == NULL)
		catalogue->shapes[query] = make_shape(catalogue->arena, stmt);
	column = flag_column(catalogue->shapes[query], flag);
	for (; step(catalogue, stmt); count++) {
		if (column < catalogue->shapes[query]->count)
			*flagged += sqlite3_column_int(stmt,
			    (int)column) != 0;
		if (catalogue->observer != NULL)
			answer = catalogue_with_row(answer, stmt);
	}
	finish(catalogue, stmt);
	catalogue_tell(catalogue, query, NULL, 0, answer);
	return count;
}

struct str catalogue_cell(struct catalogue *catalogue, enum query query,
    const struct str *params, size_t param_count, struct arena *arena)
{
	sqlite3_stmt *stmt = catalogue_query(catalogue, query, params,
	    param_count);
	struct str cell = STR_NONE;

	if (step(catalogue, stmt))
		cell = cell_text(arena, stmt, 0);
	finish(catalogue, stmt);
	if (catalogue->observer != NULL)
		catalogue_tell(catalogue, query, params, param_count,
		    catalogue_answer(catalogue, query, params, param_count));
	return cell;
}

static bool unpack_first(struct catalogue *catalogue, enum query query,
    const struct str *params, size_t param_count, struct arena *arena,
    struct record *record)
{
	sqlite3_stmt *stmt = catalogue_query(catalogue, query, params,
	    param_count);
	bool found = step(catalogue, stmt);

	if (catalogue->observer != NULL)
		catalogue_tell(catalogue, query, params, param_count,
		    found ? catalogue_with_row(0, stmt) : 0);
	if (found)
		found = record_unpack(arena,
		    (struct str){ sqlite3_column_blob(stmt, 0),
			(size_t)sqlite3_column_bytes(stmt, 0) }, record);
	finish(catalogue, stmt);
	return found;
}

bool catalogue_record(struct catalogue *catalogue, struct str kind,
    struct str id, struct arena *arena, struct record *record)
{
	const struct str params[] = { kind, id };

	return unpack_first(catalogue, QUERY_record_packed, params, 2, arena,
	    record);
}

bool catalogue_record_number(struct catalogue *catalogue, struct str number,
    struct arena *arena, struct record *record)
{
	return unpack_first(catalogue, QUERY_record_by_number, &number, 1,
	    arena, record);
}
