/* SPDX-License-Identifier: MIT */
/* Rules in memory over the schemas and code lists that ship, and a record. */
#ifndef TESTS_RULESET_FIXTURE_H
#define TESTS_RULESET_FIXTURE_H

#include "../registry.h"

#include "model/record.h"
#include "rules/facts.h"
#include "rules/ruleset.h"
#include "schema/tree.h"

static struct registry registry;

static inline int set_up(void **state)
{
	*state = &registry;
	return registry_init(&registry) ? 0 : -1;
}

static inline int tear_down(void **state)
{
	registry_dispose(*state);
	return 0;
}

/* -- a ruleset over files in memory -------------------------------------- */

#define HEAD "<schema xmlns='http://purl.oclc.org/dsdl/schematron' " \
	"xmlns:z='urn:zheli:rules'><ns prefix='z' uri='urn:zheli:rules'/>"
#define TAIL "<diagnostics><diagnostic id='en' xml:lang='en' " \
	"z:part='message'>in English</diagnostic></diagnostics></schema>"
#define CATALOGUE "id,seed,article,zh,en,status,binds,parameter,severity," \
	"check,check_also,treatment,pages,reason_zh,reason_en,quote\n"
#define DOCUMENTS "code,title,short,number,date,in_force,expires,status," \
	"issuer,note\nP,文件,件,,,,,draft,,\n"
#define HOLIDAYS "# announced-until: 2024-12-31\ndate,name,kind\n" \
	"2024-02-10,春节,off\n2024-02-12,春节,off\n2024-02-18,春节,work\n"

static const char achievement[] =
    "---\n"
    "title: 量子点\n"
    "submitted: 2024-01-15\n"
    "updated: 2024-01-20\n"
    "keywords: [' 浙江 大学（甲） ', 联系13812345678, 机密★1年]\n"
    "ip:\n"
    "  - kind: 发明专利\n"
    "    no: ZL 2017 1 0134085.6\n"
    "---\n"
    "正文";

struct test {
	struct fixture f;
	struct memory_file files[8];
	struct ruleset *ruleset;
	struct record record;
	struct facts facts;
	struct judgement judgement;
	struct arena scratch;
	int asked;		/* records asked for */
	struct str claimed;	/* kind, value and id of the last question */
};

/* Records stand among the files in memory, after those of the rules. */
static inline bool find_record(void *context, struct str kind,
    struct str id, struct arena *arena, struct record *record)
{
	struct test *t = context;
	enum kind which;
	struct str path, bytes;

	t->asked++;
	assert_true(kind_find(kind, &which));
	path = str_format(arena, "%.*s%.*s.md",
	    STR_ARG(kind_info(which)->folder), STR_ARG(id));
	return memory_read(&t->f, path, arena, &bytes, &t->f.diags) &&
	    record_parse(arena, path, bytes, &FRONTMATTER_LIMITS_DEFAULT,
		record, &t->f.diags);
}

static inline size_t find_claims(void *context, struct str claim,
    struct str value, struct str id, struct arena *arena, struct str *first)
{
	struct test *t = context;

	(void)arena;
	t->claimed = str_format(&t->f.arena, "%.*s %.*s %.*s", STR_ARG(claim),
	    STR_ARG(value), STR_ARG(id));
	*first = STR("other/thing");
	return 2;
}

static inline struct str find_state(void *context, struct str id,
    struct arena *arena)
{
	(void)context;
	return str_format(arena, "state of %.*s", STR_ARG(id));
}

static inline struct str find_digest(void *context, struct str kind,
    struct str id, struct arena *arena)
{
	(void)context;
	return str_format(arena, "digest of %.*s %.*s", STR_ARG(kind),
	    STR_ARG(id));
}

static inline struct str find_received(void *context, struct str kind,
    struct str id, struct arena *arena)
{
	(void)context;
	return str_format(arena, "%.*s %.*s received", STR_ARG(kind),
	    STR_ARG(id));
}

static inline struct str find_landed(void *context, struct str kind,
    struct str id, struct arena *arena)
{
	(void)context;
	return str_format(arena, "%.*s %.*s landed", STR_ARG(kind),
	    STR_ARG(id));
}

static inline struct str find_involved(void *context, struct str what,
    const struct str texts[4], struct arena *arena)
{
	(void)context;
	return str_format(arena, "%.*s of %.*s, %.*s from %.*s to %.*s",
	    STR_ARG(what), STR_ARG(texts[0]), STR_ARG(texts[1]),
	    STR_ARG(texts[2]), STR_ARG(texts[3]));
}

static inline void start(struct test *t, const char *rules,
    const char *catalogue)
{
	*t = (struct test){ .files = {
	    { "schemas/rules/t.sch", rules },
	    { "schemas/rules/catalogue.csv", catalogue },
	    { "schemas/rules/documents.csv", DOCUMENTS },
	    { "schemas/calendar/holidays.csv", HOLIDAYS } } };
	fixture_init(&t->f, t->files);
	arena_init(&t->scratch);
	t->facts = (struct facts){ t, find_record, find_claims, find_state,
		find_digest, find_received, find_landed, find_involved, NULL };
}

static inline bool open_rules(struct test *t)
{
	return ruleset_open(&t->f.arena, &t->f.reader, &registry.codes,
	    &t->ruleset, &t->f.diags);
}

static inline void take_record(struct test *t, const char *path,
    const char *text)
{
	assert_true(record_parse(&t->f.arena, str_from(path), str_from(text),
	    &FRONTMATTER_LIMITS_DEFAULT, &t->record, &t->f.diags));
	t->judgement = (struct judgement){
		.tree = tree_build(&t->f.arena, &t->record,
		    schema_fields(registry.schemas, t->record.kind)),
		.schemas = registry.schemas, .facts = &t->facts,
		.as_of = { 2024, 6, 30 }, .scratch = &t->scratch };
}

static inline bool judge(struct test *t)
{
	bool clean = ruleset_judge(t->ruleset, &t->judgement, &t->f.diags);

	arena_reset(&t->scratch);
	return clean;
}

static inline void finish(struct test *t)
{
	ruleset_close(t->ruleset);
	arena_dispose(&t->scratch);
	fixture_dispose(&t->f);
}

#endif
