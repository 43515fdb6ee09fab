/* SPDX-License-Identifier: MIT */
#include "rules/ruleset.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/reader.h"
#include "base/value.h"
#include "base/vec.h"
#include "model/record.h"
#include "rules/fold.h"
#include "rules/ruleset_tables.h"
#include "rules/waiver.h"
#include "schema/fields.h"
#include "schema/schematron.h"
#include "schema/tree.h"

/* -- opening ------------------------------------------------------------- */

static bool load_rule_files(struct ruleset *ruleset,
    const struct reader *reader, struct diag_list *diags)
{
	struct vec paths;
	bool ok;

	vec_init(&paths, sizeof(struct str));
	ok = reader->list(reader->context, STR("schemas/rules/"),
	    ruleset->arena, &paths, diags);
	for (size_t i = 0; i < paths.count; i++) {
		struct str path = *(struct str *)vec_at(&paths, i);

		if (str_ends(path, STR(".sch")) &&
		    !schematron_load(ruleset->schematron, reader, path, diags))
			ok = false;
	}
	vec_dispose(&paths);
	return ok;
}

bool ruleset_open(struct arena *arena, const struct reader *reader,
    const struct codes *codes, struct ruleset **out, struct diag_list *diags)
{
	return ruleset_open_profile(arena, reader, codes, STR_NONE, out, diags);
}

/* Before rule files are loaded, and after documents are. */
static bool open_profile(struct ruleset *ruleset, const struct reader *reader,
    struct str name, struct diag_list *diags)
{
	bool ok;

	if (name.len == 0)
		return true;
	ok = profile_load(ruleset->arena, reader, ruleset, name,
	    &ruleset->profile, diags);
	schematron_override(ruleset->schematron, ruleset->profile.overrides,
	    ruleset->profile.override_count);
	return ok;
}

bool ruleset_open_profile(struct arena *arena, const struct reader *reader,
    const struct codes *codes, struct str name, struct ruleset **out,
    struct diag_list *diags)
{
	struct ruleset *ruleset = arena_alloc(arena, sizeof(*ruleset));
	const struct rule_function *functions;
	size_t count;
	bool calendar, tables, profile, files;

	ruleset->arena = arena;
	ruleset->codes = codes;
	map_init(&ruleset->by_id, arena);
	kept_records_init(&ruleset->kept);
	functions = rule_functions(&count);
	ruleset->schematron = schematron_open(arena, functions, count);
	/* All of them even when one fails: one run tells everything. */
	calendar = calendar_load(arena, reader,
	    STR("schemas/calendar/holidays.csv"), &ruleset->calendar, diags);
	tables = ruleset_read_tables(ruleset, reader, diags);
	profile = open_profile(ruleset, reader, name, diags);
	files = load_rule_files(ruleset, reader, diags);
	/* What could not be read has nothing to change. */
	profile = (!files || schematron_check_overrides(ruleset->schematron,
	    diags)) && profile;
	if (calendar && tables && profile && files &&
	    ruleset_link_asserts(ruleset, diags)) {
		*out = ruleset;
		return true;
	}
	ruleset_close(ruleset);
	return false;
}

void ruleset_close(struct ruleset *ruleset)
{
	if (ruleset == NULL)
		return;
	schematron_close(ruleset->schematron);
	kept_records_dispose(&ruleset->kept);
}

void ruleset_forget(struct ruleset *ruleset)
{
	kept_records_clear(&ruleset->kept);
}

/* -- asking -------------------------------------------------------------- */

size_t ruleset_count(const struct ruleset *ruleset)
{
	return ruleset->rule_count;
}

const struct rule_entry *ruleset_at(const struct ruleset *ruleset,
    size_t index)
{
	return &ruleset->rules[index];
}

const struct rule_entry *ruleset_find(const struct ruleset *ruleset,
    struct str id)
{
	struct arena scratch;
	const struct rule_entry *entry;

	arena_init(&scratch);
	entry = map_get(&ruleset->by_id, fold_upper(&scratch, id));
	arena_dispose(&scratch);
	return entry;
}

size_t ruleset_document_count(const struct ruleset *ruleset)
{
	return ruleset->document_count;
}

const struct rule_document *ruleset_document_at(const struct ruleset *ruleset,
    size_t index)
{
	return &ruleset->documents[index];
}

size_t ruleset_assert_count(const struct ruleset *ruleset)
{
	return schematron_assert_count(ruleset->schematron);
}

const struct schematron_assert *ruleset_assert_at(
    const struct ruleset *ruleset, size_t index)
{
	return schematron_assert_at(ruleset->schematron, index);
}

const struct rule_entry *ruleset_assert_rule(const struct ruleset *ruleset,
    size_t index)
{
	return ruleset_find(ruleset, ruleset_assert_at(ruleset, index)->rule);
}

size_t ruleset_difference_count(const struct ruleset *ruleset)
{
	return ruleset->difference_count;
}

const struct rule_difference *ruleset_difference_at(
    const struct ruleset *ruleset, size_t index)
{
	return &ruleset->differences[index];
}

const struct profile *ruleset_profile(const struct ruleset *ruleset)
{
	return &ruleset->profile;
}

const struct calendar *ruleset_calendar(const struct ruleset *ruleset)
{
	return &ruleset->calendar;
}

void ruleset_parameters(const struct ruleset *ruleset,
    void (*take)(void *context, struct str name, struct str value),
    void *context)
{
	schematron_parameters(ruleset->schematron, take, context);
}

bool ruleset_has_phase(const struct ruleset *ruleset, struct str phase)
{
	return schematron_has_phase(ruleset->schematron, phase);
}

/* -- judging ------------------------------------------------------------- */

static struct date date_at(const struct record *record, struct str path,
    struct date otherwise)
{
	struct date date = otherwise;

	if (record != NULL)
		(void)date_parse(str_trim(value_text_at(record->data, path)),
		    &date);
	return date;
}

static const struct record *other_record(struct rule_context *context,
    struct str kind, struct str id)
{
	const struct tree *tree = rule_context_tree(context, kind, id);

	return tree == NULL ? NULL : tree_record(tree);
}

void judgement_turns(const struct judgement *judgement, struct date day)
{
	if (judgement->turn != NULL &&
	    date_cmp(day, judgement->as_of) > 0 &&
	    date_cmp(day, *judgement->turn) < 0)
		*judgement->turn = day;
}

/* What turns if the as-of date decides which rules are in force. */
static void turn_with_rules(void *context, struct date day)
{
	const struct rule_context *rules = context;

	judgement_turns(rules->judgement, day);
}

/* The day by which it is decided whether a rule was in force; `none` where no
 * record says it. */
static struct date date_of(struct rule_context *context,
    const struct record *record, struct date none)
{

	switch (record->kind) {
	case KIND_ACHIEVEMENT:
		return date_at(record, STR("submitted"), none);
	case KIND_DOSSIER:
		return date_at(other_record(context, STR("achievement"),
		    record->id), STR("submitted"), none);
	case KIND_BULLETIN:
	case KIND_RELEASE:
	case KIND_RANKING:
	case KIND_PANEL:
		return date_at(record, STR("date"), none);
	case KIND_SANCTION:
		return date_at(record, STR("decided"), none);
	case KIND_PROJECT:
		return date_at(record, STR("start"), none);
	case KIND_SITE:
	case KIND_UNIT:
	case KIND_PAGE:
	case KIND_EXPERT:
	case KIND_CREDIT:
	case KIND_COUNT:
		break;
	}
	return none;
}

static const struct record *dossier_of(struct rule_context *context,
    const struct record *record)
{
	if (record->kind != KIND_ACHIEVEMENT && record->kind != KIND_DOSSIER)
		return NULL;
	return other_record(context, STR("dossier"), record->id);
}

bool ruleset_judge(struct ruleset *ruleset, const struct judgement *judgement,
    struct diag_list *diags)
{
	size_t before = diag_errors(diags), first = diags->items.count;
	const struct record *record = tree_record(judgement->tree), *dossier;
	struct rule_context context;
	struct schematron_input input;
	const struct date none = { .year = 0 };
	struct date date;
	bool clean;

	rule_context_init(&context, judgement, ruleset, ruleset->codes,
	    &ruleset->kept);
	date = date_of(&context, record, none);
	input = (struct schematron_input){ .tree = judgement->tree,
		.phase = judgement->phase, .context = &context,
		.date = date.year == none.year ? judgement->as_of : date,
		.turns = date.year == none.year ? turn_with_rules : NULL,
		.arena = judgement->scratch,
		.outcomes = judgement->outcomes };
	clean = schematron_run(ruleset->schematron, &input, diags);
	dossier = dossier_of(&context, record);
	if (dossier != NULL)
		waivers_apply(ruleset, dossier, judgement, first, diags);
	rule_context_dispose(&context);
	return clean || diag_errors(diags) == before;
}

/* Nothing stands in it: what rules ask of a registry they ask by functions. */
static const struct tree *registry_tree(struct arena *arena)
{
	struct kind_fields *fields = arena_alloc(arena, sizeof(*fields));
	struct record *record = arena_alloc(arena, sizeof(*record));

	fields->kind = KIND_SITE;
	fields->root.name = STR("registry");
	fields->root.type = FIELD_MAP;
	map_init(&fields->root.by_name, arena);
	record->kind = KIND_SITE;
	record->id = STR("registry");
	record->path = record_path(arena, KIND_SITE, STR("site"));
	record->data = value_map(arena);
	return tree_build(arena, record, fields);
}

bool ruleset_remind(struct ruleset *ruleset,
    const struct judgement *judgement, struct diag_list *reminders,
    struct diag_list *diags)
{
	struct judgement whole = *judgement;
	size_t before = diag_errors(diags);
	struct diag_list found;

	whole.tree = registry_tree(judgement->scratch);
	diag_list_init(&found, judgement->scratch);
	(void)!ruleset_judge(ruleset, &whole, &found);
	for (size_t i = 0; i < found.items.count; i++) {
		const struct diagnostic *d = vec_at(&found.items, i);

		diag_add(d->due.len > 0 ? reminders : diags, d);
	}
	diag_list_dispose(&found);
	return diag_errors(diags) == before;
}
