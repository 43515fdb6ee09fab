/* SPDX-License-Identifier: MIT */
#include "base/worker_process.h"

#include "base/buf.h"
#include "base/sandbox.h"
#include "base/workers.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#define DEFAULT_MEMORY ((size_t)1024 * 1024 * 1024)

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

bool worker_write(int descriptor, const void *from, size_t size)
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
	char line[128];
	FILE *statm = fopen("/proc/self/statm", "re");

	if (statm != NULL) {
		if (fgets(line, sizeof(line), statm) != NULL)
			pages = strtoul(line, NULL, 10);
		(void)fclose(statm);
	}
	limit.rlim_cur = limit.rlim_max = (rlim_t)memory +
	    (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE);
	(void)setrlimit(RLIMIT_AS, &limit);
#else
	(void)memory;
#endif
}

/* Dies with its parent, and Ctrl-C is the parent's to answer. */
static void prepare(const struct workers_request *request)
{
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	(void)signal(SIGINT, SIG_IGN);
	if (!sandbox_close_written())
		_exit(EXIT_FAILURE);
	limit_memory(request->memory > 0 ? request->memory : DEFAULT_MEMORY);
}

/*
 * The parent kills a worker that takes too long over a job; the kernel does it
 * when the parent itself is stopped.
 */
static void limit_time(const struct workers_request *request, rlim_t *last)
{
	struct rusage used;
	struct rlimit limit;
	rlim_t wanted;

	if (getrusage(RUSAGE_SELF, &used) != 0)
		return;
	wanted = (rlim_t)used.ru_utime.tv_sec +
	    (rlim_t)used.ru_stime.tv_sec + 2 + (request->seconds > 0 ?
	    request->seconds : DEFAULT_JOB_SECONDS);
	/* Counted in seconds, it is the same for most jobs. */
	if (wanted == *last || getrlimit(RLIMIT_CPU, &limit) != 0)
		return;
	*last = wanted;
	limit.rlim_cur = wanted;
	if (limit.rlim_cur < limit.rlim_max)
		(void)setrlimit(RLIMIT_CPU, &limit);
}

_Noreturn void worker_main(const struct workers_request *request,
    int requests, int answers)
{
	const uint64_t first = WORKER_BEGUN;
	rlim_t seconds = 0;
	struct batch batch;
	struct buf answer;

	prepare(request);
	if (request->begin != NULL && !request->begin(request->context))
		_exit(EXIT_FAILURE);
	if (!sandbox_enter(request->leave, request->written,
	    request->largest_file > 0 ? request->largest_file :
	    DEFAULT_LARGEST_FILE))
		_exit(EXIT_FAILURE);
	if (!worker_write(answers, &first, sizeof(first)))
		_exit(EXIT_FAILURE);
	buf_init(&answer);
	while (read_exactly(requests, &batch, sizeof(batch))) {
		for (uint64_t i = 0; i < batch.count; i++) {
			uint64_t len = 0;

			limit_time(request, &seconds);
			buf_clear(&answer);
			buf_append(&answer,
			    (struct str){ (const char *)&len, sizeof(len) });
			request->run(request->context,
			    (size_t)(batch.first + i), &answer);
			len = answer.len - sizeof(len);
			memcpy(answer.ptr, &len, sizeof(len));
			if (!worker_write(answers, answer.ptr, answer.len))
				_exit(EXIT_FAILURE);
		}
	}
	/* No exit handlers: they belong to the parent. */
	_exit(EXIT_SUCCESS);
}
