/* SPDX-License-Identifier: MIT */
/* What is wrong, and what falls due. */
#include "base/arena.h"
#include "base/diag.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "render/internal.h"
#include "render/listing.h"
#include "render/pages.h"

static void set_counts(struct site *site, struct arena *arena,
    struct value *context)
{
	struct value *counts = page_query(site, arena, QUERY_internal_counts,
	    STR_NONE);

	page_set(arena, context, "counts", counts->list.items[0]);
}

/* -- diagnostics ---------------------------------------------------------- */

static void list_diagnostics(struct site *site, struct arena *arena)
{
	internal_add(site, arena, &page_internal_diagnostics,
	    STR("diagnostics/"), STR_NONE);
}

static struct value *made_diagnostic(const struct site *site,
    struct arena *arena, const struct value *row)
{
	static const char *const same[] = { "line", "column", "rule", "basis",
		NULL };
	bool en = site->wording.lang == LANG_EN;
	struct value *made = page_pick(arena, row, same);

	page_set(arena, made, "severity", context_term(&site->wording, arena,
	    STR("severities"), value_text_at(row, STR("severity"))));
	page_set_text(arena, made, "message", value_text_at(row,
	    en ? STR("message_en") : STR("message_zh")));
	page_set_text(arena, made, "hint", value_text_at(row,
	    en ? STR("hint_en") : STR("hint_zh")));
	return made;
}

static void end_file(struct arena *arena, struct value *file,
    struct value *diagnostics)
{
	if (file != NULL)
		page_set_list(arena, file, "diagnostics", diagnostics);
}

static bool fill_diagnostics(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct diag_list *diags)
{
	struct value *list = page_query(site, arena, QUERY_diagnostics,
	    STR_NONE);
	struct value *files = value_list(arena), *file = NULL, *own = NULL;
	struct str current = STR_NONE;

	(void)page;
	(void)names;
	(void)diags;
	for (size_t i = 0; i < value_count(list); i++) {
		const struct value *row = list->list.items[i];
		struct str path = value_text_at(row, STR("path"));

		if (file == NULL || !str_eq(path, current)) {
			end_file(arena, file, own);
			file = value_map(arena);
			own = value_list(arena);
			page_set_text(arena, file, "path", path);
			page_set_text(arena, file, "title",
			    value_text_at(row, STR("title")));
			page_set(arena, file, "withheld", value_bool(arena,
			    str_eq(value_text_at(row, STR("withheld")),
				STR("1"))));
			value_append(arena, files, file);
			current = path;
		}
		value_append(arena, own, made_diagnostic(site, arena, row));
	}
	end_file(arena, file, own);
	page_set_list(arena, context, "files", files);
	set_counts(site, arena, context);
	return true;
}

const struct page_kind page_internal_diagnostics = {
	.name = "internal-diagnostics", .section = "diagnostics",
	.list = list_diagnostics, .fill = fill_diagnostics,
};

/* -- what falls due ------------------------------------------------------- */

static void list_due(struct site *site, struct arena *arena)
{
	internal_add(site, arena, &page_internal_due, STR("due/"), STR_NONE);
}

struct value *internal_due_rows(struct site *site, struct arena *arena)
{
	struct value *list = page_query(site, arena, QUERY_due, STR_NONE);

	for (size_t i = 0; i < value_count(list); i++) {
		struct value *row = list->list.items[i];
		struct str days = value_text_at(row, STR("days"));

		page_set_text(arena, row, "label", value_text_at(row,
		    site->wording.lang == LANG_EN ? STR("message_en") :
		    STR("message_zh")));
		/* `overdue` and `not_overdue` say that it lies behind. */
		page_set_text(arena, row, "days_left", days);
		if (str_starts(days, STR("-")))
			page_set_text(arena, row, "days",
			    str_slice(days, 1, days.len));
	}
	return list;
}

static struct value *due_rows(struct site *site, const struct page *page,
    struct arena *arena)
{
	(void)page;
	return internal_due_rows(site, arena);
}

static bool fill_due(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct diag_list *diags)
{
	size_t room = INTERNAL_ROWS;

	(void)page;
	(void)names;
	(void)diags;
	page_set_list(arena, context, "due", internal_first_rows(arena,
	    context, internal_due_rows(site, arena), &room));
	set_counts(site, arena, context);
	return true;
}

static const struct listing_column due_columns[] = {
	{ "due", "date", NULL, LISTING_PLAIN },
	{ "bare", NULL, NULL, LISTING_PLAIN },
	{ "provisional_day", "provisional", NULL, LISTING_PLAIN },
	{ "days", "days_left", NULL, LISTING_NUMBER },
	{ "message", "label", NULL, LISTING_PLAIN },
	{ "rule", NULL, NULL, LISTING_PLAIN },
	{ "record_title", "title", NULL, LISTING_PLAIN },
	{ "id", NULL, NULL, LISTING_PLAIN },
	{ "unit_name", NULL, NULL, LISTING_PLAIN },
	{ "binds", "binds_", NULL, LISTING_PLAIN },
	{ "path", NULL, NULL, LISTING_PLAIN },
	{ "line", NULL, NULL, LISTING_NUMBER },
	{ .name = NULL },
};

const struct page_kind page_internal_due = {
	.name = "internal-due", .section = "due",
	.list = list_due, .fill = fill_due,
	.columns = due_columns, .rows = due_rows,
};
