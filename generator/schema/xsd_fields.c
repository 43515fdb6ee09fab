/* SPDX-License-Identifier: MIT */
#include "base/arena.h"
#include "base/diag.h"
#include "model/codes.h"
#include "schema/fields.h"
#include "schema/xsd.h"
#include "schema/xsd_node.h"

#include <libxml/tree.h>

/* Deeper than front matter may be; ends types that contain themselves. */
enum { DEPTH_MOST = 16 };

static bool read_element(struct xsd_reading *r, xmlNode *node, struct str path,
    size_t depth, struct field *field);

static void read_rules(struct xsd_reading *r, struct str text,
    struct field *field)
{
	struct str *rules = arena_array(r->arena, text.len / 2 + 1,
	    sizeof(*rules));

	while (text.len > 0) {
		struct str rule = str_trim(str_cut(&text, ' '));

		if (rule.len > 0)
			rules[field->rule_count++] = rule;
	}
	field->rules = rules;
}

/* What is written on the element itself. */
static void read_words(struct xsd_reading *r, const xmlNode *node,
    struct field *field)
{
	static const char *const labels[LANG_COUNT] = {
		[LANG_ZH] = "label-zh", [LANG_EN] = "label-en" };

	for (size_t lang = 0; lang < LANG_COUNT; lang++) {
		struct str label = xsd_own_attribute(r, node, labels[lang]);

		field->label[lang] = label.len > 0 ? label : field->name;
		field->documentation[lang] = xsd_documentation(r, node,
		    (enum lang)lang);
	}
	field->example = xsd_own_attribute(r, node, "example");
	field->codelist = xsd_own_attribute(r, node, "codelist");
	field->column_is_code = str_eq(xsd_own_attribute(r, node, "column"),
	    STR("code"));
	read_rules(r, xsd_own_attribute(r, node, "rules"), field);
}

static struct str child_path(struct arena *arena, struct str path,
    struct str name)
{
	if (path.len == 0)
		return name;
	return str_format(arena, "%.*s.%.*s", STR_ARG(path), STR_ARG(name));
}

static bool read_map(struct xsd_reading *r, const xmlNode *all, size_t depth,
    struct field *field)
{
	struct field *children;
	size_t count = 0;
	bool is_good = true;

	for (xmlNode *n = all->children; n != NULL; n = n->next)
		count += xsd_is(n, "element");
	children = arena_array(r->arena, count, sizeof(*children));
	map_init(&field->by_name, r->arena);
	field->type = FIELD_MAP;
	field->children = children;
	for (xmlNode *n = all->children; n != NULL; n = n->next) {
		struct field *child = &children[field->child_count];

		if (!xsd_is(n, "element"))
			continue;
		is_good = read_element(r, n, child_path(r->arena, field->path,
		    xsd_attribute(r, n, "name")), depth, child) && is_good;
		map_put(&field->by_name, child->name, child);
		field->child_count++;
	}
	return is_good;
}

static void take_from_item(struct field *list, const struct field *item)
{
	if (list->codelist.len == 0) {
		list->codelist = item->codelist;
		list->column_is_code = item->column_is_code;
	}
	if (list->example.len == 0)
		list->example = item->example;
}

static bool read_list(struct xsd_reading *r, const xmlNode *sequence,
    size_t depth, struct field *field)
{
	xmlNode *node = xsd_child(sequence, "element");
	struct field *item = arena_alloc(r->arena, sizeof(*item));
	struct str most;

	field->type = FIELD_LIST;
	field->item = item;
	if (node == NULL || !str_eq(xsd_attribute(r, node, "name"),
	    STR("item")))
		return xsd_fail(r, sequence, field->name,
		    STR("the xs:sequence is not of the one element 'item'"),
		    STR("xs:sequence 中不是唯一的元素 item"));
	most = xsd_attribute(r, node, "maxOccurs");
	field->least_items = field->most_items = 1;
	(void)str_to_size(xsd_attribute(r, node, "minOccurs"),
	    &field->least_items);
	if (str_eq(most, STR("unbounded")))
		field->most_items = FIELD_UNBOUNDED;
	else
		(void)str_to_size(most, &field->most_items);
	if (!read_element(r, node, str_format(r->arena, "%.*s[]",
		STR_ARG(field->path)), depth, item))
		return false;
	take_from_item(field, item);
	return true;
}

static bool read_complex(struct xsd_reading *r, const xmlNode *type,
    size_t depth, struct field *field)
{
	xmlNode *all = xsd_child(type, "all");
	xmlNode *sequence = xsd_child(type, "sequence");

	if (depth > DEPTH_MOST)
		return xsd_fail(r, type, field->name,
		    STR("maps and lists stand in each other too deep"),
		    STR("映射和列表嵌套过深"));
	xsd_type_text(r, type, field);
	if (all != NULL)
		return read_map(r, all, depth + 1, field);
	if (sequence != NULL)
		return read_list(r, sequence, depth + 1, field);
	return xsd_fail(r, type, field->name,
	    STR("its type has neither xs:all nor xs:sequence"),
	    STR("其类型既没有 xs:all 也没有 xs:sequence"));
}

/* The type of an element, by name or inside it. */
static bool read_type(struct xsd_reading *r, const xmlNode *node, size_t depth,
    struct field *field)
{
	struct str name = xsd_attribute(r, node, "type"), local;
	const xmlNode *type = name.len > 0 ? map_get(&r->types, name) :
	    xsd_child(node, "complexType");

	if (xsd_is_builtin(node, name, &local)) {
		field->type_name = local;
		if (xsd_builtin_type(local, field))
			return true;
	}
	if (type == NULL && name.len == 0)
		type = xsd_child(node, "simpleType");
	if (type == NULL)
		return xsd_fail(r, node, field->name,
		    STR("it has no type, or one that is not defined"),
		    STR("没有类型，或类型没有定义"));
	field->type_name = name;
	if (xsd_is(type, "complexType"))
		return read_complex(r, type, depth, field);
	return xsd_simple_type(r, type, field);
}

static bool check_codelist(struct xsd_reading *r, const xmlNode *node,
    const struct field *field)
{
	if (field->codelist.len == 0 || r->codes == NULL ||
	    codes_list(r->codes, field->codelist) != NULL)
		return true;
	return diag_report(r->diags, xsd_mark(r, node), DIAG_SCHEMA_CODELIST,
	    field->path, field->codelist);
}

/* people.unit of people[].unit. */
static struct str plain_path(struct arena *arena, struct str path)
{
	char *plain = arena_alloc(arena, path.len + 1);
	size_t len = 0;

	for (size_t i = 0; i < path.len; i++)
		if (path.ptr[i] != '[' && path.ptr[i] != ']')
			plain[len++] = path.ptr[i];
	return (struct str){ plain, len };
}

static bool read_element(struct xsd_reading *r, xmlNode *node, struct str path,
    size_t depth, struct field *field)
{
	field->name = xsd_attribute(r, node, "name");
	field->path = path;
	field->plain_path = plain_path(r->arena, path);
	field->required = !str_eq(xsd_attribute(r, node, "minOccurs"),
	    STR("0"));
	field->facets.min_length = FIELD_UNBOUNDED;
	field->facets.max_length = FIELD_UNBOUNDED;
	if (field->name.len == 0)
		return xsd_fail(r, node, STR("xs:element"),
		    STR("it has no name (ref is not used here)"),
		    STR("没有 name 属性（此处不用 ref）"));
	read_words(r, node, field);
	if (!read_type(r, node, depth, field))
		return false;
	if (field->facets.min_length == FIELD_UNBOUNDED)
		field->facets.min_length = 0;
	return check_codelist(r, node, field);
}

/* Named types by name, and nothing that would lead outside of the file. */
static bool read_top(struct xsd_reading *r, const xmlNode *root)
{
	bool is_good = true;

	map_init(&r->types, r->arena);
	for (xmlNode *n = root->children; n != NULL; n = n->next) {
		if (xsd_is(n, "simpleType") || xsd_is(n, "complexType"))
			map_put(&r->types, xsd_attribute(r, n, "name"), n);
		if (xsd_is(n, "import") || xsd_is(n, "redefine") ||
		    xsd_is(n, "include"))
			is_good = xsd_fail(r, n,
			    str_from((const char *)n->name),
			    STR("files are brought in by xs:include at the top"),
			    STR("文件只能在最外层用 xs:include 引入"));
	}
	return is_good;
}

bool xsd_fields(struct arena *arena, void *document, const struct codes *codes,
    struct kind_fields *fields, struct diag_list *diags)
{
	struct kind_fields found = { .kind = fields->kind };
	struct str name = kind_info(fields->kind)->name;
	xmlNode *root = xmlDocGetRootElement(document), *node;
	struct xsd_reading r = { .arena = arena, .codes = codes,
		.path = str_from(root->_private), .diags = diags };

	if (!read_top(&r, root))
		return false;
	node = xsd_child(root, "element");
	if (node == NULL || !str_eq(xsd_attribute(&r, node, "name"),
	    name))
		return xsd_fail(&r, root, name,
		    STR("there is no element of this name at the top"),
		    STR("最外层没有这个元素"));
	if (!read_element(&r, node, STR_NONE, 0, &found.root))
		return false;
	if (found.root.type != FIELD_MAP)
		return xsd_fail(&r, node, found.root.name,
		    STR("a record is a map (xs:all)"),
		    STR("记录应当是映射（xs:all）"));
	*fields = found;
	return true;
}
