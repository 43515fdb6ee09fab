/* SPDX-License-Identifier: MIT */
#include "base/arena.h"

#include <signal.h>
#include <stdalign.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../memory.h"

static void test_arena__pieces_are_aligned_zeroed_and_apart(void **state)
{
	struct arena arena;
	unsigned char *last = NULL;

	(void)state;
	arena_init(&arena);
	for (size_t size = 0; size < 3000; size += 7) {
		unsigned char *piece = arena_alloc(&arena, size);

		assert_non_null(piece);
		assert_int_equal((uintptr_t)piece % alignof(max_align_t), 0);
		for (size_t i = 0; i < size; i++)
			assert_int_equal(piece[i], 0);
		memset(piece, 0xaa, size);
		if (last != NULL && size > 7)
			assert_int_equal(last[size - 8], 0xaa);
		last = piece;
	}
	arena_dispose(&arena);
	arena_dispose(&arena);
}

static void test_arena__large_pieces_stand_beside_small_ones(void **state)
{
	struct arena arena;
	char *small, *large;

	(void)state;
	arena_init(&arena);
	small = arena_alloc(&arena, 10);
	memcpy(small, "123456789", 10);
	large = arena_alloc(&arena, 1024 * 1024);
	memset(large, 'x', 1024 * 1024);
	assert_string_equal(small, "123456789");
	assert_true(arena_used(&arena) >= 1024 * 1024 + 10);
	arena_reset(&arena);
	assert_int_equal(arena_used(&arena), 0);
	assert_non_null(arena_alloc(&arena, 5));
	arena_reset(&arena);
	arena_reset(&arena);
	arena_dispose(&arena);
}

static void test_arena__forgets_the_bytes_of_the_job_before(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena);
	memset(arena_alloc(&arena, 100), 0xff, 100);
	arena_reset(&arena);
	for (size_t i = 0; i < 10; i++)
		assert_int_equal(*(char *)arena_alloc(&arena, 1), 0);
	arena_dispose(&arena);
}

/* Status 3 in a process of its own. */
static void assert_exhausts(size_t count, size_t size)
{
	int status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		struct arena arena;

		(void)close(STDERR_FILENO);
		arena_init(&arena);
		(void)arena_array(&arena, count, size);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 3);
}

static void test_arena_array__ends_when_the_product_is_too_large(void **state)
{
	(void)state;
	assert_exhausts(SIZE_MAX / 2, 3);
	assert_exhausts(SIZE_MAX, SIZE_MAX);
#ifndef __SANITIZE_ADDRESS__
	/* The sanitizer ends the process itself. */
	assert_exhausts(1, SIZE_MAX);
	assert_exhausts(1, SIZE_MAX - 8);
	assert_exhausts(1, SIZE_MAX / 2);
#endif
}

/* What it prints, in a process of its own; as a worker, which its parent kills
 * when it ends itself. */
static void read_last_words(bool is_worker, char *words, size_t size)
{
	int ends[2];
	ssize_t got;
	size_t len = 0;
	pid_t pid;

	assert_int_equal(pipe(ends), 0);
	pid = fork();
	if (pid == 0) {
		(void)dup2(ends[1], STDERR_FILENO);
		if (is_worker)
			(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
		out_of_memory(12345);
	}
	(void)close(ends[1]);
	while ((got = read(ends[0], words + len, size - 1 - len)) > 0)
		len += (size_t)got;
	words[len] = '\0';
	(void)close(ends[0]);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
}

static void test_out_of_memory__says_so_in_both_languages(void **state)
{
	char words[2048];

	(void)state;
	read_last_words(false, words, sizeof(words));
	assert_non_null(strstr(words, "故障[M0112]: 内存不足 (12345)\n"));
	assert_non_null(strstr(words, "fatal[M0112]: out of memory (12345)\n"));
	read_last_words(true, words, sizeof(words));
	assert_string_equal(words, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_arena__pieces_are_aligned_zeroed_and_apart),
		cmocka_unit_test(
		    test_arena__large_pieces_stand_beside_small_ones),
		cmocka_unit_test(
		    test_arena__forgets_the_bytes_of_the_job_before),
		cmocka_unit_test(
		    test_arena_array__ends_when_the_product_is_too_large),
		cmocka_unit_test(
		    test_out_of_memory__says_so_in_both_languages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
