/* SPDX-License-Identifier: MIT */
#include "model/digest.h"

#include "base/arena.h"
#include "base/hash.h"
#include "base/value.h"
#include "model/record.h"

#include <stdlib.h>

/* Lengths and counts stand first: nothing can pass for anything else. */
static void add_head(struct sha256 *sha, char kind, uint64_t number)
{
	char head[9] = { kind };

	for (int i = 0; i < 8; i++)
		head[1 + i] = (char)(number >> 8 * i & 255);
	sha256_add(sha, (struct str){ head, sizeof(head) });
}

static void add_text(struct sha256 *sha, char kind, struct str text)
{
	add_head(sha, kind, text.len);
	sha256_add(sha, text);
}

static int compare_fields(const void *a, const void *b)
{
	const struct value_field *const *left = a, *const *right = b;

	return str_cmp((*left)->name, (*right)->name);
}

static void add_value(struct sha256 *sha, struct arena *arena,
    const struct value *value, bool is_root);

static void add_map(struct sha256 *sha, struct arena *arena,
    const struct value *map, bool is_root)
{
	const struct value_field **fields = arena_array(arena,
	    map->map.count + 1, sizeof(*fields));
	size_t count = 0;

	for (size_t i = 0; i < map->map.count; i++)
		if (!is_root || !str_eq(map->map.fields[i].name,
		    STR("updated")))
			fields[count++] = &map->map.fields[i];
	qsort(fields, count, sizeof(*fields), compare_fields);
	add_head(sha, 'm', count);
	for (size_t i = 0; i < count; i++) {
		add_text(sha, 'k', fields[i]->name);
		add_value(sha, arena, fields[i]->value, false);
	}
}

static void add_value(struct sha256 *sha, struct arena *arena,
    const struct value *value, bool is_root)
{
	switch (value->kind) {
	case VALUE_NULL:
		add_head(sha, '0', 0);
		break;
	case VALUE_BOOL:
		add_head(sha, 'o', value->boolean);
		break;
	case VALUE_TEXT:
		add_text(sha, 't', str_trim(value->text));
		break;
	case VALUE_LIST:
		add_head(sha, 'l', value->list.count);
		for (size_t i = 0; i < value->list.count; i++)
			add_value(sha, arena, value->list.items[i], false);
		break;
	case VALUE_MAP:
		add_map(sha, arena, value, is_root);
		break;
	}
}

/* Two spaces at the end of a line are a line break in Markdown that nobody
 * sees; empty lines at the end are nothing. */
static void add_body(struct sha256 *sha, struct str body)
{
	body = str_trim(body);
	while (body.len > 0) {
		struct str line = str_cut(&body, '\n');

		while (line.len > 0 && (line.ptr[line.len - 1] == ' ' ||
		    line.ptr[line.len - 1] == '\t' ||
		    line.ptr[line.len - 1] == '\r'))
			line.len--;
		add_text(sha, 'b', line);
	}
}

struct str record_digest(struct arena *arena, const struct record *record)
{
	static const char digits[] = "0123456789abcdef";
	unsigned char digest[SHA256_SIZE];
	char hex[RECORD_DIGEST_LEN];
	struct sha256 sha;

	sha256_init(&sha);
	add_value(&sha, arena, record->data, true);
	add_body(&sha, record->body);
	sha256_finish(&sha, digest);
	for (size_t i = 0; i < RECORD_DIGEST_LEN; i++)
		hex[i] = digits[digest[i / 2] >> (i % 2 == 0 ? 4 : 0) & 15];
	return str_dup(arena, (struct str){ hex, RECORD_DIGEST_LEN });
}
