/* SPDX-License-Identifier: MIT */
/*
 * Identifiers: their form, their check characters, and what their parts say.
 * A number is first brought to one way of writing (full-width digits, spaces,
 * `ZL`, `https://doi.org/`), then judged. Form and check are told apart: a bad
 * form is no such number, a bad check is a typing error or, seldom, a number
 * that was given out wrong.
 *
 * No register is asked: a valid number need not exist, nor be its owner's.
 * Where an office has not published its form, only what is certain is asked.
 *
 * Pure functions; results live in the arena or are literals.
 */
#ifndef RULES_IDENTIFIER_H
#define RULES_IDENTIFIER_H

#include "base/lang.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

enum identifier_kind {
	IDENTIFIER_PATENT,		/* application number, ZL number */
	IDENTIFIER_PUBLICATION,		/* CN106934457B */
	IDENTIFIER_USCC,		/* unified social credit code */
	IDENTIFIER_SOFTWARE,
	IDENTIFIER_VARIETY,		/* plant variety right */
	IDENTIFIER_VARIETY_APPROVAL,	/* crop variety approval */
	IDENTIFIER_LAYOUT,
	IDENTIFIER_DOI,
	IDENTIFIER_ISSN,
	IDENTIFIER_ORCID,
	IDENTIFIER_ROR,
	IDENTIFIER_STANDARD,
	IDENTIFIER_DRUG,		/* 国药准字 */
	IDENTIFIER_DEVICE,		/* registration of a medical device */
	IDENTIFIER_SERIAL,		/* CN number of a periodical */
	IDENTIFIER_SITE,		/* code of a government site */
	IDENTIFIER_ICP,			/* filings in the footer of a site */
	IDENTIFIER_POLICE,
	IDENTIFIER_KIND_COUNT
};

enum identifier_problem {
	IDENTIFIER_VALID,
	IDENTIFIER_BAD_FORM,
	IDENTIFIER_BAD_CHECK
};

/* A text in every language. */
struct words {
	struct str in[LANG_COUNT];
};

/* A part of an identifier in words; `meaning` may be empty. */
struct identifier_part {
	struct str value;
	struct words name, meaning;
};

enum { IDENTIFIER_PARTS_MAX = 8 };

struct identifier {
	enum identifier_kind kind;
	enum identifier_problem problem;
	struct str normal;	/* how it is written, as far as it is clear */
	struct words fault;	/* empty when valid */
	struct str expected;	/* check character(s), for a bad check */
	struct words note;	/* what a reader should know besides; may be
				 * empty */
	struct identifier_part parts[IDENTIFIER_PARTS_MAX];
	size_t part_count;	/* 0 for a bad form */
};

/* Judges `text`; every kind of fault, an empty text included, is in `*out`. */
void identifier_examine(struct arena *arena, enum identifier_kind kind,
    struct str text, struct identifier *out);

struct identifier_info {
	struct str name;	/* "patent", as on the command line */
	struct words title;
	struct str example;
};
const struct identifier_info *identifier_info(enum identifier_kind kind);

/* The kind of that name; false if there is none. */
bool identifier_kind_find(struct str name, enum identifier_kind *kind);

#endif
