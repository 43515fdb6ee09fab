/* SPDX-License-Identifier: MIT */
/*
 * How schema/ speaks of a field in a diagnostic: its path in the record and its
 * labels, both languages at once. All X messages begin with the same three
 * arguments: {1} the path, {2} the Chinese label, {3} the English one.
 */
#ifndef SCHEMA_COMPLAINT_H
#define SCHEMA_COMPLAINT_H

#include "base/diag.h"
#include "base/str.h"

struct field;
struct tree;

struct subject {
	struct mark mark;
	struct str path;		/* "people[2].unit" */
	struct str label[LANG_COUNT];	/* "完成人 2 · 单位" */
};

/*
 * The field an xmlNode stands for; or, if `missing` is not NULL, that field of
 * it, which is not there. Text lives in diags->arena.
 */
struct subject subject_of(const struct tree *tree, const void *node,
    const struct field *missing, struct diag_list *diags);

/* Adds the message, {4} to {6} being the texts given. */
void complain(const struct subject *subject, enum diag_code code,
    struct str four, struct str five, struct str six,
    struct diag_list *diags);

/* At most 40 characters of a value, on one line, for a message. */
struct str excerpt(struct str text, struct diag_list *diags);

#endif
