/* SPDX-License-Identifier: MIT */
/* What records may hold, field by field: a page for each kind, made from the
 * schemas, so that it cannot say anything else than what is checked. */
#include "base/arena.h"
#include "base/diag.h"
#include "base/map.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "model/codes.h"
#include "render/pages.h"
#include "render/question.h"
#include "schema/fields.h"
#include "schema/sample.h"

/* What the rows of a page are made from. */
struct reference {
	const struct site *site;
	struct arena *arena;
	struct map rules;	/* ids of the catalogue's */
	struct value *rows, *own;	/* all fields; the record's own */
	size_t required;
};

static enum lang other_lang(const struct site *site)
{
	return site->wording.lang == LANG_EN ? LANG_ZH : LANG_EN;
}

/* `name` in the language of the site, other_name in the other one if it says
 * something else. */
static void set_both(const struct site *site, struct arena *arena,
    struct value *map, const char *name, const struct str *texts)
{
	enum lang lang = site->wording.lang, other = other_lang(site);

	page_set_text(arena, map, name, texts[lang]);
	page_set_text(arena, map, str_format(arena, "other_%s", name).ptr,
	    str_eq(texts[other], texts[lang]) ? STR_NONE : texts[other]);
}

/* -- one field ------------------------------------------------------------ */

/* A list of scalars is told with its item. */
static const struct field *told_of(const struct field *field)
{
	return field->type == FIELD_LIST ? field->item : field;
}

static struct str counted(const struct reference *reference, const char *path,
    size_t number)
{
	struct value *values = value_map(reference->arena);

	page_set(reference->arena, values, "count",
	    value_number(reference->arena, (long long)number));
	return wording_fill(&reference->site->wording, reference->arena,
	    str_from(path), values);
}

/* How it is written: what its type asks for, and how many a list may have. */
static void set_form(const struct reference *reference, struct value *row,
    const struct field *field)
{
	enum lang lang = reference->site->wording.lang;
	struct arena *arena = reference->arena;
	const struct field *told = told_of(field);
	struct str type = wording_text(&reference->site->wording,
	    str_join(arena, STR("reference.types."),
		field_type_name(told->type)));

	/* Of a term, what it may be says more than that it is a line; of a
	 * group, what it holds. */
	page_set_text(arena, row, "form", told->type == FIELD_MAP ||
	    told->type_text[lang].len == 0 ? type :
	    told->codelist.len > 0 ? wording_text(&reference->site->wording,
		STR("reference.types.term")) : told->type_text[lang]);
	page_set(arena, row, "is_list",
	    value_bool(arena, field->type == FIELD_LIST));
	if (field->type != FIELD_LIST)
		return;
	if (field->least_items > 0)
		page_set_text(arena, row, "least", counted(reference,
		    "reference.least", field->least_items));
	if (field->most_items != FIELD_UNBOUNDED)
		page_set_text(arena, row, "most", counted(reference,
		    "reference.most", field->most_items));
}

static struct value *made_code(const struct reference *reference,
    const struct field *field, const struct code *code)
{
	struct arena *arena = reference->arena;
	struct value *made = value_map(arena);
	enum lang lang = reference->site->wording.lang;

	/* Records have the Chinese term, or the code. */
	page_set_text(arena, made, "value", field->column_is_code ?
	    code->code : code->title[LANG_ZH]);
	page_set_text(arena, made, "label", field->column_is_code ||
	    lang == LANG_EN ? code->title[lang] : STR_NONE);
	page_set(arena, made, "unconfirmed", value_bool(arena,
	    str_eq(code->status, STR("unconfirmed"))));
	page_set(arena, made, "abolished", value_bool(arena,
	    str_eq(code->status, STR("abolished"))));
	return made;
}

/* What it may say: a code list, or the values that the schema has. */
static void set_values(const struct reference *reference, struct value *row,
    const struct field *field)
{
	const struct code_list *list = field->codelist.len == 0 ? NULL :
	    wording_codes(&reference->site->wording, field->codelist);
	struct arena *arena = reference->arena;
	struct value *values = value_list(arena);

	for (size_t i = 0; list != NULL && i < list->count; i++)
		value_append(arena, values, made_code(reference, field,
		    &list->codes[i]));
	for (size_t i = 0; list == NULL && i < field->facets.value_count;
	     i++) {
		struct value *made = value_map(arena);

		page_set_text(arena, made, "value", field->facets.values[i]);
		value_append(arena, values, made);
	}
	if (value_count(values) == 0)
		return;
	page_set_list(arena, row, "values", values);
	page_set(arena, row, "count", value_number(arena,
	    (long long)value_count(values)));
	page_set(arena, row, "is_open",
	    value_bool(arena, list != NULL && list->is_open));
}

static void set_rules(const struct reference *reference, struct value *row,
    const struct field *field)
{
	struct arena *arena = reference->arena;
	struct value *rules = value_list(arena);

	for (size_t i = 0; i < field->rule_count; i++) {
		struct value *rule = value_map(arena);
		const struct str *href = map_get(&reference->rules,
		    field->rules[i]);

		page_set_text(arena, rule, "id", field->rules[i]);
		if (href != NULL)
			page_set_text(arena, rule, "href", *href);
		value_append(arena, rules, rule);
	}
	page_set_list(arena, row, "rules", rules);
}

static void set_example(const struct reference *reference, struct value *row,
    const struct field *field)
{
	const struct field *told = told_of(field);

	if (told->type != FIELD_MAP)
		page_set_text(reference->arena, row, "example", sample_text(
		    told, reference->site->wording.codes));
}

/* The name of a field in an address: people[].name is people-name. */
static struct str make_id(struct arena *arena, const struct field *field)
{
	char *id = str_cstr(arena, field->plain_path);

	for (char *c = id; *c != '\0'; c++)
		if (*c == '.')
			*c = '-';
	return str_from(id);
}

static void add_fields(struct reference *reference, const struct field *map,
    size_t depth);

static void add_field(struct reference *reference, const struct field *field,
    size_t depth)
{
	struct arena *arena = reference->arena;
	struct value *row = value_map(arena);

	page_set_text(arena, row, "path", field->path);
	page_set_text(arena, row, "id", make_id(arena, field));
	page_set_text(arena, row, "name", field->name);
	page_set(arena, row, "depth", value_number(arena, (long long)depth));
	page_set(arena, row, "required", value_bool(arena, field->required));
	set_both(reference->site, arena, row, "label", field->label);
	set_both(reference->site, arena, row, "text", field->documentation);
	set_form(reference, row, field);
	set_values(reference, row, field);
	set_example(reference, row, field);
	set_rules(reference, row, field);
	value_append(arena, reference->rows, row);
	if (depth == 0)
		value_append(arena, reference->own, row);
	reference->required += field->required && depth == 0;
	if (told_of(field)->type == FIELD_MAP)
		add_fields(reference, told_of(field), depth + 1);
}

static void add_fields(struct reference *reference, const struct field *map,
    size_t depth)
{
	for (size_t i = 0; i < map->child_count; i++)
		add_field(reference, &map->children[i], depth);
}

/* -- pages ---------------------------------------------------------------- */

static void list_reference(struct site *site, struct arena *arena)
{
	page_add(site, arena, &page_reference, STR("guide/fields/"),
	    STR_NONE);
	for (int kind = 0; kind < KIND_COUNT; kind++) {
		struct str name = kind_info((enum kind)kind)->name;

		/* Nobody hands those in. */
		if (kind_info((enum kind)kind)->is_private)
			continue;
		page_add(site, arena, &page_reference_kind, str_format(arena,
		    "guide/fields/%.*s/", STR_ARG(name)), name);
	}
}

/* Label, description, place and counts of a kind. */
static struct value *made_kind(const struct site *site, struct arena *arena,
    enum kind kind, const struct reference *reference)
{
	const struct field *root = &site->fields[kind]->root;
	const struct kind_info *info = kind_info(kind);
	struct value *made = value_map(arena);

	page_set_text(arena, made, "name", info->name);
	page_set_text(arena, made, "href", str_format(arena,
	    "guide/fields/%.*s/", STR_ARG(info->name)));
	set_both(site, arena, made, "label", root->label);
	set_both(site, arena, made, "text", root->documentation);
	page_set_text(arena, made, "place", info->place[site->wording.lang]);
	page_set_text(arena, made, "example", info->example);
	page_set(arena, made, "is_site", value_bool(arena,
	    kind == KIND_SITE));
	page_set(arena, made, "count", value_number(arena,
	    (long long)value_count(reference->rows)));
	page_set(arena, made, "required", value_number(arena,
	    (long long)reference->required));
	return made;
}

static void open_reference(struct reference *reference, struct site *site,
    struct arena *arena, enum kind kind)
{
	struct value *rules = page_query(site, arena, QUERY_rules, STR_NONE);

	*reference = (struct reference){ .site = site, .arena = arena,
		.rows = value_list(arena), .own = value_list(arena) };
	map_init(&reference->rules, arena);
	for (size_t i = 0; i < value_count(rules); i++) {
		const struct value *row = rules->list.items[i];
		struct str *href = arena_alloc(arena, sizeof(*href));

		*href = value_text_at(row, STR("href"));
		map_put(&reference->rules, value_text_at(row, STR("id")),
		    href);
	}
	add_fields(reference, &site->fields[kind]->root, 0);
}

static bool fill_reference(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct diag_list *diags)
{
	struct value *kinds = value_list(arena);

	(void)page;
	(void)names;
	(void)diags;
	(void)wording_codes(&site->wording, STR_NONE);	/* for examples */
	for (int kind = 0; kind < KIND_COUNT; kind++) {
		struct reference reference;

		if (kind_info((enum kind)kind)->is_private)
			continue;
		open_reference(&reference, site, arena, (enum kind)kind);
		value_append(arena, kinds, made_kind(site, arena,
		    (enum kind)kind, &reference));
	}
	page_set_list(arena, context, "kinds", kinds);
	return true;
}

static bool fill_reference_kind(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct diag_list *diags)
{
	struct reference reference;
	struct value *made;
	enum kind kind;

	if (!kind_find(page->key, &kind))
		return diag_report(diags, ((struct mark){ .path = page->path }),
		    DIAG_PAGE_LOST, page->path);
	(void)wording_codes(&site->wording, STR_NONE);	/* for examples */
	open_reference(&reference, site, arena, kind);
	made = made_kind(site, arena, kind, &reference);
	page_set(arena, context, "kind", made);
	page_set_list(arena, context, "rows", reference.rows);
	page_set_list(arena, context, "own", reference.own);
	page_set(arena, names, "title", value_get(made, STR("label")));
	page_set(arena, names, "count", value_get(made, STR("count")));
	return true;
}

const struct page_kind page_reference = {
	.name = "reference", .section = "guide",
	.list = list_reference, .fill = fill_reference,
};
const struct page_kind page_reference_kind = {
	.name = "reference-kind", .is_leaf = true, .section = "guide",
	.fill = fill_reference_kind,
};
