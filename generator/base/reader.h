/* SPDX-License-Identifier: MIT */
/*
 * How the layers that do no input of their own (model, schema, rules, render)
 * get at files: through this small interface, which a working tree, a commit,
 * a folder or memory may stand behind. Paths use '/', are relative to whatever
 * the reader stands on, and never contain "..".
 */
#ifndef BASE_READER_H
#define BASE_READER_H

#include "base/str.h"

#include <stdbool.h>

struct arena;
struct diag_list;
struct vec;

struct reader {
	void *context;
	/*
	 * The bytes of a file, in `arena`. False with a diagnostic when it
	 * cannot be read; false without one when there is no such file.
	 */
	bool (*read)(void *context, struct str path, struct arena *arena,
	    struct str *bytes, struct diag_list *diags);
	/*
	 * Pushes the paths (struct str, below `folder`, folder included) of all
	 * regular files below `folder` onto `paths`, sorted by byte order.
	 * No files when there is no such folder.
	 */
	bool (*list)(void *context, struct str folder, struct arena *arena,
	    struct vec *paths, struct diag_list *diags);
};

#endif
