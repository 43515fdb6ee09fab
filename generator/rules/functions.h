/* SPDX-License-Identifier: MIT */
/*
 * The functions that rule files call (prefix z, urn:zheli:rules). A run's
 * context is a `struct rule_context`; functions are pure in it.
 */
#ifndef RULES_FUNCTIONS_H
#define RULES_FUNCTIONS_H

#include <stddef.h>

#include "base/str.h"
#include "base/vec.h"

struct calendar;
struct codes;
struct judgement;
struct rule_function;

struct rule_context {
	const struct judgement *judgement;
	const struct calendar *calendar;
	const struct codes *codes;
	struct vec others;	/* struct other_record: those asked for in this
				 * run, with their trees */
};

/* `judgement`, `calendar` and `codes` must outlive it. */
void rule_context_init(struct rule_context *context,
    const struct judgement *judgement, const struct calendar *calendar,
    const struct codes *codes);
void rule_context_dispose(struct rule_context *context);

/* The tree of another record; NULL when there is none. Built once in a run. */
const struct tree *rule_context_tree(struct rule_context *context,
    struct str kind, struct str id);

/* The table of all functions. */
const struct rule_function *rule_functions(size_t *count);

#endif
