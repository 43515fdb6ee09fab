/* SPDX-License-Identifier: MIT */
/* What source.c and repository.c share; included by them alone. */
#ifndef SOURCE_SOURCE_INTERNAL_H
#define SOURCE_SOURCE_INTERNAL_H

#include "base/str.h"
#include "source/change.h"

#include <stdbool.h>

struct arena;
struct commit;
struct folder;
struct git_repository;

struct source {
	struct arena *arena;
	struct str folder;		/* absolute */
	struct git_repository *repository;	/* NULL: no repository */
	struct str prefix;		/* of the registry in the repository */
	unsigned char head[OBJECT_SIZE];	/* what is checked out, if … */
	bool has_head;
	struct folder *worktree;	/* NULL: a commit is read */
	struct commit *commit;		/* NULL: the folder is read */
	bool is_open;
};

#endif
