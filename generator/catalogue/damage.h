/* SPDX-License-Identifier: MIT */
/* A kept catalogue, or another cache, that is not what was written: found by
 * the sums of its pages (checked_file.h). */
#ifndef CATALOGUE_DAMAGE_H
#define CATALOGUE_DAMAGE_H

#include "base/str.h"

#include <stdbool.h>

struct catalogue;
struct diag_list;

/* It failed since the file is not what was written. Closing removes the file if
 * it was gone on with. */
bool catalogue_is_damaged(const struct catalogue *catalogue);
/* The same of a kept one if another process may have been the one to find out:
 * then all of it is read. */
bool catalogue_was_damaged(struct catalogue *catalogue);
/* The notice that a cache is damaged, and made anew. */
void catalogue_report_damage(struct str path, struct diag_list *diags);

#endif
