/* SPDX-License-Identifier: MIT */
#include "catalogue/worked_out.h"

#include "base/arena.h"
#include "base/vec.h"
#include "catalogue/internal.h"
#include "catalogue/touched.h"

#include <sqlite3.h>

#include <string.h>

static const char findings_sql[] =
#include "catalogue/findings.inc"
    ;

struct catalogue_inputs {
	struct arena arena;
	struct map read, written;	/* names of tables */
};

static void run(struct catalogue *catalogue, enum query query,
    const struct str *params, size_t count)
{
	(void)catalogue_cell(catalogue, query, params, count,
	    catalogue->arena);
}

static void note(struct catalogue_inputs *inputs, struct map *tables,
    const char *name)
{
	map_put(tables, str_dup(&inputs->arena, str_from(name)), inputs);
}

/* Views are looked through: what they are made of is told as well. */
static int on_access(void *context, int action, const char *table,
    const char *column, const char *database, const char *within)
{
	struct catalogue_inputs *inputs = context;

	(void)column;
	(void)within;
	if (database == NULL || strcmp(database, "main") != 0)
		return SQLITE_OK;
	if (action == SQLITE_READ)
		note(inputs, &inputs->read, table);
	else if (action == SQLITE_INSERT || action == SQLITE_UPDATE ||
	    action == SQLITE_DELETE)
		note(inputs, &inputs->written, table);
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
	catalogue->inputs = inputs;
	/* Statements that are prepared already are prepared once more then. */
	(void)sqlite3_set_authorizer(catalogue->database, on_access, inputs);
	return true;
}

void catalogue_work_end(struct catalogue *catalogue, struct str what)
{
	struct catalogue_inputs *inputs = catalogue->inputs;

	(void)sqlite3_set_authorizer(catalogue->database, NULL, NULL);
	catalogue->inputs = NULL;
	run(catalogue, QUERY_drop_inputs, &what, 1);
	for (size_t i = 0; i < inputs->read.count; i++) {
		const struct str input[] = { what,
			inputs->read.entries[i].key };

		if (!map_has(&inputs->written, input[1]) &&
		    !str_eq(input[1], STR("meta")))
			run(catalogue, QUERY_put_input, input, 2);
	}
	run(catalogue, QUERY_put_worked_out, &what, 1);
	arena_dispose(&inputs->arena);
}

void catalogue_drop_stale(struct catalogue *catalogue)
{
	struct vec touched;
	struct str last = STR_NONE;

	vec_init(&touched, sizeof(struct catalogue_touched));
	if (!catalogue_touched(catalogue, &touched))
		catalogue_execute(catalogue, "DELETE FROM worked_out");
	for (size_t i = 0; i < touched.count; i++) {
		const struct catalogue_touched *at = vec_at(&touched, i);

		if (!str_eq(at->table, last))
			run(catalogue, QUERY_drop_worked_out, &at->table, 1);
		last = at->table;
	}
	vec_dispose(&touched);
}

void catalogue_sort_findings(struct catalogue *catalogue)
{
	catalogue_execute(catalogue, findings_sql);
}
