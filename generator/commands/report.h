/* SPDX-License-Identifier: MIT */
/* How diagnostics are told to people and to machines. */
#ifndef COMMANDS_REPORT_H
#define COMMANDS_REPORT_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/lang.h"

#include <stdbool.h>
#include <stdio.h>

struct reader;
struct value;

/* What people call it: "错误", "error". */
const char *report_severity(enum lang lang, enum diag_severity severity);

/* Each as `path:line:column: error[P-01]: message`, then basis and hint. */
void report_print(enum lang lang, const struct diag_list *diags, FILE *out);

/* The same; on a terminal also the line itself with a caret below it, read
 * through `reader`. */
void report_print_sources(enum lang lang, const struct diag_list *diags,
    const struct reader *reader, FILE *out);

/* The same one by one, those of a file together, for whoever `shows` it on a
 * terminal later, or does not. */
struct report_printer {
	enum lang lang;
	const struct reader *reader;
	bool shows;
	FILE *out;
	struct arena arena;	/* of the file that was shown last */
	struct str path, bytes;	/* it */
};

void report_begin(struct report_printer *printer);
/* `context`: the printer, so that it can be handed on. */
void report_one(void *context, const struct diagnostic *d);
void report_end(struct report_printer *printer);

/* Text by a stranger, which must not steer the reader's terminal or look like
 * lines of ours: controls and bytes that are no characters show as numbers. */
void report_text(struct str text, FILE *out);

/* One line: "3 errors, 1 warning, 0 notices in 120 records". */
void report_summary(enum lang lang, const struct diag_list *diags,
    size_t records, FILE *out);

/* What the diagnostics mean for the exit status. */
int report_status(const struct diag_list *diags);

#endif
