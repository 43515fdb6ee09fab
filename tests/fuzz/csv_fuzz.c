/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a table and as a register: what is read is written so that it
 * reads the same, and no cell that is written runs as a formula; a number of
 * the register's form is the one that its serial makes.
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/diag.h"
#include "rules/registration.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Rows begin with a cell of their own, so that none is taken for a comment or
 * an empty line. */
static void write_table(struct buf *out, const struct csv *csv)
{
	for (size_t i = 0; i < csv->count; i++) {
		csv_append_cell(out, 0, STR("x"));
		for (size_t k = 0; k < csv->rows[i].count; k++)
			csv_append_cell(out, k + 1, csv->rows[i].cells[k]);
		csv_end_row(out);
	}
}

static bool is_formula(struct str cell)
{
	static const struct str starts[] = { { "=", 1 }, { "+", 1 },
		{ "-", 1 }, { "@", 1 }, { "\t", 1 }, { "\r", 1 },
		{ "＝", 3 }, { "＋", 3 }, { "－", 3 }, { "＠", 3 } };

	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
		if (str_starts(cell, starts[i]))
			return true;
	return false;
}

static bool is_disarmed(struct str cell, struct str before)
{
	return str_eq(cell, before) || (str_starts(cell, STR("'")) &&
	    str_eq(str_slice(cell, 1, cell.len), before));
}

static void check_table(struct arena *arena, const struct csv *csv,
    struct diag_list *diags)
{
	struct csv back;
	struct buf out;

	buf_init(&out);
	write_table(&out, csv);
	if (!csv_parse_uneven(arena, STR("b.csv"), buf_str(&out), &back,
		diags))
		assert(!"what was written does not read");
	assert(back.count == csv->count);
	for (size_t i = 0; i < csv->count; i++) {
		assert(back.rows[i].count == csv->rows[i].count + 1);
		for (size_t k = 0; k < csv->rows[i].count; k++) {
			struct str cell = back.rows[i].cells[k + 1];

			assert(!is_formula(cell));
			assert(is_disarmed(cell, csv->rows[i].cells[k]));
		}
	}
	buf_dispose(&out);
}

/* The first line is the form of the numbers, each other one a number. */
static void check_numbers(struct arena *arena, struct str rest)
{
	struct number_form form;

	if (!number_form_parse(str_cut(&rest, '\n'), &form))
		return;
	while (rest.len > 0) {
		struct str number = str_cut(&rest, '\n');
		size_t serial = 0;

		if (number_serial(&form, 2026, number, &serial))
			assert(str_eq(number_make(arena, &form, 2026, serial),
			    number));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str bytes = { (const char *)data, size };
	struct diag_list diags;
	struct arena arena;
	struct csv csv;
	bool is_read;

	arena_init(&arena);
	diag_list_init(&diags, &arena);
	check_numbers(&arena, bytes);
	is_read = csv_parse(&arena, STR("a.csv"), bytes, &csv, &diags);
	assert(is_read == (diag_errors(&diags) == 0));
	if (is_read) {
		for (size_t i = 1; i < csv.count; i++)
			assert(csv.rows[i].count == csv.rows[0].count);
		(void)register_is_heading(&csv.rows[0]);
		(void)csv_comment(&csv, STR("open"), STR_NONE, NULL);
	}
	if (csv_parse_uneven(&arena, STR("a.csv"), bytes, &csv, &diags))
		check_table(&arena, &csv, &diags);
	diag_list_dispose(&diags);
	arena_dispose(&arena);
	return 0;
}
