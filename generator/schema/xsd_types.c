/* SPDX-License-Identifier: MIT */
#include "base/arena.h"
#include "schema/fields.h"
#include "schema/xsd_node.h"

#include <libxml/tree.h>

/* Ends types that are restrictions of each other in a circle. */
enum { DEPTH_MOST = 16 };

static void read_number(struct xsd_reading *r, const xmlNode *facet,
    size_t *out)
{
	struct str value = xsd_attribute(r, facet, "value");

	if (*out == FIELD_UNBOUNDED)
		(void)str_to_size(value, out);
}

static void read_text(struct xsd_reading *r, const xmlNode *facet,
    struct str *out)
{
	if (out->len == 0)
		*out = xsd_attribute(r, facet, "value");
}

/* Whether a facet asks for more than a length: `.+` only asks for one line,
 * which is looked after elsewhere. */
static bool is_of_content(struct xsd_reading *r, const xmlNode *node)
{
	return node->type == XML_ELEMENT_NODE && !xsd_is(node, "annotation") &&
	    !xsd_is(node, "minLength") && !xsd_is(node, "maxLength") &&
	    !(xsd_is(node, "pattern") &&
	    str_eq(xsd_attribute(r, node, "value"), STR(".+")));
}

static void read_facet(struct xsd_reading *r, const xmlNode *node,
    struct field_facets *facets)
{
	if (is_of_content(r, node))
		facets->is_length_only = false;
	if (xsd_is(node, "minLength") || xsd_is(node, "length"))
		read_number(r, node, &facets->min_length);
	if (xsd_is(node, "maxLength") || xsd_is(node, "length"))
		read_number(r, node, &facets->max_length);
	if (xsd_is(node, "minInclusive"))
		read_text(r, node, &facets->minimum);
	if (xsd_is(node, "maxInclusive"))
		read_text(r, node, &facets->maximum);
	if (xsd_is(node, "pattern"))
		read_text(r, node, &facets->pattern);
}

static void read_values(struct xsd_reading *r, const xmlNode *restriction,
    struct field_facets *facets)
{
	size_t count = 0;
	struct str *values;

	for (xmlNode *n = restriction->children; n != NULL; n = n->next)
		count += xsd_is(n, "enumeration");
	if (count == 0 || facets->value_count > 0)
		return;
	values = arena_array(r->arena, count, sizeof(*values));
	for (xmlNode *n = restriction->children; n != NULL; n = n->next)
		if (xsd_is(n, "enumeration"))
			values[facets->value_count++] =
			    xsd_attribute(r, n, "value");
	facets->values = values;
}

static const struct {
	struct str name;
	enum field_type type;
} builtins[] = {
	{ { "string", 6 }, FIELD_TEXT },
	{ { "date", 4 }, FIELD_DATE },
	{ { "gYearMonth", 10 }, FIELD_MONTH },
	{ { "gYear", 5 }, FIELD_YEAR },
	{ { "time", 4 }, FIELD_TIME },
	{ { "boolean", 7 }, FIELD_BOOLEAN },
	{ { "decimal", 7 }, FIELD_DECIMAL },
	{ { "integer", 7 }, FIELD_INTEGER },
	{ { "int", 3 }, FIELD_INTEGER },
	{ { "nonNegativeInteger", 18 }, FIELD_INTEGER },
	{ { "positiveInteger", 15 }, FIELD_INTEGER },
	{ { "anyURI", 6 }, FIELD_URL },
};

bool xsd_builtin_type(struct str local, struct field *field)
{
	for (size_t i = 0; i < sizeof(builtins) / sizeof(builtins[0]); i++) {
		if (str_eq(local, builtins[i].name)) {
			field->type = builtins[i].type;
			return true;
		}
	}
	return false;
}

static bool is_truth(const struct field_facets *facets)
{
	return facets->value_count == 2 &&
	    str_eq(facets->values[0], STR("true")) &&
	    str_eq(facets->values[1], STR("false"));
}

/* What a type that XSD has no name of its own for is, by its facets. */
static void refine(struct field *field)
{
	const struct field_facets *facets = &field->facets;

	if (field->type == FIELD_DECIMAL) {
		if (str_eq(facets->minimum, STR("0")) &&
		    str_eq(facets->maximum, STR("100")))
			field->type = FIELD_PERCENT;
	} else if (field->type == FIELD_TEXT) {
		if (is_truth(facets))
			field->type = FIELD_BOOLEAN;
		else if (str_eq(facets->pattern, STR(".+")))
			field->type = FIELD_LINE;
		else if (str_eq(field->type_name, STR("url")))
			field->type = FIELD_URL;
		else if (str_eq(field->type_name, STR("time")))
			field->type = FIELD_TIME;
		else if (facets->pattern.len > 0 || facets->value_count > 0)
			field->type = FIELD_FORM;
	}
}

void xsd_type_text(struct xsd_reading *r, const void *node,
    struct field *field)
{
	for (size_t lang = 0; lang < LANG_COUNT; lang++)
		if (field->type_text[lang].len == 0)
			field->type_text[lang] = xsd_documentation(r, node,
			    (enum lang)lang);
}

/* `type` is an xs:simpleType; the nearest restriction has its way. */
static bool read_simple(struct xsd_reading *r, const xmlNode *type,
    size_t depth, struct field *field)
{
	xmlNode *restriction = xsd_child(type, "restriction");
	struct str base, local;
	xmlNode *next;

	if (restriction == NULL || depth > DEPTH_MOST)
		return xsd_fail(r, type, field->name,
		    STR("its type is no xs:restriction"),
		    STR("其类型不是 xs:restriction"));
	xsd_type_text(r, type, field);
	for (xmlNode *n = restriction->children; n != NULL; n = n->next)
		read_facet(r, n, &field->facets);
	read_values(r, restriction, &field->facets);
	base = xsd_attribute(r, restriction, "base");
	if (xsd_is_builtin(restriction, base, &local)) {
		if (xsd_builtin_type(local, field))
			return true;
		return xsd_fail(r, type, base,
		    STR("this type is not known here"),
		    STR("此处不认得这个类型"));
	}
	next = map_get(&r->types, base);
	if (next == NULL || !xsd_is(next, "simpleType"))
		return xsd_fail(r, restriction, base,
		    STR("there is no such simple type"),
		    STR("没有这个简单类型"));
	if (field->type_name.len == 0)
		field->type_name = base;
	return read_simple(r, next, depth + 1, field);
}

bool xsd_simple_type(struct xsd_reading *r, const void *node,
    struct field *field)
{
	field->facets.is_length_only = true;
	if (!read_simple(r, node, 0, field))
		return false;
	/* Of the builtin types only xs:string takes any text. */
	if (field->type != FIELD_TEXT)
		field->facets.is_length_only = false;
	refine(field);
	return true;
}
