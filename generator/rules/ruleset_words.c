/* SPDX-License-Identifier: MIT */
/*
 * What stands in the messages of rules when there is no record: the meaning of
 * a value from schemas/rules/placeholders.csv, or else the label of the field
 * that it is.
 */
#include "rules/ruleset_words.h"

#include "base/arena.h"
#include "model/kind.h"
#include "rules/ruleset_tables.h"
#include "rules/table.h"
#include "schema/fields.h"
#include "schema/schema.h"
#include "schema/schematron.h"

struct wording {
	const struct ruleset *ruleset;
	const struct schema_set *schemas;
};

/* -- the table ------------------------------------------------------------- */

bool ruleset_read_placeholders(struct ruleset *ruleset,
    const struct reader *reader, struct diag_list *diags)
{
	static const char *const names[] = { "rule", "select", "zh", "en",
		NULL };
	struct table table = { .path = STR("schemas/rules/placeholders.csv"),
		.names = names,
		.is_optional = true };

	if (!table_read(&table, reader, ruleset->arena, diags))
		return false;
	ruleset->placeholders = arena_array(ruleset->arena, table.csv.count,
	    sizeof(*ruleset->placeholders));
	for (size_t i = 1; i < table.csv.count; i++)
		ruleset->placeholders[ruleset->placeholder_count++] =
		    (struct rule_placeholder){
			    .rule = table_cell(&table, i, 0),
			    .select = table_cell(&table, i, 1),
			    .text = { [LANG_ZH] = table_cell(&table, i, 2),
				[LANG_EN] = table_cell(&table, i, 3) },
		    };
	return true;
}

/* A row for the assert or its rule goes before one for all. */
static const struct rule_placeholder *find_placeholder(
    const struct ruleset *ruleset, const struct schematron_assert *assert,
    struct str select)
{
	const struct rule_placeholder *found = NULL;

	for (size_t i = 0; i < ruleset->placeholder_count; i++) {
		const struct rule_placeholder *row = &ruleset->placeholders[i];

		if (!str_eq(row->select, select))
			continue;
		if (str_eq(row->rule, assert->id) ||
		    str_eq(row->rule, assert->rule))
			return row;
		if (row->rule.len == 0)
			found = row;
	}
	return found;
}

/* -- fields ---------------------------------------------------------------- */

/* The steps from the root to where a path leads; "item" is an entry. */
enum { STEPS_MOST = 16 };

struct steps {
	struct str names[STEPS_MOST];
	size_t count;
};

static bool is_name(struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if ((text.ptr[i] < 'a' || text.ptr[i] > 'z') &&
		    text.ptr[i] != '_')
			return false;
	return text.len > 0;
}

/* Cut off at the next '/' or the end; what is in brackets is left out. */
static struct str next_step(struct str *path)
{
	struct str step;
	size_t depth = 0, at = 0;

	for (; at < path->len && (depth > 0 || path->ptr[at] != '/'); at++) {
		if (path->ptr[at] == '[')
			depth++;
		else if (path->ptr[at] == ']' && depth > 0)
			depth--;
	}
	step = str_slice(*path, 0, at);
	*path = str_slice(*path, at < path->len ? at + 1 : at, path->len);
	return str_cut(&step, '[');
}

/* Goes on along a path of names, '.' and '..'; false if it is another. */
static bool follow(struct steps *steps, struct str path)
{
	if (path.len > 0 && path.ptr[0] == '/') {
		steps->count = 0;
		path = str_slice(path, 1, path.len);
	}
	while (path.len > 0) {
		struct str step = str_trim(next_step(&path));

		if (str_eq(step, STR("."))) {
			continue;
		} else if (str_eq(step, STR(".."))) {
			if (steps->count == 0)
				return false;
			steps->count--;
		} else if (!is_name(step) || steps->count == STEPS_MOST) {
			return false;
		} else {
			steps->names[steps->count++] = step;
		}
	}
	return true;
}

/* The label of the field, or of the list whose entry it is. */
static bool label_at(const struct wording *wording, const struct steps *steps,
    enum lang lang, struct str *label)
{
	const struct kind_fields *fields;
	const struct field *field;
	enum kind kind;

	if (steps->count < 2 || !kind_find(steps->names[0], &kind))
		return false;
	fields = schema_fields(wording->schemas, kind);
	field = fields == NULL ? NULL : &fields->root;
	for (size_t i = 1; field != NULL && i < steps->count; i++) {
		bool is_entry = str_eq(steps->names[i], STR("item"));

		if (field->item != NULL && (!is_entry ||
		    i + 1 < steps->count))
			field = field->item;
		if (!is_entry)
			field = field_child(field, steps->names[i]);
	}
	if (field == NULL)
		return false;
	*label = field->label[lang];
	return true;
}

/* What is inside "name(", up to `end`; false if the text is no such call. */
static bool argument(struct str text, struct str call, char end,
    struct str *inside)
{
	size_t stop = str_find_char(text, end, call.len);

	if (!str_starts(text, call) || stop == STR_NOT_FOUND)
		return false;
	*inside = str_trim(str_slice(text, call.len, stop));
	return true;
}

/* A path, the sum of one, or the term that its code stands for. */
static bool field_label(const struct wording *wording, struct str context,
    struct str select, enum lang lang, struct str *label)
{
	struct steps steps = { .count = 0 };
	struct str path = select, rest;

	if (argument(select, STR("z:code("), ')', &rest)) {
		(void)str_cut(&rest, ',');
		path = str_trim(str_cut(&rest, ','));
	} else {
		(void)argument(select, STR("sum("), ')', &path);
	}
	return wording->schemas != NULL && follow(&steps, context) &&
	    follow(&steps, path) && label_at(wording, &steps, lang, label);
}

static bool meaning(void *context, const struct schematron_assert *assert,
    struct str select, enum lang lang, struct str *text)
{
	const struct wording *wording = context;
	const struct rule_placeholder *row = find_placeholder(
	    wording->ruleset, assert, select);
	struct str path = assert->context;

	if (row != NULL) {
		*text = row->text[lang];
		return true;
	}
	/* Alternatives hold what the first holds. */
	return field_label(wording, str_trim(str_cut(&path, '|')), select,
	    lang, text);
}

struct str ruleset_wording(const struct ruleset *ruleset,
    const struct schema_set *schemas, const struct schematron_assert *assert,
    enum schematron_text which, enum lang lang, struct arena *arena)
{
	struct wording wording = { ruleset, schemas };
	const struct schematron_words words = { meaning, &wording };

	return schematron_wording(arena, assert, which, lang, &words);
}
