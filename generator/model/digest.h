/* SPDX-License-Identifier: MIT */
/*
 * A digest of what a record says, however it is written down: a review that
 * names the digest was given for this text and no other. The order of keys,
 * quotation marks, comments, the kind of line ends and space at the ends of
 * lines make no difference; every word does, the body's too.
 */
#ifndef MODEL_DIGEST_H
#define MODEL_DIGEST_H

#include "base/str.h"

struct arena;
struct record;

enum { RECORD_DIGEST_LEN = 16 };

/*
 * RECORD_DIGEST_LEN hexadecimal digits, the first of a SHA-256, in `arena`. The
 * record must have its body. Left out is `updated`: the day on which the record
 * was looked through is no statement about the achievement.
 */
struct str record_digest(struct arena *arena, const struct record *record);

#endif
