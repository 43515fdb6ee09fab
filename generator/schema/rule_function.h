/* SPDX-License-Identifier: MIT */
/*
 * Functions that rule files may call from XPath, written without libxml2: a
 * table of `struct rule_function` is handed to schematron_open(), and each call
 * gets its arguments as values of our own.
 *
 * Arguments: numbers and booleans stay what they are; text and node sets arrive
 * as text (of a node set, the text of its first node; empty for none). All text
 * is valid until the call returns.
 */
#ifndef SCHEMA_RULE_FUNCTION_H
#define SCHEMA_RULE_FUNCTION_H

#include "base/lang.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct tree;

enum rule_value_kind { RULE_TEXT, RULE_NUMBER, RULE_BOOLEAN, RULE_TREE };

struct rule_value {
	enum rule_value_kind kind;
	struct str text;		/* of an argument: of any kind */
	double number;			/* of a RULE_NUMBER */
	bool boolean;			/* of a RULE_BOOLEAN */
	const struct str *nodes;	/* of an argument of a function that
					 * takes nodes: their texts */
	size_t node_count;
	const struct tree *tree;	/* of a result: its root element as a
					 * node set; NULL: no node */
};

struct rule_call {
	void *context;			/* of struct schematron_input */
	struct arena *arena;		/* lives until the run is over */
	enum lang lang;			/* in which a message is being made */
	const struct rule_value *args;
	size_t arg_count;
	struct str fault;		/* set to say why the call failed */
};

/*
 * Sets `*result`, which comes as empty text and is copied. Trees must live
 * until the run is over.
 */
typedef void rule_function_call(struct rule_call *call,
    struct rule_value *result);

struct rule_function {
	struct str name;	/* without prefix */
	size_t min_args, max_args;
	rule_function_call *call;
	bool takes_nodes;	/* wants the text of every node of a set */
};

/* The argument's text; empty when there is no such argument. */
struct str rule_arg_text(const struct rule_call *call, size_t index);

/* The argument as XPath makes a number of it; NaN when it is none. */
double rule_arg_number(const struct rule_call *call, size_t index);

#endif
