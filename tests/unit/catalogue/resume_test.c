/* SPDX-License-Identifier: MIT */
/* Numbers of new records in a kept catalogue, and whom it is given to. */
#include "catalogue/resume.h"

#include "desk.h"

#define UNIT "name: 甲\nkind: 高校\n"
#define FINGERPRINT STR("of this test")

/* Units a and z, so far apart, in a kept catalogue. */
static void keep(struct desk *desk, uint32_t room)
{
	desk_init(desk, "2026-06-30");
	put(desk, "content/units/a.md", UNIT);
	desk->count += room;
	put(desk, "content/units/z.md", UNIT);
	catalogue_derive(desk->catalogue);
	catalogue_conclude(desk->catalogue);
	catalogue_fit(desk->catalogue, FINGERPRINT, STR("commit"), 2);
	catalogue_keep(desk->catalogue);
	catalogue_close(desk->catalogue);
	desk->catalogue = catalogue_go_on(&desk->f.arena, desk->folder,
	    FINGERPRINT, &desk->f.diags);
	assert_non_null(desk->catalogue);
}

static uint32_t number(struct desk *desk, const char *path)
{
	struct diag_list taken;
	uint32_t given;

	diag_list_init(&taken, &desk->f.arena);
	catalogue_forget(desk->catalogue, str_from(path), &taken);
	given = catalogue_number(desk->catalogue, str_from(path));
	diag_list_dispose(&taken);
	return given;
}

static void test_number__of_new_records_is_in_path_order(void **state)
{
	uint32_t f, c, b, last;
	struct desk desk;

	(void)state;
	keep(&desk, 1000);
	f = number(&desk, "content/units/f.md");
	c = number(&desk, "content/units/c.md");
	b = number(&desk, "content/units/b.md");
	last = number(&desk, "content/units/zz.md");
	assert_true(1 < b && b < c && c < f && f < 1002 && 1002 < last);
	/* One that changes keeps its own, and others make way for it. */
	assert_int_equal(number(&desk, "content/units/z.md"), 1002);
	assert_true(number(&desk, "content/units/y.md") < 1002);
	assert_true(catalogue_has_numbers(desk.catalogue));
	desk_dispose(&desk);
}

static void test_number__runs_out_where_there_is_no_room(void **state)
{
	struct desk desk;

	(void)state;
	keep(&desk, 1);
	assert_int_equal(number(&desk, "content/units/c.md"), 2);
	assert_true(catalogue_has_numbers(desk.catalogue));
	assert_int_equal(number(&desk, "content/units/d.md"), 0);
	assert_false(catalogue_has_numbers(desk.catalogue));
	desk_dispose(&desk);
}

/* Of a million records each still has neighbours at some distance. */
static void test_number__of_all_records_leaves_room(void **state)
{
	(void)state;
	assert_int_equal(catalogue_first_number(0, 10), 65536);
	assert_int_equal(catalogue_first_number(9, 10), 655360);
	assert_true(catalogue_first_number(1, 1000000) -
	    catalogue_first_number(0, 1000000) > 4000);
	assert_true(catalogue_first_number(999999, 1000000) >
	    catalogue_first_number(999998, 1000000));
}

/* Nobody else may change it meanwhile, or put another in its place. */
static void test_go_on__is_for_one_at_a_time(void **state)
{
	struct catalogue *new;
	struct desk desk;

	(void)state;
	keep(&desk, 10);
	assert_null(catalogue_go_on(&desk.f.arena, desk.folder, FINGERPRINT,
	    &desk.f.diags));
	new = catalogue_create(&desk.f.arena, desk.folder, STR("2026-07-01"),
	    &desk.f.diags);
	catalogue_keep(new);
	catalogue_close(new);
	catalogue_put_meta(desk.catalogue, STR("word"), STR("kept"));
	catalogue_commit(desk.catalogue);
	catalogue_close(desk.catalogue);
	desk.catalogue = catalogue_go_on(&desk.f.arena, desk.folder,
	    FINGERPRINT, &desk.f.diags);
	assert_non_null(desk.catalogue);
	assert_true(str_eq(catalogue_cell(desk.catalogue, QUERY_meta,
	    &STR("word"), 1, &desk.f.arena), STR("kept")));
	desk_dispose(&desk);
}

static void test_go_on__is_taken_back_by_closing(void **state)
{
	struct desk desk;

	(void)state;
	keep(&desk, 10);
	catalogue_put_meta(desk.catalogue, STR("word"), STR("lost"));
	catalogue_close(desk.catalogue);
	desk.catalogue = catalogue_go_on(&desk.f.arena, desk.folder,
	    FINGERPRINT, &desk.f.diags);
	assert_non_null(desk.catalogue);
	assert_int_equal(catalogue_cell(desk.catalogue, QUERY_meta,
	    &STR("word"), 1, &desk.f.arena).len, 0);
	catalogue_close(desk.catalogue);
	desk.catalogue = catalogue_go_on(&desk.f.arena, desk.folder,
	    STR("another"), &desk.f.diags);
	assert_null(desk.catalogue);
	desk_dispose(&desk);
}

/* A byte of a page that is not needed to open the file, or of one that is. */
static void test_go_on__tells_of_a_damaged_file_and_removes_it(void **state)
{
	size_t told = 0, found_later = 0;

	(void)state;
	for (long at = 200; at < 200000; at += 4096) {
		struct desk desk;
		FILE *file;
		int byte;

		keep(&desk, 10);
		catalogue_close(desk.catalogue);
		file = fopen(in(&desk, ".zheli/catalogue.sqlite"), "r+");
		assert_int_equal(fseek(file, at, SEEK_SET), 0);
		byte = fgetc(file);
		assert_int_not_equal(byte, EOF);
		assert_int_equal(fseek(file, at, SEEK_SET), 0);
		assert_int_equal(fputc(byte ^ 4, file), byte ^ 4);
		assert_int_equal(fclose(file), 0);
		desk.catalogue = catalogue_go_on(&desk.f.arena, desk.folder,
		    FINGERPRINT, &desk.f.diags);
		if (desk.catalogue == NULL) {
			told++;
			assert_non_null(strstr(message(&desk.f, "M0201",
			    LANG_EN), "damaged"));
		} else {
			found_later++;
			assert_true(catalogue_was_damaged(desk.catalogue));
			catalogue_close(desk.catalogue);
			desk.catalogue = NULL;
			assert_int_equal(access(in(&desk,
			    ".zheli/catalogue.sqlite"), F_OK), -1);
		}
		desk_dispose(&desk);
	}
	assert_true(told > 0 && found_later > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_number__of_new_records_is_in_path_order),
		cmocka_unit_test(test_number__runs_out_where_there_is_no_room),
		cmocka_unit_test(test_number__of_all_records_leaves_room),
		cmocka_unit_test(test_go_on__is_for_one_at_a_time),
		cmocka_unit_test(
		    test_go_on__tells_of_a_damaged_file_and_removes_it),
		cmocka_unit_test(test_go_on__is_taken_back_by_closing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
