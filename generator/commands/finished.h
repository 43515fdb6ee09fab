/* SPDX-License-Identifier: MIT */
/*
 * A build that would do again what the last one did: it ends before anything is
 * opened, read or asked. Noted is, when a build has finished, under what it was
 * made (program, options, rules, day, commit, and what the file system says of
 * every file of the registry, its schemas and themes), what stands in the
 * folders of the sites (base/listing.h) and in the cache after it, and what it
 * told. As long as all of that is the same, the next build only tells it again;
 * else it need not list those folders.
 *
 * It is a file beside the kept catalogue. A file of the registry that was so
 * new that it could change again without showing it is read instead; where
 * there are many, or other files are as new, nothing is noted. What the file
 * system does not show is not noticed, as in the rest of what is kept.
 */
#ifndef COMMANDS_FINISHED_H
#define COMMANDS_FINISHED_H

#include "base/str.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stdio.h>

struct arena;
struct build_request;
struct diag_list;
struct listing;
struct pipeline;

struct finished {
	const struct build_request *request;
	struct arena *arena;
	struct str key;		/* under what it is made; empty: never noted */
	struct pipeline *pipeline;
	bool shows;
	struct vec recent;	/* struct str: files known by their bytes */
	struct vec contents;	/* struct str: names of those */
	struct str cache;	/* the folder of the note */
	struct str name;
	/* What stands in the folders of the sites, as far as it is known. */
	struct listing *output, *internal;
	FILE *told;		/* what this build tells; or NULL */
	FILE *note;		/* of the last build; or NULL */
	/* Of the note, once it was found to hold. */
	long told_at;		/* from there on it is what is told */
	int status;		/* to exit with */
};

/*
 * Whether a build into these folders would be the same again: between
 * pipeline_open_registry() and pipeline_open_policy(). It makes `*finished`
 * ready in any case. `shows`: standard error is a terminal.
 */
bool finished_holds(struct finished *finished, struct pipeline *pipeline,
    const struct build_request *request, bool shows);

/* Tells what the last build did, where that holds. False with a diagnostic when
 * it cannot be read any more. */
bool finished_tell_again(const struct finished *finished, FILE *out,
    struct diag_list *diags) __attribute__((warn_unused_result));

/* Before a build that has done everything tells what it did: what it writes
 * here is noted. It may be more than there is memory for, and so is told from
 * here. NULL if nothing will be noted. */
FILE *finished_tell(struct finished *finished);
/* Nothing will be noted after all. */
void finished_drop(struct finished *finished);

/* Before pipeline_close(): whether the files that are known by their bytes are
 * still the same; else nothing will be noted. */
void finished_look_again(struct finished *finished);

/* Notes what was told, if anything, with the `status`; after pipeline_close().
 * That it cannot be noted is no fault. */
void finished_note(const struct finished *finished, int status);
void finished_dispose(struct finished *finished);

#endif
