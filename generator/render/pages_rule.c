/* SPDX-License-Identifier: MIT */
/* The rules of the regime: all of them, and one page each. */
#include "base/arena.h"
#include "base/diag.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "render/pages.h"

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
	page_set_text(arena, row, "text_en", value_text_at(row, STR("en")));
	page_set_text(arena, row, "binds",
	    value_text_at(row, STR("binds_.label")));
	page_set_text(arena, row, "seed",
	    value_text_at(row, STR("document")));
}

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
		page_set(arena, group, "count",
		    value_number(arena, (long long)value_count(own)));
	}
	page_set_list(arena, context, "groups", documents);
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
