/* SPDX-License-Identifier: MIT */
#include "base/path.h"

#include "../memory.h"

static void test_path_is_safe__refuses_every_way_out(void **state)
{
	static const char *const good[] = { "a", "a/b.md", "...", "a/..b",
		"a/b..", ".hidden", "中/文", "a b", "-x", "a:b", "~" };
	static const char *const bad[] = { "", "/", "/a", "a/", "a//b", ".",
		"..", "./a", "a/.", "a/./b", "../a", "a/..", "a/../b",
		"a\\b", "a/..\\b", "a\nb", "a\x1b", "a\x7f", "\ta" };

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_true(path_is_safe(str_from(good[i])));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(path_is_safe(str_from(bad[i])));
	assert_false(path_is_safe((struct str){ "a\0b", 3 }));
	assert_false(path_is_safe(STR_NONE));
}

static void test_path__takes_paths_apart(void **state)
{
	static const struct {
		const char *path, *folder, *name, *extension;
	} cases[] = {
		{ "a/b/c.md", "a/b", "c.md", ".md" },
		{ "c.tar.gz", "", "c.tar.gz", ".gz" },
		{ "a.b/c", "a.b", "c", "" }, { "a/.md", "a", ".md", "" },
		{ "a/", "a", "", "" }, { "/x", "", "x", "" }, { "", "", "", "" },
		{ "x.", "", "x.", "." },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct str path = str_from(cases[i].path);

		assert_str(path_folder(path), cases[i].folder);
		assert_str(path_name(path), cases[i].name);
		assert_str(path_extension(path), cases[i].extension);
	}
}

static void test_path_join__writes_one_slash(void **state)
{
	struct fixture f;

	(void)state;
	fixture_init(&f, NULL);
	assert_str(path_join(&f.arena, STR("a"), STR("b")), "a/b");
	assert_str(path_join(&f.arena, STR("a/"), STR("b")), "a/b");
	assert_str(path_join(&f.arena, STR_NONE, STR("b")), "b");
	assert_str(path_join(&f.arena, STR("/"), STR("b")), "/b");
	assert_str(path_join(&f.arena, STR("a"), STR_NONE), "a/");
	assert_int_equal(path_join(&f.arena, STR("a"),
	    (struct str){ "x\0y", 3 }).len, 5);
	fixture_dispose(&f);
}

static void test_path_resolve__never_leads_out(void **state)
{
	static const struct {
		const char *folder, *link, *path;	/* NULL: none */
	} cases[] = {
		{ "a/b", "c.md", "a/b/c.md" }, { "a/b", "./c", "a/b/c" },
		{ "a/b", "../c", "a/c" }, { "a/b", "../../c", "c" },
		{ "a/b", "../../../c", NULL }, { "", "..", NULL },
		{ "a", "b/../../../c", NULL }, { "a", "../a/../../x", NULL },
		{ "a", "..", "" }, { "a", ".", "a" }, { "a", "", "a" },
		{ "a", "b//c/", "a/b/c" }, { "a/b", "..//../c", "c" },
		{ "a", "...", "a/..." }, { "a", "..b/c", "a/..b/c" },
	};
	struct fixture f;

	(void)state;
	fixture_init(&f, NULL);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct str path = path_resolve(&f.arena,
		    str_from(cases[i].folder), str_from(cases[i].link));

		if (cases[i].path == NULL)
			assert_null(path.ptr);
		else
			assert_str(path, cases[i].path);
	}
	fixture_dispose(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_path_is_safe__refuses_every_way_out),
		cmocka_unit_test(test_path__takes_paths_apart),
		cmocka_unit_test(test_path_join__writes_one_slash),
		cmocka_unit_test(test_path_resolve__never_leads_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
