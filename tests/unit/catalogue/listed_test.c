/* SPDX-License-Identifier: MIT */
/* Which lists have another answer when an achievement comes, or what is shown
 * of it changes: those that it is listed under, and no others. */
#include "catalogue/answer.h"
#include "catalogue/catalogue.h"
#include "catalogue/reads.h"

#include "base/map.h"
#include "desk.h"

enum { ACHIEVEMENTS = 16, NOBODY = ACHIEVEMENTS, KEYS_MOST = 64 };

static const struct memory_file list_codes[] = {
	{ "schemas/codes/categories.csv", "code,zh,en,source,status\n"
	    "one,甲类,a,t,confirmed\ntwo,乙类,b,t,confirmed\n" },
	{ "schemas/codes/highlands.csv", "code,zh,en,source,status\n"
	    "net,互联网+,a,t,confirmed\nlife,生命健康,b,t,confirmed\n" },
	{ "schemas/codes/ip-kinds.csv", "code,zh,en,source,status\n"
	    "invention,发明专利,a,t,confirmed\n" },
	{ "schemas/codes/ip-states.csv", "code,zh,en,source,status\n"
	    "granted,授权,a,t,confirmed\n" },
	{ "schemas/codes/paper-states.csv", "code,zh,en,source,status\n"
	    "published,已发表,a,t,confirmed\n" },
	{ "schemas/codes/publish-modes.csv", "code,zh,en,source,status\n"
	    "name,实名,a,t,confirmed\n" },
	{ NULL, NULL }
};

static void put_codes(struct desk *desk)
{
	struct fixture lists;
	struct codes codes;

	fixture_init(&lists, list_codes);
	assert_true(codes_load(&desk->f.arena, &lists.reader,
	    STR("schemas/codes/"), &codes, &desk->f.diags));
	catalogue_put_codes(desk->catalogue, &codes);
	fixture_dispose(&lists);
}

/* The digits of `n` are what lists it is in. */
static void put_achievement(struct desk *desk, unsigned n, const char *title)
{
	static const char *const categories[] = { "甲类", "乙类" };
	static const char *const fields[] = { "互联网+", "生命健康" };
	static const char *const places[] = { "330106", "330100" };
	struct arena *arena = &desk->f.arena;
	unsigned a = n & 1, b = n >> 1 & 1, c = n >> 2 & 1, d = n >> 3 & 1;

	put(desk, str_format(arena, "content/achievements/u%u/a%u.md", a,
	    n).ptr, str_format(arena, "title: %s\ntitle_en: %s\n"
	    "summary: %s\nsummary_en: %s\ncategory: %s\nsubmitter: u%u\n"
	    "submitted: 2026-01-02\nfield: {highland: %s}\n"
	    "benefit: {economic: {amount: '1', basis: b}}\n"
	    "units:\n  - {order: 1, name: U, unit: u%u, place: '%s'}\n"
	    "  - {order: 2, name: V, unit: v%u, place: '330106'}\n"
	    "people:\n  - {order: 1, name: P%u, unit: U, consent: "
	    "{on: 2026-01-01}}\n"
	    "ip:\n  - {kind: 发明专利, no: R%u, title: t, state: 授权, "
	    "granted: 2022-0%u-02}\n"
	    "papers:\n  - {title: t, journal: j, state: 已发表, "
	    "date: 2025-0%u-03}\n"
	    "transfers:\n  - {date: 2025-1%u-04, kind: k, to: t}\n"
	    "projects:\n  - {order: 1, name: j}\n", title,
	    title, title, title, categories[b], a, fields[c], a, places[d],
	    b, n / 2, n, c + 1, d + 1, a).ptr);
	put(desk, str_format(arena, "content/dossiers/u%u/a%u.md", a, n).ptr,
	    str_format(arena, "secrecy_review: {result: 通过, by: 办, "
	    "date: 2026-02-01, basis: b}\n"
	    "registration: {no: N%u, date: 2026-03-0%u, office: 办}\n"
	    "library: {entered: 2026-0%u-05, decision: d, by: 办}\n", n,
	    a + 1, b + 4).ptr);
}

/* Its right was granted so long ago, and nobody has put it to use. */
static void find_untransferred(struct desk *desk, unsigned n)
{
	struct diagnostic found = { .severity = DIAG_NOTICE, .mark = { .path =
	    str_format(&desk->f.arena, "content/achievements/u%u/a%u.md",
		n & 1, n) } };

	found.id = STR("P-04");
	found.due = str_format(&desk->f.arena, "2024-0%u-02", (n >> 2 & 1) + 1);
	catalogue_put_diagnostic(desk->catalogue, &found);
	found.id = STR("P-05");
	found.due = str_format(&desk->f.arena, "2025-0%u-02", (n >> 2 & 1) + 1);
	catalogue_put_diagnostic(desk->catalogue, &found);
}

/* All of them but `missing`, of whom `titled` has another title. */
static void set_up(struct desk *desk, unsigned missing, unsigned titled)
{
	desk_init(desk, "2026-06-30");
	put_codes(desk);
	put(desk, "content/units/u0.md", "name: 甲\nkind: 高校\n");
	put(desk, "content/units/u1.md", "name: 乙\nkind: 高校\n");
	for (unsigned n = 0; n < ACHIEVEMENTS; n++) {
		if (n == missing) {
			desk->count += 2;
			continue;
		}
		put_achievement(desk, n, n == titled ? "改" : "题");
		find_untransferred(desk, n);
	}
	catalogue_derive(desk->catalogue);
	catalogue_conclude(desk->catalogue);
	catalogue_list(desk->catalogue);
	assert_true(catalogue_is_well(desk->catalogue, &desk->f.diags));
}

/* What the achievement of that number is listed under; units come first. */
static void add_names(struct desk *desk, unsigned n, struct map *names)
{
	struct value *list = rows(desk, QUERY_listed_under,
	    str_format(&desk->f.arena, "%u", 2 * n + 3).ptr);

	for (size_t i = 0; i < value_count(list); i++)
		map_put(names, value_text_at(list->list.items[i],
		    STR("name")), names);
}

typedef uint64_t answers[QUERY_COUNT][KEYS_MOST];

static void ask_all(struct desk *desk, const struct map *keys, answers found)
{
	for (int query = 0; query < QUERY_COUNT; query++)
		for (size_t k = 0; k < keys->count; k++) {
			/* Without a key all; ranges of days, and how many, of
			 * those that ask. */
			struct str key = keys->entries[k].key;
			const struct str params[] = { key.len > 0 ? key :
				STR_NONE, STR("0"), STR("9"), STR("1000") };

			if (catalogue_seen_by((enum query)query) ==
			    QUERY_listed_under || catalogue_shown_to((enum
			    query)query) == QUERY_listed_under)
				found[query][k] = catalogue_answer(
				    desk->catalogue, (enum query)query, params,
				    4);
		}
}

typedef enum query told_by(enum query query);

/* Of each answer that is otherwise `told` knows; counts them by query. */
static void compare(answers all, answers other, const struct map *keys,
    const struct map *names, told_by *told, size_t changed[QUERY_COUNT])
{
	for (int query = 0; query < QUERY_COUNT; query++)
		for (size_t k = 0; k < keys->count; k++) {
			if (told((enum query)query) != QUERY_listed_under ||
			    all[query][k] == other[query][k])
				continue;
			changed[query]++;
			if (!map_has(names, keys->entries[k].key))
				fail_msg("query %d of %.*s", query,
				    STR_ARG(keys->entries[k].key));
		}
}

/* Answers of all, and all that anything is listed under. */
static void answer(answers found, struct map *keys, struct arena *arena)
{
	struct desk desk;
	struct map names;

	set_up(&desk, NOBODY, NOBODY);
	map_init(&names, &desk.f.arena);
	for (unsigned n = 0; n < ACHIEVEMENTS; n++)
		add_names(&desk, n, &names);
	for (size_t i = 0; i < names.count; i++)
		map_put(keys, str_dup(arena, names.entries[i].key), keys);
	assert_in_range(keys->count, 10, KEYS_MOST);
	ask_all(&desk, keys, found);
	desk_dispose(&desk);
}

/* One is missing, or has another title. */
static void try_without(answers all, const struct map *keys, unsigned n,
    bool is_missing, size_t changed[QUERY_COUNT])
{
	static answers found;
	struct desk desk;
	struct map names;

	set_up(&desk, is_missing ? n : NOBODY, is_missing ? NOBODY : n);
	ask_all(&desk, keys, found);
	desk_dispose(&desk);
	set_up(&desk, NOBODY, NOBODY);
	map_init(&names, &desk.f.arena);
	add_names(&desk, n, &names);
	/* It tells some apart. */
	assert_true(names.count < keys->count);
	compare(all, found, keys, &names, is_missing ?
	    catalogue_seen_by : catalogue_shown_to, changed);
	desk_dispose(&desk);
}

/* Each query that says so had another answer somewhere. */
static void assert_told(told_by *told, const size_t changed[QUERY_COUNT])
{
	for (int query = 0; query < QUERY_COUNT; query++)
		if (told((enum query)query) == QUERY_listed_under &&
		    changed[query] == 0)
			fail_msg("query %d never had another answer", query);
}

static void test_listed__only_there_is_it_seen(void **state)
{
	static answers all;
	size_t come[QUERY_COUNT] = { 0 }, shown[QUERY_COUNT] = { 0 };
	struct arena arena;
	struct map keys;

	(void)state;
	arena_init(&arena);
	map_init(&keys, &arena);
	answer(all, &keys, &arena);
	for (unsigned n = 0; n < ACHIEVEMENTS; n++) {
		try_without(all, &keys, n, true, come);
		try_without(all, &keys, n, false, shown);
	}
	assert_told(catalogue_seen_by, come);
	assert_told(catalogue_shown_to, shown);
	arena_dispose(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_listed__only_there_is_it_seen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
