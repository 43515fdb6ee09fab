/* SPDX-License-Identifier: MIT */
#include "base/map.h"

#include "../memory.h"
#include "base/hash.h"

static void test_map__remembers_order_through_growth(void **state)
{
	struct fixture f;
	struct map map;
	int items[5000];

	(void)state;
	fixture_init(&f, NULL);
	map_init(&map, &f.arena);
	for (int i = 0; i < 5000; i++)
		assert_null(map_put(&map, str_format(&f.arena, "key%d",
		    i * 7919 % 5000), &items[i]));
	assert_int_equal(map.count, 5000);
	for (int i = 0; i < 5000; i++) {
		struct str key = str_format(&f.arena, "key%d",
		    i * 7919 % 5000);

		assert_ptr_equal(map_get(&map, key), &items[i]);
		assert_true(str_eq(map.entries[i].key, key));
	}
	fixture_dispose(&f);
}

static void test_map__replaces_and_keeps_the_place(void **state)
{
	struct fixture f;
	struct map map;
	int a, b;

	(void)state;
	fixture_init(&f, NULL);
	map_init(&map, &f.arena);
	assert_null(map_put(&map, STR("x"), &a));
	assert_null(map_put(&map, STR("y"), &a));
	assert_ptr_equal(map_put(&map, STR("x"), &b), &a);
	assert_int_equal(map.count, 2);
	assert_ptr_equal(map.entries[0].item, &b);
	fixture_dispose(&f);
}

static void test_map__knows_what_it_has_not(void **state)
{
	struct fixture f;
	struct map map;

	(void)state;
	fixture_init(&f, NULL);
	map_init(&map, &f.arena);
	assert_null(map_get(&map, STR("x")));
	assert_false(map_has(&map, STR_NONE));
	/* A NULL item is an item; keys may be empty and hold NUL. */
	(void)map_put(&map, STR("x"), NULL);
	assert_true(map_has(&map, STR("x")));
	(void)map_put(&map, STR_NONE, &map);
	(void)map_put(&map, (struct str){ "a\0b", 3 }, &f);
	assert_ptr_equal(map_get(&map, STR("")), &map);
	assert_null(map_get(&map, STR("a")));
	assert_ptr_equal(map_get(&map, (struct str){ "a\0b", 3 }), &f);
	fixture_dispose(&f);
}

static void test_map__keeps_keys_of_its_own(void **state)
{
	struct fixture f;
	struct map map;
	char key[] = "abc";

	(void)state;
	fixture_init(&f, NULL);
	map_init(&map, &f.arena);
	(void)map_put(&map, str_from(key), key);
	key[0] = 'z';
	assert_true(map_has(&map, STR("abc")));
	assert_false(map_has(&map, STR("zbc")));
	fixture_dispose(&f);
}

/* Keys that fall into one slot of the first table, found by trying. */
static void test_map__tells_keys_of_one_slot_apart(void **state)
{
	struct fixture f;
	struct map map;
	struct str keys[7];
	size_t count = 0;

	(void)state;
	fixture_init(&f, NULL);
	for (int i = 0; count < 7; i++) {
		struct str key = str_format(&f.arena, "%d", i);

		if (hash_bytes(key) % 16 == 5)
			keys[count++] = key;
	}
	map_init(&map, &f.arena);
	for (size_t i = 0; i < 6; i++)
		(void)map_put(&map, keys[i], &keys[i]);
	for (size_t i = 0; i < 6; i++)
		assert_ptr_equal(map_get(&map, keys[i]), &keys[i]);
	assert_false(map_has(&map, keys[6]));
	fixture_dispose(&f);
}

static void test_map_key__is_its_own_copy_and_always_the_same(void **state)
{
	struct fixture f;
	struct map map;
	char key[] = "abc";
	struct str kept;

	(void)state;
	fixture_init(&f, NULL);
	map_init(&map, &f.arena);
	kept = map_key(&map, str_from(key));
	key[0] = 'z';
	assert_str(kept, "abc");
	assert_ptr_equal(map_key(&map, STR("abc")).ptr, kept.ptr);
	assert_true(map_has(&map, STR("abc")));
	assert_null(map_get(&map, STR("abc")));
	assert_null(map_put(&map, STR("abc"), &f));
	assert_ptr_equal(map_key(&map, STR("abc")).ptr, kept.ptr);
	assert_ptr_equal(map_get(&map, STR("abc")), &f);
	assert_int_equal(map.count, 1);
	fixture_dispose(&f);
}

static void test_map__may_know_how_many_keys_will_come(void **state)
{
	struct fixture f;
	struct map map;

	(void)state;
	fixture_init(&f, NULL);
	map_init(&map, &f.arena);
	(void)map_put(&map, STR("before"), &map);
	for (size_t room = 0; room < 40; room += 13) {
		map_reserve(&map, room);
		assert_true(map.capacity >= room);
		for (size_t i = 0; i < room * 2; i++)
			(void)map_put(&map, str_format(&f.arena, "%zu", i),
			    &f);
		assert_ptr_equal(map_get(&map, STR("before")), &map);
		assert_int_equal(map.count, 1 + room * 2);
	}
	for (size_t i = 0; i < 78; i++)
		assert_ptr_equal(map_get(&map, str_format(&f.arena, "%zu",
		    i)), &f);
	assert_false(map_has(&map, STR("78")));
	fixture_dispose(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_map__remembers_order_through_growth),
		cmocka_unit_test(test_map__replaces_and_keeps_the_place),
		cmocka_unit_test(test_map__knows_what_it_has_not),
		cmocka_unit_test(test_map__keeps_keys_of_its_own),
		cmocka_unit_test(test_map__tells_keys_of_one_slot_apart),
		cmocka_unit_test(
		    test_map_key__is_its_own_copy_and_always_the_same),
		cmocka_unit_test(test_map__may_know_how_many_keys_will_come),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
