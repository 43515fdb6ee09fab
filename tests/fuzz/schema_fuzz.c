/* SPDX-License-Identifier: MIT */
/*
 * Any front matter held against the schemas that ship, as a record of each
 * kind: it is judged without harm, the tree is as before afterwards, and
 * judging it again finds the same.
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/diag.h"
#include "model/kind.h"
#include "model/record.h"
#include "schema/schema.h"
#include "schema/tree.h"

#include "policy.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct policy *policy_get(void)
{
	static struct policy *policy;

	if (policy != NULL)
		return policy;
	policy = calloc(1, sizeof(*policy));
	assert(policy != NULL);
	policy_open(policy, false);
	return policy;
}

static void check_kind(const struct policy *policy, struct arena *arena,
    enum kind kind, struct str bytes)
{
	struct frontmatter_limits limits = FRONTMATTER_LIMITS_DEFAULT;
	struct str path = record_path(arena, kind, kind_info(kind)->example);
	struct record record;
	struct diag_list diags;

	diag_list_init(&diags, arena);
	if (record_parse(arena, path, bytes, &limits, &record, &diags)) {
		struct tree *tree = tree_build(arena, &record,
		    schema_fields(policy->schemas, kind));
		bool is_good = schema_validate(policy->schemas, &record, tree,
		    &diags);
		size_t count = diags.items.count;

		assert(is_good == (diag_errors(&diags) == 0));
		(void)!schema_validate(policy->schemas, &record, tree, &diags);
		assert(diags.items.count == 2 * count);
	}
	diag_list_dispose(&diags);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct policy *policy = policy_get();
	struct arena arena;

	arena_init(&arena);
	for (int kind = KIND_SITE; kind < KIND_COUNT; kind++)
		check_kind(policy, &arena, (enum kind)kind,
		    (struct str){ (const char *)data, size });
	arena_dispose(&arena);
	return 0;
}
