/* SPDX-License-Identifier: MIT */
#include "source/signature.h"

#include "base/arena.h"
#include "base/base64.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/path.h"
#include "base/process.h"
#include "base/reason.h"
#include "source/signature_text.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

struct keyring {
	const struct signing_key *keys;
	size_t count;
	struct str space;
	struct str path;	/* of the private folder */
	struct folder folder;
};

/* -- keys ----------------------------------------------------------------- */

static struct str fingerprint_of(struct arena *arena, struct str key)
{
	struct sha256 sha;
	unsigned char digest[SHA256_SIZE];
	struct str text;

	sha256_init(&sha);
	sha256_add(&sha, key);
	sha256_finish(&sha, digest);
	text = base64_encode(arena, (struct str){ (const char *)digest,
	    sizeof(digest) });
	/* OpenSSH leaves the padding out. */
	return str_join(arena, STR("SHA256:"),
	    str_slice(text, 0, str_find_char(text, '=', 0)));
}

static bool is_fingerprint(struct arena *arena, struct str text)
{
	struct str digits = str_slice(text, 7, text.len), bytes;

	return str_starts(text, STR("SHA256:")) && base64_decode(arena,
	    str_join(arena, digits, STR("=")), &bytes) &&
	    bytes.len == SHA256_SIZE;
}

/* "ssh-ed25519 AAAA… remark": the kind stands in the key once more. */
static bool parse_ssh(struct arena *arena, struct str text,
    struct signing_key *key)
{
	struct str kind = str_cut(&text, ' '), bytes, rest, inner;
	struct str digits = str_cut(&text, ' ');

	if (!base64_decode(arena, digits, &bytes))
		return false;
	rest = bytes;
	if (!ssh_take(&rest, &inner) || !str_eq(inner, kind) ||
	    rest.len == 0 || !ssh_is_key_kind(kind))
		return false;
	*key = (struct signing_key){ KEY_SSH, bytes };
	return true;
}

bool signing_key_parse(struct arena *arena, struct str text,
    struct signing_key *key)
{
	struct str bytes;

	text = str_trim(text);
	if (is_fingerprint(arena, text)) {
		*key = (struct signing_key){ KEY_SSH_FINGERPRINT, text };
		return true;
	}
	if (armour_open(arena, text, STR("PGP PUBLIC KEY BLOCK"), &bytes)) {
		*key = (struct signing_key){ KEY_PGP, bytes };
		return true;
	}
	return parse_ssh(arena, text, key);
}

struct str signing_key_fingerprint(struct arena *arena,
    const struct signing_key *key)
{
	switch (key->kind) {
	case KEY_SSH:
		return fingerprint_of(arena, key->bytes);
	case KEY_SSH_FINGERPRINT:
		return key->bytes;
	case KEY_PGP:
		break;
	}
	return STR_NONE;
}

/* -- the ring ------------------------------------------------------------- */

static struct str temporary_folder(struct arena *arena)
{
	const char *set = getenv("TMPDIR");
	char *path = str_cstr(arena, path_join(arena,
	    str_from(set != NULL && set[0] != '\0' ? set : "/tmp"),
	    STR("zheli-XXXXXX")));

	return mkdtemp(path) == NULL ? STR_NONE : str_from(path);
}

struct keyring *keyring_open(struct arena *arena,
    const struct signing_key *keys, size_t count, struct str space,
    struct diag_list *diags)
{
	struct keyring *keyring = arena_alloc(arena, sizeof(*keyring));

	*keyring = (struct keyring){ .keys = keys, .count = count,
		.space = space, .path = temporary_folder(arena) };
	if (keyring->path.len == 0) {
		diag_report_reason(diags, ((struct mark){ .path = STR_NONE }),
		    DIAG_CANNOT_WRITE, STR("TMPDIR"),
		    errno);
		return NULL;
	}
	if (!folder_open_existing(keyring->path, &keyring->folder, diags)) {
		(void)rmdir(keyring->path.ptr);
		return NULL;
	}
	return keyring;
}

/* Not only ours: gpgv keeps a lock or two where it is told to live. */
void keyring_close(struct keyring *keyring)
{
	struct diag_list ignored;
	struct arena arena;
	struct vec paths;

	arena_init(&arena);
	diag_list_init(&ignored, &arena);
	vec_init(&paths, sizeof(struct str));
	(void)folder_list(&keyring->folder, &arena, &paths, &ignored);
	for (size_t i = 0; i < paths.count; i++)
		(void)folder_remove(&keyring->folder,
		    *(const struct str *)vec_at(&paths, i), &ignored);
	vec_dispose(&paths);
	folder_close(&keyring->folder);
	(void)rmdir(keyring->path.ptr);
	diag_list_dispose(&ignored);
	arena_dispose(&arena);
}

static bool put_file(struct keyring *keyring, struct str name,
    struct str bytes, struct diag_list *diags)
{
	bool changed;

	return folder_replace(&keyring->folder, name, bytes, &changed, diags);
}

static const char *file_in(struct arena *arena, const struct keyring *keyring,
    struct str name)
{
	return str_cstr(arena, path_join(arena, keyring->path, name));
}

/* -- OpenSSH -------------------------------------------------------------- */

static bool find_ssh_key(const struct keyring *keyring, struct str key,
    struct str fingerprint, size_t *found)
{
	for (size_t i = 0; i < keyring->count; i++) {
		const struct signing_key *at = &keyring->keys[i];

		*found = i;
		if ((at->kind == KEY_SSH && str_eq(at->bytes, key)) ||
		    (at->kind == KEY_SSH_FINGERPRINT &&
		     str_eq(at->bytes, fingerprint)))
			return true;
	}
	return false;
}

/* Everything in the line is ours or base64: no word of a stranger. */
static bool put_allowed(struct keyring *keyring, struct str key,
    struct arena *arena, struct diag_list *diags)
{
	struct str rest = key, kind = STR_NONE;

	(void)ssh_take(&rest, &kind);
	return put_file(keyring, STR("allowed"), str_format(arena,
	    "signer namespaces=\"%.*s\" %.*s %.*s\n", STR_ARG(keyring->space),
	    STR_ARG(kind), STR_ARG(base64_encode(arena, key))), diags);
}

static bool verify_ssh(struct keyring *keyring, struct str text,
    struct str signature, struct str key, struct arena *arena,
    struct signature_verdict *verdict, struct diag_list *diags)
{
	struct str program;
	struct process_result result;

	verdict->fingerprint = fingerprint_of(arena, key);
	verdict->state = SIGNATURE_UNKNOWN_KEY;
	if (!find_ssh_key(keyring, key, verdict->fingerprint, &verdict->key))
		return true;
	verdict->state = SIGNATURE_UNVERIFIED;
	if (!process_find(arena, STR("ssh-keygen"), &program))
		return true;
	if (!put_allowed(keyring, key, arena, diags) ||
	    !put_file(keyring, STR("signature"), signature, diags))
		return false;
	const char *const words[] = { program.ptr, "-Y", "verify", "-f",
		file_in(arena, keyring, STR("allowed")), "-I", "signer", "-n",
		str_cstr(arena, keyring->space), "-s",
		file_in(arena, keyring, STR("signature")), NULL };
	const struct process_request request = { .words = words,
		.input = text, .home = keyring->path };

	if (!process_run(arena, &request, &result, diags))
		return false;
	verdict->state = result.status == 0 ? SIGNATURE_GOOD : SIGNATURE_BAD;
	return true;
}

/* -- GnuPG ---------------------------------------------------------------- */

/* "[GNUPG:] VALIDSIG fingerprint … fingerprint of the primary key". */
static struct str primary_of(struct str output)
{
	size_t at = str_find(output, STR("[GNUPG:] VALIDSIG "), 0);
	struct str line;

	if (at == STR_NOT_FOUND)
		return STR_NONE;
	line = str_slice(output, at, str_find_char(output, '\n', at));
	return str_slice(line, str_find_last(line, ' ') + 1, line.len);
}

/* "[GNUPG:] NO_PUBKEY id", of which a key there is none; empty otherwise. */
static struct str missing_key(struct str output)
{
	static const struct str word = { "[GNUPG:] NO_PUBKEY ", 19 };
	size_t at = str_find(output, word, 0);

	return at == STR_NOT_FOUND ? STR_NONE : str_slice(output,
	    at + word.len, str_find_char(output, '\n', at));
}

/* With one officer's keys alone, so that it is known whose they were. */
static bool try_gpgv(struct keyring *keyring, struct str program,
    struct str text, const struct signing_key *key, struct arena *arena,
    struct process_result *result, struct diag_list *diags)
{
	const char *const words[] = { program.ptr, "--quiet", "--status-fd",
		"1", "--homedir", str_cstr(arena, keyring->path), "--keyring",
		file_in(arena, keyring, STR("keys")),
		file_in(arena, keyring, STR("signature")), "-", NULL };
	const struct process_request request = { .words = words,
		.input = text, .home = keyring->path };

	return put_file(keyring, STR("keys"), key->bytes, diags) &&
	    process_run(arena, &request, result, diags);
}

/* GOODSIG is not said of a key that has expired or was revoked. */
static bool verify_pgp(struct keyring *keyring, struct str text,
    struct str signature, struct arena *arena,
    struct signature_verdict *verdict, struct diag_list *diags)
{
	struct process_result result;
	struct str program;

	verdict->state = SIGNATURE_UNVERIFIED;
	if (!process_find(arena, STR("gpgv"), &program))
		return true;
	verdict->state = SIGNATURE_UNKNOWN_KEY;
	verdict->fingerprint = STR("OpenPGP");
	if (!put_file(keyring, STR("signature"), signature, diags))
		return false;
	for (size_t i = 0; i < keyring->count; i++) {
		struct str missing;

		if (keyring->keys[i].kind != KEY_PGP)
			continue;
		if (!try_gpgv(keyring, program, text, &keyring->keys[i],
		    arena, &result, diags))
			return false;
		verdict->key = i;
		missing = missing_key(result.output);
		verdict->fingerprint = missing.len > 0 ? missing :
		    primary_of(result.output);
		if (missing.len > 0)
			continue;
		verdict->state = result.status == 0 &&
		    verdict->fingerprint.len > 0 && str_find(result.output,
			STR("[GNUPG:] GOODSIG"), 0) != STR_NOT_FOUND ?
		    SIGNATURE_GOOD : SIGNATURE_BAD;
		break;
	}
	return true;
}

/* -- either --------------------------------------------------------------- */

bool keyring_verify(struct keyring *keyring, struct str text,
    struct str signature, struct arena *arena,
    struct signature_verdict *verdict, struct diag_list *diags)
{
	struct str key;

	*verdict = (struct signature_verdict){ .state = SIGNATURE_NONE };
	signature = str_trim(signature);
	if (signature.len == 0)
		return true;
	/* The programs want the last line to end. */
	signature = str_join(arena, signature, STR("\n"));
	if (ssh_signature_key(arena, signature, &key))
		return verify_ssh(keyring, text, signature, key, arena,
		    verdict, diags);
	if (str_starts(signature, STR("-----BEGIN PGP SIGNATURE-----")))
		return verify_pgp(keyring, text, signature, arena, verdict,
		    diags);
	verdict->state = SIGNATURE_UNREADABLE;
	return true;
}

bool signature_make(struct arena *arena, struct str key, struct str space,
    struct str text, struct str *signature, struct diag_list *diags)
{
	struct process_result result = { .status = -1 };
	struct str program;

	if (!process_find(arena, STR("ssh-keygen"), &program))
		return diag_report(diags, ((struct mark){ .path = STR_NONE }),
		    DIAG_NO_SSH_KEYGEN);
	const char *const words[] = { program.ptr, "-Y", "sign", "-f",
		str_cstr(arena, key), "-n", str_cstr(arena, space), NULL };
	const struct process_request request = { .words = words,
		.input = text, .home = STR("/nonexistent") };

	if (!process_run(arena, &request, &result, diags))
		return false;
	if (result.status != 0 || !str_starts(result.output,
	    STR("-----BEGIN SSH SIGNATURE-----")))
		return diag_report(diags, ((struct mark){ .path = key }),
		    DIAG_CANNOT_SIGN, key);
	*signature = result.output;
	return true;
}
