/* SPDX-License-Identifier: MIT */
/* The catalogue of rules and the documents they come from. */
#include "rules/ruleset_tables.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/reader.h"
#include "model/codes.h"
#include "rules/fold.h"
#include "rules/table.h"
#include "schema/schematron.h"

const struct rule_document *ruleset_document(const struct ruleset *ruleset,
    struct str code)
{
	for (size_t i = 0; i < ruleset->document_count; i++)
		if (str_eq(ruleset->documents[i].code, code))
			return &ruleset->documents[i];
	return NULL;
}

static bool read_documents(struct ruleset *ruleset, const struct reader *reader,
    struct diag_list *diags)
{
	static const char *const names[] = { "code", "title", "short", "number",
		"date", "in_force", "expires", "status", "issuer", "note",
		NULL };
	struct table table = { .path = STR("schemas/rules/documents.csv"),
		.names = names };
	bool ok = true;

	if (!table_read(&table, reader, ruleset->arena, diags))
		return false;
	ruleset->documents = arena_array(ruleset->arena, table.csv.count,
	    sizeof(*ruleset->documents));
	for (size_t i = 1; i < table.csv.count; i++) {
		if (ruleset_document(ruleset, table_cell(&table, i, 0)) != NULL)
			ok = diag_report(diags, table_mark(&table, i),
			    DIAG_RULE_LISTED_TWICE, table_cell(&table, i, 0));
		ruleset->documents[ruleset->document_count++] =
		    (struct rule_document){
			    .code = table_cell(&table, i, 0),
			    .title = table_cell(&table, i, 1),
			    .short_title = table_cell(&table, i, 2),
			    .number = table_cell(&table, i, 3),
			    .date = table_cell(&table, i, 4),
			    .in_force = table_cell(&table, i, 5),
			    .expires = table_cell(&table, i, 6),
			    .status = table_cell(&table, i, 7),
			    .issuer = table_cell(&table, i, 8),
			    .note = table_cell(&table, i, 9),
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

/* Each word of a cell must be a code of the list; a registry without the list
 * takes any. */
static bool check_codes(const struct ruleset *ruleset,
    const struct table *table, size_t row, size_t column, const char *list,
    struct diag_list *diags)
{
	const struct code_list *codes = codes_list(ruleset->codes,
	    str_from(list));
	struct str cell = table_cell(table, row, column);
	bool ok = true;

	while (codes != NULL && codes->count > 0 && cell.len > 0) {
		struct str code = str_cut(&cell, ' ');

		if (code_by_code(codes, code) == NULL)
			ok = diag_report(diags, table_mark(table, row),
			    DIAG_RULE_CODE, str_from(table->names[column]),
			    code, table_cell(table, row, 0), codes->name,
			    codes->codes[0].code);
	}
	return ok;
}

static bool check_cells(const struct ruleset *ruleset,
    const struct table *table, size_t row, struct diag_list *diags)
{
	static const struct {
		size_t column;
		const char *list;
	} cells[] = { { 5, "rule-status" }, { 6, "bound-parties" },
		{ 8, "severities" }, { 9, "check-kinds" },
		{ 10, "check-kinds" }, { 11, "treatments" } };
	bool ok = true;

	for (size_t i = 0; i < sizeof(cells) / sizeof(cells[0]); i++)
		ok = check_codes(ruleset, table, row, cells[i].column,
		    cells[i].list, diags) && ok;
	return ok;
}

static bool read_row(struct ruleset *ruleset, const struct table *table,
    size_t row, struct rule_entry *entry, struct diag_list *diags)
{
	struct str seed = table_cell(table, row, 1);

	*entry = (struct rule_entry){
		.id = table_cell(table, row, 0),
		.document = ruleset_document(ruleset, seed),
		.article = table_cell(table, row, 2),
		.text = { [LANG_ZH] = table_cell(table, row, 3),
		    [LANG_EN] = table_cell(table, row, 4) },
		.status = table_cell(table, row, 5),
		.binds = table_cell(table, row, 6),
		.parameter = table_cell(table, row, 7),
		.severity = table_cell(table, row, 8),
		.check = table_cell(table, row, 9),
		.check_also = table_cell(table, row, 10),
		.treatment = table_cell(table, row, 11),
		.pages = table_cell(table, row, 12),
		.reason = { [LANG_ZH] = table_cell(table, row, 13),
		    [LANG_EN] = table_cell(table, row, 14) },
		.quote = table_cell(table, row, 15),
	};
	if (!file_entry(ruleset, entry->id, entry))
		return diag_report(diags, table_mark(table, row),
		    DIAG_RULE_LISTED_TWICE, entry->id);
	/* Without documents.csv, which was reported, no seed is to blame. */
	if (entry->document == NULL && ruleset->documents != NULL)
		return diag_report(diags, table_mark(table, row),
		    DIAG_RULE_SEED_UNKNOWN, entry->id, seed);
	return check_cells(ruleset, table, row, diags);
}

static bool read_difference(struct ruleset *ruleset, const struct table *table,
    size_t row, struct rule_difference *difference, struct diag_list *diags)
{
	struct str code = table_cell(table, row, 0);
	struct str final = table_cell(table, row, 1);

	*difference = (struct rule_difference){
		.document = ruleset_document(ruleset, code),
		.final = ruleset_document(ruleset, final),
		.title = { [LANG_ZH] = table_cell(table, row, 2),
		    [LANG_EN] = table_cell(table, row, 3) },
		.article = table_cell(table, row, 4),
		.quote = table_cell(table, row, 5),
		.text_en = table_cell(table, row, 6),
		.final_article = table_cell(table, row, 7),
		.final_quote = table_cell(table, row, 8),
		.final_en = table_cell(table, row, 9),
		.rules = table_cell(table, row, 10),
		.change = table_cell(table, row, 11),
	};
	if (difference->document != NULL && difference->final != NULL)
		return true;
	return diag_report(diags, table_mark(table, row),
	    DIAG_RULE_SEED_UNKNOWN, difference->title[LANG_ZH],
	    difference->document == NULL ? code : final);
}

static bool read_differences(struct ruleset *ruleset,
    const struct reader *reader, struct diag_list *diags)
{
	static const char *const names[] = { "document", "final", "zh", "en",
		"article", "quote", "text_en", "final_article", "final_quote",
		"final_en", "rules", "change", NULL };
	struct table table = { .path = STR("schemas/rules/differences.csv"),
		.names = names,
		.is_optional = true };
	bool ok = true;

	if (!table_read(&table, reader, ruleset->arena, diags))
		return false;
	ruleset->differences = arena_array(ruleset->arena, table.csv.count,
	    sizeof(*ruleset->differences));
	for (size_t i = 1; i < table.csv.count; i++)
		if (!read_difference(ruleset, &table, i,
			&ruleset->differences[ruleset->difference_count++],
			diags))
			ok = false;
	return ok;
}

static bool read_rules(struct ruleset *ruleset, const struct reader *reader,
    struct diag_list *diags)
{
	static const char *const names[] = { "id", "seed", "article", "zh",
		"en", "status", "binds", "parameter", "severity", "check",
		"check_also", "treatment", "pages", "reason_zh", "reason_en",
		"quote", NULL };
	struct table table = { .path = STR("schemas/rules/catalogue.csv"),
		.names = names };
	bool ok = true;

	if (!table_read(&table, reader, ruleset->arena, diags))
		return false;
	ruleset->rules = arena_array(ruleset->arena, table.csv.count,
	    sizeof(*ruleset->rules));
	for (size_t i = 1; i < table.csv.count; i++)
		if (!read_row(ruleset, &table, i,
			&ruleset->rules[ruleset->rule_count++], diags))
			ok = false;
	return ok;
}

bool ruleset_read_tables(struct ruleset *ruleset, const struct reader *reader,
    struct diag_list *diags)
{
	/* All of them even when one fails: one run tells everything. */
	bool documents = read_documents(ruleset, reader, diags);
	bool rules = read_rules(ruleset, reader, diags);

	/* Without documents, which was reported, no row is to blame. */
	return ruleset_read_placeholders(ruleset, reader, diags) &&
	    documents && read_differences(ruleset, reader, diags) && rules;
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
		entry->is_unwaivable |= assert->is_unwaivable;
		(void)file_entry(ruleset, assert->id, entry);
	}
	return ok;
}
