/* SPDX-License-Identifier: MIT */
/* Where links in bodies lead: from the registry's files to the site's pages. */
#ifndef PIPELINE_LINKS_H
#define PIPELINE_LINKS_H

#include "base/str.h"

struct arena;
struct markdown_options;
struct pipeline;
struct record;
struct site;

struct links {
	struct pipeline *pipeline;
	const struct record *record;
	/*
	 * That whose pages are linked to, while rendering: what it has no page
	 * of leads to its section instead. NULL while checking: a link to any
	 * file of the registry is right.
	 */
	const struct site *site;
	struct questions *questions;	/* takes down which were asked for */
	/* The folder that the page is in above its address, as "en/"; prose
	 * stands there where translation_home() says. */
	struct str folder;
};

/* Sets all options for the body of `record`; `links` must live as long. */
void links_options(struct links *links, struct pipeline *pipeline,
    const struct record *record, struct markdown_options *options);

/* "achievements/u/s/plot.png" of "content/achievements/u/s/plot.png",
 * "achievements/u/s/" of "content/achievements/u/s.md", "about/" of
 * "content/pages/about.md"; empty for what has no place on the site. */
struct str links_address(struct arena *arena, struct str path);

#endif
