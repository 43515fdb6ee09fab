/* SPDX-License-Identifier: MIT */
/*
 * A profile: the numbers of another document in the place of those in force,
 * such as a superseded draft's, to judge by and to compare with. It is a table,
 * schemas/profiles/<name>.csv, a row for each change:
 *
 *  part      let, role or status
 *  name      of a let of a whole rule file, "projects:joint-ratio" (the file
 *            without .sch), or the id of an assert, "M-06"
 *  value     what it is instead: an XPath expression; error, warning, notice or
 *            off; a code of rule-status
 *  asserts   ids of asserts, apart by spaces, whose findings now rest on the
 *            document and article of this row; the assert itself does anyway
 *  document, article   where the profile has it from; a code of documents.csv
 *  was_document, was_article   what it stands for
 *  zh, en    what it is about
 *
 * The file's comments title-zh and title-en name the profile.
 */
#ifndef RULES_PROFILE_H
#define RULES_PROFILE_H

#include "base/lang.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct diag_list;
struct reader;
struct ruleset;
struct schematron_override;

/* A row. What it stands for is known when the rule files are loaded. */
struct profile_change {
	struct schematron_override *override;
	struct str name;	      /* "projects:joint-ratio", "M-06" */
	struct str asserts;		/* ids, apart by spaces */
	struct str document, article; /* a code; may be empty */
	struct str was_document, was_article;
	struct str text[LANG_COUNT];
};

struct profile {
	struct str name; /* "D"; empty: the rules in force */
	struct str title[LANG_COUNT];
	struct profile_change *changes;
	size_t change_count;
	struct schematron_override *overrides;
	size_t override_count;
};

/*
 * Reads the profile of that name, whose documents are those of `ruleset`. False
 * with every fault reported; a name that no profile has is the command's fault
 * (DIAG_NO_PROFILE).
 */
bool profile_load(struct arena *arena, const struct reader *reader,
    const struct ruleset *ruleset, struct str name, struct profile *profile,
    struct diag_list *diags) __attribute__((warn_unused_result));

/* What the program calls the part of a change, "let". */
struct str profile_part(const struct profile_change *change);

#endif
