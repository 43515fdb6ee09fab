/* SPDX-License-Identifier: MIT */
#include "pipeline/facts.h"

#include "base/value.h"
#include "catalogue/catalogue.h"
#include "model/kind.h"
#include "pipeline/dependencies.h"

/* Whose records of that kind are. */
static struct catalogue *catalogue_for(const struct catalogue_facts *facts,
    struct str name)
{
	enum kind kind;

	return facts->registry == NULL || (kind_find(name, &kind) &&
	    kind_info(kind)->is_private) ? facts->catalogue : facts->registry;
}

static void note_asked(void *context, struct str kind, struct str id)
{
	const struct catalogue_facts *facts = context;

	dependencies_add(facts->dependencies, ON_RECORD, kind, id);
}

static bool find_record(void *context, struct str kind, struct str id,
    struct arena *arena, struct record *record)
{
	return catalogue_record(catalogue_for(context, kind), kind, id, arena,
	    record);
}

static size_t find_claims(void *context, struct str claim, struct str value,
    struct str id, struct arena *arena, struct str *first)
{
	struct catalogue_facts *facts = context;
	const struct str params[] = { claim, value, id };
	struct value *rows;

	dependencies_add(facts->dependencies, ON_CLAIM, claim, value);
	rows = catalogue_rows(facts->catalogue, QUERY_claim_others, params, 3,
	    arena, NULL, NULL);
	*first = value_count(rows) > 0 ?
	    value_text_at(rows->list.items[0], STR("id")) : STR_NONE;
	return value_count(rows);
}

static struct str find_state(void *context, struct str id,
    struct arena *arena)
{
	struct catalogue_facts *facts = context;

	dependencies_add(facts->dependencies, ON_STATE, id, STR_NONE);
	return catalogue_cell(facts->registry != NULL ? facts->registry :
	    facts->catalogue, QUERY_state_of, &id, 1, arena);
}

static struct str find_digest(void *context, struct str kind, struct str id,
    struct arena *arena)
{
	const struct catalogue_facts *facts = context;
	const struct str params[] = { kind, id };

	dependencies_add(facts->dependencies, ON_RECORD, kind, id);
	return catalogue_cell(catalogue_for(facts, kind), QUERY_digest_of,
	    params, 2, arena);
}

static struct str find_date(void *context, enum query query, struct str kind,
    struct str id, struct arena *arena)
{
	const struct str params[] = { kind, id };

	return catalogue_cell(catalogue_for(context, kind), query, params, 2,
	    arena);
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
		.facts = { .context = facts, .asked = note_asked,
		    .record = find_record,
		    .claims = find_claims, .state = find_state,
		    .digest = find_digest, .received = find_received,
		    .landed = find_landed } };
}

static struct str find_involved(void *context, struct str what,
    const struct str texts[4], struct arena *arena)
{
	static const struct {
		const char *what;
		enum query query;
	} queries[] = {
		{ "leads", QUERY_involved_leads },
		{ "takes-part", QUERY_involved_takes_part },
		{ "submits", QUERY_involved_submits },
		{ "completes", QUERY_involved_completes },
		{ "shared-work", QUERY_involved_shared_work },
		{ "sanctioned-person", QUERY_involved_sanctioned_person },
		{ "sanctioned-unit", QUERY_involved_sanctioned_unit },
	};
	struct catalogue_facts *facts = context;

	for (size_t i = 0; i < sizeof(queries) / sizeof(queries[0]); i++)
		if (str_eq(what, str_from(queries[i].what)))
			return catalogue_cell(facts->catalogue,
			    queries[i].query, texts, 4, arena);
	return STR_NONE;
}

void catalogue_facts_add_registry(struct catalogue_facts *facts,
    struct catalogue *registry)
{
	facts->registry = registry;
	facts->facts.involved = find_involved;
}
