/* SPDX-License-Identifier: MIT */
/* The catalogue of rules and the documents they come from. */
#include "rules/ruleset_tables.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/diag.h"
#include "base/reader.h"
#include "rules/fold.h"
#include "schema/schematron.h"

/* A table being read: where each column of a struct comes from. */
struct table {
	struct str path;
	struct csv csv;
	const struct str *names;
	size_t *columns;
	size_t count;
};

static bool read_table(struct table *table, const struct reader *reader,
    struct arena *arena, struct diag_list *diags)
{
	struct mark mark = { table->path, 0, 0 };
	size_t before = diag_errors(diags);
	struct str bytes;
	bool ok = true;

	if (!reader->read(reader->context, table->path, arena, &bytes,
		diags)) {
		if (diag_errors(diags) == before)
			diag_report(diags, mark, DIAG_RULE_FILE_MISSING,
			    table->path);
		return false;
	}
	if (!csv_parse(arena, table->path, bytes, &table->csv, diags))
		return false;
	table->columns = arena_array(arena, table->count,
	    sizeof(*table->columns));
	mark.line = table->csv.rows[0].line;
	for (size_t i = 0; i < table->count; i++) {
		table->columns[i] = csv_column(&table->csv, table->names[i]);
		if (table->columns[i] == CSV_NO_COLUMN)
			ok = diag_report(diags, mark, DIAG_TABLE_COLUMN,
			    table->names[i]);
	}
	return ok;
}

static struct str cell(const struct table *table, size_t row, size_t column)
{
	return str_trim(
	    table->csv.rows[row].cells[table->columns[column]]);
}

static struct mark row_mark(const struct table *table, size_t row)
{
	return (struct mark){ table->path, table->csv.rows[row].line, 0 };
}

#define NAME(name) { name, sizeof(name) - 1 }

static struct rule_document *find_document(const struct ruleset *ruleset,
    struct str code)
{
	for (size_t i = 0; i < ruleset->document_count; i++)
		if (str_eq(ruleset->documents[i].code, code))
			return &ruleset->documents[i];
	return NULL;
}

static bool read_documents(struct ruleset *ruleset,
    const struct reader *reader, struct diag_list *diags)
{
	static const struct str names[] = { NAME("code"), NAME("title"),
		NAME("short"), NAME("number"), NAME("date"), NAME("in_force"),
		NAME("expires"), NAME("status"), NAME("issuer"),
		NAME("note") };
	struct table table = { .path = STR("schemas/rules/documents.csv"),
		.names = names, .count = sizeof(names) / sizeof(*names) };
	bool ok = true;

	if (!read_table(&table, reader, ruleset->arena, diags))
		return false;
	ruleset->documents = arena_array(ruleset->arena, table.csv.count,
	    sizeof(*ruleset->documents));
	for (size_t i = 1; i < table.csv.count; i++) {
		if (find_document(ruleset, cell(&table, i, 0)) != NULL)
			ok = diag_report(diags, row_mark(&table, i),
			    DIAG_RULE_LISTED_TWICE, cell(&table, i, 0));
		ruleset->documents[ruleset->document_count++] =
		    (struct rule_document){
			.code = cell(&table, i, 0),
			.title = cell(&table, i, 1),
			.short_title = cell(&table, i, 2),
			.number = cell(&table, i, 3),
			.date = cell(&table, i, 4),
			.in_force = cell(&table, i, 5),
			.expires = cell(&table, i, 6),
			.status = cell(&table, i, 7),
			.issuer = cell(&table, i, 8),
			.note = cell(&table, i, 9),
		    };
	}
	return ok;
}

/* Files the entry under `id`; false if another has it. */
static bool file_entry(struct ruleset *ruleset, struct str id,
    struct rule_entry *entry)
{
	struct str key = fold_upper(ruleset->arena, id);
	const struct rule_entry *other = map_get(&ruleset->by_id, key);

	if (other == NULL)
		map_put(&ruleset->by_id, key, entry);
	return other == NULL || other == entry;
}

static bool read_row(struct ruleset *ruleset, const struct table *table,
    size_t row, struct rule_entry *entry, struct diag_list *diags)
{
	struct str seed = cell(table, row, 1);

	*entry = (struct rule_entry){
		.id = cell(table, row, 0),
		.document = find_document(ruleset, seed),
		.article = cell(table, row, 2),
		.text = { [LANG_ZH] = cell(table, row, 3),
			[LANG_EN] = cell(table, row, 4) },
		.status = cell(table, row, 5),
		.binds = cell(table, row, 6),
		.parameter = cell(table, row, 7),
		.severity = cell(table, row, 8),
		.check = cell(table, row, 9),
		.check_also = cell(table, row, 10),
		.treatment = cell(table, row, 11),
		.pages = cell(table, row, 12),
		.reason = { [LANG_ZH] = cell(table, row, 13),
			[LANG_EN] = cell(table, row, 14) },
		.quote = cell(table, row, 15),
	};
	if (!file_entry(ruleset, entry->id, entry))
		return diag_report(diags, row_mark(table, row),
		    DIAG_RULE_LISTED_TWICE, entry->id);
	/* Without documents.csv, which was reported, no seed is to blame. */
	if (entry->document == NULL && ruleset->documents != NULL)
		return diag_report(diags, row_mark(table, row),
		    DIAG_RULE_SEED_UNKNOWN, entry->id, seed);
	return true;
}

bool ruleset_read_tables(struct ruleset *ruleset, const struct reader *reader,
    struct diag_list *diags)
{
	static const struct str names[] = { NAME("id"), NAME("seed"),
		NAME("article"), NAME("zh"), NAME("en"), NAME("status"),
		NAME("binds"), NAME("parameter"), NAME("severity"),
		NAME("check"), NAME("check_also"), NAME("treatment"),
		NAME("pages"), NAME("reason_zh"), NAME("reason_en"),
		NAME("quote") };
	struct table table = { .path = STR("schemas/rules/catalogue.csv"),
		.names = names, .count = sizeof(names) / sizeof(*names) };
	bool ok = read_documents(ruleset, reader, diags);

	if (!read_table(&table, reader, ruleset->arena, diags))
		return false;
	ruleset->rules = arena_array(ruleset->arena, table.csv.count,
	    sizeof(*ruleset->rules));
	for (size_t i = 1; i < table.csv.count; i++)
		if (!read_row(ruleset, &table, i,
			&ruleset->rules[ruleset->rule_count++], diags))
			ok = false;
	return ok;
}

bool ruleset_link_asserts(struct ruleset *ruleset, struct diag_list *diags)
{
	size_t total = schematron_assert_count(ruleset->schematron);
	bool ok = true;

	for (size_t i = 0; i < total; i++) {
		const struct schematron_assert *assert =
		    schematron_assert_at(ruleset->schematron, i);
		struct rule_entry *entry = map_get(&ruleset->by_id,
		    fold_upper(ruleset->arena, assert->rule));

		if (entry == NULL || !str_eq(entry->id, assert->rule)) {
			ok = diag_report(diags, assert->mark,
			    DIAG_RULE_NOT_LISTED, assert->id, assert->rule);
			continue;
		}
		/* Room for all at once; a rule has a handful. */
		if (entry->asserts == NULL)
			entry->asserts = arena_array(ruleset->arena, total,
			    sizeof(struct schematron_assert *));
		entry->asserts[entry->assert_count++] = assert;
		(void)file_entry(ruleset, assert->id, entry);
	}
	return ok;
}
