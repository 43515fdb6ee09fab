/* SPDX-License-Identifier: MIT */
#include "base/arena.h"

#include "base/diag.h"

#include <signal.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>

/*
 * Chunks double: an arena for one name stays small, and that of a worker comes
 * to hold a whole job in one chunk, which the next job uses again.
 */
enum { CHUNK_FIRST = 4 * 1024, CHUNK_MOST = 1024 * 1024 };

struct arena_chunk {
	struct arena_chunk *older;
	size_t size, used;
	alignas(max_align_t) unsigned char bytes[];
};

/* A worker dies with its parent, and its sandbox lets it not even ask. Of its
 * end the parent tells, or does the job again. */
static bool is_worker(void)
{
	int signal = 0;

	return prctl(PR_GET_PDEATHSIG, &signal) != 0 || signal == SIGKILL;
}

_Noreturn void out_of_memory(size_t wanted)
{
	static const char *const severities[] = { [LANG_ZH] = "故障",
		[LANG_EN] = "fatal" };
	const struct diag_info *info = diag_info(DIAG_OUT_OF_MEMORY);

	/* Whose language it is to be is not known here. */
	for (size_t lang = 0; lang < LANG_COUNT && !is_worker(); lang++)
		fprintf(stderr, "%s[%.*s]: %.*s (%zu)\n  %.*s\n",
		    severities[lang], STR_ARG(info->id),
		    STR_ARG(info->message[lang]), wanted,
		    STR_ARG(info->hint[lang]));
	exit(3);
}

void arena_init(struct arena *arena)
{
	arena->chunk = NULL;
}

void arena_dispose(struct arena *arena)
{
	while (arena->chunk != NULL) {
		struct arena_chunk *older = arena->chunk->older;

		free(arena->chunk);
		arena->chunk = older;
	}
}

void arena_reset(struct arena *arena)
{
	struct arena_chunk *kept = arena->chunk;

	if (kept == NULL)
		return;
	arena->chunk = kept->older;
	arena_dispose(arena);
#ifdef ARENA_SPLIT
	free(kept);
#else
	if (kept->size > CHUNK_MOST) {
		free(kept);
		return;
	}
	kept->older = NULL;
	kept->used = 0;
	arena->chunk = kept;
#endif
}

static struct arena_chunk *add_chunk(struct arena *arena, size_t size)
{
	struct arena_chunk *chunk;

	if (size > SIZE_MAX - sizeof(*chunk))
		out_of_memory(size);
	chunk = malloc(sizeof(*chunk) + size);
	if (chunk == NULL)
		out_of_memory(size);
	chunk->older = arena->chunk;
	chunk->size = size;
	chunk->used = 0;
	arena->chunk = chunk;
	return chunk;
}

#ifdef ARENA_SPLIT
void *arena_alloc(struct arena *arena, size_t size)
{
	struct arena_chunk *chunk = add_chunk(arena, size);

	chunk->used = size;
	return memset(chunk->bytes, 0, size);
}
#else
static size_t next_size(const struct arena_chunk *newest)
{
	if (newest == NULL)
		return CHUNK_FIRST;
	return newest->size < CHUNK_MOST / 2 ? newest->size * 2 : CHUNK_MOST;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	const size_t align = alignof(max_align_t);
	struct arena_chunk *chunk = arena->chunk;
	size_t rounded, usual;
	void *piece;

	if (size > SIZE_MAX - align)
		out_of_memory(size);
	rounded = (size + align - 1) / align * align;
	if (chunk == NULL || chunk->size - chunk->used < rounded) {
		usual = next_size(chunk);
		chunk = add_chunk(arena, rounded > usual ? rounded : usual);
	}
	piece = chunk->bytes + chunk->used;
	chunk->used += rounded;
	return memset(piece, 0, size);
}
#endif

void *arena_array(struct arena *arena, size_t count, size_t size)
{
	if (size != 0 && count > SIZE_MAX / size)
		out_of_memory(SIZE_MAX);
	return arena_alloc(arena, count * size);
}

size_t arena_used(const struct arena *arena)
{
	size_t used = 0;

	for (const struct arena_chunk *c = arena->chunk; c; c = c->older)
		used += c->used;
	return used;
}
