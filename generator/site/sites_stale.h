/* SPDX-License-Identifier: MIT */
/* What stands in the folders of the sites beside what this build has made or
 * kept: compressed copies of it, and what a former build left. */
#ifndef SITE_SITES_STALE_H
#define SITE_SITES_STALE_H

#include <stdbool.h>

struct building;

/* Both once all files are written; false with a diagnostic when the machine
 * failed. Makes the copies of the public site, where they are wanted; */
bool sites_compress(struct building *building);
/* removes what this build neither wrote nor kept. */
bool sites_remove_stale(struct building *building);

#endif
