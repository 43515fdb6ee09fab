/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a compressed copy: whatever length comes out is the least limit
 * within which the same comes out, and with one byte behind it nothing does.
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/hash.h"
#include "compress/decoding.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LIMIT = 1024 * 1024 };

static bool decode(enum coding coding, int file, uint64_t limit,
    uint64_t *length, unsigned char digest[SHA256_SIZE])
{
	struct sha256 sha;

	if (lseek(file, 0, SEEK_SET) != 0 ||
	    !decoding_digest(coding, file, limit, &sha))
		return false;
	*length = sha.length;
	assert(*length <= limit);
	sha256_finish(&sha, digest);
	return true;
}

static void check(enum coding coding, int file, size_t size)
{
	unsigned char first[SHA256_SIZE], again[SHA256_SIZE];
	uint64_t length, same;

	if (!decode(coding, file, LIMIT, &length, first))
		return;
	if (!decode(coding, file, length, &same, again))
		assert(!"what is as long as the limit is within it");
	assert(same == length && memcmp(first, again, SHA256_SIZE) == 0);
	if (length > 0)
		assert(!decode(coding, file, length - 1, &same, again));
	if (pwrite(file, "x", 1, (off_t)size) == 1)
		assert(!decode(coding, file, LIMIT, &same, again));
	if (ftruncate(file, (off_t)size) != 0)
		assert(!"the byte can be taken away");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int file = memfd_create("copy", MFD_CLOEXEC);

	assert(file >= 0);
	assert(write(file, data, size) == (ssize_t)size);
	for (int i = 0; i < CODING_COUNT; i++)
		check((enum coding)i, file, size);
	(void)close(file);
	return 0;
}
