/* SPDX-License-Identifier: MIT */
/* The front page of the internal site: what is to be done today, what changed,
 * and the figures, at a glance. */
#include "base/arena.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "render/circular.h"
#include "render/internal.h"
#include "render/internal_list.h"
#include "render/pages.h"

/* How many rows of a list the front page shows. */
enum { SHOWN = 8 };

/* What may be to do: how many rows of a list, or those of them whose day has
 * passed; or a count of the registry. */
struct task {
	const char *name;		/* t.internal_tasks.<name> */
	const char *list;		/* NULL: of internal_counts */
	const char *count;		/* "count", "overdue", "withheld" … */
	const char *href;
	bool is_urgent;
};

static const struct task tasks[] = {
	{ "withheld", NULL, "withheld", "diagnostics/", true },
	{ "registration", "registration", "overdue", "lists/registration/",
	    true },
	{ "milestones", "milestones", "overdue", "lists/milestones/", true },
	{ "follow_ups", "follow-ups", "overdue", "lists/follow-ups/", true },
	{ "post_evaluations", "post-evaluations", "overdue",
	    "lists/post-evaluations/", true },
	{ "pending", "pending", "count", "lists/pending/", false },
	{ "not_overdue", NULL, "not_overdue", "due/", false },
	{ "due", NULL, "soon", "due/", false },
	{ "silent", "silent", "count", "lists/silent/", false },
};

static struct str count_in(const struct task *task,
    const struct value *counts, const struct value *lists)
{
	if (task->list == NULL)
		return value_text_at(counts, str_from(task->count));
	for (size_t i = 0; i < value_count(lists); i++)
		if (str_eq(value_text_at(lists->list.items[i], STR("name")),
		    str_from(task->list)))
			return value_text_at(lists->list.items[i],
			    str_from(task->count));
	return STR_NONE;
}

static struct value *make_tasks(struct site *site, struct arena *arena,
    const struct value *counts, const struct value *lists)
{
	struct value *made = value_list(arena);
	const struct value *parameters = internal_parameters(site, arena);

	for (size_t i = 0; i < sizeof(tasks) / sizeof(tasks[0]); i++) {
		struct str count = count_in(&tasks[i], counts, lists);
		struct value *task;

		if (count.len == 0 || str_eq(count, STR("0")))
			continue;
		task = value_map(arena);
		page_set_text(arena, task, "label", wording_fill(
		    &site->wording, arena, str_format(arena,
			"internal_tasks.%s", tasks[i].name), parameters));
		page_set_text(arena, task, "count", count);
		page_set_text(arena, task, "href", str_from(tasks[i].href));
		page_set(arena, task, "is_urgent",
		    value_bool(arena, tasks[i].is_urgent));
		value_append(arena, made, task);
	}
	return made;
}

/* The first rows; of duties, those whose day is still to come, as the tasks
 * count the others. */
static struct value *first_of(struct arena *arena, const struct value *rows)
{
	struct value *first = value_list(arena);

	for (size_t i = 0; i < value_count(rows); i++)
		if (!value_is_true_at(rows->list.items[i], STR("overdue")) &&
		    !value_is_true_at(rows->list.items[i],
			STR("not_overdue")) && value_count(first) < SHOWN)
			value_append(arena, first, rows->list.items[i]);
	return first;
}

static void set_changes(struct site *site, struct arena *arena,
    struct value *context)
{
	const struct internal_list *list = internal_lists;

	while (list->query != QUERY_list_changes)
		list++;
	page_set_text(arena, context, "no_changes", wording_fill(
	    &site->wording, arena, STR("internal_empty.changes"),
	    internal_parameters(site, arena)));
	page_set_list(arena, context, "changes", first_of(arena,
	    internal_list_rows(site, arena, list)));
}

/* The month, quarter or year that the as-of date lies in, with its totals. */
static struct value *period_of(struct site *site, struct arena *arena,
    struct str id, const char *name, struct value *context)
{
	struct value *found = page_query(site, arena, QUERY_period, id);
	struct value *period, *totals;

	if (value_count(found) == 0)
		return NULL;
	period = found->list.items[0];
	page_set_text(arena, period, "title",
	    circular_period_title(site, arena, period));
	totals = circular_table(site, arena, period, &circular_dimensions[0]);
	page_set_list(arena, period, "totals", totals);
	page_set(arena, context, name, period);
	return period;
}

static void set_figures(struct site *site, struct arena *arena,
    struct value *context)
{
	struct value *year = period_of(site, arena,
	    str_slice(site->as_of, 0, 4), "year", context);
	struct value *month = period_of(site, arena,
	    str_slice(site->as_of, 0, 7), "month", context);

	(void)month;
	if (year == NULL)
		return;
	circular_charts(site, arena, context, year,
	    value_get(year, STR("totals")), circular_table(site, arena, year,
		circular_dimension(STR("city"))), NULL);
}

static void list_home(struct site *site, struct arena *arena)
{
	internal_add(site, arena, &page_internal_home, STR_NONE, STR_NONE);
}

static bool fill_home(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct diag_list *diags)
{
	struct value *counts = page_query(site, arena, QUERY_internal_counts,
	    STR_NONE)->list.items[0];
	struct value *lists = internal_list_index(site, arena);

	(void)page;
	(void)names;
	(void)diags;
	page_set(arena, context, "counts", counts);
	page_set_list(arena, context, "tasks",
	    make_tasks(site, arena, counts, lists));
	page_set_list(arena, context, "due", first_of(arena,
	    internal_due_rows(site, arena)));
	set_changes(site, arena, context);
	page_set_list(arena, context, "lists", lists);
	set_figures(site, arena, context);
	page_set_list(arena, context, "charts", progress_charts(site, arena));
	overlay_set_counts(site, arena, context);
	return true;
}

const struct page_kind page_internal_home = {
	.name = "internal-home", .section = "home",
	.list = list_home, .fill = fill_home,
};
