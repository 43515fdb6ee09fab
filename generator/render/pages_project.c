/* SPDX-License-Identifier: MIT */
/* A page for each project, with what the public may know of it. */
#include "base/arena.h"
#include "base/diag.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "render/pages.h"

static void list_projects(struct site *site, struct arena *arena)
{
	struct value *list = page_query(site, arena, QUERY_public_projects,
	    STR_NONE);

	for (size_t i = 0; i < value_count(list); i++) {
		const struct value *row = list->list.items[i];

		page_add(site, arena, &page_project,
		    value_text_at(row, STR("href")),
		    value_text_at(row, STR("id")))->date =
		    value_text_at(row, STR("day"));
	}
}

/* What happened, with its words: t.project.steps.<step>. */
static struct value *course_of(struct site *site, struct arena *arena,
    struct str id)
{
	struct value *course = page_query(site, arena, QUERY_project_course,
	    id);

	for (size_t i = 0; i < value_count(course); i++) {
		struct value *row = course->list.items[i];

		page_set_text(arena, row, "label", wording_text(&site->wording,
		    str_join(arena, STR("project.steps."),
			value_text_at(row, STR("step")))));
	}
	return course;
}

/* Everything comes from the catalogue, which leaves out what is not public:
 * nothing of the record is shown for merely standing in it. */
static bool fill_project(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct diag_list *diags)
{
	static const struct {
		const char *name;
		int query;
	} lists[] = { { "units", QUERY_project_units },
		{ "achievements", QUERY_project_results } };
	struct value *found = page_query(site, arena, QUERY_project_card,
	    page->key);

	if (value_count(found) == 0)
		return diag_report(diags, ((struct mark){ .path = page->path }),
		    DIAG_PAGE_LOST, page->path);
	page_set(arena, context, "p", found->list.items[0]);
	page_set(arena, context, "is_other_province", value_bool(arena,
	    !str_eq(value_text_at(found->list.items[0], STR("scheme.code")),
		STR("zhejiang"))));
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		page_set_list(arena, context, lists[i].name,
		    page_query(site, arena, lists[i].query, page->key));
	page_set_list(arena, context, "course",
	    course_of(site, arena, page->key));
	page_set(arena, names, "title",
	    value_get(found->list.items[0], STR("title")));
	return true;
}

const struct page_kind page_project = {
	.name = "project", .is_leaf = true, .section = "projects",
	.list = list_projects, .fill = fill_project,
};
