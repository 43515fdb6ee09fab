/* SPDX-License-Identifier: MIT */
/* Samples of fields as YAML, for hints and new records. */
#ifndef SCHEMA_SAMPLE_H
#define SCHEMA_SAMPLE_H

#include "base/str.h"

struct buf;
struct codes;
struct field;
struct value;

/* A scalar as YAML: plain where that reads the same in all its places (in flow
 * maps too), else in double quotes. */
void sample_scalar(struct str text, struct buf *out);

/* What a scalar field may look like: its example, a term of its code list, or
 * whatever its type allows. `codes` may be NULL. */
struct str sample_text(const struct field *field, const struct codes *codes);

/* The same for any field, on one line, as YAML; of maps the required fields. */
void sample_write(const struct field *field, const struct codes *codes,
    struct buf *out);

/* A value on one line, as YAML. */
void sample_value(const struct value *value, struct buf *out);

#endif
