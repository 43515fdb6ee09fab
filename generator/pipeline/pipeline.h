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
 *
 * If the catalogue that the last run has kept still fits, only what has changed
 * since, and what that reaches, is read and judged, and the catalogue is made
 * what a new one would be (pipeline_go_on.c). A proposal (--range) is judged in
 * the same way on top of its base's, which stays as it is (pipeline_resume.c).
 */
#ifndef PIPELINE_PIPELINE_H
#define PIPELINE_PIPELINE_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/lang.h"
#include "base/vec.h"
#include "model/codes.h"
#include "model/frontmatter.h"
#include "pipeline/dependencies.h"
#include "pipeline/progress.h"
#include "pipeline/registry.h"
#include "source/head.h"

#include <stdbool.h>
#include <stddef.h>

struct catalogue;
struct ruleset;
struct tally;
struct schema_set;
struct source_entry;

/* What to judge, and how. */
struct pipeline_request {
	struct registry_request registry;
	enum lang lang;			/* of progress */
	size_t jobs;			/* workers at once; 0: as many as
					 * processors */
	struct str profile;		/* schemas/profiles/NAME.csv; empty:
					 * the numbers in force */
	struct str phase;		/* rules of which; empty: all */
	bool quiet;			/* no progress */
};

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
	struct vec listed;		/* struct source_entry: all there is in
					 * content/; see pipeline_list() */
	bool is_listed, could_list;
	struct vec entries;		/* struct source_entry: content/; of a
					 * resumed one, what is read again */
	struct vec files;		/* view of all those; unless resumed */
	struct vec others;		/* struct source_entry: no files, below
					 * content/; and all of register/ */
	size_t file_count;		/* how many content/ has */
	struct str phase;		/* rules of which; empty: all */
	struct str site;		/* the bytes of content/site.yaml */
	struct str fingerprint;		/* of all that verdicts rest on but the
					 * records and the day; empty: see
					 * pipeline.c */
	struct catalogue *kept;		/* that of the base, untouched; NULL:
					 * none, or it is gone on with */
	size_t records;			/* read and understood */
	struct catalogue *catalogue;
	bool is_shared;			/* others read the catalogue's file */
	bool is_full;			/* nothing kept is to be used */
	bool leaves_found, has_left_found;	/* see found.h */
	bool is_torn;			/* when resumed: a file changed between
					 * two looks at it */
	enum head_state head;		/* see pipeline_is_clean() */
	bool is_resumed;		/* goes on with a kept catalogue */
	struct vec numbers;		/* uint32_t: of the records of entries,
					 * when resumed */
	struct dependencies dependencies;	/* of the record at hand */
	struct diag_list known;		/* when resumed: what had been wrong
					 * with files that are read again */
	const struct value *officers;	/* when resumed: those of the base */
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
    const struct pipeline_request *request, struct diag_list *diags);
/* The same in two steps: what is to be judged, and by what. */
bool pipeline_open_registry(struct pipeline *pipeline,
    const struct pipeline_request *request, struct diag_list *diags);
bool pipeline_open_policy(struct pipeline *pipeline,
    const struct pipeline_request *request);
/* Between the two: lists `listed`, and register/ as `others`, once. */
bool pipeline_list(struct pipeline *pipeline);
void pipeline_close(struct pipeline *pipeline);
/* Is done with the catalogue: another run may go on with it before the pipeline
 * is closed. */
void pipeline_leave(struct pipeline *pipeline);
/* Makes and frees the lists of one whose other parts its caller sets; see
 * overlay.c. */
void pipeline_prepare(struct pipeline *pipeline);
void pipeline_dispose(struct pipeline *pipeline);

/*
 * Reads, checks and judges. False only when the machine failed: faults of
 * content are in the diagnostics, and the catalogue says what is withheld.
 */
bool pipeline_judge(struct pipeline *pipeline);

/* The same ahead of a run, for pages that are wanted at once: only the files at
 * `paths` (struct str, in the arena) are taken to be otherwise than in the kept
 * catalogue, which stays as it is; what they make of it is in the one at hand
 * alone. Not in a pipeline that was judged before. Refused where anything about
 * them is in error, or it is not known whether the tree is its commit's; stale:
 * files have come or gone since, or the kept, the day or commit is another. */
enum pipeline_ahead { AHEAD_JUDGED, AHEAD_REFUSED, AHEAD_STALE };
/* Before that: the kept catalogue, to be looked at; pipeline_leave() is done
 * with it. False where there is none that fits. */
bool pipeline_open_kept(struct pipeline *pipeline);
enum pipeline_ahead pipeline_judge_ahead(struct pipeline *pipeline,
    const struct vec *paths);

/* After something failed: the kept catalogue it went on with is damaged, so it
 * is to be done once more with `is_full`. Reads all of it. */
bool pipeline_was_damaged(struct pipeline *pipeline);

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

/* Whether content/ has that file; a record whose body asks rests on it. */
bool pipeline_has_file(struct pipeline *pipeline, struct str path);
bool pipeline_lists(const struct pipeline *pipeline, struct str path);

/* Whether what is read is what the commit of source_commit() has: always, if a
 * commit is read. False with a diagnostic when git cannot tell. */
bool pipeline_is_clean(struct pipeline *pipeline, bool *clean,
    struct diag_list *diags) __attribute__((warn_unused_result));

/* Where the catalogue is kept: in git's own folder, since files of the registry
 * come with commits of strangers; in .zheli/ where there is no repository. */
struct str pipeline_cache(const struct pipeline *pipeline);

#endif
