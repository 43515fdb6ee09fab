/* SPDX-License-Identifier: MIT */
#include "source/receipt.h"

#include "../memory.h"
#include "source/signature.h"

#define ONE "1111111111111111111111111111111111111111"
#define TWO "2222222222222222222222222222222222222222"
#define FIRST "received 2026-06-01T10:00:00+08:00 refs/heads/side officer\n" \
	"commit " ONE "\ncommit " TWO "\n"
#define SECOND "received 2026-06-02T10:00:00+08:00 refs/heads/main\n" \
	"commit " ONE "\n"
#define SIGNATURE "-----BEGIN SSH SIGNATURE-----\nU1NI\n" \
	"-----END SSH SIGNATURE-----\n"

static void test_receipt_parse__takes_a_note_apart(void **state)
{
	unsigned char id[OBJECT_SIZE];
	const struct receipt *receipt;
	struct vec receipts;

	(void)state;
	vec_init(&receipts, sizeof(struct receipt));
	assert_true(receipt_parse(STR(FIRST SIGNATURE "\n" SECOND),
	    &receipts));
	assert_int_equal(receipts.count, 2);
	receipt = vec_at(&receipts, 0);
	assert_true(str_eq(receipt->ref, STR("refs/heads/side")));
	assert_true(str_eq(receipt->account, STR("officer")));
	assert_true(str_eq(receipt->text, STR(FIRST)));
	assert_true(str_starts(receipt->signature, STR("-----BEGIN")));
	memset(id, 0x22, sizeof(id));
	assert_true(receipt_names(receipt, id));
	receipt = vec_at(&receipts, 1);
	assert_false(receipt_names(receipt, id));
	assert_int_equal(receipt->account.len, 0);
	assert_int_equal(receipt->signature.len, 0);
	vec_dispose(&receipts);
}

static void test_receipt_parse__refuses_everything_else(void **state)
{
	static const char *const notes[] = { "", "\n", "received\n",
		"received 2026-06-01 refs/heads/main\ncommit " ONE "\n",
		"received 2026-06-01T10:00:00+08:00 main\ncommit " ONE "\n",
		"received 2026-06-01T10:00:00+08:00 refs/heads/main\n",
		"received 2026-06-01T10:00:00+08:00 refs/heads/main a b\n"
		    "commit " ONE "\n",
		"received 2026-06-01T10:00:00+08:00 refs/heads/main\n"
		    "commit 1111\n",
		SECOND "more\n", SECOND "-----BEGIN SSH SIGNATURE-----\n",
		SECOND SIGNATURE "more\n", SECOND "\n" SIGNATURE };
	struct vec receipts;

	(void)state;
	vec_init(&receipts, sizeof(struct receipt));
	for (size_t i = 0; i < sizeof(notes) / sizeof(*notes); i++)
		assert_false(receipt_parse(str_from(notes[i]), &receipts));
	vec_dispose(&receipts);
}

/* Nothing that would read as something else in a note, a message, a shell. */
static void test_receipt_account__is_plain(void **state)
{
	(void)state;
	assert_true(receipt_account_is_plain(STR("a.b-c_d+e@example.org")));
	assert_false(receipt_account_is_plain(STR("")));
	assert_false(receipt_account_is_plain(STR("a b")));
	assert_false(receipt_account_is_plain(STR("a\ncommit")));
	assert_false(receipt_account_is_plain(STR("甲")));
	assert_false(receipt_account_is_plain((struct str){ "a\0b", 3 }));
}

#define KEY "AAAAC3NzaC1lZDI1NTE5AAAAIKKCvTYt9e5dvhOX7Hfn5S8QrzUqPpDW" \
	"bVaeCjDQNOyE"

static void test_signing_key_parse__takes_keys_alone(void **state)
{
	static const char *const wrong[] = { "", "ssh-ed25519",
		"ssh-rsa " KEY, "ssh-ed25519 AAAA",
		"cert-authority ssh-ed25519 " KEY, "SHA256:abc",
		"namespaces=\"git\" ssh-ed25519 " KEY,
		"-----BEGIN PGP PUBLIC KEY BLOCK-----",
		"-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n"
		    "-----END OPENSSH PRIVATE KEY-----" };
	struct signing_key key, print;
	struct fixture f;

	(void)state;
	fixture_init(&f, NULL);
	assert_true(signing_key_parse(&f.arena,
	    STR(" ssh-ed25519 " KEY " an officer\n"), &key));
	assert_int_equal(key.kind, KEY_SSH);
	assert_true(signing_key_parse(&f.arena,
	    signing_key_fingerprint(&f.arena, &key), &print));
	assert_int_equal(print.kind, KEY_SSH_FINGERPRINT);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		assert_false(signing_key_parse(&f.arena, str_from(wrong[i]),
		    &key));
	fixture_dispose(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_receipt_parse__takes_a_note_apart),
		cmocka_unit_test(test_receipt_parse__refuses_everything_else),
		cmocka_unit_test(test_receipt_account__is_plain),
		cmocka_unit_test(test_signing_key_parse__takes_keys_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
