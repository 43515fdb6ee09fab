/* SPDX-License-Identifier: MIT */
/*
 * The internal pages of the private folder: experts and how much they sat on,
 * panels with what was found in them, sanctions in force. They alone ask its
 * catalogue; without one there are no such pages.
 */
#include "base/arena.h"
#include "base/diag.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "render/internal.h"
#include "render/pages.h"

/* page_query() of the private folder's catalogue. */
static struct value *query(struct site *site, struct arena *arena, int query,
    struct str key)
{
	struct catalogue *registry = site->catalogue;
	struct value *rows;

	site->catalogue = site->overlay;
	rows = page_query(site, arena, query, key);
	site->catalogue = registry;
	return rows;
}

static void list(struct site *site, struct arena *arena,
    const struct page_kind *kind, struct str folder)
{
	if (site->overlay != NULL)
		internal_add(site, arena, kind, folder, STR_NONE);
}

/* What was found in the records whose paths begin so, as templates want it. */
static struct value *findings(struct site *site, struct arena *arena,
    struct str path)
{
	struct value *rows = query(site, arena, QUERY_private_findings, path);
	bool en = site->wording.lang == LANG_EN;

	for (size_t i = 0; i < value_count(rows); i++) {
		struct value *row = rows->list.items[i];

		page_set_text(arena, row, "message", value_text_at(row,
		    en ? STR("message_en") : STR("message_zh")));
	}
	return rows;
}

/* -- experts -------------------------------------------------------------- */

static void list_experts(struct site *site, struct arena *arena)
{
	list(site, arena, &page_experts, STR("experts/"));
}

static struct value *expert_rows(struct site *site, const struct page *page,
    struct arena *arena)
{
	(void)page;
	return query(site, arena, QUERY_private_experts, STR_NONE);
}

static const struct listing_column expert_columns[] = {
	{ "name", NULL, NULL, LISTING_PLAIN },
	{ "id", NULL, NULL, LISTING_DATA },
	{ "kind", NULL, NULL, LISTING_PLAIN },
	{ "unit", NULL, NULL, LISTING_PLAIN },
	{ "pool", NULL, NULL, LISTING_PLAIN },
	{ "left", NULL, NULL, LISTING_PLAIN },
	{ "this_year", NULL, NULL, LISTING_NUMBER },
	{ "total", NULL, NULL, LISTING_NUMBER },
	{ "recusals", NULL, NULL, LISTING_NUMBER },
	{ "latest", NULL, NULL, LISTING_PLAIN },
	{ "rating", NULL, NULL, LISTING_PLAIN },
	{ NULL, NULL, NULL, LISTING_PLAIN },
};

static bool fill_experts(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct diag_list *diags)
{
	struct value *found = findings(site, arena, STR("experts/"));
	struct value *credit = findings(site, arena, STR("credit/"));

	(void)names;
	(void)diags;
	for (size_t i = 0; i < value_count(credit); i++)
		value_append(arena, found, credit->list.items[i]);
	page_set_list(arena, context, "findings", found);
	page_set_table(site, arena, context, expert_columns,
	    expert_rows(site, page, arena));
	return true;
}

const struct page_kind page_experts = {
	.name = "internal-experts", .section = "experts",
	.list = list_experts, .fill = fill_experts,
	.columns = expert_columns, .rows = expert_rows,
};

/* -- panels --------------------------------------------------------------- */

static void list_panels(struct site *site, struct arena *arena)
{
	list(site, arena, &page_panels, STR("panels/"));
}

static struct value *panel_rows(struct site *site, const struct page *page,
    struct arena *arena)
{
	(void)page;
	return query(site, arena, QUERY_private_panels, STR_NONE);
}

static const struct listing_column panel_columns[] = {
	{ "name", "title", NULL, LISTING_PLAIN },
	{ "id", NULL, NULL, LISTING_DATA },
	{ "purpose", NULL, NULL, LISTING_PLAIN },
	{ "date", NULL, NULL, LISTING_PLAIN },
	{ "members", NULL, NULL, LISTING_NUMBER },
	{ "recusals", NULL, NULL, LISTING_NUMBER },
	{ "errors", NULL, NULL, LISTING_NUMBER },
	{ "others", NULL, NULL, LISTING_NUMBER },
	{ NULL, NULL, NULL, LISTING_PLAIN },
};

static bool fill_panels(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct diag_list *diags)
{
	struct value *panels = panel_rows(site, page, arena);

	(void)names;
	(void)diags;
	for (size_t i = 0; i < value_count(panels); i++) {
		struct value *panel = panels->list.items[i];
		struct str record = value_text_at(panel, STR("record"));

		page_set_list(arena, panel, "subjects", query(site, arena,
		    QUERY_private_panel_subjects, record));
		page_set_list(arena, panel, "people", query(site, arena,
		    QUERY_private_panel_members, record));
		page_set_list(arena, panel, "findings", findings(site, arena,
		    value_text_at(panel, STR("path"))));
	}
	page_set_list(arena, context, "panels", panels);
	return true;
}

const struct page_kind page_panels = {
	.name = "internal-panels", .section = "panels",
	.list = list_panels, .fill = fill_panels,
	.columns = panel_columns, .rows = panel_rows,
};

/* -- sanctions ------------------------------------------------------------ */

static void list_sanctions(struct site *site, struct arena *arena)
{
	list(site, arena, &page_sanctions, STR("sanctions/"));
}

static struct value *sanction_rows(struct site *site, const struct page *page,
    struct arena *arena)
{
	(void)page;
	return query(site, arena, QUERY_private_sanctions, STR_NONE);
}

static const struct listing_column sanction_columns[] = {
	{ "name", NULL, NULL, LISTING_PLAIN },
	{ "id", NULL, NULL, LISTING_DATA },
	{ "unit", NULL, NULL, LISTING_PLAIN },
	{ "kind", NULL, NULL, LISTING_PLAIN },
	{ "ground", NULL, NULL, LISTING_PLAIN },
	{ "scopes", NULL, NULL, LISTING_PLAIN },
	{ "from", NULL, NULL, LISTING_PLAIN },
	{ "until", NULL, NULL, LISTING_PLAIN },
	{ "lifted", NULL, NULL, LISTING_PLAIN },
	{ "in_force", NULL, NULL, LISTING_PLAIN },
	{ NULL, NULL, NULL, LISTING_PLAIN },
};

static bool fill_sanctions(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct diag_list *diags)
{
	(void)names;
	(void)diags;
	page_set_list(arena, context, "findings",
	    findings(site, arena, STR("sanctions/")));
	page_set_table(site, arena, context, sanction_columns,
	    sanction_rows(site, page, arena));
	return true;
}

const struct page_kind page_sanctions = {
	.name = "internal-sanctions", .section = "sanctions",
	.list = list_sanctions, .fill = fill_sanctions,
	.columns = sanction_columns, .rows = sanction_rows,
};

/* -- the front page of the internal site ---------------------------------- */

void overlay_set_counts(struct site *site, struct arena *arena,
    struct value *context)
{
	page_set(arena, context, "overlay", site->overlay == NULL ?
	    value_null(arena) : query(site, arena, QUERY_private_counts,
		STR_NONE)->list.items[0]);
}
