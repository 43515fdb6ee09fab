/* SPDX-License-Identifier: MIT */
#include "base/hash.h"

#include <string.h>

uint64_t hash_bytes(struct str bytes)
{
	uint64_t hash = 0xcbf29ce484222325u;

	for (size_t i = 0; i < bytes.len; i++)
		hash = (hash ^ (unsigned char)bytes.ptr[i]) * 0x100000001b3u;
	/* FNV leaves the low bits weak for short keys: fold the high in. */
	return hash ^ (hash >> 32);
}

/* FIPS 180-4, 4.2.2: the first 32 bits of the cube roots of the primes. */
static const uint32_t round_constants[64] = {
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1,
	0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
	0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
	0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
	0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
	0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
	0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
	0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
	0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
	0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
	0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
};

static uint32_t rotate(uint32_t x, unsigned n)
{
	return (x >> n) | (x << (32 - n));
}

static void expand(const unsigned char *block, uint32_t w[64])
{
	for (size_t i = 0; i < 16; i++)
		w[i] = (uint32_t)block[4 * i] << 24 |
		       (uint32_t)block[4 * i + 1] << 16 |
		       (uint32_t)block[4 * i + 2] << 8 | block[4 * i + 3];
	for (size_t i = 16; i < 64; i++) {
		uint32_t a = w[i - 15], b = w[i - 2];

		w[i] = w[i - 16] + w[i - 7] +
		       (rotate(a, 7) ^ rotate(a, 18) ^ (a >> 3)) +
		       (rotate(b, 17) ^ rotate(b, 19) ^ (b >> 10));
	}
}

/* One round on the state that begins with s[0] at place `at`: instead of moving
 * eight words on, the next round begins one place earlier. */
static inline void turn(uint32_t s[8], size_t at, uint32_t constant)
{
	uint32_t a = s[at], e = s[(at + 4) % 8];
	uint32_t t1 = s[(at + 7) % 8] +
	    (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) +
	    ((e & s[(at + 5) % 8]) ^ (~e & s[(at + 6) % 8])) + constant;
	uint32_t b = s[(at + 1) % 8], c = s[(at + 2) % 8];

	s[(at + 3) % 8] += t1;
	s[(at + 7) % 8] = t1 +
	    (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) +
	    ((a & b) ^ (a & c) ^ (b & c));
}

static void compress(uint32_t state[8], const unsigned char *block)
{
	uint32_t w[64], s[8];

	expand(block, w);
	memcpy(s, state, sizeof(s));
	/* Eight at a time, so that all places are known when it is compiled. */
	for (size_t i = 0; i < 64; i += 8) {
		turn(s, 0, round_constants[i] + w[i]);
		turn(s, 7, round_constants[i + 1] + w[i + 1]);
		turn(s, 6, round_constants[i + 2] + w[i + 2]);
		turn(s, 5, round_constants[i + 3] + w[i + 3]);
		turn(s, 4, round_constants[i + 4] + w[i + 4]);
		turn(s, 3, round_constants[i + 5] + w[i + 5]);
		turn(s, 2, round_constants[i + 6] + w[i + 6]);
		turn(s, 1, round_constants[i + 7] + w[i + 7]);
	}
	for (size_t i = 0; i < 8; i++)
		state[i] += s[i];
}

void sha256_init(struct sha256 *sha)
{
	static const uint32_t start[8] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372,
		0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };

	*sha = (struct sha256){ .length = 0 };
	memcpy(sha->state, start, sizeof(start));
}

void sha256_add(struct sha256 *sha, struct str bytes)
{
	size_t held = (size_t)(sha->length % 64);

	sha->length += bytes.len;
	while (bytes.len > 0) {
		size_t take = 64 - held < bytes.len ? 64 - held : bytes.len;

		memcpy(sha->block + held, bytes.ptr, take);
		bytes.ptr += take;
		bytes.len -= take;
		held += take;
		if (held == 64) {
			compress(sha->state, sha->block);
			held = 0;
		}
	}
}

void sha256_finish(struct sha256 *sha, unsigned char digest[SHA256_SIZE])
{
	static const char padding[64] = { (char)0x80 };
	uint64_t bits = sha->length * 8;
	size_t held = (size_t)(sha->length % 64);
	char length[8];

	for (size_t i = 0; i < 8; i++)
		length[i] = (char)(bits >> (56 - 8 * i));
	sha256_add(sha, (struct str){ padding,
	    held < 56 ? 56 - held : 120 - held });
	sha256_add(sha, (struct str){ length, sizeof(length) });
	for (size_t i = 0; i < SHA256_SIZE; i++)
		digest[i] = (unsigned char)(sha->state[i / 4] >>
		    (24 - 8 * (i % 4)));
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
