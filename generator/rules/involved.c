/* SPDX-License-Identifier: MIT */
/*
 * Who is involved in what, by name: a question that is only answered where the
 * private records are at hand (rules/facts.h). What is asked under each name is
 * said in pipeline/facts.c and queries_private.sql.
 */
#include "rules/facts.h"
#include "rules/functions.h"
#include "rules/ruleset.h"
#include "schema/rule_function.h"

static bool is_known(struct str what)
{
	static const char *const names[] = { "leads", "takes-part", "submits",
		"completes", "shared-work", "sanctioned-person",
		"sanctioned-unit" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_eq(what, str_from(names[i])))
			return true;
	return false;
}

void rule_call_involved(struct rule_call *call, struct rule_value *result)
{
	const struct rule_context *context = call->context;
	const struct facts *facts = context->judgement->facts;
	struct str what = str_trim(rule_arg_text(call, 0)), texts[4];

	for (size_t i = 0; i < 4; i++)
		texts[i] = str_trim(rule_arg_text(call, i + 1));
	if (!is_known(what))
		call->fault = str_format(call->arena,
		    "'%.*s' is nothing to be involved in", STR_ARG(what));
	else if (facts != NULL && facts->involved != NULL)
		*result = (struct rule_value){ .kind = RULE_TEXT,
			.text = facts->involved(facts->context, what, texts,
			    call->arena) };
}
