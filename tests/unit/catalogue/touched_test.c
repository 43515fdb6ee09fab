/* SPDX-License-Identifier: MIT */
/* What is told to be otherwise after rows were put and taken out. */
#include "catalogue/touched.h"

#include "base/vec.h"
#include "catalogue/resume.h"

#include "desk.h"

#define UNIT "name: 甲\nkind: 高校\n"

static int compare(const void *a, const void *b)
{
	const struct catalogue_touched *x = a, *y = b;
	int order = str_cmp(x->table, y->table);

	return order != 0 ? order : (x->record > y->record) -
	    (x->record < y->record);
}

/* As "table record, …". */
static struct str told(struct desk *desk)
{
	struct str text = STR_NONE;
	struct vec touched;

	vec_init(&touched, sizeof(struct catalogue_touched));
	assert_true(catalogue_touched(desk->catalogue, &touched));
	vec_sort(&touched, compare);
	for (size_t i = 0; i < touched.count; i++) {
		const struct catalogue_touched *at = vec_at(&touched, i);

		text = str_format(&desk->f.arena, "%.*s%s%.*s %lld",
		    STR_ARG(text), i > 0 ? ", " : "", STR_ARG(at->table),
		    (long long)at->record);
	}
	vec_dispose(&touched);
	return text;
}

static void put_word(struct desk *desk, const char *value)
{
	catalogue_put_meta(desk->catalogue, STR("word"), str_from(value));
}

static void judge(struct desk *desk, uint32_t record, const char *bits)
{
	catalogue_put_judged(desk->catalogue, record,
	    str_from(bits), STR_NONE, STR_NONE);
}

static void test_touched__nobody_watched_so_everything_may_be(void **state)
{
	struct vec touched;
	struct desk desk;

	(void)state;
	desk_init(&desk, "2026-06-30");
	vec_init(&touched, sizeof(struct catalogue_touched));
	assert_false(catalogue_touched(desk.catalogue, &touched));
	assert_int_equal(touched.count, 0);
	vec_dispose(&touched);
	desk_dispose(&desk);
}

static void test_touched__tells_the_record_and_the_table(void **state)
{
	struct desk desk;

	(void)state;
	desk_init(&desk, "2026-06-30");
	put(&desk, "content/units/a.md", UNIT);
	judge(&desk, 1, "x");
	catalogue_watch(desk.catalogue);
	assert_true(str_eq(told(&desk), STR_NONE));
	put(&desk, "content/units/b.md", UNIT);
	assert_true(str_eq(told(&desk),
	    STR("front_matter 2, record 2, unit 2")));
	judge(&desk, 1, "y");
	put_word(&desk, "one");
	assert_true(str_eq(told(&desk), STR(
	    "front_matter 2, judged 1, meta 0, record 2, unit 2")));
	desk_dispose(&desk);
}

static void test_touched__what_is_put_back_is_as_it_was(void **state)
{
	struct desk desk;

	(void)state;
	desk_init(&desk, "2026-06-30");
	judge(&desk, 1, "x");
	judge(&desk, 2, "x");
	put_word(&desk, "one");
	catalogue_watch(desk.catalogue);
	judge(&desk, 1, "y");
	judge(&desk, 2, "y");
	put_word(&desk, "two");
	assert_true(str_eq(told(&desk), STR("judged 1, judged 2, meta 0")));
	judge(&desk, 1, "x");
	put_word(&desk, "one");
	assert_true(str_eq(told(&desk), STR("judged 2")));
	desk_dispose(&desk);
}

/* Lists are emptied whole and filled anew: SQLite then takes no row by itself,
 * unless somebody watches. */
static void test_touched__a_list_filled_anew_is_as_it_was(void **state)
{
	struct desk desk;

	(void)state;
	desk_init(&desk, "2026-06-30");
	put(&desk, "content/achievements/u/a.md", "title: T\nsubmitter: u\n"
	    "submitted: 2026-01-02\n");
	catalogue_derive(desk.catalogue);
	catalogue_report(desk.catalogue);
	catalogue_watch(desk.catalogue);
	catalogue_report(desk.catalogue);
	assert_true(str_eq(told(&desk), STR_NONE));
	put(&desk, "content/achievements/u/b.md", "title: S\nsubmitter: u\n"
	    "submitted: 2026-01-02\n");
	catalogue_derive(desk.catalogue);
	catalogue_report(desk.catalogue);
	assert_true(str_find(told(&desk), STR("account 2"), 0) !=
	    STR_NOT_FOUND);
	assert_true(str_find(told(&desk), STR("account 1"), 0) ==
	    STR_NOT_FOUND);
	assert_true(str_find(told(&desk), STR("figure 0"), 0) !=
	    STR_NOT_FOUND);
	desk_dispose(&desk);
}

/* In which columns of a table something is otherwise. */
static uint64_t columns_of(struct desk *desk, struct str table)
{
	uint64_t columns = 0;
	struct vec touched;

	vec_init(&touched, sizeof(struct catalogue_touched));
	assert_true(catalogue_touched(desk->catalogue, &touched));
	for (size_t i = 0; i < touched.count; i++) {
		const struct catalogue_touched *at = vec_at(&touched, i);

		if (str_eq(at->table, table))
			columns |= at->columns;
	}
	vec_dispose(&touched);
	return columns;
}

static void test_touched__tells_the_columns_of_rows_that_stay(void **state)
{
	struct desk desk;

	(void)state;
	desk_init(&desk, "2026-06-30");
	judge(&desk, 1, "x");
	put_word(&desk, "one");
	catalogue_watch(desk.catalogue);
	judge(&desk, 1, "y");
	put_word(&desk, "two");
	assert_int_equal(columns_of(&desk, STR("judged")), 2);
	assert_int_equal(columns_of(&desk, STR("meta")), 2);
	/* One that comes may be otherwise in all. */
	judge(&desk, 2, "y");
	assert_true(columns_of(&desk, STR("judged")) == TOUCHED_ALL);
	desk_dispose(&desk);
}

static void test_touched__tells_what_a_row_was_known_by(void **state)
{
	struct desk desk;
	struct vec touched;
	struct diag_list taken;
	bool has_key = false, has_id = false;

	(void)state;
	desk_init(&desk, "2026-06-30");
	put(&desk, "content/units/a.md", UNIT);
	catalogue_watch(desk.catalogue);
	put_word(&desk, "one");
	diag_list_init(&taken, &desk.f.arena);
	catalogue_forget(desk.catalogue, STR("content/units/a.md"), &taken);
	diag_list_dispose(&taken);
	vec_init(&touched, sizeof(struct catalogue_touched));
	assert_true(catalogue_touched(desk.catalogue, &touched));
	for (size_t i = 0; i < touched.count; i++) {
		const struct catalogue_touched *at = vec_at(&touched, i);

		has_key = has_key || str_eq(at->key, STR("word"));
		has_id = has_id || (str_eq(at->table, STR("record")) &&
		    str_eq(at->id, STR("a")) && at->columns == TOUCHED_ALL);
	}
	assert_true(has_key);
	assert_true(has_id);
	vec_dispose(&touched);
	desk_dispose(&desk);
}

static void test_touched__its_state_is_another_once_it_is_written(void **state)
{
	struct desk desk;
	struct str before;

	(void)state;
	desk_init(&desk, "2026-06-30");
	before = catalogue_state(desk.catalogue, &desk.f.arena);
	assert_true(before.len > 0);
	catalogue_watch(desk.catalogue);
	assert_true(str_eq(catalogue_watched_from(desk.catalogue), before));
	catalogue_begin(desk.catalogue);
	put_word(&desk, "one");
	catalogue_commit(desk.catalogue);
	assert_false(str_eq(catalogue_state(desk.catalogue, &desk.f.arena),
	    before));
	desk_dispose(&desk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_touched__nobody_watched_so_everything_may_be),
		cmocka_unit_test(test_touched__tells_the_record_and_the_table),
		cmocka_unit_test(test_touched__what_is_put_back_is_as_it_was),
		cmocka_unit_test(
		    test_touched__a_list_filled_anew_is_as_it_was),
		cmocka_unit_test(
		    test_touched__tells_the_columns_of_rows_that_stay),
		cmocka_unit_test(
		    test_touched__tells_what_a_row_was_known_by),
		cmocka_unit_test(
		    test_touched__its_state_is_another_once_it_is_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
