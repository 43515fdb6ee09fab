/* SPDX-License-Identifier: MIT */
#include "base/file_stream.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../place.h"

enum { LINES = 20000 };

/* The names of all files below, joined. */
static struct str names(struct place *place)
{
	struct str all = STR_NONE;
	struct vec paths;

	vec_init(&paths, sizeof(struct str));
	assert_true(folder_list(&place->folder, &place->f.arena, &paths,
	    &place->f.diags));
	for (size_t i = 0; i < paths.count; i++)
		all = str_format(&place->f.arena, "%.*s %.*s", STR_ARG(all),
		    STR_ARG(*(struct str *)vec_at(&paths, i)));
	vec_dispose(&paths);
	return all;
}

/* Nothing but a/b may be left. */
static void dispose(struct place *place)
{
	(void)folder_remove(&place->folder, STR("a/b"), &place->f.diags);
	assert_str(names(place), "");
	place_dispose(place);
}

static struct str line_of(struct arena *arena, int i)
{
	return str_format(arena, "line %d of many\n", i);
}

/* a/b of many lines; the answer of the close. */
static bool write_lines(struct place *place, int from, int error,
    struct file_facts *facts, bool *changed)
{
	struct file_stream stream;
	struct arena arena;

	arena_init(&arena);
	file_stream_open(&stream, &place->folder, STR("a/b"));
	for (int i = 0; i < LINES; i++)
		file_stream_write(&stream, line_of(&arena, from + i));
	if (error != 0)
		file_stream_fail(&stream, error);
	arena_dispose(&arena);
	return file_stream_close(&stream, facts, changed, &place->f.diags);
}

static struct str read_back(struct place *place)
{
	struct reader reader = folder_reader(&place->folder);
	struct str bytes;

	assert_true(reader.read(reader.context, STR("a/b"), &place->f.arena,
	    &bytes, &place->f.diags));
	return bytes;
}

static ino_t number_of(struct place *place)
{
	struct stat status;

	assert_int_equal(fstatat(place->folder.descriptor, "a/b", &status, 0),
	    0);
	return status.st_ino;
}

static void test_facts(void **state)
{
	char hex[SHA256_HEX_SIZE];
	struct file_facts facts;
	struct place place;
	struct str bytes;
	bool changed;

	(void)state;
	place_init(&place);
	assert_true(write_lines(&place, 0, 0, &facts, &changed));
	assert_true(changed);
	bytes = read_back(&place);
	assert_int_equal(facts.size, bytes.len);
	sha256_hex(bytes, hex);
	assert_string_equal(facts.sha256, hex);
	assert_true(str_starts(bytes, STR("line 0 of many\nline 1 of")));
	assert_true(str_ends(bytes, STR("line 19999 of many\n")));
	assert_str(names(&place), " a/b");
	dispose(&place);
}

static void test_same_is_left(void **state)
{
	struct file_facts first, second;
	struct place place;
	bool changed;
	ino_t number;

	(void)state;
	place_init(&place);
	assert_true(write_lines(&place, 0, 0, &first, &changed));
	number = number_of(&place);
	assert_true(write_lines(&place, 0, 0, &second, &changed));
	assert_false(changed);
	assert_int_equal(number_of(&place), number);
	assert_string_equal(first.sha256, second.sha256);
	/* As long, and other in its last piece alone. */
	assert_true(write_lines(&place, 10000, 0, &first, &changed));
	assert_true(write_lines(&place, 10001, 0, &second, &changed));
	assert_int_equal(first.size, second.size);
	assert_true(changed);
	assert_str(names(&place), " a/b");
	dispose(&place);
}

static void test_failure_leaves_the_old(void **state)
{
	struct file_facts facts;
	struct place place;
	struct str before;
	bool changed;

	(void)state;
	place_init(&place);
	assert_true(write_lines(&place, 0, 0, &facts, &changed));
	before = read_back(&place);
	assert_false(write_lines(&place, 1, ENOSPC, &facts, &changed));
	assert_false(changed);
	assert_string_equal(found(&place.f), "M0102@0:0");
	/* Told already: nothing more to say. */
	assert_false(write_lines(&place, 1, ECANCELED, &facts, &changed));
	assert_int_equal(place.f.diags.items.count, 1);
	assert_true(str_eq(read_back(&place), before));
	assert_str(names(&place), " a/b");
	dispose(&place);
}

static void test_no_room(void **state)
{
	struct rlimit old, none = { 0, 0 };
	struct file_facts facts;
	struct place place;
	bool changed;

	(void)state;
	place_init(&place);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &old), 0);
	none.rlim_max = old.rlim_max;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
	assert_false(write_lines(&place, 0, 0, &facts, &changed));
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &old), 0);
	assert_string_equal(found(&place.f), "M0102@0:0");
	assert_true(names(&place).len == 0);
	(void)unlinkat(place.folder.descriptor, "a", AT_REMOVEDIR);
	dispose(&place);
}

static void test_copy(void **state)
{
	struct file_stream stream;
	struct file_facts first, second;
	struct place place;
	bool changed;
	int source;

	(void)state;
	place_init(&place);
	assert_true(write_lines(&place, 0, 0, &first, &changed));
	source = openat(place.folder.descriptor, "a/b", O_RDONLY);
	assert_true(source >= 0);
	file_stream_open(&stream, &place.folder, STR("c"));
	file_stream_copy(&stream, source);
	assert_true(file_stream_close(&stream, &second, &changed,
	    &place.f.diags));
	(void)close(source);
	assert_string_equal(first.sha256, second.sha256);
	file_stream_open(&stream, &place.folder, STR("c"));
	file_stream_copy(&stream, -1);
	assert_false(file_stream_close(&stream, &second, &changed,
	    &place.f.diags));
	assert_true(folder_remove(&place.folder, STR("c"), &place.f.diags));
	dispose(&place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_facts),
		cmocka_unit_test(test_same_is_left),
		cmocka_unit_test(test_failure_leaves_the_old),
		cmocka_unit_test(test_no_room),
		cmocka_unit_test(test_copy),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
