/* SPDX-License-Identifier: MIT */
#include "base/open_below.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../memory.h"

/* Stands in for the C library's: an old kernel, if told so. */
static bool is_old_kernel;

long syscall(long number, ...)
{
	union {
		void *object;
		long (*function)(long, ...);
	} real = { dlsym(RTLD_NEXT, "syscall") };
	va_list list;
	long a[4];

	va_start(list, number);
	for (int i = 0; i < 4; i++)
		a[i] = va_arg(list, long);
	va_end(list);
	if (is_old_kernel) {
		errno = ENOSYS;
		return -1;
	}
	return real.function(number, a[0], a[1], a[2], a[3]);
}

static int set_old_kernel(void **state)
{
	(void)state;
	is_old_kernel = true;
	return 0;
}

/* a/b/file, a link to a, and a link to the file, in a folder of their own. */
struct place {
	char path[64];
	int folder;
};

static void place_init(struct place *place)
{
	int file;

	(void)snprintf(place->path, sizeof(place->path),
	    "/tmp/zheli-test-XXXXXX");
	assert_non_null(mkdtemp(place->path));
	place->folder = open(place->path, O_RDONLY | O_DIRECTORY);
	assert_true(place->folder >= 0);
	assert_int_equal(mkdirat(place->folder, "a", 0777), 0);
	assert_int_equal(mkdirat(place->folder, "a/b", 0777), 0);
	file = openat(place->folder, "a/b/file", O_WRONLY | O_CREAT, 0666);
	assert_int_equal(close(file), 0);
	assert_int_equal(symlinkat("a", place->folder, "link"), 0);
	assert_int_equal(symlinkat("file", place->folder, "a/b/link"), 0);
}

static void place_dispose(struct place *place)
{
	static const char *const made[] = { "a/b/link", "a/b/file", "link" };
	static const char *const folders[] = { "a/b/c/d", "a/b/c", "a/b", "a" };

	for (size_t i = 0; i < sizeof(made) / sizeof(made[0]); i++)
		(void)unlinkat(place->folder, made[i], 0);
	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
		(void)unlinkat(place->folder, folders[i], AT_REMOVEDIR);
	(void)close(place->folder);
	assert_int_equal(rmdir(place->path), 0);
}

static void test_open_below__opens_through_folders(void **state)
{
	struct place place;
	int file;

	(void)state;
	place_init(&place);
	file = open_below(place.folder, STR("a/b/file"), O_RDONLY);
	assert_true(file >= 0);
	assert_int_equal(fcntl(file, F_GETFD), FD_CLOEXEC);
	assert_int_equal(close(file), 0);
	file = open_below(place.folder, STR_NONE, O_RDONLY | O_DIRECTORY);
	assert_true(file >= 0);
	assert_int_equal(close(file), 0);
	assert_int_equal(open_below(place.folder, STR("a/c/file"), O_RDONLY),
	    -1);
	assert_int_equal(errno, ENOENT);
	place_dispose(&place);
}

static void test_open_below__follows_no_link(void **state)
{
	struct place place;

	(void)state;
	place_init(&place);
	assert_int_equal(open_below(place.folder, STR("link/b/file"),
	    O_RDONLY), -1);
	assert_int_equal(errno, ELOOP);
	assert_int_equal(open_below(place.folder, STR("a/b/link"), O_RDONLY),
	    -1);
	assert_int_equal(errno, ELOOP);
	place_dispose(&place);
}

static void test_open_folder_below__makes_what_is_missing(void **state)
{
	struct place place;
	bool made;
	int folder;

	(void)state;
	place_init(&place);
	folder = open_folder_below(place.folder, STR("a/b/c/d"), &made);
	assert_true(folder >= 0);
	assert_true(made);
	assert_int_equal(close(folder), 0);
	folder = open_folder_below(place.folder, STR("a/b/c/d"), &made);
	assert_true(folder >= 0);
	assert_false(made);
	assert_int_equal(close(folder), 0);
	place_dispose(&place);
}

static void test_open_folder_below__makes_nothing_through_a_link(void **state)
{
	struct place place;
	bool made;

	(void)state;
	place_init(&place);
	assert_int_equal(open_folder_below(place.folder, STR("link/new"),
	    &made), -1);
	assert_false(made);
	assert_int_equal(faccessat(place.folder, "a/new", F_OK, 0), -1);
	assert_int_equal(open_folder_below(place.folder, STR("a/b/file/x"),
	    &made), -1);
	assert_int_equal(errno, ENOTDIR);
	place_dispose(&place);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_open_below__opens_through_folders),
		cmocka_unit_test(test_open_below__follows_no_link),
		cmocka_unit_test(test_open_folder_below__makes_what_is_missing),
		cmocka_unit_test(
		    test_open_folder_below__makes_nothing_through_a_link),
	};

	return cmocka_run_group_tests(tests, NULL, NULL) +
	    cmocka_run_group_tests(tests, set_old_kernel, NULL);
}
