/* SPDX-License-Identifier: MIT */
/*
 * Any lines as the shares of the owners of a patent, held against the schemas
 * and rules that ship: a share is taken exactly when it is a number of 0 to 100
 * in the form that the schema describes, and the sum is complained of exactly
 * when whole numbers say that it is not 100 within the tolerance of the rule:
 * binary fractions must not decide it.
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/diag.h"
#include "base/vec.h"
#include "model/record.h"
#include "rules/ruleset.h"
#include "schema/schema.h"
#include "schema/schematron.h"
#include "schema/tree.h"

#include "policy.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST_OWNERS = 8 };

struct state {
	struct policy policy;
	size_t sum;		/* the assert on it */
	unsigned char *outcomes;
};

struct share {
	uint32_t line;		/* of the record */
	bool is_known;		/* the next two can be told without doubt */
	bool is_good;
	uint64_t millionths;
};

static size_t find_assert(const struct ruleset *ruleset, struct str id)
{
	for (size_t i = 0; i < ruleset_assert_count(ruleset); i++)
		if (str_eq(ruleset_assert_at(ruleset, i)->id, id))
			return i;
	abort();
}

static struct state *state_get(void)
{
	static struct state *state;

	if (state != NULL)
		return state;
	state = calloc(1, sizeof(*state));
	assert(state != NULL);
	policy_open(&state->policy, true);
	state->sum = find_assert(state->policy.ruleset, STR("Z-10g"));
	state->outcomes = arena_alloc(&state->policy.arena,
	    ruleset_assert_count(state->policy.ruleset));
	return state;
}

static bool is_digits(struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] < '0' || text.ptr[i] > '9')
			return false;
	return text.len > 0;
}

/* (0|[1-9][0-9]*)(\.[0-9]+)?, at most 100, in whole numbers. Libxml2 gives up
 * on numbers of more than 24 digits. */
static void read_share(struct str text, struct share *share)
{
	bool has_point = str_find_char(text, '.', 0) != STR_NOT_FOUND;
	struct str rest = text, whole = str_cut(&rest, '.');
	uint64_t value = 0;

	share->is_good = is_digits(whole) &&
	    (whole.len == 1 || whole.ptr[0] != '0') &&
	    (!has_point || is_digits(rest));
	share->is_known = !share->is_good ||
	    (whole.len <= 9 && rest.len <= 6);
	if (!share->is_good || !share->is_known)
		return;
	for (size_t i = 0; i < whole.len; i++)
		value = 10 * value + (uint64_t)(whole.ptr[i] - '0');
	for (size_t i = 0; i < 6; i++)
		value = 10 * value + (uint64_t)(i < rest.len ?
		    rest.ptr[i] - '0' : 0);
	share->millionths = value;
	share->is_good = value <= UINT64_C(100000000);
}

static bool is_plain(struct str line)
{
	for (size_t i = 0; i < line.len; i++)
		if (line.ptr[i] <= ' ' || line.ptr[i] > '~' ||
		    line.ptr[i] == '\'')
			return false;
	return line.len > 0;
}

/* A record with an owner for each plain line. */
static size_t write_record(struct buf *out, struct str lines,
    struct share *shares)
{
	uint32_t line = 7;
	size_t count = 0;

	buf_append(out, STR("---\ntitle: 量子点\nsubmitted: 2026-01-15\n"
	    "updated: 2026-01-20\nip:\n  - owners:\n"));
	while (lines.len > 0 && count < MOST_OWNERS) {
		struct str text = str_cut(&lines, '\n');

		if (!is_plain(text))
			continue;
		buf_append_format(out, "      - share: '%.*s'\n",
		    STR_ARG(text));
		shares[count] = (struct share){ .line = line++ };
		read_share(text, &shares[count++]);
	}
	buf_append(out, STR("---\n\ntext\n"));
	return count;
}

static bool is_refused(const struct diag_list *diags, uint32_t line)
{
	for (size_t i = 0; i < diags->items.count; i++) {
		const struct diagnostic *d = vec_at(&diags->items, i);

		/* That the owner has no name stands on the same line. */
		if (d->mark.line == line && (str_eq(d->id, STR("X0207")) ||
			str_eq(d->id, STR("X0213")) ||
			str_eq(d->id, STR("X0214"))))
			return true;
	}
	return false;
}

static void check_sum(struct state *state, const struct tree *tree,
    const struct share *shares, size_t count, struct diag_list *diags)
{
	uint64_t sum = 0, total;
	struct arena scratch;
	struct judgement judgement = { .tree = tree,
		.schemas = state->policy.schemas, .as_of = { 2026, 6, 30 },
		.outcomes = state->outcomes, .scratch = &scratch };
	unsigned char outcome;

	for (size_t i = 0; i < count; i++)
		sum += shares[i].millionths;
	total = (sum + 5000) / 10000;
	/* Halfway between hundredths, either is right. */
	if (count == 0 || sum % 10000 == 5000)
		return;
	arena_init(&scratch);
	state->outcomes[state->sum] = 0;
	(void)!ruleset_judge(state->policy.ruleset, &judgement, diags);
	outcome = state->outcomes[state->sum];
	assert((outcome & SCHEMATRON_APPLIED) != 0);
	assert(((outcome & SCHEMATRON_FAILED) != 0) ==
	    (total < 9990 || total > 10010));
	arena_dispose(&scratch);
}

static void check_record(struct state *state, struct arena *arena,
    struct str bytes, const struct share *shares, size_t count,
    struct diag_list *diags)
{
	struct frontmatter_limits limits = FRONTMATTER_LIMITS_DEFAULT;
	struct record record;
	struct tree *tree;
	bool all_good = true;

	if (!record_parse(arena, STR("content/achievements/a/b.md"), bytes,
		&limits, &record, diags))
		assert(!"the record is in order");
	tree = tree_build(arena, &record, schema_fields(state->policy.schemas,
	    KIND_ACHIEVEMENT));
	(void)!schema_validate(state->policy.schemas, &record, tree, diags);
	for (size_t i = 0; i < count; i++) {
		all_good = all_good && shares[i].is_known && shares[i].is_good;
		if (shares[i].is_known)
			assert(is_refused(diags, shares[i].line) ==
			    !shares[i].is_good);
	}
	if (all_good)
		check_sum(state, tree, shares, count, diags);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct state *state = state_get();
	struct share shares[MOST_OWNERS];
	struct diag_list diags;
	struct arena arena;
	struct buf record;
	size_t count;

	arena_init(&arena);
	diag_list_init(&diags, &arena);
	buf_init(&record);
	count = write_record(&record, (struct str){ (const char *)data, size },
	    shares);
	check_record(state, &arena, buf_str(&record), shares, count, &diags);
	buf_dispose(&record);
	diag_list_dispose(&diags);
	arena_dispose(&arena);
	return 0;
}
