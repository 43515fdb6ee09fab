/* SPDX-License-Identifier: MIT */
/* What all pages of a site share: theme, words, settings. */
#ifndef COMMANDS_SITE_DATA_H
#define COMMANDS_SITE_DATA_H

#include <stdbool.h>

struct pipeline;
struct site;

/* Opens templates and words of the theme and sets everything in `site` but the
 * catalogue, the pages and how bodies are read; and in `second`, where the
 * settings want a second language. */
bool site_data_open(struct pipeline *pipeline, struct site *site,
    struct site *second);

#endif
