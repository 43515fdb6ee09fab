/* SPDX-License-Identifier: MIT */
/*
 * The schemas of all kinds. Opened once, before workers fork; a worker may
 * validate with the set it inherited. Validation reports every fault of a
 * record in one run, in words of ours, at the line where it was written:
 *
 *  1. Shape, by walking record and fields together: unknown keys (with the
 *     nearest known one), missing keys, maps, lists and scalars in each other's
 *     place, too many and too few entries, terms that are in no code list.
 *  2. Types, by libxml2: what step 1 complained of is taken out of its sight,
 *     so that no fault hides another and none is told twice.
 */
#ifndef SCHEMA_SCHEMA_H
#define SCHEMA_SCHEMA_H

#include "base/str.h"
#include "model/kind.h"

#include <stdbool.h>

struct arena;
struct codes;
struct diag_list;
struct kind_fields;
struct reader;
struct record;
struct schema_set;
struct tree;

/*
 * Reads and compiles schemas/<kind>.xsd of every kind. `codes` and `arena` must
 * live as long as the set. False, with all faults of all schemas reported, if
 * one cannot be used; nothing is open then.
 */
bool schema_set_open(struct arena *arena, const struct reader *reader,
    const struct codes *codes, struct schema_set **set,
    struct diag_list *diags) __attribute__((warn_unused_result));

/*
 * The same of schemas in which no fault was found before: each is read when it
 * is first asked for. `reader` and `diags`, to which is added what goes wrong
 * then, must live as long as the set.
 */
void schema_set_open_known(struct arena *arena, const struct reader *reader,
    const struct codes *codes, struct schema_set **set,
    struct diag_list *diags);
/* Reads what has not been asked for yet, as before workers fork. */
void schema_set_complete(struct schema_set *set);

/* Releases what libxml2 holds; NULL is allowed. Fields stay in their arena. */
void schema_set_close(struct schema_set *set);

const struct kind_fields *schema_fields(const struct schema_set *set,
    enum kind kind);
const struct codes *schema_codes(const struct schema_set *set);

/*
 * Holds `record` and its tree (tree_build with the fields of its kind) against
 * the schema of its kind. The tree is as before afterwards. Not reentrant: one
 * validation at a time in a process.
 */
bool schema_validate(struct schema_set *set, const struct record *record,
    struct tree *tree, struct diag_list *diags)
    __attribute__((warn_unused_result));

#endif
