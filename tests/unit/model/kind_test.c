/* SPDX-License-Identifier: MIT */
#include "model/kind.h"

#include "../memory.h"

static void test_kind_of_path__knows_records_attachments_and_the_rest(
    void **state)
{
	static const struct {
		const char *path;
		enum path_role role;
		enum kind kind;
		const char *id;
	} cases[] = {
		{ "content/site.yaml", PATH_RECORD, KIND_SITE, "site" },
		{ "content/units/demo-lab.md", PATH_RECORD, KIND_UNIT,
		    "demo-lab" },
		{ "content/achievements/demo-lab/chip-2.md", PATH_RECORD,
		    KIND_ACHIEVEMENT, "demo-lab/chip-2" },
		{ "content/dossiers/demo-lab/chip-2.md", PATH_RECORD,
		    KIND_DOSSIER, "demo-lab/chip-2" },
		{ "content/bulletins/2026-06.md", PATH_RECORD, KIND_BULLETIN,
		    "2026-06" },
		{ "content/releases/2026-q2.md", PATH_RECORD, KIND_RELEASE,
		    "2026-q2" },
		{ "content/releases/2026-05-20-ocean.md", PATH_RECORD,
		    KIND_RELEASE, "2026-05-20-ocean" },
		{ "content/rankings/2026.md", PATH_RECORD, KIND_RANKING,
		    "2026" },
		{ "content/projects/demo-p1.md", PATH_RECORD, KIND_PROJECT,
		    "demo-p1" },
		{ "content/pages/about.md", PATH_RECORD, KIND_PAGE, "about" },
		{ "content/pages/guide/units.md", PATH_RECORD, KIND_PAGE,
		    "guide/units" },
		{ "content/achievements/demo-lab/chip/a.png", PATH_ATTACHMENT,
		    KIND_ACHIEVEMENT, "demo-lab/chip" },
		{ "content/achievements/demo-lab/chip/x/报告.pdf",
		    PATH_ATTACHMENT, KIND_ACHIEVEMENT, "demo-lab/chip" },
		{ "README.md", PATH_FOREIGN, KIND_SITE, "" },
		{ "experts/demo-an.md", PATH_FOREIGN, KIND_SITE, "" },
		{ "schemas/site.xsd", PATH_FOREIGN, KIND_SITE, "" },
		{ "content/units/.gitkeep", PATH_FOREIGN, KIND_SITE, "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct content_path what;
		struct fixture f;

		fixture_init(&f, NULL);
		assert_true(kind_of_path(str_from(cases[i].path), &what,
		    &f.diags));
		assert_int_equal(what.role, cases[i].role);
		assert_int_equal(what.kind, cases[i].kind);
		assert_str(what.id, cases[i].id);
		fixture_dispose(&f);
	}
}

static void test_kind_of_private_path__knows_records_and_the_rest(
    void **state)
{
	static const struct {
		const char *path;
		enum path_role role;
		enum kind kind;
		const char *id;
	} cases[] = {
		{ "experts/demo-an.md", PATH_RECORD, KIND_EXPERT, "demo-an" },
		{ "credit/demo-an.md", PATH_RECORD, KIND_CREDIT, "demo-an" },
		{ "panels/p.md", PATH_RECORD, KIND_PANEL, "p" },
		{ "sanctions/s-1.md", PATH_RECORD, KIND_SANCTION, "s-1" },
		{ "README.md", PATH_FOREIGN, KIND_COUNT, "" },
		{ "letters/2026.pdf", PATH_FOREIGN, KIND_COUNT, "" },
		{ "experts/.gitkeep", PATH_FOREIGN, KIND_EXPERT, "" },
	};
	static const char *const wrong[] = { "expert/demo-an.md",
		"content/units/demo-lab.md", "experts/Demo.md",
		"experts/a/b.md", "experts/demo-an.txt", "../experts/a.md" };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct content_path what;
		struct fixture f;

		fixture_init(&f, NULL);
		assert_true(kind_of_private_path(str_from(cases[i].path),
		    &what, &f.diags));
		assert_int_equal(what.role, cases[i].role);
		assert_int_equal(what.kind, cases[i].kind);
		assert_str(what.id, cases[i].id);
		fixture_dispose(&f);
	}
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct content_path what;
		struct fixture f;

		fixture_init(&f, NULL);
		assert_false(kind_of_private_path(str_from(wrong[i]), &what,
		    &f.diags));
		fixture_dispose(&f);
	}
}

static void test_kind_of_path__refuses_wrong_places_and_names(void **state)
{
	static const struct {
		const char *path, *expected;
	} cases[] = {
		{ "../../x.md", "Y0305@0:0" },
		{ "content/units/../x.md", "Y0305@0:0" },
		{ "content//units/x.md", "Y0305@0:0" },
		{ "", "Y0305@0:0" },
		{ "content/readme.md", "Y0301@0:0" },
		{ "content/site.yml", "Y0301@0:0" },
		{ "content/experts/x.md", "Y0301@0:0" },
		{ "content/units/demo-lab.txt", "Y0302@0:0" },
		{ "content/units/demo-lab.MD", "Y0302@0:0" },
		{ "content/dossiers/demo-lab/chip/a.png", "Y0302@0:0" },
		{ "content/achievements/Demo/chip/a.png", "Y0302@0:0" },
		{ "content/units/demo/lab.md", "Y0303@0:0" },
		{ "content/achievements/chip.md", "Y0303@0:0" },
		{ "content/achievements/demo-lab/chip/note.md", "Y0303@0:0" },
		{ "content/pages/a/b/c/d/e/f/g.md", "Y0303@0:0" },
		{ "content/units/Demo-Lab.md", "Y0304@0:0" },
		{ "content/units/demo_lab.md", "Y0304@0:0" },
		{ "content/units/demo--lab.md", "Y0304@0:0" },
		{ "content/units/demo-.md", "Y0304@0:0" },
		{ "content/units/2demo.md", "Y0304@0:0" },
		{ "content/units/.md", "Y0304@0:0" },
		{ "content/units/实验室.md", "Y0304@0:0" },
		{ "content/units/.hidden.md", "Y0304@0:0" },
		{ "content/bulletins/2026-13.md", "Y0304@0:0" },
		{ "content/bulletins/2026-6.md", "Y0304@0:0" },
		{ "content/bulletins/1806-06.md", "Y0304@0:0" },
		{ "content/releases/2026-q5.md", "Y0304@0:0" },
		{ "content/releases/2026-Q2.md", "Y0304@0:0" },
		{ "content/releases/2026-05-20.md", "Y0304@0:0" },
		{ "content/releases/2026-05-32-x.md", "Y0304@0:0" },
		{ "content/rankings/26.md", "Y0304@0:0" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct content_path what;
		struct fixture f;

		fixture_init(&f, NULL);
		assert_false(kind_of_path(str_from(cases[i].path), &what,
		    &f.diags));
		assert_string_equal(found(&f), cases[i].expected);
		fixture_dispose(&f);
	}
}

static void test_kind_of_path__limits_a_slug_to_64_characters(void **state)
{
	struct str id = STR("a234567890123456789012345678901234567890"
	    "12345678901234567890123456");

	(void)state;
	assert_false(kind_id_is_valid(KIND_UNIT, id));
	assert_true(kind_id_is_valid(KIND_UNIT, str_slice(id, 0, 64)));
}

static void test_record_path__leads_back_to_kind_and_id(void **state)
{
	struct fixture f;

	(void)state;
	fixture_init(&f, NULL);
	for (size_t i = 0; i < KIND_COUNT; i++) {
		const struct kind_info *info = kind_info((enum kind)i);
		struct content_path what;
		enum kind kind;

		assert_true(kind_find(info->name, &kind));
		assert_int_equal(kind, i);
		assert_true((info->is_private ? kind_of_private_path :
		    kind_of_path)(record_path(&f.arena, kind, info->example),
		    &what, &f.diags));
		assert_int_equal(what.kind, i);
		assert_true(str_eq(what.id, info->example));
	}
	fixture_dispose(&f);
}

static void test_record_unit__is_the_part_before_the_slash(void **state)
{
	(void)state;
	assert_str(record_unit(KIND_DOSSIER, STR("lab/chip")), "lab");
	assert_str(record_unit(KIND_PAGE, STR("guide/units")), "");
	assert_str(record_unit(KIND_UNIT, STR("lab")), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_kind_of_path__knows_records_attachments_and_the_rest),
		cmocka_unit_test(
		    test_kind_of_private_path__knows_records_and_the_rest),
		cmocka_unit_test(
		    test_kind_of_path__refuses_wrong_places_and_names),
		cmocka_unit_test(
		    test_kind_of_path__limits_a_slug_to_64_characters),
		cmocka_unit_test(test_record_path__leads_back_to_kind_and_id),
		cmocka_unit_test(
		    test_record_unit__is_the_part_before_the_slash),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
