/* SPDX-License-Identifier: MIT */
/* Which pages of the sites stay as a former build has made them, and what
 * stands beside them. */
#ifndef SITE_SITES_KEPT_H
#define SITE_SITES_KEPT_H

#include <stdbool.h>

struct building;

/* Finds out which files are there, and sets `is_kept` of the pages that stay:
 * they count as built, and are in the log. False with a diagnostic when the
 * machine failed. */
bool sites_find_kept(struct building *building);

/* Once all else is written: brings up to date what stands in the folder of one
 * of the sites. False with a diagnostic when it cannot be read. */
bool sites_look_again(struct building *building, bool is_internal);

#endif
