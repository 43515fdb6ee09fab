/* SPDX-License-Identifier: MIT */
/*
 * The catalogue of rules that ships: each rule has its treatment, and what the
 * treatment needs. Rows stand in schemas/rules/catalogue.csv.
 */
#include "../registry.h"

#include "rules/ruleset.h"
#include "rules/ruleset_words.h"
#include "schema/fields.h"
#include "schema/schematron.h"

static struct registry registry;
static struct ruleset *rules;

static int set_up(void **state)
{
	struct diag_list diags;
	bool ok;

	if (!registry_init(&registry))
		return -1;
	diag_list_init(&diags, &registry.arena);
	ok = ruleset_open(&registry.arena, &registry.reader, &registry.codes,
	    &rules, &diags);
	diag_list_dispose(&diags);
	*state = &registry;
	return ok ? 0 : -1;
}

static int tear_down(void **state)
{
	ruleset_close(rules);
	registry_dispose(*state);
	return 0;
}

/* Tells all that is wrong before the test fails. */
static void expect(bool holds, const struct rule_entry *rule, const char *what,
    struct str value, size_t *faults)
{
	if (holds)
		return;
	print_message("# %.*s: %s %.*s\n", STR_ARG(rule->id), what,
	    STR_ARG(value));
	(*faults)++;
}

static bool is_code(const char *list, struct str value)
{
	return code_by_code(codes_list(&registry.codes, str_from(list)),
	    value) != NULL;
}

/* -- fields that a rule is about ------------------------------------------ */

static void count_listed(void *context, const struct field *field)
{
	*(size_t *)context += field->codelist.len > 0;
}

/* How many of the fields that name the rule are of a code list. */
static size_t fields_of(struct str id)
{
	size_t count = 0;

	for (int kind = 0; kind < KIND_COUNT; kind++) {
		const struct kind_fields *fields = schema_fields(
		    registry.schemas, (enum kind)kind);

		if (fields != NULL)
			fields_naming(&fields->root, id, count_listed, &count);
	}
	return count;
}

static size_t unlisted_rules(const struct field *field, struct str kind)
{
	size_t count = 0;

	for (size_t i = 0; i < field->rule_count; i++)
		if (ruleset_find(rules, field->rules[i]) == NULL) {
			print_message("# %.*s: %.*s names the rule %.*s\n",
			    STR_ARG(kind), STR_ARG(field->path),
			    STR_ARG(field->rules[i]));
			count++;
		}
	for (size_t i = 0; i < field->child_count; i++)
		count += unlisted_rules(&field->children[i], kind);
	return count + (field->item == NULL ? 0 :
	    unlisted_rules(field->item, kind));
}

/* -- tests ----------------------------------------------------------------- */

static void test_shipped__speaks_in_terms_of_the_code_lists(void **state)
{
	size_t faults = 0;

	(void)state;
	for (size_t i = 0; i < ruleset_count(rules); i++) {
		const struct rule_entry *rule = ruleset_at(rules, i);
		struct str also = rule->check_also;

		expect(is_code("rule-status", rule->status), rule, "status",
		    rule->status, &faults);
		expect(is_code("bound-parties", rule->binds), rule, "binds",
		    rule->binds, &faults);
		expect(is_code("treatments", rule->treatment), rule,
		    "treatment", rule->treatment, &faults);
		expect(is_code("check-kinds", rule->check), rule, "check",
		    rule->check, &faults);
		while (also.len > 0) {
			struct str kind = str_cut(&also, ' ');

			expect(is_code("check-kinds", kind), rule,
			    "check_also", kind, &faults);
		}
		expect(rule->severity.len == 0 ||
		    is_code("severities", rule->severity), rule, "severity",
		    rule->severity, &faults);
	}
	assert_int_equal(faults, 0);
}

/* Checked by an assert, or by a field whose terms are those of a code list. */
static void test_shipped__enforces_what_it_calls_enforced(void **state)
{
	size_t faults = 0;

	(void)state;
	for (size_t i = 0; i < ruleset_count(rules); i++) {
		const struct rule_entry *rule = ruleset_at(rules, i);

		if (!str_eq(rule->treatment, STR("enforced")))
			continue;
		expect(rule->assert_count > 0 || fields_of(rule->id) > 0, rule,
		    "is enforced by nothing", STR_NONE, &faults);
		expect(rule->severity.len > 0, rule, "has no severity",
		    STR_NONE, &faults);
	}
	assert_int_equal(faults, 0);
}

static void test_shipped__says_why_the_program_does_not_check(void **state)
{
	size_t faults = 0;

	(void)state;
	for (size_t i = 0; i < ruleset_count(rules); i++) {
		const struct rule_entry *rule = ruleset_at(rules, i);

		if (str_eq(rule->treatment, STR("enforced")))
			continue;
		expect(rule->reason[LANG_ZH].len > 0 &&
		    rule->reason[LANG_EN].len > 0, rule, "no reason for being",
		    rule->treatment, &faults);
		expect(!str_eq(rule->treatment, STR("reported")) ||
		    rule->pages.len > 0, rule, "is reported nowhere", STR_NONE,
		    &faults);
	}
	assert_int_equal(faults, 0);
}

/* The portal's own rules have no words but their own. */
static void test_shipped__quotes_the_document_of_each_rule(void **state)
{
	size_t faults = 0;

	(void)state;
	for (size_t i = 0; i < ruleset_count(rules); i++) {
		const struct rule_entry *rule = ruleset_at(rules, i);
		bool is_own = str_eq(rule->status, STR("portal"));

		expect((rule->quote.len > 0) != is_own, rule, "quotes",
		    rule->quote, &faults);
		expect(is_own || rule->article.len > 0, rule,
		    "stands in no article", STR_NONE, &faults);
	}
	assert_int_equal(faults, 0);
}

static size_t unknown_values(struct str text)
{
	size_t count = 0;

	for (size_t at = 0; (at = str_find(text, STR("…"), at)) !=
	     STR_NOT_FOUND; at++)
		count++;
	return count;
}

/* As if every value had a meaning, and it were nothing. */
static bool nothing(void *context, const struct schematron_assert *assert,
    struct str select, enum lang lang, struct str *meaning)
{
	(void)context;
	(void)assert;
	(void)select;
	(void)lang;
	*meaning = STR_NONE;
	return true;
}

static void test_shipped__messages_say_what_their_values_mean(void **state)
{
	const struct schematron_words known = { nothing, NULL };
	size_t faults = 0;

	(void)state;
	for (size_t i = 0; i < ruleset_assert_count(rules) * 4; i++) {
		const struct schematron_assert *assert =
		    ruleset_assert_at(rules, i / 4);
		enum schematron_text which = i / 2 % 2 == 0 ?
		    SCHEMATRON_MESSAGE : SCHEMATRON_HINT;
		enum lang lang = i % 2 == 0 ? LANG_ZH : LANG_EN;
		struct str text = ruleset_wording(rules, registry.schemas,
		    assert, which, lang, &registry.arena);

		if (unknown_values(text) == unknown_values(schematron_wording(
			&registry.arena, assert, which, lang, &known)))
			continue;
		print_message("# %.*s: %.*s (no row for the … in "
			      "schemas/rules/placeholders.csv)\n",
		    STR_ARG(assert->id), STR_ARG(text));
		faults++;
	}
	assert_int_equal(faults, 0);
}

static void test_shipped__lists_what_fields_and_differences_name(void **state)
{
	size_t faults = 0;

	(void)state;
	for (int kind = 0; kind < KIND_COUNT; kind++) {
		const struct kind_fields *fields = schema_fields(
		    registry.schemas, (enum kind)kind);

		if (fields != NULL)
			faults += unlisted_rules(&fields->root,
			    kind_info((enum kind)kind)->name);
	}
	for (size_t i = 0; i < ruleset_difference_count(rules); i++) {
		struct str ids = ruleset_difference_at(rules, i)->rules;

		while (ids.len > 0) {
			struct str id = str_cut(&ids, ' ');

			if (ruleset_find(rules, id) == NULL)
				print_message("# a difference names %.*s\n",
				    STR_ARG(id));
			faults += ruleset_find(rules, id) == NULL;
		}
	}
	assert_int_equal(faults, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_shipped__speaks_in_terms_of_the_code_lists),
		cmocka_unit_test(test_shipped__enforces_what_it_calls_enforced),
		cmocka_unit_test(
		    test_shipped__says_why_the_program_does_not_check),
		cmocka_unit_test(
		    test_shipped__quotes_the_document_of_each_rule),
		cmocka_unit_test(
		    test_shipped__messages_say_what_their_values_mean),
		cmocka_unit_test(
		    test_shipped__lists_what_fields_and_differences_name),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
