/* SPDX-License-Identifier: MIT */
#include "schema/tree.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "base/value.h"
#include "model/record.h"
#include "schema/fields.h"

#include <libxml/parserInternals.h>
#include <libxml/tree.h>

#include <string.h>

/*
 * libxml2 takes three pieces from malloc for an element with text and gives
 * them back one by one; a record has some hundred and fifty. Here an element,
 * its text and what belongs to them are one piece of the arena. libxml2 only
 * reads the tree (validation with default values off, XPath), so that nothing
 * ever asks who owns a node.
 */
struct element {
	xmlNode node, text;
	struct tree_place place;
	char content[];		/* of text, terminated */
};

/* An element that holds others. */
struct parent {
	xmlNode node;
	struct tree_place place;
};

struct attribute {
	xmlAttr node;
	xmlNode text;
};

struct tree {
	xmlDoc document;
	void *handle;		/* the document, for tree_document */
	struct tree_place root_place;
	const struct record *record;
	struct arena *arena;
};

static const xmlChar *xml(const char *s)
{
	return (const xmlChar *)s;
}

static void link_child(xmlNode *parent, xmlNode *child)
{
	child->parent = parent;
	child->doc = parent->doc;
	child->prev = parent->last;
	if (parent->last == NULL)
		parent->children = child;
	else
		parent->last->next = child;
	parent->last = child;
}

static void init_text(xmlNode *text, xmlNode *parent, char *content)
{
	text->type = XML_TEXT_NODE;
	text->name = xmlStringText;
	text->content = (xmlChar *)content;
	link_child(parent, text);
}

static void init_element(xmlNode *node, xmlNode *parent, const char *name,
    struct tree_place *place)
{
	node->type = XML_ELEMENT_NODE;
	node->name = xml(name);
	node->_private = place;
	node->line = place->line > UINT16_MAX ? UINT16_MAX :
	    (unsigned short)place->line;
	link_child(parent, node);
}

static void add_text_element(struct tree *tree, xmlNode *parent,
    const char *name, struct tree_place place, struct str content)
{
	struct element *e = arena_alloc(tree->arena,
	    sizeof(*e) + content.len + 1);

	e->place = place;
	init_element(&e->node, parent, name, &e->place);
	if (content.len == 0)
		return;
	memcpy(e->content, content.ptr, content.len);
	init_text(&e->text, &e->node, e->content);
	e->text._private = &e->place;
}

static xmlNode *add_parent(struct tree *tree, xmlNode *parent,
    const char *name, struct tree_place place)
{
	struct parent *p = arena_alloc(tree->arena, sizeof(*p));

	p->place = place;
	init_element(&p->node, parent, name, &p->place);
	return &p->node;
}

static void add_value(struct tree *tree, xmlNode *parent,
    const struct field *field, const struct value *value,
    struct tree_place place);

/* The child of that name; keys mostly come in the order of the schema, and
 * `*place` is where to look for the next one. */
static const struct field *find_field(const struct field *map, size_t *place,
    struct str name)
{
	for (size_t i = *place; i < map->child_count; i++)
		if (str_eq(map->children[i].name, name)) {
			*place = i + 1;
			return &map->children[i];
		}
	return field_child(map, name);
}

static void add_fields(struct tree *tree, xmlNode *node,
    const struct field *map, const struct value *value)
{
	size_t next = 0;

	for (size_t i = 0; i < value->map.count; i++) {
		const struct value_field *key = &value->map.fields[i];
		const struct field *field = find_field(map, &next, key->name);
		struct tree_place place = { .line = key->line,
			.column = key->column };

		if (field != NULL)
			add_value(tree, node, field, key->value, place);
	}
}

static void add_items(struct tree *tree, xmlNode *node,
    const struct field *list, const struct value *value)
{
	for (size_t i = 0; i < value->list.count; i++) {
		const struct value *item = value->list.items[i];
		struct tree_place place = { .line = item->line,
			.column = item->column, .index = (uint32_t)i + 1 };

		add_value(tree, node, list->item, item, place);
	}
}

static struct str scalar_text(const struct value *value)
{
	if (value->kind == VALUE_TEXT)
		return str_trim(value->text);
	if (value->kind == VALUE_BOOL)
		return value->boolean ? STR("true") : STR("false");
	return STR_NONE;
}

/* Complaints about a scalar point at it, about the rest at the key. */
static void add_value(struct tree *tree, xmlNode *parent,
    const struct field *field, const struct value *value,
    struct tree_place place)
{
	const char *name = field->name.ptr;
	bool is_scalar = value->kind != VALUE_MAP && value->kind != VALUE_LIST;
	xmlNode *node;

	place.value = value;
	place.field = field;
	if (is_scalar && value->line > 0) {
		place.line = value->line;
		place.column = value->column;
	}
	if (is_scalar) {
		add_text_element(tree, parent, name, place,
		    scalar_text(value));
		return;
	}
	node = add_parent(tree, parent, name, place);
	if (value->kind == VALUE_MAP && field->type == FIELD_MAP)
		add_fields(tree, node, field, value);
	else if (value->kind == VALUE_LIST && field->type == FIELD_LIST)
		add_items(tree, node, field, value);
}

static void add_attribute(struct tree *tree, xmlNode *root, const char *name,
    struct str value)
{
	struct attribute *a = arena_alloc(tree->arena, sizeof(*a));
	xmlAttr **last = &root->properties;

	a->node.type = XML_ATTRIBUTE_NODE;
	a->node.name = xml(name);
	a->node.parent = root;
	a->node.doc = root->doc;
	a->node._private = &tree->root_place;
	while (*last != NULL) {
		a->node.prev = *last;
		last = &(*last)->next;
	}
	*last = &a->node;
	a->text.type = XML_TEXT_NODE;
	a->text.name = xmlStringText;
	a->text.content = (xmlChar *)str_cstr(tree->arena, value);
	a->text.doc = root->doc;
	a->text.parent = (xmlNode *)&a->node;
	a->node.children = a->node.last = &a->text;
}

static void init_document(struct tree *tree)
{
	xmlDoc *document = &tree->document;

	document->type = XML_DOCUMENT_NODE;
	document->doc = document;
	document->version = xml("1.0");
	document->charset = XML_CHAR_ENCODING_UTF8;
	document->standalone = -1;
}

struct tree *tree_build(struct arena *arena, const struct record *record,
    const struct kind_fields *fields)
{
	struct tree *tree = arena_alloc(arena, sizeof(*tree));
	struct tree_place body = { .line = record->body_line, .column = 1 };
	xmlNode *root;

	tree->handle = &tree->document;
	tree->arena = arena;
	tree->record = record;
	tree->root_place = (struct tree_place){ .line = 1, .column = 1,
		.value = record->data, .field = &fields->root };
	init_document(tree);
	root = add_parent(tree, (xmlNode *)&tree->document,
	    fields->root.name.ptr, tree->root_place);
	add_attribute(tree, root, "id", record->id);
	if (record->unit.len > 0)
		add_attribute(tree, root, "unit", record->unit);
	add_attribute(tree, root, "path", record->path);
	add_fields(tree, root, &fields->root, record->data);
	if (record->kind != KIND_SITE)
		add_text_element(tree, root, "body", body, record->body);
	return tree;
}

const struct record *tree_record(const struct tree *tree)
{
	return tree->record;
}

void *tree_document(const struct tree *tree)
{
	return tree->handle;
}

static const struct tree_place *place_of(const struct tree *tree,
    const void *node)
{
	const xmlNode *at = node;

	while (at != NULL && at->type != XML_DOCUMENT_NODE) {
		if (at->_private != NULL)
			return at->_private;
		at = at->parent;
	}
	return &tree->root_place;
}

struct mark tree_mark(const struct tree *tree, const void *node)
{
	const struct tree_place *place = place_of(tree, node);

	return (struct mark){ .path = tree->record->path,
		.line = place->line, .column = place->column };
}

/* The text an offset counts in: an element's only text, or the text itself. */
static struct str text_of(const xmlNode *node)
{
	if (node->type == XML_ELEMENT_NODE)
		node = node->children;
	if (node == NULL || node->type != XML_TEXT_NODE)
		return STR_NONE;
	return str_from((const char *)node->content);
}

/* White space before the text was trimmed away; its mark stayed. */
static uint32_t leading_blanks(const struct tree_place *place)
{
	struct str text = place->value != NULL &&
	    place->value->kind == VALUE_TEXT ? place->value->text : STR_NONE;
	uint32_t count = 0;

	while (count < text.len &&
	       (text.ptr[count] == ' ' || text.ptr[count] == '\t'))
		count++;
	return count < text.len && text.ptr[count] == '\n' ? 0 : count;
}

struct mark tree_mark_at(const struct tree *tree, const void *node,
    size_t offset)
{
	const struct tree_place *place = place_of(tree, node);
	struct mark mark = tree_mark(tree, node);
	struct str before = text_of(node);
	size_t feed = 0, last = STR_NOT_FOUND;

	before = str_slice(before, 0, utf8_offset(before, offset));
	while ((feed = str_find_char(before, '\n', feed)) != STR_NOT_FOUND) {
		last = feed++;
		mark.line++;
	}
	if (last != STR_NOT_FOUND)
		before = str_slice(before, last + 1, before.len);
	else
		mark.column += leading_blanks(place);
	mark.column += (uint32_t)utf8_count(before);
	return mark;
}

struct str tree_path(struct arena *arena, const struct tree *tree,
    const void *node)
{
	const xmlNode *at = node;
	const struct tree_place *place;
	struct str above;

	if (at->type != XML_ELEMENT_NODE && at->parent != NULL)
		at = at->parent;
	place = at->_private;
	if (at->parent == NULL || at->parent->type == XML_DOCUMENT_NODE ||
	    place == NULL)
		return STR_NONE;
	above = tree_path(arena, tree, at->parent);
	if (place->field == NULL)
		return STR("body");
	if (place->index > 0)
		return str_format(arena, "%.*s[%u]", STR_ARG(above),
		    (unsigned)place->index);
	if (above.len == 0)
		return place->field->name;
	return str_format(arena, "%.*s.%.*s", STR_ARG(above),
	    STR_ARG(place->field->name));
}
