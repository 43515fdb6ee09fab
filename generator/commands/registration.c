/* SPDX-License-Identifier: MIT */
#include "commands/registration.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/reader.h"

#define HEADING "no,achievement,date\n"

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

bool register_read(struct arena *arena, const struct reader *reader,
    const struct number_form *form, int year, struct str *text,
    size_t *highest, struct diag_list *diags)
{
	struct str path = register_path(arena, year), rest;
	size_t fatal = diags->counts[DIAG_FATAL];

	if (!reader->read(reader->context, path, arena, text, diags))
		*text = STR(HEADING);
	if (text->len > 0 && text->ptr[text->len - 1] != '\n')
		*text = str_join(arena, *text, STR("\n"));
	rest = *text;
	while (rest.len > 0) {
		struct str line = str_cut(&rest, '\n');
		size_t serial;

		if (number_serial(form, year, str_cut(&line, ','), &serial) &&
		    serial > *highest)
			*highest = serial;
	}
	return diags->counts[DIAG_FATAL] == fatal;
}
