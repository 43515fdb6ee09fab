/* SPDX-License-Identifier: MIT */
/*
 * What the files that hold the functions of rules share: how a function takes
 * its arguments and gives its result, and those that rules/functions_day.c and
 * rules/functions_text.c have for the table in rules/functions.c. For these
 * three alone.
 */
#ifndef RULES_FUNCTION_VALUES_H
#define RULES_FUNCTION_VALUES_H

#include "base/str.h"
#include "schema/rule_function.h"

#include <stdbool.h>
#include <stddef.h>

/* An argument without the white space around it; empty if there is none. */
static inline struct str text_arg(const struct rule_call *call, size_t index)
{
	return str_trim(rule_arg_text(call, index));
}

static inline void give_text(struct rule_value *result, struct str text)
{
	*result = (struct rule_value){ .kind = RULE_TEXT, .text = text };
}

static inline void give_number(struct rule_value *result, double number)
{
	*result = (struct rule_value){ .kind = RULE_NUMBER,
		.number = number };
}

static inline void give_boolean(struct rule_value *result, bool boolean)
{
	*result = (struct rule_value){ .kind = RULE_BOOLEAN,
		.boolean = boolean };
}

/* Says that argument 1 is no period. */
void rule_fault_period(struct rule_call *call);

/* The as-of date. A record that asks for it is judged anew each day; the others
 * here tell until when their answer holds. */
rule_function_call call_as_of;

/* Whether the as-of date comes after, or before, a day or month; false if that
 * is none. */
rule_function_call call_is_past, call_is_ahead;

/* Whether a day or month comes after the end, as counted, of a period that
 * begins on the as-of date: the time of notice before it has not begun. */
rule_function_call call_is_beyond;

/* Where in its argument (a number of characters, from 0) personal data stands,
 * or a mark of secrecy; -1 for nowhere. */
rule_function_call call_find_personal_data, call_find_secrecy_mark;

/* What kind of personal data that is, in the language asked for. */
rule_function_call call_personal_data_kind;

/* Whether any text of the record at hand has either. */
rule_function_call call_has_private_text;

/* A name with its width and case folded, for comparing. */
rule_function_call call_normalize;

#endif
