/* SPDX-License-Identifier: MIT */
#include "site/questions_due.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/pack.h"
#include "base/value.h"
#include "base/vec.h"
#include "catalogue/catalogue.h"
#include "catalogue/page_store.h"
#include "catalogue/reads.h"
#include "catalogue/touched.h"
#include "pipeline/pipeline.h"
#include "render/question.h"

/* With more rows than so many asking all of a query costs no more than looking
 * for what is about them. */
enum { MOST_ROWS = 20000 };
/* The same of records that have come, each of which is seen by some others. */
enum { MOST_COME = 200 };

struct touched_table {
	uint64_t columns;	/* of any row */
	struct vec rows;	/* const struct catalogue_touched * */
};

struct due {
	struct pipeline *pipeline;
	struct page_store *store;
	struct arena arena;
	struct vec touched;	/* struct catalogue_touched */
	struct map tables;	/* struct touched_table * */
	struct map records;	/* const struct catalogue_touched *: of the
				 * table `record`, by number */
	struct map kin;		/* struct vec *, by record: see kin_of() */
	struct catalogue_columns columns;
	bool has_columns, has_more;	/* opened; reads were found out */
	struct vec noted;	/* struct noted_read: of all queries */
	struct vec reads;	/* struct catalogue_read: of the one at hand */
};

/* An empty table: that is all of the query. */
struct noted_read {
	uint32_t query;
	struct catalogue_read read;
};

/* Of when all answers were those that are stored. */
#define STATE_NOTE STR("catalogue")
#define DAY_NOTE STR("day")
/* Finding out what a query reads takes as long as asking it: it is noted. */
#define READS_NOTE STR("reads")

/* -- what is otherwise ----------------------------------------------------- */

static void sort_by_table(struct due *due)
{
	for (size_t i = 0; i < due->touched.count; i++) {
		const struct catalogue_touched *touched = vec_at(
		    &due->touched, i);
		struct touched_table *table = map_get(&due->tables,
		    touched->table);

		if (table == NULL) {
			table = arena_alloc(&due->arena, sizeof(*table));
			vec_init(&table->rows,
			    sizeof(const struct catalogue_touched *));
			map_put(&due->tables, touched->table, table);
		}
		table->columns |= touched->columns;
		*(const struct catalogue_touched **)vec_push(&table->rows) =
		    touched;
	}
}

static struct str number_of(struct due *due, int64_t record)
{
	return str_format(&due->arena, "%lld", (long long)record);
}

static void note_records(struct due *due)
{
	for (size_t i = 0; i < due->touched.count; i++) {
		struct catalogue_touched *row = vec_at(&due->touched, i);

		if (str_eq(row->table, STR("record")))
			map_put(&due->records, number_of(due, row->record),
			    row);
	}
}

/* All that a question about the record may call it: its number, its id now and
 * before, and the numbers of records of the same id. */
static const struct vec *kin_of(struct due *due, int64_t record)
{
	struct str number = number_of(due, record), before = STR_NONE;
	struct vec *kin = map_get(&due->kin, number);
	const struct catalogue_touched *row;
	struct value *rows;

	if (kin != NULL)
		return kin;
	row = map_get(&due->records, number);
	if (row != NULL)
		before = row->id;
	kin = arena_alloc(&due->arena, sizeof(*kin));
	vec_init(kin, sizeof(struct str));
	map_put(&due->kin, number, kin);
	*(struct str *)vec_push(kin) = number;
	if (before.len > 0)
		*(struct str *)vec_push(kin) = before;
	rows = catalogue_rows(due->pipeline->catalogue, QUERY_kin,
	    (const struct str[]){ number, before }, 2, &due->arena, NULL,
	    NULL);
	for (size_t i = 0; i < value_count(rows); i++)
		*(struct str *)vec_push(kin) = value_text_at(
		    rows->list.items[i], STR("name"));
	return kin;
}

/* -- queries --------------------------------------------------------------- */

/* That was noted by this very program; all of it. */
static void take_note(struct due *due)
{
	struct str note = page_store_note(due->store, READS_NOTE), program;
	uint32_t is_about;
	struct noted_read noted;

	if (!unpack_str(&note, &program) || !str_eq(program,
	    registry_program_id(&due->arena)))
		return;
	while (unpack_number(&note, &noted.query) &&
	       unpack_str(&note, &noted.read.table) &&
	       unpack_long(&note, &noted.read.columns) &&
	       unpack_number(&note, &is_about)) {
		noted.read.is_about = is_about != 0;
		*(struct noted_read *)vec_push(&due->noted) = noted;
	}
}

static void give_note(struct due *due)
{
	struct buf note;

	buf_init(&note);
	pack_str(&note, registry_program_id(&due->arena));
	for (size_t i = 0; i < due->noted.count; i++) {
		const struct noted_read *noted = vec_at(&due->noted, i);

		pack_number(&note, noted->query);
		pack_str(&note, noted->read.table);
		pack_long(&note, noted->read.columns);
		pack_number(&note, noted->read.is_about);
	}
	page_store_set_note(due->store, READS_NOTE, buf_str(&note));
	buf_dispose(&note);
}

/* False when nothing is noted of the query. */
static bool recall_reads(struct due *due, uint32_t query)
{
	bool is_noted = false;

	vec_clear(&due->reads);
	for (size_t i = 0; i < due->noted.count; i++) {
		const struct noted_read *noted = vec_at(&due->noted, i);

		if (noted->query != query)
			continue;
		is_noted = is_noted || noted->read.table.len == 0;
		if (noted->read.table.len > 0)
			*(struct catalogue_read *)vec_push(&due->reads) =
			    noted->read;
	}
	return is_noted;
}

static bool open_columns(struct due *due)
{
	due->has_columns = due->has_columns || catalogue_columns_open(
	    due->pipeline->catalogue, &due->arena, &due->columns);
	return due->has_columns;
}

/* False when it cannot be told what the query reads. */
static bool find_reads(struct due *due, uint32_t query)
{
	struct catalogue *catalogue = due->pipeline->catalogue;
	struct noted_read noted = { .query = query };

	if (query >= QUERY_COUNT)
		return false;
	if (recall_reads(due, query))
		return true;
	vec_clear(&due->reads);
	if (!open_columns(due) || !catalogue_reads(catalogue, &due->columns,
	    (enum query)query, &due->reads))
		return false;
	due->has_more = true;
	for (size_t i = 0; i < due->reads.count; i++) {
		noted.read = *(struct catalogue_read *)vec_at(&due->reads, i);
		*(struct noted_read *)vec_push(&due->noted) = noted;
	}
	noted.read = (struct catalogue_read){ .table = STR_NONE };
	*(struct noted_read *)vec_push(&due->noted) = noted;
	return true;
}

/* The table's row number `index`; NULL where it is as before, as far as the
 * query reads it. */
static const struct catalogue_touched *row_otherwise(
    const struct touched_table *table, size_t index,
    const struct catalogue_read *read)
{
	const struct catalogue_touched *row =
	    *(const struct catalogue_touched **)vec_at(&table->rows, index);

	return (row->columns & read->columns) != 0 ||
	    row->columns == TOUCHED_ALL ? row : NULL;
}

/* What the table has otherwise, as far as the query reads it, in records. */
static void add_about(struct due *due, uint32_t query,
    const struct catalogue_read *read)
{
	const struct touched_table *table = map_get(&due->tables,
	    read->table);

	for (size_t i = 0; i < table->rows.count; i++) {
		const struct catalogue_touched *row = row_otherwise(table, i,
		    read);
		const struct vec *kin;

		if (row == NULL)
			continue;
		kin = kin_of(due, row->record);
		for (size_t k = 0; k < kin->count; k++)
			page_store_due_about(due->store, query,
			    *(struct str *)vec_at(kin, k));
	}
}

/* Whether the query may have any other answer for what the table has. */
static bool reads_otherwise(const struct due *due,
    const struct catalogue_read *read)
{
	const struct touched_table *table = map_get(&due->tables,
	    read->table);

	/* Rows that have come or gone make a difference to whoever looks. */
	return table != NULL && ((table->columns & read->columns) != 0 ||
	    table->columns == TOUCHED_ALL);
}

/* Without a column for the record nobody knows what a row is about; of too many
 * nobody asks. */
static bool has_records(const struct due *due,
    const struct catalogue_read *read)
{
	const struct touched_table *table = map_get(&due->tables,
	    read->table);
	size_t count = table->rows.count;

	for (size_t i = 0; i < count && count <= MOST_ROWS; i++)
		if ((*(const struct catalogue_touched **)vec_at(&table->rows,
		    i))->record == 0)
			return false;
	return count <= MOST_ROWS;
}

/* -- what has come --------------------------------------------------------- */

/* Whether the row is of a record that was in no answer before: there was none,
 * or it was not public. */
static bool has_come(struct due *due, const struct catalogue_touched *row)
{
	struct str number = number_of(due, row->record);
	const struct catalogue_touched *record = map_get(&due->records,
	    number);
	struct str is_public = catalogue_cell(due->pipeline->catalogue,
	    QUERY_is_public, &number, 1, &due->arena);

	/* There is none of that number any more. */
	if (is_public.len == 0)
		return false;
	if (record != NULL && record->columns == TOUCHED_ALL)
		return true;
	return str_eq(is_public, STR("1")) &&
	    str_eq(row->table, STR("standing")) && open_columns(due) &&
	    (row->columns & catalogue_column(&due->columns, row->table,
		STR("public"))) != 0;
}

/* Lists what has come (int64_t), where that is all there is to a table. */
static bool list_come(struct due *due, const struct catalogue_read *read,
    struct vec *come)
{
	const struct touched_table *table = map_get(&due->tables,
	    read->table);

	for (size_t i = 0; i < table->rows.count; i++) {
		const struct catalogue_touched *row = row_otherwise(table, i,
		    read);

		if (row == NULL)
			continue;
		if (come->count >= MOST_COME || row->record == 0 ||
		    !has_come(due, row))
			return false;
		*(int64_t *)vec_push(come) = row->record;
	}
	return true;
}

static void add_reached(struct due *due, uint32_t query, int64_t record)
{
	struct str number = number_of(due, record);
	struct value *rows = catalogue_rows(due->pipeline->catalogue,
	    catalogue_seen_by((enum query)query), &number, 1, &due->arena, NULL,
	    NULL);

	page_store_due_about(due->store, query, number);
	for (size_t i = 0; i < value_count(rows); i++)
		page_store_due_about(due->store, query, value_text_at(
		    rows->list.items[i], STR("record")));
}

/* False where somebody else may have another answer as well. */
static bool add_around(struct due *due, uint32_t query)
{
	struct vec come;
	bool ok = catalogue_seen_by((enum query)query) != QUERY_COUNT;

	vec_init(&come, sizeof(int64_t));
	for (size_t i = 0; ok && i < due->reads.count; i++) {
		const struct catalogue_read *read = vec_at(&due->reads, i);

		ok = !reads_otherwise(due, read) || list_come(due, read,
		    &come);
	}
	for (size_t i = 0; ok && i < come.count; i++)
		add_reached(due, query, *(int64_t *)vec_at(&come, i));
	vec_dispose(&come);
	return ok;
}

static void add_query(struct due *due, uint32_t query)
{
	bool is_all = !find_reads(due, query);

	if (!is_all && add_around(due, query))
		return;
	for (size_t i = 0; !is_all && i < due->reads.count; i++) {
		const struct catalogue_read *read = vec_at(&due->reads, i);

		is_all = reads_otherwise(due, read) &&
		    (!read->is_about || !has_records(due, read));
	}
	if (is_all)
		page_store_due_query(due->store, query);
	for (size_t i = 0; !is_all && i < due->reads.count; i++) {
		const struct catalogue_read *read = vec_at(&due->reads, i);

		if (reads_otherwise(due, read))
			add_about(due, query, read);
	}
}

static void add_queries(struct due *due)
{
	struct vec queries;

	vec_init(&queries, sizeof(uint32_t));
	vec_init(&due->reads, sizeof(struct catalogue_read));
	vec_init(&due->noted, sizeof(struct noted_read));
	take_note(due);
	page_store_queries(due->store, &queries);
	for (size_t i = 0; i < queries.count; i++)
		add_query(due, *(uint32_t *)vec_at(&queries, i));
	if (due->has_more)
		give_note(due);
	vec_dispose(&due->noted);
	vec_dispose(&due->reads);
	vec_dispose(&queries);
}

/* -- files ----------------------------------------------------------------- */

/* What stands in the table `file` is all there is of content/. */
static void add_files(struct due *due)
{
	const struct touched_table *table = map_get(&due->tables, STR("file"));

	for (size_t i = 0; table != NULL && i < table->rows.count; i++) {
		struct str path = (*(const struct catalogue_touched **)vec_at(
		    &table->rows, i))->key;

		page_store_due_subject(due->store, ASKED_FILE, path);
		page_store_due_subject(due->store, ASKED_PRESENT, path);
	}
}

/* -- in order -------------------------------------------------------------- */

static void add_due(struct due *due)
{
	sort_by_table(due);
	note_records(due);
	page_store_due_kinds(due->store, ASKED_ADDRESS);
	add_files(due);
	if (due->touched.count > 0)
		add_queries(due);
}

static void close_due(struct due *due)
{
	for (size_t i = 0; i < due->tables.count; i++)
		vec_dispose(&((struct touched_table *)
		    due->tables.entries[i].item)->rows);
	for (size_t i = 0; i < due->kin.count; i++)
		vec_dispose(due->kin.entries[i].item);
	vec_dispose(&due->touched);
	arena_dispose(&due->arena);
}

static bool is_as_answered(struct pipeline *pipeline,
    struct page_store *store)
{
	struct str from = catalogue_watched_from(pipeline->catalogue);

	/* What a query has to do with the day is not among what it reads. */
	return from.len > 0 &&
	    str_eq(from, page_store_note(store, STATE_NOTE)) &&
	    str_eq(date_iso(pipeline->arena, pipeline->registry.as_of),
		page_store_note(store, DAY_NOTE));
}

void questions_answered(struct pipeline *pipeline, struct page_store *store)
{
	page_store_set_note(store, STATE_NOTE, catalogue_state(
	    pipeline->catalogue, pipeline->arena));
	page_store_set_note(store, DAY_NOTE, date_iso(pipeline->arena,
	    pipeline->registry.as_of));
}

void questions_due(struct pipeline *pipeline, struct page_store *store)
{
	struct due due = { .pipeline = pipeline, .store = store };

	arena_init(&due.arena);
	map_init(&due.tables, &due.arena);
	map_init(&due.records, &due.arena);
	map_init(&due.kin, &due.arena);
	vec_init(&due.touched, sizeof(struct catalogue_touched));
	if (!is_as_answered(pipeline, store) ||
	    !catalogue_touched(pipeline->catalogue, &due.touched))
		page_store_due_all(store);
	else
		add_due(&due);
	close_due(&due);
}
