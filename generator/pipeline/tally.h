/* SPDX-License-Identifier: MIT */
/*
 * Which rules stand over which records, and what became of their asserts: taken
 * down while records are judged, then put into the catalogue, which counts. A
 * bit a record and rule is kept until then, a few bytes a record.
 */
#ifndef PIPELINE_TALLY_H
#define PIPELINE_TALLY_H

#include "base/str.h"

#include <stddef.h>
#include <stdint.h>

struct arena;
struct catalogue;
struct ruleset;
struct value;

/* Of an assert: applied, failed, early, late, absent, as enum
 * schematron_outcome. */
enum { TALLY_OUTCOMES = 5 };

struct tally {
	struct arena *arena;
	const struct ruleset *ruleset;
	const struct value *rows;	/* {record}: its number there */
	size_t asserts, rules, records;
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

/* For the records of `rows`, which must live as long as it; what it keeps lives
 * in `arena`. */
void tally_init(struct tally *tally, struct arena *arena,
    const struct ruleset *ruleset, const struct value *rows);

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
