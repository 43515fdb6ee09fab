/* SPDX-License-Identifier: MIT */
#include "pipeline/tally.h"

#include "base/buf.h"
#include "base/pack.h"
#include "catalogue/catalogue.h"
#include "pipeline/dependencies.h"
#include "rules/ruleset.h"
#include "schema/schematron.h"

#include <limits.h>
#include <stdio.h>

void tally_init(struct tally *tally, const struct ruleset *ruleset,
    struct vec records)
{
	struct arena *arena = &tally->arena;

	*tally = (struct tally){ .ruleset = ruleset, .records = records,
		.asserts = ruleset_assert_count(ruleset),
		.rules = ruleset_count(ruleset) };
	arena_init(arena);
	tally->stride = (tally->rules + 7) / 8;
	tally->rule_of = arena_array(arena, tally->asserts,
	    sizeof(*tally->rule_of));
	for (size_t i = 0; i < tally->asserts; i++)
		tally->rule_of[i] = (size_t)(ruleset_assert_rule(ruleset, i) -
		    ruleset_at(ruleset, 0));
	tally->outcomes = arena_array(arena, tally->asserts,
	    sizeof(*tally->outcomes));
	tally->bits = arena_array(arena, records.count, tally->stride);
	tally->dependencies = arena_array(arena, records.count,
	    sizeof(*tally->dependencies));
	tally->turns = arena_array(arena, records.count,
	    sizeof(*tally->turns));
	tally->packed = arena_array(arena, records.count,
	    sizeof(*tally->packed));
}

void tally_dispose(struct tally *tally)
{
	arena_dispose(&tally->arena);
	vec_dispose(&tally->records);
}

/* -- outcomes, packed ----------------------------------------------------- */

/* Neighbours are mostly alike: an outcome, then how many have it. */
static struct str pack_outcomes(struct arena *arena, const struct str outcomes)
{
	struct buf packed;
	struct str kept;
	size_t run;

	buf_init(&packed);
	for (size_t i = 0; i < outcomes.len; i += run) {
		for (run = 1; run < UCHAR_MAX && i + run < outcomes.len &&
		    outcomes.ptr[i + run] == outcomes.ptr[i];)
			run++;
		buf_append_char(&packed, outcomes.ptr[i]);
		buf_append_char(&packed, (char)run);
	}
	kept = str_dup(arena, buf_str(&packed));
	buf_dispose(&packed);
	return kept;
}

static void count(struct tally *tally, size_t assert, unsigned char outcome,
    int32_t times)
{
	/* One of its contexts may be there and another not. */
	if (outcome & ~(unsigned)SCHEMATRON_ABSENT)
		outcome &= (unsigned char)~SCHEMATRON_ABSENT;
	for (unsigned o = 0; o < TALLY_OUTCOMES; o++)
		tally->outcomes[assert][o] += (outcome >> o & 1) * times;
}

/* -- taking down ---------------------------------------------------------- */

/* `bits`: of the record; NULL for none. What it gives is what was counted. */
static struct str take(struct tally *tally, unsigned char *bits,
    struct str outcomes)
{
	if (outcomes.len != tally->asserts)
		return STR_NONE;
	for (size_t i = 0; i < outcomes.len; i++) {
		unsigned char outcome = (unsigned char)outcomes.ptr[i];
		size_t rule = tally->rule_of[i];

		if (bits != NULL && (outcome & SCHEMATRON_APPLIED))
			bits[rule / 8] |= (unsigned char)(1u << rule % 8);
		count(tally, i, outcome, 1);
	}
	return pack_outcomes(&tally->arena, outcomes);
}

void tally_take(struct tally *tally, size_t index, struct str outcomes,
    struct str turn, struct str dependencies)
{
	tally->packed[index] = take(tally, tally->bits + index * tally->stride,
	    outcomes);
	tally->turns[index] = str_dup(&tally->arena, turn);
	tally->dependencies[index] = str_dup(&tally->arena, dependencies);
}

void tally_take_reminders(struct tally *tally, struct str outcomes)
{
	tally->reminders = take(tally, NULL, outcomes);
}

/* Of one record; nothing of what is not of so many asserts. */
static void take_out(struct tally *tally, struct str packed)
{
	size_t assert = 0;

	for (size_t i = 0; i + 1 < packed.len; i += 2) {
		size_t run = (unsigned char)packed.ptr[i + 1];

		for (; run > 0 && assert < tally->asserts; run--)
			count(tally, assert++, (unsigned char)packed.ptr[i],
			    -1);
	}
}

void tally_take_out(struct tally *tally, struct str taken)
{
	struct str packed;

	while (unpack_str(&taken, &packed))
		take_out(tally, packed);
}

/* -- putting -------------------------------------------------------------- */

static void put_asserts(const struct tally *tally,
    struct catalogue *catalogue)
{
	for (size_t i = 0; i < tally->asserts; i++) {
		struct str cells[1 + TALLY_OUTCOMES] = {
			ruleset_assert_at(tally->ruleset, i)->id };
		char counts[TALLY_OUTCOMES][sizeof("-2147483648")];

		for (size_t o = 0; o < TALLY_OUTCOMES; o++) {
			(void)snprintf(counts[o], sizeof(counts[o]), "%d",
			    tally->outcomes[i][o]);
			cells[1 + o] = str_from(counts[o]);
		}
		catalogue_put_row(catalogue, TABLE_ASSERT_COUNT, cells,
		    1 + TALLY_OUTCOMES);
	}
}

void tally_put(const struct tally *tally, struct catalogue *catalogue)
{
	put_asserts(tally, catalogue);
	catalogue_put_judged(catalogue, 0, STR_NONE, tally->reminders,
	    STR_NONE);
	tally_put_judged(tally, catalogue);
}

void tally_put_judged(const struct tally *tally, struct catalogue *catalogue)
{
	for (size_t i = 0; i < tally->records.count; i++) {
		const char *bits = (const char *)tally->bits +
		    i * tally->stride;
		uint32_t number = *(uint32_t *)vec_at(&tally->records, i);
		struct str packed = tally->dependencies[i];

		catalogue_put_judged(catalogue, number,
		    (struct str){ bits, tally->stride }, tally->packed[i],
		    tally->turns[i]);
		dependencies_put(catalogue, number, &packed);
	}
}
