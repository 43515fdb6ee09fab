/* SPDX-License-Identifier: MIT */
/* Trees of other records, for functions.c. */
#include "base/date.h"
#include "model/record.h"
#include "rules/facts.h"
#include "rules/functions.h"
#include "rules/ruleset.h"
#include "schema/schema.h"
#include "schema/tree.h"

/* More units than these come from a registry that is walked in no order. */
enum { KEPT_MAX = 256 };

struct other_record {
	enum kind kind;
	struct str id;
	const struct tree *tree;	/* NULL: there is none */
};

void kept_records_init(struct kept_records *kept)
{
	*kept = (struct kept_records){ .facts = NULL };
	arena_init(&kept->arena);
	kept->records.arena = &kept->arena;
	vec_init(&kept->records.items, sizeof(struct other_record));
}

void kept_records_clear(struct kept_records *kept)
{
	vec_clear(&kept->records.items);
	arena_reset(&kept->arena);
}

void kept_records_dispose(struct kept_records *kept)
{
	vec_dispose(&kept->records.items);
	arena_dispose(&kept->arena);
}

void rule_context_init(struct rule_context *context,
    const struct judgement *judgement, const struct ruleset *ruleset,
    const struct codes *codes, struct kept_records *kept)
{
	const struct facts *facts = judgement->facts;
	const void *source = facts == NULL ? NULL : facts->context;

	*context = (struct rule_context){ .judgement = judgement,
		.ruleset = ruleset, .calendar = ruleset_calendar(ruleset),
		.codes = codes, .kept = kept,
		.others = { .arena = judgement->scratch } };
	vec_init(&context->others.items, sizeof(struct other_record));
	if (kept->facts != facts || kept->source != source ||
	    kept->records.items.count >= KEPT_MAX)
		kept_records_clear(kept);
	kept->facts = facts;
	kept->source = source;
}

void rule_context_dispose(struct rule_context *context)
{
	vec_dispose(&context->others.items);
}

static const struct tree *read_tree(const struct judgement *judgement,
    struct arena *arena, enum kind kind, struct str id)
{
	const struct facts *facts = judgement->facts;
	struct record *record;

	if (facts == NULL || facts->record == NULL || id.len == 0)
		return NULL;
	record = arena_alloc(arena, sizeof(*record));
	if (!facts->record(facts->context, kind_info(kind)->name, id, arena,
		record))
		return NULL;
	return tree_build(arena, record,
	    schema_fields(judgement->schemas, kind));
}

const struct tree *rule_context_tree(struct rule_context *context,
    struct str kind_name, struct str id)
{
	const struct judgement *judgement = context->judgement;
	const struct record *self = tree_record(judgement->tree);
	struct other_records *records = &context->others;
	struct other_record *other;
	enum kind kind;

	if (!kind_find(kind_name, &kind))
		return NULL;
	if (self->kind == kind && str_eq(self->id, id))
		return judgement->tree;
	if (judgement->facts != NULL && judgement->facts->asked != NULL)
		judgement->facts->asked(judgement->facts->context,
		    kind_info(kind)->name, id);
	if (kind == KIND_UNIT || kind == KIND_SITE)
		records = &context->kept->records;
	/* The latest first: records of a unit come in a row. */
	for (size_t i = records->items.count; i > 0; i--) {
		other = vec_at(&records->items, i - 1);
		if (other->kind == kind && str_eq(other->id, id))
			return other->tree;
	}
	other = vec_push(&records->items);
	*other = (struct other_record){ kind, str_dup(records->arena, id),
		NULL };
	other->tree = read_tree(judgement, records->arena, kind, id);
	return other->tree;
}
