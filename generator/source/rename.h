/* SPDX-License-Identifier: MIT */
/*
 * Which of the files that went and came in one change are the same file under
 * another name. It is done as git does it (diffcore-rename.c, with its default
 * options), step by step, so that a history told by us is the one that
 * `git log --name-status` shows:
 *
 *   1. the same bytes, rather under the same file name;
 *   2. a file name that one gone and one come file have, and 75 % alike;
 *   3. of all others the most alike pairs, from 50 % on; left out when the
 *      pairs to compare are more than a million.
 *
 * Of a bulk move (a commit that .git-blame-ignore-revs names), what is still
 * left and alone with its file name on either side is paired unread.
 */
#ifndef SOURCE_RENAME_H
#define SOURCE_RENAME_H

#include <stdbool.h>

struct arena;
struct diag_list;
struct git_odb;
struct vec;

/* Files larger than this are paired by name or by the same bytes only; git
 * would read them into memory whole. */
enum { RENAME_FILE_MAX = 32 * 1024 * 1024 };

/*
 * Pairs the CHANGE_DELETED and CHANGE_ADDED of `changes` (struct change, by
 * path): each pair becomes one CHANGE_RENAMED in the place of the added one.
 * `scratch` is used up to the caller's reset. False with a diagnostic when
 * git cannot read a file.
 */
bool renames_find(struct git_odb *odb, struct arena *scratch, bool is_bulk,
    struct vec *changes, struct diag_list *diags)
    __attribute__((warn_unused_result));

#endif
