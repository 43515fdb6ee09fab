/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as an identifier of each kind, and as text that may hold personal
 * data. What is valid is valid as it is normally written, too; a wrong check
 * character, put right, makes it valid; a finding lies within the text.
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "rules/fold.h"
#include "rules/identifier.h"
#include "rules/privacy.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_mended(struct arena *arena, enum identifier_kind kind,
    const struct identifier *bad)
{
	struct str kept = str_slice(bad->normal, 0,
	    bad->normal.len - bad->expected.len);
	struct identifier mended;

	assert(bad->expected.len > 0);
	identifier_examine(arena, kind,
	    str_join(arena, kept, bad->expected), &mended);
	assert(mended.problem == IDENTIFIER_VALID);
}

static void check_identifier(struct arena *arena, enum identifier_kind kind,
    struct str text)
{
	struct identifier found, again;

	identifier_examine(arena, kind, text, &found);
	assert((found.problem == IDENTIFIER_VALID) ==
	    (found.fault.in[LANG_ZH].len == 0));
	assert((found.problem == IDENTIFIER_BAD_FORM) ==
	    (found.part_count == 0));
	assert((found.problem == IDENTIFIER_BAD_CHECK) ==
	    (found.expected.len > 0));
	if (found.problem == IDENTIFIER_BAD_CHECK)
		check_mended(arena, kind, &found);
	if (found.problem != IDENTIFIER_VALID)
		return;
	identifier_examine(arena, kind, found.normal, &again);
	assert(again.problem == IDENTIFIER_VALID);
	assert(str_eq(again.normal, found.normal));
}

static void check_findings(bool (*find)(struct str, size_t,
    struct privacy_finding *), struct str text)
{
	struct privacy_finding finding;
	size_t from = 0;

	while (find(text, from, &finding)) {
		assert(finding.at >= from && finding.len > 0);
		assert(finding.len <= text.len - finding.at);
		from = finding.at + finding.len;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = { (const char *)data, size };
	struct arena arena;
	struct str folded;

	arena_init(&arena);
	for (size_t i = 0; i < IDENTIFIER_KIND_COUNT; i++)
		check_identifier(&arena, (enum identifier_kind)i, text);
	check_findings(privacy_find, text);
	check_findings(privacy_find_mark, text);
	folded = fold_name(&arena, text);
	if (utf8_check(text) == text.len) {
		assert(utf8_check(folded) == folded.len);
		assert(str_eq(fold_name(&arena, folded), folded));
	}
	arena_dispose(&arena);
	return 0;
}
