/* SPDX-License-Identifier: MIT */
#include "rules/claims.h"

#include "base/value.h"
#include "base/vec.h"
#include "model/codes.h"
#include "model/record.h"
#include "rules/fold.h"
#include "rules/identifier.h"

static void push(struct vec *claims, const struct value *where, struct str kind,
    struct str value)
{
	struct claim *claim;

	if (value.len == 0)
		return;
	claim = vec_push(claims);
	*claim = (struct claim){ where->line, where->column, kind, value,
		str_trim(where->text) };
}

struct str claim_value(struct arena *arena, struct str kind, struct str text)
{
	enum identifier_kind which;
	struct identifier examined;

	if (identifier_kind_find(kind, &which)) {
		identifier_examine(arena, which, text, &examined);
		if (examined.normal.len > 0)
			return fold_upper(arena, examined.normal);
	}
	return fold_upper(arena, fold_name(arena, text));
}

/* Which kinds of right are numbered, and how, is said in codes/ip-kinds.csv. */
static void claim_ip(const struct value *item, const struct codes *codes,
    struct arena *arena, struct vec *claims)
{
	const struct code_list *list = codes_list(codes, STR("ip-kinds"));
	const struct code *code = code_find(list,
	    str_trim(value_text_at(item, STR("kind"))));
	const struct value *no = value_get(item, STR("no"));
	struct str kind;

	if (code == NULL || no == NULL || no->kind != VALUE_TEXT ||
	    !str_eq(code_cell(list, code, STR("unique")), STR("yes")))
		return;
	kind = code_cell(list, code, STR("identifier"));
	push(claims, no, kind, claim_value(arena, kind, no->text));
}

static void claim_text(const struct value *map, struct str path,
    struct str kind, struct arena *arena, struct vec *claims)
{
	const struct value *value = value_find(map, path);

	if (value != NULL && value->kind == VALUE_TEXT)
		push(claims, value, kind,
		    claim_value(arena, kind, value->text));
}

static struct str text_at(const struct value *data, const char *path)
{
	return str_trim(value_text_at(data, str_from(path)));
}

static void claim_title(const struct record *record, struct arena *arena,
    struct vec *claims)
{
	const struct value *title = value_get(record->data, STR("title"));

	if (title == NULL || title->kind != VALUE_TEXT)
		return;
	push(claims, title, STR("title"), str_format(arena, "%.*s/%.*s",
	    STR_ARG(record->unit), STR_ARG(fold_name(arena, title->text))));
	push(claims, title, STR("name"),
	    claim_value(arena, STR("name"), title->text));
}

/*
 * What projects say that others may have to say too, or must not: the group of
 * a horse race, the entry of the list that all of a group stand for, and the
 * route that each has alone; who asks for a project in a batch.
 */
static void claim_project(const struct record *record, struct arena *arena,
    struct vec *claims)
{
	const struct value *data = record->data;
	const struct value *group = value_find(data, STR("horse_race.group"));
	const struct value *name = value_find(data, STR("demander.name"));
	struct str uscc = value_text_at(data, STR("demander.uscc"));

	if (group != NULL && group->kind == VALUE_TEXT) {
		struct str of = str_trim(group->text);

		push(claims, group, STR("race-group"),
		    claim_value(arena, STR("race-group"), of));
		push(claims, group, STR("race-entry"), claim_value(arena,
		    STR("race-entry"), str_format(arena, "%.*s/%.*s/%.*s",
			STR_ARG(of),
			STR_ARG(text_at(data, "list.no")),
			STR_ARG(text_at(data, "list.entry")))));
		push(claims, group, STR("race-route"), claim_value(arena,
		    STR("race-route"), str_format(arena, "%.*s/%.*s",
			STR_ARG(of),
			STR_ARG(text_at(data, "horse_race.route")))));
	}
	if (name != NULL && name->kind == VALUE_TEXT)
		push(claims, name, STR("batch-demander"), claim_value(arena,
		    STR("batch-demander"), str_format(arena, "%.*s/%.*s",
			STR_ARG(text_at(data, "batch")),
			STR_ARG(str_trim(uscc.len > 0 ? uscc :
			    name->text)))));
}

void claims_of(const struct record *record, const struct codes *codes,
    struct arena *arena, struct vec *claims)
{
	const struct value *ip = value_get(record->data, STR("ip"));
	const struct value *papers = value_get(record->data, STR("papers"));

	if (record->kind == KIND_DOSSIER)
		claim_text(record->data, STR("registration.no"),
		    STR("registration"), arena, claims);
	if (record->kind == KIND_PROJECT)
		claim_project(record, arena, claims);
	if (record->kind != KIND_ACHIEVEMENT)
		return;
	claim_title(record, arena, claims);
	for (size_t i = 0; i < value_count(ip); i++)
		claim_ip(ip->list.items[i], codes, arena, claims);
	for (size_t i = 0; i < value_count(papers); i++)
		claim_text(papers->list.items[i], STR("doi"), STR("doi"),
		    arena, claims);
}
