/* SPDX-License-Identifier: MIT */
#include "commands/signers.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/reader.h"
#include "base/vec.h"
#include "commands/command.h"
#include "site/manifest.h"
#include "source/signature.h"

#include <stdio.h>

/* A key, or as ssh-keygen's allowed_signers have it: who, and then a key. */
static bool parse_line(struct arena *arena, struct str line,
    struct signing_key *key)
{
	line = str_trim(line);
	if (line.len == 0 || line.ptr[0] == '#')
		return false;
	if (signing_key_parse(arena, line, key))
		return true;
	(void)str_cut(&line, ' ');
	return signing_key_parse(arena, line, key);
}

static bool read_keys(struct arena *arena, struct str path,
    struct vec *keys, struct diag_list *diags)
{
	struct signing_key key;
	struct str text;

	if (!file_read(arena, path, &text, diags))
		return false;
	while (text.len > 0)
		if (parse_line(arena, str_cut(&text, '\n'), &key))
			*(struct signing_key *)vec_push(keys) = key;
	return keys->count > 0 || diag_report(diags,
	    ((struct mark){ .path = path }), DIAG_NO_SIGNERS, path);
}

static bool judge(const struct invocation *invocation,
    const struct signature_verdict *verdict, struct diag_list *diags)
{
	static const struct text good = TEXT("签名：有效，公钥 %.*s\n",
	    "signature: good, by the key %.*s\n");
	const struct mark mark = { .path = MANIFEST_SIGNATURE };

	switch (verdict->state) {
	case SIGNATURE_GOOD:
		printf(invocation_text(invocation, &good),
		    STR_ARG(verdict->fingerprint));
		return true;
	case SIGNATURE_NONE:
		return diag_report(diags, mark, DIAG_MANIFEST_UNSIGNED);
	case SIGNATURE_UNKNOWN_KEY:
		return diag_report(diags, mark, DIAG_MANIFEST_BY_ANOTHER_KEY,
		    verdict->fingerprint);
	case SIGNATURE_UNVERIFIED:
		return diag_report(diags, mark, DIAG_NO_SSH_KEYGEN);
	case SIGNATURE_BAD:
	case SIGNATURE_UNREADABLE:
		break;
	}
	return diag_report(diags, mark, DIAG_MANIFEST_SIGNATURE_WRONG);
}

bool signers_check(const struct invocation *invocation,
    const struct folder *site, struct str sums, struct diag_list *diags)
{
	const struct reader reader = folder_reader(site);
	struct str path = invocation_value(invocation, "signers");
	struct str signature = STR_NONE;
	struct signature_verdict verdict;
	struct keyring *keyring;
	struct vec keys;
	bool ok;

	if (path.ptr == NULL)
		return true;
	vec_init(&keys, sizeof(struct signing_key));
	(void)!reader.read(reader.context, MANIFEST_SIGNATURE,
	    invocation->arena, &signature, diags);
	ok = read_keys(invocation->arena, path, &keys, diags);
	keyring = ok ? keyring_open(invocation->arena, keys.items, keys.count,
	    MANIFEST_SPACE, diags) : NULL;
	ok = keyring != NULL && keyring_verify(keyring, sums, signature,
	    invocation->arena, &verdict, diags) &&
	    judge(invocation, &verdict, diags);
	if (keyring != NULL)
		keyring_close(keyring);
	vec_dispose(&keys);
	return ok;
}
