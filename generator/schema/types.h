/* SPDX-License-Identifier: MIT */
/* The second half of schema_validate: libxml2's complaints in words of ours.
 * For schema/ alone. */
#ifndef SCHEMA_TYPES_H
#define SCHEMA_TYPES_H

#include "base/str.h"

struct diag_list;
struct tree;
struct vec;

/* One complaint of libxml2. */
struct type_fault {
	const void *node;	/* xmlNode, an element */
	int code;		/* xmlParserErrors */
	char *message;		/* for a code that is not expected */
};

/* Collects faults; libxml2's structured error function, with the vec (struct
 * type_fault) as its data. The messages live until types_dispose. */
void types_collect(void *faults, void *error);
void types_dispose(struct vec *faults);

/* Reports the faults: several complaints of one value as one, unless they say
 * different things. */
void types_report(const struct tree *tree, const struct vec *faults,
    struct diag_list *diags);

#endif
