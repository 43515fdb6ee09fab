/* SPDX-License-Identifier: MIT */
/*
 * The names of all that stands below a folder, kept from one run to the next: a
 * folder whose own times are what they were has the same names in it, and only
 * the others are read again, as with git's untracked cache. What is written
 * into a file that is there already makes no difference to any of it.
 */
#ifndef BASE_LISTING_H
#define BASE_LISTING_H

#include "base/str.h"

#include <stdbool.h>

struct arena;
struct buf;
struct diag_list;
struct folder;
struct listing;

/* One that knows nothing yet, in `arena`. */
struct listing *listing_new(struct arena *arena);

/* As bytes (base/pack.h) and back; NULL when they are damaged. Names are views
 * into the bytes. */
void listing_pack(const struct listing *listing, struct buf *out);
struct listing *listing_unpack(struct arena *arena, struct str *bytes);

/* Brings it up to date. False with a diagnostic when it cannot be read, or has
 * folders deeper than FOLDER_DEPTH_LIMIT in each other. */
bool listing_look(struct listing *listing, const struct folder *folder,
    struct diag_list *diags) __attribute__((warn_unused_result));

/* From now on nothing is known for certain of the folders on the way to a file
 * that was written or removed. */
void listing_doubt(struct listing *listing, struct str path);
/* The same as listing_look(), where it has been looked at before: at those
 * folders alone that were so new then that they could change once more without
 * showing it, or are in doubt. What others do in the rest meanwhile is not
 * seen, but listing_holds() is false from then on. */
bool listing_look_again(struct listing *listing, const struct folder *folder,
    struct diag_list *diags) __attribute__((warn_unused_result));

/* Whether all of it is as it was then, for certain. */
bool listing_holds(const struct listing *listing, const struct folder *folder);

/* Whether listing_holds() can ever tell so: false when a folder was so new that
 * it could change once more without showing it. */
bool listing_is_settled(const struct listing *listing);

/* Hands out the path of everything that is no folder, in no order, valid for
 * that call alone; until one is false, which is then the answer. */
typedef bool listing_take(void *context, struct str path);
bool listing_each(const struct listing *listing, listing_take *take,
    void *context);

#endif
