/* SPDX-License-Identifier: MIT */
#include "schema/fields.h"

#include <assert.h>

static const struct str type_names[FIELD_TYPE_COUNT] = {
	[FIELD_TEXT] = { "text", 4 },
	[FIELD_LINE] = { "line", 4 },
	[FIELD_DATE] = { "date", 4 },
	[FIELD_MONTH] = { "month", 5 },
	[FIELD_YEAR] = { "year", 4 },
	[FIELD_TIME] = { "time", 4 },
	[FIELD_BOOLEAN] = { "boolean", 7 },
	[FIELD_INTEGER] = { "integer", 7 },
	[FIELD_DECIMAL] = { "decimal", 7 },
	[FIELD_PERCENT] = { "percent", 7 },
	[FIELD_URL] = { "url", 3 },
	[FIELD_FORM] = { "form", 4 },
	[FIELD_MAP] = { "map", 3 },
	[FIELD_LIST] = { "list", 4 },
};

const struct field *field_child(const struct field *map, struct str name)
{
	return map->type == FIELD_MAP ? map_get(&map->by_name, name) : NULL;
}

const struct field *field_find(const struct field *root, struct str path)
{
	const struct field *field = root;

	while (field != NULL && path.len > 0) {
		struct str name = str_cut(&path, '.');
		size_t bracket = str_find_char(name, '[', 0);

		while (field->type == FIELD_LIST)
			field = field->item;
		field = field_child(field, str_slice(name, 0, bracket));
	}
	return field;
}

void fields_naming(const struct field *root, struct str rule,
    void (*take)(void *context, const struct field *field), void *context)
{
	for (size_t i = 0; i < root->rule_count; i++)
		if (str_eq(root->rules[i], rule))
			take(context, root);
	for (size_t i = 0; i < root->child_count; i++)
		fields_naming(&root->children[i], rule, take, context);
	if (root->item != NULL)
		fields_naming(root->item, rule, take, context);
}

struct str field_type_name(enum field_type type)
{
	assert(type < FIELD_TYPE_COUNT);
	return type_names[type];
}
