/* SPDX-License-Identifier: MIT */
/*
 * What the files that know the kinds of identifier share: an examination in
 * progress, and how its findings are written down. For rules/identifier*.c.
 *
 * An examiner gets `text`: full-width signs folded, no white space, letters in
 * capitals. It sets `out->normal` if that differs from the text, reports at
 * most one fault, and otherwise names the parts.
 */
#ifndef RULES_IDENTIFIER_EXAMINATION_H
#define RULES_IDENTIFIER_EXAMINATION_H

#include "base/str.h"
#include "rules/identifier.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

struct examination {
	struct arena *arena;
	struct str text;
	struct identifier *out;
};

typedef void examine_function(struct examination *examination);

examine_function examine_patent, examine_publication, examine_uscc,
    examine_software, examine_variety, examine_variety_approval,
    examine_layout, examine_doi, examine_issn, examine_orcid, examine_ror,
    examine_standard, examine_drug, examine_device, examine_serial,
    examine_site, examine_icp, examine_police;

/* printf in every language; all formats take the same arguments. */
struct words words_format(struct arena *arena, const char *zh, const char *en,
    ...) __attribute__((format(printf, 2, 4), format(printf, 3, 4)));

/* For initialisers of tables, and as a value. */
#define WORDS_INIT(zh, en) \
	{ { { zh, sizeof(zh) - 1 }, { en, sizeof(en) - 1 } } }
#define WORDS(zh, en) ((struct words)WORDS_INIT(zh, en))
#define WORDS_NONE ((struct words){ { STR_NONE, STR_NONE } })

/* The form is wrong; parts named so far are forgotten. */
void identifier_bad_form(struct examination *examination, struct words fault);

/* The form is right, but `found`, which ends the number, should be `expected`;
 * out->normal is set. */
void identifier_bad_check(struct examination *examination, struct str expected,
    struct str found);

void identifier_part(struct examination *examination, struct str value,
    struct words name, struct words meaning);

/* Cuts `prefix` off the text; false if it does not begin with it. */
bool identifier_drop(struct examination *examination, struct str prefix);

/* Number of ASCII digits that `text` begins with. */
size_t identifier_digits(struct str text);

/*
 * Whether `digits` is `wanted` digits and nothing else; reports the first other
 * character or the wrong number of digits. `what` names the digits.
 */
bool identifier_expect_digits(struct examination *examination,
    struct str digits, size_t wanted, struct words what);

/* The number of `digits`, which are digits and at most nine. */
unsigned identifier_number(struct str digits);

/* Whether `year` lies in [first, last]; reports it if not. */
bool identifier_expect_year(struct examination *examination, unsigned year,
    unsigned first, unsigned last);

#endif
