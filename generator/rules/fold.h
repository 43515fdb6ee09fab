/* SPDX-License-Identifier: MIT */
/*
 * Spellings of the same text made alike, for comparing and for identifiers:
 * what Chinese input methods vary without meaning anything by it. A part of
 * Unicode's NFKC, the part that occurs; letters keep their case.
 */
#ifndef RULES_FOLD_H
#define RULES_FOLD_H

#include "base/str.h"

struct arena;

/*
 * Full-width letters, digits and signs become ASCII, hyphens and dashes of all
 * kinds '-', spaces of all kinds ' ', Roman numerals letters, the dots between
 * parts of a name U+00B7; characters of no width vanish. In `arena`; `text`
 * itself if there is nothing to do.
 */
struct str fold_width(struct arena *arena, struct str text);

/* The same without any white space: names and titles to be compared. */
struct str fold_name(struct arena *arena, struct str text);

/* ASCII letters only; in `arena`. */
struct str fold_upper(struct arena *arena, struct str text);
struct str fold_lower(struct arena *arena, struct str text);

#endif
