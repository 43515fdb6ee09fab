/* SPDX-License-Identifier: MIT */
#include "commands/facts.h"

#include "base/value.h"
#include "catalogue/catalogue.h"

static bool find_record(void *context, struct str kind, struct str id,
    struct arena *arena, struct record *record)
{
	struct catalogue_facts *facts = context;

	return catalogue_record(facts->catalogue, kind, id, arena, record);
}

static size_t find_claims(void *context, struct str claim, struct str value,
    struct str id, struct arena *arena, struct str *first)
{
	struct catalogue_facts *facts = context;
	const struct str params[] = { claim, value, id };
	struct value *rows = catalogue_rows(facts->catalogue,
	    QUERY_claim_others, params, 3, arena, NULL, NULL);

	*first = value_count(rows) > 0 ?
	    value_text_at(rows->list.items[0], STR("id")) : STR_NONE;
	return value_count(rows);
}

static struct str find_state(void *context, struct str id,
    struct arena *arena)
{
	struct catalogue_facts *facts = context;

	return catalogue_cell(facts->catalogue, QUERY_state_of, &id, 1,
	    arena);
}

static struct str find_digest(void *context, struct str kind, struct str id,
    struct arena *arena)
{
	const struct catalogue_facts *facts = context;
	const struct str params[] = { kind, id };

	return catalogue_cell(facts->catalogue, QUERY_digest_of, params, 2,
	    arena);
}

static struct str find_date(void *context, enum query query, struct str kind,
    struct str id, struct arena *arena)
{
	const struct catalogue_facts *facts = context;
	const struct str params[] = { kind, id };

	return catalogue_cell(facts->catalogue, query, params, 2, arena);
}

static struct str find_received(void *context, struct str kind,
    struct str id, struct arena *arena)
{
	return find_date(context, QUERY_received_of, kind, id, arena);
}

static struct str find_landed(void *context, struct str kind, struct str id,
    struct arena *arena)
{
	return find_date(context, QUERY_landed_of, kind, id, arena);
}

void catalogue_facts_init(struct catalogue_facts *facts,
    struct catalogue *catalogue)
{
	*facts = (struct catalogue_facts){ .catalogue = catalogue,
		.facts = { .context = facts, .record = find_record,
		    .claims = find_claims, .state = find_state,
		    .digest = find_digest, .received = find_received,
		    .landed = find_landed } };
}
