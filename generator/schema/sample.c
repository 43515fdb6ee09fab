/* SPDX-License-Identifier: MIT */
#include "schema/sample.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "base/value.h"
#include "model/codes.h"
#include "schema/fields.h"

static const struct str by_type[FIELD_TYPE_COUNT] = {
	[FIELD_TEXT] = { "……", 6 },
	[FIELD_LINE] = { "……", 6 },
	[FIELD_DATE] = { "2026-06-30", 10 },
	[FIELD_MONTH] = { "2026-06", 7 },
	[FIELD_YEAR] = { "2026", 4 },
	[FIELD_TIME] = { "14:00", 5 },
	[FIELD_BOOLEAN] = { "true", 4 },
	[FIELD_INTEGER] = { "1", 1 },
	[FIELD_DECIMAL] = { "12.5", 4 },
	[FIELD_PERCENT] = { "60", 2 },
	[FIELD_URL] = { "https://www.example.org/", 24 },
	[FIELD_FORM] = { "……", 6 },
};

/* Characters that mean something to YAML at the beginning of a scalar. */
static bool is_indicator(char c)
{
	return c == '\0' || str_find_char(STR("-?:,[]{}#&*!|>'\"%@`~= "), c,
	    0) != STR_NOT_FOUND;
}

/* The same two characters in a plain scalar end it. */
static bool ends_plain(struct str text, size_t at)
{
	char c = text.ptr[at];
	char next = at + 1 < text.len ? text.ptr[at + 1] : ' ';
	char before = at > 0 ? text.ptr[at - 1] : ' ';

	return (unsigned char)c < 0x20 || c == 0x7f || c == ',' || c == '[' ||
	    c == ']' || c == '{' || c == '}' ||
	    (c == ':' && (next == ' ' || at + 1 == text.len)) ||
	    (c == '#' && before == ' ');
}

/*
 * Words and numbers that other readers of YAML would not take for text are
 * plain here: this reader does, and people write them so.
 */
static bool is_plain(struct str text)
{
	if (text.len == 0 || is_indicator(text.ptr[0]) ||
	    text.ptr[text.len - 1] == ' ')
		return false;
	for (size_t i = 0; i < text.len; i++)
		if (ends_plain(text, i))
			return false;
	return !str_starts(text, STR("---")) && !str_starts(text, STR("..."));
}

void sample_scalar(struct str text, struct buf *out)
{
	if (is_plain(text)) {
		buf_append(out, text);
		return;
	}
	buf_append_char(out, '"');
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (c == '"' || c == '\\')
			buf_append_format(out, "\\%c", c);
		else if (c == '\n')
			buf_append_cstr(out, "\\n");
		else if ((unsigned char)c < 0x20 || c == 0x7f)
			buf_append_format(out, "\\x%02x", (unsigned)c);
		else
			buf_append_char(out, c);
	}
	buf_append_char(out, '"');
}

struct str sample_text(const struct field *field, const struct codes *codes)
{
	const struct code_list *list = codes == NULL ? NULL :
	    codes_list(codes, field->codelist);

	if (field->example.len > 0)
		return field->example;
	if (list != NULL && list->count > 0)
		return field->column_is_code ? list->codes[0].code :
		    list->codes[0].title[LANG_ZH];
	if (field->facets.value_count > 0)
		return field->facets.values[0];
	return by_type[field->type];
}

static void write_map(const struct field *map, const struct codes *codes,
    struct buf *out)
{
	const char *separator = "{ ";

	for (size_t i = 0; i < map->child_count; i++) {
		const struct field *child = &map->children[i];

		if (!child->required)
			continue;
		buf_append_format(out, "%s%.*s: ", separator,
		    STR_ARG(child->name));
		sample_write(child, codes, out);
		separator = ", ";
	}
	buf_append_cstr(out, separator[0] == '{' ? "{ }" : " }");
}

void sample_write(const struct field *field, const struct codes *codes,
    struct buf *out)
{
	if (field->type == FIELD_MAP) {
		write_map(field, codes, out);
	} else if (field->type == FIELD_LIST) {
		buf_append_char(out, '[');
		sample_write(field->item, codes, out);
		buf_append_char(out, ']');
	} else {
		sample_scalar(sample_text(field, codes), out);
	}
}

static void write_fields(const struct value *map, struct buf *out)
{
	const char *separator = "{ ";

	for (size_t i = 0; i < map->map.count; i++) {
		buf_append_cstr(out, separator);
		sample_scalar(map->map.fields[i].name, out);
		buf_append_cstr(out, ": ");
		sample_value(map->map.fields[i].value, out);
		separator = ", ";
	}
	buf_append_cstr(out, separator[0] == '{' ? "{ }" : " }");
}

void sample_value(const struct value *value, struct buf *out)
{
	switch (value->kind) {
	case VALUE_NULL:
		break;
	case VALUE_BOOL:
		buf_append_cstr(out, value->boolean ? "true" : "false");
		break;
	case VALUE_TEXT:
		sample_scalar(value->text, out);
		break;
	case VALUE_LIST:
		buf_append_char(out, '[');
		for (size_t i = 0; i < value->list.count; i++) {
			if (i > 0)
				buf_append_cstr(out, ", ");
			sample_value(value->list.items[i], out);
		}
		buf_append_char(out, ']');
		break;
	case VALUE_MAP:
		write_fields(value, out);
		break;
	}
}
