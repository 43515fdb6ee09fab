/* SPDX-License-Identifier: MIT */
/*
 * Whether a kept catalogue is still what was written. SQLite finds a page that
 * is out of shape, but not a letter that has become another one; and a verdict
 * must not rest on that. So a sum of all bytes stands beside the file. It is
 * against damage, not against people: whoever may write there may do anything.
 */
#include "base/arena.h"
#include "base/path.h"
#include "catalogue/internal.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PIECE = 256 * 1024, SUM_SIZE = 17 };

#define SUM_NAME "catalogue.sum"

/* Eight bytes at a time: it is read on the way to every proposal. */
static uint64_t add(uint64_t sum, const unsigned char *bytes, size_t size)
{
	uint64_t word = 0;

	for (; size >= sizeof(word); size -= sizeof(word)) {
		memcpy(&word, bytes, sizeof(word));
		sum = (sum ^ word) * UINT64_C(0x9e3779b97f4a7c15);
		sum ^= sum >> 32;
		bytes += sizeof(word);
	}
	word = size;
	memcpy(&word, bytes, size);
	sum = (sum ^ word ^ (uint64_t)size << 56) *
	    UINT64_C(0x9e3779b97f4a7c15);
	return sum ^ sum >> 32;
}

/* False when it cannot be read. */
static bool work_out(struct arena *arena, struct str path, char sum[SUM_SIZE])
{
	int file = open(str_cstr(arena, path), O_RDONLY | O_CLOEXEC);
	unsigned char *piece = arena_alloc(arena, PIECE);
	uint64_t all = 0;
	ssize_t got = -1;
	size_t len = 0;

	while (file >= 0 && (got = read(file, piece + len, PIECE - len)) > 0) {
		len += (size_t)got;
		if (len < PIECE)
			continue;
		all = add(all, piece, len);
		len = 0;
	}
	if (file >= 0)
		(void)close(file);
	(void)snprintf(sum, SUM_SIZE, "%016" PRIx64, add(all, piece, len));
	return got == 0;
}

static struct str sum_path(struct arena *arena, struct str path)
{
	return path_join(arena, path_folder(path), STR(SUM_NAME));
}

void catalogue_seal(struct arena *arena, struct str path, struct str final)
{
	struct str at = sum_path(arena, final), new = sum_path(arena, path);
	char sum[SUM_SIZE];
	int file;
	bool ok;

	/* One without a sum is not used, one with the other's neither. */
	(void)unlink(str_cstr(arena, at));
	if (!work_out(arena, path, sum) || rename(str_cstr(arena, path),
	    str_cstr(arena, final)) != 0)
		return;
	file = open(str_cstr(arena, new), O_WRONLY | O_CREAT | O_TRUNC |
	    O_CLOEXEC, 0666);
	if (file < 0)
		return;
	ok = write(file, sum, SUM_SIZE - 1) == SUM_SIZE - 1;
	ok = close(file) == 0 && ok;
	if (ok)
		(void)!rename(str_cstr(arena, new), str_cstr(arena, at));
}

int catalogue_is_sealed(struct arena *arena, struct str path)
{
	char sum[SUM_SIZE], told[SUM_SIZE] = "";
	int file = open(str_cstr(arena, sum_path(arena, path)),
	    O_RDONLY | O_CLOEXEC);
	ssize_t got = -1;

	if (file >= 0) {
		got = read(file, told, sizeof(told));
		(void)close(file);
	}
	if (file < 0)
		return 0;
	return got == SUM_SIZE - 1 && work_out(arena, path, sum) &&
	    memcmp(sum, told, SUM_SIZE - 1) == 0 ? 1 : -1;
}
