/* SPDX-License-Identifier: MIT */
/* The last stage: pages, attachments and the theme's files, into folders. */
#ifndef SITE_SITES_H
#define SITE_SITES_H

#include "base/str.h"
#include "site/compress.h"

#include <stdbool.h>
#include <stddef.h>

struct listing;
struct map;
struct overlay;
struct pipeline;
struct site_log;

struct sites_request {
	struct str output;	/* folder of the public site */
	struct str internal;	/* of the internal one; empty: none */
	const struct overlay *overlay;	/* judged; for `internal` alone */
	bool with_pdf;		/* documents as PDF, see documents.h */
	/* Or as if these had been made by this WeasyPrint, with these digests
	 * (char *) by their paths. NULL: see with_pdf. */
	const struct map *documents;
	struct str weasyprint;
	bool is_scratch;	/* the folders are for this build alone: nothing
				 * of it is kept for the next */
	struct str key;		/* signs the manifest; empty: nothing does */
	bool with_copies;	/* of the public site, see compress.h */
	/* What the folders had in them when last seen; NULL: not known. They
	 * are brought up to date. */
	struct listing *listed, *listed_internal;
};

struct sites_result {
	size_t files, changed, removed;	/* of both sites */
	struct compress_result copies;	/* not counted there */
};

/*
 * Writes the sites of a judged registry. Leaves come before what links to them,
 * removals last, so a reader never meets a link to what is not there. What was
 * written goes to `log`, whose paths are in the pipeline's arena. A folder
 * that holds anything but a site built by this program is not touched. False
 * when the machine failed; faults of single pages are in the diagnostics.
 */
bool sites_build(struct pipeline *pipeline, const struct sites_request *request,
    struct site_log *log, struct sites_result *result);

#endif
