/* SPDX-License-Identifier: MIT */
/* The languages in which the program speaks; Chinese is the default. */
#ifndef BASE_LANG_H
#define BASE_LANG_H

#include "base/str.h"

enum lang { LANG_ZH, LANG_EN, LANG_COUNT };

/* Text of the program's own, by language. */
struct text {
	const char *in[LANG_COUNT];
};
#define TEXT(zh, en) { { zh, en } }

/* "zh" or "en". */
struct str lang_code(enum lang lang);

/*
 * The language of a tag such as "zh", "en", "zh_CN.UTF-8", "en-GB"; `fallback`
 * for any other.
 */
enum lang lang_from(struct str tag, enum lang fallback);

#endif
