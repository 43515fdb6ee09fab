/* SPDX-License-Identifier: MIT */
/*
 * What happens inside a worker, and how it and its parent talk: the parent
 * writes batches of job numbers into one pipe, the worker writes into another
 * that it has begun, then each job's answer after its length in 64 bits. Only
 * workers.c includes this.
 */
#ifndef BASE_WORKER_PROCESS_H
#define BASE_WORKER_PROCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct workers_request;

/* The first a worker says. One that dies before could not begin, and no other
 * could. */
#define WORKER_BEGUN UINT64_C(0x6265677665726b)

/* What the parent asks: do jobs first to first + count - 1. */
struct batch {
	uint64_t first, count;
};

/* Answers requests until there are no more; never returns. */
_Noreturn void worker_main(const struct workers_request *request,
    int requests, int answers);

/* Writes all of it; false when the other end is gone. */
bool worker_write(int descriptor, const void *from, size_t size);

#endif
