/* SPDX-License-Identifier: MIT */
/* The catalogue of rules as people and programs read it, for rules.c. */
#ifndef COMMANDS_RULES_OUTPUT_H
#define COMMANDS_RULES_OUTPUT_H

#include "base/lang.h"

#include <stddef.h>

struct arena;
struct rule_entry;
struct rulebook;
struct value;

/* What is listed. */
struct rules_listing {
	struct arena *arena;
	enum lang lang;
	const struct rulebook *rulebook;
	const struct rule_entry **rules;	/* those asked for */
	size_t count;
	const struct value *counts;	/* rows of QUERY_rules, a row for every
					 * rule there is; NULL: not counted */
};

/* On standard output: a line each, a JSON list, CSV for spreadsheets. */
void rules_print_text(const struct rules_listing *listing);
void rules_print_json(const struct rules_listing *listing);
void rules_print_csv(const struct rules_listing *listing);

/* What a profile changes, and what its document says otherwise. */
void rules_print_comparison(const struct rules_listing *listing);
void rules_print_comparison_json(const struct rules_listing *listing);

#endif
