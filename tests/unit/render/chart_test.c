/* SPDX-License-Identifier: MIT */
/* Geometry: nothing overlaps, nothing leaves the sheet, lengths say numbers. */
#include "render/chart.h"

#include <stdlib.h>

#include "../memory.h"
#include "base/json.h"
#include "base/value.h"
#include "render/context.h"

enum { MONTHS = 24 };

struct desk {
	struct arena arena;
	struct str labels[MONTHS];
	long values[MONTHS], others[MONTHS];
	struct chart_series series[2];
	struct chart_data data;
};

static void desk_init(struct desk *desk, size_t count)
{
	arena_init(&desk->arena);
	for (size_t i = 0; i < MONTHS; i++) {
		desk->labels[i] = str_format(&desk->arena, "%zu-%02zu",
		    2025 + i / 12, 1 + i % 12);
		desk->values[i] = (long)(i * i) % 37;
		desk->others[i] = (long)(i * 7) % 11;
	}
	desk->series[0] = (struct chart_series){ STR("报送"), desk->values };
	desk->series[1] = (struct chart_series){ STR("入库"), desk->others };
	desk->data = (struct chart_data){ .labels = desk->labels,
		.count = count, .series = desk->series, .series_count = 1 };
}

static void desk_dispose(struct desk *desk)
{
	arena_dispose(&desk->arena);
}

static double at(const struct value *map, const char *name)
{
	char text[32] = "";
	struct str length = value_text_at(map, str_from(name));

	assert_in_range(length.len, 1, sizeof(text) - 1);
	memcpy(text, length.ptr, length.len);
	return strtod(text, NULL);
}

static const struct value *item(const struct value *map, const char *name,
    size_t index)
{
	const struct value *list = value_get(map, str_from(name));

	assert_true(index < value_count(list));
	return list->list.items[index];
}

static size_t count_of(const struct value *map, const char *name)
{
	return value_count(value_get(map, str_from(name)));
}

/* Scales */

static void test_chart_step__is_round_and_large_enough(void **state)
{
	static const struct {
		long most, count, step;
	} cases[] = {
		{ 0, 5, 1 }, { 1, 5, 1 }, { 5, 5, 1 }, { 6, 5, 2 },
		{ 10, 5, 2 }, { 11, 5, 5 }, { 25, 5, 5 }, { 26, 5, 10 },
		{ 100, 5, 20 }, { 101, 5, 50 }, { 1234567, 5, 500000 },
		{ 7, 1, 10 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(chart_step(cases[i].most, cases[i].count),
		    cases[i].step);
}

static void test_chart_text_width__of_han_is_twice_that_of_latin(
    void **state)
{
	(void)state;
	assert_int_equal(chart_text_width(STR("")), 0);
	assert_int_equal(chart_text_width(STR("杭州")), 24);
	assert_true(chart_text_width(STR("2026")) < 36);
	assert_true(chart_text_width(STR("\xff")) > 0);
}

/* Bars */

static void test_chart_bars__are_as_long_as_their_numbers(void **state)
{
	struct desk desk;
	const struct value *chart;
	double most = 0, longest = 0;

	(void)state;
	desk_init(&desk, 11);
	desk.data.series_count = 2;
	chart = chart_bars(&desk.arena, &desk.data);
	assert_int_equal(count_of(chart, "bars"), 11);
	for (size_t i = 0; i < 11; i++) {
		const struct value *mark = item(item(chart, "bars", i),
		    "marks", 0);

		if (at(mark, "width") > longest) {
			longest = at(mark, "width");
			most = (double)desk.values[i];
		}
	}
	for (size_t i = 0; i < 11; i++) {
		const struct value *mark = item(item(chart, "bars", i),
		    "marks", 0);
		double wanted = longest * (double)desk.values[i] / most;

		assert_true(at(mark, "width") > wanted - 1 &&
		    at(mark, "width") < wanted + 1);
		assert_true(at(mark, "text_x") + (double)chart_text_width(
		    value_text_at(mark, STR("text"))) <= at(chart, "width"));
	}
	desk_dispose(&desk);
}

static void test_chart_bars__stand_below_each_other(void **state)
{
	struct desk desk;
	const struct value *chart;
	double bottom = 0;

	(void)state;
	desk_init(&desk, MONTHS);
	desk.data.series_count = 2;
	chart = chart_bars(&desk.arena, &desk.data);
	for (size_t i = 0; i < MONTHS; i++) {
		const struct value *bar = item(chart, "bars", i);

		for (size_t s = 0; s < 2; s++) {
			const struct value *mark = item(bar, "marks", s);

			assert_true(at(mark, "y") > bottom);
			bottom = at(mark, "y") + at(mark, "height");
		}
		assert_true(at(bar, "label_x") < at(item(bar, "marks", 0),
		    "x"));
	}
	assert_true(bottom <= at(chart, "height"));
	desk_dispose(&desk);
}

static void test_chart_bars__cut_labels_that_are_too_long(void **state)
{
	struct desk desk;
	const struct value *bar;

	(void)state;
	desk_init(&desk, 2);
	desk.labels[1] = STR("省委科技强省建设领导小组办公室直属研究机构");
	bar = item(chart_bars(&desk.arena, &desk.data), "bars", 1);
	assert_true(value_is_true_at(bar, STR("is_cut")));
	assert_true(str_ends(value_text_at(bar, STR("label")), STR("…")));
	assert_true((double)chart_text_width(value_text_at(bar,
	    STR("label"))) <= at(bar, "label_x"));
	bar = item(chart_bars(&desk.arena, &desk.data), "bars", 0);
	assert_false(value_is_true_at(bar, STR("is_cut")));
	desk_dispose(&desk);
}

static void test_chart_bars__show_the_least_there_is(void **state)
{
	struct desk desk;
	const struct value *chart;

	(void)state;
	desk_init(&desk, 3);
	desk.values[0] = 1000000;
	desk.values[1] = 1;
	desk.values[2] = -4;
	chart = chart_bars(&desk.arena, &desk.data);
	assert_true(at(item(item(chart, "bars", 1), "marks", 0), "width") >=
	    1);
	assert_true(at(item(item(chart, "bars", 2), "marks", 0), "width") ==
	    0);
	desk_dispose(&desk);
}

/* Lines and columns */

static void check_plot(const struct value *chart)
{
	const struct value *plot = value_get(chart, STR("plot"));
	double last = at(plot, "bottom") + 1;

	for (size_t i = 0; i < count_of(chart, "ticks"); i++) {
		double y = at(item(chart, "ticks", i), "y");

		assert_true(y < last && y >= at(plot, "top"));
		/* Numbers of the scale do not touch. */
		assert_true(i == 0 || last - y >= 14);
		last = y;
	}
	assert_true(at(item(chart, "ticks", 0), "y") == at(plot, "bottom"));
	assert_str(value_text_at(item(chart, "ticks", 0), STR("text")), "0");
	last = 0;
	for (size_t i = 0; i < count_of(chart, "marks"); i++) {
		const struct value *mark = item(chart, "marks", i);
		double half = (double)chart_text_width(value_text_at(mark,
		    STR("text"))) / 2;

		assert_true(at(mark, "x") - half >= last);
		last = at(mark, "x") + half;
	}
	assert_true(last <= at(chart, "width"));
}

static void test_chart_lines__have_a_scale_and_labels_stay_apart(
    void **state)
{
	struct desk desk;

	(void)state;
	for (size_t count = 1; count <= MONTHS; count++) {
		const struct value *chart, *newest;

		desk_init(&desk, count);
		desk.data.series_count = 2;
		chart = chart_lines(&desk.arena, &desk.data);
		check_plot(chart);
		/* The newest is always named. */
		newest = item(chart, "marks", count_of(chart, "marks") - 1);
		assert_true(str_eq(value_text_at(newest, STR("text")),
		    desk.labels[count - 1]));
		desk_dispose(&desk);
	}
}

static void test_chart_lines__put_names_apart(void **state)
{
	struct chart_series series[5];
	long values[5][2] = { { 1, 9 }, { 4, 9 }, { 0, 0 }, { 3, 0 },
		{ 5, 8 } };
	struct desk desk;
	const struct value *chart;

	(void)state;
	desk_init(&desk, 2);
	for (size_t i = 0; i < 5; i++)
		series[i] = (struct chart_series){ STR("名"), values[i] };
	desk.data.series = series;
	desk.data.series_count = 5;
	chart = chart_lines(&desk.arena, &desk.data);
	for (size_t i = 0; i < 5; i++) {
		const struct value *one = item(chart, "series", i);

		assert_true(at(one, "text_y") > 0 &&
		    at(one, "text_y") <= at(chart, "height"));
		assert_true(at(one, "text_x") + 12 <= at(chart, "width"));
		for (size_t j = 0; j < i; j++) {
			double gap = at(one, "text_y") - at(item(chart,
			    "series", j), "text_y");

			assert_true(gap >= 12 || gap <= -12);
		}
	}
	desk_dispose(&desk);
}

static void test_chart_lines__place_points_by_their_numbers(void **state)
{
	struct desk desk;
	const struct value *chart, *dots, *plot;

	(void)state;
	desk_init(&desk, 3);
	desk.values[0] = 0;
	desk.values[1] = 10;
	desk.values[2] = 5;
	chart = chart_lines(&desk.arena, &desk.data);
	plot = value_get(chart, STR("plot"));
	dots = value_get(item(chart, "series", 0), STR("dots"));
	assert_true(at(dots->list.items[0], "y") == at(plot, "bottom"));
	assert_true(at(dots->list.items[1], "y") == at(plot, "top"));
	assert_true(at(dots->list.items[2], "y") ==
	    (at(plot, "top") + at(plot, "bottom")) / 2);
	assert_true(at(dots->list.items[0], "x") <
	    at(dots->list.items[1], "x"));
	desk_dispose(&desk);
}

static void test_chart_columns__stand_apart_below_the_reference(void **state)
{
	struct desk desk;
	const struct value *chart, *reference;
	double right = 0;

	(void)state;
	desk_init(&desk, 6);
	desk.data.reference = 100;
	chart = chart_columns(&desk.arena, &desk.data);
	check_plot(chart);
	reference = value_get(chart, STR("reference"));
	assert_str(value_text_at(reference, STR("text")), "100");
	assert_true(at(reference, "text_y") > 0);
	for (size_t i = 0; i < 6; i++) {
		const struct value *one = item(chart, "uprights", i);

		assert_true(at(one, "x") >= right);
		right = at(one, "x") + at(one, "width");
		assert_true(at(one, "y") > at(reference, "y"));
		assert_true(at(one, "y") + at(one, "height") ==
		    at(value_get(chart, STR("plot")), "bottom"));
	}
	desk_dispose(&desk);
}

static void test_chart_columns__of_nothing_have_a_scale(void **state)
{
	struct desk desk;
	const struct value *chart;

	(void)state;
	desk_init(&desk, 0);
	chart = chart_columns(&desk.arena, &desk.data);
	assert_int_equal(count_of(chart, "ticks"), 2);
	assert_int_equal(count_of(chart, "uprights"), 0);
	chart = chart_lines(&desk.arena, &desk.data);
	assert_int_equal(count_of(chart, "series"), 0);
	desk_dispose(&desk);
}

static void test_chart_small__compares_by_one_scale(void **state)
{
	struct desk desk;
	double whole, half;

	(void)state;
	desk_init(&desk, 1);
	desk.values[0] = 10;
	whole = at(item(chart_small(&desk.arena, &desk.data, 10), "uprights",
	    0), "height");
	half = at(item(chart_small(&desk.arena, &desk.data, 20), "uprights",
	    0), "height");
	assert_true(whole == 2 * half);
	desk_dispose(&desk);
}

/* Tiles */

static void test_chart_tiles__are_graded_by_quarters(void **state)
{
	static const struct chart_place places[] = { { 0, 0 }, { 2, 0 },
		{ 1, 1 }, { 3, 1 }, { 5, 1 }, { 0, 2 } };
	static const long values[] = { 0, 1, 25, 26, 75, 100 };
	static const char *const levels[] = { "0", "1", "1", "2", "3", "4" };
	struct desk desk;
	const struct value *chart;

	(void)state;
	desk_init(&desk, 6);
	desk.series[0].values = values;
	chart = chart_tiles(&desk.arena, &desk.data, places);
	for (size_t i = 0; i < 6; i++) {
		const struct value *one = item(chart, "tiles", i);

		assert_str(value_text_at(one, STR("level")), levels[i]);
		assert_true(at(one, "x") + at(one, "width") <=
		    at(chart, "width"));
		for (size_t j = 0; j < i; j++) {
			const struct value *two = item(chart, "tiles", j);

			assert_true(at(one, "y") != at(two, "y") ||
			    at(one, "x") >= at(two, "x") +
			    at(two, "width"));
		}
	}
	desk_dispose(&desk);
}

/* Words and table */

static void test_chart_describe__says_the_facts(void **state)
{
	static const char words[] = "{\"charts\":{\"x\":{\"title\":\"{unit}\","
	    "\"description\":\"{total} {most_label} {most} {least_label} "
	    "{least} {last_label} {last}\"}}}";
	struct wording wording = { .lang = LANG_ZH };
	struct diag_list diags;
	struct value *t, *chart, *names;
	struct desk desk;

	(void)state;
	desk_init(&desk, 3);
	diag_list_init(&diags, &desk.arena);
	desk.values[0] = 3;
	desk.values[1] = 7;
	desk.values[2] = 2;
	assert_true(json_parse(&desk.arena, STR("t"), str_from(words), &t,
	    &diags));
	wording.t = t;
	names = value_map(&desk.arena);
	value_add(&desk.arena, names, STR("unit"),
	    value_text(&desk.arena, STR("甲")));
	chart = chart_columns(&desk.arena, &desk.data);
	chart_describe(&desk.arena, &wording, chart, "x", names);
	assert_str(value_text_at(chart, STR("id")), "chart-x");
	assert_str(value_text_at(chart, STR("title")), "甲");
	assert_str(value_text_at(chart, STR("description")),
	    "12 2025-02 7 2025-03 2 2025-03 2");
	assert_str(value_text_at(item(chart, "columns", 0), STR("text")),
	    "报送");
	assert_str(value_text_at(item(item(chart, "rows", 1), "values", 0),
	    STR("text")), "7");
	diag_list_dispose(&diags);
	desk_dispose(&desk);
}

static void test_chart_link__leads_one_number_to_its_records(void **state)
{
	struct desk desk;
	struct value *chart;

	(void)state;
	desk_init(&desk, 3);
	desk.data.series_count = 2;
	chart = chart_lines(&desk.arena, &desk.data);
	chart_link(&desk.arena, chart, 1, 2, STR("registry/2025/03/"));
	for (size_t i = 0; i < 3; i++)
		for (size_t s = 0; s < 2; s++)
			assert_str(value_text_at(item(item(chart, "rows", i),
			    "values", s), STR("href")), i == 2 && s == 1 ?
			    "registry/2025/03/" : "");
	desk_dispose(&desk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_chart_step__is_round_and_large_enough),
		cmocka_unit_test(
		    test_chart_text_width__of_han_is_twice_that_of_latin),
		cmocka_unit_test(
		    test_chart_bars__are_as_long_as_their_numbers),
		cmocka_unit_test(test_chart_bars__stand_below_each_other),
		cmocka_unit_test(
		    test_chart_bars__cut_labels_that_are_too_long),
		cmocka_unit_test(test_chart_bars__show_the_least_there_is),
		cmocka_unit_test(
		    test_chart_lines__have_a_scale_and_labels_stay_apart),
		cmocka_unit_test(test_chart_lines__put_names_apart),
		cmocka_unit_test(
		    test_chart_lines__place_points_by_their_numbers),
		cmocka_unit_test(
		    test_chart_columns__stand_apart_below_the_reference),
		cmocka_unit_test(test_chart_columns__of_nothing_have_a_scale),
		cmocka_unit_test(test_chart_small__compares_by_one_scale),
		cmocka_unit_test(test_chart_tiles__are_graded_by_quarters),
		cmocka_unit_test(test_chart_describe__says_the_facts),
		cmocka_unit_test(
		    test_chart_link__leads_one_number_to_its_records),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
