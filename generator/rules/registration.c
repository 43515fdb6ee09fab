/* SPDX-License-Identifier: MIT */
#include "rules/registration.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/diag.h"
#include "base/reader.h"

#define HEADING "no,achievement,date"

bool number_form_parse(struct str text, struct number_form *form)
{
	size_t zeros = text.len, year;

	while (zeros > 0 && text.ptr[zeros - 1] == '0')
		zeros--;
	*form = (struct number_form){ .digits = text.len - zeros };
	text = str_slice(text, 0, zeros);
	year = str_find(text, STR("YYYY"), 0);
	form->has_year = year != STR_NOT_FOUND;
	form->before = form->has_year ? str_slice(text, 0, year) : text;
	if (form->has_year)
		form->after = str_slice(text, year + 4, text.len);
	return form->digits > 0;
}

static struct str head_of(struct arena *arena, const struct number_form *form,
    int year)
{
	return form->has_year ? str_format(arena, "%.*s%04d%.*s",
	    STR_ARG(form->before), year, STR_ARG(form->after)) : form->before;
}

bool number_serial(const struct number_form *form, int year,
    struct str number, size_t *serial)
{
	struct arena arena;
	struct str head;
	bool ok;

	arena_init(&arena);
	head = head_of(&arena, form, year);
	ok = str_starts(number, head) &&
	    number.len == head.len + form->digits &&
	    str_to_size(str_slice(number, head.len, number.len), serial);
	arena_dispose(&arena);
	return ok;
}

struct str number_make(struct arena *arena, const struct number_form *form,
    int year, size_t serial)
{
	struct str digits = str_format(arena, "%0*zu", (int)form->digits,
	    serial);

	return digits.len > form->digits ? STR_NONE :
	    str_join(arena, head_of(arena, form, year), digits);
}

struct str register_path(struct arena *arena, int year)
{
	return str_format(arena, REGISTER_FOLDER "/%04d.csv", year);
}

bool register_is_heading(const struct csv_row *row)
{
	struct str rest = STR(HEADING);

	for (size_t i = 0; i < row->count; i++)
		if (!str_eq(str_trim(row->cells[i]), str_cut(&rest, ',')))
			return false;
	return rest.ptr == NULL;
}

/* The number stands as it is, unless it would not be read back: what guards
 * spreadsheets against formulas would make another number of it. */
struct str register_line(struct arena *arena, struct str number,
    struct str achievement, struct str date)
{
	const bool needs_quotes = str_starts(number, STR("#")) ||
	    str_find_char(number, ',', 0) != STR_NOT_FOUND ||
	    str_find_char(number, '"', 0) != STR_NOT_FOUND;
	struct str line;
	struct buf out;

	buf_init(&out);
	if (needs_quotes)
		csv_append_cell(&out, 0, number);
	else
		csv_append_number(&out, 0, number);
	csv_append_cell(&out, 1, achievement);
	csv_append_cell(&out, 2, date);
	buf_append_char(&out, '\n');
	line = str_dup(arena, buf_str(&out));
	buf_dispose(&out);
	return line;
}

bool register_read(struct arena *arena, const struct reader *reader,
    const struct number_form *form, int year, struct str *text,
    size_t *highest, struct diag_list *diags)
{
	struct str path = register_path(arena, year);
	size_t errors = diag_errors(diags), serial;
	struct csv csv;

	if (!reader->read(reader->context, path, arena, text, diags))
		*text = STR(HEADING "\n");
	if (text->len > 0 && text->ptr[text->len - 1] != '\n')
		*text = str_join(arena, *text, STR("\n"));
	if (!csv_parse_uneven(arena, path, *text, &csv, diags))
		return false;
	for (size_t i = 0; i < csv.count; i++)
		if (number_serial(form, year, csv.rows[i].cells[0], &serial) &&
		    serial > *highest)
			*highest = serial;
	return diag_errors(diags) == errors;
}

bool dossier_add_lines(struct arena *arena, struct str text,
    struct str lines, struct str *added)
{
	size_t end = str_find(text, STR("\n---"), 3);

	if (end == STR_NOT_FOUND)
		return false;
	*added = str_format(arena, "%.*s%.*s%.*s", (int)(end + 1), text.ptr,
	    STR_ARG(lines), STR_ARG(str_slice(text, end + 1, text.len)));
	return true;
}
