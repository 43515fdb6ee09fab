/* SPDX-License-Identifier: MIT */
/* Base64 of RFC 4648, as keys and signatures are written. */
#ifndef BASE_BASE64_H
#define BASE_BASE64_H

#include "base/str.h"

#include <stdbool.h>

struct arena;

/*
 * The bytes that `text` stands for, in `arena`; line ends in it are passed
 * over. False for any other character, and for a wrong length or padding.
 */
bool base64_decode(struct arena *arena, struct str text, struct str *bytes);

/* `bytes` as text, with padding, in `arena`. */
struct str base64_encode(struct arena *arena, struct str bytes);

#endif
