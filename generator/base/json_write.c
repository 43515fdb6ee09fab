/* SPDX-License-Identifier: MIT */
#include "base/buf.h"
#include "base/json.h"
#include "base/utf8.h"
#include "base/value.h"

#include <stdint.h>

static void append_escape(struct buf *out, uint32_t c)
{
	switch (c) {
	case '"':
		buf_append(out, STR("\\\""));
		break;
	case '\\':
		buf_append(out, STR("\\\\"));
		break;
	case '\n':
		buf_append(out, STR("\\n"));
		break;
	case '\r':
		buf_append(out, STR("\\r"));
		break;
	case '\t':
		buf_append(out, STR("\\t"));
		break;
	case UTF8_INVALID:
		utf8_append(out, 0xfffd);
		break;
	default:
		buf_append_format(out, "\\u%04x", (unsigned)c);
	}
}

/*
 * '<' could end a script element, and U+2028 and U+2029 ended a line in
 * JavaScript before ES2019.
 */
static bool needs_escape(uint32_t c)
{
	return c < 0x20 || c == '"' || c == '\\' || c == '<' || c == 0x7f ||
	       c == 0x2028 || c == 0x2029 || c == UTF8_INVALID;
}

/* Of ASCII what needs no escape, which is most of it; the rest is decoded. */
static bool is_plain(unsigned char c)
{
	return c >= 0x20 && c < 0x7f && c != '"' && c != '\\' && c != '<';
}

void json_append_text(struct buf *out, struct str text)
{
	size_t from = 0, size;

	buf_append_char(out, '"');
	for (size_t at = 0; at < text.len; at += size) {
		uint32_t c;

		size = 1;
		if (is_plain((unsigned char)text.ptr[at]))
			continue;
		c = utf8_decode(text, at, &size);
		if (!needs_escape(c))
			continue;
		buf_append(out, str_slice(text, from, at));
		append_escape(out, c);
		from = at + size;
	}
	buf_append(out, str_slice(text, from, text.len));
	buf_append_char(out, '"');
}

static void append_list(struct buf *out, const struct value *list)
{
	buf_append_char(out, '[');
	for (size_t i = 0; i < list->list.count; i++) {
		if (i > 0)
			buf_append_char(out, ',');
		json_append(out, list->list.items[i]);
	}
	buf_append_char(out, ']');
}

static void append_map(struct buf *out, const struct value *map)
{
	buf_append_char(out, '{');
	for (size_t i = 0; i < map->map.count; i++) {
		if (i > 0)
			buf_append_char(out, ',');
		json_append_text(out, map->map.fields[i].name);
		buf_append_char(out, ':');
		json_append(out, map->map.fields[i].value);
	}
	buf_append_char(out, '}');
}

void json_append(struct buf *out, const struct value *value)
{
	switch (value->kind) {
	case VALUE_NULL:
		buf_append(out, STR("null"));
		break;
	case VALUE_BOOL:
		buf_append(out, value->boolean ? STR("true") : STR("false"));
		break;
	case VALUE_TEXT:
		json_append_text(out, value->text);
		break;
	case VALUE_LIST:
		append_list(out, value);
		break;
	case VALUE_MAP:
		append_map(out, value);
		break;
	}
}
