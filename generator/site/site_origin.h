/* SPDX-License-Identifier: MIT */
/* Where a record of a site is in the repository, and what its file is. */
#ifndef SITE_SITE_ORIGIN_H
#define SITE_SITE_ORIGIN_H

#include <stdbool.h>

struct arena;
struct diag_list;
struct record;
struct record_origin;

/* As struct origins wants it; the context is the pipeline. */
bool site_origin(void *context, const struct record *record,
    struct arena *arena, struct record_origin *origin,
    struct diag_list *diags);

#endif
