/* SPDX-License-Identifier: MIT */
/*
 * Who signed something: a commit, a receipt. Which keys count is the caller's
 * list, in the words of people's settings; whether a signature was made by one
 * of them is for OpenSSH's `ssh-keygen -Y verify` and GnuPG's `gpgv` to say,
 * each run as a process of its own on files in a private folder.
 *
 * A signature names the key it was made with. That key is looked for in the
 * list first, and ssh-keygen is then given this one key and no other: so a
 * signature by a key that nobody listed costs no process at all, and the list
 * can hold fingerprints as well as keys.
 */
#ifndef SOURCE_SIGNATURE_H
#define SOURCE_SIGNATURE_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct diag_list;

enum signing_key_kind {
	KEY_SSH,		/* "ssh-ed25519 AAAA… remark" */
	KEY_SSH_FINGERPRINT,	/* "SHA256:…" */
	KEY_PGP			/* an armoured block of public keys */
};

struct signing_key {
	enum signing_key_kind kind;
	struct str bytes;	/* the key as OpenSSH encodes it, the digits of
				 * the fingerprint, a keyring of GnuPG */
};

/* False when the text is no such key; options before a key are none either. */
bool signing_key_parse(struct arena *arena, struct str text,
    struct signing_key *key);

/* "SHA256:…", as ssh-keygen prints it; empty for KEY_PGP. */
struct str signing_key_fingerprint(struct arena *arena,
    const struct signing_key *key);

struct keyring;

/*
 * A ring of keys, which must outlive it, for signatures of one namespace
 * ("git" for commits). NULL with a diagnostic when there is no place for its
 * files. To be opened after the fork.
 */
struct keyring *keyring_open(struct arena *arena,
    const struct signing_key *keys, size_t count, struct str space,
    struct diag_list *diags);
void keyring_close(struct keyring *keyring);

enum signature_state {
	SIGNATURE_NONE,
	SIGNATURE_GOOD,
	SIGNATURE_UNKNOWN_KEY,	/* made, truly or not, by a key not listed */
	SIGNATURE_BAD,		/* not of this text, or not of this key */
	SIGNATURE_UNREADABLE,	/* of no kind known here, or cut off */
	SIGNATURE_UNVERIFIED	/* the program for its kind is not there */
};

struct signature_verdict {
	enum signature_state state;
	size_t key;		/* the first of the ring that it is */
	struct str fingerprint;	/* of the key, as far as it can be told */
};

/* Whose signature of `text` this is; an empty signature is SIGNATURE_NONE. */
bool keyring_verify(struct keyring *keyring, struct str text,
    struct str signature, struct arena *arena,
    struct signature_verdict *verdict, struct diag_list *diags)
    __attribute__((warn_unused_result));

/*
 * Signs `text` with the private key in the file `key`. False with a diagnostic
 * when ssh-keygen is missing or will not.
 */
bool signature_make(struct arena *arena, struct str key, struct str space,
    struct str text, struct str *signature, struct diag_list *diags)
    __attribute__((warn_unused_result));

#endif
