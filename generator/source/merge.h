/* SPDX-License-Identifier: MIT */
/*
 * The tree that merging one commit into another gives, as `git merge` would
 * make it, without writing anything to the repository: new objects stay in
 * memory, where the handle of the repository finds them like all others.
 * Processes forked from this one find them too; another handle does not.
 *
 * A proposal mostly changes a few files that nobody else has touched, so trees
 * are compared first, from the top and only where they differ. libgit2's merge,
 * which reads every name of three trees, is asked only where both sides have
 * changed the same file, or one has moved it.
 */
#ifndef SOURCE_MERGE_H
#define SOURCE_MERGE_H

#include <stdbool.h>

struct diag_list;
struct git_oid;
struct git_repository;

/*
 * The tree of `head` merged into `base`. False with a diagnostic for each path
 * in conflict, for commits without a common ancestor, and when git fails.
 */
bool merge_commits(struct git_repository *repository,
    const struct git_oid *base, const struct git_oid *head,
    struct git_oid *tree, struct diag_list *diags);

#endif
