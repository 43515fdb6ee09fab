/* SPDX-License-Identifier: MIT */
/*
 * How many records stand under each rule. Bits are added up here, which SQL
 * has no words for; who is public and what was found, SQL knows.
 */
#include "base/arena.h"
#include "catalogue/internal.h"
#include "catalogue/worked_out.h"

#include <sqlite3.h>

static const char counts_sql[] =
#include "catalogue/counts.inc"
    ;

/* What is added up. */
struct sums {
	size_t rules;
	uint32_t *records, *public;
};

/* The bits of a column, or-ed into `bits`. */
static void take_bits(sqlite3_stmt *stmt, int column, unsigned char *bits,
    size_t size)
{
	const unsigned char *blob = sqlite3_column_blob(stmt, column);
	size_t len = (size_t)sqlite3_column_bytes(stmt, column);

	for (size_t i = 0; blob != NULL && i < len && i < size; i++)
		bits[i] |= blob[i];
}

/* A row: bits of the record, bits of its dossier or NULL, whether public. */
static void add_row(struct sums *sums, sqlite3_stmt *stmt,
    unsigned char *bits, size_t size)
{
	uint32_t public = sqlite3_column_int(stmt, 2) != 0;

	for (size_t i = 0; i < size; i++)
		bits[i] = 0;
	take_bits(stmt, 0, bits, size);
	take_bits(stmt, 1, bits, size);
	for (size_t rule = 0; rule < sums->rules; rule++) {
		uint32_t applies = bits[rule / 8] >> rule % 8 & 1;

		sums->records[rule] += applies;
		sums->public[rule] += applies & public;
	}
}

static void add_up(struct catalogue *catalogue, struct sums *sums)
{
	sqlite3_stmt *stmt = catalogue_query(catalogue, QUERY_judged_subjects,
	    NULL, 0);
	size_t size = (sums->rules + 7) / 8;
	unsigned char *bits = arena_array(catalogue->arena, size, 1);
	int state = SQLITE_DONE;

	while (stmt != NULL && (state = sqlite3_step(stmt)) == SQLITE_ROW)
		add_row(sums, stmt, bits, size);
	if (state != SQLITE_DONE)
		catalogue_fail(catalogue);
	(void)sqlite3_reset(stmt);
}

void catalogue_count_rules(struct catalogue *catalogue,
    struct str (*id)(const void *context, size_t rule), const void *context,
    size_t rules)
{
	struct arena *arena = catalogue->arena;
	struct sums sums = { .rules = rules,
		.records = arena_array(arena, rules, sizeof(uint32_t)),
		.public = arena_array(arena, rules, sizeof(uint32_t)) };

	add_up(catalogue, &sums);
	for (size_t i = 0; i < rules; i++) {
		const struct str cells[] = { id(context, i),
			str_format(arena, "%u", sums.records[i]),
			str_format(arena, "%u", sums.public[i]) };

		catalogue_put_row(catalogue, TABLE_RULE_COUNT, cells, 3);
	}
	catalogue_work(catalogue, counts_sql);
}
