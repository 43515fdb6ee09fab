/* SPDX-License-Identifier: MIT */
/* Who counts when themes inherit each other, and what a theme may not say. */
#include "../memory.h"

#include "base/buf.h"
#include "base/value.h"
#include "render/template.h"
#include "render/theme.h"

/* Snow over winter over plain. */
static const struct memory_file snow[] = {
	{ "themes/plain/theme.yaml", "name: plain\nstyles: [plain.css]\n" },
	{ "themes/plain/static/plain.css", "p" },
	{ "themes/plain/static/mark.svg", "plain" },
	{ "themes/plain/i18n/zh.yaml",
	    "a: 一\nb: {c: 二, d: 三}\nlist: [x, y]\n" },
	{ "themes/plain/templates/page.mustache", "[{{>foot}}]" },
	{ "themes/plain/templates/foot.mustache", "plain" },
	{ "themes/winter/theme.yaml",
	    "inherits: plain\nstyles: [winter.css]\n" },
	{ "themes/winter/static/winter.css", "w" },
	{ "themes/winter/static/mark.svg", "winter" },
	{ "themes/winter/i18n/zh.yaml", "b: {d: 冬}\n" },
	{ "themes/winter/templates/foot.mustache", "winter {{>plain/foot}}" },
	{ "themes/snow/theme.yaml", "inherits: winter\nstyles: [snow.css]\n" },
	{ "themes/snow/static/snow.css", "s" },
	{ "themes/snow/i18n/zh.yaml", "b: {c: , e: 雪}\nlist: [z]\n" },
	{ "themes/snow/templates/foot.mustache", "snow {{>winter/foot}}" },
	{ NULL, NULL }
};

static const struct mark named = { .path = { "site.yaml", 9 }, .line = 7 };

static bool open_theme(struct fixture *f, const struct memory_file *files,
    const char *name, struct theme *theme)
{
	fixture_init(f, files);
	return theme_open(&f->arena, &f->reader, str_from(name), named, theme,
	    &f->diags);
}

static void test_theme__takes_the_template_of_the_nearest(void **state)
{
	struct template_set *set;
	struct theme theme;
	struct fixture f;
	struct buf out;

	(void)state;
	assert_true(open_theme(&f, snow, "snow", &theme));
	assert_true(theme_templates(&theme, &set, &f.diags));
	buf_init(&out);
	assert_true(template_render(template_find(set, STR("page")),
	    value_map(&f.arena), &out, &f.diags));
	assert_str(buf_str(&out), "[snow winter plain]");
	buf_dispose(&out);
	fixture_dispose(&f);
}

static void test_theme__links_the_inherited_styles_first(void **state)
{
	static const char *const wanted[] = { "plain.css", "winter.css",
		"snow.css" };
	struct theme theme;
	struct fixture f;

	(void)state;
	assert_true(open_theme(&f, snow, "snow", &theme));
	assert_int_equal(value_count(theme.styles), 3);
	for (size_t i = 0; i < 3; i++)
		assert_str(theme.styles->list.items[i]->text, wanted[i]);
	fixture_dispose(&f);
}

static void test_theme__says_the_words_of_the_nearest(void **state)
{
	struct theme theme;
	struct value *words;
	struct fixture f;

	(void)state;
	assert_true(open_theme(&f, snow, "snow", &theme));
	assert_true(theme_words(&theme, LANG_ZH, &words, &f.diags));
	assert_str(value_text_at(words, STR("a")), "一");
	assert_str(value_text_at(words, STR("b.c")), "二");
	assert_str(value_text_at(words, STR("b.d")), "冬");
	assert_str(value_text_at(words, STR("b.e")), "雪");
	assert_int_equal(value_count(value_get(words, STR("list"))), 1);
	/* A language that none of them has. */
	assert_false(theme_words(&theme, LANG_EN, &words, &f.diags));
	assert_string_equal(found(&f), "T0202@0:0");
	fixture_dispose(&f);
}

static void test_theme__reads_the_static_file_of_the_nearest(void **state)
{
	static const char *const wanted[] = { "mark.svg", "plain.css",
		"snow.css", "winter.css" };
	struct theme theme;
	struct str bytes;
	struct fixture f;
	struct vec files;

	(void)state;
	assert_true(open_theme(&f, snow, "snow", &theme));
	assert_true(theme_read_static(&theme, STR("mark.svg"), &bytes));
	assert_str(bytes, "winter");
	assert_false(theme_read_static(&theme, STR("none.svg"), &bytes));
	assert_false(theme_read_static(&theme, STR("../theme.yaml"), &bytes));
	vec_init(&files, sizeof(struct theme_file));
	assert_true(theme_list_static(&theme, &files, &f.diags));
	assert_int_equal(files.count, 4);
	for (size_t i = 0; i < 4; i++)
		assert_str(((struct theme_file *)vec_at(&files, i))->name,
		    wanted[i]);
	assert_str(((struct theme_file *)vec_at(&files, 0))->path,
	    "themes/winter/static/mark.svg");
	vec_dispose(&files);
	fixture_dispose(&f);
}

static void test_theme__cannot_come_back_to_itself(void **state)
{
	static const struct memory_file files[] = {
		{ "themes/a/theme.yaml", "inherits: b\n" },
		{ "themes/b/theme.yaml", "version: 1\ninherits: c\n" },
		{ "themes/c/theme.yaml", "inherits: b\n" },
		{ "themes/d/theme.yaml", "inherits: d\n" }, { NULL, NULL }
	};
	struct theme theme;
	struct fixture f;

	(void)state;
	assert_false(open_theme(&f, files, "a", &theme));
	assert_string_equal(found(&f), "T0205@1:11");
	fixture_dispose(&f);
	assert_false(open_theme(&f, files, "d", &theme));
	assert_string_equal(found(&f), "T0205@1:11");
	fixture_dispose(&f);
}

static void test_theme__inherits_as_many_as_it_may(void **state)
{
	struct memory_file files[THEME_DEPTH_MAX + 2] = { { NULL, NULL } };
	struct theme theme;
	struct arena arena;
	struct fixture f;

	(void)state;
	arena_init(&arena);
	for (int i = 0; i <= THEME_DEPTH_MAX; i++) {
		files[i].path = str_format(&arena, "themes/t%d/theme.yaml",
		    i).ptr;
		files[i].text = i == 0 ? "version: 1\n" : str_format(&arena,
		    "inherits: t%d\n", i - 1).ptr;
	}
	assert_true(open_theme(&f, files, "t7", &theme));
	assert_int_equal(theme.count, THEME_DEPTH_MAX);
	fixture_dispose(&f);
	assert_false(open_theme(&f, files, "t8", &theme));
	assert_string_equal(found(&f), "T0205@1:11");
	fixture_dispose(&f);
	arena_dispose(&arena);
}

static void test_theme__is_looked_for_below_themes_alone(void **state)
{
	static const struct memory_file files[] = {
		{ "theme.yaml", "name: x\n" },
		{ "themes/a/../../theme.yaml", "name: x\n" },
		{ "themes/a/theme.yaml", "inherits: ../..\n" }, { NULL, NULL }
	};
	static const char *const names[] = { "..", "a/../..", "/a", "none" };
	struct theme theme;
	struct fixture f;

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		assert_false(open_theme(&f, files, names[i], &theme));
		assert_string_equal(found(&f), "T0204@7:0");
		fixture_dispose(&f);
	}
	assert_false(open_theme(&f, files, "a", &theme));
	assert_string_equal(found(&f), "T0204@1:11");
	fixture_dispose(&f);
}

static void test_theme__tells_all_that_its_settings_have_wrong(void **state)
{
	static const struct memory_file files[] = {
		{ "themes/a/theme.yaml", "name: b\ncolour: red\n"
		    "version: [1]\nstyles: [a.css, no.css, ../a.css, a.js]\n" },
		{ "themes/a/static/a.css", "" },
		{ "themes/a/static/a.js", "" },
		{ NULL, NULL }
	};
	struct theme theme;
	struct fixture f;

	(void)state;
	assert_false(open_theme(&f, files, "a", &theme));
	assert_string_equal(found(&f), "T0207@1:7 T0206@2:1 T0206@3:1 "
	    "T0208@4:17 T0208@4:25 T0208@4:35");
	assert_int_equal(value_count(theme.styles), 1);
	fixture_dispose(&f);
}

static void test_theme__keeps_the_form_of_words(void **state)
{
	static const struct memory_file files[] = {
		{ "themes/a/theme.yaml", "version: 1\n" },
		{ "themes/a/i18n/en.yaml", "a: x\nb: {c: y}\nd: [z]\n" },
		{ "themes/b/theme.yaml", "inherits: a\n" },
		{ "themes/b/i18n/en.yaml", "a: {x: y}\nb: c\nd: e\nf: {g: h}\n" },
		{ NULL, NULL }
	};
	struct theme theme;
	struct value *words;
	struct fixture f;

	(void)state;
	assert_true(open_theme(&f, files, "b", &theme));
	assert_false(theme_words(&theme, LANG_EN, &words, &f.diags));
	assert_string_equal(found(&f), "T0209@1:1 T0209@2:1 T0209@3:1");
	fixture_dispose(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_theme__takes_the_template_of_the_nearest),
		cmocka_unit_test(test_theme__links_the_inherited_styles_first),
		cmocka_unit_test(test_theme__says_the_words_of_the_nearest),
		cmocka_unit_test(
		    test_theme__reads_the_static_file_of_the_nearest),
		cmocka_unit_test(test_theme__cannot_come_back_to_itself),
		cmocka_unit_test(test_theme__inherits_as_many_as_it_may),
		cmocka_unit_test(test_theme__is_looked_for_below_themes_alone),
		cmocka_unit_test(
		    test_theme__tells_all_that_its_settings_have_wrong),
		cmocka_unit_test(test_theme__keeps_the_form_of_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
