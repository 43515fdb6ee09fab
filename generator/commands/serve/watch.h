/* SPDX-License-Identifier: MIT */
/*
 * Notices when something below some folders changes (inotify), and which files
 * were written. Whenever folders come or go, or the kernel lost events,
 * everything is watched anew and counts as changed, so no change is missed
 * between a folder's coming and its being watched.
 */
#ifndef COMMANDS_SERVE_WATCH_H
#define COMMANDS_SERVE_WATCH_H

#include "base/arena.h"
#include "base/str.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stddef.h>

struct edits;

enum watch_result {
	WATCH_QUIET,
	WATCH_CHANGED,
	WATCH_FAILED		/* errno says why; nothing is watched */
};

struct watch {
	struct str root;		/* must stay valid, as must the names */
	const struct str *folders;	/* below the root; may be missing */
	size_t count;
	int descriptor;			/* to poll for input; -1: failed */
	int root_watch;
	struct vec watched;		/* struct str: paths of folders, by the
					 * kernel's numbers of them */
	struct arena arena;		/* of those paths */
};

/* Watches `count` folders below `root`. Changes from now on are noticed. */
enum watch_result watch_open(struct watch *watch, struct str root,
    const struct str *folders, size_t count);
void watch_close(struct watch *watch);

/* Takes all events there are, and notes in `edits` what they are about. */
enum watch_result watch_read(struct watch *watch, struct edits *edits);

/* Whether a file of that name is an editor's or git's own business. */
bool watch_ignores(struct str name);

#endif
