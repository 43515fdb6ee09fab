/* SPDX-License-Identifier: MIT */
#include "render/listing_rows.h"

#include "../memory.h"

#include "base/value.h"
#include "render/page.h"
#include "render/question.h"

static const struct page_kind listing = { .name = "listing" };
static const struct page_kind another = { .name = "another" };

/* As a worker makes a CSV: rows, and what was asked to make them. */
static void make_and_keep(struct listing_rows *kept, struct site *site,
    const struct page *csv, struct arena *scratch)
{
	struct questions questions;
	struct arena *arena = listing_rows_begin(kept);
	struct value *rows = value_list(arena);

	questions_init(&questions, scratch);
	site->wording.questions = &questions;
	questions_add(&questions, ASKED_QUERY, 7, STR("parameter"), 11);
	questions_add(&questions, ASKED_CODES, 0, STR("divisions"), 12);
	value_append(arena, rows, value_text(arena, STR("a row")));
	listing_rows_keep(kept, site, csv, rows);
	questions_dispose(&questions);
	site->wording.questions = NULL;
}

static void test_rows__are_those_kept_and_ask_the_same(void **state)
{
	const struct page page = { .beside = &listing, .key = STR("2026") };
	struct questions questions;
	struct listing_rows kept;
	struct site site = { .rows = &kept };
	struct value *rows;
	struct fixture f;

	(void)state;
	fixture_init(&f, NULL);
	listing_rows_init(&kept);
	make_and_keep(&kept, &site, &page, &f.arena);
	/* Of the page that was made first nothing is left. */
	arena_reset(&f.arena);
	questions_init(&questions, &f.arena);
	site.wording.questions = &questions;
	rows = listing_rows_take(&kept, &site, &page);
	assert_int_equal(value_count(rows), 1);
	assert_int_equal(questions.items.count, 2);
	assert_str(((const struct question *)vec_at(&questions.items, 0))
		       ->subject, "parameter");
	assert_int_equal(((const struct question *)vec_at(&questions.items,
			     1))->answer, 12);
	questions_dispose(&questions);
	listing_rows_dispose(&kept);
	fixture_dispose(&f);
}

static void test_rows__of_another_list_are_not_taken(void **state)
{
	const struct page page = { .beside = &listing, .key = STR("2026") };
	const struct page year = { .beside = &listing, .key = STR("2025") };
	const struct page kind = { .beside = &another, .key = STR("2026") };
	struct listing_rows kept;
	struct site site = { .rows = &kept }, second = { .rows = &kept };
	struct fixture f;

	(void)state;
	fixture_init(&f, NULL);
	listing_rows_init(&kept);
	assert_null(listing_rows_take(&kept, &site, &page));
	make_and_keep(&kept, &site, &page, &f.arena);
	assert_null(listing_rows_take(&kept, &site, &year));
	assert_null(listing_rows_take(&kept, &site, &kind));
	assert_null(listing_rows_take(&kept, &second, &page));
	assert_non_null(listing_rows_take(&kept, &site, &page));
	(void)listing_rows_begin(&kept);
	assert_null(listing_rows_take(&kept, &site, &page));
	listing_rows_dispose(&kept);
	fixture_dispose(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows__are_those_kept_and_ask_the_same),
		cmocka_unit_test(test_rows__of_another_list_are_not_taken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
