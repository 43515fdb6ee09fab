/* SPDX-License-Identifier: MIT */
#include "base/workers.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/memory.h"
#include "base/reason.h"
#include "base/vec.h"
#include "base/worker_process.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	LARGEST_BATCH = 32,
	BATCHES_AHEAD = 64,	/* per worker, before the oldest is taken */
	MOST_PROCESSES = 64,
	LARGEST_KEPT = 1024,	/* bytes of room for the next answer */
	LARGEST_ANSWER = 256 * 1024 * 1024
};

struct worker {
	pid_t pid;
	int requests, answers;	/* the parent's ends of two pipes */
	struct batch batch;	/* count 0: idle */
	size_t next;		/* the job whose answer comes next */
	unsigned long since;	/* when it began, by the pool's clock */
	bool has_begun;
	bool was_killed;	/* by us, for taking too long over … */
	size_t killed_at;	/* … this job */
	bool was_false;		/* by us, for answering what nobody asked */
	struct buf received;
};

/* An answer that came before those of earlier jobs; what is known of a job. */
struct waiting {
	bool here;
	bool was_lost;		/* once, with its worker */
	enum worker_outcome outcome;
	struct buf answer;
};

struct pool {
	const struct workers_request *request;
	struct diag_list *diags;
	struct worker workers[MOST_PROCESSES];
	size_t count, batch_size;
	/*
	 * Milliseconds in which the parent watched. A parent that was stopped
	 * (Ctrl-Z) or busy taking answers is not the fault of any job.
	 */
	unsigned long clock;
	struct timespec ticked;
	size_t next_job;	/* not yet handed out */
	size_t next_taken;
	struct vec returned;	/* struct batch: left over by lost workers */
	struct waiting *ring;	/* of ring_size, by job modulo */
	size_t ring_size;
};

size_t workers_default(void)
{
	cpu_set_t set;

	if (sched_getaffinity(0, sizeof(set), &set) != 0)
		return 1;
	return (size_t)CPU_COUNT(&set) > 0 ? (size_t)CPU_COUNT(&set) : 1;
}

bool worker_report(enum worker_outcome outcome, struct str path,
    struct diag_list *diags)
{
	static const enum diag_code codes[] = {
		[WORKER_DONE] = DIAG_WORKER_CRASHED,
		[WORKER_CRASHED] = DIAG_WORKER_CRASHED,
		[WORKER_HUNG] = DIAG_WORKER_HUNG,
		[WORKER_STARVED] = DIAG_WORKER_STARVED,
	};

	return diag_report(diags, ((struct mark){ .path = path }),
	    codes[outcome], path);
}

static void close_pipe(int ends[2])
{
	for (size_t i = 0; i < 2; i++)
		if (ends[i] >= 0)
			(void)close(ends[i]);
}

/* A worker must not hold the pipes of its siblings open. */
static void close_siblings(const struct pool *pool)
{
	for (size_t i = 0; i < pool->count; i++) {
		if (pool->workers[i].pid == 0)
			continue;
		(void)close(pool->workers[i].requests);
		(void)close(pool->workers[i].answers);
	}
}

static bool start_worker(struct pool *pool, struct worker *worker)
{
	int requests[2] = { -1, -1 }, answers[2] = { -1, -1 };
	pid_t pid = -1;

	worker->pid = 0;
	if (pipe2(requests, O_CLOEXEC) == 0 && pipe2(answers, O_CLOEXEC) == 0) {
		(void)fflush(NULL);
		pid = fork();
	}
	if (pid == 0) {
		close_siblings(pool);
		(void)close(requests[1]);
		(void)close(answers[0]);
		worker_main(pool->request, requests[0], answers[1]);
	}
	if (pid < 0) {
		int why = errno;

		close_pipe(requests);
		close_pipe(answers);
		return diag_report_reason(pool->diags,
		    ((struct mark){ .line = 0 }), DIAG_NO_PROCESS, STR_NONE,
		    why);
	}
	(void)close(requests[0]);
	(void)close(answers[1]);
	worker->pid = pid;
	worker->requests = requests[1];
	worker->answers = answers[0];
	worker->batch.count = 0;
	worker->since = pool->clock;
	worker->has_begun = worker->was_killed = worker->was_false = false;
	buf_clear(&worker->received);
	return true;
}

static void take_in_order(struct pool *pool)
{
	for (;;) {
		struct waiting *w =
		    &pool->ring[pool->next_taken % pool->ring_size];

		if (!w->here)
			return;
		pool->request->take(pool->request->context, pool->next_taken,
		    w->outcome, buf_str(&w->answer));
		w->here = false;
		/* Room for one must not stay in each of thousands of places:
		 * that is more than all else the parent holds. */
		if (w->answer.capacity > LARGEST_KEPT)
			buf_dispose(&w->answer);
		else
			buf_clear(&w->answer);
		pool->next_taken++;
	}
}

static void keep_answer(struct pool *pool, size_t job,
    enum worker_outcome outcome, struct str answer)
{
	struct waiting *w = &pool->ring[job % pool->ring_size];

	assert(!w->here);
	if (w->was_lost && outcome == WORKER_DONE)
		(void)diag_report(pool->diags, ((struct mark){ .line = 0 }),
		    DIAG_WORKER_LOST);
	w->was_lost = false;
	w->here = true;
	w->outcome = outcome;
	buf_append(&w->answer, answer);
	take_in_order(pool);
}

static bool next_batch(struct pool *pool, struct batch *batch)
{
	size_t left = pool->request->jobs - pool->next_job;

	if (pool->returned.count > 0) {
		*batch = *(struct batch *)vec_at(&pool->returned,
		    pool->returned.count - 1);
		pool->returned.count--;
		return true;
	}
	if (left > pool->batch_size)
		left = pool->batch_size;
	if (left == 0 || pool->next_job + left - pool->next_taken >
	    pool->ring_size)
		return false;
	*batch = (struct batch){ pool->next_job, left };
	pool->next_job += left;
	return true;
}

static void hand_out(struct pool *pool)
{
	for (size_t i = 0; i < pool->count; i++) {
		struct worker *worker = &pool->workers[i];

		if (worker->pid == 0 || !worker->has_begun ||
		    worker->was_false || worker->batch.count > 0 ||
		    !next_batch(pool, &worker->batch))
			continue;
		worker->next = worker->batch.first;
		worker->since = pool->clock;
		/* A dead worker shows when its answers are read. */
		(void)worker_write(worker->requests, &worker->batch,
		    sizeof(worker->batch));
	}
}

/* Takes one whole message off the front; false when there is none. */
static bool split_message(struct pool *pool, struct worker *worker,
    struct str *rest)
{
	uint64_t len;

	if (rest->len < sizeof(len))
		return false;
	memcpy(&len, rest->ptr, sizeof(len));
	if (!worker->has_begun) {
		worker->has_begun = len == WORKER_BEGUN;
		worker->was_false = !worker->has_begun;
		*rest = str_slice(*rest, sizeof(len), rest->len);
		return worker->has_begun;
	}
	/* Strangers' input may have taken the worker over: it is believed
	 * about the jobs it was given and nothing else. */
	worker->was_false = worker->batch.count == 0 || len > LARGEST_ANSWER;
	if (worker->was_false || len > rest->len - sizeof(len))
		return false;
	keep_answer(pool, worker->next++, WORKER_DONE,
	    str_slice(*rest, sizeof(len), sizeof(len) + (size_t)len));
	*rest = str_slice(*rest, sizeof(len) + (size_t)len, rest->len);
	if (worker->next == worker->batch.first + worker->batch.count)
		worker->batch.count = 0;
	return true;
}

/* Takes the whole answers out of what was received. */
static void split_answers(struct pool *pool, struct worker *worker)
{
	struct str rest = buf_str(&worker->received);
	size_t consumed;

	worker->since = pool->clock;
	while (split_message(pool, worker, &rest))
		continue;
	consumed = worker->received.len - rest.len;
	if (consumed > 0) {
		memmove(worker->received.ptr,
		    worker->received.ptr + consumed, rest.len);
		buf_truncate(&worker->received, rest.len);
	}
	if (worker->was_false)
		(void)kill(worker->pid, SIGKILL);
}

static enum worker_outcome outcome_of(const struct worker *worker, int status)
{
	if (worker->was_killed ||
	    (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU))
		return WORKER_HUNG;
	/* 3 is what out_of_memory() leaves with. */
	if (WIFEXITED(status) && WEXITSTATUS(status) == 3)
		return WORKER_STARVED;
	return WORKER_CRASHED;
}

static int reap(struct worker *worker)
{
	int status = 0;

	(void)close(worker->requests);
	(void)close(worker->answers);
	while (waitpid(worker->pid, &status, 0) < 0 && errno == EINTR)
		continue;
	worker->pid = 0;
	return status;
}

/*
 * A worker that was killed from outside, or found no memory when others had it,
 * is no fault of its job: that shows when the job is done once more. What took
 * too long is not, or it would take as long again.
 */
static bool is_done_again(struct pool *pool, const struct worker *worker,
    enum worker_outcome outcome)
{
	struct waiting *w = &pool->ring[worker->next % pool->ring_size];

	if (outcome == WORKER_HUNG || w->was_lost)
		return false;
	w->was_lost = true;
	return true;
}

/* The worker is gone: what it had not done of its batch goes back, without the
 * job it was at if that is lost for good. */
static bool bury(struct pool *pool, struct worker *worker)
{
	static const struct str could_not_begin[LANG_COUNT] = {
		{ "工作进程未能就绪", 24 },
		{ "it could not begin", 18 } };
	uint64_t end = worker->batch.first + worker->batch.count;
	bool was_idle = worker->batch.count == 0;
	int status = reap(worker);
	enum worker_outcome outcome = outcome_of(worker, status);
	struct batch *rest;

	if (!worker->has_begun)
		return diag_report_texts(pool->diags,
		    ((struct mark){ .line = 0 }), DIAG_NO_PROCESS, STR_NONE,
		    could_not_begin);
	worker->batch.count = 0;
	/* The answer may have been on its way when time was up; the job begun
	 * since is not to blame. */
	if (!was_idle && !(worker->was_killed &&
	    worker->killed_at != worker->next) &&
	    !is_done_again(pool, worker, outcome))
		keep_answer(pool, worker->next++, outcome, STR_NONE);
	if (!was_idle && worker->next < end) {
		rest = vec_push(&pool->returned);
		rest->first = worker->next;
		rest->count = end - worker->next;
	}
	return (pool->returned.count == 0 &&
	    pool->next_job == pool->request->jobs) ||
	    start_worker(pool, worker);
}

static bool receive(struct pool *pool, struct worker *worker)
{
	enum { PIECE = 256 * 1024 };
	ssize_t got;

	do
		got = read(worker->answers,
		    buf_reserve(&worker->received, PIECE), PIECE);
	while (got < 0 && errno == EINTR);
	if (got <= 0)
		return bury(pool, worker);
	worker->received.len += (size_t)got;
	split_answers(pool, worker);
	return true;
}

static void kill_the_hung(struct pool *pool)
{
	unsigned long limit = 1000 * (pool->request->seconds > 0 ?
	    pool->request->seconds : DEFAULT_JOB_SECONDS);

	for (size_t i = 0; i < pool->count; i++) {
		struct worker *worker = &pool->workers[i];

		if (worker->pid == 0 || worker->was_killed ||
		    (worker->has_begun && worker->batch.count == 0) ||
		    pool->clock - worker->since <= limit)
			continue;
		worker->was_killed = true;
		worker->killed_at = worker->next;
		(void)kill(worker->pid, SIGKILL);
	}
}

static void tick(struct pool *pool)
{
	enum { LONGEST_TURN = 1000 };
	struct timespec now;
	long long passed;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	passed = (long long)(now.tv_sec - pool->ticked.tv_sec) * 1000 +
	    (now.tv_nsec - pool->ticked.tv_nsec) / 1000000;
	pool->ticked = now;
	/* It never goes back, but on virtual machines that are moved it has. */
	if (passed > 0)
		pool->clock += passed < LONGEST_TURN ?
		    (unsigned long)passed : LONGEST_TURN;
}

static bool turn(struct pool *pool)
{
	struct pollfd polls[MOST_PROCESSES];
	bool ok = true;

	hand_out(pool);
	for (size_t i = 0; i < pool->count; i++)
		polls[i] = (struct pollfd){ .events = POLLIN,
			.fd = pool->workers[i].pid == 0 ? -1 :
			    pool->workers[i].answers };
	if (poll(polls, pool->count, 500) < 0 && errno != EINTR)
		return diag_report_reason(pool->diags,
		    ((struct mark){ .line = 0 }), DIAG_NO_PROCESS, STR_NONE,
		    errno);
	for (size_t i = 0; ok && i < pool->count; i++)
		if (polls[i].fd >= 0 && polls[i].revents != 0)
			ok = receive(pool, &pool->workers[i]);
	tick(pool);
	kill_the_hung(pool);
	return ok;
}

static void open_pool(struct pool *pool, const struct workers_request *request,
    struct diag_list *diags)
{
	size_t processes = request->processes > 0 ? request->processes :
	    workers_default();

	*pool = (struct pool){ .request = request, .diags = diags };
	if (processes > MOST_PROCESSES)
		processes = MOST_PROCESSES;
	if (processes > request->jobs)
		processes = request->jobs;
	pool->count = processes;
	pool->batch_size = request->jobs / (processes * 8) + 1;
	if (pool->batch_size > LARGEST_BATCH)
		pool->batch_size = LARGEST_BATCH;
	pool->ring_size = processes * BATCHES_AHEAD * pool->batch_size;
	pool->ring = calloc(pool->ring_size, sizeof(*pool->ring));
	if (pool->ring == NULL)
		out_of_memory(pool->ring_size * sizeof(*pool->ring));
	for (size_t i = 0; i < pool->ring_size; i++)
		buf_init(&pool->ring[i].answer);
	for (size_t i = 0; i < processes; i++)
		buf_init(&pool->workers[i].received);
	vec_init(&pool->returned, sizeof(struct batch));
	(void)clock_gettime(CLOCK_MONOTONIC, &pool->ticked);
}

static void close_pool(struct pool *pool)
{
	for (size_t i = 0; i < pool->count; i++) {
		struct worker *worker = &pool->workers[i];

		if (worker->pid != 0) {
			/* After a failure it may be busy with what nobody
			 * waits for. */
			if (worker->batch.count > 0 || !worker->has_begun)
				(void)kill(worker->pid, SIGKILL);
			(void)reap(worker);
		}
		buf_dispose(&worker->received);
	}
	for (size_t i = 0; i < pool->ring_size; i++)
		buf_dispose(&pool->ring[i].answer);
	free(pool->ring);
	vec_dispose(&pool->returned);
}

bool workers_run(const struct workers_request *request,
    struct diag_list *diags)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN }, before;
	struct pool *pool;
	bool ok = true;

	if (request->jobs == 0)
		return true;
	pool = malloc(sizeof(*pool));
	if (pool == NULL)
		out_of_memory(sizeof(*pool));
	open_pool(pool, request, diags);
	/* Each worker would have that too. */
	memory_give_back();
	/* Writing to a worker that just died must not end the parent. */
	(void)sigaction(SIGPIPE, &ignore, &before);
	for (size_t i = 0; ok && i < pool->count; i++)
		ok = start_worker(pool, &pool->workers[i]);
	while (ok && pool->next_taken < request->jobs)
		ok = turn(pool);
	close_pool(pool);
	(void)sigaction(SIGPIPE, &before, NULL);
	free(pool);
	return ok;
}
