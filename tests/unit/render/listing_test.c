/* SPDX-License-Identifier: MIT */
#include "render/listing.h"

#include "../memory.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/value.h"
#include "render/context.h"

static const struct listing_column columns[] = {
	{ "title", NULL, "href", LISTING_PLAIN },
	{ "day", "date", NULL, LISTING_PLAIN },
	{ "kind", NULL, NULL, LISTING_PLAIN },
	{ "done", NULL, NULL, LISTING_PLAIN },
	{ "change", NULL, NULL, LISTING_NUMBER },
	{ "words", NULL, NULL, LISTING_PLAIN },
	{ "path", NULL, NULL, LISTING_DATA },
	{ .name = NULL },
};

/* The words, and two rows of which the second has hardly anything. */
static const char *const words =
    "{\"yes\":\"是\",\"no\":\"否\",\"list_separator\":\"、\","
    "\"columns\":{\"title\":\"名称\",\"day\":\"日期\",\"kind\":\"类别\","
    "\"done\":\"办结\",\"change\":\"增减\",\"words\":\"词\","
    "\"path\":\"文件\"}}";
static const char *const rows_text =
    "[{\"id\":\"u/a\",\"title\":\"=甲\",\"href\":\"x/\","
    "\"date\":{\"iso\":\"2026-06-11\",\"text\":\"2026年6月11日\"},"
    "\"kind\":{\"code\":\"k\",\"label\":\"类\",\"text\":\"类\"},"
    "\"done\":true,\"change\":\"-3\","
    "\"words\":[{\"text\":\"一\"},{\"text\":\"二\"}],\"path\":\"a.md\"},"
    "{\"title\":\"乙\",\"done\":null}]";

struct desk {
	struct fixture f;
	struct wording wording;
	struct value *rows;
	struct buf out;
};

static void desk_init(struct desk *desk)
{
	struct value *t;

	fixture_init(&desk->f, NULL);
	assert_true(json_parse(&desk->f.arena, STR("t"), str_from(words), &t,
	    &desk->f.diags));
	assert_true(json_parse(&desk->f.arena, STR("r"), str_from(rows_text),
	    &desk->rows, &desk->f.diags));
	desk->wording = (struct wording){ .t = t, .lang = LANG_ZH };
	buf_init(&desk->out);
}

static void desk_dispose(struct desk *desk)
{
	buf_dispose(&desk->out);
	fixture_dispose(&desk->f);
}

static void test_listing_csv__is_what_spreadsheets_read(void **state)
{
	struct desk desk;

	(void)state;
	desk_init(&desk);
	listing_csv(columns, &desk.wording, &desk.f.arena, desk.rows,
	    &desk.out);
	assert_str(buf_str(&desk.out), "\xef\xbb\xbf"
	    "名称,日期,类别,办结,增减,词,文件\r\n"
	    "\"'=甲\",2026-06-11,类,是,-3,一、二,a.md\r\n"
	    "乙,,,,,,\r\n");
	desk_dispose(&desk);
}

static void test_listing_json__keeps_codes_numbers_and_absence(void **state)
{
	struct desk desk;
	struct value *head, *read;

	(void)state;
	desk_init(&desk);
	head = value_map(&desk.f.arena);
	value_add(&desk.f.arena, head, STR("title"),
	    value_text(&desk.f.arena, STR("清单")));
	listing_json(columns, head, desk.rows, &desk.out);
	assert_str(buf_str(&desk.out), "{\"title\":\"清单\",\n\"items\":[\n"
	    "{\"title\":\"=甲\",\"day\":\"2026-06-11\","
	    "\"kind\":{\"code\":\"k\",\"label\":\"类\"},\"done\":true,"
	    "\"change\":-3,\"words\":[\"一\",\"二\"],\"path\":\"a.md\"},\n"
	    "{\"title\":\"乙\",\"day\":null,\"kind\":null,\"done\":null,"
	    "\"change\":null,\"words\":null,\"path\":null}\n]}\n");
	assert_true(json_parse(&desk.f.arena, STR("j"), buf_str(&desk.out),
	    &read, &desk.f.diags));
	desk_dispose(&desk);
}

static void test_listing_json__of_no_rows_is_an_empty_list(void **state)
{
	struct desk desk;

	(void)state;
	desk_init(&desk);
	listing_json(columns, NULL, value_list(&desk.f.arena), &desk.out);
	assert_str(buf_str(&desk.out), "{\"items\":[\n]}\n");
	desk_dispose(&desk);
}

static void test_listing_table__leaves_data_out_and_links(void **state)
{
	struct desk desk;
	const struct value *table, *cells;

	(void)state;
	desk_init(&desk);
	table = listing_table(columns, &desk.wording, &desk.f.arena,
	    desk.rows);
	assert_int_equal(value_count(value_get(table, STR("columns"))), 6);
	assert_int_equal(value_count(value_get(table, STR("rows"))), 2);
	cells = value_get(value_get(table, STR("rows"))->list.items[0],
	    STR("cells"));
	assert_int_equal(value_count(cells), 6);
	assert_str(value_text_at(cells->list.items[0], STR("href")), "x/");
	assert_str(value_text_at(cells->list.items[0], STR("url")), "");
	assert_true(value_is_true_at(cells->list.items[0],
	    STR("is_heading")));
	assert_str(value_text_at(cells->list.items[1], STR("text")),
	    "2026年6月11日");
	assert_str(value_text_at(cells->list.items[1], STR("iso")),
	    "2026-06-11");
	assert_true(value_is_true_at(cells->list.items[4],
	    STR("is_number")));
	desk_dispose(&desk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_listing_csv__is_what_spreadsheets_read),
		cmocka_unit_test(
		    test_listing_json__keeps_codes_numbers_and_absence),
		cmocka_unit_test(
		    test_listing_json__of_no_rows_is_an_empty_list),
		cmocka_unit_test(test_listing_table__leaves_data_out_and_links),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
