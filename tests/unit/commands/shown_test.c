/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "commands/serve/shown.h"

#define PAGE STR("a.html")
#define OTHER STR("b.html")

enum { START = 100 };

struct site {
	char folder[64];
	struct shown shown;
};

static void write_page(const struct site *site, const char *bytes)
{
	char path[128];
	FILE *file;

	(void)snprintf(path, sizeof(path), "%s/a.html", site->folder);
	file = fopen(path, "we");
	assert_non_null(file);
	assert_true(fputs(bytes, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static void set_up(struct site *site)
{
	*site = (struct site){ .folder = "/tmp/zheli-shown-test-XXXXXX" };
	assert_non_null(mkdtemp(site->folder));
	write_page(site, "old");
	shown_init(&site->shown, START);
}

static void tear_down(struct site *site)
{
	char path[128];

	shown_dispose(&site->shown);
	(void)snprintf(path, sizeof(path), "%s/a.html", site->folder);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(rmdir(site->folder), 0);
}

static bool is_ahead(const struct site *site, const char *expected)
{
	struct str bytes;

	return shown_find(&site->shown, PAGE, &bytes) &&
	    str_eq(bytes, str_from(expected));
}

/* A page is shown ahead, and the build that will write it has begun. */
static void set_up_building(struct site *site)
{
	set_up(site);
	shown_put(&site->shown, PAGE, STR("new"), START + 1);
	shown_build_begins(&site->shown);
}

static void build(struct site *site, uint64_t generation)
{
	shown_build_ended(&site->shown, str_from(site->folder), generation);
}

static void test_shown__only_the_page_that_was_edited_is_old(void **state)
{
	struct site site;

	(void)state;
	set_up(&site);
	assert_true(shown_is_current(&site.shown, PAGE, START));
	assert_false(shown_is_current(&site.shown, PAGE, START - 1));
	shown_put(&site.shown, PAGE, STR("new"), START + 1);
	assert_true(is_ahead(&site, "new"));
	assert_false(shown_is_current(&site.shown, PAGE, START));
	assert_true(shown_is_current(&site.shown, PAGE, START + 1));
	assert_true(shown_is_current(&site.shown, OTHER, START));
	/* An edit of something else leaves it as it is. */
	shown_put(&site.shown, PAGE, STR("new"), START + 2);
	assert_true(shown_is_current(&site.shown, PAGE, START + 1));
	tear_down(&site);
}

static void test_shown__a_page_built_as_it_was_shown_is_current(void **state)
{
	struct site site;

	(void)state;
	set_up_building(&site);
	write_page(&site, "new");
	build(&site, START + 2);
	assert_false(is_ahead(&site, "new"));
	assert_true(shown_is_current(&site.shown, PAGE, START + 1));
	assert_false(shown_is_current(&site.shown, OTHER, START + 1));
	/* The next build may have made it otherwise. */
	shown_build_begins(&site.shown);
	build(&site, START + 3);
	assert_false(shown_is_current(&site.shown, PAGE, START + 2));
	tear_down(&site);
}

static void test_shown__a_build_has_the_last_word(void **state)
{
	struct site site;

	(void)state;
	set_up_building(&site);
	build(&site, START + 2);
	assert_false(is_ahead(&site, "new"));
	assert_false(shown_is_current(&site.shown, PAGE, START + 1));
	tear_down(&site);
}

static void test_shown__what_is_newer_than_a_build_outlives_it(void **state)
{
	struct site site;

	(void)state;
	set_up_building(&site);
	shown_put(&site.shown, PAGE, STR("newer"), START + 2);
	write_page(&site, "new");
	build(&site, START + 3);
	assert_true(is_ahead(&site, "newer"));
	assert_true(shown_is_current(&site.shown, PAGE, START + 2));
	tear_down(&site);
}

static void test_views__are_told_last_first_until_they_are_old(void **state)
{
	struct site site;
	struct vec paths;

	(void)state;
	set_up(&site);
	shown_view(&site.shown, PAGE, 1000);
	shown_view(&site.shown, OTHER, 2000);
	shown_view(&site.shown, PAGE, 3000);
	vec_init(&paths, sizeof(struct str));
	shown_views(&site.shown, 2000, &paths);
	assert_int_equal(paths.count, 2);
	assert_true(str_eq(*(struct str *)vec_at(&paths, 0), PAGE));
	assert_true(str_eq(*(struct str *)vec_at(&paths, 1), OTHER));
	vec_clear(&paths);
	/* The last is told in any case. */
	shown_views(&site.shown, 9000, &paths);
	assert_int_equal(paths.count, 1);
	vec_dispose(&paths);
	for (size_t i = 0; i < SHOWN_VIEWS; i++) {
		char name[] = "0.html";

		name[0] = (char)('0' + i);
		shown_view(&site.shown, str_from(name), 3000);
	}
	vec_init(&paths, sizeof(struct str));
	shown_views(&site.shown, 0, &paths);
	assert_int_equal(paths.count, SHOWN_VIEWS);
	assert_true(str_eq(*(struct str *)vec_at(&paths, 0), STR("7.html")));
	assert_true(str_eq(*(struct str *)vec_at(&paths, 7), STR("0.html")));
	vec_dispose(&paths);
	tear_down(&site);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_shown__only_the_page_that_was_edited_is_old),
		cmocka_unit_test(
		    test_shown__a_page_built_as_it_was_shown_is_current),
		cmocka_unit_test(test_shown__a_build_has_the_last_word),
		cmocka_unit_test(
		    test_shown__what_is_newer_than_a_build_outlives_it),
		cmocka_unit_test(
		    test_views__are_told_last_first_until_they_are_old),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
