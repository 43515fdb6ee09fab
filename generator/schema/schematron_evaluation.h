/* SPDX-License-Identifier: MIT */
/*
 * One run in progress: the tree, the values of lets as they come to be needed,
 * and the elements by name. There is one evaluation per set, made with it and
 * used again by every run, so that a run allocates next to nothing of its own.
 * For schema/schematron*.c alone.
 *
 * Values of lets are xmlXPathObjects: those of a rule are dropped when the next
 * node is looked at, the others at the end of the run.
 */
#ifndef SCHEMA_SCHEMATRON_EVALUATION_H
#define SCHEMA_SCHEMATRON_EVALUATION_H

#include "base/lang.h"
#include "base/str.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct let;
struct phase;
struct schema;
struct schematron;
struct schematron_input;
struct xpath;

/* An element in the list of those with its name. */
struct named_node {
	void *node;		/* xmlNode */
	size_t next;		/* index + 1 */
};

struct evaluation {
	const struct schematron *set;
	const struct schematron_input *input;
	void *document;		/* xmlDoc */
	struct str root;	/* name of its root element */
	void *node;		/* the rule's context: xmlNode */
	enum lang lang;
	const struct let *scope;	/* of the expression at work */
	const struct phase *phase;
	void **values;		/* xmlXPathObject by slot; NULL: not yet */
	size_t value_count;
	struct vec set_slots;	/* size_t: slots to clear after the run */
	struct vec rule_slots;	/* size_t: after the node */
	struct vec nodes;	/* struct named_node */
	size_t *first, *last;	/* by number of name: index + 1 into nodes */
	size_t name_count;
	struct vec matched;	/* void *: a hash table of the nodes that a rule
				 * of the pattern has had */
	size_t matched_count;
	struct vec selected;	/* void *: what a context selected */
	struct vec subjects;	/* void *: the subject of an assert */
	struct str fault;	/* why an expression failed; in input's arena */
};

void evaluation_dispose(struct evaluation *evaluation);

/* -- schematron_xpath.c -------------------------------------------------- */

/* An xmlXPathContext that knows the set's functions. */
void *xpath_context_open(struct schematron *set);
void xpath_context_close(void *context);
void xpath_context_bind(void *context, struct str prefix, struct str uri);

/*
 * Compiles into the set; NULL, with libxml2's reason in `*fault`, when `text`
 * is no XPath.
 */
struct xpath *xpath_compile(struct schematron *set,
    const struct schema *schema, struct str text, const struct let *scope,
    struct str *fault);

/* -- schematron_function.c ----------------------------------------------- */

/* Lets an xmlXPathContext find the set's functions, and current(). */
void xpath_register_functions(void *context, struct schematron *set);

/* -- schematron_xpath.c, in a run ---------------------------------------- */

/* Forgets the values of the slots in `slots`. */
void evaluation_clear(struct evaluation *evaluation, struct vec *slots);

/*
 * Evaluate at `node`. False, with the reason in `fault`, when the expression
 * cannot be evaluated (a function failed, a type does not fit).
 */
bool xpath_boolean(struct evaluation *evaluation, const struct xpath *xpath,
    void *node, bool *value);
bool xpath_number(struct evaluation *evaluation, const struct xpath *xpath,
    void *node, double *value);
/* In the arena of the run. With `is_name`, the name of the first node. */
bool xpath_text(struct evaluation *evaluation, const struct xpath *xpath,
    void *node, bool is_name, struct str *value);
/* Pushes the nodes, in document order, onto `nodes` (void *). */
bool xpath_nodes(struct evaluation *evaluation, const struct xpath *xpath,
    void *node, struct vec *nodes);
/* As the predicate of a step: a number means the place among like siblings. */
bool xpath_predicate(struct evaluation *evaluation, const struct xpath *xpath,
    void *node, bool *value);

/*
 * The text of an xmlXPathObject: of a node set, of its first node. A view of
 * what libxml2 has where that is in one piece, else in `arena`.
 */
struct str xpath_object_text(struct arena *arena, void *value);

/* -- schematron_match.c -------------------------------------------------- */

/* Lists the elements of the input's tree by name. */
void evaluation_index(struct evaluation *evaluation);

struct context_path;

/* Whether `path` is about records with the root element at hand. */
bool evaluation_is_about(const struct evaluation *evaluation,
    const struct context_path *path);

/*
 * Pushes the nodes that `path` matches onto evaluation->selected, in document
 * order; false when an expression in it failed.
 */
bool evaluation_select(struct evaluation *evaluation,
    const struct context_path *path);

/* True the first time it is asked about `node` since evaluation_forget(). */
bool evaluation_is_new(struct evaluation *evaluation, void *node);
void evaluation_forget(struct evaluation *evaluation);

#endif
