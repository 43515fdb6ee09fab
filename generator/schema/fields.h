/* SPDX-License-Identifier: MIT */
/*
 * The fields of a kind of record as its XSD describes them: one tree of `struct
 * field` per kind, made once from schemas/<kind>.xsd, read by whoever needs to
 * know what a record may hold (validation, new records, the field reference,
 * JSON Schema, page contexts). It lives in the arena of the schema set and is
 * read-only; a worker reads it freely.
 *
 * How XSD says it: a map is an xs:complexType with xs:all; a list is one with
 * an xs:sequence of the single element `item`; a scalar is a simple type.
 * Labels, examples, code lists and rules are z: attributes (urn:zheli:schema)
 * of the element; what a list leaves unsaid is taken from its item.
 */
#ifndef SCHEMA_FIELDS_H
#define SCHEMA_FIELDS_H

#include "base/lang.h"
#include "base/map.h"
#include "base/str.h"
#include "model/kind.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum field_type {
	FIELD_TEXT,	/* any text, several lines */
	FIELD_LINE,	/* one line */
	FIELD_DATE,	/* 2026-06-30 */
	FIELD_MONTH,	/* 2026-06 */
	FIELD_YEAR,	/* 2026 */
	FIELD_TIME,	/* 14:00 */
	FIELD_BOOLEAN,	/* true, false */
	FIELD_INTEGER,
	FIELD_DECIMAL,
	FIELD_PERCENT,	/* a decimal of 0 to 100 */
	FIELD_URL,
	FIELD_FORM,	/* a line of its own form: slug, place-code, hash */
	FIELD_MAP,
	FIELD_LIST,
	FIELD_TYPE_COUNT
};

#define FIELD_UNBOUNDED SIZE_MAX

/* What a scalar's type allows; texts are as in the XSD, empty when unsaid. */
struct field_facets {
	size_t min_length, max_length;	/* FIELD_UNBOUNDED: no limit */
	bool is_length_only;	/* any text of that length, or line of it */
	struct str minimum, maximum;	/* inclusive */
	struct str pattern;		/* the innermost one */
	const struct str *values;	/* enumeration */
	size_t value_count;
};

struct field {
	struct str name;
	struct str path;		/* "people[].unit"; empty: the root */
	struct str plain_path;		/* "people.unit" */
	enum field_type type;
	struct str type_name;		/* XSD type: "title"; may be empty */
	struct str type_text[LANG_COUNT];	/* documentation of that type */
	bool required;
	struct str label[LANG_COUNT];	/* the name where the XSD has none */
	struct str documentation[LANG_COUNT];
	struct str example;
	struct str codelist;		/* "" for none; a list: its item's */
	bool column_is_code;		/* written as code, not as zh term */
	const struct str *rules;	/* IDs */
	size_t rule_count;
	struct field_facets facets;

	const struct field *children;	/* of a map, in the order of the XSD */
	size_t child_count;
	struct map by_name;		/* struct field, the children */
	const struct field *item;	/* of a list */
	size_t least_items, most_items;
};

struct kind_fields {
	enum kind kind;
	struct field root;		/* a FIELD_MAP */
};

/* The child of that name, or NULL. */
const struct field *field_child(const struct field *map, struct str name);

/*
 * The field at a path such as "people.unit" or "people[].unit" or
 * "people[2].unit", or NULL: lists are entered without saying so.
 */
const struct field *field_find(const struct field *root, struct str path);

/*
 * Hands out `root` and every field below it that names the rule, a list before
 * its items. A list's code list is that of its items.
 */
void fields_naming(const struct field *root, struct str rule,
    void (*take)(void *context, const struct field *field), void *context);

/* "date", "integer", "list": stable, for machines. */
struct str field_type_name(enum field_type type);

#endif
