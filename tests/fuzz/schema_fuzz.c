/* SPDX-License-Identifier: MIT */
/*
 * Any front matter held against the schemas that ship: an achievement is judged
 * without harm, the tree is as before afterwards, and judging it again finds
 * the same.
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/reader.h"
#include "model/codes.h"
#include "model/record.h"
#include "schema/schema.h"
#include "schema/tree.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct state {
	struct arena arena;
	struct codes codes;
	struct schema_set *set;
};

/* Opened once and never closed: the program ends with its inputs. */
static struct state *state_get(void)
{
	static struct state *state;
	struct diag_list diags;
	struct folder folder;
	struct reader reader;

	if (state != NULL)
		return state;
	state = calloc(1, sizeof(*state));
	assert(state != NULL);
	arena_init(&state->arena);
	diag_list_init(&diags, &state->arena);
	if (!folder_open_existing(STR("."), &folder, &diags))
		abort();
	reader = folder_reader(&folder);
	if (!codes_load(&state->arena, &reader, STR("schemas/codes/"),
		&state->codes, &diags) ||
	    !schema_set_open(&state->arena, &reader, &state->codes,
		&state->set, &diags))
		abort();
	diag_list_dispose(&diags);
	folder_close(&folder);
	return state;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct frontmatter_limits limits = FRONTMATTER_LIMITS_DEFAULT;
	struct state *state = state_get();
	struct record record;
	struct diag_list diags;
	struct arena arena;

	arena_init(&arena);
	diag_list_init(&diags, &arena);
	if (record_parse(&arena, STR("content/achievements/a/b.md"),
		(struct str){ (const char *)data, size }, &limits, &record,
		&diags)) {
		struct tree *tree = tree_build(&arena, &record,
		    schema_fields(state->set, KIND_ACHIEVEMENT));
		bool is_good = schema_validate(state->set, &record, tree,
		    &diags);
		size_t count = diags.items.count;

		assert(is_good == (diag_errors(&diags) == 0));
		(void)!schema_validate(state->set, &record, tree, &diags);
		assert(diags.items.count == 2 * count);
	}
	diag_list_dispose(&diags);
	arena_dispose(&arena);
	return 0;
}
