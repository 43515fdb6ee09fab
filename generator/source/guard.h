/* SPDX-License-Identifier: MIT */
/*
 * Loose objects that are cut off. libgit2 1.5 reads one for ever: it waits for
 * bytes that never come. So before it may read one it is looked at here whether
 * its stream has an end; one that has none is an object that cannot be read.
 */
#ifndef SOURCE_GUARD_H
#define SOURCE_GUARD_H

struct git_repository;

/* For this handle, which also sees what a push brings from here on. What is in
 * packs is not affected, nor are alternates. */
void guard_objects(struct git_repository *repository);

#endif
