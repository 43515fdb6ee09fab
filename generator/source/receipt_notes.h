/* SPDX-License-Identifier: MIT */
/* The notes of receipts as a tree, for receipt.c and receipt_write.c. */
#ifndef SOURCE_RECEIPT_NOTES_H
#define SOURCE_RECEIPT_NOTES_H

#include "base/str.h"

#include <stdbool.h>

struct arena;
struct git_oid;
struct git_repository;
struct trees;

/* The tree of all notes, and the commit it is of: 1, or 0 when there are none,
 * or -1 when they cannot be read. */
int notes_tree(struct git_repository *repository, struct trees *trees,
    unsigned char *tree, struct git_oid *commit);

/* Where in that tree the note of a commit is, and the object it is; false when
 * it has none. */
bool notes_find(struct trees *trees, const unsigned char *notes,
    const unsigned char *commit, struct arena *arena, struct str *path,
    unsigned char *note);

/* The bytes of a note, at most RECEIPT_BYTES; false when they are gone. */
bool notes_read(struct trees *trees, const unsigned char *note,
    struct arena *arena, struct str *bytes);

#endif
