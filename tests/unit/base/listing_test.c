/* SPDX-License-Identifier: MIT */
#include "base/listing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/folder_state.h"
#include "base/vec.h"

#include "../place.h"

static const char *in(struct place *place, const char *name)
{
	return str_format(&place->f.arena, "%s/%s", place->path, name).ptr;
}

static void put(struct place *place, const char *path)
{
	bool changed;

	assert_true(folder_replace(&place->folder, str_from(path),
	    STR("x"), &changed, &place->f.diags));
}

static int compare(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

struct paths {
	struct arena *arena;
	struct vec all;		/* struct str */
	size_t most;		/* of them are wanted */
};

static bool add_path(void *context, struct str path)
{
	struct paths *paths = context;

	*(struct str *)vec_push(&paths->all) = str_dup(paths->arena, path);
	return paths->all.count < paths->most;
}

/* All paths, in order, with a space behind each. */
static void assert_paths(struct place *place, const struct listing *listing,
    const char *wanted)
{
	struct paths paths = { .arena = &place->f.arena, .most = SIZE_MAX };
	struct buf all;

	vec_init(&paths.all, sizeof(struct str));
	buf_init(&all);
	assert_true(listing_each(listing, add_path, &paths));
	vec_sort(&paths.all, compare);
	for (size_t i = 0; i < paths.all.count; i++) {
		buf_append(&all, *(struct str *)vec_at(&paths.all, i));
		buf_append_char(&all, ' ');
	}
	assert_str(buf_str(&all), wanted);
	buf_dispose(&all);
	vec_dispose(&paths.all);
}

static void look(struct place *place, struct listing *listing)
{
	assert_true(listing_look(listing, &place->folder, &place->f.diags));
}

/* One that is certain of what is there. */
static struct listing *settled(struct place *place)
{
	struct listing *listing = listing_new(&place->f.arena);

	folder_state_settle();
	look(place, listing);
	assert_true(listing_is_settled(listing));
	assert_true(listing_holds(listing, &place->folder));
	return listing;
}

static void fill(struct place *place)
{
	put(place, "one");
	put(place, "a/two");
	put(place, "a/b/three");
	put(place, "c/four");
}

static void test_a_listing__has_all_that_is_below(void **state)
{
	struct place place;

	(void)state;
	place_init(&place);
	assert_paths(&place, listing_new(&place.f.arena), "");
	fill(&place);
	assert_paths(&place, settled(&place), "a/b/three a/two c/four one ");
	place_dispose(&place);
}

static void test_a_listing__ends_where_it_is_told_to(void **state)
{
	struct paths paths = { .most = 3 };
	struct place place;

	(void)state;
	place_init(&place);
	fill(&place);
	paths.arena = &place.f.arena;
	vec_init(&paths.all, sizeof(struct str));
	assert_false(listing_each(settled(&place), add_path, &paths));
	assert_int_equal(paths.all.count, 3);
	vec_dispose(&paths.all);
	place_dispose(&place);
}

/* What is done to a folder: "+PATH" a file comes, "-PATH" one goes with the
 * folders that are empty then, "/PATH" a folder comes, "@PATH" a link to a
 * folder, "PATH>PATH" it is renamed. */
static void change(struct place *place, struct str word)
{
	struct str from = str_cut(&word, '>');
	const char *path = str_cstr(&place->f.arena, from);

	if (word.len > 0)
		assert_int_equal(rename(in(place, path), in(place,
		    str_cstr(&place->f.arena, word))), 0);
	else if (path[0] == '+')
		put(place, path + 1);
	else if (path[0] == '/')
		assert_int_equal(mkdir(in(place, path + 1), 0777), 0);
	else if (path[0] == '@')
		assert_int_equal(symlink("a", in(place, path + 1)), 0);
	else
		assert_true(folder_remove(&place->folder,
		    str_from(path + 1), &place->f.diags));
}

static void test_a_listing__notices_what_comes_goes_and_is_renamed(
    void **state)
{
	static const struct {
		const char *changes, *paths;
	} cases[] = {
		{ "+a/b/five", "a/b/five a/b/three a/two c/four one " },
		{ "-a/two", "a/b/three c/four one " },
		{ "c/four>c/six", "a/b/three a/two c/six one " },
		{ "a/b>d", "a/two c/four d/three one " },
		{ "-a/two -a/b/three /a", "c/four one " },
		{ "-one +one/in", "a/b/three a/two c/four one/in " },
		{ "-c/four @c", "a/b/three a/two c one " },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct str changes = str_from(cases[i].changes);
		struct listing *listing;
		struct place place;

		place_init(&place);
		fill(&place);
		listing = settled(&place);
		while (changes.len > 0)
			change(&place, str_cut(&changes, ' '));
		if (listing_holds(listing, &place.folder))
			fail_msg("%s", cases[i].changes);
		look(&place, listing);
		assert_paths(&place, listing, cases[i].paths);
		place_dispose(&place);
	}
}

/* Each path that a change names, as who made it would tell of it. */
static void doubt(struct listing *listing, struct str changes)
{
	while (changes.len > 0) {
		struct str to = str_cut(&changes, ' ');
		struct str from = str_cut(&to, '>');

		listing_doubt(listing, to.len > 0 ? from : str_slice(from, 1,
		    from.len));
		listing_doubt(listing, to);
	}
}

static void look_again(struct place *place, struct listing *listing)
{
	assert_true(listing_look_again(listing, &place->folder,
	    &place->f.diags));
}

static void test_a_second_look__sees_what_it_is_told_of(void **state)
{
	static const struct {
		const char *changes, *paths;
	} cases[] = {
		{ "+a/b/five", "a/b/five a/b/three a/two c/four one " },
		{ "+a/d/e/five +six",
		    "a/b/three a/d/e/five a/two c/four one six " },
		{ "-a/two", "a/b/three c/four one " },
		{ "-a/b/three", "a/two c/four one " },
		{ "c/four>c/six", "a/b/three a/two c/six one " },
		{ "a/b>d", "a/two c/four d/three one " },
		{ "-a/two -a/b/three /a", "c/four one " },
		{ "-one +one/in", "a/b/three a/two c/four one/in " },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct str changes = str_from(cases[i].changes);
		struct listing *listing;
		struct place place;

		place_init(&place);
		fill(&place);
		listing = settled(&place);
		while (changes.len > 0)
			change(&place, str_cut(&changes, ' '));
		doubt(listing, str_from(cases[i].changes));
		assert_false(listing_is_settled(listing));
		folder_state_settle();
		look_again(&place, listing);
		assert_paths(&place, listing, cases[i].paths);
		assert_true(listing_is_settled(listing));
		assert_true(listing_holds(listing, &place.folder));
		place_dispose(&place);
	}
}

/* What others did meanwhile is found by the next that looks at all. */
static void test_a_second_look__does_not_hide_what_it_leaves_out(
    void **state)
{
	struct listing *listing;
	struct place place;

	(void)state;
	place_init(&place);
	fill(&place);
	listing = settled(&place);
	put(&place, "c/five");
	put(&place, "a/b/six");
	listing_doubt(listing, STR("a/b/six"));
	folder_state_settle();
	look_again(&place, listing);
	assert_paths(&place, listing, "a/b/six a/b/three a/two c/four one ");
	assert_true(listing_is_settled(listing));
	assert_false(listing_holds(listing, &place.folder));
	look(&place, listing);
	assert_paths(&place, listing,
	    "a/b/six a/b/three a/two c/five c/four one ");
	place_dispose(&place);
}

static void test_a_second_look__goes_where_a_folder_was_new(void **state)
{
	struct listing *listing;
	struct place place;

	(void)state;
	place_init(&place);
	fill(&place);
	listing = settled(&place);
	put(&place, "a/b/five");
	look(&place, listing);
	put(&place, "a/b/six");
	look_again(&place, listing);
	assert_paths(&place, listing,
	    "a/b/five a/b/six a/b/three a/two c/four one ");
	place_dispose(&place);
}

/* Of a folder that is new, the next file may come within the same step of the
 * clock, and its times stay as they are. */
static void test_a_listing__trusts_no_folder_that_is_new(void **state)
{
	struct listing *listing;
	struct place place;

	(void)state;
	place_init(&place);
	listing = settled(&place);
	for (int i = 0; i < 50; i++) {
		put(&place, str_format(&place.f.arena, "new/%d", i).ptr);
		look(&place, listing);
		put(&place, str_format(&place.f.arena, "new/%d+", i).ptr);
		assert_false(listing_holds(listing, &place.folder));
		look(&place, listing);
	}
	put(&place, "new/last");
	look(&place, listing);
	assert_false(listing_is_settled(listing));
	folder_state_settle();
	look(&place, listing);
	assert_true(listing_is_settled(listing));
	place_dispose(&place);
}

static void test_a_listing__is_the_same_as_bytes(void **state)
{
	struct listing *listing;
	struct place place;
	struct buf bytes;
	struct str rest;

	(void)state;
	place_init(&place);
	fill(&place);
	buf_init(&bytes);
	listing_pack(settled(&place), &bytes);
	rest = buf_str(&bytes);
	listing = listing_unpack(&place.f.arena, &rest);
	assert_true(listing != NULL && rest.len == 0);
	assert_true(listing_holds(listing, &place.folder));
	assert_paths(&place, listing, "a/b/three a/two c/four one ");
	put(&place, "c/five");
	assert_false(listing_holds(listing, &place.folder));
	look(&place, listing);
	assert_paths(&place, listing, "a/b/three a/two c/five c/four one ");
	buf_dispose(&bytes);
	place_dispose(&place);
}

static void test_damaged_bytes__are_no_listing(void **state)
{
	struct place place;
	struct buf bytes;

	(void)state;
	place_init(&place);
	fill(&place);
	buf_init(&bytes);
	listing_pack(settled(&place), &bytes);
	for (size_t len = 0; len < bytes.len; len++) {
		struct str cut = str_slice(buf_str(&bytes), 0, len);

		assert_true(listing_unpack(&place.f.arena, &cut) == NULL);
	}
	/* What is in them does not matter then, but that they end. */
	for (size_t i = 0; i < bytes.len; i++) {
		struct str all = buf_str(&bytes);

		bytes.ptr[i] = (char)~bytes.ptr[i];
		(void)listing_unpack(&place.f.arena, &all);
		bytes.ptr[i] = (char)~bytes.ptr[i];
	}
	buf_dispose(&bytes);
	place_dispose(&place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_listing__has_all_that_is_below),
		cmocka_unit_test(test_a_listing__ends_where_it_is_told_to),
		cmocka_unit_test(
		    test_a_listing__notices_what_comes_goes_and_is_renamed),
		cmocka_unit_test(test_a_second_look__sees_what_it_is_told_of),
		cmocka_unit_test(
		    test_a_second_look__does_not_hide_what_it_leaves_out),
		cmocka_unit_test(
		    test_a_second_look__goes_where_a_folder_was_new),
		cmocka_unit_test(test_a_listing__trusts_no_folder_that_is_new),
		cmocka_unit_test(test_a_listing__is_the_same_as_bytes),
		cmocka_unit_test(test_damaged_bytes__are_no_listing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
