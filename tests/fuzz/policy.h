/* SPDX-License-Identifier: MIT */
/* The code lists and schemas that ship, for targets that hold inputs against
 * them. Opened once and never closed: the program ends with its inputs. */
#ifndef TESTS_FUZZ_POLICY_H
#define TESTS_FUZZ_POLICY_H

#include <stdlib.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/reader.h"
#include "model/codes.h"
#include "rules/ruleset.h"
#include "schema/schema.h"

struct policy {
	struct arena arena;
	struct codes codes;
	struct schema_set *schemas;
	struct ruleset *ruleset;	/* NULL unless asked for */
};

static inline void policy_open(struct policy *policy, bool with_rules)
{
	struct diag_list diags;
	struct folder folder;
	struct reader reader;

	arena_init(&policy->arena);
	diag_list_init(&diags, &policy->arena);
	if (!folder_open_existing(STR("."), &folder, &diags))
		abort();
	reader = folder_reader(&folder);
	if (!codes_load(&policy->arena, &reader, STR("schemas/codes/"),
		&policy->codes, &diags) ||
	    !schema_set_open(&policy->arena, &reader, &policy->codes,
		&policy->schemas, &diags) ||
	    (with_rules && !ruleset_open(&policy->arena, &reader,
		&policy->codes, &policy->ruleset, &diags)))
		abort();
	diag_list_dispose(&diags);
	folder_close(&folder);
}

#endif
