/* SPDX-License-Identifier: MIT */
/*
 * The commits of a proposal: what each has changed by its own doing, what is
 * signed, and what its author and committer say of themselves.
 *
 * Of an ordinary commit that is the difference to its parent, without renames:
 * to move a file is to remove it here and to add it there. Of a merge it is
 * what neither side would bring by itself: where one side has left a path as
 * it was at the merge base, the other side's is what merging gives, and
 * nobody's own doing, nor is the text that both sides' changes give without
 * conflict; anything else is, taking the older of two texts too. Of a merge
 * of three and more it is all that differs from the first parent.
 */
#ifndef SOURCE_PROPOSAL_H
#define SOURCE_PROPOSAL_H

#include "base/str.h"
#include "source/change.h"

#include <stdbool.h>

struct arena;
struct diag_list;
struct keyring;
struct receipt;
struct source;
struct vec;

/* More commits than this, or more changed entries in one or all, are refused:
 * nobody could review them, and a few objects can stand for endlessly many. */
enum { PROPOSAL_COMMITS = 10000, PROPOSAL_ENTRIES = 1000000 };

struct proposal_commit {
	unsigned char id[OBJECT_SIZE];
	struct str author, committer;	/* "Name <mail>", as they say */
	struct str text, signature;	/* what is signed, and by what */
};

struct proposal;

/* The commits (full ids) that `head` has and `base` has not; with an empty base
 * those that no reference has, as they come with a push. Lives in `arena`; NULL
 * with a diagnostic when they cannot be read or are too many. */
struct proposal *proposal_open(struct arena *arena,
    const struct source *source, struct str base, struct str head,
    struct diag_list *diags);
void proposal_close(struct proposal *proposal);

/* How many there are; number `index`, oldest first, its texts in `arena`. */
size_t proposal_count(const struct proposal *proposal);
bool proposal_commit(const struct proposal *proposal, size_t index,
    struct arena *arena, struct proposal_commit *commit,
    struct diag_list *diags) __attribute__((warn_unused_result));

/*
 * The first receipt noted on it, in `arena`; `*found` is false when there is
 * none, and when any is malformed, does not name it or is not signed by the
 * ring (NULL: receipts are not signed). False when the machine fails.
 */
bool proposal_receipt(struct proposal *proposal, size_t index,
    struct keyring *keyring, struct arena *arena, struct receipt *first,
    bool *found, struct diag_list *diags) __attribute__((warn_unused_result));

struct proposal_change {
	struct str path;	/* in the registry, if it is there; else in the
				 * repository */
	bool is_inside;
	bool is_plain;		/* what git shows at that path is what this
				 * is: no "..", no '/' inside a name */
};

/* What the commit has changed itself (struct proposal_change, in `arena`). */
bool proposal_changes(struct proposal *proposal, size_t index,
    struct arena *arena, struct vec *changes, struct diag_list *diags)
    __attribute__((warn_unused_result));

#endif
