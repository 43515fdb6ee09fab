/* SPDX-License-Identifier: MIT */
/*
 * A record as an XML tree, which schemas validate and rules query: the root is
 * named after the kind and has the attributes id, unit and path; each key is an
 * element, each entry of a list an element `item`; the raw Markdown is the last
 * child, `body`. Text is trimmed and otherwise as typed. Keys the kind does not
 * know are left out.
 *
 * The whole tree lies in the arena and dies with it: its nodes were never
 * libxml2's to free, so nobody calls xmlFreeDoc on it or changes it. Only files
 * of schema/ (and what they hand nodes to) know that a node is an xmlNode.
 */
#ifndef SCHEMA_TREE_H
#define SCHEMA_TREE_H

#include "base/diag.h"
#include "base/str.h"

#include <stddef.h>
#include <stdint.h>

struct arena;
struct field;
struct kind_fields;
struct record;
struct tree;
struct value;

/* What xmlNode._private of each element (and of its text) points to. */
struct tree_place {
	uint32_t line, column;		/* where to complain about it */
	uint32_t index;			/* in its list, from 1; else 0 */
	const struct value *value;	/* NULL for the body */
	const struct field *field;	/* NULL for the body */
};

/* The tree of `record`; needs the record to live as long as `arena`. */
struct tree *tree_build(struct arena *arena, const struct record *record,
    const struct kind_fields *fields);

const struct record *tree_record(const struct tree *tree);

/* The xmlDoc, for files of schema/. */
void *tree_document(const struct tree *tree);

/* Where an xmlNode (element, text or attribute) of the tree was written. */
struct mark tree_mark(const struct tree *tree, const void *node);

/*
 * The same for the character `offset` (from 0) of the node's string value:
 * exact in bodies, block scalars and scalars on one line; for text folded over
 * several lines the line is that of its beginning.
 */
struct mark tree_mark_at(const struct tree *tree, const void *node,
    size_t offset);

/*
 * The path of a node for people, in `arena`: "people[2].unit", items counted
 * from 1; empty for the root.
 */
struct str tree_path(struct arena *arena, const struct tree *tree,
    const void *node);

#endif
