/* SPDX-License-Identifier: MIT */
/* The lists of the internal site, and the index of them. */
#include "base/arena.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "render/internal.h"
#include "render/internal_list.h"
#include "render/listing.h"
#include "render/pages.h"

/* -- columns -------------------------------------------------------------- */

#define PLAIN(name) { name, NULL, NULL, LISTING_PLAIN }
#define NUMBER(name) { name, NULL, NULL, LISTING_NUMBER }
#define DATA(name) { name, NULL, NULL, LISTING_DATA }
#define TITLE { "title", NULL, "url", LISTING_PLAIN }
#define PROJECT { "project", "title", "url", LISTING_PLAIN }
#define ANY { "name", "title", "url", LISTING_PLAIN }
/* On the page it is a heading. */
#define GROUP { "group", "group_title", NULL, LISTING_DATA }
/* Where every list ends: what and where the record is. */
#define RECORD DATA("id"), { "source", NULL, "source_url", LISTING_CODE }, \
	DATA("path"), DATA("line"), DATA("url"), { .name = NULL }

static const struct listing_column registration_columns[] = {
	TITLE, DATA("unit_name"), PLAIN("obtained"), PLAIN("received"),
	PLAIN("due"), NUMBER("days"), PLAIN("status"), DATA("severity"),
	{ "provisional_day", "provisional", NULL, LISTING_DATA },
	DATA("message"), DATA("unit"), RECORD,
};
static const struct listing_column pending_columns[] = {
	TITLE, PLAIN("state"), PLAIN("submitter_name"), PLAIN("submitted"),
	PLAIN("received"), NUMBER("waiting"), DATA("submitter"), RECORD,
};
static const struct listing_column arrival_columns[] = {
	TITLE, PLAIN("submitter_name"), PLAIN("received"), PLAIN("account"),
	PLAIN("landed"), NUMBER("handled"), PLAIN("registered"),
	DATA("received_at"), DATA("landed_at"), DATA("landing"),
	DATA("submitter"), RECORD,
};
static const struct listing_column silent_columns[] = {
	{ "name", NULL, "url", LISTING_PLAIN }, PLAIN("kind"), PLAIN("city"),
	PLAIN("last"), NUMBER("months"), NUMBER("submitted_count"), RECORD,
};
static const struct listing_column follow_up_columns[] = {
	TITLE, PLAIN("submitter_name"), PLAIN("entered"), PLAIN("last"),
	NUMBER("follow_up_count"), PLAIN("due"), NUMBER("days"),
	PLAIN("status"), RECORD,
};
static const struct listing_column post_evaluation_columns[] = {
	PROJECT, PLAIN("project_no"), PLAIN("unit_name"), PLAIN("accepted"),
	PLAIN("closes"), NUMBER("days"), NUMBER("follow_up_count"),
	PLAIN("last"), PLAIN("status"), RECORD,
};
static const struct listing_column award_columns[] = {
	ANY, PLAIN("award_for"), PLAIN("unit_name"), PLAIN("entered"), GROUP,
	NUMBER("follow_up_count"), RECORD,
};
static const struct listing_column support_columns[] = {
	TITLE, PLAIN("support"), PLAIN("date"), PLAIN("reference"),
	PLAIN("submitter_name"), PLAIN("entered"), RECORD,
};
static const struct listing_column pool_columns[] = {
	PROJECT, PLAIN("project_no"), PLAIN("unit_name"), PLAIN("plan"),
	PLAIN("highland"), PLAIN("entered"), PLAIN("status"), RECORD,
};
static const struct listing_column race_columns[] = {
	PROJECT, PLAIN("route"), PLAIN("unit_name"), NUMBER("stages"),
	NUMBER("met_count"), PLAIN("next"), PLAIN("terminated"), GROUP,
	RECORD,
};
static const struct listing_column milestone_columns[] = {
	PLAIN("goal"), { "project", "title", NULL, LISTING_PLAIN },
	PLAIN("unit_name"), PLAIN("due"), PLAIN("met"), NUMBER("days"),
	PLAIN("milestone_of"), GROUP, RECORD,
};
static const struct listing_column change_columns[] = {
	TITLE, PLAIN("date"), PLAIN("step"), PLAIN("actor"),
	PLAIN("submitter_name"), RECORD,
};
static const struct listing_column target_columns[] = {
	{ "target", "name", NULL, LISTING_PLAIN }, PLAIN("number"),
	PLAIN("by_year"),
	{ "shown_text", NULL, "shown_href", LISTING_PLAIN }, PLAIN("article"),
	PLAIN("status"), DATA("quote"), DATA("origin"), DATA("id"),
	{ .name = NULL },
};

static const struct listing_column target_record_columns[] = {
	ANY, PLAIN("unit_name"), { "target", "name", NULL, LISTING_DATA },
	RECORD,
};
static const struct listing_column landmark_columns[] = {
	TITLE, PLAIN("submitter_name"), PLAIN("category"), PLAIN("entered"),
	RECORD,
};
static const struct listing_column manufacturing_columns[] = {
	PROJECT, PLAIN("project_no"), PLAIN("unit_name"), PLAIN("plan"),
	PLAIN("manufacturing"), GROUP, RECORD,
};

/* -- rows ----------------------------------------------------------------- */

static struct str text_of(const struct site *site, struct arena *arena,
    const char *path, struct str name)
{
	return wording_text(&site->wording, str_format(arena, "%s.%.*s", path,
	    STR_ARG(name)));
}

/* What an id of ours, as a year, makes of itself; of other texts, a number. */
static struct str anchor_of(struct arena *arena, struct str id, size_t number)
{
	for (size_t i = 0; i < id.len; i++)
		if (strchr("abcdefghijklmnopqrstuvwxyz0123456789-",
		    id.ptr[i]) == NULL)
			id = STR_NONE;
	return id.len == 0 ? str_format(arena, "group-%zu", number) :
	    str_format(arena, "group-%.*s", STR_ARG(id));
}

/* The number that the registry shows, and where it lists what it counted. */
static void make_up_target(struct site *site, struct arena *arena,
    struct value *row)
{
	struct str shown = value_text_at(row, STR("shown"));
	bool is_counted = value_text_at(row, STR("counted")).len > 0;

	page_set_text(arena, row, "shown_text", is_counted ? shown :
	    text_of(site, arena, "internal_lists", STR("not_shown")));
	if (is_counted && !str_eq(shown, STR("0")))
		page_set_text(arena, row, "shown_href", str_format(arena,
		    "lists/target-records/#%.*s", STR_ARG(anchor_of(arena,
			value_text_at(row, STR("id")), 0))));
}

static struct str group_name(const struct site *site, struct arena *arena,
    const struct value *row)
{
	struct str label = value_text_at(row, STR("group_.label"));
	struct str name = value_text_at(row, STR("group_"));

	if (name.len == 0 && label.len == 0)
		name = value_text_at(row, STR("name"));
	if (label.len > 0 || name.len > 0)
		return label.len > 0 ? label : name;
	return text_of(site, arena, "internal_lists.groups",
	    value_text_at(row, STR("group_id")));
}

/* What follows from a row, by what it has. */
static void make_up(struct site *site, struct arena *arena, struct value *row)
{
	bool en = site->wording.lang == LANG_EN;

	internal_set_links(site, arena, row);
	if (value_get(row, STR("message_zh")) != NULL)
		page_set(arena, row, "message", value_get(row,
		    en ? STR("message_en") : STR("message_zh")));
	if (value_get(row, STR("name_zh")) != NULL)
		page_set(arena, row, "name", value_get(row,
		    en ? STR("name_en") : STR("name_zh")));
	if (value_get(row, STR("overdue")) != NULL &&
	    value_get(row, STR("status")) == NULL)
		page_set_text(arena, row, "status", text_of(site, arena,
		    "internal_lists", value_is_true_at(row, STR("in_time")) ?
		    STR("in_time") : value_is_true_at(row, STR("overdue")) ?
		    STR("overdue") : STR("coming")));
	if (value_get(row, STR("source_kind")) != NULL)
		page_set_text(arena, row, "milestone_of", text_of(site,
		    arena, "internal_lists.milestone_of",
		    value_text_at(row, STR("source_kind"))));
	if (value_get(row, STR("counted")) != NULL)
		make_up_target(site, arena, row);
	if (value_get(row, STR("group_id")) != NULL)
		page_set_text(arena, row, "group_title",
		    group_name(site, arena, row));
}

struct value *internal_list_rows(struct site *site, struct arena *arena,
    const struct internal_list *list)
{
	struct value *rows = page_query(site, arena, list->query, STR_NONE);

	for (size_t i = 0; i < value_count(rows); i++)
		make_up(site, arena, rows->list.items[i]);
	return rows;
}

static const struct internal_list *list_of(const struct page_kind *kind)
{
	const struct internal_list *list = internal_lists;

	while (list->kind != kind)
		list++;
	return list;
}

static struct value *rows_of(struct site *site, const struct page *page,
    struct arena *arena)
{
	return internal_list_rows(site, arena, list_of(page->kind));
}

/* -- a list's page -------------------------------------------------------- */

struct value *internal_parameters(struct site *site, struct arena *arena)
{
	struct value *rows = page_query(site, arena, QUERY_parameters,
	    STR_NONE);
	struct value *names = value_map(arena);

	for (size_t i = 0; i < value_count(rows); i++)
		value_set(arena, names, value_text_at(rows->list.items[i],
		    STR("name")), value_get(rows->list.items[i],
		    STR("value")));
	return names;
}

static void end_group(struct site *site, struct arena *arena,
    const struct page *page, struct value *group, struct value *rows,
    size_t *room)
{
	size_t overdue = 0;

	if (group == NULL)
		return;
	for (size_t i = 0; i < value_count(rows); i++)
		overdue += value_is_true_at(rows->list.items[i],
		    STR("overdue"));
	page_set(arena, group, "count",
	    value_number(arena, (long long)value_count(rows)));
	page_set(arena, group, "overdue",
	    value_number(arena, (long long)overdue));
	page_set_table(site, arena, group, page->kind->columns,
	    internal_first_rows(arena, group, rows, room));
}

/* Rows come ordered by group. */
static struct value *cut_into_groups(struct site *site, struct arena *arena,
    const struct page *page, const struct value *rows)
{
	struct value *groups = value_list(arena), *group = NULL, *own = NULL;
	struct str current = STR_NONE;
	size_t room = INTERNAL_ROWS;

	for (size_t i = 0; i < value_count(rows); i++) {
		struct value *row = rows->list.items[i];
		struct str id = value_text_at(row, STR("group_id"));

		if (group == NULL || !str_eq(id, current)) {
			end_group(site, arena, page, group, own, &room);
			group = value_map(arena);
			own = value_list(arena);
			page_set_text(arena, group, "id", anchor_of(arena, id,
			    value_count(groups) + 1));
			page_set(arena, group, "name",
			    value_get(row, STR("group_title")));
			value_append(arena, groups, group);
			current = id;
		}
		value_append(arena, own, row);
	}
	end_group(site, arena, page, group, own, &room);
	return groups;
}

static struct value *rule_links(const struct site *site, struct arena *arena,
    const struct internal_list *list)
{
	struct value *links = value_list(arena);

	for (size_t i = 0; list->rules[i] != NULL; i++) {
		struct value *link = value_map(arena);
		struct str id = str_from(list->rules[i]);

		page_set_text(arena, link, "id", id);
		page_set_text(arena, link, "url", page_url(site, arena,
		    internal_rule_address(arena, id)));
		value_append(arena, links, link);
	}
	return links;
}

static bool fill_list(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct diag_list *diags)
{
	const struct internal_list *list = list_of(page->kind);
	struct value *rows = internal_list_rows(site, arena, list);
	const struct value *parameters = internal_parameters(site, arena);
	size_t count = value_count(rows), room = INTERNAL_ROWS;

	(void)names;
	(void)diags;
	page_set_text(arena, context, "lead", wording_fill(&site->wording,
	    arena, str_format(arena, "internal_lists.%s", list->name),
	    parameters));
	page_set(arena, context, "count",
	    value_number(arena, (long long)count));
	page_set_text(arena, context, "empty", count > 0 ? STR_NONE :
	    wording_fill(&site->wording, arena, str_format(arena,
		"internal_empty.%s", list->name), parameters));
	page_set_list(arena, context, "rules", rule_links(site, arena, list));
	page_set(arena, context, "is_grouped",
	    value_bool(arena, list->is_grouped && count > 0));
	if (list->is_grouped)
		page_set_list(arena, context, "groups", cut_into_groups(site,
		    arena, page, rows));
	else
		page_set_table(site, arena, context, page->kind->columns,
		    internal_first_rows(arena, context, rows, &room));
	return true;
}

/* -- the index ------------------------------------------------------------ */

static struct str folder_of(struct arena *arena,
    const struct internal_list *list)
{
	return str_format(arena, "lists/%s/", list->name);
}

struct value *internal_list_index(struct site *site, struct arena *arena)
{
	struct value *made = value_list(arena);
	const struct value *names = internal_parameters(site, arena);

	for (const struct internal_list *list = internal_lists;
	     list->name != NULL; list++) {
		struct value *entry = value_map(arena);
		size_t overdue, count = catalogue_count_rows(site->catalogue,
		    (enum query)list->query, STR("overdue"), &overdue);

		page_set_text(arena, entry, "name", str_from(list->name));
		page_set_text(arena, entry, "href", folder_of(arena, list));
		page_set_text(arena, entry, "title", wording_text(
		    &site->wording, str_format(arena, "page_titles.%s",
			list->kind->name)));
		page_set_text(arena, entry, "lead", wording_fill(
		    &site->wording, arena, str_format(arena,
			"internal_lists.%s", list->name), names));
		page_set(arena, entry, "count",
		    value_number(arena, (long long)count));
		page_set_text(arena, entry, "overdue", overdue == 0 ?
		    STR_NONE : str_format(arena, "%zu", overdue));
		value_append(arena, made, entry);
	}
	return made;
}

static void list_lists(struct site *site, struct arena *arena)
{
	internal_add(site, arena, &page_internal_lists, STR("lists/"),
	    STR_NONE);
	for (const struct internal_list *list = internal_lists;
	     list->name != NULL; list++)
		internal_add(site, arena, list->kind, folder_of(arena, list),
		    STR_NONE);
}

static bool fill_lists(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct diag_list *diags)
{
	(void)page;
	(void)names;
	(void)diags;
	page_set_list(arena, context, "lists",
	    internal_list_index(site, arena));
	return true;
}

const struct page_kind page_internal_lists = {
	.name = "internal-lists", .section = "lists", .list = list_lists,
	.fill = fill_lists,
};

#define LIST_KIND(name_, title, columns_) \
	static const struct page_kind name_ = { .name = "internal-" title, \
		.template = "internal-list", .section = "lists", \
		.fill = fill_list, .columns = columns_, .rows = rows_of }
LIST_KIND(kind_registration, "registration", registration_columns);
LIST_KIND(kind_pending, "pending", pending_columns);
LIST_KIND(kind_arrivals, "arrivals", arrival_columns);
LIST_KIND(kind_silent, "silent", silent_columns);
LIST_KIND(kind_follow_ups, "follow-ups", follow_up_columns);
LIST_KIND(kind_post_evaluations, "post-evaluations", post_evaluation_columns);
LIST_KIND(kind_awards, "awards", award_columns);
LIST_KIND(kind_support, "support", support_columns);
LIST_KIND(kind_pool, "pool", pool_columns);
LIST_KIND(kind_races, "races", race_columns);
LIST_KIND(kind_milestones, "milestones", milestone_columns);
LIST_KIND(kind_changes, "changes", change_columns);
LIST_KIND(kind_targets, "targets", target_columns);
LIST_KIND(kind_target_records, "target-records", target_record_columns);
LIST_KIND(kind_landmarks, "landmarks", landmark_columns);
LIST_KIND(kind_manufacturing, "manufacturing", manufacturing_columns);

#define RULES(...) (const char *const[]){ __VA_ARGS__, NULL }
const struct internal_list internal_lists[] = {
	{ "registration", &kind_registration, QUERY_list_registration, true,
	    RULES("P-01", "P-03") },
	{ "pending", &kind_pending, QUERY_list_pending, true,
	    RULES("Z-09", "Z-10", "Z-15") },
	{ "arrivals", &kind_arrivals, QUERY_list_arrivals, false,
	    RULES("P-01", "Z-09") },
	{ "changes", &kind_changes, QUERY_list_changes, false,
	    RULES("Z-37") },
	{ "silent", &kind_silent, QUERY_list_silent, false, RULES("Z-08") },
	{ "follow-ups", &kind_follow_ups, QUERY_list_follow_ups, false,
	    RULES("Z-35") },
	{ "awards", &kind_awards, QUERY_list_awards, true,
	    RULES("Z-33", "M-35") },
	{ "support", &kind_support, QUERY_list_support, false,
	    RULES("Z-32") },
	{ "milestones", &kind_milestones, QUERY_list_milestones, true,
	    RULES("M-24", "S-18") },
	{ "races", &kind_races, QUERY_list_races, true, RULES("M-21") },
	{ "pool", &kind_pool, QUERY_list_pool, false, RULES("M-30") },
	{ "post-evaluations", &kind_post_evaluations,
	    QUERY_list_post_evaluations, false, RULES("M-33") },
	{ "targets", &kind_targets, QUERY_list_targets, false,
	    RULES("P-08", "P-13", "P-21") },
	{ "target-records", &kind_target_records, QUERY_list_target_records,
	    true, RULES("P-08") },
	{ "landmarks", &kind_landmarks, QUERY_list_landmarks, true,
	    RULES("Z-02") },
	{ "manufacturing", &kind_manufacturing, QUERY_list_manufacturing,
	    true, RULES("M-19") },
	{ .name = NULL },
};
