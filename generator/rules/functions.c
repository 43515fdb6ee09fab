/* SPDX-License-Identifier: MIT */
#include "rules/functions.h"

#include "base/arena.h"
#include "base/date.h"
#include "base/value.h"
#include "model/codes.h"
#include "model/record.h"
#include "rules/calendar.h"
#include "rules/claims.h"
#include "rules/facts.h"
#include "rules/function_values.h"
#include "rules/identifier.h"
#include "rules/ruleset.h"
#include "schema/tree.h"

#include <math.h>

/* -- dates and periods --------------------------------------------------- */

static bool date_arg(const struct rule_call *call, size_t index,
    struct date *date)
{
	return date_parse(text_arg(call, index), date);
}

static void give_date(const struct rule_call *call, struct rule_value *result,
    struct date date)
{
	give_text(result, date_iso(call->arena, date));
}

static void call_is_date(struct rule_call *call, struct rule_value *result)
{
	struct date date;

	give_boolean(result, date_arg(call, 0, &date));
}

void rule_fault_period(struct rule_call *call)
{
	call->fault = str_format(call->arena,
	    "'%.*s' is no period such as 30d, 6m, 2y, 5wd",
	    STR_ARG(text_arg(call, 1)));
}

/* False, with a fault if the period is none, when there is no end to give. */
static bool find_period_end(struct rule_call *call, struct period_end *end)
{
	const struct rule_context *context = call->context;
	struct period period;
	struct date start;

	if (!period_parse(text_arg(call, 1), &period)) {
		rule_fault_period(call);
		return false;
	}
	if (!date_arg(call, 0, &start))
		return false;
	*end = period_end(context->calendar, start, period);
	return true;
}

static void call_period_end(struct rule_call *call, struct rule_value *result)
{
	struct period_end end;

	if (find_period_end(call, &end))
		give_date(call, result, end.last);
}

static void call_period_bare(struct rule_call *call, struct rule_value *result)
{
	struct period_end end;

	if (find_period_end(call, &end))
		give_date(call, result, end.bare);
}

static void call_provisional(struct rule_call *call, struct rule_value *result)
{
	const struct rule_context *context = call->context;
	struct date date;

	give_boolean(result, date_arg(call, 0, &date) &&
	    calendar_is_provisional(context->calendar, date));
}

static void call_working_days(struct rule_call *call,
    struct rule_value *result)
{
	const struct rule_context *context = call->context;
	struct date from, to;

	give_number(result, date_arg(call, 0, &from) &&
	    date_arg(call, 1, &to) ?
	    calendar_workdays(context->calendar, from, to) : (double)NAN);
}

static void call_add_days(struct rule_call *call, struct rule_value *result)
{
	double days = rule_arg_number(call, 1);
	struct date date;

	/* Beyond ten million days every date is the first or the last. */
	if (date_arg(call, 0, &date) && isfinite(days) && fabs(days) < 1e7)
		give_date(call, result, date_add_days(date, (int64_t)days));
}

static void call_days(struct rule_call *call, struct rule_value *result)
{
	struct date from, to;

	give_number(result, date_arg(call, 0, &from) &&
	    date_arg(call, 1, &to) ? date_days_between(from, to) :
	    (double)NAN);
}

/* ISO dates and months compare as text does. */
/* A day or a month that exists: what does not is a fault of its own, and comes
 * neither before nor after anything. */
static bool is_calendar(struct str text)
{
	struct date date;

	return date_parse(text, &date) || month_parse(text, &date);
}

/* Of the days in a set of nodes the one that comes before (-1) or after (1) all
 * others; empty if there is none. */
static struct str outermost(const struct rule_call *call, int side)
{
	struct str best = STR_NONE;
	struct date date;

	for (size_t i = 0; i < call->args[0].node_count; i++) {
		struct str day = str_trim(call->args[0].nodes[i]);

		if (date_parse(day, &date) &&
		    (best.len == 0 || str_cmp(day, best) * side > 0))
			best = day;
	}
	return best;
}

static void call_earliest(struct rule_call *call, struct rule_value *result)
{
	give_text(result, outermost(call, -1));
}

static void call_latest(struct rule_call *call, struct rule_value *result)
{
	give_text(result, outermost(call, 1));
}

static void call_before(struct rule_call *call, struct rule_value *result)
{
	struct str a = text_arg(call, 0), b = text_arg(call, 1);

	give_boolean(result,
	    is_calendar(a) && is_calendar(b) && str_cmp(a, b) < 0);
}

static void call_after(struct rule_call *call, struct rule_value *result)
{
	struct str a = text_arg(call, 0), b = text_arg(call, 1);

	give_boolean(result,
	    is_calendar(a) && is_calendar(b) && str_cmp(a, b) > 0);
}

/* -- identifiers --------------------------------------------------------- */

/* No kind, or no value, means that there is nothing to examine. */
static bool examine(struct rule_call *call, struct identifier *identifier)
{
	struct str name = text_arg(call, 0), value = rule_arg_text(call, 1);
	enum identifier_kind kind;

	if (name.len == 0)
		return false;
	if (!identifier_kind_find(name, &kind)) {
		call->fault = str_format(call->arena,
		    "'%.*s' is no kind of identifier", STR_ARG(name));
		return false;
	}
	identifier_examine(call->arena, kind, value, identifier);
	return true;
}

static void call_identifier_fault(struct rule_call *call,
    struct rule_value *result)
{
	struct identifier identifier;

	if (examine(call, &identifier))
		give_text(result, identifier.fault.in[call->lang]);
}

static void call_identifier_expected(struct rule_call *call,
    struct rule_value *result)
{
	struct identifier identifier;

	if (examine(call, &identifier))
		give_text(result, identifier.expected);
}

static void call_valid_identifier(struct rule_call *call,
    struct rule_value *result)
{
	struct identifier identifier;

	give_boolean(result, !examine(call, &identifier) ||
	    identifier.problem == IDENTIFIER_VALID);
}

/* -- codes --------------------------------------------------------------- */

static void call_code(struct rule_call *call, struct rule_value *result)
{
	const struct rule_context *context = call->context;
	const struct code_list *list = codes_list(context->codes,
	    text_arg(call, 0));
	const struct code *code;

	if (list == NULL) {
		call->fault = str_format(call->arena,
		    "there is no code list '%.*s'",
		    STR_ARG(text_arg(call, 0)));
		return;
	}
	code = code_find(list, text_arg(call, 1));
	if (code != NULL)
		give_text(result, code_cell(list, code, text_arg(call, 2)));
	else if (str_eq(text_arg(call, 2), STR("en")))
		/* A message names a term that has no translation as it is. */
		give_text(result, text_arg(call, 1));
}

/* -- other records ------------------------------------------------------- */

static bool check_kind(struct rule_call *call)
{
	enum kind kind;

	if (kind_find(text_arg(call, 0), &kind))
		return true;
	call->fault = str_format(call->arena, "'%.*s' is no kind of record",
	    STR_ARG(text_arg(call, 0)));
	return false;
}

static void call_record(struct rule_call *call, struct rule_value *result)
{
	if (check_kind(call))
		*result = (struct rule_value){ .kind = RULE_TREE,
			.tree = rule_context_tree(call->context,
			    text_arg(call, 0), text_arg(call, 1)) };
}

static void call_exists(struct rule_call *call, struct rule_value *result)
{
	if (check_kind(call))
		give_boolean(result, rule_context_tree(call->context,
		    text_arg(call, 0), text_arg(call, 1)) != NULL);
}

static size_t find_claims(struct rule_call *call, struct str *first)
{
	const struct rule_context *context = call->context;
	const struct facts *facts = context->judgement->facts;
	struct str claim = text_arg(call, 0);
	struct str value = claim_value(call->arena, claim, text_arg(call, 1));

	*first = STR_NONE;
	if (facts == NULL || facts->claims == NULL || value.len == 0)
		return 0;
	return facts->claims(facts->context, claim, value,
	    tree_record(context->judgement->tree)->id, call->arena, first);
}

static void call_claims(struct rule_call *call, struct rule_value *result)
{
	struct str first;

	give_number(result, (double)find_claims(call, &first));
}

static void call_claimant(struct rule_call *call, struct rule_value *result)
{
	struct str first;

	(void)find_claims(call, &first);
	give_text(result, first);
}

static void call_state(struct rule_call *call, struct rule_value *result)
{
	const struct rule_context *context = call->context;
	const struct facts *facts = context->judgement->facts;

	if (facts != NULL && facts->state != NULL)
		give_text(result, facts->state(facts->context,
		    text_arg(call, 0), call->arena));
}

/* A short digest of what a record says, to bind a review to; empty where the
 * record is not known. */
static void call_digest(struct rule_call *call, struct rule_value *result)
{
	const struct rule_context *context = call->context;
	const struct facts *facts = context->judgement->facts;

	if (check_kind(call) && facts != NULL && facts->digest != NULL)
		give_text(result, facts->digest(facts->context,
		    text_arg(call, 0), text_arg(call, 1), call->arena));
}

/* -- when ---------------------------------------------------------------- */

static void call_received(struct rule_call *call, struct rule_value *result)
{
	const struct rule_context *context = call->context;
	const struct facts *facts = context->judgement->facts;

	if (check_kind(call) && facts != NULL && facts->received != NULL)
		give_text(result, facts->received(facts->context,
		    text_arg(call, 0), text_arg(call, 1), call->arena));
}

static void call_landed(struct rule_call *call, struct rule_value *result)
{
	const struct rule_context *context = call->context;
	const struct facts *facts = context->judgement->facts;

	if (check_kind(call) && facts != NULL && facts->landed != NULL)
		give_text(result, facts->landed(facts->context,
		    text_arg(call, 0), text_arg(call, 1), call->arena));
}

/* -- rules --------------------------------------------------------------- */

/* 'yes', 'no', or nothing where the catalogue has no rule of that id. */
static void call_waivable(struct rule_call *call, struct rule_value *result)
{
	const struct rule_context *context = call->context;
	struct str id = text_arg(call, 0);
	const struct rule_entry *rule = ruleset_find(context->ruleset, id);

	if (rule != NULL && str_eq(rule->id, id))
		give_text(result, rule->is_unwaivable ? STR("no") :
		    STR("yes"));
}

const struct rule_function *rule_functions(size_t *count)
{
	static const struct rule_function functions[] = {
#define ROW(name, args, call) \
		{ { name, sizeof(name) - 1 }, args, args, call, false }
#define NODES(name, args, call) \
		{ { name, sizeof(name) - 1 }, args, args, call, true }
		ROW("as-of", 0, call_as_of),
		ROW("is-past", 1, call_is_past),
		ROW("is-ahead", 1, call_is_ahead),
		ROW("is-beyond", 2, call_is_beyond),
		ROW("is-date", 1, call_is_date),
		ROW("period-end", 2, call_period_end),
		ROW("period-bare", 2, call_period_bare),
		ROW("provisional", 1, call_provisional),
		ROW("working-days", 2, call_working_days),
		ROW("add-days", 2, call_add_days),
		ROW("days", 2, call_days),
		ROW("before", 2, call_before),
		ROW("after", 2, call_after),
		NODES("earliest", 1, call_earliest),
		NODES("latest", 1, call_latest),
		ROW("identifier-fault", 2, call_identifier_fault),
		ROW("identifier-expected", 2, call_identifier_expected),
		ROW("valid-identifier", 2, call_valid_identifier),
		ROW("code", 3, call_code),
		ROW("record", 2, call_record),
		ROW("exists", 2, call_exists),
		ROW("claims", 2, call_claims),
		ROW("claimant", 2, call_claimant),
		ROW("involved", 5, rule_call_involved),
		ROW("state", 1, call_state),
		ROW("digest", 2, call_digest),
		ROW("waivable", 1, call_waivable),
		ROW("received", 2, call_received),
		ROW("landed", 2, call_landed),
		ROW("find-personal-data", 1, call_find_personal_data),
		ROW("personal-data-kind", 1, call_personal_data_kind),
		ROW("find-secrecy-mark", 1, call_find_secrecy_mark),
		ROW("has-private-text", 0, call_has_private_text),
		ROW("normalize", 1, call_normalize),
#undef NODES
#undef ROW
	};

	*count = sizeof(functions) / sizeof(*functions);
	return functions;
}
