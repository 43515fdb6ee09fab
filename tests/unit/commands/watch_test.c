/* SPDX-License-Identifier: MIT */
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "commands/serve/edits.h"
#include "commands/serve/watch.h"

static const struct str folders[] = { { "content", 7 }, { "themes", 6 } };

struct place {
	char root[64];
	struct watch watch;
	struct edits edits;
};

static const char *below(const struct place *place, const char *name)
{
	static char path[256];

	(void)snprintf(path, sizeof(path), "%s/%s", place->root, name);
	return path;
}

static void put(const struct place *place, const char *name)
{
	FILE *file = fopen(below(place, name), "we");

	assert_non_null(file);
	assert_int_equal(fclose(file), 0);
}

static void set_up(struct place *place)
{
	*place = (struct place){ .root = "/tmp/zheli-watch-test-XXXXXX" };
	assert_non_null(mkdtemp(place->root));
	assert_int_equal(mkdir(below(place, "content"), 0755), 0);
	assert_int_equal(mkdir(below(place, "content/a"), 0755), 0);
	assert_int_equal(watch_open(&place->watch, str_from(place->root),
	    folders, 2), WATCH_CHANGED);
	edits_init(&place->edits);
}

static void tear_down(struct place *place)
{
	static const char *const names[] = { "content/a/x.md", "content/a/y.md",
		"content/a/.x.md.swp", "content/a/x.md~", "content/new/b/z.md",
		"other" };
	static const char *const inner[] = { "content/new/b", "content/new",
		"content/a", "content", "themes", "public" };

	watch_close(&place->watch);
	edits_dispose(&place->edits);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		(void)unlink(below(place, names[i]));
	for (size_t i = 0; i < sizeof(inner) / sizeof(inner[0]); i++)
		(void)rmdir(below(place, inner[i]));
	assert_int_equal(rmdir(place->root), 0);
}

static void test_watch__sees_files_come_change_and_go(void **state)
{
	struct place place;

	(void)state;
	set_up(&place);
	assert_int_equal(watch_read(&place.watch, &place.edits), WATCH_QUIET);
	put(&place, "content/a/x.md");
	assert_int_equal(watch_read(&place.watch, &place.edits), WATCH_CHANGED);
	assert_int_equal(watch_read(&place.watch, &place.edits), WATCH_QUIET);
	put(&place, "content/a/x.md");
	assert_int_equal(watch_read(&place.watch, &place.edits), WATCH_CHANGED);
	{
		char to[256];

		(void)snprintf(to, sizeof(to), "%s/content/a/y.md",
		    place.root);
		assert_int_equal(rename(below(&place, "content/a/x.md"), to),
		    0);
	}
	assert_int_equal(watch_read(&place.watch, &place.edits), WATCH_CHANGED);
	assert_int_equal(unlink(below(&place, "content/a/y.md")), 0);
	assert_int_equal(watch_read(&place.watch, &place.edits), WATCH_CHANGED);
	assert_int_equal(watch_read(&place.watch, &place.edits), WATCH_QUIET);
	tear_down(&place);
}

static void test_watch__passes_over_what_editors_leave(void **state)
{
	struct place place;

	(void)state;
	set_up(&place);
	put(&place, "content/a/.x.md.swp");
	put(&place, "content/a/x.md~");
	put(&place, "other");
	assert_int_equal(mkdir(below(&place, "public"), 0755), 0);
	assert_int_equal(watch_read(&place.watch, &place.edits), WATCH_QUIET);
	tear_down(&place);
}

static void test_watch__sees_into_new_folders(void **state)
{
	struct place place;

	(void)state;
	set_up(&place);
	assert_int_equal(mkdir(below(&place, "content/new"), 0755), 0);
	assert_int_equal(mkdir(below(&place, "content/new/b"), 0755), 0);
	assert_int_equal(watch_read(&place.watch, &place.edits), WATCH_CHANGED);
	assert_int_equal(watch_read(&place.watch, &place.edits), WATCH_QUIET);
	put(&place, "content/new/b/z.md");
	assert_int_equal(watch_read(&place.watch, &place.edits), WATCH_CHANGED);
	assert_int_equal(mkdir(below(&place, "themes"), 0755), 0);
	assert_int_equal(watch_read(&place.watch, &place.edits), WATCH_CHANGED);
	assert_int_equal(unlink(below(&place, "content/new/b/z.md")), 0);
	assert_int_equal(rmdir(below(&place, "content/new/b")), 0);
	assert_int_equal(watch_read(&place.watch, &place.edits), WATCH_CHANGED);
	tear_down(&place);
}

/* What editors do: in place, and beside it and renamed. */
static void test_watch__names_records_that_were_written(void **state)
{
	struct place place;
	char to[256];

	(void)state;
	set_up(&place);
	put(&place, "content/a/x.md");
	put(&place, "content/a/x.md");
	put(&place, "content/a/x.md~");
	(void)snprintf(to, sizeof(to), "%s/content/a/y.md", place.root);
	assert_int_equal(rename(below(&place, "content/a/x.md~"), to), 0);
	assert_int_equal(watch_read(&place.watch, &place.edits),
	    WATCH_CHANGED);
	assert_int_equal(place.edits.paths.count, 2);
	assert_true(map_has(&place.edits.paths, STR("content/a/x.md")));
	assert_true(map_has(&place.edits.paths, STR("content/a/y.md")));
	assert_false(place.edits.is_vague);
	tear_down(&place);
}

static void test_watch__tells_when_it_was_more_than_records(void **state)
{
	static const char *const names[] = { "content/site.yaml",
		"content/a/x.png", "themes/x.md" };
	struct place place;

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		set_up(&place);
		assert_int_equal(mkdir(below(&place, "themes"), 0755), 0);
		(void)watch_read(&place.watch, &place.edits);
		assert_true(place.edits.is_vague);
		edits_clear(&place.edits);
		put(&place, names[i]);
		assert_int_equal(watch_read(&place.watch, &place.edits),
		    WATCH_CHANGED);
		assert_true(place.edits.is_vague);
		assert_int_equal(place.edits.paths.count, 0);
		assert_int_equal(unlink(below(&place, names[i])), 0);
		tear_down(&place);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_watch__sees_files_come_change_and_go),
		cmocka_unit_test(test_watch__passes_over_what_editors_leave),
		cmocka_unit_test(test_watch__sees_into_new_folders),
		cmocka_unit_test(test_watch__names_records_that_were_written),
		cmocka_unit_test(
		    test_watch__tells_when_it_was_more_than_records),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
