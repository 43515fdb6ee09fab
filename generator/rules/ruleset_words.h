/* SPDX-License-Identifier: MIT */
/* The messages of rules as people read them where there is no record. */
#ifndef RULES_RULESET_WORDS_H
#define RULES_RULESET_WORDS_H

#include "base/lang.h"
#include "base/str.h"
#include "schema/schematron_words.h"

struct arena;
struct ruleset;
struct schema_set;
struct schematron_assert;

/*
 * A message or hint of an assert, in `arena`: values as what they mean
 * (schemas/rules/placeholders.csv), else by the label of their field when
 * `schemas` is not NULL, else as "…".
 */
struct str ruleset_wording(const struct ruleset *ruleset,
    const struct schema_set *schemas, const struct schematron_assert *assert,
    enum schematron_text which, enum lang lang, struct arena *arena);

#endif
