/* SPDX-License-Identifier: MIT */
/*
 * What must not be published, found in any text: numbers of identity cards,
 * mainland mobile numbers, mail addresses; and marks of state secrets. Digits
 * and letters may be full-width. Numbers that are something else (identifiers,
 * DOIs, addresses of pages, sums of money, parts of longer numbers) are left
 * alone: a checker that cries at every number is switched off.
 *
 * A mark is what documents bear (机密★1年; 密级：秘密), not the word in prose.
 */
#ifndef RULES_PRIVACY_H
#define RULES_PRIVACY_H

#include "base/lang.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

enum privacy_kind {
	PRIVACY_ID_NUMBER,	/* GB 11643: its check digit, a birth date */
	PRIVACY_MOBILE,
	PRIVACY_MAIL,
	PRIVACY_SECRECY_MARK
};

/* Bytes [at, at + len) of the text that was searched. */
struct privacy_finding {
	enum privacy_kind kind;
	size_t at, len;
};

/* The first piece of personal data at or after byte `from`. */
bool privacy_find(struct str text, size_t from,
    struct privacy_finding *finding);

/* The first mark of secrecy at or after byte `from`. */
bool privacy_find_mark(struct str text, size_t from,
    struct privacy_finding *finding);

/* "手机号码", "mobile number". */
struct str privacy_kind_name(enum privacy_kind kind, enum lang lang);

#endif
