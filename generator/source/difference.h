/* SPDX-License-Identifier: MIT */
/*
 * What differs between two trees, as a list of changes: those of whole folders
 * that are alike are never looked into, so the cost is that of the difference.
 * Renames are found where the caller asks for them; see rename.h.
 */
#ifndef SOURCE_DIFFERENCE_H
#define SOURCE_DIFFERENCE_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct diag_list;
struct trees;
struct vec;

struct difference {
	struct trees *trees;
	struct arena *arena;	/* of the paths */
	struct vec *changes;	/* struct change, to which it adds */
	size_t limit;		/* entries looked at, at most */
	struct diag_list *diags;
};

/*
 * Adds what became of everything below `folder`. Trees are NULL where there is
 * none. Beyond SOURCE_DEPTH a folder is one change of mode MODE_FOLDER. False
 * with a diagnostic when a tree cannot be read or the limit is reached.
 */
bool difference_find(struct difference *difference,
    const unsigned char *old_tree, const unsigned char *tree,
    struct str folder) __attribute__((warn_unused_result));

#endif
