/* SPDX-License-Identifier: MIT */
/* The numbers of the rule files, for those who report by them. */
#include "base/arena.h"
#include "schema/schematron_model.h"

bool schematron_literal(struct str text, struct str *value)
{
	bool is_quoted;

	text = str_trim(text);
	if (text.len == 0)
		return false;
	is_quoted = text.ptr[0] == '\'' || text.ptr[0] == '"';
	if (is_quoted) {
		*value = str_slice(text, 1, text.len - 1);
		return text.len >= 2 &&
		    text.ptr[text.len - 1] == text.ptr[0] &&
		    str_find_char(*value, text.ptr[0], 0) == STR_NOT_FOUND;
	}
	*value = text;
	for (size_t i = 0; i < text.len; i++)
		if ((text.ptr[i] < '0' || text.ptr[i] > '9') &&
		    text.ptr[i] != '.')
			return false;
	return true;
}

void schematron_parameters(const struct schematron *set,
    void (*take)(void *context, struct str name, struct str value),
    void *context)
{
	for (const struct schema *schema = set->schemas; schema != NULL;
	     schema = schema->next)
		for (const struct let *let = schema->last_let; let != NULL;
		     let = let->previous) {
			struct str value;

			if (schematron_literal(let->value->text, &value))
				take(context, let->name, value);
		}
}
