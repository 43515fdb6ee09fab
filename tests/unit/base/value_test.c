/* SPDX-License-Identifier: MIT */
#include "base/value.h"

#include "../memory.h"

static void test_value__finds_along_dotted_paths(void **state)
{
	struct fixture f;
	struct value *map, *inner;

	(void)state;
	fixture_init(&f, NULL);
	map = value_map(&f.arena);
	inner = value_map(&f.arena);
	value_set(&f.arena, map, STR("a"), inner);
	value_set(&f.arena, inner, STR("b"),
	    value_text(&f.arena, STR("text")));
	value_set(&f.arena, inner, STR("yes"), value_bool(&f.arena, true));
	assert_str(value_text_at(map, STR("a.b")), "text");
	assert_true(value_is_true_at(map, STR("a.yes")));
	assert_str(value_text_at(map, STR("a")), "");
	assert_null(value_find(map, STR("a.b.c")));
	assert_null(value_find(map, STR("a..b")));
	assert_null(value_find(map, STR("")));
	assert_null(value_find(NULL, STR("a")));
	assert_false(value_is_true_at(map, STR("a.b")));
	fixture_dispose(&f);
}

static void test_value_set__replaces_and_keeps_order(void **state)
{
	struct fixture f;
	struct value *map;

	(void)state;
	fixture_init(&f, NULL);
	map = value_map(&f.arena);
	for (int i = 0; i < 100; i++)
		value_set(&f.arena, map, str_format(&f.arena, "k%d", i % 50),
		    value_number(&f.arena, i));
	assert_int_equal(map->map.count, 50);
	assert_str(map->map.fields[3].name, "k3");
	assert_str(map->map.fields[3].value->text, "53");
	fixture_dispose(&f);
}

static void test_value_list__grows(void **state)
{
	struct fixture f;
	struct value *list;

	(void)state;
	fixture_init(&f, NULL);
	list = value_list(&f.arena);
	for (int i = 0; i < 1000; i++)
		value_append(&f.arena, list, value_number(&f.arena, -i));
	assert_int_equal(value_count(list), 1000);
	assert_str(list->list.items[999]->text, "-999");
	assert_int_equal(value_count(NULL), 0);
	assert_int_equal(value_count(list->list.items[0]), 0);
	fixture_dispose(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_value__finds_along_dotted_paths),
		cmocka_unit_test(test_value_set__replaces_and_keeps_order),
		cmocka_unit_test(test_value_list__grows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
