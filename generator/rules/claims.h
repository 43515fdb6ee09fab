/* SPDX-License-Identifier: MIT */
/*
 * What a record lays claim to that may belong to one achievement only: patent,
 * software, variety and layout numbers, DOIs, registration numbers, and a title
 * within a unit. "One achievement, one record": 浙里好成果工作方案 二(一)1 wants
 * ownership undisputed, 科技成果登记办法 forbids double registration.
 */
#ifndef RULES_CLAIMS_H
#define RULES_CLAIMS_H

#include "base/str.h"

#include <stdint.h>

struct arena;
struct codes;
struct record;
struct vec;

struct claim {
	uint32_t line, column;
	struct str kind;	/* "patent", "doi", "registration", "title" … */
	struct str value;	/* the one way of writing it, for comparing */
	struct str written;	/* as it stands in the record */
};

/* The one way of writing what is claimed: an identifier's normal form, or, for
 * what is none, folded capitals. */
struct str claim_value(struct arena *arena, struct str kind, struct str text);

/*
 * The one way of writing `text` as a claim of that kind: as an identifier, or
 * with width and case folded. In `arena`.
 */
struct str claim_value(struct arena *arena, struct str kind, struct str text);

/* Pushes the claims (struct claim) of an achievement or dossier, in `arena`. */
void claims_of(const struct record *record, const struct codes *codes,
    struct arena *arena, struct vec *claims);

#endif
