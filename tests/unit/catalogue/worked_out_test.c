/* SPDX-License-Identifier: MIT */
/* What stands of lists and reports once a catalogue is gone on with. */
#include "catalogue/worked_out.h"

#include "catalogue/resume.h"
#include "catalogue/touched.h"

#include "desk.h"

#define UNIT "name: 甲\nkind: 高校\n"
#define FINGERPRINT STR("of this test")
#define LISTS STR("lists")

static void go_on(struct desk *desk, bool is_watched)
{
	desk->catalogue = catalogue_go_on(&desk->f.arena, desk->folder,
	    FINGERPRINT, &desk->f.diags);
	assert_non_null(desk->catalogue);
	if (is_watched)
		catalogue_watch(desk->catalogue);
}

/* What was put, and the lists of the public site. */
static void keep(struct desk *desk, bool is_watched)
{
	catalogue_derive(desk->catalogue);
	catalogue_conclude(desk->catalogue);
	assert_true(catalogue_work_begin(desk->catalogue, LISTS));
	catalogue_list(desk->catalogue);
	catalogue_work_end(desk->catalogue, LISTS);
	catalogue_fit(desk->catalogue, FINGERPRINT, STR("commit"), 1);
	catalogue_keep(desk->catalogue);
	catalogue_close(desk->catalogue);
	go_on(desk, is_watched);
}

/* One unit, kept. */
static void keep_lists(struct desk *desk, bool is_watched)
{
	desk_init(desk, "2026-06-30");
	put(desk, "content/units/a.md", UNIT);
	keep(desk, is_watched);
}

/* Whether they do after what was put. */
static bool stand(struct desk *desk)
{
	catalogue_drop_stale(desk->catalogue);
	if (!catalogue_work_begin(desk->catalogue, LISTS))
		return true;
	catalogue_work_end(desk->catalogue, LISTS);
	return false;
}

static void test_worked_out__stands_while_its_tables_do(void **state)
{
	struct desk desk;

	(void)state;
	keep_lists(&desk, true);
	assert_true(stand(&desk));
	/* Of meta and findings no list is made. */
	catalogue_put_meta(desk.catalogue, STR("word"), STR("new"));
	catalogue_put_diagnostic(desk.catalogue, &(struct diagnostic){
	    .mark = { STR("content/units/a.md"), 1, 1 }, .id = STR("P-01"),
	    .severity = DIAG_WARNING });
	assert_true(stand(&desk));
	put(&desk, "content/achievements/a/b.md", "title: 甲\n");
	assert_false(stand(&desk));
	desk_dispose(&desk);
}

/* The file is another now; its number is what it was. */
static void put_again(struct desk *desk, uint32_t number, const char *path,
    const char *yaml)
{
	struct diag_list taken;

	diag_list_init(&taken, &desk->f.arena);
	catalogue_forget(desk->catalogue, str_from(path), &taken);
	diag_list_dispose(&taken);
	desk->count = number - 1;
	put(desk, path, yaml);
	catalogue_derive(desk->catalogue);
}

/* Lists say when and how many: a title is asked for where it is shown. */
static void test_worked_out__stands_where_no_column_of_it_changed(void **state)
{
	const char *path = "content/achievements/a/b.md";
	struct desk desk;

	(void)state;
	desk_init(&desk, "2026-06-30");
	put(&desk, path, "title: 甲\nip:\n"
	    "  - {kind: 发明专利, no: R1, title: t, granted: 2026-01-02}\n");
	keep(&desk, true);
	put_again(&desk, 1, path, "title: 乙\nip:\n"
	    "  - {kind: 发明专利, no: R1, title: u, granted: 2026-01-02}\n");
	assert_true(stand(&desk));
	put_again(&desk, 1, path, "title: 乙\nip:\n"
	    "  - {kind: 发明专利, no: R1, title: u, granted: 2026-01-03}\n");
	assert_false(stand(&desk));
	desk_dispose(&desk);
}

static void test_worked_out__falls_with_the_day(void **state)
{
	struct desk desk;

	(void)state;
	keep_lists(&desk, true);
	assert_true(catalogue_turn_to(desk.catalogue, STR("2026-07-01")));
	assert_false(stand(&desk));
	assert_true(stand(&desk));
	desk_dispose(&desk);
}

static void test_worked_out__falls_where_nobody_watched(void **state)
{
	struct desk desk;

	(void)state;
	keep_lists(&desk, false);
	assert_false(stand(&desk));
	desk_dispose(&desk);
}

static struct str turned(struct desk *desk)
{
	struct value *rows;
	struct str text = STR_NONE;

	catalogue_reach(desk->catalogue);
	rows = catalogue_rows(desk->catalogue, QUERY_to_judge, NULL, 0,
	    &desk->f.arena, NULL, NULL);
	for (size_t i = 0; i < value_count(rows); i++)
		text = str_format(&desk->f.arena, "%.*s%.*s ", STR_ARG(text),
		    STR_ARG(value_text_at(rows->list.items[i],
			STR("record"))));
	return text;
}

static void test_turn__reaches_whose_verdict_may_be_another(void **state)
{
	struct desk desk;

	(void)state;
	desk_init(&desk, "2026-06-30");
	put(&desk, "content/units/a.md", UNIT);
	put(&desk, "content/units/b.md", UNIT);
	put(&desk, "content/units/c.md", UNIT);
	catalogue_put_judged(desk.catalogue, 1, STR_NONE, STR_NONE,
	    STR("2026-07-02"));
	catalogue_put_judged(desk.catalogue, 2, STR_NONE, STR_NONE,
	    STR("2026-07-03"));
	catalogue_put_judged(desk.catalogue, 3, STR_NONE, STR_NONE,
	    STR_NONE);
	catalogue_derive(desk.catalogue);
	catalogue_conclude(desk.catalogue);
	catalogue_fit(desk.catalogue, FINGERPRINT, STR("commit"), 3);
	catalogue_keep(desk.catalogue);
	catalogue_close(desk.catalogue);
	go_on(&desk, true);
	/* What had come may not have on a day before. */
	assert_false(catalogue_turn_to(desk.catalogue, STR("2026-06-29")));
	assert_true(catalogue_turn_to(desk.catalogue, STR("2026-06-30")));
	assert_true(catalogue_is_untouched(desk.catalogue));
	assert_true(catalogue_turn_to(desk.catalogue, STR("2026-07-02")));
	assert_str(turned(&desk), "1 ");
	desk_dispose(&desk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_worked_out__stands_while_its_tables_do),
		cmocka_unit_test(
		    test_worked_out__stands_where_no_column_of_it_changed),
		cmocka_unit_test(test_worked_out__falls_with_the_day),
		cmocka_unit_test(test_worked_out__falls_where_nobody_watched),
		cmocka_unit_test(
		    test_turn__reaches_whose_verdict_may_be_another),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
