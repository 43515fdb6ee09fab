/* SPDX-License-Identifier: MIT */
#include "catalogue/checked_file.h"

#include <sqlite3.h>

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "../place.h"

enum { PAGE = 512, FLAGS = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE };

struct desk {
	struct place place;
	const char *path;
	unsigned char *bytes;	/* of the file as it was made */
	size_t size;
};

static void execute(sqlite3 *database, const char *sql)
{
	if (sqlite3_exec(database, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(database));
}

static sqlite3 *open_at(const char *path)
{
	sqlite3 *database = NULL;

	assert_int_equal(checked_file_open(path, &database, FLAGS), SQLITE_OK);
	return database;
}

static size_t size_of(const char *path)
{
	struct stat status;

	assert_int_equal(stat(path, &status), 0);
	return (size_t)status.st_size;
}

static void take_bytes(struct desk *desk)
{
	int file = open(desk->path, O_RDONLY | O_CLOEXEC);

	desk->size = size_of(desk->path);
	desk->bytes = arena_alloc(&desk->place.f.arena, desk->size);
	assert_int_equal(read(file, desk->bytes, desk->size), desk->size);
	assert_int_equal(close(file), 0);
}

static void put_bytes(const struct desk *desk, size_t size)
{
	int file = open(desk->path, O_WRONLY | O_TRUNC | O_CLOEXEC);

	assert_int_equal(write(file, desk->bytes, size), size);
	assert_int_equal(close(file), 0);
}

/* A table, an index, and text that needs pages of its own. */
static void desk_init(struct desk *desk)
{
	sqlite3 *database;

	place_init(&desk->place);
	desk->path = str_format(&desk->place.f.arena, "%s/checked.sqlite",
	    desk->place.path).ptr;
	database = open_at(desk->path);
	execute(database, "PRAGMA page_size = 512; "
	    "CREATE TABLE t (n INTEGER PRIMARY KEY, word TEXT, long TEXT); "
	    "CREATE INDEX i ON t (word); "
	    "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL "
	    "SELECT n + 1 FROM c WHERE n < 20) INSERT INTO t "
	    "SELECT n, 'word ' || n * 7919 % 101, "
	    "CASE n % 5 WHEN 0 THEN hex(zeroblob(600)) END FROM c");
	assert_int_equal(sqlite3_close(database), SQLITE_OK);
	take_bytes(desk);
	assert_true(desk->size % PAGE == 0 && desk->size >= 8 * PAGE);
}

/* What reading all of it comes to: SQLITE_OK, or why not. */
static int read_all(const char *path)
{
	sqlite3 *database = open_at(path);
	int state = sqlite3_exec(database, "SELECT max(length(word)), "
	    "sum(length(long) + (long || 'x' = '')) FROM t NOT INDEXED; "
	    "SELECT count(word) FROM t INDEXED BY i WHERE word > ''",
	    NULL, NULL, NULL);

	if (checked_file_is_whole(database) != (state == SQLITE_OK))
		fail_msg("%zu bytes: %d, but whole", size_of(path), state);
	assert_int_equal(sqlite3_close(database), SQLITE_OK);
	return state;
}

static void assert_noticed(const struct desk *desk, const char *what,
    size_t at)
{
	int state = read_all(desk->path);

	if (!checked_file_is_damage(state))
		fail_msg("%s at %zu: %d", what, at, state);
}

static void test_whole(void **state)
{
	struct desk desk;

	(void)state;
	desk_init(&desk);
	assert_int_equal(desk.bytes[20], CHECKED_FILE_RESERVED);
	assert_int_equal(read_all(desk.path), SQLITE_OK);
	place_dispose(&desk.place);
}

/* Each bit in turn, each byte at least once. */
static void test_flip__is_noticed_wherever_it_is(void **state)
{
	struct desk desk;

	(void)state;
	desk_init(&desk);
	for (size_t at = 0; at < desk.size; at++) {
		desk.bytes[at] ^= (unsigned char)(1U << at % 8);
		put_bytes(&desk, desk.size);
		assert_noticed(&desk, "a flip", at);
		desk.bytes[at] ^= (unsigned char)(1U << at % 8);
	}
	put_bytes(&desk, desk.size);
	assert_int_equal(read_all(desk.path), SQLITE_OK);
	place_dispose(&desk.place);
}

static void test_cut_off__is_noticed(void **state)
{
	struct desk desk;

	(void)state;
	desk_init(&desk);
	/* One byte alone SQLite itself may put into a new file. */
	for (size_t size = 2; size < desk.size; size += 61) {
		put_bytes(&desk, size);
		assert_noticed(&desk, "cut off", size);
	}
	for (size_t size = PAGE; size < desk.size; size += PAGE) {
		put_bytes(&desk, size);
		assert_noticed(&desk, "cut off", size);
	}
	put_bytes(&desk, desk.size - 1);
	assert_noticed(&desk, "cut off", desk.size - 1);
	place_dispose(&desk.place);
}

static void test_page__of_zeros_or_of_another_place_is_noticed(void **state)
{
	unsigned char kept[PAGE];
	struct desk desk;

	(void)state;
	desk_init(&desk);
	for (size_t at = 0; at < desk.size; at += PAGE) {
		size_t other = at + PAGE < desk.size ? at + PAGE : PAGE;

		memcpy(kept, desk.bytes + at, PAGE);
		memset(desk.bytes + at, 0, PAGE);
		put_bytes(&desk, desk.size);
		assert_noticed(&desk, "zeros", at);
		memcpy(desk.bytes + at, desk.bytes + other, PAGE);
		put_bytes(&desk, desk.size);
		assert_noticed(&desk, "another page", at);
		memcpy(desk.bytes + at, kept, PAGE);
	}
	place_dispose(&desk.place);
}

/* So that pages are written before anything is committed. */
static const char change_much[] = "PRAGMA cache_size = 2; "
    "BEGIN; UPDATE t SET word = word || ' and more', long = 'short'; "
    "INSERT INTO t SELECT n + 100, word, hex(zeroblob(700)) FROM t";

static void test_change__leaves_right_sums(void **state)
{
	struct desk desk;
	sqlite3 *database;

	(void)state;
	desk_init(&desk);
	database = open_at(desk.path);
	execute(database, change_much);
	execute(database, "COMMIT; DELETE FROM t WHERE n % 3 = 0; "
	    "INSERT INTO t VALUES (500, 'last', '')");
	assert_int_equal(sqlite3_close(database), SQLITE_OK);
	assert_true(size_of(desk.path) > desk.size);
	assert_int_equal(read_all(desk.path), SQLITE_OK);
	place_dispose(&desk.place);
}

static void test_rollback__leaves_right_sums(void **state)
{
	struct desk desk;
	sqlite3 *database;

	(void)state;
	desk_init(&desk);
	database = open_at(desk.path);
	execute(database, change_much);
	/* It did reach the file. */
	assert_true(size_of(desk.path) > desk.size);
	execute(database, "ROLLBACK");
	assert_int_equal(sqlite3_close(database), SQLITE_OK);
	assert_int_equal(size_of(desk.path), desk.size);
	assert_int_equal(read_all(desk.path), SQLITE_OK);
	place_dispose(&desk.place);
}

static void test_killed_writer__leaves_what_was(void **state)
{
	struct desk desk;
	struct str journal;
	pid_t child;
	int status;

	(void)state;
	desk_init(&desk);
	journal = str_format(&desk.place.f.arena, "%s-journal", desk.path);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		sqlite3 *database = NULL;

		if (checked_file_open(desk.path, &database, FLAGS) ==
		    SQLITE_OK && sqlite3_exec(database, change_much, NULL,
		    NULL, NULL) == SQLITE_OK)
			(void)raise(SIGKILL);
		_exit(1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(access(journal.ptr, F_OK), 0);
	assert_true(size_of(desk.path) > desk.size);
	assert_int_equal(read_all(desk.path), SQLITE_OK);
	assert_int_equal(size_of(desk.path), desk.size);
	assert_int_equal(access(journal.ptr, F_OK), -1);
	place_dispose(&desk.place);
}

/* Without room for sums it is none of ours, neither to read nor to write. */
static void test_plain_file__is_damaged(void **state)
{
	struct desk desk;
	sqlite3 *database = NULL;

	(void)state;
	desk_init(&desk);
	assert_int_equal(unlink(desk.path), 0);
	assert_int_equal(sqlite3_open(desk.path, &database), SQLITE_OK);
	execute(database, "CREATE TABLE t (n, word, long); "
	    "CREATE INDEX i ON t (word)");
	assert_int_equal(sqlite3_close(database), SQLITE_OK);
	assert_noticed(&desk, "no sums", 0);
	assert_int_equal(unlink(desk.path), 0);
	/* Made beside checked_file_open(), which would have made the room. */
	assert_int_equal(sqlite3_open_v2(desk.path, &database, FLAGS,
	    checked_file_system()), SQLITE_OK);
	assert_int_not_equal(sqlite3_exec(database, "CREATE TABLE t (n)",
	    NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_close(database), SQLITE_OK);
	place_dispose(&desk.place);
}

/* And what any SQLite packs of it has no sums. */
static void test_any_sqlite__reads_it(void **state)
{
	struct desk desk;
	sqlite3 *database = NULL;
	struct str packed;

	(void)state;
	desk_init(&desk);
	packed = str_format(&desk.place.f.arena, "%s/packed.sqlite",
	    desk.place.path);
	assert_int_equal(sqlite3_open(":memory:", &database), SQLITE_OK);
	execute(database, str_format(&desk.place.f.arena,
	    "ATTACH '%s' AS c; ATTACH '%s' AS p; CREATE TABLE p.t AS "
	    "SELECT * FROM c.t; DETACH p", desk.path, packed.ptr).ptr);
	assert_int_equal(sqlite3_close(database), SQLITE_OK);
	desk.path = packed.ptr;
	take_bytes(&desk);
	assert_int_equal(desk.bytes[20], 0);
	place_dispose(&desk.place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole),
		cmocka_unit_test(test_flip__is_noticed_wherever_it_is),
		cmocka_unit_test(test_cut_off__is_noticed),
		cmocka_unit_test(
		    test_page__of_zeros_or_of_another_place_is_noticed),
		cmocka_unit_test(test_change__leaves_right_sums),
		cmocka_unit_test(test_rollback__leaves_right_sums),
		cmocka_unit_test(test_killed_writer__leaves_what_was),
		cmocka_unit_test(test_plain_file__is_damaged),
		cmocka_unit_test(test_any_sqlite__reads_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
