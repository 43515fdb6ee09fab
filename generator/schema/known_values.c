/* SPDX-License-Identifier: MIT */
#include "schema/known_values.h"

#include "base/arena.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "schema/fields.h"
#include "schema/tree.h"

#include <libxml/tree.h>

#include <string.h>

/* Longer texts hardly come twice. */
enum { LENGTH_MOST = 47, SLOT_COUNT = 4096 };

struct known_value {
	const struct field *field;	/* NULL: the slot is free */
	unsigned char length;
	char text[LENGTH_MOST];
};

struct known_values {
	struct known_value slots[SLOT_COUNT];
};

struct known_values *known_values_make(struct arena *arena)
{
	return arena_alloc(arena, sizeof(struct known_values));
}

static struct str text_of(const xmlNode *node)
{
	return node->children == NULL ? STR_NONE :
	    str_from((const char *)node->children->content);
}

static const struct field *field_of(const xmlNode *node)
{
	const struct tree_place *place = node->_private;

	return place->field;
}

static size_t slot_of(const struct field *field, struct str text)
{
	uint64_t hash = hash_bytes(text) ^ (uint64_t)(uintptr_t)field;

	return (size_t)((hash * 0x9e3779b97f4a7c15u) >> 32) % SLOT_COUNT;
}

/* Whether length is all that the field asks of a text, and the text has it. */
static bool has_length(const struct field *field, struct str text)
{
	size_t length;

	if (!field->facets.is_length_only)
		return false;
	length = utf8_count(text);
	return length >= field->facets.min_length &&
	       length <= field->facets.max_length;
}

static bool is_known(const struct known_values *values, const xmlNode *node)
{
	const struct field *field = field_of(node);
	const struct known_value *slot;
	struct str text = text_of(node);

	if (has_length(field, text))
		return true;
	if (text.len > LENGTH_MOST)
		return false;
	slot = &values->slots[slot_of(field, text)];
	return slot->field == field && str_eq(text,
	    (struct str){ slot->text, slot->length });
}

bool known_values_sort(const struct known_values *values, void *node,
    struct vec *known, struct vec *rest)
{
	const struct field *field = field_of(node);
	size_t before = known->count, unknown = rest->count;

	if (field->type != FIELD_MAP && field->type != FIELD_LIST) {
		if (is_known(values, node))
			return true;
		*(void **)vec_push(rest) = node;
		return false;
	}
	for (xmlNode *child = ((xmlNode *)node)->children; child != NULL;
	     child = child->next)
		if (field_of(child) != NULL &&
		    known_values_sort(values, child, known, rest))
			*(void **)vec_push(known) = child;
	if (rest->count > unknown)
		return false;
	known->count = before;
	return true;
}

void known_values_add(struct known_values *values, const struct vec *rest)
{
	for (size_t i = 0; i < rest->count; i++) {
		const xmlNode *node = *(xmlNode **)vec_at(rest, i);
		const struct field *field = field_of(node);
		struct str text = text_of(node);
		struct known_value *slot;

		if (text.len == 0 || text.len > LENGTH_MOST)
			continue;
		slot = &values->slots[slot_of(field, text)];
		slot->field = field;
		slot->length = (unsigned char)text.len;
		memcpy(slot->text, text.ptr, text.len);
	}
}
