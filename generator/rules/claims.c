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

static void claim_title(const struct record *record, struct arena *arena,
    struct vec *claims)
{
	const struct value *title = value_get(record->data, STR("title"));

	if (title != NULL && title->kind == VALUE_TEXT)
		push(claims, title, STR("title"), str_format(arena,
		    "%.*s/%.*s", STR_ARG(record->unit),
		    STR_ARG(fold_name(arena, title->text))));
}

void claims_of(const struct record *record, const struct codes *codes,
    struct arena *arena, struct vec *claims)
{
	const struct value *ip = value_get(record->data, STR("ip"));
	const struct value *papers = value_get(record->data, STR("papers"));

	if (record->kind == KIND_DOSSIER)
		claim_text(record->data, STR("registration.no"),
		    STR("registration"), arena, claims);
	if (record->kind != KIND_ACHIEVEMENT)
		return;
	claim_title(record, arena, claims);
	for (size_t i = 0; i < value_count(ip); i++)
		claim_ip(ip->list.items[i], codes, arena, claims);
	for (size_t i = 0; i < value_count(papers); i++)
		claim_text(papers->list.items[i], STR("doi"), STR("doi"),
		    arena, claims);
}
