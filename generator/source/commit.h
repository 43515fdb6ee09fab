/* SPDX-License-Identifier: MIT */
/*
 * The tree of one commit, read through libgit2. Only source.c calls it; the
 * types of libgit2 are named here but not shown.
 */
#ifndef SOURCE_COMMIT_H
#define SOURCE_COMMIT_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct commit;
struct diag_list;
struct git_oid;
struct git_repository;
struct source_entry;
struct vec;

/*
 * The commit that `rev` names, seen from the folder `prefix` (may be empty) of
 * its tree. NULL with a diagnostic when there is none.
 */
struct commit *commit_open(struct arena *arena,
    struct git_repository *repository, struct str rev, struct str prefix,
    struct diag_list *diags);
/*
 * The tree that merging the commit `head` into the commit `base` gives (see
 * merge.h). commit_id() is that of the head. It is read through the handle it
 * was made with, also by processes forked later, which need not reopen it.
 */
struct commit *commit_open_merge(struct arena *arena,
    struct git_repository *repository, struct str base, struct str head,
    struct str prefix, struct diag_list *diags);
void commit_close(struct commit *commit);
/* Looks the same tree up through another handle of the repository. */
bool commit_reopen(struct commit *commit, struct git_repository *repository);

const struct git_oid *commit_id(const struct commit *commit);

bool commit_is_merge(const struct commit *commit);
/*
 * What merging changes in the base, by path (struct source_change); nothing if
 * it was not opened as a merge.
 */
void commit_changes(const struct commit *commit, struct vec *changes);

/* As source_entries(), source_read(). */
bool commit_entries(struct commit *commit, struct str folder,
    struct arena *arena, struct vec *entries, struct diag_list *diags);
bool commit_read(struct commit *commit, const struct source_entry *entry,
    uint64_t limit, struct arena *arena, struct str *bytes, uint64_t *size,
    struct diag_list *diags);
/* False when no regular file has that path. */
bool commit_find(struct commit *commit, struct str path,
    struct source_entry *entry);

#endif
