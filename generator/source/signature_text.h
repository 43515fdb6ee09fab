/* SPDX-License-Identifier: MIT */
/* How keys and signatures are written, for signature.c. */
#ifndef SOURCE_SIGNATURE_TEXT_H
#define SOURCE_SIGNATURE_TEXT_H

#include "base/str.h"

#include <stdbool.h>

struct arena;

/*
 * The bytes in "-----BEGIN KIND-----", header lines of the PGP form, base64,
 * its checksum, "-----END KIND-----"; false when the text is not that.
 */
bool armour_open(struct arena *arena, struct str text, struct str kind,
    struct str *bytes);

/* Takes a string of OpenSSH's wire format (its length in four bytes first). */
bool ssh_take(struct str *bytes, struct str *taken);

/* Whether that is a kind of key that signs by itself, no certificate. */
bool ssh_is_key_kind(struct str kind);

/* The key that an armoured SSH signature says it was made with; false when
 * the text is no such signature (PROTOCOL.sshsig). */
bool ssh_signature_key(struct arena *arena, struct str text, struct str *key);

#endif
