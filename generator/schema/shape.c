/* SPDX-License-Identifier: MIT */
#include "schema/shape.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/value.h"
#include "base/vec.h"
#include "model/codes.h"
#include "model/record.h"
#include "schema/complaint.h"
#include "schema/fields.h"
#include "schema/nearest.h"
#include "schema/sample.h"
#include "schema/tree.h"

#include <libxml/tree.h>

/* Names and terms listed in a hint. */
enum { LISTED_MOST = 12 };

/* Unknown keys whose nearest name is looked for; a hostile record has many. */
enum { PROPOSED_MOST = 50 };

struct walk {
	const struct tree *tree;
	const struct codes *codes;
	struct vec *faulty;
	struct diag_list *diags;
	size_t unknown;
};

static void check_node(struct walk *w, xmlNode *node);

/* The sample of a field, in the arena of the diagnostics. */
static struct str sample(struct walk *w, const struct field *field)
{
	struct buf buf;
	struct str text;

	buf_init(&buf);
	buf_append_format(&buf, "%.*s: ", STR_ARG(field->name));
	sample_write(field, w->codes, &buf);
	text = buf_str(&buf);
	if (str_eq(field->name, STR("item")))
		text = str_slice(text, 6, text.len);
	text = str_dup(w->diags->arena, text);
	buf_dispose(&buf);
	return text;
}

static struct str number(struct walk *w, size_t n)
{
	return str_format(w->diags->arena, "%zu", n);
}

/* Marks a node as complained of. */
static void set_aside(struct walk *w, xmlNode *node)
{
	*(xmlNode **)vec_push(w->faulty) = node;
}

/* One after another, as many as a hint takes. */
struct enumeration {
	struct buf buf;
	size_t count;
};

static void enumerate(struct enumeration *e, struct str word)
{
	if (e->count == LISTED_MOST)
		buf_append_cstr(&e->buf, " …");
	if (e->count < LISTED_MOST)
		buf_append_format(&e->buf, "%s%.*s",
		    e->count == 0 ? "" : ", ", STR_ARG(word));
	e->count++;
}

/* What a comma in { text: 1,000 pieces } leaves: a name that is none, and no
 * value. */
static bool is_stray(const struct value_field *key)
{
	bool is_name = true;

	for (size_t i = 0; i < key->name.len; i++) {
		char c = key->name.ptr[i];

		is_name = is_name && (c == '_' || (c >= 'a' && c <= 'z'));
	}
	return !is_name && key->value->kind == VALUE_NULL;
}

static void report_unknown(struct walk *w, const struct field *map,
    const struct value_field *key)
{
	struct mark mark = { tree_record(w->tree)->path, key->line,
		key->column };
	struct enumeration known = { .count = 0 };
	struct nearest nearest;

	nearest_init(&nearest, key->name);
	for (size_t i = 0; i < map->child_count &&
	     w->unknown < PROPOSED_MOST; i++)
		nearest_offer(&nearest, map->children[i].name);
	w->unknown++;
	if (is_stray(key) || nearest.best.len > 0) {
		(void)diag_report(w->diags, mark, is_stray(key) ?
		    DIAG_STRAY_TEXT : DIAG_UNKNOWN_KEY_NEAR,
		    excerpt(key->name, w->diags), nearest.best);
		return;
	}
	buf_init(&known.buf);
	for (size_t i = 0; i < map->child_count; i++)
		enumerate(&known, map->children[i].name);
	(void)diag_report(w->diags, mark, DIAG_UNKNOWN_KEY,
	    excerpt(key->name, w->diags), buf_str(&known.buf));
	buf_dispose(&known.buf);
}

static void check_keys(struct walk *w, const xmlNode *node,
    const struct field *map, const struct value *value)
{
	for (size_t i = 0; i < value->map.count; i++)
		if (field_child(map, value->map.fields[i].name) == NULL)
			report_unknown(w, map, &value->map.fields[i]);
	for (size_t i = 0; i < map->child_count; i++) {
		const struct field *child = &map->children[i];
		struct subject subject;

		if (!child->required || value_get(value, child->name) != NULL)
			continue;
		subject = subject_of(w->tree, node, child, w->diags);
		complain(&subject, DIAG_MISSING_KEY, sample(w, child),
		    STR_NONE, STR_NONE, w->diags);
	}
}

static void check_count(struct walk *w, const xmlNode *node,
    const struct field *list, size_t count)
{
	bool is_few = count < list->least_items;
	struct subject subject;

	if (!is_few && count <= list->most_items)
		return;
	subject = subject_of(w->tree, node, NULL, w->diags);
	complain(&subject, is_few ? DIAG_TOO_FEW_ITEMS : DIAG_TOO_MANY_ITEMS,
	    number(w, count),
	    number(w, is_few ? list->least_items : list->most_items),
	    STR_NONE, w->diags);
}

static struct str term_of(const struct code *code, const struct field *field)
{
	return field->column_is_code ? code->code : code->title[LANG_ZH];
}

/* The same with what it stands for, where people see codes. */
static struct str listed_term(struct walk *w, const struct code *code,
    const struct field *field)
{
	if (!field->column_is_code)
		return term_of(code, field);
	return str_format(w->diags->arena, "%.*s %.*s", STR_ARG(code->code),
	    STR_ARG(code->title[LANG_ZH]));
}

/*
 * What was probably meant: the other column of the same row (a code for a term,
 * a term for a code, an English term), else the nearest.
 */
static struct str propose_term(const struct field *field,
    const struct code_list *list, struct str text)
{
	const struct code *code = code_find(list, text);
	struct nearest nearest;

	for (size_t i = 0; code == NULL && i < list->count; i++)
		if (str_eq(list->codes[i].title[LANG_EN], text))
			code = &list->codes[i];
	if (code != NULL)
		return term_of(code, field);
	nearest_init(&nearest, text);
	for (size_t i = 0; i < list->count; i++) {
		size_t before = nearest.distance;

		nearest_offer(&nearest, list->codes[i].title[LANG_ZH]);
		if (field->column_is_code)
			nearest_offer(&nearest, list->codes[i].code);
		if (nearest.distance < before)
			code = &list->codes[i];
	}
	return code == NULL ? STR_NONE : term_of(code, field);
}

static void report_term(struct walk *w, const xmlNode *node,
    const struct field *field, const struct code_list *list, struct str text)
{
	struct subject subject = subject_of(w->tree, node, NULL, w->diags);
	struct str best = propose_term(field, list, text);
	struct enumeration terms = { .count = 0 };
	enum diag_code code = list->is_open ? DIAG_NEW_TERM :
	    best.len > 0 ? DIAG_NOT_A_TERM_NEAR : DIAG_NOT_A_TERM;

	buf_init(&terms.buf);
	if (best.len > 0)
		enumerate(&terms, best);
	for (size_t i = 0; i < list->count && best.len == 0; i++)
		enumerate(&terms, listed_term(w, &list->codes[i], field));
	complain(&subject, code, excerpt(text, w->diags),
	    buf_str(&terms.buf), list->name, w->diags);
	buf_dispose(&terms.buf);
}

static void check_term(struct walk *w, xmlNode *node,
    const struct field *field, struct str text)
{
	const struct code_list *list;

	if (field->codelist.len == 0 || w->codes == NULL)
		return;
	list = codes_list(w->codes, field->codelist);
	if (list == NULL || (field->column_is_code ?
	    code_by_code(list, text) : code_by_zh(list, text)) != NULL)
		return;
	report_term(w, node, field, list, text);
	if (!list->is_open)
		set_aside(w, node);
}

static void report_structure(struct walk *w, xmlNode *node,
    const struct field *field, const struct value *value)
{
	struct subject subject = subject_of(w->tree, node, NULL, w->diags);
	bool is_list = value->kind == VALUE_LIST;
	bool is_map = value->kind == VALUE_MAP;
	enum diag_code code = field->type == FIELD_MAP ? DIAG_NOT_MAP :
	    field->type == FIELD_LIST ? DIAG_NOT_LIST : DIAG_NOT_SCALAR;

	complain(&subject, code,
	    is_list ? STR("列表") : is_map ? STR("子栏目") : STR("单个值"),
	    is_list ? STR("a list") : is_map ? STR("a map") :
	    STR("a single value"), sample(w, field), w->diags);
	set_aside(w, node);
}

static void report_empty(struct walk *w, xmlNode *node,
    const struct field *field)
{
	struct subject subject = subject_of(w->tree, node, NULL, w->diags);

	complain(&subject, DIAG_EMPTY_VALUE, sample(w, field), STR_NONE,
	    STR_NONE, w->diags);
	set_aside(w, node);
}

static bool fits(const struct field *field, const struct value *value)
{
	if (value->kind == VALUE_MAP)
		return field->type == FIELD_MAP;
	if (value->kind == VALUE_LIST)
		return field->type == FIELD_LIST;
	return field->type != FIELD_MAP && field->type != FIELD_LIST;
}

/* libxml2 judges the rest of a line, its length, on its own. */
static void check_line(struct walk *w, const xmlNode *node,
    const struct field *field, struct str text)
{
	struct subject subject;

	if (field->type != FIELD_LINE ||
	    str_find_char(text, '\n', 0) == STR_NOT_FOUND)
		return;
	subject = subject_of(w->tree, node, NULL, w->diags);
	complain(&subject, DIAG_LINE_BREAK, STR_NONE, STR_NONE, STR_NONE,
	    w->diags);
}

static void check_children(struct walk *w, xmlNode *node)
{
	for (xmlNode *child = node->children; child; child = child->next)
		if (child->type == XML_ELEMENT_NODE)
			check_node(w, child);
}

static void check_node(struct walk *w, xmlNode *node)
{
	const struct tree_place *place = node->_private;
	const struct field *field = place->field;
	const struct value *value = place->value;

	if (field == NULL)
		return;
	if (value->kind == VALUE_NULL || (value->kind == VALUE_TEXT &&
	    str_trim(value->text).len == 0)) {
		report_empty(w, node, field);
	} else if (!fits(field, value)) {
		report_structure(w, node, field, value);
	} else if (value->kind == VALUE_MAP) {
		check_keys(w, node, field, value);
		check_children(w, node);
	} else if (value->kind == VALUE_LIST) {
		check_count(w, node, field, value->list.count);
		check_children(w, node);
	} else if (value->kind == VALUE_TEXT) {
		check_line(w, node, field, str_trim(value->text));
		check_term(w, node, field, str_trim(value->text));
	}
}

void shape_check(const struct tree *tree, const struct codes *codes,
    struct vec *faulty, struct diag_list *diags)
{
	struct walk walk = { tree, codes, faulty, diags, 0 };

	check_node(&walk, xmlDocGetRootElement(tree_document(tree)));
}
