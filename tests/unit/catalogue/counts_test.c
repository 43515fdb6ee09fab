/* SPDX-License-Identifier: MIT */
/* How many records stand under a rule, and what it found in them. */
#include "catalogue/catalogue.h"

#include "desk.h"

#define ACHIEVEMENT "title: T\nsubmitter: u\nsubmitted: 2026-01-02\n"
#define DOSSIER "secrecy_review: {result: 通过, by: 办, date: 2026-02-01, " \
    "basis: b}\nregistration: {no: N1, date: 2026-03-01, office: 办}\n" \
    "library: {entered: 2026-04-01, decision: d, by: 办}\n"

/* Ten rules, so that bits need two bytes. */
static struct str rule_id(const void *context, size_t rule)
{
	static const char ids[] = "R0R1R2R3R4R5R6R7R8R9";

	(void)context;
	return (struct str){ ids + 2 * rule, 2 };
}

static void put_rules(struct desk *desk)
{
	for (size_t i = 0; i < 10; i++) {
		const struct str cells[] = { rule_id(NULL, i),
			str_format(&desk->f.arena, "%zu", i), STR("P") };

		catalogue_put_row(desk->catalogue, TABLE_RULE, cells, 3);
	}
}

static void judged(struct desk *desk, uint32_t record, unsigned bits)
{
	const char bytes[] = { (char)(bits & 255), (char)(bits >> 8) };

	catalogue_put_judged(desk->catalogue, record,
	    (struct str){ bytes, sizeof(bytes) }, STR_NONE, STR_NONE);
}

static void found_in(struct desk *desk, const char *path,
    enum diag_severity severity, const char *rule)
{
	const struct diagnostic d = { .mark = { str_from(path), 1, 1 },
		.severity = severity, .id = str_from(rule) };

	catalogue_put_diagnostic(desk->catalogue, &d);
}

static void assert_counts(struct desk *desk, const char *rule,
    const char *expected)
{
	static const char *const names[] = { "records", "public", "errors",
		"warnings", "notices" };
	struct value *found = rows(desk, QUERY_rule, rule);
	struct str text = STR_NONE;

	assert_int_equal(value_count(found), 1);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		text = str_format(&desk->f.arena, "%.*s%s%.*s", STR_ARG(text),
		    i > 0 ? " " : "", STR_ARG(value_text_at(
			found->list.items[0], str_from(names[i]))));
	assert_string_equal(str_cstr(&desk->f.arena, text), expected);
}

static void test_counts__an_achievement_and_its_dossier_are_one(void **state)
{
	struct desk desk;

	(void)state;
	desk_init(&desk, "2026-05-01");
	put_rules(&desk);
	put(&desk, "content/achievements/u/a.md", ACHIEVEMENT);	/* 1 */
	put(&desk, "content/achievements/u/b.md", ACHIEVEMENT);	/* 2 */
	put(&desk, "content/dossiers/u/a.md", DOSSIER);		/* 3 */
	put(&desk, "content/units/u.md", "name: U\nkind: 高校\n"); /* 4 */
	judged(&desk, 1, 1 << 0 | 1 << 9);
	judged(&desk, 2, 1 << 0);
	judged(&desk, 3, 1 << 0 | 1 << 1);
	judged(&desk, 4, 1 << 9);
	found_in(&desk, "content/achievements/u/a.md", DIAG_NOTICE, "R0");
	found_in(&desk, "content/achievements/u/a.md", DIAG_NOTICE, "R0");
	found_in(&desk, "content/dossiers/u/a.md", DIAG_WARNING, "R0");
	found_in(&desk, "content/achievements/u/b.md", DIAG_ERROR, "R0");
	found_in(&desk, "content/units/u.md", DIAG_NOTICE, "R9");
	found_in(&desk, "content/units/u.md", DIAG_ERROR, "X0101");
	catalogue_derive(desk.catalogue);
	catalogue_count_rules(desk.catalogue, rule_id, NULL, 10);
	assert_counts(&desk, "R0", "2 1 1 1 0");
	assert_counts(&desk, "R1", "1 1 0 0 0");
	assert_counts(&desk, "R9", "2 2 0 0 1");
	assert_counts(&desk, "R5", "0 0 0 0 0");
	assert_true(catalogue_is_well(desk.catalogue, &desk.f.diags));
	desk_dispose(&desk);
}

/* What the public cannot read is not counted for it. */
static void test_counts__leave_out_what_is_not_public(void **state)
{
	struct desk desk;

	(void)state;
	desk_init(&desk, "2026-05-01");
	put_rules(&desk);
	put(&desk, "content/bulletins/2026-03.md", "title: B\nissue: 1\n"
	    "date: 2026-03-05\npublic: true\n");		/* 1 */
	put(&desk, "content/bulletins/2026-04.md", "title: B\nissue: 2\n"
	    "date: 2026-04-05\n");				/* 2 */
	put(&desk, "content/units/u.md", "name: U\nkind: 高校\n"); /* 3 */
	for (uint32_t record = 1; record <= 3; record++)
		judged(&desk, record, 1);
	catalogue_withhold(desk.catalogue, STR("content/units/u.md"));
	catalogue_derive(desk.catalogue);
	catalogue_count_rules(desk.catalogue, rule_id, NULL, 10);
	assert_counts(&desk, "R0", "3 1 0 0 0");
	desk_dispose(&desk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_counts__an_achievement_and_its_dossier_are_one),
		cmocka_unit_test(test_counts__leave_out_what_is_not_public),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
