/* SPDX-License-Identifier: MIT */
/* The numbers of another document in the place of those in force. */
#include "ruleset_fixture.h"

#include "rules/profile.h"
#include "schema/schematron.h"

static const char rules[] = HEAD "<let name='least' value='2'/>"
    "<pattern see='旧 1' z:status='in-force'>"
    "<rule context='/achievement/keywords'><let name='least' value='9'/>"
    "<assert id='P-01a' z:rule='P-01' diagnostics='en' role='error' "
    "test='$least &lt; 99'>a</assert></rule></pattern>"
    "<pattern see='旧 2'><rule context='/achievement/keywords'>"
    "<assert id='P-01b' z:rule='P-01' diagnostics='en' role='error' "
    "test='count(item) &lt;= $least'>b</assert>"
    "<assert id='P-01c' z:rule='P-01' diagnostics='en' test='false()'>c"
    "</assert></rule></pattern>" TAIL;
static const char row[] = CATALOGUE "P-01,P,1,一,one,draft,,,,M,,,,,,\n";

#define PROFILE "# title-zh: 旧数\n# title-en: Old numbers\n" \
	"part,name,value,asserts,document,article,was_document," \
	"was_article,zh,en\n"

static bool open_profile(struct test *t, const char *profile)
{
	start(t, rules, row);
	t->files[4] = (struct memory_file){ "schemas/profiles/D.csv",
		profile };
	return ruleset_open_profile(&t->f.arena, &t->f.reader,
	    &registry.codes, STR("D"), &t->ruleset, &t->f.diags);
}

static const struct schematron_assert *assert_of(const struct test *t,
    size_t index)
{
	return ruleset_find(t->ruleset, STR("P-01"))->asserts[index];
}

static void test_profile__changes_what_it_names_and_nothing_else(void **state)
{
	struct test t;

	(void)state;
	assert_true(open_profile(&t, PROFILE
	    "let,t:least,3,P-01b,P,甲,P,乙,丙,c\nrole,P-01c,off,,P,9,,,丁,d\n"
	    "status,P-01a,superseded,,P,7,,,戊,e\n"));
	assert_string_equal(str_cstr(&t.f.arena, assert_of(&t, 0)->status),
	    "superseded");
	assert_string_equal(str_cstr(&t.f.arena, assert_of(&t, 0)->see),
	    "件 7");
	assert_int_equal(assert_of(&t, 1)->severity, DIAG_ERROR);
	assert_string_equal(str_cstr(&t.f.arena, assert_of(&t, 1)->see),
	    "件 甲");
	assert_true(assert_of(&t, 2)->is_off);
	/* Three keywords: one too many by the rules, none by the profile. The
	 * let of the same name in a rule is another one. */
	take_record(&t, "content/achievements/lab/dots.md", achievement);
	assert_true(judge(&t));
	assert_int_equal(t.f.diags.items.count, 0);
	finish(&t);
}

static void test_profile__tells_what_it_stands_for(void **state)
{
	const struct profile *profile;
	struct test t;

	(void)state;
	assert_true(open_profile(&t, PROFILE
	    "let,t:least,3,P-01b,P,甲,P,乙,丙,c\n"
	    "role,P-01b,notice,,P,9,,,丁,d\n"));
	profile = ruleset_profile(t.ruleset);
	assert_string_equal(str_cstr(&t.f.arena, profile->title[LANG_EN]),
	    "Old numbers");
	assert_int_equal(profile->change_count, 2);
	assert_string_equal(str_cstr(&t.f.arena,
	    profile->changes[0].override->was), "2");
	assert_string_equal(str_cstr(&t.f.arena,
	    profile->changes[1].override->was), "error");
	assert_true(str_eq(profile_part(&profile->changes[1]), STR("role")));
	assert_int_equal(assert_of(&t, 1)->severity, DIAG_NOTICE);
	finish(&t);
}

static void test_profile__every_fault_of_it_is_told(void **state)
{
	static const struct {
		const char *rows, *expected;
	} cases[] = {
		{ PROFILE "what,t:least,3,,P,,,,,\n", "K0245@4:0" },
		{ PROFILE "see,P-01b,x,,P,,,,,\n", "K0245@4:0" },
		{ PROFILE "let,least,3,,P,,,,,\nlet,u:least,3,,P,,,,,\n"
		    "role,P-09,error,,P,,,,,\n",
		    "K0246@4:0 K0246@5:0 K0246@6:0" },
		{ PROFILE "let,t:least,3,P-08,P,,,,,\n", "K0246@4:0" },
		{ PROFILE "let,t:least,3,,Q,,,,,\n", "K0243@4:0" },
		{ PROFILE "role,P-01b,mild,,P,,,,,\n", "K0217@4:0" },
		{ PROFILE "let,t:least,3 +,,P,,,,,\n", "K0219@4:0" },
		{ PROFILE "let,t:least,$most,,P,,,,,\n", "K0220@4:0" },
		{ "part,name\nlet,t:least\n", "K0205@1:0 K0205@1:0 "
		    "K0205@1:0 K0205@1:0 K0205@1:0 K0205@1:0 K0205@1:0 "
		    "K0205@1:0" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct test t;

		assert_false(open_profile(&t, cases[i].rows));
		if (strcmp(found(&t.f), cases[i].expected) != 0)
			fail_msg("%zu: %s", i, found(&t.f));
		finish(&t);
	}
}

static void test_profile__not_there_is_told_with_those_there(
    void **state)
{
	struct test t;

	(void)state;
	start(&t, rules, row);
	t.files[4] = (struct memory_file){ "schemas/profiles/A.csv", "" };
	t.files[5] = (struct memory_file){ "schemas/profiles/B.csv", "" };
	assert_false(ruleset_open_profile(&t.f.arena, &t.f.reader,
	    &registry.codes, STR("D"), &t.ruleset, &t.f.diags));
	assert_string_equal(found(&t.f), "K0244@0:0");
	assert_non_null(strstr(str_cstr(&t.f.arena, ((struct diagnostic *)
	    vec_at(&t.f.diags.items, 0))->hint[LANG_EN]), "A, B"));
	finish(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_profile__changes_what_it_names_and_nothing_else),
		cmocka_unit_test(test_profile__tells_what_it_stands_for),
		cmocka_unit_test(test_profile__every_fault_of_it_is_told),
		cmocka_unit_test(
		    test_profile__not_there_is_told_with_those_there),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
