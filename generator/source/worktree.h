/* SPDX-License-Identifier: MIT */
/* A registry as it lies in a folder. Only source.c calls it. */
#ifndef SOURCE_WORKTREE_H
#define SOURCE_WORKTREE_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct diag_list;
struct folder;
struct vec;

/* NULL with a diagnostic when the folder cannot be opened. */
struct folder *worktree_open(struct arena *arena, struct str path,
    struct diag_list *diags);
void worktree_close(struct folder *worktree);

/* As source_entries(), source_read(). Names that begin with '.' are left out:
 * editors and git keep their own files under such names. */
bool worktree_entries(const struct folder *worktree, struct str folder,
    struct arena *arena, struct vec *entries, struct diag_list *diags);
bool worktree_read(const struct folder *worktree, struct str path,
    uint64_t limit, struct arena *arena, struct str *bytes, uint64_t *size,
    struct diag_list *diags);
/* True when a regular file has that path and no link leads to it. False with a
 * diagnostic when that cannot be found out. */
bool worktree_has(const struct folder *worktree, struct str path,
    struct diag_list *diags);

#endif
