/* SPDX-License-Identifier: MIT */
/*
 * What a record lays claim to that may belong to one achievement only: patent,
 * software, variety and layout numbers, DOIs, registration numbers, and a
 * title, within a unit ("title") and by itself ("name"). "One achievement, one
 * record": 浙里好成果工作方案 二(一)1 wants ownership undisputed,
 * 科技成果登记办法 forbids double registration.
 *
 * And what projects say that only shows beside others: the group of a horse
 * race ("race-group", and with it "race-entry" of the list and "race-route",
 * 浙科发规〔2023〕21号 16), and who asks for a project in a batch
 * ("batch-demander", 晋科规〔2024〕10号 第十六条).
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

/*
 * The one way of writing `text` as a claim of that kind: as an identifier, or
 * with width and case folded. In `arena`.
 */
struct str claim_value(struct arena *arena, struct str kind, struct str text);

/* Pushes the claims (struct claim) of an achievement, a dossier or a project,
 * in `arena`. */
void claims_of(const struct record *record, const struct codes *codes,
    struct arena *arena, struct vec *claims);

#endif
