/* SPDX-License-Identifier: MIT */
/* An answer that there was no memory for is no answer, and told. */
#include "base/diag.h"
#include "catalogue/catalogue.h"

#include <sqlite3.h>

#include <sys/wait.h>

#include "desk.h"

static sqlite3_mem_methods real;
static size_t calls, fails_at;	/* 0: none fails */

static bool is_missing(void)
{
	return ++calls == fails_at;
}

static void *missing_malloc(int size)
{
	return is_missing() ? NULL : real.xMalloc(size);
}

static void *missing_realloc(void *old, int size)
{
	return is_missing() ? NULL : real.xRealloc(old, size);
}

enum { RIGHT = 0, WRONG = 4, NO_MORE = 5 };

/* In a process of its own, which ends where SQLite has no memory. */
static _Noreturn void ask(struct desk *desk, size_t at)
{
	static const struct str unit[] = { { "unit", 4 }, { "a", 1 } };
	struct catalogue *reader = catalogue_open(&desk->f.arena,
	    catalogue_path(desk->catalogue), &desk->f.diags);
	struct str cell;

	if (freopen("/dev/null", "w", stderr) == NULL)
		_exit(WRONG);
	calls = 0;
	fails_at = at;
	cell = catalogue_cell(reader, QUERY_record_number, unit, 2,
	    &desk->f.arena);
	fails_at = 0;
	if (calls < at)
		_exit(NO_MORE);
	_exit(!catalogue_is_well(reader, &desk->f.diags) ||
	    str_eq(cell, STR("1")) ? RIGHT : WRONG);
}

/* False once there is no such call any more. */
static bool ask_without_memory(struct desk *desk, size_t at)
{
	pid_t child = fork();
	int status;

	if (child == 0)
		ask(desk, at);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	if (WEXITSTATUS(status) == WRONG)
		fail_msg("call %zu: an empty cell", at);
	return WEXITSTATUS(status) != NO_MORE;
}

static void test_no_memory__is_never_an_empty_cell(void **state)
{
	struct desk desk;
	size_t at = 1;

	(void)state;
	desk_init(&desk, "2026-06-30");
	put(&desk, "content/units/a.md", "name: 甲\nkind: 高校\n");
	while (ask_without_memory(&desk, at))
		at++;
	assert_true(at > 10);
	desk_dispose(&desk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_no_memory__is_never_an_empty_cell),
	};
	sqlite3_mem_methods missing;

	(void)sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real);
	missing = real;
	missing.xMalloc = missing_malloc;
	missing.xRealloc = missing_realloc;
	(void)sqlite3_config(SQLITE_CONFIG_MALLOC, &missing);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
