/* SPDX-License-Identifier: MIT */
/* The rules of the regime: all of them, and one page each. */
#include "base/arena.h"
#include "base/diag.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "render/context.h"
#include "render/pages.h"
#include "render/question.h"
#include "schema/fields.h"

/* `name` in the page's language, of columns name_zh and name_en. */
static void choose(const struct site *site, struct arena *arena,
    struct value *row, const char *name, struct str zh, struct str en)
{
	struct str text = value_text_at(row,
	    site->wording.lang == LANG_EN ? en : zh);

	page_set_text(arena, row, name, text.len > 0 ? text :
	    value_text_at(row, zh));
}

static void word_rule(const struct site *site, struct arena *arena,
    struct value *row)
{
	choose(site, arena, row, "text", STR("zh"), STR("en"));
	choose(site, arena, row, "reason", STR("reason_zh"),
	    STR("reason_en"));
	page_set_text(arena, row, "text_en", value_text_at(row, STR("en")));
	page_set_text(arena, row, "binds",
	    value_text_at(row, STR("binds_.label")));
	page_set_text(arena, row, "seed",
	    value_text_at(row, STR("document")));
}

/* As the catalogue has it: "rules/p-01/". */
static struct str rule_address(struct arena *arena, struct str id)
{
	char *lower = arena_alloc(arena, id.len + 1);

	for (size_t i = 0; i < id.len; i++)
		lower[i] = id.ptr[i] >= 'A' && id.ptr[i] <= 'Z' ?
		    (char)(id.ptr[i] - 'A' + 'a') : id.ptr[i];
	return str_format(arena, "rules/%s/", lower);
}

/* -- what a rule leads to -------------------------------------------------- */

/* Pages that show what a rule asks for; those of the internal site, which the
 * public one does not name, are only said to be there. */
static void set_pages(struct site *site, struct arena *arena,
    struct value *context, struct str addresses)
{
	struct value *list = value_list(arena);
	bool is_internal = false;

	while (addresses.len > 0) {
		struct str address = str_cut(&addresses, ' ');
		const struct page *page = page_at(site, arena, address);
		struct value *link;

		if (str_starts(address, STR("internal:")))
			is_internal = true;
		if (page == NULL)
			continue;
		link = value_map(arena);
		page_set_text(arena, link, "href", address);
		page_set_text(arena, link, "title", wording_text(
		    &site->wording, str_format(arena, "page_titles.%s",
			page->kind->name)));
		value_append(arena, list, link);
	}
	page_set_list(arena, context, "pages", list);
	page_set(arena, context, "is_internal",
	    value_bool(arena, is_internal));
}

struct field_rows {
	const struct site *site;
	struct arena *arena;
	struct str kind;
	struct value *rows;
};

static void add_field(void *context, const struct field *field)
{
	struct field_rows *rows = context;
	const struct wording *wording = &rows->site->wording;
	struct value *row = value_map(rows->arena);

	value_set(rows->arena, row, STR("kind"), context_term(wording,
	    rows->arena, STR("record-kinds"), rows->kind));
	page_set_text(rows->arena, row, "path", field->path);
	page_set_text(rows->arena, row, "label", field->label[wording->lang]);
	page_set_text(rows->arena, row, "codelist", field->codelist);
	value_append(rows->arena, rows->rows, row);
}

/* Fields that name the rule. */
static void set_fields(struct site *site, struct arena *arena,
    struct value *context, struct str id)
{
	struct field_rows rows = { .site = site, .arena = arena,
		.rows = value_list(arena) };

	for (int kind = 0; kind < KIND_COUNT; kind++) {
		if (site->fields[kind] == NULL)
			continue;
		rows.kind = kind_info((enum kind)kind)->name;
		fields_naming(&site->fields[kind]->root, id, add_field, &rows);
	}
	page_set_list(arena, context, "fields", rows.rows);
}

/* How it is checked besides. */
static void set_also(struct site *site, struct arena *arena,
    struct value *context, struct str kinds)
{
	struct value *list = value_list(arena);

	while (kinds.len > 0)
		value_append(arena, list, context_term(&site->wording, arena,
		    STR("check-kinds"), str_cut(&kinds, ' ')));
	page_set_list(arena, context, "also", list);
}

static struct value *rule_links(struct arena *arena, struct str ids)
{
	struct value *list = value_list(arena);

	while (ids.len > 0) {
		struct str id = str_cut(&ids, ' ');
		struct value *link = value_map(arena);

		page_set_text(arena, link, "id", id);
		page_set_text(arena, link, "href", rule_address(arena, id));
		value_append(arena, list, link);
	}
	return list;
}

/* -- what a draft says otherwise ------------------------------------------ */

static void word_difference(const struct site *site, struct arena *arena,
    struct value *row)
{
	choose(site, arena, row, "title", STR("zh"), STR("en"));
	/* Words are quoted as they are; English readers get both. */
	if (site->wording.lang == LANG_EN) {
		page_set(arena, row, "gloss", value_get(row, STR("text_en")));
		page_set(arena, row, "final_gloss",
		    value_get(row, STR("final_en")));
	}
	page_set_list(arena, row, "rules", rule_links(arena,
	    value_text_at(row, STR("rules"))));
}

/* Those of the draft of that code, and those about that rule. */
static struct value *differences(struct site *site, struct arena *arena,
    struct str document, struct str rule)
{
	struct value *all = page_query(site, arena, QUERY_rule_differences,
	    STR_NONE);
	struct value *list = value_list(arena);

	for (size_t i = 0; i < value_count(all); i++) {
		struct value *row = all->list.items[i];
		struct str ids = value_text_at(row, STR("rules"));
		bool is_wanted = str_eq(document,
		    value_text_at(row, STR("document")));

		while (!is_wanted && ids.len > 0)
			is_wanted = str_eq(str_cut(&ids, ' '), rule);
		if (!is_wanted)
			continue;
		word_difference(site, arena, row);
		value_append(arena, list, row);
	}
	return list;
}

/* -- pages ----------------------------------------------------------------- */

static void list_rules(struct site *site, struct arena *arena)
{
	struct value *list = page_query(site, arena, QUERY_rules, STR_NONE);

	page_add(site, arena, &page_rules, STR("rules/"), STR_NONE);
	for (size_t i = 0; i < value_count(list); i++)
		page_add(site, arena, &page_rule,
		    value_text_at(list->list.items[i], STR("href")),
		    value_text_at(list->list.items[i], STR("id")));
}

static bool fill_rules(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct diag_list *diags)
{
	struct value *documents = page_query(site, arena, QUERY_documents,
	    STR_NONE);
	struct value *rules = page_query(site, arena, QUERY_rules, STR_NONE);
	struct value *count = value_number(arena,
	    (long long)value_count(rules));

	(void)page;
	(void)diags;
	for (size_t i = 0; i < value_count(rules); i++)
		word_rule(site, arena, rules->list.items[i]);
	for (size_t i = 0; i < value_count(documents); i++) {
		struct value *group = documents->list.items[i];
		struct str code = value_text_at(group, STR("code"));
		struct value *own = value_list(arena);

		for (size_t j = 0; j < value_count(rules); j++)
			if (str_eq(code, value_text_at(rules->list.items[j],
			    STR("document"))))
				value_append(arena, own,
				    rules->list.items[j]);
		page_set_text(arena, group, "seed", code);
		page_set_list(arena, group, "rules", own);
		page_set_list(arena, group, "differences", differences(site,
		    arena, code, STR_NONE));
		page_set(arena, group, "count",
		    value_number(arena, (long long)value_count(own)));
	}
	page_set_list(arena, context, "groups", documents);
	page_set_list(arena, context, "treatments", page_query(site, arena,
	    QUERY_rule_treatments, STR_NONE));
	page_set(arena, context, "count", count);
	page_set(arena, names, "count", count);
	return true;
}

static bool fill_rule(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct diag_list *diags)
{
	struct value *found = page_query(site, arena, QUERY_rule, page->key);
	struct value *asserts = page_query(site, arena, QUERY_rule_asserts,
	    page->key);
	struct value *row;

	if (value_count(found) == 0)
		return diag_report(diags, ((struct mark){ .path = page->path }),
		    DIAG_PAGE_LOST, page->path);
	row = found->list.items[0];
	word_rule(site, arena, row);
	for (size_t i = 0; i < value_count(asserts); i++) {
		struct value *assert = asserts->list.items[i];

		choose(site, arena, assert, "message", STR("message_zh"),
		    STR("message_en"));
		choose(site, arena, assert, "hint", STR("hint_zh"),
		    STR("hint_en"));
	}
	page_set(arena, context, "rule", row);
	set_pages(site, arena, context, value_text_at(row, STR("pages")));
	set_fields(site, arena, context, page->key);
	set_also(site, arena, context, value_text_at(row, STR("check_also")));
	page_set_list(arena, context, "differences", differences(site, arena,
	    STR_NONE, page->key));
	page_set_list(arena, context, "asserts", asserts);
	page_set(arena, names, "label", value_get(row, STR("id")));
	page_set(arena, names, "title", value_get(row, STR("text")));
	return true;
}

const struct page_kind page_rules = {
	.name = "rules", .section = "rules",
	.list = list_rules, .fill = fill_rules,
};
const struct page_kind page_rule = {
	.name = "rule", .is_leaf = true, .section = "rules", .fill = fill_rule,
};
