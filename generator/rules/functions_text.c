/* SPDX-License-Identifier: MIT */
/* Functions of rules that look into texts. */
#include "base/utf8.h"
#include "base/value.h"
#include "model/record.h"
#include "rules/fold.h"
#include "rules/function_values.h"
#include "rules/functions.h"
#include "rules/privacy.h"
#include "rules/ruleset.h"
#include "schema/tree.h"

/* Rules count characters, the searches bytes. */
static void give_offset(const struct rule_call *call,
    struct rule_value *result, bool found, size_t at)
{
	give_number(result, found ? (double)utf8_count(
	    str_slice(rule_arg_text(call, 0), 0, at)) : -1);
}

void call_find_personal_data(struct rule_call *call,
    struct rule_value *result)
{
	struct privacy_finding finding = { .at = 0 };
	bool found = privacy_find(rule_arg_text(call, 0), 0, &finding);

	give_offset(call, result, found, finding.at);
}

void call_personal_data_kind(struct rule_call *call,
    struct rule_value *result)
{
	struct privacy_finding finding;

	if (privacy_find(rule_arg_text(call, 0), 0, &finding))
		give_text(result, privacy_kind_name(finding.kind, call->lang));
}

void call_find_secrecy_mark(struct rule_call *call,
    struct rule_value *result)
{
	struct privacy_finding finding = { .at = 0 };
	bool found = privacy_find_mark(rule_arg_text(call, 0), 0, &finding);

	give_offset(call, result, found, finding.at);
}

/* Whether a text in the tree of values `value` has anything of the kind. */
static bool has_private_text(const struct value *value)
{
	struct privacy_finding finding;

	switch (value->kind) {
	case VALUE_TEXT:
		return privacy_find(value->text, 0, &finding) ||
		    privacy_find_mark(value->text, 0, &finding);
	case VALUE_LIST:
		for (size_t i = 0; i < value->list.count; i++)
			if (has_private_text(value->list.items[i]))
				return true;
		return false;
	case VALUE_MAP:
		for (size_t i = 0; i < value->map.count; i++)
			if (has_private_text(value->map.fields[i].value))
				return true;
		return false;
	case VALUE_NULL:
	case VALUE_BOOL:
		break;
	}
	return false;
}

/*
 * Whether any text of the record at hand has personal data or a mark of
 * secrecy: one look at the whole for nearly all records, before a rule goes
 * through every text of those that have.
 */
void call_has_private_text(struct rule_call *call,
    struct rule_value *result)
{
	const struct rule_context *context = call->context;
	const struct record *record = tree_record(context->judgement->tree);
	struct privacy_finding finding;

	give_boolean(result, has_private_text(record->data) ||
	    privacy_find(record->body, 0, &finding) ||
	    privacy_find_mark(record->body, 0, &finding));
}

void call_normalize(struct rule_call *call, struct rule_value *result)
{
	give_text(result, fold_name(call->arena, rule_arg_text(call, 0)));
}
