/* SPDX-License-Identifier: MIT */
/*
 * The private folder (`--private DIR`): experts, their credit, panels and
 * sanctions, judged beside the registry by the same schemas and rules.
 *
 * Nothing of it may reach the public site, and nothing can: its records are in
 * a catalogue of their own, kept in that folder, which pages of the public site
 * are never handed. What is found in it goes to the terminal and the internal
 * site. The registry's catalogue, verdicts and withheld records are the same
 * with and without it.
 *
 * overlay_open() comes after pipeline_open(), overlay_judge() after
 * pipeline_judge(); neither it nor the pipeline may move in between.
 */
#ifndef PIPELINE_OVERLAY_H
#define PIPELINE_OVERLAY_H

#include "base/diag.h"
#include "pipeline/pipeline.h"

#include <stdbool.h>

struct source;

struct overlay {
	struct pipeline pipeline;	/* its own, beside the registry's */
	struct str folder;		/* as asked for; empty: none */
	struct diag_list diags;		/* paths are below the folder */
};

/* Whether git keeps `folder` out of what is published with the registry; false
 * with a diagnostic. */
bool overlay_is_apart(const struct source *registry, struct str folder,
    struct diag_list *diags);

/*
 * Opens the folder that `--private` named; `folder` NULL: there is none, and
 * the other functions do nothing. False with a diagnostic, in those of
 * `registry`, for a folder that is no private one, or that git would publish
 * with the registry.
 */
bool overlay_open(struct overlay *overlay, struct pipeline *registry,
    struct str folder);
void overlay_close(struct overlay *overlay);

/* Reads and judges it. False when the machine failed. */
bool overlay_judge(struct overlay *overlay);

/*
 * Adds what was found to `diags`, each at its path from the current folder.
 * Last of all: what follows from the registry's own diagnostics has to have
 * followed.
 */
void overlay_tell(const struct overlay *overlay, struct diag_list *diags);

/* Where `path`, below the folder, is from the current one. */
struct str overlay_path(const struct overlay *overlay, struct arena *arena,
    struct str path);

#endif
