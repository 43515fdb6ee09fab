/* SPDX-License-Identifier: MIT */
/*
 * Small schemas of all kinds, in memory, and records held against them. Units
 * have every construct the conventions know; the rest is a title.
 */
#ifndef TESTS_SCHEMAS_H
#define TESTS_SCHEMAS_H

#include "../memory.h"
#include "model/codes.h"
#include "model/record.h"
#include "schema/fields.h"
#include "schema/schema.h"
#include "schema/tree.h"

#define XSD(content) \
	"<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'" \
	" xmlns:z='urn:zheli:schema'>\n" content "</xs:schema>"

#define PLAIN(kind) { "schemas/" kind ".xsd", XSD( \
	"<xs:include schemaLocation='common.xsd'/>" \
	"<xs:element name='" kind "'><xs:complexType><xs:all>" \
	"<xs:element name='title' type='line' minOccurs='0'/>" \
	"</xs:all></xs:complexType></xs:element>") }

static const char common_xsd[] = XSD(
	"<xs:simpleType name='line'><xs:annotation>"
	"<xs:documentation xml:lang='zh'>一行文字。</xs:documentation>"
	"<xs:documentation xml:lang='en'>One line.</xs:documentation>"
	"</xs:annotation><xs:restriction base='xs:string'>"
	"<xs:minLength value='2'/><xs:maxLength value='8'/>"
	"<xs:pattern value='.+'/></xs:restriction></xs:simpleType>"
	"<xs:simpleType name='date'><xs:restriction base='xs:date'>"
	"<xs:pattern value='[0-9]{4}-[0-9]{2}-[0-9]{2}'/>"
	"</xs:restriction></xs:simpleType>"
	"<xs:simpleType name='month'><xs:restriction base='xs:gYearMonth'/>"
	"</xs:simpleType>"
	"<xs:simpleType name='year'><xs:restriction base='xs:gYear'/>"
	"</xs:simpleType>"
	"<xs:simpleType name='time'><xs:restriction base='xs:string'>"
	"<xs:pattern value='[0-9]{2}:[0-9]{2}'/>"
	"</xs:restriction></xs:simpleType>"
	"<xs:simpleType name='boolean'><xs:restriction base='xs:string'>"
	"<xs:enumeration value='true'/><xs:enumeration value='false'/>"
	"</xs:restriction></xs:simpleType>"
	"<xs:simpleType name='integer'>"
	"<xs:restriction base='xs:positiveInteger'/></xs:simpleType>"
	"<xs:simpleType name='decimal'><xs:restriction base='xs:decimal'/>"
	"</xs:simpleType>"
	"<xs:simpleType name='percent'><xs:restriction base='decimal'>"
	"<xs:minInclusive value='0'/><xs:maxInclusive value='100'/>"
	"</xs:restriction></xs:simpleType>"
	"<xs:simpleType name='url'><xs:restriction base='xs:string'>"
	"<xs:pattern value='https?://.+'/></xs:restriction></xs:simpleType>"
	"<xs:simpleType name='slug'><xs:annotation>"
	"<xs:documentation xml:lang='zh'>小写字母。</xs:documentation>"
	"<xs:documentation xml:lang='en'>Lower-case letters.</xs:documentation>"
	"</xs:annotation><xs:restriction base='xs:string'>"
	"<xs:pattern value='[a-z]+'/></xs:restriction></xs:simpleType>"
	"<xs:simpleType name='language'><xs:restriction base='xs:string'>"
	"<xs:enumeration value='zh'/><xs:enumeration value='en'/>"
	"</xs:restriction></xs:simpleType>");

static const char unit_xsd[] = XSD(
	"<xs:include schemaLocation='common.xsd'/>\n"
	"<xs:element name='unit' z:label-zh='单位' z:label-en='Unit'>\n"
	"<xs:annotation>"
	"<xs:documentation xml:lang='en'>A unit.</xs:documentation>"
	"<xs:documentation xml:lang='zh'>一个单位。</xs:documentation>"
	"</xs:annotation>"
	"<xs:complexType><xs:all>\n"
	"<xs:element name='name' type='line' z:label-zh='名称'"
	" z:label-en='Name' z:example='星河' z:rules='Z-07 P-01'>"
	"<xs:annotation>"
	"<xs:documentation xml:lang='zh'>单位的名称。</xs:documentation>"
	"</xs:annotation></xs:element>\n"
	"<xs:element name='note' type='xs:string' minOccurs='0'/>\n"
	"<xs:element name='founded' type='date' minOccurs='0'"
	" z:label-zh='成立' z:label-en='Founded'/>\n"
	"<xs:element name='month' type='month' minOccurs='0'/>\n"
	"<xs:element name='year' type='year' minOccurs='0'/>\n"
	"<xs:element name='time' type='time' minOccurs='0'/>\n"
	"<xs:element name='open' type='boolean' minOccurs='0'/>\n"
	"<xs:element name='staff' type='integer' minOccurs='0'/>\n"
	"<xs:element name='funds' type='decimal' minOccurs='0'/>\n"
	"<xs:element name='share' type='percent' minOccurs='0'/>\n"
	"<xs:element name='url' type='url' minOccurs='0'/>\n"
	"<xs:element name='slug' type='slug' minOccurs='0'/>\n"
	"<xs:element name='language' type='language' minOccurs='0'/>\n"
	"<xs:element name='kind' type='line' minOccurs='0'"
	" z:codelist='kinds' z:label-zh='种类' z:label-en='Kind'/>\n"
	"<xs:element name='place' type='line' minOccurs='0'"
	" z:codelist='places' z:column='code'/>\n"
	"<xs:element name='field' type='line' minOccurs='0'"
	" z:codelist='areas'/>\n"
	"<xs:element name='keywords' minOccurs='0'><xs:complexType>"
	"<xs:sequence><xs:element name='item' type='line'"
	" maxOccurs='3' z:example='词'/></xs:sequence></xs:complexType>"
	"</xs:element>\n"
	"<xs:element name='people' minOccurs='0' z:label-zh='人员'"
	" z:label-en='People'><xs:complexType>"
	"<xs:sequence><xs:element name='item' type='person' minOccurs='0'"
	" maxOccurs='unbounded'/></xs:sequence></xs:complexType>"
	"</xs:element>\n"
	"<xs:element name='seat' minOccurs='0' z:label-zh='地址'"
	" z:label-en='Seat'><xs:complexType><xs:all>"
	"<xs:element name='city' type='line'/>"
	"<xs:element name='street' type='line' minOccurs='0'/>"
	"</xs:all></xs:complexType></xs:element>\n"
	"</xs:all></xs:complexType></xs:element>\n"
	"<xs:complexType name='person'><xs:all>"
	"<xs:element name='name' type='line' z:label-zh='姓名'"
	" z:label-en='Name'/>"
	"<xs:element name='born' type='date' minOccurs='0'/>"
	"<xs:element name='tags' minOccurs='0'><xs:complexType><xs:sequence>"
	"<xs:element name='item' type='line' maxOccurs='unbounded'/>"
	"</xs:sequence></xs:complexType></xs:element>"
	"</xs:all></xs:complexType>\n");

#define SCHEMA_FILES(unit, extra_path, extra_text) \
	{ "schemas/common.xsd", common_xsd }, \
	{ "schemas/unit.xsd", unit }, \
	PLAIN("site"), PLAIN("achievement"), PLAIN("dossier"), \
	PLAIN("bulletin"), PLAIN("release"), PLAIN("ranking"), \
	PLAIN("project"), PLAIN("page"), PLAIN("expert"), PLAIN("credit"), \
	PLAIN("panel"), PLAIN("sanction"), \
	{ "schemas/codes/kinds.csv", "code,zh,en,source,status\n" \
	    "lab,省实验室,Provincial laboratory,s,confirmed\n" \
	    "centre,技术创新中心,Innovation centre,s,confirmed\n" }, \
	{ "schemas/codes/places.csv", "code,zh,en,source,status\n" \
	    "330100,杭州市,Hangzhou,s,confirmed\n" \
	    "330200,宁波市,Ningbo,s,confirmed\n" }, \
	{ "schemas/codes/areas.csv", "# open: true\n" \
	    "code,zh,en,source,status\nai,智能计算,AI,s,unconfirmed\n" }, \
	{ extra_path, extra_text }, { NULL, NULL }

static const struct memory_file schema_files[] = {
	SCHEMA_FILES(unit_xsd, NULL, NULL),
};

struct bench {
	struct fixture fixture;
	struct codes codes;
	struct schema_set *set;
	struct record record;
	struct tree *tree;
};

static inline bool bench_open(struct bench *b,
    const struct memory_file *files)
{
	fixture_init(&b->fixture, files);
	b->set = NULL;
	return codes_load(&b->fixture.arena, &b->fixture.reader,
	    STR("schemas/codes/"), &b->codes, &b->fixture.diags) &&
	    schema_set_open(&b->fixture.arena, &b->fixture.reader, &b->codes,
		&b->set, &b->fixture.diags);
}

static inline void bench_close(struct bench *b)
{
	schema_set_close(b->set);
	fixture_dispose(&b->fixture);
}

/* A unit of the given front matter, and its tree; the syntax must be right. */
static inline void bench_read(struct bench *b, const char *matter)
{
	struct fixture *f = &b->fixture;
	struct str bytes = str_format(&f->arena, "---\n%s---\nbody 正文\nend",
	    matter);
	struct frontmatter_limits limits = FRONTMATTER_LIMITS_DEFAULT;

	assert_true(record_parse(&f->arena, STR("content/units/lab.md"), bytes,
	    &limits, &b->record, &f->diags));
	b->tree = tree_build(&f->arena, &b->record,
	    schema_fields(b->set, KIND_UNIT));
}

/* What validation finds, as found(). */
static inline const char *bench_judge(struct bench *b, const char *matter)
{
	struct fixture *f = &b->fixture;
	size_t errors;
	bool is_good;

	vec_clear(&f->diags.items);
	bench_read(b, matter);
	errors = diag_errors(&f->diags);
	is_good = schema_validate(b->set, &b->record, b->tree, &f->diags);
	assert_int_equal(is_good, diag_errors(&f->diags) == errors);
	return found(f);
}

#endif
