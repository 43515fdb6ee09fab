/* SPDX-License-Identifier: MIT */
/*
 * A record: what one file of content/ says. `data` and every view live in the
 * arena in which the record was read or unpacked (the body may be a view of the
 * file's bytes, which the reader keeps in the same arena).
 *
 * Packed, a record is a run of bytes that travels from a worker to its parent
 * and rests in the catalogue. Marks travel with it; the body does not, only
 * where in the file it stands. Unpacking trusts nothing: bytes that were cut,
 * damaged or written by another version give false, never a fault.
 */
#ifndef MODEL_RECORD_H
#define MODEL_RECORD_H

#include "base/diag.h"
#include "base/str.h"
#include "model/frontmatter.h"
#include "model/kind.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct buf;
struct value;

struct record {
	enum kind kind;
	struct str id, unit, path;	/* unit: empty for kinds without one */
	struct value *data;		/* a VALUE_MAP */
	struct str body;		/* line feeds only; empty if unpacked */
	uint32_t body_line;		/* of its first line, from 1 */
	size_t body_offset, body_size;	/* in the bytes of the file */
};

/*
 * The record in `bytes`, the file at `path`, which must be the path of a record
 * (PATH_RECORD), of the registry ("content/…") or of the private folder.
 * `bytes` must live as long as `arena`.
 */
bool record_parse(struct arena *arena, struct str path, struct str bytes,
    const struct frontmatter_limits *limits, struct record *record,
    struct diag_list *diags) __attribute__((warn_unused_result));

/* The place of a value of the record; of the record's first line for NULL. */
struct mark record_mark(const struct record *record,
    const struct value *value);

/* Appends the packed record. */
void record_pack(const struct record *record, struct buf *packed);

/*
 * The record packed in `bytes`, copied into `arena`. False, `record` untouched,
 * if they are no packed record.
 */
bool record_unpack(struct arena *arena, struct str bytes,
    struct record *record) __attribute__((warn_unused_result));

#endif
