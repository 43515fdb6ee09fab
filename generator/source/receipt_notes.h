/* SPDX-License-Identifier: MIT */
/* The notes of receipts as a tree, for receipt.c and receipt_write.c. */
#ifndef SOURCE_RECEIPT_NOTES_H
#define SOURCE_RECEIPT_NOTES_H

#include <stdbool.h>

struct git_oid;
struct git_repository;
struct trees;

/* The tree of all notes, and the commit it is of; false when there are none. */
bool notes_tree(struct git_repository *repository, struct trees *trees,
    unsigned char *tree, struct git_oid *commit);

#endif
