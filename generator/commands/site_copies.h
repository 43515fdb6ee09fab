/* SPDX-License-Identifier: MIT */
/* Files that a site has as they are: those of its theme, and attachments. */
#ifndef COMMANDS_SITE_COPIES_H
#define COMMANDS_SITE_COPIES_H

#include "base/str.h"

#include <stdbool.h>

struct map;
struct pipeline;
struct theme;
struct vec;

struct site_copy {
	struct str from, to;	/* below the registry; below the site */
	bool is_internal;
};

/* Pushes (struct site_copy) the files of the theme, for both sites if there is
 * an internal one. */
bool site_copies_theme(struct pipeline *pipeline, const struct theme *theme,
    bool has_internal, struct vec *copies);

/* Pushes the attachments of achievements whose address is among `addresses`. */
void site_copies_attachments(struct pipeline *pipeline,
    const struct map *addresses, struct vec *copies);

#endif
