/* SPDX-License-Identifier: MIT */
/*
 * Registration numbers and the register they are entered in.
 *
 * Numbers have the form of content/site.yaml (registration_number): YYYY is the
 * year, the zeros at the end the serial, the rest stands as it is. The register
 * of a year is register/<year>.csv, one line for each number in the order in
 * which they were given. Whoever gives a number adds a line at its end, so that
 * two editors who give one at the same time have changed the same place: git
 * then has a conflict to tell, and nobody a number twice.
 */
#ifndef RULES_REGISTRATION_H
#define RULES_REGISTRATION_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct csv_row;
struct diag_list;
struct reader;

/* The folder of the registers of all years. */
#define REGISTER_FOLDER "register"

struct number_form {
	struct str before, after;	/* of the year, of the serial: the form
					 * is before YYYY after 0000 */
	bool has_year;
	size_t digits;
};

/* False when the text has no zeros at its end to put a serial in. */
bool number_form_parse(struct str text, struct number_form *form);

/* The serial of a number of that year; false when it is no such number. */
bool number_serial(const struct number_form *form, int year, struct str number,
    size_t *serial);

/* The number, in the arena; empty when the serial has too many digits. */
struct str number_make(struct arena *arena, const struct number_form *form,
    int year, size_t serial);

/* "register/2026.csv". */
struct str register_path(struct arena *arena, int year);

/* Whether it is the heading of a register: no,achievement,date. */
bool register_is_heading(const struct csv_row *row);

/* A number's line, with the line break. */
struct str register_line(struct arena *arena, struct str number,
    struct str achievement, struct str date);

/*
 * The text of the register of a year, its heading alone when there is none yet.
 * `*highest` becomes that of its serials, if they are higher. False with a
 * diagnostic when it cannot be read as a table.
 */
bool register_read(struct arena *arena, const struct reader *reader,
    const struct number_form *form, int year, struct str *text,
    size_t *highest, struct diag_list *diags)
    __attribute__((warn_unused_result));

/* The text of a dossier with the lines before the end of its front matter;
 * false when that has no end. */
bool dossier_add_lines(struct arena *arena, struct str text,
    struct str lines, struct str *added);

#endif
