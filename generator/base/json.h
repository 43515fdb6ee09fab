/* SPDX-License-Identifier: MIT */
/*
 * JSON (RFC 8259): reading a document into a value tree, and writing one.
 *
 * Read numbers stay text, as they were written, so nothing is rounded; true,
 * false and null are themselves. A name given twice is an error, and so is
 * nesting deeper than JSON_DEPTH_MAX. The first fault ends the reading.
 *
 * Written text is safe inside of HTML's <script> as well: '<' is escaped.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/str.h"

#include <stdbool.h>

struct arena;
struct buf;
struct diag_list;
struct value;

enum { JSON_DEPTH_MAX = 64 };

/*
 * Reads `text`, the file at `path`, into a tree in `arena`. The tree's text may
 * be views of `text`, which must live as long.
 */
bool json_parse(struct arena *arena, struct str path, struct str text,
    struct value **value, struct diag_list *diags)
    __attribute__((warn_unused_result));

/* Appends `text` in double quotes, escaped; bytes that are no UTF-8 become
 * U+FFFD. */
void json_append_text(struct buf *out, struct str text);

/* Appends the tree without white space; every scalar text becomes a string. */
void json_append(struct buf *out, const struct value *value);

#endif
