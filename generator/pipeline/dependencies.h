/* SPDX-License-Identifier: MIT */
/*
 * What a record's verdict rests on beyond itself, taken down while it is read
 * and judged: see catalogue/resume.h for what becomes of it.
 */
#ifndef PIPELINE_DEPENDENCIES_H
#define PIPELINE_DEPENDENCIES_H

#include "base/str.h"
#include "base/vec.h"
#include "catalogue/resume.h"

#include <stdint.h>

struct buf;
struct catalogue;

struct dependencies {
	struct vec keys;	/* uint64_t */
};

void dependencies_init(struct dependencies *dependencies);
void dependencies_dispose(struct dependencies *dependencies);
void dependencies_clear(struct dependencies *dependencies);

/* `dependencies` NULL: nobody takes it down. */
void dependencies_add(struct dependencies *dependencies,
    enum catalogue_dependency what, struct str name, struct str value);

/* Appends them to a worker's answer, each once, in the same order always. */
void dependencies_pack(struct dependencies *dependencies,
    struct buf *answer);

/* Puts what was packed into the catalogue; `bytes` is cut behind it. */
void dependencies_put(struct catalogue *catalogue, uint32_t number,
    struct str *bytes);

#endif
