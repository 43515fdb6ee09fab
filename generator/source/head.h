/* SPDX-License-Identifier: MIT */
/* Whether a folder of this machine has what its commit has: by the names that
 * git gives the bytes of files, without its index. */
#ifndef SOURCE_HEAD_H
#define SOURCE_HEAD_H

#include "base/str.h"

struct source;
struct vec;

/* HEAD_UNKNOWN: nothing is checked out, git cannot tell, or something is there
 * that is no file or has no name yet; then source_is_clean() finds out. */
enum head_state { HEAD_UNKNOWN, HEAD_SAME, HEAD_OTHER };

/*
 * Holds `entries`, all there is below the `count` folders (struct source_entry
 * in path order, folders in the order of their names), against the commit
 * checked out. What is hidden is not looked at, as everywhere.
 */
enum head_state head_compare(const struct source *source,
    const struct str *folders, size_t count, const struct vec *entries);

#endif
