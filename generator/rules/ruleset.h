/* SPDX-License-Identifier: MIT */
/*
 * The rules of a registry: the catalogue of all rules there are
 * (schemas/rules/catalogue.csv) with the documents they come from
 * (documents.csv), and those a program can check (schemas/rules/, files .sch)
 * with the calendar they count by (schemas/calendar/holidays.csv).
 *
 * Opened once, before workers fork; a worker judges with the set it inherited,
 * one record at a time. A waiver (`waivers` in the dossier) turns what one
 * rule finds in one achievement and its dossier into a notice that says so,
 * until its date has passed; what z:waivable="no" stands at is never waived.
 */
#ifndef RULES_RULESET_H
#define RULES_RULESET_H

#include "base/date.h"
#include "base/lang.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct calendar;
struct codes;
struct diag_list;
struct facts;
struct profile;
struct reader;
struct ruleset;
struct schema_set;
struct schematron;
struct schematron_assert;
struct tree;

/*
 * Reads and compiles everything; `arena` and `codes` must live as long as the
 * set. False, with every fault reported, if rules cannot be used; nothing is
 * open then and `*ruleset` is untouched.
 */
bool ruleset_open(struct arena *arena, const struct reader *reader,
    const struct codes *codes, struct ruleset **ruleset,
    struct diag_list *diags) __attribute__((warn_unused_result));

/* The same with a profile's changes (rules/profile.h); empty: none. */
bool ruleset_open_profile(struct arena *arena, const struct reader *reader,
    const struct codes *codes, struct str profile, struct ruleset **ruleset,
    struct diag_list *diags) __attribute__((warn_unused_result));

/* The profile it was opened with; without name or changes if none was. */
const struct profile *ruleset_profile(const struct ruleset *ruleset);

/* Releases what libxml2 holds; NULL is allowed. */
void ruleset_close(struct ruleset *ruleset);

/*
 * Units and the site are asked for once and kept while records are judged. To
 * be called when what facts answer has changed behind the same `struct facts`.
 */
void ruleset_forget(struct ruleset *ruleset);

/* A document that rules come from. */
struct rule_document {
	struct str code;	/* "Z", the `seed` of its rules */
	struct str title, short_title, number, date, in_force, expires;
	struct str status;	/* code of rule-status */
	struct str issuer, note;
};

/* A rule of the catalogue. Codes are of the lists in schemas/codes. */
struct rule_entry {
	struct str id;				/* "P-01" */
	const struct rule_document *document;
	struct str article;
	struct str text[LANG_COUNT];
	struct str status;			/* rule-status */
	struct str binds;			/* bound-parties */
	struct str parameter;
	struct str severity;			/* severities; may be empty */
	struct str check, check_also;		/* check-kinds; several */
	struct str treatment;			/* treatments */
	/* Addresses of the pages that show it, apart by spaces, from the root
	 * of the public site ("transfer/") or the internal one
	 * ("internal:due/"). */
	struct str pages;
	/* Who attests it and how, what is reported, or why it is outside. */
	struct str reason[LANG_COUNT];
	struct str quote;			/* of the document, may be "" */
	const struct schematron_assert **asserts;
	size_t assert_count;
	bool is_unwaivable;	/* an assert of it is */
};

/* In the order of the catalogue. */
size_t ruleset_count(const struct ruleset *ruleset);
const struct rule_entry *ruleset_at(const struct ruleset *ruleset,
    size_t index);

/* By id of a rule ("P-01") or of an assert of it ("P-01a"), in any case of
 * letters; NULL if there is none. */
const struct rule_entry *ruleset_find(const struct ruleset *ruleset,
    struct str id);

/* The document of that code, or NULL. */
const struct rule_document *ruleset_document(const struct ruleset *ruleset,
    struct str code);
size_t ruleset_document_count(const struct ruleset *ruleset);
const struct rule_document *ruleset_document_at(const struct ruleset *ruleset,
    size_t index);

/* All asserts, in the order of loading, and the rule of each. */
size_t ruleset_assert_count(const struct ruleset *ruleset);
const struct schematron_assert *ruleset_assert_at(
    const struct ruleset *ruleset, size_t index);
const struct rule_entry *ruleset_assert_rule(const struct ruleset *ruleset,
    size_t index);

/* What a draft says otherwise than the document that came of it
 * (differences.csv); quotes are empty where one of them says nothing. */
struct rule_difference {
	const struct rule_document *document, *final;
	struct str title[LANG_COUNT];
	struct str article, quote, text_en;
	struct str final_article, final_quote, final_en;
	struct str rules;	/* ids, apart by spaces; may be empty */
	struct str change;	/* names of the changes in the document's
				 * profile that judge by it; may be empty */
};
size_t ruleset_difference_count(const struct ruleset *ruleset);
const struct rule_difference *ruleset_difference_at(
    const struct ruleset *ruleset, size_t index);

const struct calendar *ruleset_calendar(const struct ruleset *ruleset);

/* The parameters of the rule files; see schematron_parameters(). */
void ruleset_parameters(const struct ruleset *ruleset,
    void (*take)(void *context, struct str name, struct str value),
    void *context);

/* Whether the rule files know that phase ("submit"). */
bool ruleset_has_phase(const struct ruleset *ruleset, struct str phase);

/* What a record is judged by. */
struct judgement {
	const struct tree *tree;
	const struct schema_set *schemas;	/* for trees of other records */
	const struct facts *facts;		/* may be NULL */
	struct date as_of;
	struct str phase;			/* empty: all rules */
	/* Of each assert, by its index: enum schematron_outcome are or-ed into
	 * it. May be NULL. */
	unsigned char *outcomes;
	/* The first later day on which the same records may be found otherwise:
	 * the caller sets DATE_LAST, what is asked brings it forward. */
	struct date *turn;
	/* For everything made on the way; the caller empties it afterwards.
	 * Not the arena of the diagnostics. */
	struct arena *scratch;
};

/*
 * Holds the record of the tree against the rules. Rules with dates apply by the
 * record's own date (`submitted`, or `date`), the as-of date where it has none.
 * Returns false iff it added an error; nothing is said twice for other records.
 */
bool ruleset_judge(struct ruleset *ruleset, const struct judgement *judgement,
    struct diag_list *diags) __attribute__((warn_unused_result));

/*
 * Asks the rules on `/registry`, which are about the registry as a whole: what
 * is to be done by a day without being any record's fault, such as handing in
 * before the tenth. What they say with z:due goes to `reminders` and concerns
 * lists of what falls due alone, the rest to `diags` like other findings, all
 * of it at content/site.yaml. The judgement's tree is not looked at.
 */
bool ruleset_remind(struct ruleset *ruleset,
    const struct judgement *judgement, struct diag_list *reminders,
    struct diag_list *diags) __attribute__((warn_unused_result));

#endif
