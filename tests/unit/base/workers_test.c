/* SPDX-License-Identifier: MIT */
#include "base/workers.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../memory.h"
#include "base/buf.h"

/* What is asked of a run, and what came of it. */
struct trial {
	struct fixture f;
	size_t jobs, processes;
	unsigned seconds;
	size_t memory;
	bool (*begin)(void *context);
	void (*run)(void *context, size_t job, struct buf *answer);
	size_t bad;			/* the job at which something happens */
	size_t taken, lost;
	enum worker_outcome bad_outcome;
	size_t answer_size;		/* of each job */
	bool in_order, right;
};

static void run_plain(void *context, size_t job, struct buf *answer)
{
	const struct trial *trial = context;

	buf_append_format(answer, "%zu", job);
	while (answer->len < trial->answer_size)
		buf_append_char(answer, (char)('a' + job % 26));
}

static void take(void *context, size_t job, enum worker_outcome outcome,
    struct str answer)
{
	struct trial *trial = context;
	struct buf expected;

	trial->in_order = trial->in_order && job == trial->taken;
	trial->taken++;
	if (outcome != WORKER_DONE) {
		trial->lost++;
		trial->right = trial->right && answer.len == 0 &&
		    job == trial->bad;
		trial->bad_outcome = outcome;
		return;
	}
	buf_init(&expected);
	/* The worker's buffer begins with room for the length. */
	buf_append_format(&expected, "%zu", job);
	trial->right = trial->right &&
	    str_starts(answer, buf_str(&expected)) &&
	    answer.len + 8 >= trial->answer_size;
	buf_dispose(&expected);
}

static void trial_init(struct trial *trial, size_t jobs, size_t processes)
{
	*trial = (struct trial){ .jobs = jobs, .processes = processes,
		.run = run_plain, .bad = SIZE_MAX, .in_order = true,
		.right = true };
	fixture_init(&trial->f, NULL);
}

static bool trial_run(struct trial *trial)
{
	const struct workers_request request = {
		.jobs = trial->jobs, .processes = trial->processes,
		.seconds = trial->seconds, .memory = trial->memory,
		.context = trial, .begin = trial->begin, .run = trial->run,
		.take = take,
	};

	return workers_run(&request, &trial->f.diags);
}

static void test_workers__answers_come_in_the_order_of_jobs(void **state)
{
	static const size_t processes[] = { 0, 1, 2, 7, 64, 1000 };

	(void)state;
	for (size_t i = 0; i < sizeof(processes) / sizeof(processes[0]); i++) {
		struct trial trial;

		trial_init(&trial, 3000, processes[i]);
		assert_true(trial_run(&trial));
		assert_int_equal(trial.taken, 3000);
		assert_int_equal(trial.lost, 0);
		assert_true(trial.in_order && trial.right);
		fixture_dispose(&trial.f);
	}
}

static void test_workers__no_jobs_start_no_process(void **state)
{
	struct trial trial;

	(void)state;
	trial_init(&trial, 0, 4);
	assert_true(trial_run(&trial));
	assert_int_equal(trial.taken, 0);
	fixture_dispose(&trial.f);
}

static void test_workers__more_workers_than_jobs_are_not_started(void **state)
{
	struct trial trial;

	(void)state;
	for (size_t jobs = 1; jobs < 4; jobs++) {
		trial_init(&trial, jobs, 64);
		assert_true(trial_run(&trial));
		assert_int_equal(trial.taken, jobs);
		assert_true(trial.in_order && trial.right);
		fixture_dispose(&trial.f);
	}
}

static void test_workers__answers_of_megabytes_arrive_whole(void **state)
{
	struct trial trial;

	(void)state;
	trial_init(&trial, 40, 3);
	trial.answer_size = 3000000;
	assert_true(trial_run(&trial));
	assert_int_equal(trial.taken, 40);
	assert_true(trial.in_order && trial.right);
	fixture_dispose(&trial.f);
}

static void die(int how)
{
	if (how == 0)
		abort();
	if (how == 1)
		(void)raise(SIGSEGV);
	if (how == 2)
		_exit(0);
	if (how == 3)
		_exit(7);
	(void)raise(SIGKILL);
}

static void run_dying(void *context, size_t job, struct buf *answer)
{
	struct trial *trial = context;

	if (job == trial->bad) {
		/* cmocka catches these in the parent. */
		(void)signal(SIGABRT, SIG_DFL);
		(void)signal(SIGSEGV, SIG_DFL);
		die((int)trial->answer_size);
	}
	buf_append_format(answer, "%zu", job);
}

static void test_workers__a_crash_costs_one_job_wherever_it_is(void **state)
{
	(void)state;
	for (size_t how = 0; how < 5; how++) {
		for (size_t bad = 0; bad < 25; bad += 1 + how) {
			struct trial trial;

			trial_init(&trial, 25, 3);
			trial.run = run_dying;
			trial.bad = bad;
			trial.answer_size = how;
			assert_true(trial_run(&trial));
			assert_int_equal(trial.taken, 25);
			assert_int_equal(trial.lost, 1);
			assert_int_equal(trial.bad_outcome, WORKER_CRASHED);
			assert_true(trial.in_order && trial.right);
			fixture_dispose(&trial.f);
		}
	}
}

static void run_all_dying(void *context, size_t job, struct buf *answer)
{
	(void)context;
	(void)job;
	(void)answer;
	_exit(1);
}

static void take_lost(void *context, size_t job, enum worker_outcome outcome,
    struct str answer)
{
	struct trial *trial = context;

	(void)answer;
	trial->in_order = trial->in_order && job == trial->taken;
	trial->taken++;
	trial->lost += outcome == WORKER_CRASHED;
}

static void test_workers__every_job_may_crash(void **state)
{
	struct trial trial;
	struct workers_request request = { .jobs = 60, .processes = 4,
		.context = &trial, .run = run_all_dying, .take = take_lost };

	(void)state;
	trial_init(&trial, 60, 4);
	assert_true(workers_run(&request, &trial.f.diags));
	assert_int_equal(trial.lost, 60);
	assert_true(trial.in_order);
	fixture_dispose(&trial.f);
}

static void run_hanging(void *context, size_t job, struct buf *answer)
{
	const struct trial *trial = context;

	while (job == trial->bad)
		(void)pause();
	buf_append_format(answer, "%zu", job);
}

static void test_workers__a_hang_costs_one_job(void **state)
{
	struct trial trial;

	(void)state;
	trial_init(&trial, 50, 2);
	trial.run = run_hanging;
	trial.bad = 3;
	trial.seconds = 1;
	assert_true(trial_run(&trial));
	assert_int_equal(trial.taken, 50);
	assert_int_equal(trial.lost, 1);
	assert_int_equal(trial.bad_outcome, WORKER_HUNG);
	assert_true(trial.in_order && trial.right);
	fixture_dispose(&trial.f);
}

/* Each job just below the limit: none hangs, all together take longer. */
static void run_slow(void *context, size_t job, struct buf *answer)
{
	const struct timespec most = { 0, 400 * 1000 * 1000 };

	(void)context;
	(void)nanosleep(&most, NULL);
	buf_append_format(answer, "%zu", job);
}

static void test_workers__the_limit_is_for_a_job_and_not_for_a_batch(
    void **state)
{
	struct trial trial;

	(void)state;
	trial_init(&trial, 6, 1);
	trial.run = run_slow;
	trial.seconds = 1;
	assert_true(trial_run(&trial));
	assert_int_equal(trial.lost, 0);
	fixture_dispose(&trial.f);
}

static void take_slowly(void *context, size_t job, enum worker_outcome outcome,
    struct str answer)
{
	const struct timespec long_ = { 3, 600 * 1000 * 1000 };

	if (job == 0)
		(void)nanosleep(&long_, NULL);
	take(context, job, outcome, answer);
}

static void test_workers__a_busy_parent_is_no_fault_of_a_job(void **state)
{
	struct trial trial;
	struct workers_request request = { .jobs = 400, .processes = 2,
		.seconds = 3, .context = &trial, .run = run_plain,
		.take = take_slowly };

	(void)state;
	trial_init(&trial, 400, 2);
	/* More than a pipe holds, so that workers wait for the parent. */
	trial.answer_size = 100000;
	assert_true(workers_run(&request, &trial.f.diags));
	assert_int_equal(trial.taken, 400);
	assert_int_equal(trial.lost, 0);
	fixture_dispose(&trial.f);
}

#ifndef __SANITIZE_ADDRESS__
static void run_greedy(void *context, size_t job, struct buf *answer)
{
	struct trial *trial = context;

	/* The process leaves by out_of_memory() on the way. */
	while (job == trial->bad)
		(void)arena_alloc(&trial->f.arena, 1024 * 1024);
	buf_append_format(answer, "%zu", job);
}
#endif

static void test_workers__too_much_memory_costs_one_job(void **state)
{
#ifdef __SANITIZE_ADDRESS__
	(void)state;
	skip();
#else
	struct trial trial;

	(void)state;
	trial_init(&trial, 20, 2);
	trial.run = run_greedy;
	trial.bad = 11;
	trial.memory = 64 * 1024 * 1024;
	assert_true(trial_run(&trial));
	assert_int_equal(trial.lost, 1);
	assert_int_equal(trial.bad_outcome, WORKER_STARVED);
	assert_true(trial.in_order && trial.right);
	fixture_dispose(&trial.f);
#endif
}

static bool begin_failing(void *context)
{
	(void)context;
	return false;
}

static bool begin_dying(void *context)
{
	(void)context;
	_exit(0);
}

static void test_workers__that_cannot_begin_end_the_run(void **state)
{
	bool (*const begins[])(void *) = { begin_failing, begin_dying };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct trial trial;

		trial_init(&trial, 500, 4);
		trial.begin = begins[i];
		assert_false(trial_run(&trial));
		assert_int_equal(trial.taken, 0);
		assert_string_equal(found(&trial.f), "W0104@0:0");
		fixture_dispose(&trial.f);
	}
}

static bool begin_right(void *context)
{
	((struct trial *)context)->answer_size = 77;
	return true;
}

static void run_begun(void *context, size_t job, struct buf *answer)
{
	buf_append_format(answer, "%zu", job);
	if (((struct trial *)context)->answer_size != 77)
		_exit(1);
}

static void test_workers__begin_runs_in_each_worker(void **state)
{
	struct trial trial;

	(void)state;
	trial_init(&trial, 100, 3);
	trial.begin = begin_right;
	trial.run = run_begun;
	assert_true(trial_run(&trial));
	assert_int_equal(trial.lost, 0);
	assert_int_equal(trial.answer_size, 0);
	fixture_dispose(&trial.f);
}

/* An answer that nobody asked for: what a worker taken over might send. */
static void run_forging(void *context, size_t job, struct buf *answer)
{
	const struct trial *trial = context;
	uint64_t forged[64] = { 0 };

	buf_append_format(answer, "%zu", job);
	if (job != trial->bad)
		return;
	/* Descriptors of the pipes are small numbers; write to all of them. */
	for (int descriptor = 3; descriptor < 32; descriptor++)
		(void)!write(descriptor, forged, sizeof(forged));
}

static void take_any(void *context, size_t job, enum worker_outcome outcome,
    struct str answer)
{
	struct trial *trial = context;

	(void)outcome;
	(void)answer;
	trial->in_order = trial->in_order && job == trial->taken;
	trial->taken++;
}

static void test_workers__a_forged_answer_does_not_end_the_parent(void **state)
{
	struct trial trial;
	struct workers_request request = { .jobs = 200, .processes = 3,
		.context = &trial, .run = run_forging, .take = take_any };

	(void)state;
	trial_init(&trial, 200, 3);
	trial.bad = 199;
	assert_true(workers_run(&request, &trial.f.diags));
	assert_int_equal(trial.taken, 200);
	assert_true(trial.in_order);
	fixture_dispose(&trial.f);
}

static size_t open_descriptors(void)
{
	DIR *stream = opendir("/proc/self/fd");
	size_t count = 0;

	while (stream != NULL && readdir(stream) != NULL)
		count++;
	if (stream != NULL)
		(void)closedir(stream);
	return count;
}

static void run_counting(void *context, size_t job, struct buf *answer)
{
	(void)context;
	(void)job;
	buf_append_format(answer, "%zu", open_descriptors());
}

static void take_count(void *context, size_t job, enum worker_outcome outcome,
    struct str answer)
{
	struct trial *trial = context;
	size_t count = 0;

	(void)job;
	(void)outcome;
	(void)str_to_size(answer, &count);
	if (count > trial->answer_size)
		trial->answer_size = count;
	trial->taken++;
}

static void test_workers__hold_no_pipes_of_others_and_leave_none(void **state)
{
	struct trial trial;
	struct workers_request request = { .jobs = 100, .processes = 8,
		.context = &trial, .run = run_counting, .take = take_count };
	size_t before = open_descriptors();

	(void)state;
	trial_init(&trial, 100, 8);
	assert_true(workers_run(&request, &trial.f.diags));
	/* Its own two ends; what was open for writing is closed. */
	assert_in_range(trial.answer_size, 2, before + 2);
	assert_int_equal(open_descriptors(), before);
	fixture_dispose(&trial.f);
}

static void test_worker_report__names_the_path(void **state)
{
	static const char *const ids[] = { [WORKER_CRASHED] = "W0101",
		[WORKER_HUNG] = "W0102", [WORKER_STARVED] = "W0103" };

	(void)state;
	for (enum worker_outcome o = WORKER_CRASHED; o <= WORKER_STARVED; o++) {
		struct fixture f;

		fixture_init(&f, NULL);
		assert_false(worker_report(o, STR("content/a.md"), &f.diags));
		assert_non_null(strstr(message(&f, ids[o], LANG_EN),
		    "content/a.md"));
		fixture_dispose(&f);
	}
	assert_true(workers_default() >= 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_workers__answers_come_in_the_order_of_jobs),
		cmocka_unit_test(test_workers__no_jobs_start_no_process),
		cmocka_unit_test(
		    test_workers__more_workers_than_jobs_are_not_started),
		cmocka_unit_test(
		    test_workers__answers_of_megabytes_arrive_whole),
		cmocka_unit_test(
		    test_workers__a_crash_costs_one_job_wherever_it_is),
		cmocka_unit_test(test_workers__every_job_may_crash),
		cmocka_unit_test(test_workers__a_hang_costs_one_job),
		cmocka_unit_test(
		    test_workers__the_limit_is_for_a_job_and_not_for_a_batch),
		cmocka_unit_test(
		    test_workers__a_busy_parent_is_no_fault_of_a_job),
		cmocka_unit_test(test_workers__too_much_memory_costs_one_job),
		cmocka_unit_test(test_workers__that_cannot_begin_end_the_run),
		cmocka_unit_test(test_workers__begin_runs_in_each_worker),
		cmocka_unit_test(
		    test_workers__a_forged_answer_does_not_end_the_parent),
		cmocka_unit_test(
		    test_workers__hold_no_pipes_of_others_and_leave_none),
		cmocka_unit_test(test_worker_report__names_the_path),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
