/* SPDX-License-Identifier: MIT */
/* Judging with other records and waivers; the tables of rules. */
#include "ruleset_fixture.h"

#include "schema/schematron.h"

static const char one_rule[] = HEAD "<pattern><rule context='/achievement'>"
    "<assert id='P-01a' z:rule='P-01' diagnostics='en' test='false()'>迟了"
    "</assert><assert id='P-02' role='warning' diagnostics='en' "
    "test=\"z:claims('patent', ip/item/no) = 0\">重了</assert></rule>"
    "<rule context='/dossier'><assert id='P-03' diagnostics='en' "
    "test='false()' z:effective='2024-01-15' z:expires='2024-01-15'>c"
    "</assert></rule></pattern>" TAIL;
static const char two_rows[] = CATALOGUE "P-01,P,1,一,one,draft,,,,M,,,,,,\n"
    "P-02,P,2,二,two,draft,,,,M,,,,,,\nP-03,P,3,三,three,draft,,,,M,,,,,,\n";

/* -- judging ------------------------------------------------------------- */

static void assert_waived(const char *dossier, struct date as_of,
    const char *expected)
{
	struct test t;
	bool clean;

	start(&t, one_rule, two_rows);
	t.files[4] = (struct memory_file){
		"content/dossiers/lab/dots.md", dossier };
	assert_true(open_rules(&t));
	take_record(&t, "content/achievements/lab/dots.md", achievement);
	t.judgement.as_of = as_of;
	clean = judge(&t);
	assert_string_equal(message(&t.f, "P-01", LANG_ZH), expected);
	assert_int_equal(clean, diag_errors(&t.f.diags) == 0);
	assert_int_equal(t.f.diags.counts[DIAG_WARNING], 1);
	finish(&t);
}

static void test_ruleset__a_waiver_silences_one_rule_until_its_day(
    void **state)
{
	static const char waiver[] = "---\nwaivers:\n  - rule: P-01\n"
	    "    reason: 系统故障\n    by: 编辑部\n    until: 2024-06-30\n"
	    "---\n";
	static const char waived[] =
	    "已由编辑部豁免至 2024-06-30（系统故障）：迟了";
	const struct date last = { 2024, 6, 30 }, after = { 2024, 7, 1 };

	(void)state;
	assert_waived(waiver, last, waived);
	assert_waived(waiver, after, "迟了");
	assert_waived("---\n{}\n---\n", last, "迟了");
	/* Nobody's waiver, one without a reason, one of another rule. */
	assert_waived("---\nwaivers:\n  - {rule: P-01, reason: x, "
	    "until: 2024-06-30}\n---\n", last, "迟了");
	assert_waived("---\nwaivers:\n  - {rule: P-01, by: x, "
	    "until: 2024-06-30}\n---\n", last, "迟了");
	assert_waived("---\nwaivers:\n  - {rule: P-03, reason: x, by: y, "
	    "until: 2024-06-30}\n---\n", last, "迟了");
	assert_waived("---\nwaivers:\n  - {rule: P-01a, reason: x, by: y, "
	    "until: 2024-06-30}\n---\n", last, "迟了");
}

/* A dossier is judged by the date of its achievement. */
static void test_ruleset__rules_apply_by_the_date_of_the_record(void **state)
{
	struct test t;

	(void)state;
	start(&t, one_rule, two_rows);
	t.files[4] = (struct memory_file){
		"content/achievements/lab/dots.md", achievement };
	assert_true(open_rules(&t));
	take_record(&t, "content/dossiers/lab/dots.md", "---\n{}\n---\n");
	assert_false(judge(&t));
	assert_string_equal(found(&t.f), "P-03@1:1");
	finish(&t);
	start(&t, one_rule, two_rows);
	assert_true(open_rules(&t));
	take_record(&t, "content/dossiers/lab/dots.md", "---\n{}\n---\n");
	assert_true(judge(&t));
	finish(&t);
}

static void test_ruleset__units_are_read_once_for_many_records(void **state)
{
	struct test t;

	(void)state;
	start(&t, HEAD "<pattern><rule context='/achievement'><assert "
	    "id='P-01' diagnostics='en' test=\"z:record('unit', @unit)/name "
	    "= '实验室' and z:exists('dossier', 'lab/none') = false()\">a"
	    "</assert></rule></pattern>" TAIL, two_rows);
	t.files[4] = (struct memory_file){ "content/units/lab.md",
		"---\nname: 实验室\n---\n" };
	assert_true(open_rules(&t));
	take_record(&t, "content/achievements/lab/dots.md", achievement);
	for (int i = 0; i < 3; i++)
		assert_true(judge(&t));
	/* The unit once; each time the dossier asked for and its own. */
	assert_int_equal(t.asked, 1 + 3 * 2);
	ruleset_forget(t.ruleset);
	t.files[4].text = "---\nname: 别处\n---\n";
	assert_false(judge(&t));
	finish(&t);
}

/* What is due concerns due lists alone; records never meet these rules. */
static void test_ruleset__the_registry_as_a_whole_is_reminded(void **state)
{
	struct diag_list reminders;
	const struct diagnostic *d;
	struct test t;

	(void)state;
	start(&t, HEAD "<pattern z:binds='unit'><rule context='/registry'>"
	    "<report id='P-01' role='notice' diagnostics='en' "
	    "z:due=\"z:add-days(z:as-of(), 10)\" test='true()'>交</report>"
	    "<report id='P-03' diagnostics='en' "
	    "test=\"z:record('unit', 'lab')/name = '实验室'\">错</report>"
	    "</rule></pattern>" TAIL, two_rows);
	t.files[4] = (struct memory_file){ "content/units/lab.md",
		"---\nname: 实验室\n---\n" };
	assert_true(open_rules(&t));
	take_record(&t, "content/achievements/lab/dots.md", achievement);
	assert_true(judge(&t));
	assert_int_equal(t.f.diags.items.count, 0);
	diag_list_init(&reminders, &t.f.arena);
	assert_false(ruleset_remind(t.ruleset, &t.judgement, &reminders,
	    &t.f.diags));
	assert_string_equal(found(&t.f), "P-03@1:1");
	assert_int_equal(reminders.items.count, 1);
	d = vec_at(&reminders.items, 0);
	assert_str(d->id, "P-01");
	assert_str(d->due, "2024-07-10");
	assert_str(d->binds, "unit");
	assert_str(d->mark.path, "content/site.yaml");
	diag_list_dispose(&reminders);
	finish(&t);
}

/* -- tables -------------------------------------------------------------- */

static void test_ruleset__rules_are_found_by_any_of_their_names(void **state)
{
	const struct rule_entry *rule;
	struct test t;

	(void)state;
	start(&t, one_rule, two_rows);
	assert_true(open_rules(&t));
	assert_int_equal(ruleset_count(t.ruleset), 3);
	rule = ruleset_find(t.ruleset, STR("p-01"));
	assert_non_null(rule);
	assert_str(rule->id, "P-01");
	assert_str(rule->document->title, "文件");
	assert_int_equal(rule->assert_count, 1);
	assert_str(rule->asserts[0]->id, "P-01a");
	assert_ptr_equal(ruleset_find(t.ruleset, STR("P-01A")), rule);
	assert_ptr_equal(ruleset_at(t.ruleset, 0), rule);
	assert_null(ruleset_find(t.ruleset, STR("P-9")));
	assert_true(ruleset_has_phase(t.ruleset, STR("#ALL")));
	assert_false(ruleset_has_phase(t.ruleset, STR("submit")));
	finish(&t);
}

static void test_ruleset__every_fault_of_its_files_is_told(void **state)
{
	static const struct {
		size_t file;
		const char *text, *expected;
	} rows[] = {
		{ 1, NULL, "K0206@0:0" },
		{ 2, NULL, "K0206@0:0" },
		{ 3, NULL, "K0206@0:0" },
		{ 1, "id,seed\nP-01,P\n", "K0205@1:0 K0205@1:0 K0205@1:0 "
		    "K0205@1:0 K0205@1:0 K0205@1:0 K0205@1:0 K0205@1:0 "
		    "K0205@1:0 K0205@1:0 K0205@1:0 K0205@1:0 K0205@1:0 "
		    "K0205@1:0" },
		{ 1, CATALOGUE "P-01,P,1,z,e,draft,,,,M,,,,,,\n",
		    "K0241@1:0 K0241@1:0" },
		{ 1, CATALOGUE "P-01,P,1,z,e,draft,,,,M,,,,,,\n"
		    "P-01,P,1,z,e,draft,,,,M,,,,,,\n", "K0242@3:0" },
		{ 1, CATALOGUE "P-01,Q,1,z,e,draft,,,,M,,,,,,\n", "K0243@2:0" },
		{ 2, DOCUMENTS "P,again,,,,,,draft,,\n", "K0242@3:0" },
		{ 0, HEAD, "K0211@1:0" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct test t;

		start(&t, one_rule, two_rows);
		t.files[rows[i].file].text = rows[i].text;
		if (rows[i].text == NULL)
			t.files[rows[i].file].path = "elsewhere";
		assert_false(open_rules(&t));
		assert_string_equal(found(&t.f), rows[i].expected);
		finish(&t);
	}
}

/* What ships: every rule file loads, every assert has its rule. */
static void test_ruleset__the_rules_that_ship_load(void **state)
{
	struct ruleset *ruleset = NULL;
	struct fixture f;

	(void)state;
	fixture_init(&f, (const struct memory_file[]){ { NULL, NULL } });
	if (!ruleset_open(&f.arena, &registry.reader, &registry.codes, &ruleset,
		&f.diags))
		fail_msg("%s", found(&f));
	assert_non_null(ruleset_find(ruleset, STR("P-01")));
	assert_true(ruleset_find(ruleset, STR("P-01"))->assert_count > 0);
	assert_true(ruleset_has_phase(ruleset, STR("submit")));
	ruleset_close(ruleset);
	fixture_dispose(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_ruleset__a_waiver_silences_one_rule_until_its_day),
		cmocka_unit_test(
		    test_ruleset__rules_apply_by_the_date_of_the_record),
		cmocka_unit_test(
		    test_ruleset__units_are_read_once_for_many_records),
		cmocka_unit_test(
		    test_ruleset__the_registry_as_a_whole_is_reminded),
		cmocka_unit_test(
		    test_ruleset__rules_are_found_by_any_of_their_names),
		cmocka_unit_test(
		    test_ruleset__every_fault_of_its_files_is_told),
		cmocka_unit_test(test_ruleset__the_rules_that_ship_load),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
