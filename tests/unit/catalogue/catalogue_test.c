/* SPDX-License-Identifier: MIT */
#include "catalogue/catalogue.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "desk.h"

static const char *state_of(struct desk *desk, const char *id)
{
	const struct str params[] = { str_from(id) };

	return str_cstr(&desk->f.arena, catalogue_cell(desk->catalogue,
	    QUERY_state_of, params, 1, &desk->f.arena));
}

#define ACHIEVEMENT "title: T\nsubmitter: u\nsubmitted: 2026-01-02\n" \
    "units:\n  - order: 1\n    name: U\n    unit: u\n    place: '330106'\n"
#define SECRECY "secrecy_review: {result: 通过, by: 办, date: 2026-02-01, " \
    "basis: b}\n"
#define REGISTRATION "registration: {no: N1, date: 2026-03-01, office: 办}\n"
#define LIBRARY "library: {entered: 2026-04-01, decision: d, by: 办}\n"

/* -- where an achievement stands ------------------------------------------ */

struct standing_case {
	const char *as_of, *dossier;	/* NULL: no dossier */
	const char *state;
	bool is_public, is_announced;
};

static void assert_standing(const struct standing_case *c)
{
	struct desk desk;

	desk_init(&desk, c->as_of);
	put(&desk, "content/achievements/u/a.md", ACHIEVEMENT);
	if (c->dossier != NULL)
		put(&desk, "content/dossiers/u/a.md", c->dossier);
	put(&desk, "content/bulletins/2026-05.md", "title: B\nissue: 1\n"
	    "date: 2026-06-05\npublic: true\nitems:\n  - achievement: u/a\n"
	    "    progress: p\n    progress_date: 2026-05-01\n");
	catalogue_derive(desk.catalogue);
	if (strcmp(state_of(&desk, "u/a"), c->state) != 0 ||
	    (value_count(rows(&desk, QUERY_public_achievements, NULL)) == 1) !=
	    c->is_public ||
	    (value_count(rows(&desk, QUERY_registry_newest, "9")) == 1) !=
	    c->is_announced)
		fail_msg("as of %s: %s, dossier:\n%s", c->as_of,
		    state_of(&desk, "u/a"), c->dossier);
	assert_true(catalogue_is_well(desk.catalogue, &desk.f.diags));
	desk_dispose(&desk);
}

static void test_derive__takes_decisions_on_their_days(void **state)
{
	static const char all[] = SECRECY REGISTRATION LIBRARY;
	static const struct standing_case cases[] = {
		{ "2026-01-01", NULL, "submitted", false, false },
		{ "2026-02-28", all, "submitted", false, false },
		{ "2026-03-01", all, "registered", false, true },
		{ "2026-03-31", all, "registered", false, true },
		{ "2026-04-01", all, "library", true, true },
		{ "2026-06-04", all, "library", true, true },
		{ "2026-06-05", all, "published", true, true },
		{ "2030-01-01", all, "published", true, true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_standing(&cases[i]);
}

static void test_derive__shows_nothing_before_the_secrecy_review(void **state)
{
	static const struct standing_case cases[] = {
		{ "2026-05-01", REGISTRATION LIBRARY, "library", false, false },
		{ "2026-05-01", "secrecy_review: {result: 不通过, by: b, date: "
		    "2026-02-01, basis: b}\n" REGISTRATION LIBRARY, "library",
		    false, false },
		/* Passed, but only later. */
		{ "2026-04-30", "secrecy_review: {result: 通过, by: b, date: "
		    "2026-05-01, basis: b}\n" REGISTRATION LIBRARY, "library",
		    false, false },
		{ "2026-05-01", "secrecy_review: {result: 通过, by: b, date: "
		    "2026-05-01, basis: b}\n" REGISTRATION LIBRARY, "library",
		    true, true },
		/* Passed, but no day is given. */
		{ "2026-05-01", "secrecy_review: {result: 通过, by: b}\n"
		    REGISTRATION LIBRARY, "library", false, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_standing(&cases[i]);
}

static void test_derive__takes_side_exits(void **state)
{
	static const char disputed[] = SECRECY REGISTRATION LIBRARY
	    "disputes:\n  - {raised: 2026-05-10, matter: m, "
	    "settled: 2026-05-20, outcome: o}\n";
	static const char open[] = SECRECY REGISTRATION LIBRARY
	    "disputes:\n  - {raised: 2026-05-10, matter: m}\n";
	static const char returned[] = SECRECY REGISTRATION LIBRARY
	    "returned: {date: 2026-05-10, by: b, reason: r}\n";
	static const char withdrawn[] = SECRECY REGISTRATION LIBRARY
	    "withdrawn: {date: 2026-05-10, by: b, reason: r}\n";
	static const struct standing_case cases[] = {
		{ "2026-05-09", disputed, "library", true, true },
		{ "2026-05-10", disputed, "disputed", false, false },
		{ "2026-05-19", disputed, "disputed", false, false },
		{ "2026-05-20", disputed, "library", true, true },
		{ "2026-06-05", disputed, "published", true, true },
		{ "2026-06-05", open, "disputed", false, false },
		{ "2026-05-09", returned, "library", true, true },
		{ "2026-05-10", returned, "returned", false, false },
		{ "2026-05-09", withdrawn, "library", true, true },
		{ "2026-05-10", withdrawn, "withdrawn", false, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_standing(&cases[i]);
}

static void test_derive__library_without_registration_is_not_announced(
    void **state)
{
	static const struct standing_case one = { "2026-05-01",
		SECRECY LIBRARY, "library", true, false };

	(void)state;
	assert_standing(&one);
}

static void test_withhold__hides_record_and_dossier(void **state)
{
	static const char *const paths[] = { "content/achievements/u/a.md",
		"content/dossiers/u/a.md" };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct desk desk;

		desk_init(&desk, "2026-05-01");
		put(&desk, paths[0], ACHIEVEMENT);
		put(&desk, paths[1], SECRECY REGISTRATION LIBRARY);
		catalogue_derive(desk.catalogue);
		assert_int_equal(value_count(rows(&desk,
		    QUERY_public_achievements, NULL)), 1);
		catalogue_withhold(desk.catalogue, str_from(paths[i]));
		catalogue_derive(desk.catalogue);
		assert_int_equal(value_count(rows(&desk,
		    QUERY_public_achievements, NULL)), 0);
		assert_int_equal(value_count(rows(&desk,
		    QUERY_registry_newest, "9")), 0);
		desk_dispose(&desk);
	}
}

static void test_tombstones__are_for_what_was_public(void **state)
{
	static const struct {
		const char *dossier;
		size_t count;
	} cases[] = {
		{ SECRECY LIBRARY "withdrawn: {date: 2026-05-01, by: b, "
		    "reason: r}\n", 1 },
		/* Never reviewed, never entered, entered after: no title. */
		{ LIBRARY "withdrawn: {date: 2026-05-01, by: b, reason: r}\n",
		    0 },
		{ SECRECY "withdrawn: {date: 2026-05-01, by: b, reason: r}\n",
		    0 },
		{ SECRECY LIBRARY "withdrawn: {date: 2026-03-01, by: b, "
		    "reason: r}\n", 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct desk desk;

		desk_init(&desk, "2026-06-30");
		put(&desk, "content/achievements/u/a.md", ACHIEVEMENT);
		put(&desk, "content/dossiers/u/a.md", cases[i].dossier);
		catalogue_derive(desk.catalogue);
		assert_int_equal(value_count(rows(&desk,
		    QUERY_withdrawn_achievements, NULL)), cases[i].count);
		catalogue_withhold(desk.catalogue,
		    STR("content/achievements/u/a.md"));
		catalogue_derive(desk.catalogue);
		assert_int_equal(value_count(rows(&desk,
		    QUERY_withdrawn_achievements, NULL)), 0);
		desk_dispose(&desk);
	}
}

static void put_public(struct desk *desk)
{
	put(desk, "content/achievements/u/a.md", ACHIEVEMENT);
	put(desk, "content/dossiers/u/a.md", SECRECY REGISTRATION LIBRARY);
}

static void test_publications__of_internal_bulletins_stay_internal(
    void **state)
{
	struct desk desk;
	const struct value *list;

	(void)state;
	desk_init(&desk, "2026-06-30");
	put_public(&desk);
	put(&desk, "content/bulletins/2026-05.md", "title: INTERNAL\nissue: 1\n"
	    "date: 2026-06-05\npublic: false\nitems:\n"
	    "  - achievement: u/a\n");
	catalogue_derive(desk.catalogue);
	assert_string_equal(state_of(&desk, "u/a"), "library");
	assert_int_equal(value_count(rows(&desk, QUERY_publications_of,
	    "u/a")), 0);
	/* A release of a later day is no publication yet. */
	put(&desk, "content/releases/2026-q3.md", "title: R\nkind: 季度\n"
	    "date: 2026-07-01\nplace: p\nitems:\n  - achievement: u/a\n");
	put(&desk, "content/rankings/2026.md", "title: K\nyear: 2026\n"
	    "date: 2026-06-30\nitems:\n  - {rank: 1, achievement: u/a}\n");
	catalogue_derive(desk.catalogue);
	assert_string_equal(state_of(&desk, "u/a"), "published");
	list = rows(&desk, QUERY_publications_of, "u/a");
	assert_int_equal(value_count(list), 1);
	assert_str(value_text_at(list->list.items[0], STR("title")), "K");
	catalogue_withhold(desk.catalogue, STR("content/rankings/2026.md"));
	catalogue_derive(desk.catalogue);
	list = rows(&desk, QUERY_publications_of, "u/a");
	assert_int_equal(value_count(list), 0);
	/* Rules go by what records say, so that one fault hides no other. */
	assert_string_equal(state_of(&desk, "u/a"), "published");
	desk_dispose(&desk);
}

static void test_count_rows__counts_rows_and_those_with_a_flag(void **state)
{
	struct desk desk;
	size_t flagged;

	(void)state;
	desk_init(&desk, "2026-06-30");
	assert_int_equal(catalogue_count_rows(desk.catalogue, QUERY_units,
	    STR("submitter"), &flagged), 0);
	assert_int_equal(flagged, 0);
	put(&desk, "content/units/a.md", "name: A\nsubmitter: true\n");
	put(&desk, "content/units/b.md", "name: B\nsubmitter: false\n");
	put(&desk, "content/units/c.md", "name: C\nsubmitter: true\n");
	catalogue_derive(desk.catalogue);
	assert_int_equal(catalogue_count_rows(desk.catalogue, QUERY_units,
	    STR("submitter"), &flagged), 3);
	assert_int_equal(flagged, 2);
	/* `name` is no flag, and nothing is called `overdue`. */
	assert_int_equal(catalogue_count_rows(desk.catalogue, QUERY_units,
	    STR("name"), &flagged), 3);
	assert_int_equal(flagged, 0);
	assert_int_equal(catalogue_count_rows(desk.catalogue, QUERY_units,
	    STR("overdue"), &flagged), 3);
	assert_int_equal(flagged, 0);
	desk_dispose(&desk);
}

static void test_units__that_are_withheld_are_not_linked_to(void **state)
{
	static const char unit[] = "name: U\nkind: 高校\nplace: '330106'\n";
	struct desk desk;
	const struct value *card;

	(void)state;
	desk_init(&desk, "2026-06-30");
	put_public(&desk);
	put(&desk, "content/units/u.md", unit);
	catalogue_derive(desk.catalogue);
	card = rows(&desk, QUERY_card, "1")->list.items[0];
	assert_str(value_text_at(card, STR("unit.href")), "units/u/");
	assert_str(value_text_at(card, STR("unit.name")), "U");
	assert_str(value_text_at(card, STR("city")), "330100");
	assert_int_equal(value_count(rows(&desk, QUERY_units, NULL)), 1);
	catalogue_withhold(desk.catalogue, STR("content/units/u.md"));
	catalogue_derive(desk.catalogue);
	card = rows(&desk, QUERY_card, "1")->list.items[0];
	assert_str(value_text_at(card, STR("unit.href")), "");
	assert_int_equal(value_count(rows(&desk, QUERY_units, NULL)), 0);
	assert_int_equal(value_count(rows(&desk, QUERY_unit_links, "1")), 0);
	desk_dispose(&desk);
}

static void test_decisions__of_later_days_are_left_out(void **state)
{
	struct desk desk;
	const struct value *list;

	(void)state;
	desk_init(&desk, "2026-03-15");
	put_public(&desk);
	catalogue_derive(desk.catalogue);
	list = rows(&desk, QUERY_decisions_of, "2");
	assert_int_equal(value_count(list), 2);
	assert_str(value_text_at(list->list.items[0], STR("kind")),
	    "secrecy-reviewed");
	assert_str(value_text_at(list->list.items[1], STR("note")), "N1");
	/* No parameter: nobody's decisions, not those asked for before. */
	assert_int_equal(value_count(rows(&desk, QUERY_decisions_of, NULL)),
	    0);
	desk_dispose(&desk);
}

/* -- across records ------------------------------------------------------- */

static void test_check__names_what_references_do_not_find(void **state)
{
	struct desk desk;

	(void)state;
	desk_init(&desk, "2026-06-30");
	put(&desk, "content/achievements/u/a.md", ACHIEVEMENT);
	put(&desk, "content/dossiers/u/b.md", SECRECY);
	put(&desk, "content/bulletins/2026-05.md", "title: B\nissue: 1\n"
	    "date: 2026-06-05\npublic: true\nitems:\n"
	    "  - achievement: u/a\n  - achievement: u/zzz\n");
	catalogue_derive(desk.catalogue);
	assert_false(catalogue_check(desk.catalogue, &desk.f.arena,
	    &desk.f.diags));
	/* units[].unit; the item; the dossier's own id. Rules judge the
	 * submitter. */
	assert_string_equal(found(&desk.f),
	    "R0101@8:11 R0101@8:18 R0102@0:0");
	desk_dispose(&desk);
}

static void claim_title(struct desk *desk, uint32_t number, const char *title)
{
	catalogue_put_claim(desk->catalogue, number, 2, 8, STR("title"),
	    str_from(title), str_from(title));
}

static void test_check__names_titles_given_twice(void **state)
{
	struct desk desk;

	(void)state;
	desk_init(&desk, "2026-06-30");
	put(&desk, "content/units/u.md", "name: U\n");
	put(&desk, "content/achievements/u/a.md", ACHIEVEMENT);
	put(&desk, "content/achievements/u/b.md", ACHIEVEMENT);
	put(&desk, "content/achievements/u/c.md", ACHIEVEMENT);
	claim_title(&desk, 2, "same");
	claim_title(&desk, 3, "same");
	claim_title(&desk, 4, "other");
	catalogue_derive(desk.catalogue);
	(void)catalogue_check(desk.catalogue, &desk.f.arena, &desk.f.diags);
	assert_string_equal(found(&desk.f), "R0201@2:8 R0201@2:8");
	assert_non_null(strstr(message(&desk.f, "R0201", LANG_EN),
	    "content/achievements/u/b.md:2"));
	desk_dispose(&desk);
}

static void test_check__of_thousands_of_one_title_is_quick(void **state)
{
	struct desk desk;

	(void)state;
	desk_init(&desk, "2026-06-30");
	catalogue_begin(desk.catalogue);
	put(&desk, "content/units/u.md", "name: U\n");
	for (int i = 0; i < 3000; i++) {
		put(&desk, str_format(&desk.f.arena,
		    "content/achievements/u/a%d.md", i).ptr, ACHIEVEMENT);
		claim_title(&desk, desk.count, "same");
	}
	catalogue_derive(desk.catalogue);
	catalogue_commit(desk.catalogue);
	(void)alarm(60);
	(void)catalogue_check(desk.catalogue, &desk.f.arena, &desk.f.diags);
	(void)alarm(0);
	assert_int_equal(desk.f.diags.items.count, 3000);
	desk_dispose(&desk);
}

/* -- rows ----------------------------------------------------------------- */

static struct value *note_type(const void *context, struct arena *arena,
    struct str type, struct str cell)
{
	(void)context;
	return value_text(arena, str_format(arena, "%.*s<%.*s>",
	    STR_ARG(type), STR_ARG(cell)));
}

static void test_rows__make_maps_and_types(void **state)
{
	struct desk desk;
	struct value *list;
	const struct value *card;

	(void)state;
	desk_init(&desk, "2026-06-30");
	put(&desk, "content/achievements/u/a.md", ACHIEVEMENT
	    "keywords: [k1, k2]\n");
	put(&desk, "content/dossiers/u/a.md", SECRECY LIBRARY
	    "landmark: {flag: true, basis: b}\n");
	catalogue_derive(desk.catalogue);
	list = catalogue_rows(desk.catalogue, QUERY_card,
	    (const struct str[]){ STR("1") }, 1, &desk.f.arena, note_type,
	    NULL);
	card = list->list.items[0];
	assert_null(value_get(card, STR("_record")));
	assert_str(value_text_at(card, STR("unit.id")), "u");
	assert_str(value_text_at(card, STR("entered")), "date<2026-04-01>");
	assert_str(value_text_at(card, STR("landmark")), "flag<1>");
	assert_str(value_text_at(card, STR("keywords")), "texts<k1\x1fk2>");
	assert_str(value_text_at(card, STR("registration_no")), "");
	desk_dispose(&desk);
}

static void test_record__comes_back_as_it_was_put(void **state)
{
	struct desk desk;
	struct record record;

	(void)state;
	desk_init(&desk, "2026-06-30");
	put(&desk, "content/achievements/u/a.md", ACHIEVEMENT);
	catalogue_derive(desk.catalogue);
	assert_true(catalogue_record(desk.catalogue, STR("achievement"),
	    STR("u/a"), &desk.f.arena, &record));
	assert_str(value_text_at(record.data, STR("title")), "T");
	assert_true(catalogue_record_number(desk.catalogue, STR("1"),
	    &desk.f.arena, &record));
	assert_false(catalogue_record(desk.catalogue, STR("unit"), STR("u/a"),
	    &desk.f.arena, &record));
	assert_false(catalogue_record_number(desk.catalogue, STR("2"),
	    &desk.f.arena, &record));
	desk_dispose(&desk);
}

/* -- the file ------------------------------------------------------------- */

static void test_file__takes_the_old_place_only_when_complete(void **state)
{
	struct desk desk;
	struct catalogue *reader;
	struct stat status;

	(void)state;
	desk_init(&desk, "2026-06-30");
	put_public(&desk);
	catalogue_derive(desk.catalogue);
	reader = catalogue_open(&desk.f.arena, catalogue_path(desk.catalogue),
	    &desk.f.diags);
	assert_non_null(reader);
	assert_int_equal(value_count(catalogue_rows(reader,
	    QUERY_public_achievements, NULL, 0, &desk.f.arena, NULL, NULL)),
	    1);
	catalogue_close(reader);
	catalogue_close(desk.catalogue);
	assert_int_equal(stat(in(&desk, ".zheli/catalogue.sqlite"), &status),
	    -1);
	desk_open(&desk, "2026-06-30");
	catalogue_keep(desk.catalogue);
	catalogue_close(desk.catalogue);
	desk.catalogue = NULL;
	assert_int_equal(stat(in(&desk, ".zheli/catalogue.sqlite"), &status),
	    0);
	assert_string_equal(found(&desk.f), "");
	desk_dispose(&desk);
}

static void write_file(struct desk *desk, const char *name, const void *bytes,
    size_t size)
{
	FILE *file = fopen(in(desk, name), "we");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, size, file), size);
	assert_int_equal(fclose(file), 0);
}

static void test_file__that_is_no_catalogue_is_named_and_replaced(
    void **state)
{
	static const struct {
		unsigned char magic, application, format;
		size_t size;
		const char *why;
	} cases[] = {
		{ 'S', 0x7a, 4, 100, NULL },
		{ 'S', 0x7a, 1, 0, "damaged" },
		{ 'S', 0x7a, 1, 99, "damaged" },
		{ 'X', 0x7a, 1, 100, "damaged" },
		{ 'S', 0x00, 1, 100, "foreign" },
		{ 'S', 0x7a, 1, 100, "of another format" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		unsigned char header[100] = "SQLite format 3";
		struct desk desk;

		desk_init(&desk, "2026-06-30");
		catalogue_close(desk.catalogue);
		header[0] = cases[i].magic;
		memcpy(header + 68, "\x7ahel", 4);
		header[68] = cases[i].application;
		header[63] = cases[i].format;
		header[20] = 8;
		write_file(&desk, ".zheli/catalogue.sqlite", header,
		    cases[i].size);
		desk_open(&desk, "2026-06-30");
		assert_int_equal(desk.f.diags.items.count,
		    cases[i].why != NULL);
		if (cases[i].why != NULL)
			assert_non_null(strstr(message(&desk.f, "M0201",
			    LANG_EN), cases[i].why));
		catalogue_keep(desk.catalogue);
		desk_dispose(&desk);
	}
}

static void test_file__left_by_a_killed_program_is_removed(void **state)
{
	struct desk desk;
	struct stat status;
	int lock;

	(void)state;
	desk_init(&desk, "2026-06-30");
	catalogue_close(desk.catalogue);
	/* One of a program that died, one of a program that lives. */
	assert_int_equal(mkdir(in(&desk, ".zheli/zheli-dead00"), 0700), 0);
	write_file(&desk, ".zheli/zheli-dead00/catalogue.sqlite", "x", 1);
	write_file(&desk, ".zheli/zheli-dead00/scratch", "x", 1);
	write_file(&desk, ".zheli/zheli-dead00/scratch-loose", "x", 1);
	assert_int_equal(mkdir(in(&desk, ".zheli/zheli-alive0"), 0700), 0);
	lock = open(in(&desk, ".zheli/zheli-alive0"), O_RDONLY | O_DIRECTORY |
	    O_CLOEXEC);
	assert_int_equal(flock(lock, LOCK_EX), 0);
	desk_open(&desk, "2026-06-30");
	assert_int_equal(stat(in(&desk, ".zheli/zheli-dead00"), &status), -1);
	assert_int_equal(stat(in(&desk, ".zheli/zheli-alive0"), &status), 0);
	(void)close(lock);
	assert_int_equal(rmdir(in(&desk, ".zheli/zheli-alive0")), 0);
	desk_dispose(&desk);
}

static void test_file__goes_elsewhere_where_nothing_can_be_written(
    void **state)
{
	struct desk desk;
	char outside[64] = "/tmp/zheli-outside-XXXXXX";
	struct str path;

	(void)state;
	desk_init(&desk, "2026-06-30");
	catalogue_close(desk.catalogue);
	(void)unlink(in(&desk, ".zheli/.gitignore"));
	assert_int_equal(rmdir(desk.folder.ptr), 0);
	/* A link out of the registry is not followed. */
	assert_non_null(mkdtemp(outside));
	assert_int_equal(symlink(outside, desk.folder.ptr), 0);
	desk_open(&desk, "2026-06-30");
	path = str_dup(&desk.f.arena, catalogue_path(desk.catalogue));
	assert_false(str_starts(path, str_from(desk.root)));
	assert_false(str_starts(path, str_from(outside)));
	assert_int_equal(access(path.ptr, F_OK), 0);
	catalogue_keep(desk.catalogue);
	catalogue_close(desk.catalogue);
	desk.catalogue = NULL;
	assert_int_equal(access(path.ptr, F_OK), -1);
	assert_int_equal(rmdir(outside), 0);
	assert_int_equal(unlink(desk.folder.ptr), 0);
	assert_int_equal(mkdir(desk.folder.ptr, 0700), 0);
	assert_string_equal(found(&desk.f), "");
	desk_dispose(&desk);
}

static void test_file__that_cannot_be_written_any_more_is_told(void **state)
{
	struct desk desk;
	const struct str params[] = { STR("u/a") };
	struct str path;

	(void)state;
	desk_init(&desk, "2026-06-30");
	put_public(&desk);
	catalogue_derive(desk.catalogue);
	path = catalogue_path(desk.catalogue);
	/* Cut off under our feet. */
	assert_int_equal(truncate(path.ptr, 4096), 0);
	for (int i = 0; i < 300; i++)
		catalogue_put_meta(desk.catalogue, str_format(&desk.f.arena,
		    "%d", i), STR("x"));
	(void)catalogue_cell(desk.catalogue, QUERY_state_of, params, 1,
	    &desk.f.arena);
	assert_false(catalogue_is_well(desk.catalogue, &desk.f.diags));
	assert_string_equal(found(&desk.f), "M0102@0:0");
	/* A broken one is never kept. */
	catalogue_keep(desk.catalogue);
	catalogue_close(desk.catalogue);
	desk.catalogue = NULL;
	assert_int_equal(access(in(&desk, ".zheli/catalogue.sqlite"), F_OK),
	    -1);
	desk_dispose(&desk);
}

static void test_open__tells_of_a_file_that_is_none(void **state)
{
	struct fixture f;

	(void)state;
	fixture_init(&f, NULL);
	assert_null(catalogue_open(&f.arena, STR("/tmp/none/x"), &f.diags));
	assert_null(catalogue_open(&f.arena, STR("/proc/self/cmdline"),
	    &f.diags));
	assert_string_equal(found(&f), "M0101@0:0 M0101@0:0");
	fixture_dispose(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_derive__takes_decisions_on_their_days),
		cmocka_unit_test(
		    test_derive__shows_nothing_before_the_secrecy_review),
		cmocka_unit_test(test_derive__takes_side_exits),
		cmocka_unit_test(
		    test_derive__library_without_registration_is_not_announced),
		cmocka_unit_test(test_withhold__hides_record_and_dossier),
		cmocka_unit_test(test_tombstones__are_for_what_was_public),
		cmocka_unit_test(
		    test_publications__of_internal_bulletins_stay_internal),
		cmocka_unit_test(
		    test_count_rows__counts_rows_and_those_with_a_flag),
		cmocka_unit_test(
		    test_units__that_are_withheld_are_not_linked_to),
		cmocka_unit_test(test_decisions__of_later_days_are_left_out),
		cmocka_unit_test(
		    test_check__names_what_references_do_not_find),
		cmocka_unit_test(test_check__names_titles_given_twice),
		cmocka_unit_test(
		    test_check__of_thousands_of_one_title_is_quick),
		cmocka_unit_test(test_rows__make_maps_and_types),
		cmocka_unit_test(test_record__comes_back_as_it_was_put),
		cmocka_unit_test(
		    test_file__takes_the_old_place_only_when_complete),
		cmocka_unit_test(
		    test_file__that_is_no_catalogue_is_named_and_replaced),
		cmocka_unit_test(
		    test_file__left_by_a_killed_program_is_removed),
		cmocka_unit_test(
		    test_file__goes_elsewhere_where_nothing_can_be_written),
		cmocka_unit_test(
		    test_file__that_cannot_be_written_any_more_is_told),
		cmocka_unit_test(test_open__tells_of_a_file_that_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
