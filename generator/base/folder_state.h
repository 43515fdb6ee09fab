/* SPDX-License-Identifier: MIT */
/*
 * One number for all that a file system says of what stands below a folder:
 * names, sizes, times, inodes. As long as it stays the same nobody has added,
 * removed, renamed or written a file, but for one thing: a file that is written
 * twice within one step of the file system's clock may look the same both
 * times. So it tells too how new the newest of them is.
 */
#ifndef BASE_FOLDER_STATE_H
#define BASE_FOLDER_STATE_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct stat;

/* No site of ours has folders so deep in each other; of one that has nothing is
 * said. */
enum { FOLDER_DEPTH_LIMIT = 64 };

struct folder_state {
	uint64_t sum;
	struct timespec newest;	/* change of anything that is no folder */
};

/* The same number for one file or folder, by its name. */
uint64_t folder_state_of(struct str name, const struct stat *status);

/*
 * Whether nothing that changed at `newest` could change again from `since` on
 * and bear the same time: the clock that files are stamped by goes in steps.
 */
bool folder_state_is_settled(struct timespec newest, struct timespec since);
/* After this, whatever is written bears another time, but where the file system
 * knows no parts of a second. */
void folder_state_settle(void);

/*
 * Looks at everything below the opened folder, and adds it to `*state`, which
 * is zeroed before the first. Files whose names in the folder itself begin with
 * `but` (may be empty) are left out. False when it could not see all of it.
 */
bool folder_state_add(int descriptor, struct str but,
    struct folder_state *state);

#endif
