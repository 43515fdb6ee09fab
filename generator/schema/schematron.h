/* SPDX-License-Identifier: MIT */
/*
 * ISO Schematron (ISO/IEC 19757-3) over libxml2's XPath 1.0: rules that people
 * who own the policy can read and change. Of the standard: schema, ns, title,
 * p, let at every level, phase with active, pattern, abstract patterns (is-a,
 * param), rule, abstract rules (extends), assert, report, subject, value-of,
 * name, emph, span, dir, diagnostics, include. The query language is "xslt"
 * without keys; current() is there. Ours, in the namespace urn:zheli:rules:
 *
 *  z:rule       the rule of the catalogue that an assert belongs to (else its
 * id)
 *  z:effective, z:expires   first and last date of the records it applies to
 *  z:on         XPath of the date that decides whether it was in force, where
 *               that is not the record's: "date" of an acceptance
 *  z:status, z:binds        for people: in-force, draft …; whom it binds
 *  z:at         XPath of a number: where in the text of the node the fault is
 *  z:due        XPath of a date: by when what is asked for is due
 *  z:bare       the same as counted, before days off moved it: says that the
 *               day was counted by the calendar, which may not be announced yet
 *  z:late       XPath of a boolean: whether it is overdue once that day has
 *               passed; without it, it is
 *  z:part       of a diagnostic: "message" or "hint" (the default)
 *  z:waivable   "no": what it finds is never waived ("yes" is the default)
 *
 * The role is error, warning or notice; "off" for an assert that is asked only
 * where a profile gives it another one (see schematron_override()).
 * role, see and the z: attributes but z:at are inherited from rule and pattern.
 * An assert's own text is its message in Chinese; the English one is a
 * diagnostic with xml:lang="en" and z:part="message". Both must be there.
 *
 * Life cycle: schematron_open, schematron_load for each file,
 * then any number of schematron_run, schematron_close. Everything is compiled
 * when loaded, before workers fork; a worker runs the set it inherited. One run
 * at a time in a process.
 */
#ifndef SCHEMA_SCHEMATRON_H
#define SCHEMA_SCHEMATRON_H

#include "base/date.h"
#include "base/diag.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct reader;
struct rule_function;
struct schematron;
struct tree;

#define SCHEMATRON_NAMESPACE "http://purl.oclc.org/dsdl/schematron"
#define RULES_NAMESPACE "urn:zheli:rules"

/* A set without rules. `arena` and the table of functions (in the namespace
 * RULES_NAMESPACE) must live as long as it. */
struct schematron *schematron_open(struct arena *arena,
    const struct rule_function *functions, size_t function_count);

/* Releases what libxml2 holds; NULL is allowed. */
void schematron_close(struct schematron *set);

/* What can be changed from outside: the value of a let of a whole rule file,
 * or of an assert its role, status or see. */
enum schematron_part {
	SCHEMATRON_LET, SCHEMATRON_ROLE, SCHEMATRON_STATUS, SCHEMATRON_SEE
};

/* A change, and what it stands for. */
struct schematron_override {
	enum schematron_part part;
	struct str file;	/* of a let: the path of its rule file */
	struct str name;	/* of the let; id of the assert */
	struct str value;	/* as a role also "off": it is not asked */
	struct mark mark;	/* where it is written; its faults are there */
	struct str was;		/* set when the file is loaded */
	bool is_used;		/* the same */
};

/*
 * Changes what is loaded from now on. The array must live as long as the set;
 * schematron_check_overrides() reports, once all is loaded, what was not there
 * to change.
 */
void schematron_override(struct schematron *set,
    struct schematron_override *overrides, size_t count);
bool schematron_check_overrides(const struct schematron *set,
    struct diag_list *diags) __attribute__((warn_unused_result));

/*
 * Adds the rules of the file at `path`, and of what it includes, read through
 * `reader`. False, with every fault reported, if it cannot be used; then the
 * set is good for nothing but to load further files, for their faults, and
 * close.
 */
bool schematron_load(struct schematron *set, const struct reader *reader,
    struct str path, struct diag_list *diags)
    __attribute__((warn_unused_result));

/* What became of an assert in a run, by the nodes of its rule's context. */
enum schematron_outcome {
	SCHEMATRON_APPLIED = 1,	/* there was one, and it was in force */
	SCHEMATRON_FAILED = 2,	/* it was complained of */
	SCHEMATRON_EARLY = 4,	/* there was one, but not in force yet */
	SCHEMATRON_LATE = 8,	/* the same, no longer in force */
	SCHEMATRON_ABSENT = 16	/* a context is about such records, but there
				 * was none */
};

/* What a run is about. */
struct schematron_input {
	const struct tree *tree;
	/*
	 * The phase; empty or "#ALL" for all patterns. A file that has no
	 * phases takes part in each; one that has others sits it out.
	 * "#DEFAULT" is each file's own defaultPhase.
	 */
	struct str phase;
	struct date date;	/* the record's; asserts not in force then are
				 * skipped */
	/* Where the date is but that of asking: told of each day on which an
	 * assert comes in force or out of it. NULL: nobody asks. */
	void (*turns)(void *context, struct date day);
	void *context;		/* handed to the functions, and to that */
	struct arena *arena;	/* for results of functions; the caller empties
				 * it after the run */
	/* Of each assert, by its index: outcomes are or-ed into it. May be
	 * NULL. */
	unsigned char *outcomes;
};

/*
 * Holds a tree against the rules. An expression that fails is reported as an
 * error at its context node and the rest goes on.
 */
bool schematron_run(struct schematron *set,
    const struct schematron_input *input, struct diag_list *diags)
    __attribute__((warn_unused_result));

/* Whether any file has a phase of that name. */
bool schematron_has_phase(const struct schematron *set, struct str phase);

/*
 * Hands out name and value of each let of a whole rule file that is a plain
 * number or quoted text: the policy's parameters. They live as long as the set.
 */
void schematron_parameters(const struct schematron *set,
    void (*take)(void *context, struct str name, struct str value),
    void *context);

/* An assert or report, for people; its messages: schematron_words.h. */
struct schematron_assert {
	struct str id, rule;		/* "P-01a", "P-01" */
	struct mark mark;		/* in the rule file */
	enum diag_severity severity;
	bool is_off;			/* it is not asked; see role */
	bool is_unwaivable;
	struct str see, status, binds;	/* may be empty */
	struct str effective, expires;	/* dates or empty */
	struct str pattern;		/* title of the pattern, or empty */
	struct str context, test;	/* XPath */
};

/* In the order of loading. */
size_t schematron_assert_count(const struct schematron *set);
const struct schematron_assert *schematron_assert_at(
    const struct schematron *set, size_t index);

#endif
