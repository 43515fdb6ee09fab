/* SPDX-License-Identifier: MIT */
/*
 * What became of one file from one tree to another, as `git diff --raw -M`
 * says it. A list of changes is in the byte order of their paths (a rename at
 * its new one); difference.h makes them, rename.h pairs them.
 */
#ifndef SOURCE_CHANGE_H
#define SOURCE_CHANGE_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

enum change_kind {
	CHANGE_ADDED,
	CHANGE_DELETED,
	CHANGE_MODIFIED,	/* its bytes, or whether it may be executed */
	CHANGE_TYPE,		/* a file became a link, or back */
	CHANGE_RENAMED
};

/* git's modes, as trees have them. */
enum {
	MODE_FILE = 0100644,
	MODE_EXECUTABLE = 0100755,
	MODE_LINK = 0120000,
	MODE_SUBMODULE = 0160000,
	MODE_FOLDER = 0040000	/* one too deep to be gone into */
};

enum { OBJECT_SIZE = 20 };

struct change {
	enum change_kind kind;
	unsigned similarity;		/* of a rename: 0 to SIMILARITY_WHOLE */
	struct str path;
	struct str old_path;		/* of a rename; else as path */
	uint32_t old_mode, mode;	/* 0: there was, or is, none */
	unsigned char old_object[OBJECT_SIZE], object[OBJECT_SIZE];
};

/* 'A', 'D', 'M', 'T', 'R': git's letter. */
char change_letter(const struct change *change);

#endif
