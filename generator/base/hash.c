/* SPDX-License-Identifier: MIT */
#include "base/hash.h"

#include <nettle/sha2.h>

/* It gives its functions the names that ours have. */
#undef sha256_init

uint64_t hash_bytes(struct str bytes)
{
	uint64_t hash = 0xcbf29ce484222325u;

	for (size_t i = 0; i < bytes.len; i++)
		hash = (hash ^ (unsigned char)bytes.ptr[i]) * 0x100000001b3u;
	/* FNV leaves the low bits weak for short keys: fold the high in. */
	return hash ^ (hash >> 32);
}

/* The library's context stands in ours, so that none of its names are seen by
 * others. */
_Static_assert(sizeof(struct sha256_ctx) <=
	sizeof(((struct sha256 *)NULL)->context) &&
	_Alignof(struct sha256_ctx) <= _Alignof(uint64_t),
    "a context of the library fits");

static struct sha256_ctx *context(struct sha256 *sha)
{
	return (void *)sha->context;
}

void sha256_init(struct sha256 *sha)
{
	sha->length = 0;
	nettle_sha256_init(context(sha));
}

void sha256_add(struct sha256 *sha, struct str bytes)
{
	sha->length += bytes.len;
	if (bytes.len > 0)
		nettle_sha256_update(context(sha), bytes.len,
		    (const unsigned char *)bytes.ptr);
}

void sha256_finish(struct sha256 *sha, unsigned char digest[SHA256_SIZE])
{
	nettle_sha256_digest(context(sha), SHA256_SIZE, digest);
}

void sha256_hex(struct str bytes, char hex[SHA256_HEX_SIZE])
{
	static const char digits[] = "0123456789abcdef";
	unsigned char digest[SHA256_SIZE];
	struct sha256 sha;

	sha256_init(&sha);
	sha256_add(&sha, bytes);
	sha256_finish(&sha, digest);
	for (size_t i = 0; i < SHA256_SIZE; i++) {
		hex[2 * i] = digits[digest[i] >> 4];
		hex[2 * i + 1] = digits[digest[i] & 15];
	}
	hex[SHA256_HEX_SIZE - 1] = '\0';
}
