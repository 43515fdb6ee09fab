/* SPDX-License-Identifier: MIT */
/*
 * The functions that rule files call (prefix z, urn:zheli:rules). A run's
 * context is a `struct rule_context`; functions are pure in it.
 */
#ifndef RULES_FUNCTIONS_H
#define RULES_FUNCTIONS_H

#include "base/arena.h"
#include "base/date.h"
#include "base/str.h"
#include "base/vec.h"

#include <stddef.h>

struct calendar;
struct facts;
struct codes;
struct judgement;
struct rule_call;
struct rule_function;
struct rule_value;
struct ruleset;

/* Other records that were asked for, with their trees. */
struct other_records {
	struct arena *arena;
	struct vec items;	/* struct other_record */
};

/*
 * Units and the site, which every achievement is asked about, are kept from one
 * run to the next, as long as the answers come from the same place.
 */
struct kept_records {
	struct arena arena;
	struct other_records records;
	const struct facts *facts;
	const void *source;
};

void kept_records_init(struct kept_records *kept);
void kept_records_clear(struct kept_records *kept);
void kept_records_dispose(struct kept_records *kept);

struct rule_context {
	const struct judgement *judgement;
	const struct ruleset *ruleset;
	const struct calendar *calendar;	/* of the ruleset */
	const struct codes *codes;
	struct other_records others;	/* of this run */
	struct kept_records *kept;
};

/* Everything handed to it must outlive it. */
void rule_context_init(struct rule_context *context,
    const struct judgement *judgement, const struct ruleset *ruleset,
    const struct codes *codes, struct kept_records *kept);
void rule_context_dispose(struct rule_context *context);

/* Something that was asked of the day may be otherwise from `day` on; one that
 * has come already has nothing to change. */
void judgement_turns(const struct judgement *judgement, struct date day);

/* The tree of another record; NULL when there is none. Built once. */
const struct tree *rule_context_tree(struct rule_context *context,
    struct str kind, struct str id);

/* z:involved(what, …); see involved.c. */
void rule_call_involved(struct rule_call *call, struct rule_value *result);

/* The table of all functions. */
const struct rule_function *rule_functions(size_t *count);

#endif
