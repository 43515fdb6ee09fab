/* SPDX-License-Identifier: MIT */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../place.h"

static const char *in(struct place *place, const char *name)
{
	return str_format(&place->f.arena, "%s/%s", place->path, name).ptr;
}

static bool put(struct place *place, const char *path, const char *text)
{
	bool changed = false;

	assert_true(folder_replace(&place->folder, str_from(path),
	    str_from(text), &changed, &place->f.diags));
	return changed;
}

static void assert_holds(struct place *place, const char *path,
    const char *text)
{
	struct str bytes;

	assert_true(file_read(&place->f.arena, str_from(in(place, path)),
	    &bytes, &place->f.diags));
	assert_str(bytes, text);
}

static void test_folder_replace__makes_folders_and_files(void **state)
{
	struct place place;

	(void)state;
	place_init(&place);
	assert_true(put(&place, "a/b/c.txt", "one"));
	assert_holds(&place, "a/b/c.txt", "one");
	assert_true(put(&place, "a/b/c.txt", ""));
	assert_holds(&place, "a/b/c.txt", "");
	assert_true(put(&place, "a/b/c.txt", "three"));
	assert_holds(&place, "a/b/c.txt", "three");
	place_dispose(&place);
}

static void test_folder_replace__takes_the_place_of_an_empty_folder(
    void **state)
{
	struct place place;
	bool changed;

	(void)state;
	place_init(&place);
	assert_int_equal(mkdir(in(&place, "a"), 0777), 0);
	assert_true(put(&place, "a", "one"));
	assert_holds(&place, "a", "one");
	assert_true(put(&place, "b/c", "two"));
	assert_false(folder_replace(&place.folder, STR("b"), STR("three"),
	    &changed, &place.f.diags));
	assert_holds(&place, "b/c", "two");
	place_dispose(&place);
}

static void test_folder_replace__leaves_equal_bytes_alone(void **state)
{
	const struct timespec old[2] = { { 1000, 0 }, { 1000, 0 } };
	struct place place;
	struct stat before, after;

	(void)state;
	place_init(&place);
	assert_true(put(&place, "x.html", "same"));
	assert_int_equal(utimensat(AT_FDCWD, in(&place, "x.html"), old, 0), 0);
	assert_int_equal(stat(in(&place, "x.html"), &before), 0);
	assert_false(put(&place, "x.html", "same"));
	assert_int_equal(stat(in(&place, "x.html"), &after), 0);
	assert_true(before.st_ino == after.st_ino);
	assert_int_equal(after.st_mtim.tv_sec, 1000);
	/* One byte more, one less, one other: each is a change. */
	assert_true(put(&place, "x.html", "same2"));
	assert_true(put(&place, "x.html", "sam"));
	assert_true(put(&place, "x.html", "sax"));
	place_dispose(&place);
}

static void test_folder_replace__is_never_seen_half_written(void **state)
{
	struct place place;
	char old[4];
	int reader;

	(void)state;
	place_init(&place);
	(void)put(&place, "x", "old");
	reader = open(in(&place, "x"), O_RDONLY | O_CLOEXEC);
	(void)put(&place, "x", "new and longer");
	assert_int_equal(read(reader, old, sizeof(old)), 3);
	assert_memory_equal(old, "old", 3);
	(void)close(reader);
	place_dispose(&place);
}

static void test_folder_replace__follows_no_link(void **state)
{
	struct place place;
	char outside[] = "/tmp/zheli-outside-XXXXXX";
	bool changed;

	(void)state;
	place_init(&place);
	assert_non_null(mkdtemp(outside));
	assert_int_equal(symlink(outside, in(&place, "link")), 0);
	assert_false(folder_replace(&place.folder, STR("link/x"), STR("1"),
	    &changed, &place.f.diags));
	assert_false(folder_replace(&place.folder, STR("link/a/x"), STR("1"),
	    &changed, &place.f.diags));
	assert_string_equal(found(&place.f), "M0102@0:0 M0102@0:0");
	/* A link in the file's own place is replaced, not written through. */
	(void)put(&place, "target", "t");
	assert_int_equal(symlink("target", in(&place, "y")), 0);
	assert_true(put(&place, "y", "t2"));
	assert_holds(&place, "target", "t");
	assert_holds(&place, "y", "t2");
	assert_int_equal(rmdir(outside), 0);
	place_dispose(&place);
}

static void test_folder_replace__waits_for_no_pipe(void **state)
{
	struct place place;

	(void)state;
	place_init(&place);
	assert_int_equal(mkfifo(in(&place, "p"), 0600), 0);
	(void)alarm(10);
	assert_true(put(&place, "p", "text"));
	(void)alarm(0);
	assert_holds(&place, "p", "text");
	place_dispose(&place);
}

static void test_folder_replace__on_a_full_disk_keeps_the_old(void **state)
{
	struct rlimit before, limit;
	struct place place;
	struct str large;
	struct vec paths;
	bool changed = true, ok;

	(void)state;
	place_init(&place);
	(void)put(&place, "x", "old");
	large.len = 100000;
	large.ptr = memset(arena_alloc(&place.f.arena, large.len), 'x',
	    large.len);
	(void)signal(SIGXFSZ, SIG_IGN);
	(void)getrlimit(RLIMIT_FSIZE, &before);
	limit = (struct rlimit){ 50000, before.rlim_max };
	(void)setrlimit(RLIMIT_FSIZE, &limit);
	ok = folder_replace(&place.folder, STR("x"), large, &changed,
	    &place.f.diags);
	(void)setrlimit(RLIMIT_FSIZE, &before);
	assert_false(ok);
	assert_true(changed);
	assert_string_equal(found(&place.f), "M0102@0:0");
	assert_holds(&place, "x", "old");
	vec_init(&paths, sizeof(struct str));
	assert_true(folder_list(&place.folder, &place.f.arena, &paths,
	    &place.f.diags));
	assert_int_equal(paths.count, 1);
	vec_dispose(&paths);
	place_dispose(&place);
}

static void test_folder_replace__refuses_names_that_are_too_long(void **state)
{
	struct place place;
	char name[300];
	bool changed;

	(void)state;
	place_init(&place);
	memset(name, 'n', sizeof(name));
	assert_false(folder_replace(&place.folder,
	    (struct str){ name, sizeof(name) }, STR("1"), &changed,
	    &place.f.diags));
	memcpy(name + 270, "/x", 2);
	assert_false(folder_replace(&place.folder, (struct str){ name, 272 },
	    STR("1"), &changed, &place.f.diags));
	place_dispose(&place);
}

static void test_folder_remove__takes_empty_folders_along(void **state)
{
	struct place place;

	(void)state;
	place_init(&place);
	(void)put(&place, "a/b/c/x", "1");
	(void)put(&place, "a/y", "2");
	assert_true(folder_remove(&place.folder, STR("a/b/c/x"),
	    &place.f.diags));
	assert_int_equal(access(in(&place, "a/b"), F_OK), -1);
	assert_holds(&place, "a/y", "2");
	assert_true(folder_remove(&place.folder, STR("a/y"), &place.f.diags));
	assert_int_equal(access(in(&place, "a"), F_OK), -1);
	/* What is not there is removed already. */
	assert_true(folder_remove(&place.folder, STR("a/y"), &place.f.diags));
	assert_true(folder_remove(&place.folder, STR("none"),
	    &place.f.diags));
	place_dispose(&place);
}

static void test_folder_remove__follows_no_link(void **state)
{
	struct place place, other;

	(void)state;
	place_init(&place);
	place_init(&other);
	(void)put(&other, "precious", "1");
	assert_int_equal(symlink(other.path, in(&place, "link")), 0);
	(void)folder_remove(&place.folder, STR("link/precious"),
	    &place.f.diags);
	assert_holds(&other, "precious", "1");
	/* The link itself goes. */
	assert_true(folder_remove(&place.folder, STR("link"),
	    &place.f.diags));
	assert_holds(&other, "precious", "1");
	place_dispose(&other);
	place_dispose(&place);
}

static void test_folder_list__names_links_and_does_not_enter(void **state)
{
	struct place place;
	struct vec paths;

	(void)state;
	place_init(&place);
	(void)put(&place, "a/x", "1");
	(void)put(&place, ".hidden", "1");
	assert_int_equal(symlink("/", in(&place, "root")), 0);
	vec_init(&paths, sizeof(struct str));
	assert_true(folder_list(&place.folder, &place.f.arena, &paths,
	    &place.f.diags));
	assert_int_equal(paths.count, 3);
	vec_dispose(&paths);
	place_dispose(&place);
}

static void test_folder_open__makes_parents_and_names_what_bars_it(
    void **state)
{
	struct place place;
	struct folder folder;

	(void)state;
	place_init(&place);
	assert_true(folder_open(&place.f.arena, str_from(in(&place, "p/q/r")),
	    &folder, &place.f.diags));
	folder_close(&folder);
	folder_close(&folder);
	(void)put(&place, "file", "1");
	assert_false(folder_open(&place.f.arena, str_from(in(&place, "file")),
	    &folder, &place.f.diags));
	assert_false(folder_open(&place.f.arena, str_from(in(&place,
	    "file/x")), &folder, &place.f.diags));
	assert_false(folder_open(&place.f.arena, STR_NONE, &folder,
	    &place.f.diags));
	assert_false(folder_open_existing(str_from(in(&place, "none")),
	    &folder, &place.f.diags));
	assert_int_equal(diag_errors(&place.f.diags), 4);
	assert_int_equal(rmdir(in(&place, "p/q/r")), 0);
	assert_int_equal(rmdir(in(&place, "p/q")), 0);
	assert_int_equal(rmdir(in(&place, "p")), 0);
	place_dispose(&place);
}

static void test_folder_reader__reads_files_and_lists_them_in_order(
    void **state)
{
	struct place place;
	struct reader reader;
	struct vec paths;
	struct str bytes;

	(void)state;
	place_init(&place);
	(void)put(&place, "s/b.csv", "b");
	(void)put(&place, "s/a/z.csv", "z");
	(void)put(&place, "s/a.csv", "a");
	reader = folder_reader(&place.folder);
	assert_true(reader.read(reader.context, STR("s/b.csv"),
	    &place.f.arena, &bytes, &place.f.diags));
	assert_str(bytes, "b");
	for (int slash = 0; slash < 2; slash++) {
		vec_init(&paths, sizeof(struct str));
		assert_true(reader.list(reader.context, slash ? STR("s/") :
		    STR("s"), &place.f.arena, &paths, &place.f.diags));
		assert_int_equal(paths.count, 3);
		assert_str(*(struct str *)vec_at(&paths, 0), "s/a.csv");
		assert_str(*(struct str *)vec_at(&paths, 1), "s/a/z.csv");
		assert_str(*(struct str *)vec_at(&paths, 2), "s/b.csv");
		vec_dispose(&paths);
	}
	place_dispose(&place);
}

static void test_folder_reader__stays_below_its_folder(void **state)
{
	static const char *const paths[] = { "../../etc/passwd", "/etc/passwd",
		"s/../../x", "", "s/", "none", "s/none", "s/b.csv/x",
		"link/passwd", "passwd" };
	struct place place;
	struct reader reader;
	struct vec listed;
	struct str bytes;

	(void)state;
	place_init(&place);
	(void)put(&place, "s/b.csv", "b");
	assert_int_equal(symlink("/etc", in(&place, "link")), 0);
	assert_int_equal(symlink("/etc/passwd", in(&place, "passwd")), 0);
	reader = folder_reader(&place.folder);
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
		assert_false(reader.read(reader.context, str_from(paths[i]),
		    &place.f.arena, &bytes, &place.f.diags));
	vec_init(&listed, sizeof(struct str));
	assert_true(reader.list(reader.context, STR("../.."), &place.f.arena,
	    &listed, &place.f.diags));
	assert_true(reader.list(reader.context, STR("none"), &place.f.arena,
	    &listed, &place.f.diags));
	(void)reader.list(reader.context, STR("link"), &place.f.arena,
	    &listed, &place.f.diags);
	assert_int_equal(listed.count, 0);
	vec_dispose(&listed);
	place_dispose(&place);
}

static void test_file_read__tells_why_not(void **state)
{
	struct place place;
	struct str bytes;

	(void)state;
	place_init(&place);
	assert_false(file_read(&place.f.arena, str_from(place.path), &bytes,
	    &place.f.diags));
	assert_false(file_read(&place.f.arena, str_from(in(&place, "none")),
	    &bytes, &place.f.diags));
	assert_string_equal(found(&place.f), "M0101@0:0 M0101@0:0");
	place_dispose(&place);
}

static void test_file_read_all__reads_a_pipe_to_its_end(void **state)
{
	struct fixture f;
	struct str bytes;
	int ends[2];

	(void)state;
	fixture_init(&f, NULL);
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], "a\0b", 3), 3);
	(void)close(ends[1]);
	assert_true(file_read_all(&f.arena, ends[0], STR("-"), &bytes,
	    &f.diags));
	assert_int_equal(bytes.len, 3);
	(void)close(ends[0]);
	assert_false(file_read_all(&f.arena, ends[0], STR("-"), &bytes,
	    &f.diags));
	fixture_dispose(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_folder_replace__makes_folders_and_files),
		cmocka_unit_test(
		    test_folder_replace__takes_the_place_of_an_empty_folder),
		cmocka_unit_test(test_folder_replace__leaves_equal_bytes_alone),
		cmocka_unit_test(
		    test_folder_replace__is_never_seen_half_written),
		cmocka_unit_test(test_folder_replace__follows_no_link),
		cmocka_unit_test(test_folder_replace__waits_for_no_pipe),
		cmocka_unit_test(
		    test_folder_replace__on_a_full_disk_keeps_the_old),
		cmocka_unit_test(
		    test_folder_replace__refuses_names_that_are_too_long),
		cmocka_unit_test(
		    test_folder_remove__takes_empty_folders_along),
		cmocka_unit_test(test_folder_remove__follows_no_link),
		cmocka_unit_test(
		    test_folder_list__names_links_and_does_not_enter),
		cmocka_unit_test(
		    test_folder_open__makes_parents_and_names_what_bars_it),
		cmocka_unit_test(
		    test_folder_reader__reads_files_and_lists_them_in_order),
		cmocka_unit_test(test_folder_reader__stays_below_its_folder),
		cmocka_unit_test(test_file_read__tells_why_not),
		cmocka_unit_test(test_file_read_all__reads_a_pipe_to_its_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
