/* SPDX-License-Identifier: MIT */
/* Who sees an achievement that has come among those related to it. */
#include "catalogue/catalogue.h"

#include "desk.h"

enum { ACHIEVEMENTS = 60, UNITS = 3, WORDS = 4, RIGHTS = 20, DAYS = 9 };

static const char *const fields[] = { "互联网+", "生命健康", "新材料" };

/* The same numbers in every run. */
static unsigned next(unsigned *seed, unsigned below)
{
	*seed = *seed * 1103515245u + 12345u;
	return (*seed >> 16) % below;
}

static void put_achievement(struct desk *desk, size_t number, unsigned *seed,
    bool is_there)
{
	struct arena *arena = &desk->f.arena;
	unsigned unit = next(seed, UNITS), word = next(seed, WORDS);
	unsigned right = next(seed, RIGHTS), day = next(seed, DAYS) + 1;
	const char *field = fields[next(seed, 3)];
	bool is_public = next(seed, 8) > 0;

	if (!is_there) {
		desk->count += 2;
		return;
	}
	put(desk, str_format(arena, "content/achievements/u%u/a%zu.md", unit,
	    number).ptr, str_format(arena, "title: T%zu\nsubmitter: u%u\n"
	    "submitted: 2026-01-02\nfield: {highland: %s}\n"
	    "keywords: [w%u, x%u]\nunits:\n"
	    "  - {order: 1, name: U, unit: u%u, place: '330106'}\n"
	    "ip:\n  - {kind: 发明专利, no: R%u, title: t}\n", number, unit,
	    field, word, word + 1, unit, right).ptr);
	put(desk, str_format(arena, "content/dossiers/u%u/a%zu.md", unit,
	    number).ptr, str_format(arena, "%sregistration: {no: N%zu, "
	    "date: 2026-03-01, office: 办}\n"
	    "library: {entered: 2026-04-0%u, decision: d, by: 办}\n",
	    is_public ? "secrecy_review: {result: 通过, by: 办, "
	    "date: 2026-02-01, basis: b}\n" : "", number, day).ptr);
}

static void derive(struct desk *desk)
{
	catalogue_derive(desk->catalogue);
	catalogue_conclude(desk->catalogue);
	catalogue_list(desk->catalogue);
	assert_true(catalogue_is_well(desk->catalogue, &desk->f.diags));
}

/* An achievement and its dossier take two numbers. */
static const char *record_of(struct desk *desk, size_t number)
{
	return str_format(&desk->f.arena, "%zu", 2 * number + 1).ptr;
}

/* What is related to each, as text; all but `missing` are there. */
static void related(struct str *answers, struct arena *arena, size_t missing)
{
	unsigned seed = 7;
	struct desk desk;

	desk_init(&desk, "2026-06-30");
	for (size_t i = 0; i < ACHIEVEMENTS; i++)
		put_achievement(&desk, i, &seed, i != missing);
	derive(&desk);
	for (size_t i = 0; i < ACHIEVEMENTS; i++) {
		struct value *list = rows(&desk, QUERY_related_to,
		    record_of(&desk, i));

		answers[i] = STR_NONE;
		for (size_t r = 0; r < value_count(list); r++)
			answers[i] = str_format(arena, "%.*s %.*s",
			    STR_ARG(answers[i]), STR_ARG(value_text_at(
				list->list.items[r], STR("record"))));
	}
	desk_dispose(&desk);
}

/* Whether each is said to see the one of that number, which is there. */
static void seen_by(bool *sees, size_t number)
{
	unsigned seed = 7;
	struct value *list;
	struct desk desk;

	desk_init(&desk, "2026-06-30");
	for (size_t i = 0; i < ACHIEVEMENTS; i++)
		put_achievement(&desk, i, &seed, true);
	derive(&desk);
	list = rows(&desk, QUERY_related_seen_by, record_of(&desk, number));
	for (size_t i = 0; i < ACHIEVEMENTS; i++) {
		sees[i] = i == number;
		for (size_t r = 0; r < value_count(list); r++)
			sees[i] = sees[i] || str_eq(value_text_at(
			    list->list.items[r], STR("name")),
			    str_from(record_of(&desk, i)));
	}
	desk_dispose(&desk);
}

/* Nobody else has another answer for it. */
static void test_related__what_comes_is_seen_by_those_named(void **state)
{
	struct str all[ACHIEVEMENTS], without[ACHIEVEMENTS];
	size_t changed = 0, named = 0;
	bool sees[ACHIEVEMENTS];
	struct arena arena;

	(void)state;
	arena_init(&arena);
	related(all, &arena, ACHIEVEMENTS);
	for (size_t number = 0; number < ACHIEVEMENTS; number++) {
		related(without, &arena, number);
		seen_by(sees, number);
		for (size_t i = 0; i < ACHIEVEMENTS; i++) {
			bool is_other = !str_eq(all[i], without[i]);

			if (is_other && !sees[i])
				fail_msg("%zu sees %zu:%.*s and%.*s", i,
				    number, STR_ARG(all[i]),
				    STR_ARG(without[i]));
			changed += is_other;
			named += sees[i];
		}
	}
	/* It tells some apart, and there was something to tell. */
	assert_true(changed > ACHIEVEMENTS);
	assert_true(named < ACHIEVEMENTS * ACHIEVEMENTS);
	arena_dispose(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_related__what_comes_is_seen_by_those_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
