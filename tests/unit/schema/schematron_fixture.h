/* SPDX-License-Identifier: MIT */
/* A record, functions that tell what they are asked, and a rule file to try. */
#ifndef TESTS_SCHEMATRON_FIXTURE_H
#define TESTS_SCHEMATRON_FIXTURE_H

#include "../registry.h"
#include "schematron_functions.h"

#include "model/record.h"
#include "schema/schematron.h"
#include "schema/schematron_words.h"
#include "schema/tree.h"

static const char record_text[] =
    "---\n"				/* 1 */
    "title: 量子点\n"
    "title_en: Quantum dots\n"
    "category: 基础研究\n"
    "keywords: [甲, 乙, 丙]\n"	/* 5 */
    "submitted: 2025-03-01\n"
    "people:\n"
    "  - order: 1\n"
    "    name: 张三\n"
    "    unit: 浙江大学\n"		/* 10 */
    "  - order: 2\n"
    "    name: 李四\n"
    "    unit: 西湖大学\n"
    "  - order: 3\n"
    "    name: 王五\n"			/* 15 */
    "    unit: 浙江大学\n"
    "papers:\n"
    "  - title: 论文\n"
    "    doi: 10.1000/x\n"
    "---\n"				/* 20 */
    "第一行\n"
    "第二行：错字在此\n";

static struct registry registry;
static struct record record;
static struct tree *tree;

static inline int set_up(void **state)
{
	struct diag_list diags;
	bool ok = registry_init(&registry);

	diag_list_init(&diags, &registry.arena);
	ok = ok && record_parse(&registry.arena,
	    STR("content/achievements/lab/dots.md"), str_from(record_text),
	    &FRONTMATTER_LIMITS_DEFAULT, &record, &diags);
	if (ok)
		tree = tree_build(&registry.arena, &record,
		    schema_fields(registry.schemas, KIND_ACHIEVEMENT));
	diag_list_dispose(&diags);
	*state = &registry;
	return ok ? 0 : -1;
}

static inline int tear_down(void **state)
{
	registry_dispose(*state);
	return 0;
}

#define HEAD "<schema xmlns='http://purl.oclc.org/dsdl/schematron' " \
	"xmlns:z='urn:zheli:rules'><ns prefix='z' uri='urn:zheli:rules'/>"
#define TAIL "<diagnostics><diagnostic id='en' xml:lang='en' " \
	"z:part='message'>in English</diagnostic></diagnostics></schema>"
/* A pattern of one rule, its assert failing everywhere. */
#define FIRE(context, message) HEAD "<pattern><rule context=\"" context \
	"\"><assert id='A' diagnostics='en' test='false()'>" message \
	"</assert></rule></pattern>" TAIL

struct test {
	struct fixture f;
	struct memory_file files[4];
	struct schematron *set;
	struct context context;
	struct schematron_input input;
};

static inline void start(struct test *t, const char *text)
{
	*t = (struct test){ .files = { { "rules/a.sch", text } } };
	fixture_init(&t->f, t->files);
	t->set = schematron_open(&t->f.arena, functions,
	    sizeof(functions) / sizeof(*functions));
	t->context.other = tree;
	t->input = (struct schematron_input){ .tree = tree,
		.date = { 2025, 3, 1 }, .context = &t->context,
		.arena = &t->f.arena };
}

static inline bool load(struct test *t, const char *path)
{
	return schematron_load(t->set, &t->f.reader, str_from(path),
	    &t->f.diags);
}

static inline void finish(struct test *t)
{
	schematron_close(t->set);
	fixture_dispose(&t->f);
}

#endif
