/* SPDX-License-Identifier: MIT */
/*
 * From a registry to verdicts, and from there to sites: the one place that
 * knows the order of the stages.
 *
 *   open    schemas, code lists, rules, settings; what files there are
 *   read    each file: syntax, shape, body           (workers) -> catalogue
 *   history when each file came                      (workers) -> catalogue
 *   check   references and claims across records     (catalogue)
 *   judge   each record against the rules            (workers) -> catalogue
 *   render  pages and other files of the sites       (workers), see sites.h
 *
 * A record with errors is withheld and the rest goes on. The pipeline must not
 * move while it is open.
 */
#ifndef COMMANDS_PIPELINE_H
#define COMMANDS_PIPELINE_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/map.h"
#include "base/vec.h"
#include "commands/command.h"
#include "commands/progress.h"
#include "commands/registry.h"
#include "model/codes.h"
#include "model/frontmatter.h"

#include <stdbool.h>
#include <stddef.h>

struct catalogue;
struct ruleset;
struct tally;
struct schema_set;

struct pipeline {
	struct arena *arena;		/* of the run */
	struct diag_list *diags;	/* everything found */
	enum lang lang;
	size_t jobs;
	struct progress progress;
	struct registry registry;
	struct codes codes;
	struct schema_set *schemas;
	struct ruleset *ruleset;
	const struct value *settings;	/* content/site.yaml; may be empty */
	struct frontmatter_limits limits;
	struct vec entries;		/* struct source_entry: content/ */
	struct map files;		/* their paths, for links */
	struct str phase;		/* rules of which; empty: all */
	size_t records;			/* read and understood */
	struct catalogue *catalogue;
	struct tally *tally;		/* what rules were about */
	const struct pipeline *beside;	/* of a private folder, see overlay.h:
					 * its registry's, judged; else NULL */
	struct arena scratch;		/* of a worker, emptied for each job */
};

/*
 * Opens everything and lists the files. False when the command cannot go on;
 * the pipeline is closed all the same by pipeline_close().
 */
bool pipeline_open(struct pipeline *pipeline,
    const struct invocation *invocation, bool quiet, struct diag_list *diags);
void pipeline_close(struct pipeline *pipeline);

/*
 * Reads, checks and judges. False only when the machine failed: faults of
 * content are in the diagnostics, and the catalogue says what is withheld.
 */
bool pipeline_judge(struct pipeline *pipeline);

/* Judges once more, by another set of rules; what it finds goes to `diags` and
 * changes nothing else. After pipeline_judge(); false as there. */
bool pipeline_judge_by(struct pipeline *pipeline, struct ruleset *ruleset,
    struct diag_list *diags);

/* Counts how many records stand under each rule; after pipeline_judge(). */
void stage_count(struct pipeline *pipeline);

/* Works out what the internal site reports; after pipeline_judge(), before
 * pages. False when the machine failed. */
bool stage_report(struct pipeline *pipeline);

/* Works out the lists of the public site; after pipeline_judge(), before pages.
 * False when the machine failed. */
bool stage_lists(struct pipeline *pipeline);

/* -- stages, for pipeline.c ----------------------------------------------- */

void stage_rules(struct pipeline *pipeline);
bool stage_read(struct pipeline *pipeline);
bool stage_history(struct pipeline *pipeline);
bool stage_judge(struct pipeline *pipeline);
/* Puts what stage_judge() took down, and what falls due without being any
 * record's fault, into the catalogue. */
void stage_tally(struct pipeline *pipeline);

#endif
