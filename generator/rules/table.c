/* SPDX-License-Identifier: MIT */
#include "rules/table.h"

#include "base/arena.h"
#include "base/reader.h"

bool table_read(struct table *table, const struct reader *reader,
    struct arena *arena, struct diag_list *diags)
{
	struct mark mark = { table->path, 0, 0 };
	size_t before = diag_errors(diags);
	size_t count = 0;
	struct str bytes;
	bool ok = true;

	if (!reader->read(reader->context, table->path, arena, &bytes, diags)) {
		if (diag_errors(diags) > before)
			return false;
		return table->is_optional ||
		    diag_report(diags, mark, DIAG_RULE_FILE_MISSING,
			table->path);
	}
	if (!csv_parse(arena, table->path, bytes, &table->csv, diags))
		return false;
	while (table->names[count] != NULL)
		count++;
	table->columns = arena_array(arena, count, sizeof(*table->columns));
	mark.line = table->csv.rows[0].line;
	for (size_t i = 0; i < count; i++) {
		struct str name = str_from(table->names[i]);

		table->columns[i] = csv_column(&table->csv, name);
		if (table->columns[i] == CSV_NO_COLUMN)
			ok = diag_report(diags, mark, DIAG_TABLE_COLUMN, name);
	}
	return ok;
}

struct str table_cell(const struct table *table, size_t row, size_t column)
{
	return str_trim(table->csv.rows[row].cells[table->columns[column]]);
}

struct mark table_mark(const struct table *table, size_t row)
{
	return (struct mark){ table->path, table->csv.rows[row].line, 0 };
}
