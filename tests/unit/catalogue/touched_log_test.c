/* SPDX-License-Identifier: MIT */
/* What several runs have touched, one after the other. */
#include "catalogue/touched_log.h"

#include "base/vec.h"
#include "catalogue/resume.h"
#include "catalogue/touched.h"

#include "desk.h"

#include <fcntl.h>

#define UNIT "name: 甲\nkind: 高校\n"
#define FINGERPRINT STR("of this test")
#define LOG ".zheli/touched.log"

static void go_on(struct desk *desk)
{
	desk->catalogue = catalogue_go_on(&desk->f.arena, desk->folder,
	    FINGERPRINT, &desk->f.diags);
	assert_non_null(desk->catalogue);
}

/* Two units, kept, and gone on with. */
static void set_up(struct desk *desk)
{
	desk_init(desk, "2026-06-30");
	put(desk, "content/units/a.md", UNIT);
	put(desk, "content/units/b.md", UNIT);
	catalogue_derive(desk->catalogue);
	catalogue_conclude(desk->catalogue);
	catalogue_fit(desk->catalogue, FINGERPRINT, STR("commit"), 2);
	catalogue_keep(desk->catalogue);
	catalogue_close(desk->catalogue);
	go_on(desk);
	catalogue_watch(desk->catalogue);
}

/* What was put is kept, and the next run begins; back comes in which state. */
static struct str next_run(struct desk *desk)
{
	catalogue_commit(desk->catalogue);
	catalogue_close(desk->catalogue);
	go_on(desk);
	catalogue_watch(desk->catalogue);
	return str_dup(&desk->f.arena, catalogue_watched_from(
	    desk->catalogue));
}

static struct str first_state(struct desk *desk)
{
	return str_dup(&desk->f.arena, catalogue_watched_from(
	    desk->catalogue));
}

static void judge(struct desk *desk, uint32_t record, const char *bits)
{
	catalogue_put_judged(desk->catalogue, record, str_from(bits),
	    STR_NONE, STR_NONE);
}

/* The unit of that number is taken out; another with its number, or none. */
static void replace(struct desk *desk, uint32_t number, const char *path,
    const char *other)
{
	struct diag_list taken;

	diag_list_init(&taken, &desk->f.arena);
	catalogue_forget(desk->catalogue, str_from(path), &taken);
	diag_list_dispose(&taken);
	desk->count = number - 1;
	if (other != NULL)
		put(desk, other, UNIT);
}

static int compare(const void *a, const void *b)
{
	const struct catalogue_touched *x = a, *y = b;
	int order = str_cmp(x->table, y->table);

	return order != 0 ? order : (x->record > y->record) -
	    (x->record < y->record);
}

/* As "table record, …"; "?" where that is not known. */
static struct str since(struct desk *desk, struct str state)
{
	struct str text = STR_NONE;
	struct vec touched;

	vec_init(&touched, sizeof(struct catalogue_touched));
	if (!touched_log_since(desk->catalogue, state, &touched)) {
		assert_int_equal(touched.count, 0);
		text = STR("?");
	}
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

static void assert_since(struct desk *desk, struct str state,
    const char *expected)
{
	struct str found = since(desk, state);

	if (!str_eq(found, str_from(expected)))
		fail_msg("%.*s", STR_ARG(found));
}

static void test_touched_log__joins_runs_to_a_chain(void **state)
{
	struct str first, second, third;
	struct desk desk;

	(void)state;
	set_up(&desk);
	first = first_state(&desk);
	judge(&desk, 1, "x");
	second = next_run(&desk);
	judge(&desk, 2, "x");
	third = next_run(&desk);
	assert_since(&desk, first, "judged 1, judged 2");
	assert_since(&desk, second, "judged 2");
	assert_since(&desk, third, "");
	/* And what this run does, on top; each row is told once. */
	judge(&desk, 2, "y");
	judge(&desk, 3, "y");
	assert_since(&desk, first, "judged 1, judged 2, judged 3");
	assert_since(&desk, third, "judged 2, judged 3");
	assert_since(&desk, STR("of another"), "?");
	assert_since(&desk, STR_NONE, "?");
	desk_dispose(&desk);
}

static const struct catalogue_touched *find(const struct vec *touched,
    struct str table)
{
	for (size_t i = 0; i < touched->count; i++) {
		const struct catalogue_touched *row = vec_at(touched, i);

		if (str_eq(row->table, table))
			return row;
	}
	return NULL;
}

/* Columns of all runs count, and the id is that of before all of them. */
static void test_touched_log__tells_the_columns_of_all_runs(void **state)
{
	const struct catalogue_touched *row;
	struct vec touched;
	struct str first;
	struct desk desk;

	(void)state;
	set_up(&desk);
	first = first_state(&desk);
	replace(&desk, 1, "content/units/a.md", "content/units/c.md");
	(void)next_run(&desk);
	replace(&desk, 1, "content/units/c.md", "content/units/d.md");
	judge(&desk, 1, "x");
	vec_init(&touched, sizeof(struct catalogue_touched));
	assert_true(touched_log_since(desk.catalogue, first, &touched));
	row = find(&touched, STR("record"));
	assert_non_null(row);
	assert_int_equal(row->record, 1);
	assert_true(row->columns != TOUCHED_ALL);
	assert_true(str_eq(row->id, STR("a")));
	row = find(&touched, STR("judged"));
	assert_non_null(row);
	assert_int_equal(row->columns, TOUCHED_ALL);
	vec_dispose(&touched);
	desk_dispose(&desk);
}

static void test_touched_log__a_number_given_again_is_nobodys(void **state)
{
	struct str first, second;
	struct desk desk;

	(void)state;
	set_up(&desk);
	first = first_state(&desk);
	replace(&desk, 2, "content/units/b.md", NULL);
	second = next_run(&desk);
	assert_true(since(&desk, first).len > 1);
	put(&desk, "content/units/c.md", UNIT);
	assert_since(&desk, first, "?");
	assert_true(since(&desk, second).len > 1);
	desk_dispose(&desk);
}

/* A run that nobody watched, or whose entry was lost. */
static void test_touched_log__what_is_missing_is_noticed(void **state)
{
	struct str first;
	struct desk desk;

	(void)state;
	set_up(&desk);
	first = first_state(&desk);
	judge(&desk, 1, "x");
	(void)next_run(&desk);
	assert_since(&desk, first, "judged 1");
	catalogue_close(desk.catalogue);
	go_on(&desk);
	judge(&desk, 2, "x");
	(void)next_run(&desk);
	assert_since(&desk, first, "?");
	desk_dispose(&desk);
}

static void test_touched_log__a_damaged_one_tells_nothing(void **state)
{
	struct str first;
	struct desk desk;
	char byte;
	int file;

	(void)state;
	set_up(&desk);
	first = first_state(&desk);
	judge(&desk, 1, "x");
	(void)next_run(&desk);
	for (off_t at = 0;; at++) {
		file = open(in(&desk, LOG), O_RDWR | O_CLOEXEC);
		if (pread(file, &byte, 1, at) != 1)
			break;
		byte ^= 4;
		assert_int_equal(pwrite(file, &byte, 1, at), 1);
		assert_since(&desk, first, "?");
		byte ^= 4;
		assert_int_equal(pwrite(file, &byte, 1, at), 1);
		assert_int_equal(close(file), 0);
	}
	assert_int_equal(close(file), 0);
	assert_since(&desk, first, "judged 1");
	assert_int_equal(truncate(in(&desk, LOG), 20), 0);
	assert_since(&desk, first, "?");
	assert_int_equal(unlink(in(&desk, LOG)), 0);
	assert_since(&desk, first, "?");
	desk_dispose(&desk);
}

static void test_touched_log__follows_no_link(void **state)
{
	char byte;
	struct str first;
	struct desk desk;
	int file;

	(void)state;
	set_up(&desk);
	first = first_state(&desk);
	file = open(in(&desk, "theirs"), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
	assert_true(file >= 0);
	assert_int_equal(symlink("../theirs", in(&desk, LOG)), 0);
	judge(&desk, 1, "x");
	(void)next_run(&desk);
	assert_since(&desk, first, "?");
	assert_int_equal(read(file, &byte, 1), 0);
	assert_int_equal(close(file), 0);
	assert_int_equal(unlink(in(&desk, "theirs")), 0);
	desk_dispose(&desk);
}

static void test_touched_log__a_long_one_begins_anew(void **state)
{
	struct str first, second;
	struct desk desk;
	int file;

	(void)state;
	set_up(&desk);
	first = first_state(&desk);
	judge(&desk, 1, "x");
	second = next_run(&desk);
	file = open(in(&desk, LOG), O_RDWR | O_CLOEXEC);
	assert_int_equal(ftruncate(file, 1 << 20), 0);
	assert_int_equal(close(file), 0);
	assert_since(&desk, first, "judged 1");
	judge(&desk, 2, "x");
	(void)next_run(&desk);
	assert_since(&desk, first, "?");
	assert_since(&desk, second, "judged 2");
	desk_dispose(&desk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_touched_log__joins_runs_to_a_chain),
		cmocka_unit_test(
		    test_touched_log__tells_the_columns_of_all_runs),
		cmocka_unit_test(
		    test_touched_log__a_number_given_again_is_nobodys),
		cmocka_unit_test(test_touched_log__what_is_missing_is_noticed),
		cmocka_unit_test(
		    test_touched_log__a_damaged_one_tells_nothing),
		cmocka_unit_test(test_touched_log__follows_no_link),
		cmocka_unit_test(test_touched_log__a_long_one_begins_anew),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
