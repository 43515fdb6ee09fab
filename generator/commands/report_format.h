/* SPDX-License-Identifier: MIT */
/*
 * The forms in which verdicts are told to other programs: JSON of our own,
 * SARIF 2.1.0, GitHub's workflow commands, GitLab's code quality report. Each
 * is one line of the table in report_format.c. The text for people is in
 * report.h.
 */
#ifndef COMMANDS_REPORT_FORMAT_H
#define COMMANDS_REPORT_FORMAT_H

#include "base/lang.h"
#include "base/str.h"

#include <stddef.h>

struct arena;
struct buf;
struct diag_list;
struct diagnostic;
struct json_writer;

/* What is told, in the order of the list. */
struct report_data {
	struct arena *arena;
	const struct diag_list *diags;
	enum lang lang;		/* JSON has both */
	struct str as_of;	/* ISO date */
	size_t files;
};

struct report_format {
	const char *name;	/* "sarif" */
	void (*append)(const struct report_data *data, struct buf *out);
	/* For the page that a forge shows of a run; NULL: the form has none. */
	void (*append_summary)(const struct report_data *data,
	    struct buf *out);
	/* The environment variable that names its file. */
	const char *summary_variable;
};

/* NULL if there is no format of that name. */
const struct report_format *report_format_find(struct str name);

/* A text in both languages and a diagnostic, as members of our own JSON. */
void report_write_both(struct json_writer *writer, const char *name,
    const struct str texts[LANG_COUNT]);
void report_write_diagnostic(struct json_writer *writer,
    const struct diagnostic *d);

/* -- the forms, for report_format.c --------------------------------------- */

/* SARIF 2.1.0 (OASIS): columns count Unicode code points; level, rule and
 * place of each, and a fingerprint that an edit elsewhere does not change. */
void report_append_sarif(const struct report_data *data, struct buf *out);

/*
 * GitHub Actions: at most REPORT_ANNOTATIONS_MAX annotations, the worst first,
 * as more would not be shown; then all, as text that is no command whatever a
 * stranger wrote into it. The summary is a table of the worst REPORT_ROWS_MAX,
 * which stays below the size GitHub allows (1 MiB).
 */
enum { REPORT_ANNOTATIONS_MAX = 10, REPORT_ROWS_MAX = 500 };
void report_append_github(const struct report_data *data, struct buf *out);
void report_append_github_summary(const struct report_data *data,
    struct buf *out);

/* GitLab's code quality report, a profile of the Code Climate format. */
void report_append_gitlab(const struct report_data *data, struct buf *out);

/*
 * A name for what the diagnostic at `index` says, the same as long as rule,
 * file and words are, wherever its line moves; those that say the same twice
 * get different ones. Hexadecimal, in the arena of the data.
 */
struct str report_fingerprint(const struct report_data *data, size_t index);

#endif
