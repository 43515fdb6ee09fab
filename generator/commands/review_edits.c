/* SPDX-License-Identifier: MIT */
#include "commands/review_edits.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/value.h"
#include "base/vec.h"
#include "commands/command.h"
#include "commands/review_paragraphs.h"
#include "model/record.h"
#include "schema/fields.h"

/* Where in the record the comparison is. */
struct place {
	struct str path, label[LANG_COUNT];
};

struct comparison {
	struct arena *arena;
	struct vec *edits;
};

/* -- words ---------------------------------------------------------------- */

static void append_words(struct buf *out, const struct field *field,
    const struct value *value, enum lang lang);

static void append_named(struct buf *out, const struct field *child,
    const struct value_field *named, enum lang lang)
{
	bool is_nested = named->value->kind == VALUE_MAP ||
	    named->value->kind == VALUE_LIST;

	buf_append(out, child != NULL ? child->label[lang] : named->name);
	buf_append_cstr(out, lang == LANG_ZH ? "：" : ": ");
	if (is_nested)
		buf_append_cstr(out, lang == LANG_ZH ? "（" : "(");
	append_words(out, child, named->value, lang);
	if (is_nested)
		buf_append_cstr(out, lang == LANG_ZH ? "）" : ")");
}

static void append_words(struct buf *out, const struct field *field,
    const struct value *value, enum lang lang)
{
	const char *between = lang == LANG_ZH ? "；" : "; ";

	if (value->kind == VALUE_TEXT)
		buf_append(out, str_trim(value->text));
	else if (value->kind == VALUE_BOOL)
		buf_append_cstr(out, value->boolean ? "true" : "false");
	else if (value->kind == VALUE_LIST)
		for (size_t i = 0; i < value->list.count; i++) {
			buf_append_cstr(out, i == 0 ? "" : between);
			append_words(out, field != NULL ? field->item : NULL,
			    value->list.items[i], lang);
		}
	else if (value->kind == VALUE_MAP)
		for (size_t i = 0; i < value->map.count; i++) {
			const struct value_field *named =
			    &value->map.fields[i];

			buf_append_cstr(out, i == 0 ? "" : between);
			append_named(out, field != NULL && field->type ==
			    FIELD_MAP ? field_child(field, named->name) : NULL,
			    named, lang);
		}
}

struct str edit_words(struct arena *arena, const struct field *field,
    const struct value *value, enum lang lang)
{
	struct buf out;
	struct str words;

	buf_init(&out);
	append_words(&out, field, value, lang);
	words = str_dup(arena, buf_str(&out));
	buf_dispose(&out);
	return words;
}

/* -- places --------------------------------------------------------------- */

static struct place below(struct arena *arena, const struct place *place,
    const struct field *field, struct str name)
{
	struct place at;

	at.path = place->path.len == 0 ? name : str_format(arena,
	    "%.*s.%.*s", STR_ARG(place->path), STR_ARG(name));
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		struct str label = field != NULL ? field->label[lang] : name;

		at.label[lang] = place->label[lang].len == 0 ? label :
		    str_format(arena, "%.*s › %.*s",
			STR_ARG(place->label[lang]), STR_ARG(label));
	}
	return at;
}

static struct place entry_at(struct arena *arena, const struct place *place,
    size_t index)
{
	static const struct text entry = TEXT("%.*s › 第 %zu 项",
	    "%.*s › entry %zu");
	struct place at = { .path = str_format(arena, "%.*s[%zu]",
	    STR_ARG(place->path), index + 1) };

	at.label[LANG_ZH] = str_format(arena, entry.in[LANG_ZH],
	    STR_ARG(place->label[LANG_ZH]), index + 1);
	at.label[LANG_EN] = str_format(arena, entry.in[LANG_EN],
	    STR_ARG(place->label[LANG_EN]), index + 1);
	return at;
}

static void add_edit(const struct comparison *comparison,
    const struct place *place, const struct field *field,
    const struct value *old, const struct value *now)
{
	struct edit *edit = vec_push(comparison->edits);

	edit->kind = old == NULL ? EDIT_ADDED :
	    now == NULL ? EDIT_REMOVED : EDIT_CHANGED;
	edit->path = place->path;
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		edit->label[lang] = place->label[lang];
		if (old != NULL)
			edit->old[lang] = edit_words(comparison->arena, field,
			    old, (enum lang)lang);
		if (now != NULL)
			edit->now[lang] = edit_words(comparison->arena, field,
			    now, (enum lang)lang);
	}
}

/* -- values --------------------------------------------------------------- */

static bool is_given(const struct value *value)
{
	return value != NULL && value->kind != VALUE_NULL;
}

static bool says_the_same(const struct value *a, const struct value *b)
{
	if (a->kind != b->kind)
		return false;
	if (a->kind == VALUE_TEXT)
		return str_eq(str_trim(a->text), str_trim(b->text));
	if (a->kind == VALUE_BOOL)
		return a->boolean == b->boolean;
	if (a->kind == VALUE_LIST) {
		if (a->list.count != b->list.count)
			return false;
		for (size_t i = 0; i < a->list.count; i++)
			if (!says_the_same(a->list.items[i],
			    b->list.items[i]))
				return false;
	}
	if (a->kind == VALUE_MAP) {
		if (a->map.count != b->map.count)
			return false;
		for (size_t i = 0; i < a->map.count; i++) {
			const struct value *other = value_get(b,
			    a->map.fields[i].name);

			if (other == NULL || !says_the_same(
			    a->map.fields[i].value, other))
				return false;
		}
	}
	return true;
}

/* What an entry is called: its own text, or its first one that is no number
 * of its place. */
static struct str name_of(const struct field *item, const struct value *entry)
{
	if (entry->kind == VALUE_TEXT)
		return str_trim(entry->text);
	if (entry->kind != VALUE_MAP || item == NULL)
		return STR_NONE;
	for (size_t i = 0; i < item->child_count; i++) {
		const struct field *child = &item->children[i];
		struct str text = value_text_at(entry, child->name);

		if (child->type != FIELD_INTEGER && text.len > 0 &&
		    (child->codelist.len == 0 || item->child_count == 1))
			return str_trim(text);
	}
	return STR_NONE;
}

static void compare(const struct comparison *comparison,
    const struct place *place, const struct field *field,
    const struct value *old, const struct value *now);

/* -- lists ---------------------------------------------------------------- */

enum { UNPAIRED = -1, PAIRED_LISTS_MAX = 2000 };

struct pairing {
	const struct field *item;
	const struct value *old, *now;
	long *old_of, *now_of;	/* of each entry its like, or UNPAIRED */
};

static void pair(const struct pairing *pairing,
    bool (*is_like)(const struct field *item, const struct value *a,
	const struct value *b))
{
	size_t from = 0;

	for (size_t n = 0; n < pairing->now->list.count; n++) {
		while (from < pairing->old->list.count &&
		    pairing->now_of[from] != UNPAIRED)
			from++;
		for (size_t o = from; pairing->old_of[n] == UNPAIRED &&
		    o < pairing->old->list.count; o++)
			if (pairing->now_of[o] == UNPAIRED && is_like(
			    pairing->item, pairing->old->list.items[o],
			    pairing->now->list.items[n])) {
				pairing->old_of[n] = (long)o;
				pairing->now_of[o] = (long)n;
			}
	}
}

static bool is_equal(const struct field *item, const struct value *a,
    const struct value *b)
{
	(void)item;
	return says_the_same(a, b);
}

static bool is_namesake(const struct field *item, const struct value *a,
    const struct value *b)
{
	struct str name = name_of(item, a);

	return name.len > 0 && str_eq(name, name_of(item, b));
}

/* What is left is the same entry under another name; scalars are no entries
 * that could have names. */
static bool is_left(const struct field *item, const struct value *a,
    const struct value *b)
{
	(void)item;
	return a->kind == VALUE_MAP && b->kind == VALUE_MAP;
}

static bool has_moved(const struct pairing *pairing)
{
	long last = UNPAIRED;

	for (size_t n = 0; n < pairing->now->list.count; n++) {
		if (pairing->old_of[n] == UNPAIRED)
			continue;
		if (pairing->old_of[n] < last)
			return true;
		last = pairing->old_of[n];
	}
	return false;
}

static struct str names_of(struct arena *arena, const struct field *item,
    const struct value *list, enum lang lang)
{
	struct buf out;
	struct str names;

	buf_init(&out);
	for (size_t i = 0; i < list->list.count; i++) {
		struct str name = name_of(item, list->list.items[i]);

		buf_append_cstr(&out, i == 0 ? "" :
		    lang == LANG_ZH ? "、" : ", ");
		buf_append(&out, name.len > 0 ? name : edit_words(arena, item,
		    list->list.items[i], lang));
	}
	names = str_dup(arena, buf_str(&out));
	buf_dispose(&out);
	return names;
}

static void add_reordering(const struct comparison *comparison,
    const struct place *place, const struct pairing *pairing)
{
	struct edit *edit = vec_push(comparison->edits);

	edit->kind = EDIT_REORDERED;
	edit->path = place->path;
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		edit->label[lang] = place->label[lang];
		edit->old[lang] = names_of(comparison->arena, pairing->item,
		    pairing->old, (enum lang)lang);
		edit->now[lang] = names_of(comparison->arena, pairing->item,
		    pairing->now, (enum lang)lang);
	}
}

static void compare_lists(const struct comparison *comparison,
    const struct place *place, const struct field *field,
    const struct value *old, const struct value *now)
{
	struct arena *arena = comparison->arena;
	struct pairing pairing = { field != NULL ? field->item : NULL,
		old, now,
		arena_array(arena, now->list.count, sizeof(long)),
		arena_array(arena, old->list.count, sizeof(long)) };

	for (size_t n = 0; n < now->list.count; n++)
		pairing.old_of[n] = UNPAIRED;
	for (size_t o = 0; o < old->list.count; o++)
		pairing.now_of[o] = UNPAIRED;
	pair(&pairing, is_equal);
	pair(&pairing, is_namesake);
	pair(&pairing, is_left);
	if (has_moved(&pairing))
		add_reordering(comparison, place, &pairing);
	for (size_t o = 0; o < old->list.count; o++) {
		struct place at = entry_at(arena, place, o);

		if (pairing.now_of[o] == UNPAIRED)
			add_edit(comparison, &at, pairing.item,
			    old->list.items[o], NULL);
	}
	for (size_t n = 0; n < now->list.count; n++) {
		struct place at = entry_at(arena, place, n);

		if (pairing.old_of[n] == UNPAIRED)
			add_edit(comparison, &at, pairing.item, NULL,
			    now->list.items[n]);
		else
			compare(comparison, &at, pairing.item,
			    old->list.items[pairing.old_of[n]],
			    now->list.items[n]);
	}
}

/* -- maps ----------------------------------------------------------------- */

static bool knows(const struct field *field, struct str name)
{
	return field != NULL && field->type == FIELD_MAP &&
	    field_child(field, name) != NULL;
}

/* In the order of the schema; keys that it does not know at the end. */
static void compare_maps(const struct comparison *comparison,
    const struct place *place, const struct field *field,
    const struct value *old, const struct value *now)
{
	struct arena *arena = comparison->arena;
	const struct value *sides[] = { old, now };

	for (size_t i = 0; field != NULL && i < field->child_count; i++) {
		const struct field *child = &field->children[i];
		struct place at = below(arena, place, child, child->name);

		compare(comparison, &at, child, value_get(old, child->name),
		    value_get(now, child->name));
	}
	for (size_t side = 0; side < 2; side++)
		for (size_t i = 0; sides[side] != NULL &&
		    i < sides[side]->map.count; i++) {
			struct str name = sides[side]->map.fields[i].name;
			struct place at = below(arena, place, NULL, name);

			if (knows(field, name) ||
			    (side == 1 && value_get(old, name) != NULL))
				continue;
			compare(comparison, &at, NULL, value_get(old, name),
			    value_get(now, name));
		}
}

static void compare(const struct comparison *comparison,
    const struct place *place, const struct field *field,
    const struct value *old, const struct value *now)
{
	bool was = is_given(old), is = is_given(now);

	if (!was && !is)
		return;
	if (!was || !is || old->kind != now->kind)
		add_edit(comparison, place, field, was ? old : NULL,
		    is ? now : NULL);
	else if (old->kind == VALUE_MAP)
		compare_maps(comparison, place, field, old, now);
	else if (old->kind == VALUE_LIST &&
	    old->list.count <= PAIRED_LISTS_MAX &&
	    now->list.count <= PAIRED_LISTS_MAX)
		compare_lists(comparison, place, field, old, now);
	else if (!says_the_same(old, now))
		add_edit(comparison, place, field, old, now);
}

void edits_of(struct arena *arena, const struct field *root,
    const struct record *old, const struct record *now, struct vec *edits)
{
	const struct comparison comparison = { arena, edits };
	const struct place top = { .path = STR_NONE };

	/* The top is compared as a map even if one side is missing: an editor
	 * reads a new record field by field, too. */
	compare_maps(&comparison, &top, root, old != NULL ? old->data : NULL,
	    now != NULL ? now->data : NULL);
	paragraphs_compare(arena, old != NULL ? old->body : STR_NONE,
	    now != NULL ? now->body : STR_NONE, edits);
}
