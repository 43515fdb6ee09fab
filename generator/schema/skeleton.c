/* SPDX-License-Identifier: MIT */
#include "schema/skeleton.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "base/value.h"
#include "model/codes.h"
#include "schema/fields.h"
#include "schema/sample.h"

#include <string.h>

enum { TERMS_MOST = 20, INDENT_MOST = 40 };

struct writing {
	const struct codes *codes;
	enum lang lang;
	struct buf *out;
};

/* Where a field stands: by how much it is indented, and whether what is above
 * it, and so it too, is commented out. */
struct level {
	int indent;
	bool is_off;
	bool is_first_of_item;	/* the "- " of its item goes before it */
};

static void write_fields(struct writing *w, const struct field *map,
    const struct value *presets, struct level level);

static void begin_line(struct writing *w, struct level level)
{
	int indent = level.indent;

	if (level.is_off)
		buf_append_cstr(w->out, "#");
	if (level.is_first_of_item)
		indent -= 2;
	buf_append_format(w->out, "%*s%s", indent, "",
	    level.is_first_of_item ? "- " : "");
}

/* Words of strangers stay in their line, whatever YAML takes for its end. */
static void append_words(struct buf *out, struct str text)
{
	size_t size;

	for (size_t at = 0; at < text.len; at += size) {
		uint32_t c = utf8_decode(text, at, &size);

		if (c == UTF8_INVALID || c < 0x20 || utf8_is_control(c) ||
		    c == 0x2028 || c == 0x2029)
			buf_append_char(out, ' ');
		else
			buf_append(out, str_slice(text, at, at + size));
	}
}

static void comment(struct writing *w, struct level level, struct str text)
{
	while (text.len > 0) {
		struct str line = str_trim(str_cut(&text, '\n'));

		buf_append_format(w->out, "%s%*s# ", level.is_off ? "#" : "",
		    level.indent, "");
		append_words(w->out, line);
		buf_append_char(w->out, '\n');
	}
}

/* What a preset says about a field, or with no name about itself. */
static void comment_note(struct writing *w, struct level level,
    const struct value *presets, struct str name)
{
	char key[64] = "#";
	const struct value *note;

	if (presets == NULL || name.len >= sizeof(key))
		return;
	memcpy(key + 1, name.ptr, name.len);
	note = value_get(presets, (struct str){ key, name.len + 1 });
	if (note != NULL && note->kind == VALUE_TEXT)
		comment(w, level, note->text);
}

static const char *say(const struct writing *w, const char *zh,
    const char *en)
{
	return w->lang == LANG_ZH ? zh : en;
}

/* The terms a field may have, on one line. */
static void comment_terms(struct writing *w, struct level level,
    const struct field *field)
{
	const struct code_list *list = w->codes == NULL ? NULL :
	    codes_list(w->codes, field->codelist);
	struct buf line;

	if (list == NULL)
		return;
	buf_init(&line);
	buf_append_format(&line, "schemas/codes/%.*s.csv%s",
	    STR_ARG(list->name), say(w, "：", ": "));
	for (size_t i = 0; i < list->count && i < TERMS_MOST; i++) {
		const struct code *code = &list->codes[i];

		buf_append_cstr(&line, i == 0 ? "" : say(w, "、", ", "));
		buf_append(&line, code->title[LANG_ZH]);
		if (field->column_is_code)
			buf_append_format(&line, " = %.*s",
			    STR_ARG(code->code));
	}
	if (list->count > TERMS_MOST)
		buf_append_cstr(&line, " …");
	comment(w, level, buf_str(&line));
	buf_dispose(&line);
}

/* Label, duty and documentation above a field. */
static void comment_field(struct writing *w, struct level level,
    const struct field *field)
{
	const char *duty = field->required ? say(w, "必填", "required") :
	    say(w, "选填", "optional");
	struct str words = field->documentation[w->lang];
	struct buf text;

	if (words.len == 0)
		words = field->type_text[w->lang];
	buf_init(&text);
	buf_append_format(&text, say(w, "%.*s（%s）：%.*s", "%.*s (%s). %.*s"),
	    STR_ARG(field->label[w->lang]), duty, STR_ARG(words));
	comment(w, level, buf_str(&text));
	buf_dispose(&text);
	comment_terms(w, level, field);
}

static void write_line(struct writing *w, const struct field *field,
    const struct value *preset)
{
	if (preset != NULL)
		sample_value(preset, w->out);
	else
		sample_write(field, w->codes, w->out);
	buf_append_char(w->out, '\n');
}

/* One item of a list, to be copied for more. */
static void write_item(struct writing *w, const struct field *item,
    struct level level)
{
	buf_append_char(w->out, '\n');
	level.indent += 2;
	if (item->type == FIELD_MAP && item->child_count > 0) {
		level.indent += 2;
		level.is_first_of_item = true;
		write_fields(w, item, NULL, level);
		return;
	}
	begin_line(w, level);
	buf_append_cstr(w->out, "- ");
	write_line(w, item, NULL);
}

/* One item of a preset list: only what it has, below what is said of it. */
static void write_preset_item(struct writing *w, const struct field *item,
    const struct value *preset, struct level level)
{
	struct level note = { .indent = level.indent + 2 };

	comment_note(w, note, preset, STR(""));
	level.is_off = level.is_off || value_is_true_at(preset, STR("#off"));
	level.indent += 4;
	level.is_first_of_item = true;
	for (size_t i = 0; i < item->child_count; i++) {
		const struct field *field = &item->children[i];
		const struct value *value = value_get(preset, field->name);

		if (value == NULL)
			continue;
		begin_line(w, level);
		buf_append_format(w->out, "%.*s: ", STR_ARG(field->name));
		write_line(w, field, value);
		level.is_first_of_item = false;
	}
}

static bool has_maps(const struct value *list)
{
	return value_count(list) > 0 &&
	    list->list.items[0]->kind == VALUE_MAP;
}

/* A list of maps, an item to a few lines; what their fields mean comes
 * first. */
static void write_preset_items(struct writing *w, const struct field *list,
    const struct value *preset, struct level level)
{
	struct level inner = { .indent = level.indent + 4,
		.is_off = level.is_off };

	buf_append_char(w->out, '\n');
	for (size_t i = 0; i < list->item->child_count; i++)
		comment_field(w, inner, &list->item->children[i]);
	for (size_t i = 0; i < preset->list.count; i++)
		write_preset_item(w, list->item, preset->list.items[i],
		    level);
}

static void write_field(struct writing *w, const struct field *field,
    const struct value *preset, struct level level)
{
	struct level inner = level;

	inner.is_off = level.is_off;
	inner.is_first_of_item = false;
	begin_line(w, level);
	buf_append_format(w->out, "%.*s:", STR_ARG(field->name));
	if (field->type == FIELD_MAP &&
	    (preset == NULL || preset->kind == VALUE_MAP)) {
		buf_append_char(w->out, '\n');
		inner.indent += 2;
		write_fields(w, field, preset, inner);
	} else if (field->type == FIELD_LIST && preset == NULL) {
		write_item(w, field->item, inner);
	} else if (field->type == FIELD_LIST && has_maps(preset)) {
		write_preset_items(w, field, preset, inner);
	} else {
		buf_append_char(w->out, ' ');
		write_line(w, field, preset);
	}
}

/* A map that needs none of its fields still needs one to be a map. */
static const struct field *least_field(const struct field *map)
{
	for (size_t i = 0; i < map->child_count; i++)
		if (map->children[i].required)
			return NULL;
	return map->child_count > 0 ? &map->children[0] : NULL;
}

static void write_fields(struct writing *w, const struct field *map,
    const struct value *presets, struct level level)
{
	const struct field *least = least_field(map);
	bool needs_dash = level.is_first_of_item;

	if (level.indent > INDENT_MOST)
		return;
	for (size_t i = 0; i < map->child_count; i++) {
		const struct field *field = &map->children[i];
		const struct value *preset = value_get(presets, field->name);
		bool is_open = field->required || preset != NULL ||
		    field == least;
		struct level here = level;

		/* The dash goes before the first field of an item that stays
		 * when the comments go. */
		here.is_first_of_item = needs_dash && is_open;
		needs_dash = needs_dash && !is_open;
		comment_field(w, here, field);
		comment_note(w, here, presets, field->name);
		here.is_off = level.is_off || !is_open;
		write_field(w, field, preset, here);
		if (level.indent == 0)
			buf_append_char(w->out, '\n');
	}
}

void skeleton_write(const struct kind_fields *fields,
    const struct codes *codes, const struct value *presets, enum lang lang,
    struct buf *out)
{
	struct writing w = { codes, lang, out };
	struct level level = { .indent = 0 };
	bool is_yaml = fields->kind == KIND_SITE;
	const struct value *body = value_get(presets, STR("#body"));

	if (!is_yaml)
		buf_append_cstr(out, "---\n");
	comment(&w, level, fields->root.documentation[lang]);
	buf_append_char(out, '\n');
	write_fields(&w, &fields->root, presets, level);
	if (is_yaml)
		return;
	buf_append_cstr(out, "---\n");
	if (body == NULL)
		buf_append_format(out, "\n%s\n", say(&w, "正文写在这里。",
		    "The text goes here."));
	else if (body->kind == VALUE_TEXT && body->text.len > 0)
		buf_append_format(out, "\n%.*s\n", STR_ARG(body->text));
}
