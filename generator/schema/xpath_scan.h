/* SPDX-License-Identifier: MIT */
/*
 * XPath 1.0 as a row of tokens: enough to say, when rules are loaded, which
 * variables and functions an expression uses, and to take a rule's context
 * apart. libxml2 compiles without asking whether either exists.
 *
 * Views of the text that is scanned; nothing is allocated.
 */
#ifndef SCHEMA_XPATH_SCAN_H
#define SCHEMA_XPATH_SCAN_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

enum xpath_token_kind {
	XPATH_END,
	XPATH_NAME,		/* of an element, attribute, axis, function */
	XPATH_OPERATOR_NAME,	/* and, or, div, mod where an operator stands */
	XPATH_VARIABLE,		/* the name without '$' */
	XPATH_LITERAL,		/* quotes included */
	XPATH_DIGITS,
	XPATH_SIGN		/* ( ) [ ] , | / // :: @ . .. + - * = != < … */
};

struct xpath_token {
	enum xpath_token_kind kind;
	struct str text;
	size_t at;		/* where it begins, '$' included */
};

struct xpath_scan {
	struct str text;
	size_t at;
	struct xpath_token token;	/* the current one */
};

/* Sets out on `text`; xpath_next() then gives its first token. */
void xpath_scan_init(struct xpath_scan *scan, struct str text);

/* Goes to the next token; false at the end. What is no token ends the scan, as
 * libxml2 will have said. */
bool xpath_next(struct xpath_scan *scan);

/* Whether the current token is that sign. */
bool xpath_is_sign(const struct xpath_scan *scan, const char *sign);

/* Whether the current name is that of a function being called. */
bool xpath_is_call(const struct xpath_scan *scan);

/* The length of the NCName that `text` begins with. */
size_t xpath_ncname(struct str text);

#endif
