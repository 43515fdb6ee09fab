/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a key, an armoured signature, base64, the note of a receipt:
 * what is taken out stands within them, and base64 writes back what it read.
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <git2.h>

#include "base/arena.h"
#include "base/base64.h"
#include "base/vec.h"
#include "source/receipt.h"
#include "source/signature.h"
#include "source/signature_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_keys(struct arena *arena, struct str text)
{
	struct signing_key key;
	struct str fingerprint;

	if (!signing_key_parse(arena, text, &key))
		return;
	assert(key.bytes.len > 0);
	fingerprint = signing_key_fingerprint(arena, &key);
	assert((key.kind == KEY_PGP) == (fingerprint.len == 0));
	if (key.kind == KEY_PGP)
		return;
	/* A fingerprint is a key too, and its own. */
	if (!signing_key_parse(arena, fingerprint, &key))
		assert(!"a fingerprint is no key");
	assert(key.kind == KEY_SSH_FINGERPRINT);
	assert(str_eq(signing_key_fingerprint(arena, &key), fingerprint));
}

static void check_armour(struct arena *arena, struct str text)
{
	struct str key = STR_NONE, bytes = STR_NONE, part = STR_NONE;

	if (ssh_signature_key(arena, text, &key))
		assert(key.len > 0 && key.len < text.len);
	if (armour_open(arena, text, STR("PGP SIGNATURE"), &bytes))
		assert(bytes.len > 0 && bytes.len < text.len);
	if (armour_open(arena, text, STR("SSH SIGNATURE"), &bytes))
		while (ssh_take(&bytes, &part))
			(void)ssh_is_key_kind(part);
	bytes = text;
	while (ssh_take(&bytes, &part))
		assert(part.len + bytes.len <= text.len);
}

static void check_base64(struct arena *arena, struct str text)
{
	struct str bytes = STR_NONE, back = STR_NONE, written;

	if (base64_decode(arena, text, &bytes)) {
		written = base64_encode(arena, bytes);
		if (!base64_decode(arena, written, &back))
			assert(!"what was written does not read");
		assert(str_eq(bytes, back) && written.len <= text.len);
	}
	if (!base64_decode(arena, base64_encode(arena, text), &back))
		assert(!"bytes do not come back");
	assert(str_eq(back, text));
}

static bool is_within(struct str part, struct str whole)
{
	return part.len == 0 || (part.ptr >= whole.ptr &&
	    part.ptr + part.len <= whole.ptr + whole.len);
}

static void check_receipts(struct str note)
{
	static const unsigned char commit[OBJECT_SIZE] = { 0x12, 0x34 };
	struct vec receipts;

	vec_init(&receipts, sizeof(struct receipt));
	if (receipt_parse(note, &receipts)) {
		assert(receipts.count > 0);
		for (size_t i = 0; i < receipts.count; i++) {
			const struct receipt *one = vec_at(&receipts, i);

			assert(is_within(one->text, note));
			assert(is_within(one->signature, note));
			assert(is_within(one->commits, one->text));
			assert(one->account.len == 0 ||
			    receipt_account_is_plain(one->account));
			(void)receipt_names(one, commit);
		}
	}
	vec_dispose(&receipts);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str bytes = { (const char *)data, size };
	static int ready;
	struct arena arena;

	/* libgit2 reads ids, and notes what is wrong with one. */
	if (ready == 0)
		ready = git_libgit2_init();
	if (ready <= 0)
		abort();
	arena_init(&arena);
	check_keys(&arena, bytes);
	check_armour(&arena, bytes);
	check_base64(&arena, bytes);
	check_receipts(bytes);
	arena_dispose(&arena);
	return 0;
}
