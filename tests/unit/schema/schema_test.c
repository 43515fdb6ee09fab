/* SPDX-License-Identifier: MIT */
#include "schema/schema.h"

#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "schemas.h"

static void test_schema_validate__finds_nothing_wrong_with_a_good_record(
    void **state)
{
	struct bench b;

	(void)state;
	assert_true(bench_open(&b, schema_files));
	assert_string_equal(bench_judge(&b,
	    "name: 星河实验室\nfounded: 2026-02-28\nmonth: 2026-06\n"
	    "year: 2026\ntime: 14:00\nopen: true\nstaff: 12\nfunds: -1.5\n"
	    "share: 33.3\nurl: https://a.b/\nslug: abc\nlanguage: zh\n"
	    "kind: 省实验室\nplace: 330100\nfield: 智能计算\n"
	    "keywords: [一词, 二词]\npeople: []\n"
	    "note: |\n  any text\n\n  at all\n"
	    "seat: { city: 杭州 }\n"), "");
	bench_close(&b);
}

static void test_schema_validate__names_each_fault_and_its_place(void **state)
{
	static const struct {
		const char *matter, *expected;
	} cases[] = {
		/* shape */
		{ "nmae: 星河\n", "X0103@1:1 X0101@2:1" },
		{ "name: 星河\nwhatever: 1\n", "X0102@3:1" },
		{ "name: 星河\nseat: { city: 杭州, 000 件。 }\n",
		    "X0113@3:19" },
		{ "name: 星河\nseat: {}\n", "X0103@3:1" },
		{ "name: 星河\nseat: 杭州\n", "X0104@3:7" },
		{ "name: 星河\nseat: [杭州]\n", "X0104@3:1" },
		{ "name: 星河\nkeywords: 一词\n", "X0105@3:11" },
		{ "name: 星河\nkeywords: { a: b }\n", "X0105@3:1" },
		{ "name: [星河]\n", "X0106@2:1" },
		{ "name: { zh: 星河 }\n", "X0106@2:1" },
		{ "name:\n", "X0107@2:6" },
		{ "name: ''\n", "X0107@2:8" },
		{ "name: '  '\n", "X0107@2:8" },
		{ "name: 星河\nseat:\npeople:\n", "X0107@3:6 X0107@4:8" },
		{ "name: 星河\npeople:\n  -\n  - 甲\n",
		    "X0107@4:4 X0104@5:5" },
		{ "name: 星河\nkeywords: [一一, 二二, 三三, 四四]\n",
		    "X0108@3:1" },
		{ "name: 星河\nkeywords: []\n", "X0109@3:1" },
		/* terms */
		{ "name: 星河\nkind: 省实验宝\n", "X0110@3:7" },
		{ "name: 星河\nkind: lab\n", "X0110@3:7" },
		{ "name: 星河\nkind: Innovation centre\n", "X0110@3:7" },
		{ "name: 星河\nplace: 宁波市\n", "X0110@3:8" },
		{ "name: 星河\nkind: 大学\n", "X0111@3:7" },
		{ "name: 星河\nfield: 智能计\n", "X0112@3:8" },
		/* types */
		{ "name: 星河\nfounded: 2023-02-30\n", "X0201@3:10" },
		{ "name: 星河\nfounded: 2023-2-3\n", "X0201@3:10" },
		{ "name: 星河\nfounded: 2023-02-03Z\n", "X0201@3:10" },
		{ "name: 星河\nfounded: 去年\n", "X0201@3:10" },
		{ "name: 星河\nmonth: 2023-13\n", "X0202@3:8" },
		{ "name: 星河\nyear: 23\n", "X0203@3:7" },
		{ "name: 星河\ntime: 2pm\n", "X0204@3:7" },
		{ "name: 星河\nopen: yes\n", "X0205@3:7" },
		{ "name: 星河\nstaff: 1.5\n", "X0206@3:8" },
		{ "name: 星河\nstaff: -1\n", "X0206@3:8" },
		{ "name: 星河\nfunds: 1,000\n", "X0207@3:8" },
		{ "name: 星河\nshare: 12%\n", "X0207@3:8" },
		{ "name: 星河\nurl: www.a.b\n", "X0208@3:6" },
		{ "name: 星河\nslug: Ab\n", "X0209@3:7" },
		{ "name: |\n  星\n  河\n", "X0210@3:3" },
		{ "name: 星\n", "X0211@2:7" },
		{ "name: 星河星河星河星河星\n", "X0212@2:7" },
		{ "name: |\n  星河星河\n  星河星河星\n",
		    "X0210@3:3 X0212@3:3" },
		{ "name: 星河\nshare: -0.5\n", "X0213@3:8" },
		{ "name: 星河\nshare: 100.01\n", "X0214@3:8" },
		{ "name: 星河\nlanguage: fr\n", "X0215@3:11" },
	};
	struct bench b;

	(void)state;
	assert_true(bench_open(&b, schema_files));
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(bench_judge(&b, cases[i].matter),
		    cases[i].expected);
	bench_close(&b);
}

static void test_schema_validate__lets_no_fault_hide_another(void **state)
{
	struct bench b;

	(void)state;
	assert_true(bench_open(&b, schema_files));
	assert_string_equal(bench_judge(&b,
	    "founded: 2023-02-30\n"
	    "nmae: 星河\n"
	    "staff: [1]\n"
	    "kind: 大学\n"
	    "keywords: [一一, 二, 三三, 四四, 五]\n"
	    "people:\n"
	    "  - { name: 甲甲, born: 昨天, age: 3 }\n"
	    "  - { born: 2000-01-01 }\n"
	    "  - 乙\n"
	    "  - { name: 丙丙, tags: [短, 够长, { a: b }] }\n"
	    "url: x\n"
	    "seat: { street: 一 }\n"
	    "open: no\n"),
	    "X0103@1:1 X0201@2:10 X0101@3:1 X0106@4:1 X0111@5:7 X0108@6:1 "
	    "X0211@6:16 X0211@6:27 X0201@8:23 X0102@8:27 X0103@9:5 X0104@10:5 "
	    "X0211@11:24 X0106@11:31 X0208@12:6 X0103@13:1 X0211@13:17 "
	    "X0205@14:7");
	bench_close(&b);
}

static void test_schema_validate__speaks_of_fields_as_people_do(void **state)
{
	struct bench b;

	(void)state;
	assert_true(bench_open(&b, schema_files));
	bench_judge(&b, "name: 星河\npeople: [{ name: 甲甲 }, { born: 1999 }]\n");
	assert_string_equal(message(&b.fixture, "X0103", LANG_ZH),
	    "缺少“people[2].name”（人员 2 · 姓名）");
	assert_string_equal(message(&b.fixture, "X0103", LANG_EN),
	    "'people[2].name' (People 2 · Name) is missing");
	assert_string_equal(message(&b.fixture, "X0201", LANG_EN),
	    "'1999' is not a calendar date: 'people[2].born' "
	    "(People 2 · born)");
	bench_judge(&b, "nmae: 星河星\n");
	assert_string_equal(message(&b.fixture, "X0101", LANG_EN),
	    "unknown field 'nmae'; 'name' is probably meant");
	bench_judge(&b, "name: 星河\nplace: 宁波\n");
	assert_string_equal(message(&b.fixture, "X0110", LANG_ZH),
	    "“宁波”不是“place”（place）可用的词，可能是“330200”");
	bench_judge(&b, "name: 星河\nplace: Ningbo\n");
	assert_string_equal(message(&b.fixture, "X0110", LANG_EN),
	    "'Ningbo' is no term for 'place' (place); '330200' is probably "
	    "meant");
	bench_judge(&b, "name: 星\n");
	assert_string_equal(message(&b.fixture, "X0211", LANG_EN),
	    "'name' (Name) has a length of 1, at least 2 characters are "
	    "needed");
	bench_close(&b);
}

static void test_schema_validate__leaves_the_tree_as_it_was(void **state)
{
	static const char matter[] =
	    "name: [星河]\nstaff:\nseat: [x]\nkind: 大学\nopen: x\n"
	    "people: [甲, { name: 乙乙 }, 丙]\n";
	struct bench b;
	struct str before;

	(void)state;
	assert_true(bench_open(&b, schema_files));
	before = str_dup(&b.fixture.arena, str_from(bench_judge(&b, matter)));
	vec_clear(&b.fixture.diags.items);
	assert_false(schema_validate(b.set, &b.record, b.tree,
	    &b.fixture.diags));
	assert_true(str_eq(before, str_from(found(&b.fixture))));
	bench_close(&b);
}

/* Ten thousand faults of each sort, in a list and in a map. */
static void test_schema_validate__is_not_slow_on_hostile_input(void **state)
{
	clock_t start = clock();
	struct bench b;
	struct buf buf;

	(void)state;
	assert_true(bench_open(&b, schema_files));
	buf_init(&buf);
	buf_append_cstr(&buf, "people:\n");
	for (int i = 0; i < 10000; i++)
		buf_append_cstr(&buf, "  - {born: x, nmae: y}\n");
	for (int i = 0; i < 10000; i++)
		buf_append_format(&buf, "key_%d: 1\n", i);
	bench_read(&b, buf.ptr);
	assert_false(schema_validate(b.set, &b.record, b.tree,
	    &b.fixture.diags));
	assert_true(b.fixture.diags.items.count > 40000);
	buf_dispose(&buf);
	bench_close(&b);
	assert_true((clock() - start) / CLOCKS_PER_SEC < 60);
}

static void test_schema_validate__judges_every_kind(void **state)
{
	struct frontmatter_limits limits = FRONTMATTER_LIMITS_DEFAULT;
	struct bench b;

	(void)state;
	assert_true(bench_open(&b, schema_files));
	for (size_t i = 0; i < KIND_COUNT; i++) {
		struct fixture *f = &b.fixture;
		enum kind kind = (enum kind)i;
		struct str path = record_path(&f->arena, kind,
		    kind_info(kind)->example);
		struct str bytes = kind == KIND_SITE ? STR("x: 1\n") :
		    STR("---\nx: 1\n---\n");
		struct record record;

		vec_clear(&f->diags.items);
		assert_true(record_parse(&f->arena, path, bytes, &limits,
		    &record, &f->diags));
		assert_false(schema_validate(b.set, &record,
		    tree_build(&f->arena, &record,
			schema_fields(b.set, kind)), &f->diags));
		assert_int_equal(f->diags.items.count, kind == KIND_UNIT ?
		    2 : 1);
	}
	bench_close(&b);
}

/* -- schemas that cannot be used ------------------------------------------ */

static const struct {
	const char *unit, *expected;
} broken[] = {
	{ "<xs:schema", "K0102@1:11 K0102@1:11" },
	{ "", "K0102@1:1" },
	{ "<!DOCTYPE a [<!ENTITY e 'x'>]><a/>", "K0102@1:0" },
	{ "<html/>", "K0104@1:0" },
	{ XSD(""), "K0104@1:0" },
	{ XSD("<xs:element name='unit' type='xs:string'/>"), "K0104@2:0" },
	{ XSD("<xs:element name='unit' type='nothing'/>"), "K0104@2:0" },
	{ XSD("\n<xs:element name='unit'><xs:complexType><xs:choice/>"
	    "</xs:complexType></xs:element>"), "K0104@3:0" },
	{ XSD("<xs:element name='unit'><xs:complexType><xs:all>"
	    "<xs:element name='l'><xs:complexType><xs:sequence>"
	    "<xs:element name='entry' type='xs:string'/></xs:sequence>"
	    "</xs:complexType></xs:element>"
	    "<xs:element name='t' type='xs:NMTOKENS'/>"
	    "<xs:element ref='t'/>"
	    "</xs:all></xs:complexType></xs:element>"),
	    "K0104@2:0 K0104@2:0 K0104@2:0" },
	{ XSD("<xs:import namespace='x' schemaLocation='http://x.y/z'/>"
	    "<xs:element name='unit'><xs:complexType><xs:all/>"
	    "</xs:complexType></xs:element>"), "K0104@2:0" },
	{ XSD("<xs:include schemaLocation='../../etc/passwd'/>"
	    "<xs:element name='unit'><xs:complexType><xs:all/>"
	    "</xs:complexType></xs:element>"), "K0104@2:0" },
	{ XSD("<xs:include schemaLocation='none.xsd'/>"
	    "<xs:element name='unit'><xs:complexType><xs:all/>"
	    "</xs:complexType></xs:element>"), "K0101@0:0" },
	{ XSD("<xs:element name='unit'><xs:complexType><xs:all>"
	    "<xs:element name='a' type='t'/></xs:all></xs:complexType>"
	    "</xs:element><xs:complexType name='t'><xs:all>"
	    "<xs:element name='a' type='t'/></xs:all></xs:complexType>"),
	    "K0104@2:0" },
	{ XSD("<xs:element name='unit'><xs:complexType><xs:all>"
	    "<xs:element name='a' type='s'/></xs:all></xs:complexType>"
	    "</xs:element>\n<xs:simpleType name='s'>"
	    "<xs:restriction base='s'/></xs:simpleType>"), "K0104@3:0" },
	{ XSD("<xs:element name='unit'><xs:complexType><xs:all>"
	    "<xs:element name='a' type='xs:string' z:codelist='none'/>"
	    "</xs:all></xs:complexType></xs:element>"), "K0105@2:0" },
	{ XSD("<xs:element name='unit'><xs:complexType><xs:all>"
	    "<xs:element name='a' type='s'/></xs:all></xs:complexType>"
	    "</xs:element>\n<xs:simpleType name='s'>"
	    "<xs:restriction base='xs:string'><xs:pattern value='[a'/>"
	    "</xs:restriction></xs:simpleType>"), "K0103@3:0" },
};

static void test_schema_set_open__says_what_is_wrong_with_a_schema(
    void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
		const struct memory_file files[] = {
			SCHEMA_FILES(broken[i].unit, NULL, NULL),
		};
		struct bench b;

		assert_false(bench_open(&b, files));
		assert_null(b.set);
		assert_string_equal(found(&b.fixture), broken[i].expected);
		bench_close(&b);
	}
}

static void test_schema_set_open__names_the_included_file(void **state)
{
	const struct memory_file files[] = {
		SCHEMA_FILES(XSD("<xs:include schemaLocation='more.xsd'/>"
		    "<xs:element name='unit'><xs:complexType><xs:all>"
		    "<xs:element name='a' type='s'/></xs:all>"
		    "</xs:complexType></xs:element>"), "schemas/more.xsd",
		    XSD("\n\n<xs:simpleType name='s'><xs:list"
		    " itemType='xs:string'/></xs:simpleType>")),
	};
	const struct diagnostic *d;
	struct bench b;

	(void)state;
	assert_false(bench_open(&b, files));
	assert_string_equal(found(&b.fixture), "K0104@4:0");
	d = vec_at(&b.fixture.diags.items, 0);
	assert_str(d->mark.path, "schemas/more.xsd");
	bench_close(&b);
}

static void test_schema_set_open__misses_a_schema_that_is_not_there(
    void **state)
{
	const struct memory_file files[] = {
		{ "schemas/common.xsd", common_xsd }, PLAIN("site"),
		{ "schemas/unit.xsd", unit_xsd }, PLAIN("achievement"),
		PLAIN("dossier"), PLAIN("release"), PLAIN("ranking"),
		PLAIN("project"), { NULL, NULL },
	};
	struct bench b;

	(void)state;
	assert_false(bench_open(&b, files));
	assert_non_null(strstr(found(&b.fixture), "K0101@0:0 K0101@0:0"));
	bench_close(&b);
}

/* What one record, or one field, took says nothing of another. */
static void test_schema_validate__remembers_values_by_field(void **state)
{
	static const struct {
		const char *matter, *expected;
	} cases[] = {
		{ "name: 2026\nyear: 2026\nmonth: 2026-06\n", "" },
		{ "name: 2026\nyear: 2026\nmonth: 2026-06\n", "" },
		{ "name: 2026\nyear: 2026-06\nmonth: 2026\n",
		    "X0203@3:7 X0202@4:8" },
		{ "name: 2026\nyear: 2026-06\nmonth: 2026\n",
		    "X0203@3:7 X0202@4:8" },
		{ "name: 2026\nyear: 2026\nmonth: 2026-13\n",
		    "X0202@4:8" },
	};
	struct bench b;

	(void)state;
	assert_true(bench_open(&b, schema_files));
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(bench_judge(&b, cases[i].matter),
		    cases[i].expected);
	bench_close(&b);
}

#define TEST(name) cmocka_unit_test(test_##name)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(schema_validate__finds_nothing_wrong_with_a_good_record),
		TEST(schema_validate__names_each_fault_and_its_place),
		TEST(schema_validate__lets_no_fault_hide_another),
		TEST(schema_validate__speaks_of_fields_as_people_do),
		TEST(schema_validate__leaves_the_tree_as_it_was),
		TEST(schema_validate__remembers_values_by_field),
		TEST(schema_validate__is_not_slow_on_hostile_input),
		TEST(schema_validate__judges_every_kind),
		TEST(schema_set_open__says_what_is_wrong_with_a_schema),
		TEST(schema_set_open__names_the_included_file),
		TEST(schema_set_open__misses_a_schema_that_is_not_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
