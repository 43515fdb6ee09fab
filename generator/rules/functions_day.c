/* SPDX-License-Identifier: MIT */
/*
 * What rules ask about the day they are asked on. Each answer says of itself
 * until when it holds (judgement_turns()), so that on a later day only those
 * records need be judged again whose answers may be others.
 */
#include "base/date.h"
#include "rules/calendar.h"
#include "rules/function_values.h"
#include "rules/functions.h"
#include "rules/ruleset.h"

static const struct judgement *judgement_of(const struct rule_call *call)
{
	const struct rule_context *context = call->context;

	return context->judgement;
}

/* Whoever has the day itself may do anything with it. */
void call_as_of(struct rule_call *call, struct rule_value *result)
{
	const struct judgement *judgement = judgement_of(call);

	judgement_turns(judgement, date_add_days(judgement->as_of, 1));
	give_text(result, date_iso(call->arena, judgement->as_of));
}

/*
 * The first day that does not come before `argument`, a day or a month, and the
 * first that comes after it: of a month the same. Text is compared, as
 * z:before() does: a month comes before each of its days. False for what is
 * neither.
 */
static bool read_bounds(const struct rule_call *call, struct date *reached,
    struct date *passed)
{
	struct str text = text_arg(call, 0);

	if (date_parse(text, reached)) {
		*passed = date_add_days(*reached, 1);
		return true;
	}
	if (!month_parse(text, reached))
		return false;
	*passed = *reached;
	return true;
}

void call_is_past(struct rule_call *call, struct rule_value *result)
{
	const struct judgement *judgement = judgement_of(call);
	struct date reached, passed;
	bool is_calendar = read_bounds(call, &reached, &passed);
	/* Nothing comes after the last day there is. */
	bool can_pass = is_calendar && date_cmp(reached, DATE_LAST) < 0;

	if (can_pass)
		judgement_turns(judgement, passed);
	give_boolean(result, can_pass &&
	    date_cmp(judgement->as_of, passed) >= 0);
}

void call_is_ahead(struct rule_call *call, struct rule_value *result)
{
	const struct judgement *judgement = judgement_of(call);
	struct date reached, passed;
	bool is_calendar = read_bounds(call, &reached, &passed);

	if (is_calendar)
		judgement_turns(judgement, reached);
	give_boolean(result, is_calendar &&
	    date_cmp(judgement->as_of, reached) < 0);
}

/* The first day from which a period reaches `goal`; no later than that. What
 * begins later ends later, or on the same day. */
static struct date first_start(const struct calendar *calendar,
    struct period period, struct date after, struct date goal)
{
	int64_t least = 1, most = date_days_between(after, goal);

	while (least < most) {
		int64_t middle = least + (most - least) / 2;

		if (date_cmp(period_end(calendar, date_add_days(after, middle),
		    period).bare, goal) >= 0)
			most = middle;
		else
			least = middle + 1;
	}
	return date_add_days(after, least);
}

void call_is_beyond(struct rule_call *call, struct rule_value *result)
{
	const struct rule_context *context = call->context;
	struct date as_of = context->judgement->as_of, reached, passed;
	struct period period;
	bool is_beyond;

	if (!period_parse(text_arg(call, 1), &period)) {
		rule_fault_period(call);
		return;
	}
	is_beyond = read_bounds(call, &reached, &passed) &&
	    date_cmp(period_end(context->calendar, as_of, period).bare,
		reached) < 0;
	if (is_beyond)
		judgement_turns(context->judgement, first_start(
		    context->calendar, period, as_of, reached));
	give_boolean(result, is_beyond);
}
