/* SPDX-License-Identifier: MIT */
/* Which files of a registry were written, as far as that is all there is to
 * tell of it. */
#ifndef COMMANDS_SERVE_EDITS_H
#define COMMANDS_SERVE_EDITS_H

#include "base/arena.h"
#include "base/map.h"
#include "base/str.h"

#include <stdbool.h>

struct edits {
	struct arena arena;
	struct map paths;	/* of records, below the registry */
	bool is_vague;		/* something else has changed as well, or more
				 * than EDITS_MAX of them */
};

/* Of more a build tells as soon as pages ahead of it. */
enum { EDITS_MAX = 100 };

void edits_init(struct edits *edits);
void edits_dispose(struct edits *edits);
void edits_clear(struct edits *edits);

/* A file that was written, or came or went; what is no record is not told
 * apart. */
void edits_add(struct edits *edits, struct str path);
/* All of `from` as well. */
void edits_join(struct edits *edits, const struct edits *from);

#endif
