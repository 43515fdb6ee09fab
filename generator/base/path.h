/* SPDX-License-Identifier: MIT */
/* Paths as content, sites and git write them: relative, parts joined by '/'. */
#ifndef BASE_PATH_H
#define BASE_PATH_H

#include "base/str.h"

#include <stdbool.h>

struct arena;

/*
 * True for a relative path that stays below where it starts: no empty, "." or
 * ".." part, no NUL, control character or backslash. All a stranger's path has
 * to pass before anything is opened by it.
 */
bool path_is_safe(struct str path);

/* As people write it on a command line, without "./" in front and '/' behind;
 * empty for ".". */
struct str path_plain(struct str path);

/* `folder`/`name`; `name` alone when the folder is empty. */
struct str path_join(struct arena *arena, struct str folder, struct str name);
/* What stands before the last '/', or empty. */
struct str path_folder(struct str path);
/* What stands after the last '/'. */
struct str path_name(struct str path);
/* From the last '.' of the name on, in the case it was written: ".md". */
struct str path_extension(struct str path);

/*
 * `link` as seen from a file in `folder`, "." and ".." parts taken away;
 * STR_NONE when it leads out of the root.
 */
struct str path_resolve(struct arena *arena, struct str folder,
    struct str link);

#endif
