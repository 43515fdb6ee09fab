/* SPDX-License-Identifier: MIT */
/* What rules ask of the world (rules/facts.h), answered by a catalogue. */
#ifndef PIPELINE_FACTS_H
#define PIPELINE_FACTS_H

#include "rules/facts.h"

struct catalogue;
struct dependencies;

struct catalogue_facts {
	struct catalogue *catalogue;
	struct catalogue *registry;	/* NULL, or see below */
	struct dependencies *dependencies;	/* NULL: not taken down */
	struct facts facts;	/* points into this struct: it must not move */
};

/* `catalogue` must be open, in this process, as long as rules ask. */
void catalogue_facts_init(struct catalogue_facts *facts,
    struct catalogue *catalogue);

/*
 * `catalogue` is of a private folder: other records than its own, where they
 * stand and their digests are asked of `registry`, the catalogue of the
 * registry it goes with; and who is involved in what can be told.
 */
void catalogue_facts_add_registry(struct catalogue_facts *facts,
    struct catalogue *registry);

#endif
