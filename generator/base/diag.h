/* SPDX-License-Identifier: MIT */
/*
 * Diagnostics: everything that can be said about content, themes, rules and
 * the machine. A function that takes a `struct diag_list *` returns false if
 * and only if it added an error or worse, and leaves its outputs untouched
 * then. Nothing below commands/ prints.
 *
 * What mechanisms find is listed in diag_codes.def, one line each with its text
 * in both languages; what rules find carries the rule's own ID and words.
 */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include "base/lang.h"
#include "base/map.h"
#include "base/str.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* A place in a file. Line and column count from 1, columns in characters; 0
 * means the whole file, or the whole line. */
struct mark {
	struct str path;
	uint32_t line, column;
};

enum diag_severity {
	DIAG_NOTICE,	/* nothing is wrong: a date draws near */
	DIAG_WARNING,	/* a person should look; publication goes on */
	DIAG_ERROR,	/* the record is withheld until it is mended */
	DIAG_FATAL	/* the machine failed; the command stops */
};

enum diag_code {
#define DIAG(name, id, severity, en, zh, hint_en, hint_zh) DIAG_##name,
#include "base/diag_codes.def"
#undef DIAG
	DIAG_CODE_COUNT
};

struct diagnostic {
	struct mark mark;
	struct str id;			/* "Y0101", "P-01" */
	enum diag_severity severity;
	struct str message[LANG_COUNT], hint[LANG_COUNT];
	struct str basis;		/* document and article; may be empty */
	struct str due;			/* ISO date by which something is to be
					 * done; empty for most, and then so
					 * are the rest */
	struct str bare;		/* the same as counted, before days off
					 * moved it; empty: nothing counted */
	struct str binds;		/* who is to do it (bound-parties) */
	struct str field;		/* "obtained.date": what says so */
	bool is_excused;		/* past that day it is not overdue */
};

/* All text in it lives in `arena`; what is the same in many of them, once. */
struct diag_list {
	struct arena *arena;
	struct map texts;		/* keys alone */
	struct vec items;		/* struct diagnostic */
	size_t counts[DIAG_FATAL + 1];	/* by severity */
};

void diag_list_init(struct diag_list *list, struct arena *arena);
void diag_list_dispose(struct diag_list *list);
/* Errors and worse. */
size_t diag_errors(const struct diag_list *list);

/*
 * Adds what diag_codes.def says for `code`, its {1} to {6} replaced by the
 * arguments (struct str). Always returns false, for `return diag_report(…)`;
 * callers that add a mere warning ignore it.
 */
#define diag_report(list, mark, ...) \
	DIAG_REPORT_WITH(list, mark, __VA_ARGS__, STR_NONE)
#define DIAG_REPORT_WITH(list, mark, code, ...) \
	diag_add_code(list, mark, code, (const struct str[]){ __VA_ARGS__ }, \
	    sizeof((const struct str[]){ __VA_ARGS__ }) / \
	    sizeof(struct str) - 1)
bool diag_add_code(struct diag_list *list, struct mark mark,
    enum diag_code code, const struct str *args, size_t arg_count);

/* The same with `subject` for {1} and, in each language, its text for {2}; for
 * {1} if the subject is STR_NONE. */
bool diag_report_texts(struct diag_list *list, struct mark mark,
    enum diag_code code, struct str subject,
    const struct str text[LANG_COUNT]);

/* Adds a finished diagnostic, its text copied. That the machine failed is told
 * once, however many of its workers met the same. */
void diag_add(struct diag_list *list, const struct diagnostic *diagnostic);

/* It tells what became of a cache in this run (M0201), nothing of what was
 * read: no later run has the same to tell, and no page shows it. */
bool diag_is_of_cache(const struct diagnostic *diagnostic);

/* By path, line, column, ID and message. */
void diag_sort(struct diag_list *list);
int diag_cmp(const struct diagnostic *a, const struct diagnostic *b);

/* The line of diag_codes.def, for manuals and `zheli explain`. */
struct diag_info {
	struct str id, name;
	enum diag_severity severity;
	struct str message[LANG_COUNT], hint[LANG_COUNT];
};
const struct diag_info *diag_info(enum diag_code code);
/* A text of it with {1}, {2} … replaced, in `arena`; a number without an
 * argument stays. */
struct str diag_fill(struct arena *arena, struct str text,
    const struct str *args, size_t arg_count);
/* By ID, e.g. "Y0101"; NULL if there is none. */
const struct diag_info *diag_info_find(struct str id);

/* "notice", "warning", "error", "fatal": stable, for machines. */
struct str diag_severity_name(enum diag_severity severity);

#endif
