/* SPDX-License-Identifier: MIT */
/*
 * Single public pages ahead of a build: what it will write for them, once some
 * records have been edited, without writing anything. What both rest on and
 * edits of records do not change is opened once, by a process that lives on;
 * for each edit it forks one that judges it (pipeline_judge_ahead()) and makes
 * the pages. Nothing is closed: it is there as long as that process.
 */
#ifndef SITE_PAGES_AHEAD_H
#define SITE_PAGES_AHEAD_H

#include "base/str.h"
#include "base/vec.h"
#include "pipeline/pipeline.h"
#include "site/building.h"

#include <stdbool.h>

struct buf;

struct pages_ahead {
	struct pipeline *pipeline;
	struct building building;
	struct str listed;	/* state of the catalogue that pages are listed
				 * by, see catalogue_state(); empty: none */
	struct vec reads;	/* struct catalogue_read: what that rests on */
};

/* Opens what pages are made from, and lists them as the kept catalogue has
 * them; the pipeline has its policy, and is not judged. False where there is
 * nothing to go on from. */
bool pages_ahead_open(struct pages_ahead *ahead, struct pipeline *pipeline);

/* In a process forked for it: judges the edit of the records at `paths` (struct
 * str). As pipeline_judge_ahead() says. */
enum pipeline_ahead pages_ahead_judge(struct pages_ahead *ahead,
    const struct vec *paths);

/*
 * After that: appends the page at `path` below the public site's folder, or
 * nothing. False where there is none, or it is not so simple: it tells of
 * other files, or something is wrong with it.
 */
bool pages_ahead_render(struct pages_ahead *ahead, struct str path,
    struct buf *out) __attribute__((warn_unused_result));

#endif
