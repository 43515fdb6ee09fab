/* SPDX-License-Identifier: MIT */
#include "commands/rulebook.h"

#include "base/arena.h"
#include "commands/command.h"
#include "rules/ruleset.h"
#include "rules/ruleset_words.h"
#include "schema/fields.h"
#include "schema/schema.h"

bool rulebook_open(const struct invocation *invocation,
    struct rulebook *rulebook, struct diag_list *diags)
{
	const struct reader *reader = &rulebook->registry.reader;

	struct codes *codes = arena_alloc(invocation->arena, sizeof(*codes));
	struct str profile = invocation_value(invocation, "profile");

	if (invocation_has(invocation, "compare"))
		profile = invocation_value(invocation, "compare");
	rulebook->codes = codes;
	rulebook->schemas = NULL;
	rulebook->ruleset = NULL;
	rulebook->is_open = invocation_open_registry(invocation,
	    &rulebook->registry, diags);
	return rulebook->is_open &&
	    codes_load(invocation->arena, reader, STR("schemas/codes/"),
		codes, diags) &&
	    schema_set_open(invocation->arena, reader, codes,
		&rulebook->schemas, diags) &&
	    ruleset_open_profile(invocation->arena, reader, codes, profile,
		&rulebook->ruleset, diags);
}

void rulebook_close(struct rulebook *rulebook)
{
	ruleset_close(rulebook->ruleset);
	if (rulebook->schemas != NULL)
		schema_set_close(rulebook->schemas);
	if (rulebook->is_open)
		registry_close(&rulebook->registry);
}

struct str rulebook_label(const struct rulebook *rulebook, const char *list,
    struct str code, enum lang lang)
{
	const struct code *found = code_by_code(codes_list(rulebook->codes,
	    str_from(list)), code);

	return found == NULL ? code : found->title[lang];
}

struct str rulebook_wording(const struct rulebook *rulebook,
    const struct schematron_assert *assert, enum schematron_text which,
    enum lang lang, struct arena *arena)
{
	return ruleset_wording(rulebook->ruleset, rulebook->schemas, assert,
	    which, lang, arena);
}

struct taking {
	struct str kind;
	void (*take)(void *context, struct str kind,
	    const struct field *field);
	void *context;
};

static void take_field(void *context, const struct field *field)
{
	struct taking *taking = context;

	taking->take(taking->context, taking->kind, field);
}

void rulebook_fields(const struct rulebook *rulebook, struct str rule,
    void (*take)(void *context, struct str kind, const struct field *field),
    void *context)
{
	struct taking taking = { .take = take, .context = context };

	for (int kind = 0; kind < KIND_COUNT; kind++) {
		const struct kind_fields *fields = schema_fields(
		    rulebook->schemas, (enum kind)kind);

		taking.kind = kind_info((enum kind)kind)->name;
		if (fields != NULL)
			fields_naming(&fields->root, rule, take_field,
			    &taking);
	}
}
