/* SPDX-License-Identifier: MIT */
/*
 * The packed form: a mark and a version, then numbers of seven bits to the byte
 * (the highest says that more follow) and texts after their lengths. A value is
 * its kind, its mark, and what it holds.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/value.h"
#include "model/record.h"

#include <string.h>

#define MAGIC STR("ZR\x01")

/* Deeper than any record that limits let in; bounds the recursion. */
enum { DEPTH_MOST = 64 };

static void pack_number(struct buf *packed, uint64_t number)
{
	char *end = buf_reserve(packed, 10);
	size_t len = 0;

	while (number >= 0x80) {
		end[len++] = (char)(0x80 | (number & 0x7f));
		number >>= 7;
	}
	end[len++] = (char)number;
	end[len] = '\0';
	packed->len += len;
}

static void pack_text(struct buf *packed, struct str text)
{
	pack_number(packed, text.len);
	buf_append(packed, text);
}

static void pack_value(struct buf *packed, const struct value *value)
{
	buf_append_char(packed, (char)value->kind);
	pack_number(packed, value->line);
	pack_number(packed, value->column);
	switch (value->kind) {
	case VALUE_NULL:
		break;
	case VALUE_BOOL:
		buf_append_char(packed, (char)value->boolean);
		break;
	case VALUE_TEXT:
		pack_text(packed, value->text);
		break;
	case VALUE_LIST:
		pack_number(packed, value->list.count);
		for (size_t i = 0; i < value->list.count; i++)
			pack_value(packed, value->list.items[i]);
		break;
	case VALUE_MAP:
		pack_number(packed, value->map.count);
		for (size_t i = 0; i < value->map.count; i++) {
			const struct value_field *field =
			    &value->map.fields[i];

			pack_text(packed, field->name);
			pack_number(packed, field->line);
			pack_number(packed, field->column);
			pack_value(packed, field->value);
		}
		break;
	}
}

void record_pack(const struct record *record, struct buf *packed)
{
	buf_append(packed, MAGIC);
	buf_append_char(packed, (char)record->kind);
	pack_text(packed, record->id);
	pack_text(packed, record->unit);
	pack_text(packed, record->path);
	pack_number(packed, record->body_line);
	pack_number(packed, record->body_offset);
	pack_number(packed, record->body_size);
	pack_value(packed, record->data);
}

/* Bytes being read; once something was wrong everything after fails too. */
struct unpacking {
	struct arena *arena;
	const unsigned char *at, *end;
	bool is_damaged;
};

static size_t left(const struct unpacking *u)
{
	return (size_t)(u->end - u->at);
}

static unsigned char unpack_byte(struct unpacking *u)
{
	if (u->at == u->end) {
		u->is_damaged = true;
		return 0;
	}
	return *u->at++;
}

static uint64_t unpack_long_number(struct unpacking *u)
{
	uint64_t number = 0;
	unsigned char byte = 0x80;

	for (unsigned shift = 0; (byte & 0x80) != 0 && !u->is_damaged;
	     shift += 7) {
		byte = unpack_byte(u);
		/* Nine bytes hold 63 bits, which is more than any length. */
		if (shift > 56)
			u->is_damaged = true;
		else
			number |= (uint64_t)(byte & 0x7f) << shift;
	}
	return number;
}

/* A number of at most `most`; nearly all are of one byte. */
static inline uint64_t unpack_number(struct unpacking *u, uint64_t most)
{
	uint64_t number = u->at < u->end && *u->at < 0x80 ? *u->at++ :
	    unpack_long_number(u);

	if (number > most)
		u->is_damaged = true;
	return u->is_damaged ? 0 : number;
}

static struct str unpack_text(struct unpacking *u)
{
	size_t len = (size_t)unpack_number(u, SIZE_MAX);
	struct str text = { (const char *)u->at, len };

	if (len > left(u))
		u->is_damaged = true;
	if (u->is_damaged || len == 0)
		return STR_NONE;
	u->at += len;
	return text;
}

static void unpack_value(struct unpacking *u, size_t depth,
    struct value *value);

/* How many items, of which each takes at least so many bytes: a false count
 * allocates no more than the bytes are worth. */
static uint32_t unpack_count(struct unpacking *u, size_t bytes)
{
	size_t most = left(u) / bytes;

	return (uint32_t)unpack_number(u, most < UINT32_MAX ? most :
	    UINT32_MAX);
}

static void unpack_list(struct unpacking *u, struct value *list, size_t depth)
{
	uint32_t count = unpack_count(u, 3);
	struct value *values = arena_array(u->arena, count, sizeof(*values));

	list->list.items = arena_array(u->arena, count,
	    sizeof(struct value *));
	list->list.capacity = count;
	for (size_t i = 0; i < count && !u->is_damaged; i++) {
		list->list.items[list->list.count++] = &values[i];
		unpack_value(u, depth + 1, &values[i]);
	}
}

static void unpack_map(struct unpacking *u, struct value *map, size_t depth)
{
	uint32_t count = unpack_count(u, 6);
	struct value *values = arena_array(u->arena, count, sizeof(*values));

	map->map.fields = arena_array(u->arena, count,
	    sizeof(*map->map.fields));
	map->map.capacity = count;
	for (size_t i = 0; i < count && !u->is_damaged; i++) {
		struct value_field *field = &map->map.fields[map->map.count++];

		field->name = unpack_text(u);
		field->line = (uint32_t)unpack_number(u, UINT32_MAX);
		field->column = (uint32_t)unpack_number(u, UINT32_MAX);
		field->value = &values[i];
		unpack_value(u, depth + 1, field->value);
	}
}

/* `value` is zeroed, which makes it a VALUE_NULL. */
static void unpack_value(struct unpacking *u, size_t depth,
    struct value *value)
{
	unsigned char kind = unpack_byte(u);

	value->line = (uint32_t)unpack_number(u, UINT32_MAX);
	value->column = (uint32_t)unpack_number(u, UINT32_MAX);
	if (kind > VALUE_MAP || depth > DEPTH_MOST)
		u->is_damaged = true;
	if (u->is_damaged)
		return;
	value->kind = (enum value_kind)kind;
	if (value->kind == VALUE_BOOL)
		value->boolean = unpack_byte(u) != 0;
	else if (value->kind == VALUE_TEXT)
		value->text = unpack_text(u);
	else if (value->kind == VALUE_LIST)
		unpack_list(u, value, depth);
	else if (value->kind == VALUE_MAP)
		unpack_map(u, value, depth);
}

bool record_unpack(struct arena *arena, struct str bytes,
    struct record *record)
{
	struct unpacking u = { .arena = arena };
	struct record found = { .kind = KIND_SITE };
	unsigned char kind;

	if (!str_starts(bytes, MAGIC))
		return false;
	u.at = (const unsigned char *)str_cstr(arena, bytes);
	u.end = u.at + bytes.len;
	u.at += MAGIC.len;
	kind = unpack_byte(&u);
	found.id = unpack_text(&u);
	found.unit = unpack_text(&u);
	found.path = unpack_text(&u);
	found.body_line = (uint32_t)unpack_number(&u, UINT32_MAX);
	found.body_offset = (size_t)unpack_number(&u, SIZE_MAX);
	found.body_size = (size_t)unpack_number(&u, SIZE_MAX);
	found.data = value_null(arena);
	unpack_value(&u, 0, found.data);
	if (u.is_damaged || u.at < u.end || kind >= KIND_COUNT ||
	    found.data->kind != VALUE_MAP)
		return false;
	found.kind = (enum kind)kind;
	*record = found;
	return true;
}
