/* SPDX-License-Identifier: MIT */
#include "commands/serve/edits.h"

#include "../memory.h"

static void add(struct edits *edits, unsigned number)
{
	struct fixture f;

	fixture_init(&f, NULL);
	edits_add(edits, str_format(&f.arena, "content/units/u%u.md", number));
	fixture_dispose(&f);
}

static void test_edits__of_records_are_told_one_by_one(void **state)
{
	struct edits edits;

	(void)state;
	edits_init(&edits);
	add(&edits, 1);
	add(&edits, 2);
	add(&edits, 1);
	assert_int_equal(edits.paths.count, 2);
	assert_false(edits.is_vague);
	edits_clear(&edits);
	assert_int_equal(edits.paths.count, 0);
	edits_dispose(&edits);
}

static void test_edits__of_anything_else_are_vague(void **state)
{
	static const char *const others[] = { "content/site.yaml",
		"themes/zheli/a.md", "schemas/unit.xsd" };

	(void)state;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		struct edits edits;

		edits_init(&edits);
		edits_add(&edits, str_from(others[i]));
		assert_true(edits.is_vague);
		edits_dispose(&edits);
	}
}

/* Where a branch is changed, thousands are written at once. */
static void test_edits__of_many_records_are_vague(void **state)
{
	struct edits edits;

	(void)state;
	edits_init(&edits);
	for (unsigned i = 0; i < EDITS_MAX; i++)
		add(&edits, i);
	add(&edits, 0);
	assert_false(edits.is_vague);
	add(&edits, EDITS_MAX);
	assert_true(edits.is_vague);
	assert_int_equal(edits.paths.count, EDITS_MAX);
	edits_dispose(&edits);
}

static void test_edits__of_two_are_joined(void **state)
{
	struct edits one, other;

	(void)state;
	edits_init(&one);
	edits_init(&other);
	add(&one, 1);
	add(&other, 2);
	edits_join(&one, &other);
	assert_int_equal(one.paths.count, 2);
	assert_false(one.is_vague);
	edits_add(&other, STR("content/site.yaml"));
	edits_join(&one, &other);
	assert_int_equal(one.paths.count, 2);
	assert_true(one.is_vague);
	edits_dispose(&one);
	edits_dispose(&other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_edits__of_records_are_told_one_by_one),
		cmocka_unit_test(test_edits__of_anything_else_are_vague),
		cmocka_unit_test(test_edits__of_many_records_are_vague),
		cmocka_unit_test(test_edits__of_two_are_joined),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
