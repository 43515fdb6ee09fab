/* SPDX-License-Identifier: MIT */
/*
 * An arena hands out memory that dies together. Every piece of data lives in
 * one named for its lifetime: `run` (settings, schemas, templates), `batch`
 * (the records at hand), `scratch` (one job, then emptied). Nothing taken from
 * an arena is ever freed by itself.
 *
 * Running out of memory ends the process: no caller
 * pretends otherwise. Compiled with ARENA_SPLIT every piece comes from malloc
 * of its own, so that AddressSanitizer still sees one byte past the end.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena_chunk;

struct arena {
	struct arena_chunk *chunk;	/* the newest; older ones hang off it */
};

/* An empty arena; costs nothing until the first piece is taken. */
void arena_init(struct arena *arena);

/* Gives everything back; the arena may be used again. */
void arena_dispose(struct arena *arena);

/* Forgets every piece but keeps one chunk, for the next job of a worker. */
void arena_reset(struct arena *arena);

/* `size` zeroed bytes aligned for any type; never NULL. */
void *arena_alloc(struct arena *arena, size_t size);

/* Room for `count` items of `size` bytes, zeroed; the product is checked. */
void *arena_array(struct arena *arena, size_t count, size_t size);

/* Bytes handed out since the last reset, for limits and reports. */
size_t arena_used(const struct arena *arena);

/* Ends the process with a message and status 3: the answer to exhaustion. */
_Noreturn void out_of_memory(size_t wanted);

#endif
