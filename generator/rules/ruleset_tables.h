/* SPDX-License-Identifier: MIT */
/* What ruleset.c and ruleset_tables.c share; included by them alone. */
#ifndef RULES_RULESET_TABLES_H
#define RULES_RULESET_TABLES_H

#include "base/map.h"
#include "rules/calendar.h"
#include "rules/functions.h"
#include "rules/profile.h"
#include "rules/ruleset.h"

#include <stdbool.h>
#include <stddef.h>

/* What a value in messages means. */
struct rule_placeholder {
	struct str rule;		/* or assert; empty: of all */
	struct str select;		/* XPath */
	struct str text[LANG_COUNT];	/* "": nothing by itself */
};

struct ruleset {
	struct arena *arena;
	const struct codes *codes;
	struct calendar calendar;
	struct profile profile;
	struct schematron *schematron;
	struct kept_records kept;
	struct rule_document *documents;
	size_t document_count;
	struct rule_entry *rules;
	size_t rule_count;
	struct rule_difference *differences;
	size_t difference_count;
	struct rule_placeholder *placeholders;
	size_t placeholder_count;
	struct map by_id;	/* struct rule_entry, by id in capitals; asserts
				 * too */
};

/* Reads documents.csv and catalogue.csv, all faults in one run. */
bool ruleset_read_tables(struct ruleset *ruleset, const struct reader *reader,
    struct diag_list *diags);

bool ruleset_read_placeholders(struct ruleset *ruleset,
    const struct reader *reader, struct diag_list *diags);

/* Hands the asserts of the rule files to the rules that they belong to. */
bool ruleset_link_asserts(struct ruleset *ruleset, struct diag_list *diags);

#endif
