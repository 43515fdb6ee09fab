/* SPDX-License-Identifier: MIT */
/* What becomes of a job whose worker is lost once. */
#include "base/workers.h"

#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../memory.h"
#include "base/buf.h"

enum { JOBS = 40, BAD = 17 };

struct losing {
	int (*loss)(void);	/* how a worker is lost at the bad job */
	unsigned *tries;	/* of the bad job; seen by all processes */
	size_t taken, lost;
};

static int be_killed(void)
{
	return raise(SIGKILL);
}

static int find_no_memory(void)
{
	_exit(3);
}

static void run_losing(void *context, size_t job, struct buf *answer)
{
	const struct losing *losing = context;

	if (job == BAD && ++*losing->tries == 1)
		(void)losing->loss();
	buf_append_format(answer, "%zu", job);
}

static void take_losing(void *context, size_t job, enum worker_outcome outcome,
    struct str answer)
{
	struct losing *losing = context;

	assert_int_equal(job, losing->taken);
	losing->taken++;
	losing->lost += outcome != WORKER_DONE;
	assert_true(answer.len > 0);
}

static void assert_done_again(int (*loss)(void), size_t processes)
{
	struct losing losing = { .loss = loss };
	const struct workers_request request = { .jobs = JOBS,
		.processes = processes, .context = &losing,
		.run = run_losing, .take = take_losing };
	struct fixture f;

	fixture_init(&f, NULL);
	losing.tries = mmap(NULL, sizeof(*losing.tries),
	    PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	assert_true(losing.tries != MAP_FAILED);
	assert_true(workers_run(&request, &f.diags));
	assert_int_equal(losing.taken, JOBS);
	assert_int_equal(losing.lost, 0);
	assert_int_equal(*losing.tries, 2);
	assert_string_equal(found(&f), "W0105@0:0");
	assert_int_equal(diag_errors(&f.diags), 0);
	(void)munmap(losing.tries, sizeof(*losing.tries));
	fixture_dispose(&f);
}

static void test_workers__a_job_lost_once_is_done_again(void **state)
{
	(void)state;
	for (size_t processes = 1; processes < 5; processes++) {
		assert_done_again(be_killed, processes);
		assert_done_again(find_no_memory, processes);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_workers__a_job_lost_once_is_done_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
