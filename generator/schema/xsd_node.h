/* SPDX-License-Identifier: MIT */
/*
 * The nodes of an XSD document, for the files that read xsd_fields out of it. A
 * `node` is an xmlNode; texts are copied into reading->arena.
 */
#ifndef SCHEMA_XSD_NODE_H
#define SCHEMA_XSD_NODE_H

#include "base/diag.h"
#include "base/lang.h"
#include "base/map.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct codes;
struct field;

struct xsd_reading {
	struct arena *arena;
	struct str path;	/* of the kind's file */
	const struct codes *codes;
	struct map types;	/* nodes of named types */
	struct diag_list *diags;
};

/* Whether the node is an element of that name in XSD's namespace. */
bool xsd_is(const void *node, const char *name);

/* The first child of that name, or NULL. */
void *xsd_child(const void *node, const char *name);

/* An attribute, trimmed; empty when there is none. The second takes one of our
 * own namespace (z:). */
struct str xsd_attribute(const struct xsd_reading *r, const void *node,
    const char *name);
struct str xsd_own_attribute(const struct xsd_reading *r,
    const void *node, const char *name);

/* The xs:documentation of a node in one language. */
struct str xsd_documentation(const struct xsd_reading *r,
    const void *node, enum lang lang);

/* Whether `qname` is in XSD's namespace; `*local` follows its prefix. */
bool xsd_is_builtin(const void *node, struct str qname, struct str *local);

/* Where the node stands, in whichever file it came from. */
struct mark xsd_mark(const struct xsd_reading *r, const void *node);

/* Reports that the conventions are broken; returns false. */
bool xsd_fail(struct xsd_reading *r, const void *node, struct str name,
    struct str en, struct str zh);

/* xsd_types.c: sets the type and facets of a scalar. The node is an
 * xs:simpleType; the other takes the name of a type of XSD itself. */
bool xsd_simple_type(struct xsd_reading *r, const void *node,
    struct field *field);
bool xsd_builtin_type(struct str local, struct field *field);

/* The documentation of a type as field->type_text, unless it has one. */
void xsd_type_text(struct xsd_reading *r, const void *node,
    struct field *field);

#endif
