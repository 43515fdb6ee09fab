/* SPDX-License-Identifier: MIT */
/* What all pages of a site share: theme, words, settings. */
#ifndef SITE_SITE_DATA_H
#define SITE_SITE_DATA_H

#include <stdbool.h>

struct pipeline;
struct site;

/* Opens templates and words of the theme and sets everything in `site` but the
 * catalogue, the pages and how bodies are read; and in `second`, where the
 * settings want a second language. */
bool site_data_open(struct pipeline *pipeline, struct site *site,
    struct site *second);

/* The same of what it says of the state of the registry, once that is another:
 * its commit, and whether the tree is that. */
bool site_data_renew(struct pipeline *pipeline, struct site *site);

#endif
