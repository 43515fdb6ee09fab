/* SPDX-License-Identifier: MIT */
#include "schema/tree.h"

#include <libxml/tree.h>
#include <libxml/xpath.h>

#include "schemas.h"

/* The first node an expression selects, or NULL. */
static xmlNode *find(const struct bench *b, const char *expression)
{
	xmlXPathContext *context =
	    xmlXPathNewContext(tree_document(b->tree));
	xmlXPathObject *result = xmlXPathEvalExpression(
	    (const xmlChar *)expression, context);
	xmlNode *node = result != NULL && result->nodesetval != NULL &&
	    result->nodesetval->nodeNr > 0 ? result->nodesetval->nodeTab[0] :
	    NULL;

	xmlXPathFreeObject(result);
	xmlXPathFreeContext(context);
	return node;
}

static void assert_xpath(const struct bench *b, const char *expression,
    const char *expected)
{
	xmlXPathContext *context =
	    xmlXPathNewContext(tree_document(b->tree));
	xmlXPathObject *result = xmlXPathEvalExpression(
	    (const xmlChar *)expression, context);
	xmlChar *text = xmlXPathCastToString(result);

	assert_string_equal((const char *)text, expected);
	xmlFree(text);
	xmlXPathFreeObject(result);
	xmlXPathFreeContext(context);
}

static void test_tree_build__makes_an_element_of_each_key(void **state)
{
	struct bench b;

	(void)state;
	assert_true(bench_open(&b, schema_files));
	bench_read(&b, "name: '  星河 '\nkeywords: [一, 二]\n"
	    "people: [{ name: 甲 }, { name: 乙, tags: [x] }]\n"
	    "unknown: 1\nseat:\nfounded: [1]\nopen: true\n");
	assert_xpath(&b, "name(/*)", "unit");
	assert_xpath(&b, "string(/unit/@id)", "lab");
	assert_xpath(&b, "string(/unit/@path)", "content/units/lab.md");
	assert_xpath(&b, "count(/unit/@*)", "2");
	assert_xpath(&b, "string(/unit/name)", "星河");
	assert_xpath(&b, "count(/unit/keywords/item)", "2");
	assert_xpath(&b, "string(/unit/people/item[2]/tags/item)", "x");
	assert_xpath(&b, "string(//item[name = '乙']/tags)", "x");
	assert_xpath(&b, "count(/unit/unknown)", "0");
	assert_xpath(&b, "count(/unit/seat) + count(/unit/founded)", "2");
	assert_xpath(&b, "string-length(/unit/founded)", "0");
	assert_xpath(&b, "string(/unit/*[last()])", "body 正文\nend");
	assert_xpath(&b, "name(/unit/*[last()])", "body");
	assert_xpath(&b, "count(//text()[. = '甲']/ancestor::*)", "4");
	assert_xpath(&b, "name(//keywords/following-sibling::*[1])",
	    "people");
	assert_xpath(&b, "name(//people/preceding-sibling::*[1])",
	    "keywords");
	bench_close(&b);
}

static void assert_mark(struct mark mark, unsigned line, unsigned column)
{
	assert_str(mark.path, "content/units/lab.md");
	assert_int_equal(mark.line, line);
	assert_int_equal(mark.column, column);
}

static void test_tree_mark__points_at_scalars_and_at_keys(void **state)
{
	struct bench b;

	(void)state;
	assert_true(bench_open(&b, schema_files));
	bench_read(&b, "name: 星河\nseat:\n  city: 杭州\n"
	    "people:\n  - name: 甲\n");
	assert_mark(tree_mark(b.tree, find(&b, "/unit")), 1, 1);
	assert_mark(tree_mark(b.tree, find(&b, "/unit/@id")), 1, 1);
	assert_mark(tree_mark(b.tree, find(&b, "//name")), 2, 7);
	assert_mark(tree_mark(b.tree, find(&b, "//name/text()")), 2, 7);
	assert_mark(tree_mark(b.tree, find(&b, "//seat")), 3, 1);
	assert_mark(tree_mark(b.tree, find(&b, "//city")), 4, 9);
	assert_mark(tree_mark(b.tree, find(&b, "//people/item")), 6, 5);
	assert_mark(tree_mark(b.tree, find(&b, "/unit/body")), 8, 1);
	bench_close(&b);
}

static void test_tree_mark_at__finds_the_letter(void **state)
{
	struct bench b;

	(void)state;
	assert_true(bench_open(&b, schema_files));
	bench_read(&b, "name: 星河实验室\nnote: |\n  第一行\n  第二行\n"
	    "slug: \"  quoted\"\n");
	assert_mark(tree_mark_at(b.tree, find(&b, "//name"), 0), 2, 7);
	assert_mark(tree_mark_at(b.tree, find(&b, "//name"), 3), 2, 10);
	assert_mark(tree_mark_at(b.tree, find(&b, "//note"), 2), 4, 5);
	assert_mark(tree_mark_at(b.tree, find(&b, "//note"), 5), 5, 4);
	assert_mark(tree_mark_at(b.tree, find(&b, "//slug"), 1), 6, 11);
	assert_mark(tree_mark_at(b.tree, find(&b, "//body"), 6), 8, 7);
	assert_mark(tree_mark_at(b.tree, find(&b, "//body"), 8), 9, 1);
	assert_mark(tree_mark_at(b.tree, find(&b, "//body"), 999), 9, 4);
	bench_close(&b);
}

static void test_tree_path__counts_items_from_one(void **state)
{
	struct fixture *f;
	struct bench b;

	(void)state;
	assert_true(bench_open(&b, schema_files));
	f = &b.fixture;
	bench_read(&b, "name: a\npeople: [{ name: 甲 }, { tags: [x, y] }]\n");
	assert_str(tree_path(&f->arena, b.tree, find(&b, "/unit")), "");
	assert_str(tree_path(&f->arena, b.tree, find(&b, "/unit/name")),
	    "name");
	assert_str(tree_path(&f->arena, b.tree, find(&b, "//tags/item[2]")),
	    "people[2].tags[2]");
	assert_str(tree_path(&f->arena, b.tree, find(&b, "//item/name/text()")),
	    "people[1].name");
	assert_str(tree_path(&f->arena, b.tree, find(&b, "//body")), "body");
	bench_close(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_tree_build__makes_an_element_of_each_key),
		cmocka_unit_test(
		    test_tree_mark__points_at_scalars_and_at_keys),
		cmocka_unit_test(test_tree_mark_at__finds_the_letter),
		cmocka_unit_test(test_tree_path__counts_items_from_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
