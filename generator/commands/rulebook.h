/* SPDX-License-Identifier: MIT */
/*
 * The rules of a registry, for commands that only talk about them (`explain`,
 * `rules`): the registry's reader, its code lists, its schemas and its ruleset,
 * opened together and closed together.
 */
#ifndef COMMANDS_RULEBOOK_H
#define COMMANDS_RULEBOOK_H

#include "base/lang.h"
#include "base/str.h"
#include "model/codes.h"
#include "pipeline/registry.h"
#include "schema/schematron_words.h"

#include <stdbool.h>

struct diag_list;
struct field;
struct invocation;
struct ruleset;
struct schema_set;
struct schematron_assert;

struct rulebook {
	struct registry registry;
	bool is_open;			/* the registry is */
	const struct codes *codes;
	struct schema_set *schemas;
	struct ruleset *ruleset;
};

/* To be closed by rulebook_close() whatever it returns; it must not move in
 * between. */
bool rulebook_open(const struct invocation *invocation,
    struct rulebook *rulebook, struct diag_list *diags);
void rulebook_close(struct rulebook *rulebook);

/* The term of `code` in the list of that name; the code itself if it has
 * none. */
struct str rulebook_label(const struct rulebook *rulebook, const char *list,
    struct str code, enum lang lang);

/* Hands out the fields of all kinds of records that name the rule. */
void rulebook_fields(const struct rulebook *rulebook, struct str rule,
    void (*take)(void *context, struct str kind, const struct field *field),
    void *context);

/* A message of an assert as people read it without a record, in `arena`. */
struct str rulebook_wording(const struct rulebook *rulebook,
    const struct schematron_assert *assert, enum schematron_text which,
    enum lang lang, struct arena *arena);

#endif
