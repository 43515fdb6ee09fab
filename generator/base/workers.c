/* SPDX-License-Identifier: MIT */
#include "base/workers.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/vec.h"

enum {
	LARGEST_BATCH = 32,
	BATCHES_AHEAD = 64,	/* per worker, before the oldest is taken */
	MOST_PROCESSES = 64,
	DEFAULT_MEMORY = 1024 * 1024 * 1024
};

/* What the parent asks: do jobs first to first + count - 1. */
struct batch {
	uint64_t first, count;
};

struct worker {
	pid_t pid;
	int requests, answers;	/* the parent's ends of two pipes */
	struct batch batch;	/* count 0: idle */
	size_t next;		/* the job whose answer comes next */
	struct timespec since;	/* when it began */
	bool was_killed;	/* by us, for taking too long */
	struct buf received;
};

/* An answer that came before those of earlier jobs. */
struct waiting {
	bool here;
	enum worker_outcome outcome;
	struct buf answer;
};

struct pool {
	const struct workers_request *request;
	struct diag_list *diags;
	struct worker workers[MOST_PROCESSES];
	size_t count, batch_size;
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

/* -- in the worker ---------------------------------------------------------- */

static bool read_exactly(int descriptor, void *to, size_t size)
{
	char *at = to;

	while (size > 0) {
		ssize_t got = read(descriptor, at, size);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		at += got;
		size -= (size_t)got;
	}
	return true;
}

static bool write_exactly(int descriptor, const void *from, size_t size)
{
	const char *at = from;

	while (size > 0) {
		ssize_t put = write(descriptor, at, size);

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return false;
		at += put;
		size -= (size_t)put;
	}
	return true;
}

/* AddressSanitizer maps terabytes of shadow, so no limit holds under it. */
static void limit_memory(size_t memory)
{
#ifndef __SANITIZE_ADDRESS__
	struct rlimit limit;
	unsigned long pages = 0;
	FILE *statm = fopen("/proc/self/statm", "re");

	if (statm != NULL) {
		if (fscanf(statm, "%lu", &pages) != 1)
			pages = 0;
		(void)fclose(statm);
	}
	limit.rlim_cur = limit.rlim_max = (rlim_t)memory +
	    (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE);
	(void)setrlimit(RLIMIT_AS, &limit);
#else
	(void)memory;
#endif
}

static void confine(const struct workers_request *request)
{
	const struct rlimit no_core = { 0, 0 };

	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	(void)prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	(void)setrlimit(RLIMIT_CORE, &no_core);
	(void)signal(SIGINT, SIG_IGN);
	limit_memory(request->memory > 0 ? request->memory : DEFAULT_MEMORY);
}

static _Noreturn void worker_main(const struct workers_request *request,
    int requests, int answers)
{
	struct batch batch;
	struct buf answer;

	confine(request);
	if (request->begin != NULL && !request->begin(request->context))
		_exit(EXIT_FAILURE);
	buf_init(&answer);
	while (read_exactly(requests, &batch, sizeof(batch))) {
		for (uint64_t i = 0; i < batch.count; i++) {
			uint64_t len = 0;

			buf_clear(&answer);
			buf_append(&answer,
			    (struct str){ (const char *)&len, sizeof(len) });
			request->run(request->context,
			    (size_t)(batch.first + i), &answer);
			len = answer.len - sizeof(len);
			memcpy(answer.ptr, &len, sizeof(len));
			if (!write_exactly(answers, answer.ptr, answer.len))
				_exit(EXIT_FAILURE);
		}
	}
	/* No exit handlers: they belong to the parent. */
	_exit(EXIT_SUCCESS);
}

/* -- in the parent ---------------------------------------------------------- */

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
		struct str why = str_from(strerror(errno));

		close_pipe(requests);
		close_pipe(answers);
		return diag_report(pool->diags, ((struct mark){ .line = 0 }),
		    DIAG_NO_PROCESS, why);
	}
	(void)close(requests[0]);
	(void)close(answers[1]);
	worker->pid = pid;
	worker->requests = requests[1];
	worker->answers = answers[0];
	worker->batch.count = 0;
	worker->was_killed = false;
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
		/* A large answer must not stay in every place of the ring. */
		if (w->answer.capacity > 64 * 1024)
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

		if (worker->pid == 0 || worker->batch.count > 0 ||
		    !next_batch(pool, &worker->batch))
			continue;
		worker->next = worker->batch.first;
		(void)clock_gettime(CLOCK_MONOTONIC, &worker->since);
		/* A dead worker shows when its answers are read. */
		(void)write_exactly(worker->requests, &worker->batch,
		    sizeof(worker->batch));
	}
}

/* Takes the whole answers out of what was received. */
static void split_answers(struct pool *pool, struct worker *worker)
{
	struct str rest = buf_str(&worker->received);
	size_t consumed;
	uint64_t len;

	while (rest.len >= sizeof(len)) {
		memcpy(&len, rest.ptr, sizeof(len));
		if (len > rest.len - sizeof(len))
			break;
		keep_answer(pool, worker->next++, WORKER_DONE,
		    str_slice(rest, sizeof(len), sizeof(len) + (size_t)len));
		rest = str_slice(rest, sizeof(len) + (size_t)len, rest.len);
		(void)clock_gettime(CLOCK_MONOTONIC, &worker->since);
	}
	consumed = worker->received.len - rest.len;
	if (consumed > 0) {
		memmove(worker->received.ptr,
		    worker->received.ptr + consumed, rest.len);
		buf_truncate(&worker->received, rest.len);
	}
	if (worker->batch.count > 0 &&
	    worker->next == worker->batch.first + worker->batch.count)
		worker->batch.count = 0;
}

static enum worker_outcome outcome_of(const struct worker *worker, int status)
{
	if (worker->was_killed)
		return WORKER_HUNG;
	/* 3 is what out_of_memory() leaves with. */
	if (WIFEXITED(status) && WEXITSTATUS(status) == 3)
		return WORKER_STARVED;
	return WORKER_CRASHED;
}

/* The worker is gone: its job is lost, the rest of its batch goes back. */
static bool bury(struct pool *pool, struct worker *worker)
{
	struct batch *rest;
	uint64_t end = worker->batch.first + worker->batch.count;
	int status = 0;

	(void)close(worker->requests);
	(void)close(worker->answers);
	while (waitpid(worker->pid, &status, 0) < 0 && errno == EINTR)
		continue;
	worker->pid = 0;
	if (worker->batch.count == 0)
		return diag_report(pool->diags, ((struct mark){ .line = 0 }),
		    DIAG_NO_PROCESS, STR("a worker could not begin"));
	if (worker->next + 1 < end) {
		rest = vec_push(&pool->returned);
		rest->first = worker->next + 1;
		rest->count = end - rest->first;
	}
	worker->batch.count = 0;
	keep_answer(pool, worker->next, outcome_of(worker, status), STR_NONE);
	return pool->next_taken == pool->request->jobs ||
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
	unsigned limit = pool->request->seconds > 0 ? pool->request->seconds :
	    DEFAULT_JOB_SECONDS;
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	for (size_t i = 0; i < pool->count; i++) {
		struct worker *worker = &pool->workers[i];

		if (worker->pid == 0 || worker->batch.count == 0 ||
		    worker->was_killed ||
		    now.tv_sec - worker->since.tv_sec <= (time_t)limit)
			continue;
		worker->was_killed = true;
		(void)kill(worker->pid, SIGKILL);
	}
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
		return diag_report(pool->diags, ((struct mark){ .line = 0 }),
		    DIAG_NO_PROCESS, str_from(strerror(errno)));
	for (size_t i = 0; ok && i < pool->count; i++)
		if (polls[i].fd >= 0 && polls[i].revents != 0)
			ok = receive(pool, &pool->workers[i]);
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
}

static void close_pool(struct pool *pool)
{
	for (size_t i = 0; i < pool->count; i++) {
		struct worker *worker = &pool->workers[i];

		if (worker->pid != 0) {
			(void)close(worker->requests);
			(void)close(worker->answers);
			/* After a failure it may be busy with what nobody
			 * waits for. */
			if (worker->batch.count > 0)
				(void)kill(worker->pid, SIGKILL);
			while (waitpid(worker->pid, NULL, 0) < 0 &&
			       errno == EINTR)
				continue;
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
