/* SPDX-License-Identifier: MIT */
/* Achievements: a page each, and tombstones. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/utf8.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "catalogue/export.h"
#include "model/codes.h"
#include "model/record.h"
#include "render/achievement_about.h"
#include "render/origin.h"
#include "render/pages.h"
#include "render/question.h"
#include "render/translation.h"
#include "schema/fields.h"

/* What a unit wrote that its page shows; the rest (declarations, consents)
 * stays in the record. */
static const char *const achievement_fields[] = { "title", "title_en",
	"title_zh", "summary", "summary_en", "summary_zh", "category", "type", "keywords", "field",
	"submitter", "submitted", "obtained", "funding", "projects",
	"standards", "approvals", "level", "level_basis", "breakthrough",
	"industrialization", "applications", "application_state", "benefit",
	"trl", "trl_basis", "indicators", "transfers", "transfer_excuse",
	"contact", "evidence", "updated", NULL };

/* What of the office's file is public, and only once it has happened. */
static const char *const dossier_fields[] = { "registration", "library",
	"evaluations", "visit", "confirmation", "landmark", "progress",
	"listing", "free_licence", "errata", NULL };

/* Steps that the public timeline tells; disputes and returns it does not. */
static const struct str public_decisions[] = { { "received", 8 },
	{ "registered", 10 }, { "secrecy-reviewed", 16 },
	{ "rights-reviewed", 15 }, { "evaluated", 9 }, { "entered", 7 },
	{ "visited", 7 }, { "confirmed", 9 }, { "follow-up", 9 },
	{ "erratum", 7 } };

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* -- /achievements/<unit>/<slug>/ ----------------------------------------- */

struct achievements {
	struct site *site;
	struct arena *arena;	/* of what is kept of their pages */
	struct buf folder;
};

/* {record, id, entered, …} */
static void add_achievement(void *context, const struct str *cells,
    size_t count)
{
	struct achievements *adding = context;
	struct page *page;

	(void)count;
	buf_clear(&adding->folder);
	buf_append_format(&adding->folder, "achievements/%.*s/",
	    STR_ARG(cells[1]));
	page = page_add(adding->site, adding->arena, &page_achievement,
	    buf_str(&adding->folder), str_dup(adding->arena, cells[0]));
	page->date = str_dup(adding->arena, cells[2]);
}

/* One by one: so many are no others. */
static void list_achievements(struct site *site, struct arena *arena)
{
	struct achievements adding = { site, arena, { .ptr = NULL } };

	if (pages_list_as_first(site, &page_achievement,
	    STR("achievements/")))
		return;
	buf_init(&adding.folder);
	catalogue_each(site->catalogue, QUERY_public_achievements, NULL, 0,
	    add_achievement, &adding);
	buf_dispose(&adding.folder);
}

/* The name as its bearer agreed to have it shown, or empty. */
static struct str display_name(const struct site *site, struct arena *arena,
    const struct value *person)
{
	struct str name = value_text_at(person, STR("name"));
	struct str form = page_name_form(site,
	    value_text_at(person, STR("publish.value")),
	    value_text_at(person, STR("consent.on.iso")));
	struct value *parts;

	if (str_eq(form, STR("name")))
		return name;
	if (!str_eq(form, STR("surname")))
		return STR_NONE;
	parts = value_map(arena);
	page_set_text(arena, parts, "surname",
	    str_slice(name, 0, utf8_offset(name, 1)));
	return wording_fill(&site->wording, arena,
	    STR("achievement.surname_pattern"), parts);
}

static struct value *people(const struct site *site, struct arena *arena,
    const struct value *record)
{
	static const char *const fields[] = { "order", "unit", "role",
		"contribution", "orcid", NULL };
	const struct value *from = value_get(record, STR("people"));
	struct value *list = value_list(arena);

	for (size_t i = 0; i < value_count(from); i++) {
		const struct value *person = from->list.items[i];
		struct str name = display_name(site, arena, person);
		bool is_named = str_eq(name,
		    value_text_at(person, STR("name")));
		struct value *shown;

		if (name.len == 0)
			continue;
		shown = page_pick(arena, person, fields);
		/* It would name who wants to be shown by surname. */
		if (!is_named)
			value_set(arena, shown, STR("orcid"),
			    value_null(arena));
		page_set_text(arena, shown, "display_name", name);
		page_set(arena, shown, "is_named", value_bool(arena,
		    is_named));
		value_append(arena, list, shown);
	}
	return list;
}

/* Completing units, linked to their pages where the register has them. */
static struct value *units(struct site *site, struct arena *arena,
    const struct value *record, struct str number)
{
	struct value *list = value_get(record, STR("units"));
	struct value *links = page_query(site, arena, QUERY_unit_links, number);

	for (size_t i = 0; i < value_count(links); i++) {
		const struct value *link = links->list.items[i];
		size_t position = 0;

		(void)str_to_size(value_text_at(link, STR("position")),
		    &position);
		if (position < 1 || position > value_count(list))
			continue;
		value_set(arena, list->list.items[position - 1], STR("href"),
		    value_get(link, STR("href")));
		value_set(arena, list->list.items[position - 1],
		    STR("name_en"), value_get(link, STR("name_en")));
	}
	for (size_t i = 0; i < value_count(list) &&
	    site->wording.lang == LANG_EN; i++)
		translation_choose(arena, list->list.items[i]);
	return list;
}

/* Projects it came from, linked to their pages where these are public. */
static void link_projects(struct site *site, struct arena *arena,
    const struct value *record, struct str number)
{
	struct value *list = value_get(record, STR("projects"));
	struct value *links = page_query(site, arena,
	    QUERY_projects_of_achievement, number);

	for (size_t i = 0; i < value_count(links); i++) {
		const struct value *link = links->list.items[i];
		size_t position = 0;

		(void)str_to_size(value_text_at(link, STR("position")),
		    &position);
		if (position >= 1 && position <= value_count(list))
			value_set(arena, list->list.items[position - 1],
			    STR("href"), value_get(link, STR("href")));
	}
}

/* Rights, each with the public register where its number can be looked up. */
static struct value *rights(const struct site *site, struct arena *arena,
    const struct value *record)
{
	const struct code_list *kinds = wording_codes(&site->wording,
	    STR("ip-kinds"));
	struct value *list = value_get(record, STR("ip"));

	for (size_t i = 0; i < value_count(list); i++) {
		struct value *right = list->list.items[i];
		const struct code *kind = code_find(kinds,
		    value_text_at(right, STR("kind.code")));

		if (kind != NULL)
			page_set_text(arena, right, "register_url",
			    code_cell(kinds, kind, STR("register")));
	}
	return list;
}

/* True for what has a date of its own, after the as-of date. */
static bool is_future(const struct site *site, const struct value *happening)
{
	static const struct str dates[] = { { "date.iso", 8 },
		{ "entered.iso", 11 } };

	for (size_t i = 0; i < COUNT(dates); i++)
		if (!site_has_come(site, value_text_at(happening, dates[i])))
			return true;
	return false;
}

/* What of a list has happened by the as-of date. */
static struct value *so_far(const struct site *site, struct arena *arena,
    const struct value *all)
{
	struct value *list = value_list(arena);

	for (size_t i = 0; i < value_count(all); i++)
		if (!is_future(site, all->list.items[i]))
			value_append(arena, list, all->list.items[i]);
	return list;
}

static struct value *papers(const struct site *site, struct arena *arena,
    const struct value *record)
{
	struct value *list = so_far(site, arena,
	    value_get(record, STR("papers")));

	for (size_t i = 0; i < value_count(list); i++) {
		struct value *paper = list->list.items[i];
		struct str doi = value_text_at(paper, STR("doi"));

		if (doi.len > 0)
			page_set_text(arena, paper, "doi_url", str_join(arena,
			    STR("https://doi.org/"), doi));
	}
	return list;
}

static struct value *dossier(struct site *site, struct arena *arena,
    struct str id)
{
	struct record record;
	struct value *made, *shown, *kept = value_map(arena);

	if (!catalogue_record(site->catalogue, STR("dossier"), id, arena,
	    &record))
		return kept;
	made = context_record(&site->wording, arena,
	    &site->fields[KIND_DOSSIER]->root, record.data, NULL);
	shown = page_pick(arena, made, dossier_fields);
	/* By the names that were asked for: what page_pick() adds says whether
	 * there is anything at all, not whether it has happened. */
	for (const char *const *name = dossier_fields; *name != NULL; name++) {
		struct value *value = value_get(shown, str_from(*name));

		if (value->kind == VALUE_LIST)
			context_set_list(arena, kept, str_from(*name),
			    so_far(site, arena, value));
		else if (!is_future(site, value))
			value_add(arena, kept, str_from(*name), value);
	}
	return kept;
}

static bool is_public_decision(struct str kind)
{
	for (size_t i = 0; i < COUNT(public_decisions); i++)
		if (str_eq(kind, public_decisions[i]))
			return true;
	return false;
}

static struct value *history(struct site *site, struct arena *arena,
    struct str dossier_record)
{
	struct value *all = page_query(site, arena, QUERY_decisions_of,
	    dossier_record);
	struct value *list = value_list(arena);

	for (size_t i = 0; i < value_count(all); i++) {
		struct value *row = all->list.items[i];

		if (!is_public_decision(value_text_at(row, STR("kind"))))
			continue;
		value_set(arena, row, STR("label"), value_find(row,
		    STR("kind_.label")));
		value_append(arena, list, row);
	}
	return list;
}

static struct value *publications(struct site *site, struct arena *arena,
    struct str id)
{
	struct value *list = page_query(site, arena, QUERY_publications_of, id);

	for (size_t i = 0; i < value_count(list); i++)
		value_set(arena, list->list.items[i], STR("kind_label"),
		    value_find(list->list.items[i], STR("kind_.label")));
	return list;
}

static struct str source_url(const struct site *site, struct arena *arena,
    struct str path)
{
	struct str repository = value_text_at(site->settings,
	    STR("repository"));

	if (repository.len == 0)
		return STR_NONE;
	return str_format(arena, "%.*s/blob/HEAD/%.*s", STR_ARG(repository),
	    STR_ARG(path));
}

/*
 * How to hold the page against the record. Where the registry is not public a
 * digest of the file could tell what the page does not, since it confirms
 * guesses at it: then there is none.
 */
static bool set_origin(const struct site *site, const struct page *page,
    const struct record *record, struct arena *arena, struct value *context,
    struct diag_list *diags)
{
	struct str repository = value_text_at(site->settings,
	    STR("repository"));
	const struct site *first = site->folder.len > 0 ? site->other : site;
	struct value *map = value_map(arena);
	struct record_origin origin;

	page_set_text(arena, context, "site_url", first->base_url);
	page_set_text(arena, context, "page_file", str_join(arena,
	    site->folder, page->path));
	page_set(arena, context, "origin", value_null(arena));
	if (repository.len == 0 || site->origins == NULL)
		return true;
	if (!site->origins->find(site->origins->context, record, arena,
	    &origin, diags))
		return false;
	page_set_text(arena, map, "repository", repository);
	page_set_text(arena, map, "path", origin.path);
	page_set_text(arena, map, "sha256", origin.sha256);
	page_set(arena, context, "origin", map);
	return true;
}

/* Since when it is offered to enterprises; what became of that. */
static void set_offer(struct site *site, struct arena *arena,
    struct value *context, struct str number)
{
	struct value *found = page_query(site, arena, QUERY_offer_of, number);
	struct str listing = value_text_at(context, STR("dossier.listing.no"));
	struct str licence = value_text_at(context,
	    STR("dossier.free_licence.decision"));
	bool is_offered = value_count(found) > 0;

	if (is_offered)
		page_set(arena, context, "offer", found->list.items[0]);
	page_set(arena, context, "has_offers", value_bool(arena, is_offered ||
	    listing.len > 0 || licence.len > 0));
}

/* Others that have to do with it: their cards, and why. */
static struct value *related(struct site *site, struct arena *arena,
    struct str number)
{
	struct value *list = page_query(site, arena, QUERY_related_to, number);

	for (size_t i = 0; i < value_count(list); i++) {
		struct value *row = list->list.items[i];
		const struct value *card = page_card(site, arena,
		    value_text_at(row, STR("record")));

		for (size_t j = 0; card != NULL && j < card->map.count; j++)
			value_set(arena, row, card->map.fields[j].name,
			    card->map.fields[j].value);
	}
	return list;
}

static bool fill_achievement(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct diag_list *diags)
{
	struct str number = page->key, dossier_number, body;
	struct value *made;
	struct record record;

	if (!catalogue_record_number(site->catalogue, number, arena, &record))
		return diag_report(diags, ((struct mark){ .path = page->path }),
		    DIAG_PAGE_LOST, page->path);
	if (!site->body(site->body_context, &record, arena, &body, diags) ||
	    !set_origin(site, page, &record, arena, context, diags))
		return false;
	dossier_number = catalogue_cell(site->catalogue, QUERY_dossier_of,
	    &record.id, 1, arena);
	made = page_record(site, arena, KIND_ACHIEVEMENT, record.data, NULL);
	page_set(arena, context, "card", page_card(site, arena, number));
	link_projects(site, arena, made, number);
	context_set_list(arena, made, STR("transfers"), so_far(site, arena,
	    value_get(made, STR("transfers"))));
	page_set(arena, context, "a", page_pick(arena, made,
	    achievement_fields));
	page_set_text(arena, context, "body", body);
	page_set_text(arena, context, "body_lang",
	    translation_foreign(body, site->wording.lang));
	page_set_list(arena, context, "units",
	    units(site, arena, made, number));
	page_set_list(arena, context, "people", people(site, arena, made));
	page_set_list(arena, context, "ip", rights(site, arena, made));
	page_set_list(arena, context, "papers", papers(site, arena, made));
	page_set(arena, context, "dossier", dossier(site, arena, record.id));
	set_offer(site, arena, context, number);
	page_set_list(arena, context, "history",
	    history(site, arena, dossier_number));
	page_set_list(arena, context, "publications",
	    publications(site, arena, record.id));
	achievement_set_timeline(site, arena, context, made);
	achievement_describe(site, page, arena, context, made);
	page_set_list(arena, context, "related", related(site, arena, number));
	page_set_text(arena, context, "source_path", record.path);
	page_set_text(arena, context, "source_url",
	    source_url(site, arena, record.path));
	page_set_text(arena, names, "title",
	    value_text_at(made, STR("title")));
	page_set_text(arena, names, "summary",
	    value_text_at(made, STR("summary")));
	return true;
}

const struct page_kind page_achievement = {
	.name = "achievement", .is_leaf = true, .section = "achievements",
	.list = list_achievements, .fill = fill_achievement,
};

/* -- the page of a withdrawn achievement ---------------------------------- */

static void list_tombstones(struct site *site, struct arena *arena)
{
	struct value *list = page_query(site, arena,
	    QUERY_withdrawn_achievements, STR_NONE);

	for (size_t i = 0; i < value_count(list); i++) {
		const struct value *row = list->list.items[i];

		page_add(site, arena, &page_tombstone, str_format(arena,
		    "achievements/%.*s/",
		    STR_ARG(value_text_at(row, STR("id")))),
		    value_text_at(row, STR("record")));
	}
}

static bool fill_tombstone(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct diag_list *diags)
{
	struct value *found = page_query(site, arena,
	    QUERY_withdrawn_achievement, page->key);
	const struct value *row;

	if (value_count(found) == 0)
		return diag_report(diags, ((struct mark){ .path = page->path }),
		    DIAG_PAGE_LOST, page->path);
	row = found->list.items[0];
	page_set(arena, context, "title", value_get(row, STR("title")));
	page_set(arena, context, "withdrawn", value_get(row, STR("withdrawn")));
	page_set_list(arena, context, "publications",
	    publications(site, arena, value_text_at(row, STR("id"))));
	page_set(arena, names, "title", value_get(row, STR("title")));
	return true;
}

const struct page_kind page_tombstone = {
	.name = "tombstone", .is_leaf = true, .section = "achievements",
	.list = list_tombstones, .fill = fill_tombstone,
};
