/* SPDX-License-Identifier: MIT */
#include "schema/xsd_node.h"

#include "base/arena.h"

#include <libxml/tree.h>

#include <string.h>

static const char xsd_namespace[] = "http://www.w3.org/2001/XMLSchema";
static const char own_namespace[] = "urn:zheli:schema";

static const xmlChar *xml(const char *s)
{
	return (const xmlChar *)s;
}

static struct str from(const xmlChar *s)
{
	return str_from((const char *)s);
}

bool xsd_is(const void *node, const char *name)
{
	const xmlNode *n = node;

	return n->type == XML_ELEMENT_NODE && n->ns != NULL &&
	    strcmp((const char *)n->name, name) == 0 &&
	    strcmp((const char *)n->ns->href, xsd_namespace) == 0;
}

void *xsd_child(const void *node, const char *name)
{
	xmlNode *child = ((const xmlNode *)node)->children;

	while (child != NULL && !xsd_is(child, name))
		child = child->next;
	return child;
}

/* Takes over what libxml2 allocated. */
static struct str keep(const struct xsd_reading *r, xmlChar *value)
{
	struct str copy = value == NULL ? STR_NONE :
	    str_dup(r->arena, str_trim(from(value)));

	xmlFree(value);
	return copy;
}

struct str xsd_attribute(const struct xsd_reading *r, const void *node,
    const char *name)
{
	return keep(r, xmlGetNoNsProp(node, xml(name)));
}

struct str xsd_own_attribute(const struct xsd_reading *r, const void *node,
    const char *name)
{
	return keep(r, xmlGetNsProp(node, xml(name), xml(own_namespace)));
}

static bool is_in(const xmlNode *node, enum lang lang)
{
	xmlChar *tag = xmlNodeGetLang(node);
	bool is_same = str_eq(from(tag), lang_code(lang));

	xmlFree(tag);
	return is_same;
}

struct str xsd_documentation(const struct xsd_reading *r, const void *node,
    enum lang lang)
{
	const xmlNode *annotation = xsd_child(node, "annotation");
	const xmlNode *child = annotation == NULL ? NULL :
	    annotation->children;

	for (; child != NULL; child = child->next)
		if (xsd_is(child, "documentation") && is_in(child, lang))
			return keep(r, xmlNodeGetContent(child));
	return STR_NONE;
}

bool xsd_is_builtin(const void *node, struct str qname, struct str *local)
{
	const xmlNode *n = node;
	size_t colon = str_find_char(qname, ':', 0);
	char prefix[16] = "";
	xmlNs *ns;

	if (colon == STR_NOT_FOUND || colon >= sizeof(prefix) ||
	    n->parent == NULL)
		return false;
	for (size_t i = 0; i < colon; i++)
		prefix[i] = qname.ptr[i];
	/* Prefixes are bound at the root, and its parent is of no use. */
	ns = xmlSearchNs(n->doc, n->parent, xml(prefix));
	*local = str_slice(qname, colon + 1, qname.len);
	return ns != NULL && xmlStrEqual(ns->href, xml(xsd_namespace));
}

struct mark xsd_mark(const struct xsd_reading *r, const void *node)
{
	const xmlNode *n = node;
	struct mark mark = { .path = r->path };
	long line = xmlGetLineNo(n);

	/* xsd_open noted which file an element came from. */
	if (n->_private != NULL)
		mark.path = str_from(n->_private);
	mark.line = line > 0 ? (uint32_t)line : 0;
	return mark;
}

bool xsd_fail(struct xsd_reading *r, const void *node, struct str name,
    struct str en, struct str zh)
{
	return diag_report(r->diags, xsd_mark(r, node), DIAG_SCHEMA_SHAPE,
	    name, en, zh);
}
