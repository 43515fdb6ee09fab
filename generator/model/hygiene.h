/* SPDX-License-Identifier: MIT */
/*
 * What no file of content may hold, wherever in it: bytes that are no UTF-8,
 * control characters, characters that reorder the text around them, and line
 * breaks that editors and YAML count differently (a lone carriage return,
 * U+2028, U+2029).
 */
#ifndef MODEL_HYGIENE_H
#define MODEL_HYGIENE_H

#include "base/diag.h"
#include "base/str.h"

#include <stdbool.h>

struct arena;

/* Reports each fault at its line and column; past ten their number only. */
bool hygiene_check(struct str path, struct str bytes, struct diag_list *diags)
    __attribute__((warn_unused_result));

/* A copy with '_' for each fault, for reading on to find other faults. */
struct str hygiene_mend(struct arena *arena, struct str bytes);

/*
 * Checks a value that came out of escapes ("\u202e"), which the bytes do not
 * show; reports the first fault at `mark`.
 */
bool hygiene_check_value(struct str text, struct mark mark,
    struct diag_list *diags);

#endif
