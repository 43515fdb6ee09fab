/* SPDX-License-Identifier: MIT */
/*
 * Pages that are shown ahead of the build that will write them, and which page
 * has been what it is since when: a page that was shown ahead, and that the
 * build then wrote the same, need not be loaded again. And which pages people
 * look at.
 */
#ifndef COMMANDS_SERVE_SHOWN_H
#define COMMANDS_SERVE_SHOWN_H

#include "base/buf.h"
#include "base/str.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stdint.h>

/* Pages below a site's folder, as "a/b/index.html". */
struct shown_page {
	struct buf path, bytes;
	uint64_t generation;	/* since when it has been what it is */
	bool is_ahead;		/* bytes go out in place of the file */
	bool is_building;	/* a build is at what it was made from */
};

enum { SHOWN_VIEWS = 8 };

struct shown {
	struct vec pages;	/* struct shown_page */
	uint64_t built;		/* generation of the last build */
	struct shown_view {
		struct buf path;
		int64_t when;	/* milliseconds */
	} views[SHOWN_VIEWS];	/* last first */
};

void shown_init(struct shown *shown, uint64_t generation);
void shown_dispose(struct shown *shown);

/* Shows a page ahead, in the place of what was shown of it before. */
void shown_put(struct shown *shown, struct str path, struct str bytes,
    uint64_t generation);
/* What goes out in place of the file; false where that is right. */
bool shown_find(const struct shown *shown, struct str path,
    struct str *bytes);

/* A build begins, with all edits that were shown; and it has ended, and what
 * is in `folder` is of that generation. */
void shown_build_begins(struct shown *shown);
void shown_build_ended(struct shown *shown, struct str folder,
    uint64_t generation);

/* Whether a page is as it was in a generation. */
bool shown_is_current(const struct shown *shown, struct str path,
    uint64_t generation);

/* Somebody views the page; and the pages that were viewed since then, the last
 * of all in any case, as paths (struct str) that live until the next view. */
void shown_view(struct shown *shown, struct str path, int64_t now);
void shown_views(const struct shown *shown, int64_t since,
    struct vec *paths);

#endif
