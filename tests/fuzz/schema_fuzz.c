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
#include "base/file.h"
#include "base/reader.h"
#include "model/codes.h"
#include "model/kind.h"
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

static void check_kind(struct state *state, struct arena *arena,
    enum kind kind, struct str bytes)
{
	struct frontmatter_limits limits = FRONTMATTER_LIMITS_DEFAULT;
	struct str path = record_path(arena, kind, kind_info(kind)->example);
	struct record record;
	struct diag_list diags;

	diag_list_init(&diags, arena);
	if (record_parse(arena, path, bytes, &limits, &record, &diags)) {
		struct tree *tree = tree_build(arena, &record,
		    schema_fields(state->set, kind));
		bool is_good = schema_validate(state->set, &record, tree,
		    &diags);
		size_t count = diags.items.count;

		assert(is_good == (diag_errors(&diags) == 0));
		(void)!schema_validate(state->set, &record, tree, &diags);
		assert(diags.items.count == 2 * count);
	}
	diag_list_dispose(&diags);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct state *state = state_get();
	struct arena arena;

	arena_init(&arena);
	for (int kind = KIND_SITE; kind < KIND_COUNT; kind++)
		check_kind(state, &arena, (enum kind)kind,
		    (struct str){ (const char *)data, size });
	arena_dispose(&arena);
	return 0;
}
