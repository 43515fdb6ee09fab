/* SPDX-License-Identifier: MIT */
/* How two bodies differ, paragraph by paragraph. */
#ifndef COMMANDS_REVIEW_PARAGRAPHS_H
#define COMMANDS_REVIEW_PARAGRAPHS_H

#include "base/str.h"

struct arena;
struct vec;

/* Appends the edits (struct edit), which are views of the bodies. */
void paragraphs_compare(struct arena *arena, struct str old, struct str now,
    struct vec *edits);

#endif
