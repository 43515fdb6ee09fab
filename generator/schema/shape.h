/* SPDX-License-Identifier: MIT */
/* The first half of schema_validate: a walk over a record and its fields. For
 * schema/ alone. */
#ifndef SCHEMA_SHAPE_H
#define SCHEMA_SHAPE_H

struct codes;
struct diag_list;
struct tree;
struct vec;

/*
 * Reports everything that is no matter of types. Pushes the elements (xmlNode
 * pointers) that it complained of onto `faulty`, in document order: their types
 * are not to be judged any more.
 */
void shape_check(const struct tree *tree, const struct codes *codes,
    struct vec *faulty, struct diag_list *diags);

#endif
