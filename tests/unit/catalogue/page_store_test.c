/* SPDX-License-Identifier: MIT */
#include "catalogue/page_store.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <string.h>

#include "base/vec.h"
#include "catalogue/page_store_inside.h"

#include "../place.h"

#define NAME STR("pages.sqlite")

static struct page_store *open_store(struct place *place, const char *ground)
{
	struct page_store *store = page_store_open(&place->f.arena,
	    place->folder.path, NAME, str_from(ground));

	assert_non_null(store);
	return store;
}

static void ask(struct page_store *store, const char *subject,
    uint64_t answer)
{
	const struct stored_question question = { .kind = 1, .query = 0,
		.subject = str_from(subject), .answer = answer };

	page_store_asked(store, &question);
}

/* Page a asks 1 and 2, page b asks 2 and 3; the answers are 10, 20, 30. */
static void put_two(struct page_store *store)
{
	assert_true(page_store_forget(store));
	page_store_put(store, STR("a"), 100, STR("f100"));
	ask(store, "1", 10);
	ask(store, "2", 20);
	page_store_put(store, STR("b"), 200, STR("f200"));
	ask(store, "2", 20);
	ask(store, "3", 30);
}

static void store_two(struct place *place)
{
	struct page_store *store = open_store(place, "ground");

	put_two(store);
	page_store_close(store, true);
}

/* And its facts are those it was put with. */
static bool is_known(struct page_store *store, struct str path, uint64_t self)
{
	struct str facts = STR_NONE;
	struct fixture f;
	bool known;

	fixture_init(&f, NULL);
	known = page_store_known(store, path, self, &f.arena, &facts);
	if (known)
		assert_true(str_eq(facts, str_format(&f.arena, "f%llu",
		    (unsigned long long)self)));
	fixture_dispose(&f);
	return known;
}

struct found {
	const char *subject;
	uint32_t number;
	uint64_t answer;
};

static struct found look_up(struct page_store *store, const char *subject)
{
	struct found found = { .subject = subject };
	struct stored_question question;
	struct vec numbers;

	vec_init(&numbers, sizeof(uint32_t));
	page_store_due_all(store);
	page_store_due(store, &numbers);
	for (size_t i = 0; i < numbers.count; i++) {
		uint32_t number = *(uint32_t *)vec_at(&numbers, i);

		assert_true(page_store_question(store, number, &question));
		if (!str_eq(question.subject, str_from(subject)))
			continue;
		found.number = number;
		found.answer = question.answer;
	}
	vec_dispose(&numbers);
	return found;
}

/* A place with what the build before has stored, gone on with. */
static struct page_store *open_two(struct place *place)
{
	place_init(place);
	store_two(place);
	return open_store(place, "ground");
}

static void change(struct page_store *store, const char *subject,
    uint64_t answer)
{
	page_store_changed(store, look_up(store, subject).number, answer);
}

/* The two of the build before, of which one is not reached by what changed: all
 * others are forgotten. */
static struct page_store *open_changed(struct place *place,
    const char *subject, uint64_t answer, struct str unreached)
{
	struct page_store *store;

	store_two(place);
	store = open_store(place, "ground");
	change(store, subject, answer);
	assert_int_equal(page_store_reach(store), 1);
	assert_true(is_known(store, unreached,
	    str_eq(unreached, STR("a")) ? 100 : 200));
	assert_true(page_store_forget(store));
	return store;
}

static void test_what_is_the_same__is_known(void **state)
{
	struct place place;
	struct page_store *store;

	(void)state;
	store = open_two(&place);
	assert_int_equal(page_store_reach(store), 0);
	assert_true(is_known(store, STR("a"), 100));
	assert_false(is_known(store, STR("b"), 201));
	assert_false(is_known(store, STR("c"), 100));
	page_store_close(store, false);
	place_dispose(&place);
}

static void test_another_answer__reaches_who_asked(void **state)
{
	struct place place;
	struct page_store *store;

	(void)state;
	store = open_two(&place);
	change(store, "3", 31);
	assert_int_equal(page_store_reach(store), 1);
	assert_true(is_known(store, STR("a"), 100));
	assert_false(is_known(store, STR("b"), 200));
	page_store_close(store, false);
	place_dispose(&place);
}

static void test_new_answers_count__when_all_is_done(void **state)
{
	struct place place;
	struct page_store *store;

	(void)state;
	place_init(&place);
	store = open_changed(&place, "1", 11, STR("b"));
	page_store_put(store, STR("a"), 100, STR("f100"));
	ask(store, "1", 11);
	page_store_close(store, true);
	store = open_store(&place, "ground");
	assert_int_equal(look_up(store, "1").answer, 11);
	assert_int_equal(look_up(store, "2").answer, 20);
	assert_true(is_known(store, STR("a"), 100));
	assert_true(is_known(store, STR("b"), 200));
	page_store_close(store, false);
	place_dispose(&place);
}

/* As after kill -9 while pages were written. */
static void test_a_build_that_was_not_finished__is_begun_again(void **state)
{
	struct place place;
	struct page_store *store;

	(void)state;
	place_init(&place);
	store = open_changed(&place, "1", 11, STR("b"));
	page_store_put(store, STR("a"), 100, STR("f100"));
	page_store_close(store, false);
	store = open_store(&place, "ground");
	assert_false(is_known(store, STR("a"), 100));
	assert_true(is_known(store, STR("b"), 200));
	page_store_close(store, false);
	place_dispose(&place);
}

static void test_what_only_a_forgotten_page_asked__goes_with_it(void **state)
{
	struct place place;
	struct page_store *store;

	(void)state;
	store = open_two(&place);
	assert_true(is_known(store, STR("a"), 100));
	assert_true(page_store_forget(store));
	assert_int_equal(look_up(store, "3").number, 0);
	assert_int_not_equal(look_up(store, "2").number, 0);
	page_store_close(store, true);
	place_dispose(&place);
}

/* Numbers of questions that are gone are given to others. */
static void test_an_answer_to_what_is_gone__is_nobody_elses(void **state)
{
	struct place place;
	struct page_store *store;

	(void)state;
	place_init(&place);
	store = open_changed(&place, "3", 31, STR("a"));
	page_store_put(store, STR("b"), 200, STR("f200"));
	ask(store, "4", 40);
	page_store_close(store, true);
	store = open_store(&place, "ground");
	assert_int_equal(look_up(store, "3").number, 0);
	assert_int_equal(look_up(store, "4").answer, 40);
	page_store_close(store, false);
	place_dispose(&place);
}

static void test_another_ground__forgets_all(void **state)
{
	struct place place;
	struct page_store *store;

	(void)state;
	place_init(&place);
	store_two(&place);
	store = open_store(&place, "another");
	assert_false(is_known(store, STR("a"), 100));
	assert_int_equal(look_up(store, "1").number, 0);
	page_store_close(store, true);
	place_dispose(&place);
}

static int refuse_page(void *unused, int action, const char *table,
    const char *column, const char *database, const char *trigger)
{
	(void)unused;
	(void)column;
	(void)database;
	(void)trigger;
	return action == SQLITE_DELETE && strcmp(table, "page") == 0 ?
	    SQLITE_DENY : SQLITE_OK;
}

/* Pages whose questions alone were gone would be known for ever. */
static void test_clearing_that_is_cut_off__forgets_nothing(void **state)
{
	struct place place;
	struct page_store *store;

	(void)state;
	store = open_two(&place);
	(void)sqlite3_set_authorizer(store->database, refuse_page, NULL);
	page_store_clear(store);
	assert_false(page_store_is_well(store));
	page_store_close(store, true);
	store = open_store(&place, "ground");
	change(store, "1", 11);
	assert_int_equal(page_store_reach(store), 1);
	assert_false(is_known(store, STR("a"), 100));
	page_store_close(store, false);
	place_dispose(&place);
}

static void write_file(struct place *place, const char *bytes)
{
	bool changed;

	assert_true(folder_replace(&place->folder, NAME, str_from(bytes),
	    &changed, &place->f.diags));
}

static void test_what_is_no_store__is_put_away(void **state)
{
	static const char *const files[] = { "", "no database", NULL };

	(void)state;
	for (size_t i = 0; files[i] != NULL; i++) {
		struct place place;
		struct page_store *store;

		place_init(&place);
		write_file(&place, files[i]);
		store = open_store(&place, "ground");
		put_two(store);
		page_store_close(store, true);
		store = open_store(&place, "ground");
		assert_true(is_known(store, STR("a"), 100));
		page_store_close(store, false);
		place_dispose(&place);
	}
}

static void test_one_that_another_build_has__is_left_alone(void **state)
{
	struct place place;
	struct page_store *store;

	(void)state;
	store = open_two(&place);
	assert_true(page_store_forget(store));
	assert_null(page_store_open(&place.f.arena, place.folder.path, NAME,
	    STR("ground")));
	page_store_close(store, true);
	place_dispose(&place);
}

static void test_notes__are_kept(void **state)
{
	struct place place;
	struct page_store *store;

	(void)state;
	place_init(&place);
	store = open_store(&place, "ground");
	assert_true(page_store_note(store, STR("day")).len == 0);
	page_store_set_note(store, STR("day"), STR("2026-06-30"));
	page_store_close(store, false);
	store = open_store(&place, "ground");
	assert_true(str_eq(page_store_note(store, STR("day")),
	    STR("2026-06-30")));
	page_store_close(store, false);
	place_dispose(&place);
}

/* How many questions it tells of. */
static size_t count_questions(struct page_store *store)
{
	struct stored_question question;
	size_t count = 0;

	for (uint32_t number = 1; number < 10; number++)
		count += page_store_question(store, number, &question);
	return count;
}

/* What is due, as text: the numbers in order. */
static struct str due(struct page_store *store, struct place *place)
{
	struct str text = STR_NONE;
	struct vec numbers;

	vec_init(&numbers, sizeof(uint32_t));
	page_store_due(store, &numbers);
	for (size_t i = 0; i < numbers.count; i++)
		text = str_format(&place->f.arena, "%.*s %u", STR_ARG(text),
		    *(uint32_t *)vec_at(&numbers, i));
	vec_dispose(&numbers);
	return text;
}

static void ask_query(struct page_store *store, uint32_t query,
    const char *subject, const char *about)
{
	const struct stored_question question = { .query = query,
		.subject = str_from(subject), .answer = 1,
		.about = str_from(about) };

	page_store_asked(store, &question);
}

/* Of kind 1 "1" to "3", then of queries 7 and 9. */
static struct page_store *open_queries(struct place *place)
{
	struct page_store *store;

	store_two(place);
	store = open_store(place, "ground");
	assert_true(is_known(store, STR("a"), 100));
	assert_true(is_known(store, STR("b"), 200));
	assert_true(page_store_forget(store));
	page_store_put(store, STR("c"), 300, STR("f300"));
	ask_query(store, 7, "x", "");
	ask_query(store, 7, "y", "r1");
	ask_query(store, 9, "z", "r1");
	ask_query(store, 9, "", "r2");
	page_store_close(store, true);
	return open_store(place, "ground");
}

static void test_what_is_due__is_found_by_what_it_is(void **state)
{
	struct place place;
	struct page_store *store;
	struct vec queries;

	(void)state;
	place_init(&place);
	store = open_queries(&place);
	assert_true(str_eq(due(store, &place), STR_NONE));
	page_store_due_subject(store, 1, STR("2"));
	page_store_due_subject(store, 2, STR("3"));
	assert_true(str_eq(due(store, &place), STR(" 2")));
	page_store_due_about(store, 9, STR("r1"));
	page_store_due_about(store, 7, STR("r2"));
	assert_true(str_eq(due(store, &place), STR(" 2 6")));
	/* About nothing is also found; about what is not told is not. */
	page_store_due_about(store, 7, STR(""));
	page_store_due_about(store, 8, STR(""));
	assert_true(str_eq(due(store, &place), STR(" 2 4 6")));
	page_store_due_query(store, 7);
	assert_true(str_eq(due(store, &place), STR(" 2 4 5 6")));
	page_store_due_kinds(store, 1);
	assert_true(str_eq(due(store, &place), STR(" 1 2 3 4 5 6")));
	page_store_due_all(store);
	assert_true(str_eq(due(store, &place), STR(" 1 2 3 4 5 6 7")));
	vec_init(&queries, sizeof(uint32_t));
	page_store_queries(store, &queries);
	assert_int_equal(queries.count, 2);
	assert_int_equal(*(uint32_t *)vec_at(&queries, 0), 7);
	assert_int_equal(*(uint32_t *)vec_at(&queries, 1), 9);
	vec_dispose(&queries);
	page_store_close(store, false);
	/* What was due for one build is not for the next. */
	store = open_store(&place, "ground");
	assert_true(str_eq(due(store, &place), STR_NONE));
	page_store_close(store, false);
	place_dispose(&place);
}

/* Whatever byte is another one: what it says is right, or it says that it is
 * not well; and the next one begins with nothing. */
static void test_a_damaged_one__knows_nothing_and_goes(void **state)
{
	size_t told = 0;
	bool is_end = false;

	(void)state;
	for (size_t at = 0; !is_end; at += 509) {
		struct page_store *store;
		struct place place;
		struct str path;
		size_t questions;
		char byte = 0;
		int file;

		place_init(&place);
		store_two(&place);
		path = str_format(&place.f.arena, "%s/pages.sqlite",
		    place.path);
		file = open(path.ptr, O_RDWR | O_CLOEXEC);
		is_end = pread(file, &byte, 1, (off_t)at) != 1;
		byte ^= 16;
		if (!is_end)
			assert_int_equal(pwrite(file, &byte, 1, (off_t)at),
			    1);
		assert_int_equal(close(file), 0);
		store = open_store(&place, "ground");
		questions = count_questions(store);
		(void)page_store_reach(store);
		if (is_known(store, STR("a"), 100))
			assert_int_equal(questions, 3);
		if (!page_store_is_well(store)) {
			page_store_close(store, true);
			assert_int_equal(access(path.ptr, F_OK), -1);
			told++;
		} else {
			page_store_close(store, true);
		}
		place_dispose(&place);
	}
	assert_true(told > 0);
}

/* Of a page that stays: the answer of now, also where it is another one. */
static void test_an_answer__is_known_of_pages_that_stay(void **state)
{
	struct place place;
	struct page_store *store;
	uint64_t answer = 0;

	(void)state;
	place_init(&place);
	store = open_changed(&place, "1", 11, STR("b"));
	assert_true(page_store_answer(store, 1, 0, STR("2"), &answer));
	assert_true(answer == 20);
	assert_true(page_store_answer(store, 1, 0, STR("3"), &answer));
	assert_true(answer == 30);
	/* Only page a had asked it; and never was there one of that kind. */
	assert_false(page_store_answer(store, 1, 0, STR("1"), &answer));
	assert_false(page_store_answer(store, 2, 0, STR("2"), &answer));
	assert_false(page_store_answer(store, 1, 1, STR("2"), &answer));
	page_store_spoil(store);
	assert_false(page_store_answer(store, 1, 0, STR("2"), &answer));
	page_store_close(store, false);
	place_dispose(&place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_is_the_same__is_known),
		cmocka_unit_test(test_another_answer__reaches_who_asked),
		cmocka_unit_test(test_new_answers_count__when_all_is_done),
		cmocka_unit_test(
		    test_a_build_that_was_not_finished__is_begun_again),
		cmocka_unit_test(
		    test_what_only_a_forgotten_page_asked__goes_with_it),
		cmocka_unit_test(
		    test_an_answer_to_what_is_gone__is_nobody_elses),
		cmocka_unit_test(test_another_ground__forgets_all),
		cmocka_unit_test(
		    test_clearing_that_is_cut_off__forgets_nothing),
		cmocka_unit_test(test_what_is_no_store__is_put_away),
		cmocka_unit_test(
		    test_one_that_another_build_has__is_left_alone),
		cmocka_unit_test(test_a_damaged_one__knows_nothing_and_goes),
		cmocka_unit_test(test_an_answer__is_known_of_pages_that_stay),
		cmocka_unit_test(test_notes__are_kept),
		cmocka_unit_test(test_what_is_due__is_found_by_what_it_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
