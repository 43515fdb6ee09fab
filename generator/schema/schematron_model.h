/* SPDX-License-Identifier: MIT */
/*
 * Rules as they are after loading: what schematron_load*.c make and
 * schematron_run.c goes through. For schema/schematron*.c alone. All of it
 * lies in the set's arena but what libxml2 compiled, which the set keeps a list
 * of; libxml2's things are `void *` here, named in the comment beside them.
 */
#ifndef SCHEMA_SCHEMATRON_MODEL_H
#define SCHEMA_SCHEMATRON_MODEL_H

#include "base/date.h"
#include "base/diag.h"
#include "base/map.h"
#include "base/str.h"
#include "base/vec.h"
#include "schema/schematron.h"

#include <stdbool.h>
#include <stddef.h>

struct evaluation;

enum let_level { LET_SCHEMA, LET_PHASE, LET_PATTERN, LET_RULE };

/*
 * A let. What it can see, and what sees it, is a chain: each let knows the one
 * before it in its own level or the last of the level around. So an expression
 * carries its whole scope as one pointer, and no let can see itself.
 */
struct let {
	struct str name;
	struct xpath *value;
	enum let_level level;
	size_t slot;			/* of its value, see evaluation */
	const struct let *previous;
};

/* An expression with what it needs to be evaluated. */
struct xpath {
	void *compiled;			/* xmlXPathCompExpr */
	struct str text;
	const struct schema *schema;
	const struct let *scope;	/* the last let it sees */
};

/* A message: text with values in it. */
struct message_part {
	struct str text;		/* when `select` is NULL */
	struct xpath *select;
	bool is_name;			/* the name of the node, not its text */
};
struct message {
	struct message_part *parts;
	size_t count;
};

struct check {
	struct schematron_assert about;
	size_t number;			/* index among the set's asserts */
	bool is_report;
	struct date effective, expires;
	struct xpath *test;
	/* These may be NULL. */
	struct xpath *at, *due, *bare, *late, *on, *subject;
	struct message message[LANG_COUNT], hint[LANG_COUNT];
	struct check *next;
};

/* One step of a context: an element's name and what must hold of it. */
struct step {
	struct str name;
	struct xpath **predicates;
	size_t predicate_count;
};

/*
 * One alternative of a rule's context. Most are a plain path of names, matched
 * from the last name upwards at the elements of that name; the others are
 * selected from the root.
 */
struct context_path {
	size_t name;		/* number of the last name; 0: use `select` */
	bool is_absolute;	/* the first step is the root element */
	struct step *steps;
	size_t step_count;
	struct xpath *select;
	struct context_path *next;
};

struct rule {
	struct context_path *contexts;
	struct check *checks;
	const struct let *last_let;	/* of its own or around it */
	struct rule *next;
};

struct pattern {
	struct str id;
	struct rule *rules;
	const struct let *last_let;
	bool may_repeat;	/* a node may match more than once */
	struct pattern *next;
};

struct active {
	struct str id;
	struct mark mark;
	const struct pattern *pattern;
	struct active *next;
};

struct phase {
	struct str id;
	struct active *active;
	const struct let *last_let;	/* of its own; NULL: none */
	struct phase *next;
};

struct schema {
	struct str path, default_phase;
	enum lang lang;			/* of diagnostics that say none */
	void *context;			/* xmlXPathContext */
	struct pattern *patterns;
	struct phase *phases;
	const struct let *last_let;
	struct schema *next;
};

/* What an XPath literal says: false unless the text is a number or a quoted
 * text. */
bool schematron_literal(struct str text, struct str *value);

struct schematron {
	struct arena *arena;
	struct map function_names;	/* const struct rule_function * */
	struct schema *schemas, **schema_end;
	struct vec asserts;		/* struct check * */
	struct map assert_ids;		/* struct check */
	struct map names;		/* last names of contexts: size_t * */
	struct vec compiled;		/* xmlXPathCompExpr * */
	struct schematron_override *overrides;
	size_t override_count;
	size_t slot_count;
	struct evaluation *evaluation;
};

#endif
