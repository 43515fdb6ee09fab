/* SPDX-License-Identifier: MIT */
/*
 * Numbered jobs, done by forked processes. What the parent has loaded (schemas,
 * rules, templates) is simply there in each worker after the fork; what it
 * opens itself (a repository, a database) it opens in `begin`. Answers go back
 * as bytes, and the parent takes them in the order of the jobs' numbers, so the
 * result is the same with one worker and with eight.
 *
 * Why processes: strangers' input is parsed in one that may die, and cmark-gfm
 * changes global tables while it parses, so threads would give wrong pages. A
 * worker that crashes, takes too long or needs too much memory costs the job it
 * was at, and nothing else: another worker goes on with the next one. One that
 * is taken over stands in a sandbox (base/sandbox.h).
 */
#ifndef BASE_WORKERS_H
#define BASE_WORKERS_H

#include "base/sandbox.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;
struct diag_list;

enum worker_outcome {
	WORKER_DONE,
	WORKER_CRASHED,		/* by a signal, or it left without an answer */
	WORKER_HUNG,		/* the job took longer than allowed */
	WORKER_STARVED		/* the job needed more memory than allowed */
};

struct workers_request {
	size_t jobs;		/* numbered from 0 */
	size_t processes;	/* 0: one per processor */
	unsigned seconds;	/* a job may take; 0: DEFAULT_JOB_SECONDS */
	size_t memory;		/* bytes a worker may add; 0: default */
	uint64_t largest_file;	/* bytes it may write to one file; 0:
				 * DEFAULT_LARGEST_FILE */
	enum sandbox_leave leave;	/* after `begin`; zero: to read */
	/* Descriptors of the folders below which SANDBOX_WRITE writes; 0 or
	 * less: none. */
	int written[SANDBOX_FOLDERS];
	void *context;		/* handed to all that follow */
	/* In each worker, before its first job; may be NULL. */
	bool (*begin)(void *context);
	/* In a worker: does the job and appends its answer. */
	void (*run)(void *context, size_t job, struct buf *answer);
	/* In the parent, once for each job, in order. */
	void (*take)(void *context, size_t job, enum worker_outcome outcome,
	    struct str answer);
};

enum { DEFAULT_JOB_SECONDS = 20 };
/* Of a job that has to do with one record; and with all of them. */
#define DEFAULT_LARGEST_FILE ((uint64_t)256 * 1024 * 1024)
#define LARGEST_FILE_OF_ALL ((uint64_t)1 << 36)

/*
 * Runs all jobs and returns when the last answer was taken. False with a
 * diagnostic only when the machine gives no process or pipe; a failing job is
 * reported to `take`.
 */
bool workers_run(const struct workers_request *request,
    struct diag_list *diags);

/* Processors this process may use, at least 1. */
size_t workers_default(void);

/* The diagnostic of a lost job on `path`; always false. */
bool worker_report(enum worker_outcome outcome, struct str path,
    struct diag_list *diags);

#endif
