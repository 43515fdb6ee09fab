/* SPDX-License-Identifier: MIT */
/* The functions that rule files call. */
#include "ruleset_fixture.h"

#include "base/buf.h"

/* -- functions ----------------------------------------------------------- */

/* What an expression says at the achievement. */
static void assert_value(struct facts *facts, const char *expression,
    const char *expected)
{
	struct test t;
	struct buf rules;

	buf_init(&rules);
	buf_append_format(&rules, HEAD "<pattern><rule "
	    "context='/achievement'><report id='P-01' diagnostics='en' "
	    "test='true()'>[<value-of select=\"%s\"/>]</report></rule>"
	    "</pattern>" TAIL, expression);
	start(&t, rules.ptr, CATALOGUE "P-01,P,1,z,e,draft,,,,M,,,,,,\n");
	t.files[4] = (struct memory_file){ "content/units/lab.md",
		"---\nname: 实验室\nplatform: true\n---\n" };
	if (!open_rules(&t))
		fail_msg("%s: %s", expression, found(&t.f));
	take_record(&t, "content/achievements/lab/dots.md", achievement);
	if (facts != NULL)
		t.facts = *facts;
	assert_false(judge(&t));
	if (strcmp(message(&t.f, "P-01", LANG_ZH), expected) != 0)
		fail_msg("%s: %s, not %s", expression,
		    message(&t.f, "P-01", LANG_ZH), expected);
	finish(&t);
	buf_dispose(&rules);
}

static void test_functions__say_what_the_contract_says(void **state)
{
	static const char *const rows[][2] = {
		{ "z:as-of()", "[2024-06-30]" },
		{ "z:is-date(submitted)", "[true]" },
		{ "z:is-date('2023-02-30')", "[false]" },
		{ "z:period-end(submitted, '30d')", "[2024-02-14]" },
		{ "z:period-end('2024-01-11', '30d')", "[2024-02-13]" },
		{ "z:period-bare('2024-01-11', '30d')", "[2024-02-10]" },
		{ "z:period-end('', '30d')", "[]" },
		{ "z:provisional('2024-12-31')", "[false]" },
		{ "z:provisional('2025-01-01')", "[true]" },
		{ "z:provisional('soon')", "[false]" },
		{ "z:working-days('2024-02-09', '2024-02-18')", "[5]" },
		{ "z:working-days('2024-02-18', '')", "[NaN]" },
		{ "z:add-days('2024-02-28', 2)", "[2024-03-01]" },
		{ "z:add-days('2024-02-28', -28)", "[2024-01-31]" },
		{ "z:add-days('2024-02-28', 'x')", "[]" },
		{ "z:days('2024-02-28', '2024-03-01')", "[2]" },
		{ "z:days('2024-02-28', '')", "[NaN]" },
		{ "z:before('2024-02-28', submitted)", "[false]" },
		{ "z:earliest(title | updated | submitted)", "[2024-01-15]" },
		{ "z:earliest(nothing)", "[]" },
		{ "z:earliest(title)", "[]" },
		{ "z:latest(submitted | updated)", "[2024-01-20]" },
		{ "z:digest('unit', 'lab')", "[digest of unit lab]" },
		{ "z:after('2024-02-28', submitted)", "[true]" },
		{ "z:after('2024-02-28', nothing)", "[false]" },
		{ "z:before(nothing, submitted)", "[false]" },
		{ "z:valid-identifier('patent', ip/item/no)", "[true]" },
		{ "z:valid-identifier('patent', '201710134085.7')",
		    "[false]" },
		{ "z:valid-identifier('', 'anything')", "[true]" },
		{ "z:identifier-fault('patent', ip/item/no)", "[]" },
		{ "z:identifier-fault('issn', '0028-0837')",
		    "[第 8 位（校验位）应为“6”，现为“7”]" },
		{ "z:identifier-expected('issn', '0028-0837')", "[6]" },
		{ "z:identifier-expected('issn', '0028-0836')", "[]" },
		{ "z:identifier-expected('issn', '0028')", "[]" },
		{ "z:code('ip-kinds', ip/item/kind, 'code')",
		    "[invention]" },
		{ "z:code('ip-kinds', 'invention', 'zh')", "[发明专利]" },
		{ "z:code('ip-kinds', '无', 'zh')", "[]" },
		{ "z:code('ip-kinds', '无', 'en')", "[无]" },
		{ "z:record('unit', @unit)/name", "[实验室]" },
		{ "z:record('achievement', @id)/title", "[量子点]" },
		{ "count(z:record('unit', 'nobody'))", "[0]" },
		{ "z:exists('unit', 'lab')", "[true]" },
		{ "z:exists('dossier', @id)", "[false]" },
		{ "z:claims('patent', ip/item/no)", "[2]" },
		{ "z:claimant('patent', ip/item/no)", "[other/thing]" },
		{ "z:claims('patent', '')", "[0]" },
		{ "z:involved('leads', '甲', @unit, submitted, 'b')",
		    "[leads of 甲, lab from 2024-01-15 to b]" },
		{ "z:state(@id)", "[state of lab/dots]" },
		{ "z:received('achievement', @id)",
		    "[achievement lab/dots received]" },
		{ "z:landed('dossier', @id)", "[dossier lab/dots landed]" },
		{ "z:find-personal-data(keywords/item[2])", "[2]" },
		{ "z:find-personal-data(title)", "[-1]" },
		{ "z:personal-data-kind(keywords/item[2])", "[手机号码]" },
		{ "z:personal-data-kind(title)", "[]" },
		{ "z:find-secrecy-mark(keywords/item[3])", "[0]" },
		{ "z:find-secrecy-mark(body)", "[-1]" },
		{ "z:has-private-text()", "[true]" },
		{ "z:normalize(keywords/item[1])", "[浙江大学(甲)]" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_value(NULL, rows[i][0], rows[i][1]);
}

static void test_functions__know_no_others_without_facts(void **state)
{
	static const char *const rows[][2] = {
		{ "count(z:record('unit', @unit))", "[0]" },
		{ "z:exists('unit', 'lab')", "[false]" },
		{ "z:exists('achievement', @id)", "[true]" },
		{ "z:claims('patent', ip/item/no)", "[0]" },
		{ "z:claimant('patent', ip/item/no)", "[]" },
		{ "z:involved('leads', '甲', '', '', '')", "[]" },
		{ "z:state(@id)", "[]" },
		{ "z:received('achievement', @id)", "[]" },
		{ "z:landed('achievement', @id)", "[]" },
	};
	struct facts none = { .context = NULL };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_value(&none, rows[i][0], rows[i][1]);
}

static void test_functions__a_slip_in_a_rule_is_told(void **state)
{
	static const char *const rows[][2] = {
		{ "z:period-end(submitted, '30')", "no period" },
		{ "z:valid-identifier('patnet', '1')", "'patnet'" },
		{ "z:code('no-list', 'x', 'zh')", "'no-list'" },
		{ "z:record('units', 'x')", "'units'" },
		{ "z:exists('units', 'x')", "'units'" },
		{ "z:received('units', 'x')", "'units'" },
		{ "z:landed('units', 'x')", "'units'" },
		{ "z:involved('led', '', '', '', '')", "'led'" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct test t;
		struct buf rules;

		buf_init(&rules);
		buf_append_format(&rules, HEAD "<pattern><rule "
		    "context='/achievement'><assert id='P-01' "
		    "diagnostics='en' test=\"%s\">a</assert></rule>"
		    "</pattern>" TAIL, rows[i][0]);
		start(&t, rules.ptr,
		    CATALOGUE "P-01,P,1,z,e,draft,,,,M,,,,,,\n");
		assert_true(open_rules(&t));
		take_record(&t, "content/achievements/lab/dots.md",
		    achievement);
		assert_false(judge(&t));
		assert_non_null(strstr(message(&t.f, "K0231", LANG_EN),
		    rows[i][1]));
		finish(&t);
		buf_dispose(&rules);
	}
}

static void test_functions__claims_are_asked_in_one_spelling(void **state)
{
	struct test t;

	(void)state;
	start(&t, HEAD "<pattern><rule context='/achievement'><assert "
	    "id='P-01' diagnostics='en' test=\"z:claims('patent', ip/item/no) "
	    "= 0\">a</assert></rule></pattern>" TAIL,
	    CATALOGUE "P-01,P,1,z,e,draft,,,,M,,,,,,\n");
	assert_true(open_rules(&t));
	take_record(&t, "content/achievements/lab/dots.md", achievement);
	assert_false(judge(&t));
	assert_str(t.claimed, "patent 201710134085.6 lab/dots");
	finish(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_functions__say_what_the_contract_says),
		cmocka_unit_test(test_functions__know_no_others_without_facts),
		cmocka_unit_test(test_functions__a_slip_in_a_rule_is_told),
		cmocka_unit_test(
		    test_functions__claims_are_asked_in_one_spelling),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
