/* SPDX-License-Identifier: MIT */
/* Functions for rule files in tests, which tell what they are asked. */
#ifndef TESTS_SCHEMATRON_FUNCTIONS_H
#define TESTS_SCHEMATRON_FUNCTIONS_H

#include "base/arena.h"
#include "schema/rule_function.h"
#include "schema/tree.h"

struct context {
	int calls;
	struct tree *other;
};

static inline void call_count(struct rule_call *call, struct rule_value *result)
{
	struct context *context = call->context;

	context->calls++;
	result->text = rule_arg_text(call, 0);
}

static inline void call_lang(struct rule_call *call, struct rule_value *result)
{
	result->text = lang_code(call->lang);
}

static inline void call_fail(struct rule_call *call, struct rule_value *result)
{
	(void)result;
	call->fault = STR("no luck");
}

static inline void call_kinds(struct rule_call *call, struct rule_value *result)
{
	static const char kinds[] = { 't', 'n', 'b' };
	char *text = arena_alloc(call->arena, call->arg_count + 1);

	for (size_t i = 0; i < call->arg_count; i++)
		text[i] = kinds[call->args[i].kind];
	result->text = str_from(text);
}

static inline void call_double(struct rule_call *call,
    struct rule_value *result)
{
	result->kind = RULE_NUMBER;
	result->number = rule_arg_number(call, 0) * 2;
}

static inline void call_other(struct rule_call *call, struct rule_value *result)
{
	const struct context *context = call->context;

	result->kind = RULE_TREE;
	result->tree = str_eq(rule_arg_text(call, 0), STR("yes")) ?
	    context->other : NULL;
}

static const struct rule_function functions[] = {
	{ { "count", 5 }, 1, 1, call_count, false },
	{ { "lang", 4 }, 0, 0, call_lang, false },
	{ { "fail", 4 }, 0, 0, call_fail, false },
	{ { "kinds", 5 }, 0, 4, call_kinds, false },
	{ { "double", 6 }, 1, 1, call_double, false },
	{ { "other", 5 }, 1, 1, call_other, false },
};

#endif
