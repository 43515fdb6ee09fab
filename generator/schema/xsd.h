/* SPDX-License-Identifier: MIT */
/*
 * The documents behind fields.h and schema.h, for schema/ alone. An XSD is read
 * from memory with all it includes put in its place, so that libxml2 itself
 * opens no file and no address, and is held to the conventions of fields.h.
 */
#ifndef SCHEMA_XSD_H
#define SCHEMA_XSD_H

#include "base/str.h"

#include <stdbool.h>

struct arena;
struct codes;
struct diag_list;
struct kind_fields;
struct reader;

/* An xmlDoc for xmlFreeDoc; paths for messages are kept in `arena`. NULL with
 * diagnostics when it cannot be had. */
void *xsd_open(struct arena *arena, const struct reader *reader,
    struct str path, struct diag_list *diags);

/* Reads the field model of fields->kind, which the caller has set, out of a
 * document of xsd_open. */
bool xsd_fields(struct arena *arena, void *document, const struct codes *codes,
    struct kind_fields *fields, struct diag_list *diags)
    __attribute__((warn_unused_result));

/*
 * Takes out what the walk over the fields sees to: how many there must be of
 * what (libxml2 does not look at what follows the first element too many), and
 * that a line is one line (the pattern ".+" costs more than all other checks of
 * a value together).
 */
void xsd_relax(void *document);

#endif
