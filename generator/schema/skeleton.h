/* SPDX-License-Identifier: MIT */
/*
 * The text of a new record, for `zheli new`: every field of its kind with its
 * documentation as comments; required ones open, with an example to replace,
 * optional ones commented out; terms of code lists named.
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
 * written instead of the example, optional or not. Comments are in `lang`.
 */
void skeleton_write(const struct kind_fields *fields,
    const struct codes *codes, const struct value *presets, enum lang lang,
    struct buf *out);

#endif
