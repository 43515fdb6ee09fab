/* SPDX-License-Identifier: MIT */
/*
 * Which rules stand over which records, and what became of their asserts: taken
 * down while records are judged, then put into the catalogue, which counts. A
 * bit a record and rule is kept until then, a few bytes a record: workers read
 * the catalogue as long as they judge.
 */
#ifndef PIPELINE_TALLY_H
#define PIPELINE_TALLY_H

#include "base/arena.h"
#include "base/str.h"
#include "base/vec.h"

#include <stddef.h>
#include <stdint.h>

struct catalogue;
struct ruleset;

/* Of an assert: applied, failed, early, late, absent, as enum
 * schematron_outcome. */
enum { TALLY_OUTCOMES = 5 };

struct tally {
	struct arena arena;		/* of what is taken down */
	const struct ruleset *ruleset;
	struct vec records;		/* uint32_t: their numbers there */
	size_t asserts, rules;
	size_t stride;			/* bytes of bits a record */
	size_t *rule_of;		/* index of an assert's rule */
	/* Records, by assert: how many more than the catalogue has. */
	int32_t (*outcomes)[TALLY_OUTCOMES];
	struct str *packed;		/* outcomes of records, packed */
	struct str reminders;		/* those of the whole registry */
	unsigned char *bits;
	struct str *dependencies;	/* of records, packed */
	struct str *turns;		/* of records: ISO date or empty */
};

/* For the `records` of those numbers (uint32_t), which are its own from now
 * on. */
void tally_init(struct tally *tally, const struct ruleset *ruleset,
    struct vec records);
/* Once what it has is put, or nobody will. */
void tally_dispose(struct tally *tally);

/* Takes down the outcomes of record `index`: a byte for each assert, see
 * struct judgement; from which day on its verdict may be another, an ISO date,
 * empty for none; and what it rests on (dependencies_pack()). */
void tally_take(struct tally *tally, size_t index, struct str outcomes,
    struct str turn, struct str dependencies);

/* The same for the rules on the registry as a whole, under which no record
 * stands. */
void tally_take_reminders(struct tally *tally, struct str outcomes);

/* Takes out again what records had that are no longer as they were
 * (catalogue_taken()). */
void tally_take_out(struct tally *tally, struct str taken);

/* Puts it all into the catalogue, or only what is about records. */
void tally_put(const struct tally *tally, struct catalogue *catalogue);
void tally_put_judged(const struct tally *tally, struct catalogue *catalogue);

#endif
