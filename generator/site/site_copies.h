/* SPDX-License-Identifier: MIT */
/* Files that a site has almost as they are: those of its theme, and
 * attachments; see attachment.h. */
#ifndef SITE_SITE_COPIES_H
#define SITE_SITE_COPIES_H

#include "base/str.h"

#include <stdbool.h>

struct diag_list;
struct folder;
struct pipeline;
struct site;
struct site_log;
struct theme;
struct vec;

struct site_copy {
	struct str from, to;	/* below the registry; below the site */
	bool is_internal;
	bool is_attachment;	/* to be published as attachment.h says */
	bool is_lost;		/* could not be written */
};

/* Pushes (struct site_copy) the files of the theme, for both sites if there is
 * an internal one. */
bool site_copies_theme(struct pipeline *pipeline, const struct theme *theme,
    bool has_internal, struct vec *copies);

/* Pushes the attachments of achievements that the site has pages of. */
void site_copies_attachments(struct pipeline *pipeline,
    const struct site *site, struct vec *copies);

/* Writes one below `output`, in a worker, and notes it. False with a
 * diagnostic. */
bool site_copies_write(struct pipeline *pipeline,
    const struct site_copy *copy, const struct folder *output,
    struct site_log *log, struct diag_list *diags);

#endif
