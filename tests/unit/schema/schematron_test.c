/* SPDX-License-Identifier: MIT */
/* What rules find in a record. */
#include "schematron_fixture.h"

/* What judging the record by these rules finds: "A@2:1 B@4:1". */
static void assert_judged(const char *text, const char *expected)
{
	struct test t;
	bool clean;

	start(&t, text);
	if (!load(&t, "rules/a.sch"))
		fail_msg("not loaded: %s", found(&t.f));
	clean = schematron_run(t.set, &t.input, &t.f.diags);
	assert_int_equal(clean, diag_errors(&t.f.diags) == 0);
	assert_string_equal(found(&t.f), expected);
	finish(&t);
}

/* The messages of what is found, one after another. */
static void assert_messages(const char *text, enum lang lang,
    const char *expected)
{
	struct str all = STR_NONE;
	struct test t;

	start(&t, text);
	if (!load(&t, "rules/a.sch"))
		fail_msg("not loaded: %s", found(&t.f));
	(void)!schematron_run(t.set, &t.input, &t.f.diags);
	for (size_t i = 0; i < t.f.diags.items.count; i++) {
		const struct diagnostic *d = vec_at(&t.f.diags.items, i);

		all = str_format(&t.f.arena, "%.*s%s%.*s", STR_ARG(all),
		    i == 0 ? "" : "|", STR_ARG(d->message[lang]));
	}
	assert_string_equal(str_cstr(&t.f.arena, all), expected);
	finish(&t);
}

/* -- what is judged ------------------------------------------------------ */

static void test_schematron__an_assert_fails_and_a_report_fires(void **state)
{
	(void)state;
	assert_judged(HEAD "<pattern><rule context='/achievement'>"
	    "<assert id='A' diagnostics='en' test='title'>a</assert>"
	    "<assert id='B' diagnostics='en' test='level'>b</assert>"
	    "<report id='C' diagnostics='en' test='title'>c</report>"
	    "<report id='D' diagnostics='en' test='level'>d</report>"
	    "</rule></pattern>" TAIL, "B@1:1 C@1:1");
}

static void test_schematron__contexts_match_as_patterns_do(void **state)
{
	static const struct {
		const char *text, *expected;
	} rows[] = {
		{ FIRE("title", "m"), "A@2:8 A@18:12" },
		{ FIRE("/achievement/title", "m"), "A@2:8" },
		{ FIRE("/title", "m"), "" },
		{ FIRE("//title", "m"), "A@2:8 A@18:12" },
		{ FIRE("item/title", "m"), "A@18:12" },
		{ FIRE("papers/item/title", "m"), "A@18:12" },
		{ FIRE("papers/title", "m"), "" },
		{ FIRE("papers//title", "m"), "A@18:12" },
		{ FIRE("people/item[unit = '浙江大学']/name", "m"),
		    "A@9:11 A@15:11" },
		{ FIRE("people/item[2]/name", "m"), "A@12:11" },
		{ FIRE("people/item[unit = '浙江大学'][2]/name", "m"),
		    "A@15:11" },
		{ FIRE("people/item[2][unit = '浙江大学']/name", "m"), "" },
		{ FIRE("people/item[position() = last()]/name", "m"),
		    "A@15:11" },
		{ FIRE("people/item[count(../item)]/name", "m"), "A@15:11" },
		{ FIRE("people/item[not(preceding-sibling::item)]/name", "m"),
		    "A@9:11" },
		{ FIRE("title_en | category", "m"), "A@3:11 A@4:11" },
		{ FIRE("category | category", "m"), "A@4:11" },
		{ FIRE("*[. = '李四']", "m"), "A@12:11" },
		{ FIRE("//*[not(*)][. = '李四' or . = '王五']", "m"),
		    "A@12:11 A@15:11" },
		{ FIRE("achievement[@unit = 'lab']/category", "m"),
		    "A@4:11" },
		{ FIRE("achievement[@unit = 'x']/category", "m"), "" },
		{ FIRE("category/text()", "m"), "A@4:11" },
		{ FIRE("@unit", "m"), "A@1:1" },
		{ FIRE("/", "m"), "A@1:1" },
		{ FIRE("item[name[. = '李四' and not(*)] | doi]/unit", "m"),
		    "A@13:11" },
		{ FIRE("nothing", "m"), "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_judged(rows[i].text, rows[i].expected);
}

static void test_schematron__the_first_rule_of_a_pattern_has_the_node(
    void **state)
{
	(void)state;
	assert_judged(HEAD "<pattern>"
	    "<rule context='item[order = 2]/name'><assert id='A' "
	    "diagnostics='en' test='false()'>a</assert></rule>"
	    "<rule context='name | *[self::title]'><assert id='B' "
	    "diagnostics='en' test='false()'>b</assert></rule>"
	    "<rule context='//name'><assert id='C' diagnostics='en' "
	    "test='false()'>c</assert></rule></pattern>"
	    "<pattern><rule context='item[order = 2]/name'><assert id='D' "
	    "diagnostics='en' test='false()'>d</assert></rule></pattern>"
	    TAIL, "B@2:8 B@9:11 A@12:11 D@12:11 B@15:11 B@18:12");
}

static void test_schematron__lets_are_seen_at_every_level(void **state)
{
	(void)state;
	assert_messages(HEAD "<let name='a' value=\"'s'\"/>"
	    "<let name='b' value=\"concat($a, 's')\"/>"
	    "<pattern><let name='c' value=\"concat($b, 'p', title)\"/>"
	    "<let name='d' value='/achievement/title_en'/>"
	    "<rule context='people/item'><let name='a' value='name'/>"
	    "<let name='e' value=\"concat($a, $b, $c)\"/>"
	    "<assert id='A' diagnostics='en' test='order != 2'>"
	    "<value-of select='$e'/>,<value-of select='$d'/></assert>"
	    "</rule></pattern>" TAIL, LANG_ZH, "李四ssssp,Quantum dots");
}

static void test_schematron__a_let_is_worked_out_once_and_when_needed(
    void **state)
{
	struct test t;

	(void)state;
	start(&t, HEAD "<let name='never' value=\"z:count('x')\"/>"
	    "<let name='once' value=\"z:count('y')\"/>"
	    "<pattern><rule context='people/item'>"
	    "<let name='each' value='z:count(name)'/>"
	    "<assert id='A' diagnostics='en' test=\"$once = 'y' and $each "
	    "= name and $each != ''\">a</assert></rule></pattern>" TAIL);
	assert_true(load(&t, "rules/a.sch"));
	assert_true(schematron_run(t.set, &t.input, &t.f.diags));
	assert_int_equal(t.context.calls, 1 + 3);
	/* A second run begins anew. */
	assert_true(schematron_run(t.set, &t.input, &t.f.diags));
	assert_int_equal(t.context.calls, 2 * (1 + 3));
	finish(&t);
}

static void test_schematron__an_abstract_pattern_takes_parameters(
    void **state)
{
	(void)state;
	assert_messages(HEAD
	    "<pattern id='missing' abstract='true' see='basis'>"
	    "<title>t</title><rule context='$where'>"
	    "<let name='what' value='$label'/>"
	    "<assert id='A' role='$role' diagnostics='en' "
	    "test='$field[. != $not]'>"
	    "没有<value-of select='$what'/></assert></rule></pattern>"
	    "<pattern is-a='missing'><param name='where' "
	    "value='people/item[2]'/><param name='field' value='orcid'/>"
	    "<param name='label' value=\"'ORCID'\"/>"
	    "<param name='not' value=\"''\"/>"
	    "<param name='role' value='warning'/></pattern>"
	    "<pattern is-a='missing'><param name='where' "
	    "value='/achievement'/><param name='field' value='title'/>"
	    "<param name='label' value=\"'题目'\"/>"
	    "<param name='not' value=\"'量子点'\"/>"
	    "<param name='role' value='error'/></pattern>" TAIL, LANG_ZH,
	    "没有ORCID|没有题目");
}

static void test_schematron__a_rule_extends_abstract_ones(void **state)
{
	(void)state;
	assert_judged(HEAD "<pattern><rule abstract='true' id='base'>"
	    "<let name='own' value='name'/>"
	    "<assert id='A' diagnostics='en' test=\"$own = '张三'\">a"
	    "</assert></rule>"
	    "<rule abstract='true' id='more'><extends rule='base'/>"
	    "<assert id='B' diagnostics='en' test=\"$own = '李四'\">b"
	    "</assert></rule>"
	    "<rule context='people/item[2]'><extends rule='more'/>"
	    "<assert id='C' diagnostics='en' test=\"$own = '王五'\">c"
	    "</assert></rule></pattern>" TAIL, "A@11:5 C@11:5");
}

static void test_schematron__asserts_apply_between_their_dates(void **state)
{
	(void)state;
	assert_judged(HEAD "<pattern z:effective='2025-03-01'>"
	    "<rule context='/achievement'>"
	    "<assert id='A' diagnostics='en' test='false()'>a</assert>"
	    "<assert id='B' diagnostics='en' test='false()' "
	    "z:effective='2025-03-02'>b</assert>"
	    "<assert id='C' diagnostics='en' test='false()' "
	    "z:effective='' z:expires='2025-03-01'>c</assert>"
	    "<assert id='D' diagnostics='en' test='false()' "
	    "z:expires='2025-02-28'>d</assert></rule></pattern>" TAIL,
	    "A@1:1 C@1:1");
}

static void test_schematron__asserts_apply_on_the_date_that_they_name(
    void **state)
{
	(void)state;
	assert_judged(HEAD "<pattern z:effective='2025-03-02'>"
	    "<rule context='/achievement' z:on=\"'2025-03-02'\">"
	    "<assert id='A' diagnostics='en' test='false()'>a</assert>"
	    "<assert id='B' diagnostics='en' test='false()' "
	    "z:on='nothing'>b</assert>"
	    "<assert id='C' diagnostics='en' test='false()' "
	    "z:on='' z:effective='2025-03-01'>c</assert>"
	    "<assert id='D' diagnostics='en' test='false()' "
	    "z:expires='2025-03-01' z:effective=''>d</assert></rule></pattern>"
	    TAIL, "A@1:1 C@1:1");
}

/* 1 applied, 2 failed, 4 early, 8 late, 16 absent; by assert. */
static void test_schematron__outcomes_tell_what_became_of_an_assert(
    void **state)
{
	static const char text[] = HEAD "<pattern>"
	    "<rule context='/achievement/people/item[order > 1]'>"
	    "<assert id='A' diagnostics='en' test='true()'>a</assert>"
	    "<assert id='B' diagnostics='en' test=\"name = '李四'\">b</assert>"
	    "</rule><rule context='/achievement[level]'>"
	    "<assert id='C' diagnostics='en' test='false()'>c</assert></rule>"
	    "<rule context='/dossier'>"
	    "<assert id='D' diagnostics='en' test='false()'>d</assert></rule>"
	    "</pattern><pattern z:effective='2025-03-02'>"
	    "<rule context='title'>"
	    "<assert id='E' diagnostics='en' test='false()'>e</assert></rule>"
	    "</pattern><pattern z:expires='2025-02-28'>"
	    "<rule context='title'>"
	    "<assert id='F' diagnostics='en' test='false()'>f</assert></rule>"
	    "</pattern>" TAIL;
	unsigned char outcomes[6] = { 0 };
	struct test t;

	(void)state;
	start(&t, text);
	assert_true(load(&t, "rules/a.sch"));
	t.input.outcomes = outcomes;
	assert_false(schematron_run(t.set, &t.input, &t.f.diags));
	assert_memory_equal(outcomes, "\1\3\20\0\4\10", 6);
	finish(&t);
}

/* Instances of an abstract pattern are one assert. */
static void test_schematron__outcomes_of_instances_are_put_together(
    void **state)
{
	static const char text[] = HEAD "<pattern id='p' abstract='true'>"
	    "<rule context='$where'>"
	    "<assert id='A' diagnostics='en' test='true()'>a</assert></rule>"
	    "</pattern><pattern is-a='p'>"
	    "<param name='where' value='/achievement/title'/></pattern>"
	    "<pattern is-a='p'>"
	    "<param name='where' value='/achievement/level'/></pattern>" TAIL;
	unsigned char outcome = 0;
	struct test t;

	(void)state;
	start(&t, text);
	assert_true(load(&t, "rules/a.sch"));
	t.input.outcomes = &outcome;
	assert_true(schematron_run(t.set, &t.input, &t.f.diags));
	assert_int_equal(outcome, SCHEMATRON_APPLIED | SCHEMATRON_ABSENT);
	finish(&t);
}

static void test_schematron__what_stands_around_an_assert_is_inherited(
    void **state)
{
	struct test t;
	const struct diagnostic *d;
	const struct schematron_assert *about;

	(void)state;
	start(&t, HEAD "<pattern role='notice' see='P' z:status='draft' "
	    "z:binds='unit'><title>题目</title>"
	    "<rule context='/achievement' see='R' z:rule='X-01'>"
	    "<assert id='X-01a' diagnostics='en hint' test='false()' "
	    "role='warning'>甲<value-of select='title'/>\n"
	    "      乙</assert>"
	    "<assert id='X-01b' diagnostics='en' z:rule='X-02' see='S' "
	    "test='false()'>丙</assert></rule></pattern>"
	    "<diagnostics><diagnostic id='en' xml:lang='en' "
	    "z:part='message'>E</diagnostic><diagnostic id='hint'>H "
	    "<emph>h</emph></diagnostic></diagnostics></schema>");
	assert_true(load(&t, "rules/a.sch"));
	assert_true(schematron_run(t.set, &t.input, &t.f.diags));
	assert_string_equal(found(&t.f), "X-01@1:1 X-02@1:1");
	d = vec_at(&t.f.diags.items, 0);
	assert_int_equal(d->severity, DIAG_WARNING);
	assert_str(d->basis, "R");
	assert_str(d->message[LANG_ZH], "甲量子点乙");
	assert_str(d->message[LANG_EN], "E");
	assert_str(d->hint[LANG_ZH], "H h");
	assert_str(d->mark.path, "content/achievements/lab/dots.md");
	d = vec_at(&t.f.diags.items, 1);
	assert_int_equal(d->severity, DIAG_NOTICE);
	assert_str(d->basis, "S");
	assert_int_equal(schematron_assert_count(t.set), 2);
	about = schematron_assert_at(t.set, 0);
	assert_str(about->id, "X-01a");
	assert_str(about->rule, "X-01");
	assert_str(about->status, "draft");
	assert_str(about->binds, "unit");
	assert_str(about->pattern, "题目");
	assert_str(about->context, "/achievement");
	assert_str(schematron_wording(&t.f.arena, about, SCHEMATRON_MESSAGE,
	    LANG_ZH, NULL), "甲…乙");
	finish(&t);
}

static void test_schematron__messages_are_filled_in_each_language(
    void **state)
{
	static const char text[] = HEAD "<pattern><rule context='people'>"
	    "<assert id='A' diagnostics='m' test='count(item) = 2'>"
	    "  <name/> 有 <value-of select='count(item)'/> 人：\n"
	    "    <emph><value-of select='item[1]/name'/></emph>、\n"
	    "    等 <name path='item[1]/unit'/> "
	    "<value-of select='z:lang()'/>  </assert></rule></pattern>"
	    "<diagnostics><diagnostic id='m' xml:lang='en' "
	    "z:part='message'>in\n  <dir value='ltr'>two</dir> words "
	    "<value-of select='z:lang()'/></diagnostic></diagnostics>"
	    "</schema>";

	(void)state;
	assert_messages(text, LANG_ZH, "people 有 3 人：张三、等 unit zh");
	assert_messages(text, LANG_EN, "in two words en");
}

#define A "aaaaaaaaaa"
#define AA A A A A
#define AAA AA A A

static void test_schematron__values_stay_on_one_line_and_short(void **state)
{
	(void)state;
	assert_messages(FIRE("/achievement",
	    "[<value-of select='body'/>]"), LANG_ZH,
	    "[第一行 第二行：错字在此]");
	assert_messages(FIRE("/achievement", "<value-of select=\"'" AAA AAA
	    AA AA A A "'\"/>."), LANG_ZH, AAA AAA AA AA "….");
	assert_messages(FIRE("/achievement", "<value-of select=\"'" AAA AAA
	    AA AA "'\"/>."), LANG_ZH, AAA AAA AA AA ".");
}

static void test_schematron__a_fault_is_placed_within_its_text(void **state)
{
	(void)state;
	assert_judged(HEAD "<pattern><rule context='body'>"
	    "<let name='at' value=\"string-length(substring-before(., "
	    "'错'))\"/><assert id='A' z:at='$at' diagnostics='en' "
	    "test='false()'>a</assert>"
	    "<assert id='B' z:at='-1' diagnostics='en' test='false()'>b"
	    "</assert></rule><rule context='/achievement'>"
	    "<assert id='C' subject='people/item[2]/name' diagnostics='en' "
	    "test='false()'>c</assert>"
	    "<assert id='D' subject='nobody' diagnostics='en' "
	    "test='false()'>d</assert></rule></pattern>" TAIL,
	    "D@1:1 C@12:11 B@21:1 A@22:5");
}

static void test_schematron__a_finding_says_by_when(void **state)
{
	const struct diagnostic *d;
	struct test t;

	(void)state;
	start(&t, HEAD "<pattern><rule context='/achievement'>"
	    "<let name='day' value=\"'2025-03-31'\"/>"
	    "<report id='A' diagnostics='en' z:due='$day' test='true()'>a"
	    "</report><report id='B' diagnostics='en' z:bare='$day' "
	    "z:binds='unit' test='true()'>b</report>"
	    "<report id='C' diagnostics='en' z:due='$day' z:binds='unit' "
	    "z:bare=\"'2025-03-29'\" subject='people/item[2]/name' "
	    "z:late='false()' "
	    "test='true()'>c</report>"
	    "<report id='D' diagnostics='en' z:due='nothing' z:bare='$day' "
	    "z:late='false()' z:binds='unit' test='true()'>d</report>"
	    "<report id='E' diagnostics='en' z:due='$day' "
	    "z:late='category' test='true()'>e</report></rule></pattern>" TAIL);
	assert_true(load(&t, "rules/a.sch"));
	assert_false(schematron_run(t.set, &t.input, &t.f.diags));
	d = vec_at(&t.f.diags.items, 0);
	assert_str(d->due, "2025-03-31");
	assert_str(d->bare, "");
	assert_str(d->binds, "");
	assert_str(d->field, "");
	assert_false(d->is_excused);
	/* What is due by no day has nothing else of the kind either. */
	for (size_t i = 1; i < 4; i += 2) {
		d = vec_at(&t.f.diags.items, i);
		assert_str(d->due, "");
		assert_str(d->bare, "");
		assert_str(d->binds, "");
		assert_str(d->field, "");
		assert_false(d->is_excused);
	}
	d = vec_at(&t.f.diags.items, 2);
	assert_str(d->due, "2025-03-31");
	assert_str(d->bare, "2025-03-29");
	assert_str(d->binds, "unit");
	assert_str(d->field, "people[2].name");
	assert_true(d->is_excused);
	d = vec_at(&t.f.diags.items, 4);
	assert_false(d->is_excused);
	finish(&t);
}

static void test_schematron__functions_get_values_of_ours(void **state)
{
	(void)state;
	assert_messages(FIRE("people", "<value-of select=\"z:kinds(item, 1, "
	    "true(), 'x')\"/> <value-of select=\"z:double('21')\"/> "
	    "<value-of select=\"z:double(item[2]/order)\"/> "
	    "<value-of select=\"z:double('x')\"/> "
	    "<value-of select=\"z:count(nothing)\"/>"
	    "<value-of select=\"z:other('yes')/category\"/>"
	    "<value-of select=\"count(z:other('no'))\"/>"), LANG_ZH,
	    "tnbt 42 4 NaN 基础研究0");
	assert_messages(FIRE("people/item[2]", "<value-of select=\"count("
	    "../item[unit = current()/unit])\"/>"), LANG_ZH, "1");
}

static void test_schematron__a_failing_expression_spares_the_rest(
    void **state)
{
	static const char text[] = HEAD
	    "<let name='bad' value='z:fail()'/><pattern>"
	    "<rule context='category'>"
	    "<assert id='A' diagnostics='en' test='z:fail()'>a</assert>"
	    "<assert id='B' diagnostics='en' test='$bad'>b</assert>"
	    "<assert id='C' diagnostics='en' test='false()'>"
	    "<value-of select='$bad'/></assert>"
	    "<assert id='D' diagnostics='en' test=\"count('x') = 1\">d"
	    "</assert>"
	    "<assert id='E' diagnostics='en' test='false()'>e</assert>"
	    "</rule></pattern><pattern><rule context='title[z:fail()]'>"
	    "<assert id='F' diagnostics='en' test='true()'>f</assert></rule>"
	    "</pattern>" TAIL;
	struct test t;

	(void)state;
	start(&t, text);
	assert_true(load(&t, "rules/a.sch"));
	assert_false(schematron_run(t.set, &t.input, &t.f.diags));
	assert_string_equal(found(&t.f), "K0231@1:1 E@4:11 K0231@4:11 "
	    "K0231@4:11 K0231@4:11 K0231@4:11");
	assert_non_null(strstr(message(&t.f, "K0231", LANG_EN), "no luck"));
	assert_non_null(strstr(message(&t.f, "K0231", LANG_EN),
	    "rules/a.sch:1"));
	finish(&t);
}

static void test_schematron__endless_work_is_stopped(void **state)
{
	(void)state;
	assert_judged(HEAD "<pattern><rule context='/achievement'><assert "
	    "id='A' diagnostics='en' test='count(//*[//*[//*[//*[//*[//*["
	    "//*]]]]]]) = 0 and count(//*[count(//*[count(//*[count(//*["
	    "count(//*) > 1]) > 1]) > 1]) > 1]) = 0'>a</assert>"
	    "<assert id='B' diagnostics='en' "
	    "test='count(//*[count(//*[count(//*[count(//*[count(//*[count("
	    "//*) > 1]) > 1]) > 1]) > 1]) > 1]) = 0'>b</assert></rule>"
	    "</pattern>" TAIL, "A@1:1 K0231@1:1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test(test_schematron__##name)
		TEST(an_assert_fails_and_a_report_fires),
		TEST(contexts_match_as_patterns_do),
		TEST(the_first_rule_of_a_pattern_has_the_node),
		TEST(lets_are_seen_at_every_level),
		TEST(a_let_is_worked_out_once_and_when_needed),
		TEST(an_abstract_pattern_takes_parameters),
		TEST(a_rule_extends_abstract_ones),
		TEST(asserts_apply_between_their_dates),
		TEST(asserts_apply_on_the_date_that_they_name),
		TEST(outcomes_tell_what_became_of_an_assert),
		TEST(outcomes_of_instances_are_put_together),
		TEST(what_stands_around_an_assert_is_inherited),
		TEST(messages_are_filled_in_each_language),
		TEST(values_stay_on_one_line_and_short),
		TEST(a_fault_is_placed_within_its_text),
		TEST(a_finding_says_by_when),
		TEST(functions_get_values_of_ours),
		TEST(a_failing_expression_spares_the_rest),
		TEST(endless_work_is_stopped),
#undef TEST
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
