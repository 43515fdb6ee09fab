/* SPDX-License-Identifier: MIT */
/* Rule files: several together, phases, includes, and what does not load. */
#include "schematron_fixture.h"

static const char phases[] = HEAD
    "<let name='s' value='1'/>"
    "<phase id='one'><let name='who' value=\"concat('phase', $s)\"/>"
    "<active pattern='p'/></phase>"
    "<phase id='two'><active pattern='q'/><active pattern='r'/></phase>"
    "<pattern id='p'><rule context='/achievement'><report id='P' "
    "diagnostics='en' test='$who = \"phase1\"'>p</report></rule></pattern>"
    "<pattern id='q'><rule context='title'><report id='Q' "
    "diagnostics='en' test='true()'>q</report></rule></pattern>"
    "<pattern id='r'><rule context='category'><report id='R' "
    "diagnostics='en' test='true()'>r</report></rule></pattern>" TAIL;

static void test_schematron__a_phase_picks_patterns(void **state)
{
	static const struct {
		const char *phase, *expected;
	} rows[] = {
		{ "one", "P@1:1" }, { "two", "Q@2:8 R@4:11 Q@18:12" },
		/* The let of a phase is not there in another. */
		{ "", "K0231@1:1 Q@2:8 R@4:11 Q@18:12" },
		{ "#ALL", "K0231@1:1 Q@2:8 R@4:11 Q@18:12" },
		{ "three", "K0232@1:1" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct test t;

		start(&t, phases);
		assert_true(load(&t, "rules/a.sch"));
		t.input.phase = str_from(rows[i].phase);
		(void)!schematron_run(t.set, &t.input, &t.f.diags);
		assert_string_equal(found(&t.f), rows[i].expected);
		assert_int_equal(schematron_has_phase(t.set, t.input.phase),
		    i < 4);
		finish(&t);
	}
}

/* A file without phases takes part in all, one with others in none. */
static void test_schematron__files_share_phases(void **state)
{
	struct test t;

	(void)state;
	start(&t, phases);
	t.files[1] = (struct memory_file){ "rules/b.sch",
		FIRE("category", "m") };
	t.files[2] = (struct memory_file){ "rules/c.sch", HEAD
		"<phase id='three'><active pattern='c'/></phase>"
		"<pattern id='c'><rule context='title'><report id='T' "
		"diagnostics='en' test='true()'>t</report></rule></pattern>"
		TAIL };
	assert_true(load(&t, "rules/a.sch"));
	assert_true(load(&t, "rules/b.sch"));
	assert_true(load(&t, "rules/c.sch"));
	t.input.phase = STR("one");
	assert_false(schematron_run(t.set, &t.input, &t.f.diags));
	assert_string_equal(found(&t.f), "P@1:1 A@4:11");
	finish(&t);
}

static void test_schematron__files_include_files(void **state)
{
	struct test t;

	(void)state;
	start(&t, HEAD "<include href='parts/p.sch'/>"
	    "<pattern><include href='parts/q.sch#second'/></pattern>" TAIL);
	t.files[1] = (struct memory_file){ "rules/parts/p.sch",
		"<pattern xmlns='http://purl.oclc.org/dsdl/schematron'>"
		"<include href='q.sch'/></pattern>" };
	t.files[2] = (struct memory_file){ "rules/parts/q.sch",
		"<rule xmlns='http://purl.oclc.org/dsdl/schematron' "
		"id='second' context='category'>\n<assert id='A' "
		"diagnostics='en' test='false()'>a</assert></rule>" };
	assert_true(load(&t, "rules/a.sch"));
	assert_false(schematron_run(t.set, &t.input, &t.f.diags));
	assert_string_equal(found(&t.f), "A@4:11 A@4:11");
	assert_str(schematron_assert_at(t.set, 0)->mark.path,
	    "rules/parts/q.sch");
	assert_int_equal(schematron_assert_at(t.set, 0)->mark.line, 2);
	finish(&t);
}

/* -- what does not load -------------------------------------------------- */

#define RULE(inside) HEAD "\n<pattern><rule context='title'>\n" inside \
	"</rule></pattern>" TAIL
#define ASSERT(attributes) RULE("<assert id='A' diagnostics='en' " \
	attributes ">a</assert>")

static void test_schematron__every_fault_of_a_rule_file_is_told(void **state)
{
	static const struct {
		const char *text, *expected;
	} rows[] = {
		{ "", "K0211@1:0" },
		{ "<schema>\n<a></schema>", "K0211@2:0 K0211@2:0" },
		{ "<!DOCTYPE a [<!ENTITY b 'c'>]>\n<a>&b;</a>",
		    "K0211@2:0" },
		{ "<a/>", "K0212@1:0" },
		{ "<schema xmlns='http://purl.oclc.org/dsdl/schematron' "
		    "queryBinding='xslt2'/>", "K0213@1:0" },
		{ HEAD "\n<patern/>" TAIL, "K0214@2:0" },
		{ HEAD "\n<rule/>" TAIL, "K0214@2:0" },
		{ HEAD "<pattern>\n<assert/></pattern>" TAIL, "K0214@2:0" },
		{ RULE("<rule/>"), "K0214@3:0" },
		{ RULE("<assert id='A' diagnostics='en' test='1'>a\n<b "
		    "xmlns=''/></assert>"), "K0214@4:0" },
		{ HEAD "<other xmlns='urn:x'/>" TAIL, "" },
		{ ASSERT("test='1' tset='2'"), "K0215@3:0" },
		{ ASSERT("test='1' z:efective='2020-01-01'"), "K0215@3:0" },
		{ ASSERT("test='1' xmlns:x='urn:x' x:y='2'"), "" },
		{ RULE("<assert id='A' diagnostics='en'>a</assert>"),
		    "K0216@3:0" },
		{ RULE("<assert test='1' diagnostics='en'>a</assert>"),
		    "K0216@3:0" },
		{ HEAD "<pattern>\n<rule/></pattern>" TAIL, "K0216@2:0" },
		{ ASSERT("test='1' role='fatal'"), "K0217@3:0" },
		{ ASSERT("test='1' z:effective='2025-02-30'"), "K0217@3:0" },
		{ HEAD "<let name='a' value='1'/>\n<let name='a' value='2'/>"
		    TAIL, "K0218@2:0" },
		{ RULE("<assert id='A' diagnostics='en' test='1'>a</assert>\n"
		    "<assert id='A' diagnostics='en' test='1'>a</assert>"),
		    "K0218@4:0" },
		{ HEAD "<pattern id='p'/>\n<pattern id='p'/>" TAIL,
		    "K0218@2:0" },
		{ HEAD "<phase id='p'/>\n<phase id='p'/>" TAIL, "K0218@2:0" },
		{ ASSERT("test='a b'"), "K0219@3:0" },
		{ ASSERT("test='(a'"), "K0219@3:0" },
		{ ASSERT("test='1' z:at='a['"), "K0219@3:0" },
		{ HEAD "<pattern>\n<rule context='a['/></pattern>" TAIL,
		    "K0219@2:0" },
		{ ASSERT("test='$a'"), "K0220@3:0" },
		{ RULE("<let name='a' value='$b'/>\n<let name='b' "
		    "value='$a'/>"), "K0220@3:0" },
		{ HEAD "<pattern><rule context='a'><let name='x' value='1'/>"
		    "</rule>\n<rule context='b[$x]'/></pattern>" TAIL,
		    "K0220@2:0" },
		{ ASSERT("test='lenght(.)'"), "K0221@3:0" },
		{ ASSERT("test='z:cuont(.)'"), "K0221@3:0" },
		{ ASSERT("test='count(.) and (true()) or not (and(1))'"),
		    "K0221@3:0" },
		{ ASSERT("test='count()'"), "K0222@3:0" },
		{ ASSERT("test='count(1, concat(2, 3))'"), "K0222@3:0" },
		{ ASSERT("test='z:count()'"), "K0222@3:0" },
		{ ASSERT("test=\"concat(',', string(a[. = '(']), 'c')\""),
		    "" },
		{ ASSERT("test='y:count(1)'"), "K0223@3:0" },
		{ ASSERT("test='y:a'"), "K0223@3:0" },
		{ RULE("<assert id='A' diagnostics='en no' test='1'>a"
		    "</assert>"), "K0224@3:0" },
		{ RULE("<extends rule='no'/>"), "K0224@3:0" },
		{ HEAD "\n<pattern is-a='no'/>" TAIL, "K0224@2:0" },
		{ HEAD "<phase id='a'>\n<active pattern='no'/></phase>" TAIL,
		    "K0224@2:0" },
		{ "<schema xmlns='http://purl.oclc.org/dsdl/schematron' "
		    "defaultPhase='no'/>", "K0224@1:0" },
		{ RULE("<assert id='A' test='1'>a</assert>"), "K0225@3:0" },
		{ RULE("<assert id='A' diagnostics='en' test='1'> </assert>"),
		    "K0225@3:0" },
		{ HEAD "<pattern><rule abstract='true' id='a'>\n<extends "
		    "rule='a'/></rule><rule context='b'><extends rule='a'/>"
		    "</rule></pattern>" TAIL, "K0226@2:0" },
		{ HEAD "\n<include href='a.sch'/>" TAIL,
		    "K0214@1:0 K0226@2:0" },
		{ HEAD "\n<include href='no.sch'/>" TAIL, "K0206@2:0" },
		{ HEAD "\n<include href='../../etc/passwd'/>" TAIL,
		    "K0206@2:0" },
		{ HEAD "\n<include/>" TAIL, "K0216@2:0" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct test t;
		bool loaded;

		start(&t, rows[i].text);
		loaded = load(&t, "rules/a.sch");
		if (strcmp(found(&t.f), rows[i].expected) != 0)
			fail_msg("%s\n%s, not %s", rows[i].text, found(&t.f),
			    rows[i].expected);
		assert_int_equal(loaded, rows[i].expected[0] == '\0');
		finish(&t);
	}
}

static void test_schematron__asserts_of_two_files_have_two_names(
    void **state)
{
	struct test t;

	(void)state;
	start(&t, FIRE("title", "m"));
	t.files[1] = (struct memory_file){ "rules/b.sch",
		FIRE("title", "m") };
	assert_true(load(&t, "rules/a.sch"));
	assert_false(load(&t, "rules/b.sch"));
	assert_string_equal(found(&t.f), "K0218@1:0");
	finish(&t);
}

static void test_schematron__a_misspelt_function_gets_its_neighbour(
    void **state)
{
	const struct diagnostic *d;
	struct test t;

	(void)state;
	start(&t, ASSERT("test='z:cuont(.)'"));
	assert_false(load(&t, "rules/a.sch"));
	d = vec_at(&t.f.diags.items, 0);
	assert_true(str_find(d->hint[LANG_EN], STR("z:count"), 0) !=
	    STR_NOT_FOUND);
	finish(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test(test_schematron__##name)
		TEST(a_phase_picks_patterns),
		TEST(files_share_phases),
		TEST(files_include_files),
		TEST(every_fault_of_a_rule_file_is_told),
		TEST(asserts_of_two_files_have_two_names),
		TEST(a_misspelt_function_gets_its_neighbour),
#undef TEST
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
