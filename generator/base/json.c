/* SPDX-License-Identifier: MIT */
#include "base/json.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/map.h"
#include "base/utf8.h"
#include "base/value.h"

#include <stdint.h>
#include <string.h>

/* Above this many fields names are looked up in a table: no quadratic input. */
enum { FEW_FIELDS = 24 };

struct parser {
	struct arena *arena;
	struct str path, text;
	size_t at;
	uint32_t line, column;	/* of `marked`, which only moves forward */
	size_t marked;
	unsigned depth;
	struct diag_list *diags;
};

/* What the grammar wants, in words. */
struct wanted {
	struct str en, zh;
};

#define LITERAL(text) { text, sizeof(text) - 1 }

static const struct wanted WANTED_VALUE = {
	LITERAL("a value"), LITERAL("一个值")
};
static const struct wanted WANTED_NAME = {
	LITERAL("a name in double quotes"), LITERAL("双引号括起的名称")
};
static const struct wanted WANTED_COLON = { LITERAL("a colon"), LITERAL("冒号") };
static const struct wanted WANTED_COMMA = {
	LITERAL("a comma or the closing bracket"),
	LITERAL("逗号或右括号")
};
static const struct wanted WANTED_END = {
	LITERAL("the end of the text"), LITERAL("文本结束")
};
static const struct wanted WANTED_QUOTE = {
	LITERAL("the closing double quote"), LITERAL("右双引号")
};

static bool parse_value(struct parser *p, struct value **value);

/* Line and column of `at`, which must not lie before the last one asked for:
 * each byte is counted once, however long the lines. */
static struct mark mark_at(struct parser *p, size_t at)
{
	size_t size;

	while (p->marked < at) {
		if (p->text.ptr[p->marked] == '\n') {
			p->line++;
			p->column = 0;
		}
		(void)utf8_decode(p->text, p->marked, &size);
		p->marked += size;
		p->column++;
	}
	return (struct mark){ p->path, p->line, p->column };
}

static bool unexpected(struct parser *p, const struct wanted *wanted)
{
	size_t size;

	if (p->at >= p->text.len)
		return diag_report(p->diags, mark_at(p, p->text.len),
		    DIAG_JSON_END, wanted->en, wanted->zh);
	(void)utf8_decode(p->text, p->at, &size);
	return diag_report(p->diags, mark_at(p, p->at), DIAG_JSON_UNEXPECTED,
	    str_slice(p->text, p->at, p->at + size), wanted->en, wanted->zh);
}

static void skip_space(struct parser *p)
{
	while (p->at < p->text.len &&
	    (p->text.ptr[p->at] == ' ' || p->text.ptr[p->at] == '\t' ||
	    p->text.ptr[p->at] == '\n' || p->text.ptr[p->at] == '\r'))
		p->at++;
}

static bool take(struct parser *p, char c)
{
	skip_space(p);
	if (p->at >= p->text.len || p->text.ptr[p->at] != c)
		return false;
	p->at++;
	return true;
}

/* Four hexadecimal digits at `at`; UTF8_INVALID if they are none. */
static uint32_t hex4(struct str text, size_t at)
{
	uint32_t c = 0;

	if (text.len < 4 || at > text.len - 4)
		return UTF8_INVALID;
	for (size_t i = at; i < at + 4; i++) {
		char d = text.ptr[i];

		if (d >= '0' && d <= '9')
			c = c << 4 | (uint32_t)(d - '0');
		else if ((d | 32) >= 'a' && (d | 32) <= 'f')
			c = c << 4 | (uint32_t)((d | 32) - 'a' + 10);
		else
			return UTF8_INVALID;
	}
	return c;
}

/* The \uXXXX whose digits begin at p->at, the second half of a pair included;
 * UTF8_INVALID for none and for half a pair. */
static uint32_t take_unicode(struct parser *p)
{
	uint32_t c = hex4(p->text, p->at), low;

	if (c == UTF8_INVALID || (c >= 0xdc00 && c < 0xe000))
		return UTF8_INVALID;
	p->at += 4;
	if (c < 0xd800 || c >= 0xe000)
		return c;
	if (!str_starts(str_slice(p->text, p->at, p->at + 2), STR("\\u")))
		return UTF8_INVALID;
	low = hex4(p->text, p->at + 2);
	if (low == UTF8_INVALID || low < 0xdc00 || low >= 0xe000)
		return UTF8_INVALID;
	p->at += 6;
	return 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
}

/* The escape after a backslash at p->at - 1; false without a diagnostic. */
static bool take_escape(struct parser *p, struct buf *out)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	const char *hit;
	uint32_t c;

	if (p->at >= p->text.len || p->text.ptr[p->at] == '\0')
		return false;
	if (p->text.ptr[p->at] == 'u') {
		p->at++;
		c = take_unicode(p);
		if (c == UTF8_INVALID)
			return false;
		utf8_append(out, c);
		return true;
	}
	hit = strchr(from, p->text.ptr[p->at]);
	if (hit == NULL)
		return false;
	p->at++;
	buf_append_char(out, to[hit - from]);
	return true;
}

/* Offset of the next byte that is no plain part of a string. */
static size_t plain_end(const struct parser *p)
{
	size_t at = p->at, size;

	while (at < p->text.len && p->text.ptr[at] != '"' &&
	    p->text.ptr[at] != '\\' && (unsigned char)p->text.ptr[at] >= 0x20) {
		if (utf8_decode(p->text, at, &size) == UTF8_INVALID)
			break;
		at += size;
	}
	return at;
}

static bool bad_string(struct parser *p, size_t from)
{
	struct str bad = str_slice(p->text, from, from + 2);
	unsigned char byte;

	if (from >= p->text.len)
		return unexpected(p, &WANTED_QUOTE);
	/* What does not show itself: a control character, or no UTF-8. */
	byte = (unsigned char)p->text.ptr[from];
	if (byte != '\\')
		bad = str_format(p->diags->arena, "%s%02X",
		    byte < 0x20 ? "U+00" : "0x", byte);
	return diag_report(p->diags, mark_at(p, from), DIAG_JSON_STRING, bad);
}

/* The rest of a string with escapes, its plain beginning in `out` already. */
static bool parse_escaped(struct parser *p, struct buf *out)
{
	for (;;) {
		size_t from = p->at, end;

		if (p->at >= p->text.len)
			return unexpected(p, &WANTED_QUOTE);
		if (p->text.ptr[p->at] == '"') {
			p->at++;
			return true;
		}
		if (p->text.ptr[p->at] != '\\') {
			end = plain_end(p);
			if (end == p->at)
				return bad_string(p, p->at);
			buf_append(out, str_slice(p->text, p->at, end));
			p->at = end;
			continue;
		}
		p->at++;
		if (!take_escape(p, out))
			return bad_string(p, from);
	}
}

/* A string whose opening quote stands at p->at. */
static bool parse_string(struct parser *p, struct str *string)
{
	size_t from = ++p->at, end = plain_end(p);
	struct buf out;
	bool good;

	if (end < p->text.len && p->text.ptr[end] == '"') {
		*string = (struct str){ p->text.ptr + from, end - from };
		p->at = end + 1;
		return true;
	}
	buf_init(&out);
	buf_append(&out, str_slice(p->text, from, end));
	p->at = end;
	good = parse_escaped(p, &out);
	if (good)
		*string = str_dup(p->arena, buf_str(&out));
	buf_dispose(&out);
	return good;
}

static size_t digits_end(struct str text, size_t at)
{
	while (at < text.len && text.ptr[at] >= '0' && text.ptr[at] <= '9')
		at++;
	return at;
}

static bool is_at(struct str text, size_t at, char c)
{
	return at < text.len && text.ptr[at] == c;
}

/* End of the number that begins at `at`; `at` itself if there is none. */
static size_t number_end(struct str text, size_t at)
{
	size_t from = at, end;

	if (is_at(text, at, '-'))
		at++;
	end = digits_end(text, at);
	if (end == at || (end > at + 1 && text.ptr[at] == '0'))
		return from;
	at = end;
	if (is_at(text, at, '.')) {
		end = digits_end(text, at + 1);
		if (end == at + 1)
			return from;
		at = end;
	}
	if (is_at(text, at, 'e') || is_at(text, at, 'E')) {
		size_t digits = at + 1;

		if (is_at(text, digits, '+') || is_at(text, digits, '-'))
			digits++;
		end = digits_end(text, digits);
		if (end == digits)
			return from;
		at = end;
	}
	return at;
}

/* What a reader takes for one word, for messages; at most 40 bytes. */
static struct str word_at(struct str text, size_t at)
{
	size_t end = at;

	while (end < text.len && end - at < 40 && text.ptr[end] > ' ' &&
	    text.ptr[end] != ',' && text.ptr[end] != ']' &&
	    text.ptr[end] != '}')
		end++;
	return str_slice(text, at, end);
}

static bool parse_number(struct parser *p, struct value **value)
{
	size_t end = number_end(p->text, p->at);
	struct str word = word_at(p->text, p->at);

	if (end == p->at || word.len > end - p->at)
		return diag_report(p->diags, mark_at(p, p->at),
		    DIAG_JSON_NUMBER, word);
	*value = value_text(p->arena, str_slice(p->text, p->at, end));
	p->at = end;
	return true;
}

static bool parse_word(struct parser *p, struct value **value)
{
	struct str rest = str_slice(p->text, p->at, p->text.len);

	if (str_starts(rest, STR("true"))) {
		*value = value_bool(p->arena, true);
		p->at += 4;
	} else if (str_starts(rest, STR("false"))) {
		*value = value_bool(p->arena, false);
		p->at += 5;
	} else if (str_starts(rest, STR("null"))) {
		*value = value_null(p->arena);
		p->at += 4;
	} else {
		return unexpected(p, &WANTED_VALUE);
	}
	return true;
}

static bool parse_list(struct parser *p, struct value **value)
{
	struct value *list = value_list(p->arena), *item = NULL;

	p->at++;
	if (take(p, ']')) {
		*value = list;
		return true;
	}
	do {
		if (!parse_value(p, &item))
			return false;
		value_append(p->arena, list, item);
	} while (take(p, ','));
	if (!take(p, ']'))
		return unexpected(p, &WANTED_COMMA);
	*value = list;
	return true;
}

/*
 * The field of that name, or NULL. `names` is filled once the map has become
 * large.
 */
static const struct value_field *find_field(const struct value *map,
    struct map *names, struct str name)
{
	size_t i;
	const size_t *known;

	if (map->map.count < FEW_FIELDS) {
		for (i = 0; i < map->map.count; i++)
			if (str_eq(map->map.fields[i].name, name))
				return &map->map.fields[i];
		return NULL;
	}
	for (i = names->count; i < map->map.count; i++) {
		size_t *index = arena_alloc(names->arena, sizeof(*index));

		*index = i;
		(void)map_put(names, map->map.fields[i].name, index);
	}
	known = map_get(names, name);
	return known == NULL ? NULL : &map->map.fields[*known];
}

static bool parse_field(struct parser *p, struct value *map, struct map *names)
{
	const struct value_field *known;
	struct value_field *field;
	struct value *value = NULL;
	struct mark mark;
	struct str name = STR_NONE;

	skip_space(p);
	if (!is_at(p->text, p->at, '"'))
		return unexpected(p, &WANTED_NAME);
	mark = mark_at(p, p->at);
	if (!parse_string(p, &name))
		return false;
	known = find_field(map, names, name);
	if (known != NULL)
		return diag_report(p->diags, mark, DIAG_JSON_DUPLICATE, name,
		    str_format(p->diags->arena, "%u", known->line));
	if (!take(p, ':'))
		return unexpected(p, &WANTED_COLON);
	if (!parse_value(p, &value))
		return false;
	field = value_add(p->arena, map, name, value);
	field->line = mark.line;
	field->column = mark.column;
	return true;
}

static bool parse_map(struct parser *p, struct value **value)
{
	struct value *map = value_map(p->arena);
	struct map names;

	map_init(&names, p->arena);
	p->at++;
	if (take(p, '}')) {
		*value = map;
		return true;
	}
	do {
		if (!parse_field(p, map, &names))
			return false;
	} while (take(p, ','));
	if (!take(p, '}'))
		return unexpected(p, &WANTED_COMMA);
	*value = map;
	return true;
}

static bool parse_nested(struct parser *p, struct value **value)
{
	bool good;

	if (p->depth == JSON_DEPTH_MAX)
		return diag_report(p->diags, mark_at(p, p->at), DIAG_JSON_DEPTH,
		    str_format(p->diags->arena, "%d", JSON_DEPTH_MAX));
	p->depth++;
	good = p->text.ptr[p->at] == '[' ? parse_list(p, value) :
	    parse_map(p, value);
	p->depth--;
	return good;
}

static bool parse_text(struct parser *p, struct value **value)
{
	struct str string = STR_NONE;

	if (!parse_string(p, &string))
		return false;
	*value = value_text(p->arena, string);
	return true;
}

static bool parse_value(struct parser *p, struct value **value)
{
	struct value *parsed = NULL;
	struct mark mark;
	bool good;
	char c;

	skip_space(p);
	if (p->at >= p->text.len)
		return unexpected(p, &WANTED_VALUE);
	mark = mark_at(p, p->at);
	c = p->text.ptr[p->at];
	if (c == '{' || c == '[')
		good = parse_nested(p, &parsed);
	else if (c == '"')
		good = parse_text(p, &parsed);
	else if (c == '-' || (c >= '0' && c <= '9'))
		good = parse_number(p, &parsed);
	else
		good = parse_word(p, &parsed);
	if (!good || parsed == NULL)
		return false;
	parsed->line = mark.line;
	parsed->column = mark.column;
	*value = parsed;
	return true;
}

bool json_parse(struct arena *arena, struct str path, struct str text,
    struct value **value, struct diag_list *diags)
{
	struct parser p = { .arena = arena, .path = path, .text = text,
		.line = 1, .column = 1, .diags = diags };
	struct value *parsed = NULL;

	/* RFC 8259, section 8.1: a byte order mark may be passed over. */
	if (str_starts(text, STR("\xef\xbb\xbf")))
		p.at = p.marked = 3;
	if (!parse_value(&p, &parsed))
		return false;
	skip_space(&p);
	if (p.at < text.len)
		return unexpected(&p, &WANTED_END);
	*value = parsed;
	return true;
}
