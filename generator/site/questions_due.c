/* SPDX-License-Identifier: MIT */
#include "site/questions_due.h"

#include "base/arena.h"
#include "base/map.h"
#include "base/value.h"
#include "base/vec.h"
#include "catalogue/catalogue.h"
#include "catalogue/page_store.h"
#include "catalogue/reads.h"
#include "catalogue/touched.h"
#include "catalogue/touched_log.h"
#include "pipeline/pipeline.h"
#include "render/question.h"
#include "site/noted_reads.h"

/* With more rows than so many asking all of a query costs no more than looking
 * for what is about them. */
enum { MOST_ROWS = 20000 };
/* The same of rows that some others see. */
enum { MOST_SEEN = 200 };

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
	struct noted_reads reads;
};

/* Of when all answers were those that are stored. */
#define STATE_NOTE STR("catalogue")
#define DAY_NOTE STR("day")

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

/* Of the query at hand. */
static const struct catalogue_read *read_at(const struct due *due,
    size_t index)
{
	return vec_at(&due->reads.found, index);
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

/* -- who sees it ----------------------------------------------------------- */

/* The achievement that was in no answer before and has come with the row: it
 * was not there, or not public. Empty where none has, and where the row is of
 * any other record: nobody knows whose answers that is in. */
static struct str what_came(struct due *due,
    const struct catalogue_touched *row)
{
	struct str number = number_of(due, row->record);
	const struct catalogue_touched *record = map_get(&due->records,
	    number);
	struct value *found = catalogue_rows(due->pipeline->catalogue,
	    QUERY_standing_of, &number, 1, &due->arena, NULL, NULL);
	struct value *standing = value_count(found) == 1 ?
	    found->list.items[0] : NULL;
	bool is_new = record != NULL && record->columns == TOUCHED_ALL;

	if (standing == NULL)
		return STR_NONE;
	if (is_new || (str_eq(value_text_at(standing, STR("public")),
	    STR("1")) && str_eq(row->table, STR("standing")) &&
	    (row->columns & noted_reads_column(&due->reads, row->table,
		STR("public"))) != 0))
		return value_text_at(standing, STR("record"));
	return STR_NONE;
}

/* A record, by its number, and the query that lists those who see it. */
struct viewed {
	enum query viewers;
	struct str record;
};

/* Who sees the row; `viewers` is QUERY_COUNT where anybody may. */
static struct viewed viewers_of(struct due *due, uint32_t query,
    const struct catalogue_read *read, const struct catalogue_touched *row)
{
	struct viewed viewed = { QUERY_COUNT, STR_NONE };

	if (row->record == 0)
		return viewed;
	if (row->columns != TOUCHED_ALL &&
	    (row->columns & read->columns & ~read->shown) == 0) {
		viewed.viewers = catalogue_shown_to((enum query)query);
		viewed.record = number_of(due, row->record);
		return viewed;
	}
	viewed.record = what_came(due, row);
	if (viewed.record.len > 0)
		viewed.viewers = catalogue_seen_by((enum query)query);
	return viewed;
}

/* Lists what is otherwise in a table (struct viewed); false where anybody may
 * see it. */
static bool list_viewed(struct due *due, uint32_t query,
    const struct catalogue_read *read, struct vec *viewed)
{
	const struct touched_table *table = map_get(&due->tables,
	    read->table);

	for (size_t i = 0; i < table->rows.count; i++) {
		const struct catalogue_touched *row = row_otherwise(table, i,
		    read);
		struct viewed seen;

		if (row == NULL)
			continue;
		if (viewed->count >= MOST_SEEN)
			return false;
		seen = viewers_of(due, query, read, row);
		if (seen.viewers == QUERY_COUNT)
			return false;
		*(struct viewed *)vec_push(viewed) = seen;
	}
	return true;
}

static void add_viewers(struct due *due, uint32_t query,
    const struct viewed *viewed)
{
	struct value *rows = catalogue_rows(due->pipeline->catalogue,
	    viewed->viewers, &viewed->record, 1, &due->arena, NULL, NULL);

	page_store_due_about(due->store, query, viewed->record);
	for (size_t i = 0; i < value_count(rows); i++)
		page_store_due_about(due->store, query, value_text_at(
		    rows->list.items[i], STR("name")));
}

/* False where somebody else may have another answer as well. */
static bool add_all_viewers(struct due *due, uint32_t query)
{
	struct vec viewed;
	bool ok = catalogue_seen_by((enum query)query) != QUERY_COUNT ||
	    catalogue_shown_to((enum query)query) != QUERY_COUNT;

	vec_init(&viewed, sizeof(struct viewed));
	for (size_t i = 0; ok && i < due->reads.found.count; i++) {
		const struct catalogue_read *read = read_at(due, i);

		ok = !reads_otherwise(due, read) || list_viewed(due, query,
		    read, &viewed);
	}
	for (size_t i = 0; ok && i < viewed.count; i++)
		add_viewers(due, query, vec_at(&viewed, i));
	vec_dispose(&viewed);
	return ok;
}

static void add_query(struct due *due, uint32_t query)
{
	bool is_all = !noted_reads_find(&due->reads, query);

	if (!is_all && add_all_viewers(due, query))
		return;
	for (size_t i = 0; !is_all && i < due->reads.found.count; i++) {
		const struct catalogue_read *read = read_at(due, i);

		is_all = reads_otherwise(due, read) &&
		    (!read->is_about || !has_records(due, read));
	}
	if (is_all)
		page_store_due_query(due->store, query);
	for (size_t i = 0; !is_all && i < due->reads.found.count; i++) {
		const struct catalogue_read *read = read_at(due, i);

		if (reads_otherwise(due, read))
			add_about(due, query, read);
	}
}

static void add_queries(struct due *due)
{
	struct vec queries;

	vec_init(&queries, sizeof(uint32_t));
	noted_reads_open(&due->reads, due->pipeline->catalogue, due->store,
	    &due->arena);
	page_store_queries(due->store, &queries);
	for (size_t i = 0; i < queries.count; i++)
		add_query(due, *(uint32_t *)vec_at(&queries, i));
	noted_reads_close(&due->reads);
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

/* What is otherwise since all answers were those that are stored; false where
 * nobody knows. */
static bool list_touched(struct due *due)
{
	struct pipeline *pipeline = due->pipeline;

	if (!touched_log_since(pipeline->catalogue, page_store_note(
	    due->store, STATE_NOTE), &due->touched))
		return false;
	if (!str_eq(date_iso(pipeline->arena, pipeline->registry.as_of),
	    page_store_note(due->store, DAY_NOTE)))
		*(struct catalogue_touched *)vec_push(&due->touched) =
		    (struct catalogue_touched){ .table = READS_DAY,
			.columns = TOUCHED_ALL };
	return true;
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
	if (list_touched(&due))
		add_due(&due);
	else
		page_store_due_all(store);
	close_due(&due);
}
