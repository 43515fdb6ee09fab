/* SPDX-License-Identifier: MIT */
/* What rules ask of the world (rules/facts.h), answered by a catalogue. */
#ifndef COMMANDS_FACTS_H
#define COMMANDS_FACTS_H

#include "rules/facts.h"

struct catalogue;

struct catalogue_facts {
	struct catalogue *catalogue;
	struct facts facts;	/* points into this struct: it must not move */
};

/* `catalogue` must be open, in this process, as long as rules ask. */
void catalogue_facts_init(struct catalogue_facts *facts,
    struct catalogue *catalogue);

#endif
