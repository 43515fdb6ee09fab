/* SPDX-License-Identifier: MIT */
/*
 * What an editor needs to know of a proposal before merging it, worked out once
 * and then told as Markdown (review_markdown.c) or JSON (review_json.c).
 *
 * Everything lives in the arena of the invocation. The pipeline has judged the
 * merged registry by the rules of the base and stays open meanwhile.
 */
#ifndef COMMANDS_REVIEW_H
#define COMMANDS_REVIEW_H

#include "base/diag.h"
#include "base/lang.h"
#include "base/map.h"
#include "base/str.h"
#include "base/vec.h"
#include "commands/authorship.h"
#include "commands/review_edits.h"
#include "model/record.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct buf;
struct invocation;
struct pipeline;
struct rule_entry;
struct sheet;

enum review_change { REVIEW_ADDED, REVIEW_CHANGED, REVIEW_MOVED,
	REVIEW_REMOVED, REVIEW_CHANGE_COUNT };

/* The same number, title or registration in another record. */
struct review_claim {
	struct str kind, written;	/* kind: as struct claim */
	uint32_t line;
	struct str other_id, other_path, other_written;
	uint32_t other_line;
};

/* A review in the dossier that was given for another text than the present. */
struct review_stale {
	struct str label[LANG_COUNT];	/* "保密复核" */
	struct str date, by, of;	/* as the dossier has it; may be "" */
};

struct review_record {
	enum review_change change;
	enum kind kind;
	struct str id, path, old_path;	/* old_path: of REVIEW_MOVED */
	struct str title;		/* of the newer text; may be empty */
	bool is_readable;		/* both sides could be read */
	struct str received, account;	/* when by the server's receipts, and
					 * by whom; may be empty */
	struct str landed;		/* likewise; empty: not before this */
	struct vec edits;		/* struct edit */
	struct vec diags;		/* struct diagnostic, all severities */
	struct vec claims;		/* struct review_claim */
	struct vec stale;		/* struct review_stale */
	struct vec attested;		/* const struct rule_entry * */
};

/* A file that is no record: an attachment, a rule, a template. */
struct review_file {
	struct str path;
	enum review_change change;
	bool is_policy;		/* below schemas/ or themes/ */
};

struct review {
	struct arena *arena;
	struct pipeline *pipeline;
	bool is_refusal;		/* it cannot be merged; nothing but
					 * `elsewhere` is known then, and base
					 * and head are as they were given */
	struct str base, head;		/* commits, 40 digits */
	struct str as_of;
	bool has_receipts;		/* the repository has some */
	struct vec records;		/* struct review_record */
	struct vec files;		/* struct review_file */
	struct vec of_files;		/* struct diagnostic: of those */
	struct vec elsewhere;		/* struct diagnostic: of what the
					 * proposal leaves alone */
	struct authorship authorship;	/* who made the commits */
	struct vec of_people;		/* struct diagnostic: of them */
	size_t counts[DIAG_FATAL + 1];	/* by severity, of all */
};

/* What judging has found: authorship_check()'s and range_report()'s, sorted. */
struct review_findings {
	struct authorship authorship;
	struct diag_list of_people, told;
};

/* Works it all out, and takes over the authorship. False when the machine
 * failed. */
bool review_make(struct review *review, const struct invocation *invocation,
    struct pipeline *pipeline, const struct review_findings *findings,
    struct diag_list *diags);
void review_dispose(struct review *review);

/* Whether nothing of what is found keeps the proposal from being merged. */
bool review_is_clean(const struct review *review);

void review_append_markdown(const struct review *review, enum lang lang,
    struct buf *out);
void review_append_json(const struct review *review, struct buf *out);

/* "added", "changed", "moved", "removed": stable, for machines. */
const char *review_change_name(enum review_change change);

/* -- for review_markdown.c ------------------------------------------------- */

/* The section on people; nothing where there are no commits. */
void review_append_people(const struct sheet *sheet);

/* When the server received a record, and took it in. */
void review_append_arrival(const struct sheet *sheet,
    const struct review_record *record);

/* -- for review.c ---------------------------------------------------------- */

/* Claims shared with others, reviews of another text, what people attest. */
void review_add_facts(struct review *review, struct review_record *record,
    const struct record *old, const struct record *now);

#endif
