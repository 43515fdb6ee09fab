/* SPDX-License-Identifier: MIT */
/*
 * Pages whose record is gone when a worker comes to make them, which takes a
 * registry that changes while it is built. Pages that are well are the concern
 * of the golden sites.
 */
#include "../memory.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "render/page.h"
#include "render/pages.h"
#include "render/template.h"

static const struct memory_file templates[] = {
	{ "templates/achievement.mustache", "{{page.title}}\n" },
	{ "templates/unit.mustache", "{{page.title}}\n" },
	{ "templates/bulletin.mustache", "{{page.title}}\n" },
	{ "templates/page.mustache", "{{page.title}}\n" },
	{ "templates/rule.mustache", "{{page.title}}\n" },
	{ NULL, NULL },
};

/* Renders a page of that kind out of a catalogue without records. */
static void check_lost(const struct page_kind *kind, const char *key)
{
	char folder[] = "/tmp/page_test.XXXXXX";
	struct page page = { .kind = kind, .path = STR("lost/index.html"),
		.key = str_from(key) };
	struct site site = { .base_url = STR("https://zheli.example/") };
	struct fixture f;
	struct buf out;

	assert_non_null(mkdtemp(folder));
	fixture_init(&f, templates);
	assert_true(template_set_open(&f.arena, &f.reader,
	    &(struct template_folder){ .path = STR("templates") }, 1,
	    &site.templates, &f.diags));
	site.catalogue = catalogue_create(&f.arena, str_from(folder),
	    STR("2026-06-30"), &f.diags);
	assert_non_null(site.catalogue);
	site.context = value_map(&f.arena);
	site.settings = value_map(&f.arena);
	buf_init(&out);
	assert_false(page_render(&site, &page, &f.arena, &out, &f.diags));
	assert_string_equal(found(&f), "M0202@0:0");
	assert_non_null(strstr(message(&f, "M0202", LANG_EN),
	    "lost/index.html"));
	assert_int_equal(out.len, 0);
	buf_dispose(&out);
	catalogue_close(site.catalogue);
	(void)unlink(str_format(&f.arena, "%s/.gitignore", folder).ptr);
	assert_int_equal(rmdir(folder), 0);
	fixture_dispose(&f);
}

static void test_lost_records(void **state)
{
	(void)state;
	check_lost(&page_achievement, "7");
	check_lost(&page_unit, "7");
	check_lost(&page_bulletin, "7");
	check_lost(&page_page, "7");
}

static void test_lost_rule(void **state)
{
	(void)state;
	check_lost(&page_rule, "P-99");
}

/* A theme without a template: the page is missed, the site is not. */
static void test_lost_template(void **state)
{
	static const struct memory_file none[] = { { NULL, NULL } };
	struct page page = { .kind = &page_rule,
		.path = STR("rules/p-01/index.html"), .key = STR("P-01") };
	struct site site = { .as_of = STR("2026-06-30") };
	struct fixture f;
	struct buf out;

	(void)state;
	fixture_init(&f, none);
	assert_true(template_set_open(&f.arena, &f.reader,
	    &(struct template_folder){ .path = STR("templates") }, 1,
	    &site.templates, &f.diags));
	buf_init(&out);
	assert_false(page_render(&site, &page, &f.arena, &out, &f.diags));
	assert_string_equal(found(&f), "T0201@0:0");
	buf_dispose(&out);
	fixture_dispose(&f);
}

static void test_pages__are_found_by_path_and_by_address(void **state)
{
	static const struct {
		const char *address;
		bool is_there;
	} cases[] = {
		{ "", true }, { "a/", true }, { "a/b/", true },
		{ "robots.txt", true }, { "z/index.html", false },
		/* By no other name, as people see it. */
		{ "index.html", false }, { "a/index.html", false },
		{ "a", false }, { "a/b", false }, { "b/", false },
		{ "robots.txt/", false },
		/* Nor what is internal. */
		{ "inside/", false },
	};
	/* In byte order, those inside behind. */
	static const char *const folders[] = { "a/b/", "a/", "", "robots.txt",
		"inside/" };
	struct site site = { .base_url = STR_NONE };
	struct page *inside;
	struct fixture f;

	(void)state;
	fixture_init(&f, NULL);
	vec_init(&site.pages, sizeof(struct page));
	assert_false(page_is_at(&site, STR_NONE));
	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
		inside = page_add(&site, &f.arena, &page_page,
		    str_from(folders[i]), STR_NONE);
	inside->is_internal = true;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(page_is_at(&site,
		    str_from(cases[i].address)), cases[i].is_there);
	assert_ptr_equal(page_find(&site, STR("inside/index.html"), true),
	    inside);
	assert_null(page_find(&site, STR("a/index.html"), true));
	assert_true(page_exists(&site, STR("a/b/index.html")));
	assert_false(page_exists(&site, STR("inside/index.html")));
	vec_dispose(&site.pages);
	fixture_dispose(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lost_records),
		cmocka_unit_test(test_lost_rule),
		cmocka_unit_test(test_lost_template),
		cmocka_unit_test(
		    test_pages__are_found_by_path_and_by_address),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
