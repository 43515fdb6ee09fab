/* SPDX-License-Identifier: MIT */
/* What history.c and history_sides.c share. */
#ifndef SOURCE_HISTORY_INTERNAL_H
#define SOURCE_HISTORY_INTERNAL_H

#include "base/str.h"
#include "base/vec.h"
#include "source/change.h"
#include "source/history.h"
#include "source/object.h"

#include <stdbool.h>

struct history {
	struct arena *arena;
	struct git_repository *repository;
	struct trees trees;
	struct str repository_path;	/* git's folder */
	struct str cache;
	struct str prefix;		/* of the registry in the repository */
	struct str branch;		/* on the server */
	struct str basis;
	struct vec bulk;		/* ids (OBJECT_SIZE bytes), sorted */
	unsigned char tip[OBJECT_SIZE], shown[OBJECT_SIZE];
	bool has_receipts;		/* so who introduced what matters */
	bool is_reopened;		/* the handle is our own */
};

/* What differs in content/ between two trees of commits (NULL for none). */
bool history_difference(struct history *history, const unsigned char *old,
    const unsigned char *now, bool is_bulk, struct arena *arena,
    struct vec *changes, struct diag_list *diags);

#endif
