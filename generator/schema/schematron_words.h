/* SPDX-License-Identifier: MIT */
/*
 * The messages of asserts as people read them where there is no record to fill
 * in values: parameters of the rule file stand with their numbers, other values
 * as what they mean, in brackets ("〔届满日〕", "[last day]"), or as "…" when
 * nobody knows. Made when asked for, from what schematron_load() kept.
 */
#ifndef SCHEMA_SCHEMATRON_WORDS_H
#define SCHEMA_SCHEMATRON_WORDS_H

#include "base/lang.h"
#include "base/str.h"

#include <stdbool.h>

struct arena;
struct schematron_assert;

/*
 * What the value of an XPath expression in the messages of an assert means.
 * False if that is not known; an empty `*meaning` stands for a value that says
 * nothing by itself and is left out, as an addition in some cases only.
 */
struct schematron_words {
	bool (*meaning)(void *context, const struct schematron_assert *assert,
	    struct str select, enum lang lang, struct str *meaning);
	void *context;
};

enum schematron_text { SCHEMATRON_MESSAGE, SCHEMATRON_HINT };

/* The text in that language, in `arena`; `words` may be NULL. */
struct str schematron_wording(struct arena *arena,
    const struct schematron_assert *assert, enum schematron_text which,
    enum lang lang, const struct schematron_words *words);

#endif
