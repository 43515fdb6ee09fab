/* SPDX-License-Identifier: MIT */
/*
 * Hashes of two kinds: a fast one for tables, and SHA-256 (FIPS 180-4) for
 * what is written down (digests of pages, of what a review was given for).
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/str.h"

#include <stddef.h>
#include <stdint.h>

/* FNV-1a, 64 bits, mixed; the same on every machine. */
uint64_t hash_bytes(struct str bytes);

enum { SHA256_SIZE = 32, SHA256_HEX_SIZE = 65 };

struct sha256 {
	uint64_t length;	/* bytes added so far */
	uint64_t context[16];	/* of the library */
};

void sha256_init(struct sha256 *sha);
void sha256_add(struct sha256 *sha, struct str bytes);
void sha256_finish(struct sha256 *sha, unsigned char digest[SHA256_SIZE]);
/* Digest of `bytes` as 64 lower-case hexadecimal digits and a NUL. */
void sha256_hex(struct str bytes, char hex[SHA256_HEX_SIZE]);

#endif
