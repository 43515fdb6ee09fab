/* SPDX-License-Identifier: MIT */
/*
 * What workers tell their parent, and what the catalogue keeps of a record, as
 * bytes: numbers in the machine's order and length-prefixed text. It
 * never leaves the machine. Reading checks every length: bytes may be damaged.
 */
#ifndef BASE_PACK_H
#define BASE_PACK_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct buf;
struct diag_list;

void pack_number(struct buf *buf, uint32_t number);
void pack_long(struct buf *buf, uint64_t number);
void pack_str(struct buf *buf, struct str s);

/* Takes a number or text off the front of `*bytes`; text is a view into it.
 * False, and nothing taken, when there is too little. */
bool unpack_number(struct str *bytes, uint32_t *number);
bool unpack_long(struct str *bytes, uint64_t *number);
bool unpack_str(struct str *bytes, struct str *s);

/* All diagnostics of a list, and back (added to `diags`). */
void pack_diags(struct buf *buf, const struct diag_list *diags);
bool unpack_diags(struct str *bytes, struct diag_list *diags);

#endif
