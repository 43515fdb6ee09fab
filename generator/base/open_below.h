/* SPDX-License-Identifier: MIT */
/*
 * Opening what stands below a folder by a path of several parts, such that no
 * symbolic link is followed on the way: neither one that a stranger put into
 * content/ nor one that somebody put into the output. Linux does that in one
 * call (openat2); where there is no such call, part after part.
 */
#ifndef BASE_OPEN_BELOW_H
#define BASE_OPEN_BELOW_H

#include "base/str.h"

#include <stdbool.h>

/*
 * Opens `path` (relative, parts joined by '/', none of them ".."; empty: the
 * folder itself) with `flags` and O_CLOEXEC. The caller closes the descriptor;
 * negative with errno set when it cannot be opened, ELOOP for a link.
 */
int open_below(int folder, struct str path, int flags);

/*
 * Opens the folder `path`, and makes it and those it stands in if missing.
 * `*made` says whether it is new, that is empty.
 */
int open_folder_below(int folder, struct str path, bool *made);

#endif
