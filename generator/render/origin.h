/* SPDX-License-Identifier: MIT */
/* By what a reader finds a record of a site again in its repository. */
#ifndef RENDER_ORIGIN_H
#define RENDER_ORIGIN_H

#include "base/str.h"

#include <stdbool.h>

struct arena;
struct diag_list;
struct record;

struct record_origin {
	struct str path;	/* in the repository */
	struct str sha256;	/* of the file, 64 digits */
};

/* Who can tell. A worker may ask. */
struct origins {
	/* False with a diagnostic when the file cannot be read. */
	bool (*find)(void *context, const struct record *record,
	    struct arena *arena, struct record_origin *origin,
	    struct diag_list *diags);
	void *context;
};

#endif
