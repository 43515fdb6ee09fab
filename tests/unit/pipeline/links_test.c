/* SPDX-License-Identifier: MIT */
#include "pipeline/links.h"

#include "../memory.h"
#include "base/buf.h"
#include "base/value.h"
#include "model/record.h"
#include "pipeline/pipeline.h"
#include "render/markdown.h"
#include "render/page.h"
#include "render/pages.h"
#include "source/source.h"

static void test_links_address__is_where_the_page_will_be(void **state)
{
	static const struct {
		const char *path, *address;
	} cases[] = {
		{ "content/achievements/u/s.md", "achievements/u/s/" },
		{ "content/achievements/u/s/plot.png",
		    "achievements/u/s/plot.png" },
		{ "content/units/u.md", "units/u/" },
		{ "content/bulletins/2026-06.md", "bulletins/2026-06/" },
		{ "content/releases/2026-q2.md", "releases/2026-q2/" },
		{ "content/rankings/2026.md", "rankings/2026/" },
		{ "content/pages/about.md", "about/" },
		{ "content/pages/guide/units.md", "guide/units/" },
		/* What the office decided has no place on the site. */
		{ "content/dossiers/u/s.md", "" },
		{ "content/projects/p.md", "" }, { "content/site.yaml", "" },
		{ "schemas/unit.xsd", "" }, { "", "" },
		/* A page has a name. */
		{ "content/pages/.md", "" }, { "content/units/.md", "" },
	};
	struct fixture f;

	(void)state;
	fixture_init(&f, NULL);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_str(links_address(&f.arena, str_from(cases[i].path)),
		    cases[i].address);
	fixture_dispose(&f);
}

struct web {
	struct fixture f;
	struct pipeline pipeline;
	struct record record;
	struct links links;
	struct markdown_options options;
	struct site site;
};

static void web_init(struct web *web)
{
	static const char *const files[] = { "content/achievements/u/a.md",
		"content/achievements/u/a/plot.png",
		"content/achievements/u/b.md", "content/dossiers/u/a.md",
		"content/units/u.md" };

	fixture_init(&web->f, NULL);
	web->pipeline = (struct pipeline){ .arena = &web->f.arena,
		.settings = value_map(&web->f.arena) };
	arena_init(&web->pipeline.scratch);
	dependencies_init(&web->pipeline.dependencies);
	vec_init(&web->pipeline.files, sizeof(struct source_entry));
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		((struct source_entry *)vec_push(&web->pipeline.files))->path =
		    str_from(files[i]);
	web->record = (struct record){ .kind = KIND_ACHIEVEMENT,
		.path = STR("content/achievements/u/a.md") };
	links_options(&web->links, &web->pipeline, &web->record,
	    &web->options);
	web->site = (struct site){ .base_url = STR_NONE };
	vec_init(&web->site.pages, sizeof(struct page));
	page_add(&web->site, &web->f.arena, &page_page,
	    STR("achievements/u/a/"), STR_NONE);
	page_add(&web->site, &web->f.arena, &page_page, STR("units/u/"),
	    STR_NONE);
}

static void web_dispose(struct web *web)
{
	vec_dispose(&web->site.pages);
	vec_dispose(&web->pipeline.files);
	dependencies_dispose(&web->pipeline.dependencies);
	arena_dispose(&web->pipeline.scratch);
	fixture_dispose(&web->f);
}

static void assert_leads(struct web *web, const char *link, const char *url)
{
	struct buf out;

	buf_init(&out);
	assert_int_equal(web->options.resolve(web->options.context,
	    MARKDOWN_LINK, str_from(link), &out), url != NULL);
	assert_string_equal(out.ptr, url != NULL ? url : "");
	buf_dispose(&out);
}

static void test_links__lead_to_pages_of_files(void **state)
{
	struct web web;

	(void)state;
	web_init(&web);
	assert_leads(&web, "b.md", "../../../achievements/u/b/");
	assert_leads(&web, "b", "../../../achievements/u/b/");
	assert_leads(&web, "a/plot.png",
	    "../../../achievements/u/a/plot.png");
	assert_leads(&web, "../../units/u.md", "../../../units/u/");
	assert_leads(&web, "/units/u.md", "../../../units/u/");
	web_dispose(&web);
}

static void test_links__lead_nowhere_else(void **state)
{
	static const char *const links[] = { "c.md", "", "..", "/",
		"../../../../etc/passwd", "../../dossiers/u/a.md",
		"/dossiers/u/a", "../..", "//units/x.md" };
	struct web web;

	(void)state;
	web_init(&web);
	for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++)
		assert_leads(&web, links[i], NULL);
	web_dispose(&web);
}

static void test_links__to_what_is_not_public_lead_to_its_section(void **state)
{
	struct web web;

	(void)state;
	web_init(&web);
	web.links.site = &web.site;
	assert_leads(&web, "b.md", "../../../achievements/");
	assert_leads(&web, "../../units/u.md", "../../../units/u/");
	web_dispose(&web);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_links_address__is_where_the_page_will_be),
		cmocka_unit_test(test_links__lead_to_pages_of_files),
		cmocka_unit_test(test_links__lead_nowhere_else),
		cmocka_unit_test(
		    test_links__to_what_is_not_public_lead_to_its_section),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
