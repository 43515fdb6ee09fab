/* SPDX-License-Identifier: MIT */
#include "base/csv.h"

#include "../memory.h"
#include "base/buf.h"

static bool parse(struct fixture *f, const char *text, struct csv *csv)
{
	fixture_init(f, NULL);
	return csv_parse(&f->arena, STR("a.csv"),
	    str_dup(&f->arena, str_from(text)), csv, &f->diags);
}

static void test_csv_parse__reads_quotes_breaks_and_comments(void **state)
{
	struct fixture f;
	struct csv csv;

	(void)state;
	assert_true(parse(&f, "\xef\xbb\xbf# open: true\r\na,b,c\r\n"
	    "1,\"x, \"\"y\"\"\",\r\n\r\n#no row\n\"two\nlines\",,\"\"\n4,5,6",
	    &csv));
	assert_int_equal(csv.count, 4);
	assert_int_equal(csv.comment_count, 2);
	assert_str(csv.comments[1].cells[0], "no row");
	assert_str(csv.rows[1].cells[1], "x, \"y\"");
	assert_str(csv.rows[1].cells[2], "");
	assert_int_equal(csv.rows[1].line, 3);
	assert_str(csv.rows[2].cells[0], "two\nlines");
	assert_int_equal(csv.rows[2].line, 6);
	assert_int_equal(csv.rows[3].line, 8);
	assert_str(csv.rows[3].cells[2], "6");
	fixture_dispose(&f);
}

static void test_csv_column__finds_by_the_name_in_the_header(void **state)
{
	struct fixture f;
	struct csv csv;

	(void)state;
	assert_true(parse(&f, "code, zh \na,b\n", &csv));
	assert_int_equal(csv_column(&csv, STR("zh")), 1);
	assert_true(csv_column(&csv, STR("en")) == CSV_NO_COLUMN);
	fixture_dispose(&f);
}

static void test_csv_comment__gives_value_line_and_fallback(void **state)
{
	struct fixture f;
	struct csv csv;
	uint32_t line = 0;

	(void)state;
	assert_true(parse(&f, "# a note\n# open :  true \na\n", &csv));
	assert_str(csv_comment(&csv, STR("open"), STR("no"), &line), "true");
	assert_int_equal(line, 2);
	assert_str(csv_comment(&csv, STR("a note"), STR("no"), NULL), "no");
	fixture_dispose(&f);
}

static void test_csv_parse__reports_every_fault_in_one_run(void **state)
{
	static const struct {
		const char *text, *expected;
	} cases[] = {
		{ "", "K0114@0:0" },
		{ "# only\n", "K0114@0:0" },
		{ "a,b\n1\n1,2,3\n", "K0112@2:0 K0112@3:0" },
		{ "a\n\"x\" y\nz\"\n", "K0111@2:0 K0111@3:0" },
		{ "a\n\"x\n\n", "K0110@2:0" },
		{ "a\n\"", "K0110@2:0" },
		{ "a\n\xff\n", "K0113@2:0" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct fixture f;
		struct csv csv;

		assert_false(parse(&f, cases[i].text, &csv));
		assert_string_equal(found(&f), cases[i].expected);
		fixture_dispose(&f);
	}
}

static void test_csv_parse_uneven__keeps_rows_of_any_length(void **state)
{
	struct fixture f;
	struct csv csv;

	(void)state;
	fixture_init(&f, NULL);
	assert_true(csv_parse_uneven(&f.arena, STR("a.csv"),
	    STR("a,b\n1\n1,2,3\n"), &csv, &f.diags));
	assert_int_equal(csv.count, 3);
	assert_int_equal(csv.rows[1].count, 1);
	assert_int_equal(csv.rows[2].count, 3);
	assert_false(csv_parse_uneven(&f.arena, STR("a.csv"),
	    STR("a,b\n\"1\n"), &csv, &f.diags));
	assert_string_equal(found(&f), "K0110@2:0");
	fixture_dispose(&f);
}

static void test_csv_parse__refuses_a_nul(void **state)
{
	struct fixture f;
	struct csv csv;

	(void)state;
	fixture_init(&f, NULL);
	assert_false(csv_parse(&f.arena, STR("a.csv"), STR("a\nb\0c\n"), &csv,
	    &f.diags));
	assert_string_equal(found(&f), "K0113@2:0");
	fixture_dispose(&f);
}

static void test_csv_append__is_read_back_as_it_was(void **state)
{
	static const char *const cells[] = { "", "plain", "a,b", "say \"x\"",
		"\"", "\"\"x\"",
		"two\nlines", " edge ", "#mark", "浙里" };
	enum { COUNT = sizeof(cells) / sizeof(cells[0]) };
	struct fixture f;
	struct csv csv;
	struct buf out;

	(void)state;
	buf_init(&out);
	buf_append(&out, CSV_MARK);
	for (size_t row = 0; row < COUNT; row++) {
		for (size_t i = 0; i < COUNT; i++)
			csv_append_cell(&out, i,
			    str_from(cells[(row + i) % COUNT]));
		csv_end_row(&out);
	}
	assert_true(parse(&f, out.ptr, &csv));
	assert_int_equal(csv.count, COUNT);
	assert_int_equal(csv.comment_count, 0);
	for (size_t row = 0; row < COUNT; row++)
		for (size_t i = 0; i < COUNT; i++)
			assert_str(csv.rows[row].cells[i],
			    cells[(row + i) % COUNT]);
	buf_dispose(&out);
	fixture_dispose(&f);
}

static void test_csv_append__disarms_formulas_but_not_numbers(void **state)
{
	struct buf out;

	(void)state;
	buf_init(&out);
	csv_append_cell(&out, 0, STR("=1+1"));
	csv_append_cell(&out, 1, STR("@sum"));
	csv_append_number(&out, 2, STR("-3"));
	csv_append_cell(&out, 3, STR("-3"));
	csv_append_cell(&out, 4, STR("＝1＋1"));
	csv_append_cell(&out, 5, STR("＜3"));
	csv_end_row(&out);
	assert_str(buf_str(&out),
	    "\"'=1+1\",\"'@sum\",-3,\"'-3\",\"'＝1＋1\",＜3\r\n");
	buf_dispose(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_csv_parse__reads_quotes_breaks_and_comments),
		cmocka_unit_test(
		    test_csv_column__finds_by_the_name_in_the_header),
		cmocka_unit_test(
		    test_csv_comment__gives_value_line_and_fallback),
		cmocka_unit_test(
		    test_csv_parse__reports_every_fault_in_one_run),
		cmocka_unit_test(
		    test_csv_parse_uneven__keeps_rows_of_any_length),
		cmocka_unit_test(test_csv_parse__refuses_a_nul),
		cmocka_unit_test(test_csv_append__is_read_back_as_it_was),
		cmocka_unit_test(
		    test_csv_append__disarms_formulas_but_not_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
