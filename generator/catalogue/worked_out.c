/* SPDX-License-Identifier: MIT */
#include "catalogue/worked_out.h"

#include "base/arena.h"
#include "base/vec.h"
#include "catalogue/internal.h"
#include "catalogue/reads.h"
#include "catalogue/touched.h"

#include <sqlite3.h>

#include <string.h>

static const char findings_sql[] =
#include "catalogue/findings.inc"
    ;

struct catalogue_inputs {
	struct arena arena;
	struct catalogue_columns columns;
	struct map read;	/* uint64_t *: columns, by table */
	struct map written;	/* tables */
};

static void run(struct catalogue *catalogue, enum query query,
    const struct str *params, size_t count)
{
	(void)catalogue_cell(catalogue, query, params, count,
	    catalogue->arena);
}

static void note_read(struct catalogue_inputs *inputs, const char *table,
    const char *column)
{
	uint64_t *columns = map_get(&inputs->read, str_from(table)), read = 0;

	if (!catalogue_column_read(&inputs->columns, table, column, &read))
		return;
	if (columns == NULL) {
		columns = arena_alloc(&inputs->arena, sizeof(*columns));
		map_put(&inputs->read, str_dup(&inputs->arena,
		    str_from(table)), columns);
	}
	*columns |= read;
}

/* Views are looked through: what they are made of is told as well. */
static int on_access(void *context, int action, const char *table,
    const char *column, const char *database, const char *within)
{
	struct catalogue_inputs *inputs = context;

	(void)within;
	if (database == NULL || strcmp(database, "main") != 0)
		return SQLITE_OK;
	if (action == SQLITE_READ)
		note_read(inputs, table, column);
	else if (action == SQLITE_INSERT || action == SQLITE_UPDATE ||
	    action == SQLITE_DELETE)
		map_put(&inputs->written, str_dup(&inputs->arena,
		    str_from(table)), inputs);
	return SQLITE_OK;
}

bool catalogue_work_begin(struct catalogue *catalogue, struct str what)
{
	struct catalogue_inputs *inputs;

	if (catalogue_cell(catalogue, QUERY_worked_out, &what, 1,
	    catalogue->arena).len > 0)
		return false;
	inputs = arena_alloc(catalogue->arena, sizeof(*inputs));
	arena_init(&inputs->arena);
	map_init(&inputs->read, &inputs->arena);
	map_init(&inputs->written, &inputs->arena);
	/* If that fails, so has the catalogue. */
	(void)catalogue_columns_open(catalogue, &inputs->arena,
	    &inputs->columns);
	catalogue->inputs = inputs;
	/* Statements that are prepared already are prepared once more then. */
	(void)sqlite3_set_authorizer(catalogue->database, on_access, inputs);
	return true;
}

void catalogue_work(struct catalogue *catalogue, const char *sql)
{
	if (catalogue->inputs != NULL)
		catalogue_columns_join(&catalogue->inputs->columns,
		    str_from(sql));
	catalogue_execute(catalogue, sql);
}

/* As SQLite has numbers: with a sign. */
static struct str as_number(struct arena *arena, uint64_t bits)
{
	return str_format(arena, "%lld", (long long)(int64_t)bits);
}

void catalogue_work_end(struct catalogue *catalogue, struct str what)
{
	struct catalogue_inputs *inputs = catalogue->inputs;

	(void)sqlite3_set_authorizer(catalogue->database, NULL, NULL);
	catalogue->inputs = NULL;
	run(catalogue, QUERY_drop_inputs, &what, 1);
	for (size_t i = 0; i < inputs->read.count; i++) {
		const struct map_entry *read = &inputs->read.entries[i];
		const struct str input[] = { what, read->key, as_number(
		    &inputs->arena, *(const uint64_t *)read->item) };

		if (!map_has(&inputs->written, input[1]) &&
		    !str_eq(input[1], STR("meta")))
			run(catalogue, QUERY_put_input, input, 3);
	}
	run(catalogue, QUERY_put_worked_out, &what, 1);
	arena_dispose(&inputs->arena);
}

/* What rests on these columns of a table; TOUCHED_ALL: on any of them, or on
 * which rows there are. */
static void drop(struct catalogue *catalogue, struct str table,
    uint64_t columns)
{
	const struct str params[] = { table, as_number(catalogue->arena,
	    columns) };

	run(catalogue, QUERY_drop_worked_out, params, 2);
}

void catalogue_drop_stale(struct catalogue *catalogue)
{
	struct vec touched;
	uint64_t columns = 0;

	vec_init(&touched, sizeof(struct catalogue_touched));
	if (!catalogue_touched(catalogue, &touched))
		catalogue_execute(catalogue, "DELETE FROM worked_out");
	/* Rows of a table follow each other. */
	for (size_t i = 0; i < touched.count; i++) {
		const struct catalogue_touched *at = vec_at(&touched, i),
		    *next = i + 1 < touched.count ?
		    vec_at(&touched, i + 1) : NULL;

		columns |= at->columns;
		if (next != NULL && str_eq(next->table, at->table))
			continue;
		drop(catalogue, at->table, columns);
		columns = 0;
	}
	vec_dispose(&touched);
}

void catalogue_sort_findings(struct catalogue *catalogue)
{
	catalogue_execute(catalogue, findings_sql);
}
