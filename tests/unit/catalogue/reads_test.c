/* SPDX-License-Identifier: MIT */
/* What queries rest on, as it is found out when they are prepared. */
#include "catalogue/reads.h"

#include "base/vec.h"
#include "catalogue/touched.h"

#include "desk.h"

/* The columns of `table` that a query reads; 0 with `*is_read` false: none. */
static uint64_t columns_read(struct desk *desk, enum query query,
    const char *table, bool *is_read)
{
	struct catalogue_columns columns;
	uint64_t found = 0;
	struct vec reads;

	*is_read = false;
	vec_init(&reads, sizeof(struct catalogue_read));
	assert_true(catalogue_columns_open(desk->catalogue, &desk->f.arena,
	    &columns));
	assert_true(catalogue_reads(desk->catalogue, &columns, query, &reads));
	for (size_t i = 0; i < reads.count; i++) {
		const struct catalogue_read *read = vec_at(&reads, i);

		if (str_eq(read->table, str_from(table))) {
			*is_read = true;
			found = read->columns;
		}
	}
	vec_dispose(&reads);
	return found;
}

static void test_reads__are_found_through_views(void **state)
{
	struct desk desk;
	bool is_read;

	(void)state;
	desk_init(&desk, "2026-06-30");
	assert_true(columns_read(&desk, QUERY_card, "standing", &is_read) != 0);
	(void)columns_read(&desk, QUERY_card, "front_matter", &is_read);
	assert_false(is_read);
	/* A title stands in no list of months. */
	(void)columns_read(&desk, QUERY_months, "achievement", &is_read);
	assert_false(is_read);
	desk_dispose(&desk);
}

static void test_reads__the_day_is_told_as_the_day(void **state)
{
	struct desk desk;
	bool is_read;

	(void)state;
	desk_init(&desk, "2026-06-30");
	(void)columns_read(&desk, QUERY_decisions_of, "meta", &is_read);
	assert_false(is_read);
	/* Views have no as_of, and ask where that has it from. */
	(void)columns_read(&desk, QUERY_patents_part, "meta", &is_read);
	assert_false(is_read);
	assert_true(columns_read(&desk, QUERY_patents_part, "as_of",
	    &is_read) != 0);
	assert_true(columns_read(&desk, QUERY_list_silent, "as_of",
	    &is_read) != 0);
	(void)columns_read(&desk, QUERY_months, "as_of", &is_read);
	assert_false(is_read);
	(void)columns_read(&desk, QUERY_decisions_of, "decision", &is_read);
	assert_true(is_read);
	desk_dispose(&desk);
}

/* SQLite does not tell of a column that stands in USING alone. */
static void test_reads__what_tables_are_joined_by_is_read(void **state)
{
	const uint64_t record = 1, packed = 4;
	struct desk desk;
	bool is_read;

	(void)state;
	desk_init(&desk, "2026-06-30");
	assert_int_equal(columns_read(&desk, QUERY_record_packed,
	    "front_matter", &is_read), record | packed);
	desk_dispose(&desk);
}

static void test_reads__a_line_says_what_a_query_is_about(void **state)
{
	(void)state;
	assert_int_equal(catalogue_about(QUERY_record_packed), 2);
	assert_int_equal(catalogue_about(QUERY_record_by_number), 1);
	assert_int_equal(catalogue_about(QUERY_months), 0);
	assert_int_equal(catalogue_about(QUERY_related_to), 1);
	assert_int_equal(catalogue_seen_by(QUERY_related_to),
	    QUERY_related_seen_by);
	assert_int_equal(catalogue_seen_by(QUERY_card), QUERY_COUNT);
}

/* Every line names tables that its query reads, or nothing would be asked. */
static void test_reads__whoever_is_about_a_record_reads_it(void **state)
{
	struct catalogue_columns columns;
	struct desk desk;
	size_t about = 0;

	(void)state;
	desk_init(&desk, "2026-06-30");
	assert_true(catalogue_columns_open(desk.catalogue, &desk.f.arena,
	    &columns));
	for (size_t query = 0; query < QUERY_COUNT; query++) {
		bool is_about = false;
		struct vec reads;

		if (catalogue_about((enum query)query) == 0 ||
		    catalogue_seen_by((enum query)query) != QUERY_COUNT ||
		    catalogue_shown_to((enum query)query) != QUERY_COUNT)
			continue;
		vec_init(&reads, sizeof(struct catalogue_read));
		assert_true(catalogue_reads(desk.catalogue, &columns,
		    (enum query)query, &reads));
		for (size_t i = 0; i < reads.count; i++)
			is_about = is_about || ((const struct catalogue_read *)
			    vec_at(&reads, i))->is_about;
		assert_true(is_about);
		about++;
		vec_dispose(&reads);
	}
	assert_true(about > 10);
	desk_dispose(&desk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reads__are_found_through_views),
		cmocka_unit_test(test_reads__the_day_is_told_as_the_day),
		cmocka_unit_test(
		    test_reads__what_tables_are_joined_by_is_read),
		cmocka_unit_test(
		    test_reads__a_line_says_what_a_query_is_about),
		cmocka_unit_test(
		    test_reads__whoever_is_about_a_record_reads_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
