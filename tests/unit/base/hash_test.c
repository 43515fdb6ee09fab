/* SPDX-License-Identifier: MIT */
#include "base/hash.h"

#include <string.h>

#include "../memory.h"

/* FIPS 180-4 examples, and the lengths around the padding's edges. */
static void test_sha256__gives_the_published_digests(void **state)
{
	static const struct {
		const char *text, *hex;
	} vectors[] = {
		{ "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b"
		    "7852b855" },
		{ "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410f"
		    "f61f20015ad" },
		{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
		    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd41"
		    "9db06c1" },
		{ "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhij"
		    "klmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
		    "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037"
		    "afee9d1" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
		char hex[SHA256_HEX_SIZE];

		sha256_hex(str_from(vectors[i].text), hex);
		assert_string_equal(hex, vectors[i].hex);
	}
}

static void test_sha256__of_a_million_letters_a(void **state)
{
	static const unsigned char start[] = { 0xcd, 0xc7, 0x6e, 0x5c, 0x99,
		0x14, 0xfb, 0x92, 0x81, 0xa1, 0xc7, 0xe2 };
	unsigned char digest[SHA256_SIZE];
	struct sha256 sha;
	char piece[1000];

	(void)state;
	memset(piece, 'a', sizeof(piece));
	sha256_init(&sha);
	for (int i = 0; i < 1000; i++)
		sha256_add(&sha, (struct str){ piece, sizeof(piece) });
	sha256_finish(&sha, digest);
	assert_memory_equal(digest, start, sizeof(start));
}

static void test_sha256__does_not_depend_on_how_bytes_are_cut(void **state)
{
	char text[200];

	(void)state;
	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = (char)(i * 31);
	for (size_t len = 0; len <= sizeof(text); len++) {
		unsigned char whole[SHA256_SIZE], cut[SHA256_SIZE];
		struct sha256 sha;

		sha256_init(&sha);
		sha256_add(&sha, (struct str){ text, len });
		sha256_finish(&sha, whole);
		sha256_init(&sha);
		for (size_t at = 0; at < len; at += 1 + at % 70)
			sha256_add(&sha, str_slice((struct str){ text, len },
			    at, at + 1 + at % 70));
		sha256_finish(&sha, cut);
		assert_memory_equal(whole, cut, SHA256_SIZE);
	}
}

static void test_hash_bytes__is_the_same_everywhere(void **state)
{
	(void)state;
	assert_true(hash_bytes(STR_NONE) ==
	    (0xcbf29ce484222325u ^ 0xcbf29ce4u));
	assert_true(hash_bytes(STR("a")) != hash_bytes(STR("b")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sha256__gives_the_published_digests),
		cmocka_unit_test(test_sha256__of_a_million_letters_a),
		cmocka_unit_test(
		    test_sha256__does_not_depend_on_how_bytes_are_cut),
		cmocka_unit_test(test_hash_bytes__is_the_same_everywhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
