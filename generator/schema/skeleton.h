/* SPDX-License-Identifier: MIT */
/*
 * The text of a new record, for `zheli new` and `zheli draft`: every field of
 * its kind with its documentation as comments; required ones open, with an
 * example to replace, optional ones commented out; terms of code lists named.
 */
#ifndef SCHEMA_SKELETON_H
#define SCHEMA_SKELETON_H

#include "base/lang.h"

struct buf;
struct codes;
struct kind_fields;
struct value;

/*
 * Appends front matter and the beginning of a body (for the site: bare YAML).
 * `presets` is a map of the record's own form (NULL: none): what it holds is
 * written instead of the example, optional or not; lists of maps an item to a
 * few lines. Keys that no record has say more: "#name" is a note on the field
 * `name` of the same map, "#" one on the item of a list itself, "#off": "true"
 * comments an item out, "#body" is the body. Comments are in `lang`.
 */
void skeleton_write(const struct kind_fields *fields,
    const struct codes *codes, const struct value *presets, enum lang lang,
    struct buf *out);

#endif
