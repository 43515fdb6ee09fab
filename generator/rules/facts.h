/* SPDX-License-Identifier: MIT */
/*
 * What rules ask of the world beyond the record at hand: other records, who
 * else claims a number, where an achievement stands. Whoever has a catalogue
 * fills this in; a validator that has only the one record passes NULL, or
 * leaves out what it cannot tell, and rules then see no other records.
 *
 * Answers are given in the arena of the call and must be the same for the same
 * question as long as a ruleset's judging goes on.
 */
#ifndef RULES_FACTS_H
#define RULES_FACTS_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct record;

struct facts {
	void *context;

	/* The record of that kind ("unit") and id; false when there is none. */
	bool (*record)(void *context, struct str kind, struct str id,
	    struct arena *arena, struct record *record);

	/*
	 * How many records with an id other than `id` claim `value` (written as
	 * claim_value() does; claims.h), and the id of the first in `*first`.
	 */
	size_t (*claims)(void *context, struct str claim, struct str value,
	    struct str id, struct arena *arena, struct str *first);

	/* Where the achievement `id` stands: "registered"; empty if unknown. */
	struct str (*state)(void *context, struct str id,
	    struct arena *arena);

	/* The digest of that record (record_digest()); empty if unknown. */
	struct str (*digest)(void *context, struct str kind, struct str id,
	    struct arena *arena);

	/*
	 * When the server received the record of that kind and id, and when it
	 * took it into the main branch: ISO dates that receipts prove, empty
	 * where none does. What a commit says of itself is no answer.
	 */
	struct str (*received)(void *context, struct str kind, struct str id,
	    struct arena *arena);
	struct str (*landed)(void *context, struct str kind, struct str id,
	    struct arena *arena);

	/*
	 * What only somebody with the private records at hand is asked: the ids
	 * of the records that `what` (a name of rules/functions.c) finds by up
	 * to four texts, joined by "、"; empty if there are none.
	 */
	struct str (*involved)(void *context, struct str what,
	    const struct str texts[4], struct arena *arena);

	/*
	 * Told of each record that rules ask for, also where the answer is
	 * known from before; NULL: nobody takes that down. The other questions
	 * are put each time.
	 */
	void (*asked)(void *context, struct str kind, struct str id);
};

#endif
