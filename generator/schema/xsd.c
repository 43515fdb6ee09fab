/* SPDX-License-Identifier: MIT */
#include "schema/xsd.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/path.h"
#include "base/reader.h"

#include <libxml/parser.h>
#include <libxml/tree.h>

#include <limits.h>
#include <string.h>

static const char xsd_namespace[] = "http://www.w3.org/2001/XMLSchema";

struct loading {
	struct arena *arena;
	const struct reader *reader;
	struct diag_list *diags;
};

/* What an error handler of the parser needs to know. */
struct parsing {
	struct str path;
	struct diag_list *diags;
};

static const char *text(const xmlChar *s)
{
	return (const char *)s;
}

static const xmlChar *xml(const char *s)
{
	return (const xmlChar *)s;
}

static bool is_xsd(const xmlNode *node, const char *name)
{
	return node->type == XML_ELEMENT_NODE && node->ns != NULL &&
	    strcmp(text(node->name), name) == 0 &&
	    strcmp(text(node->ns->href), xsd_namespace) == 0;
}

static void on_error(void *context, xmlErrorPtr error)
{
	const xmlParserCtxt *parser = context;
	const struct parsing *parsing = parser->_private;
	struct mark mark = { .path = parsing->path };

	mark.line = error->line > 0 ? (uint32_t)error->line : 0;
	mark.column = error->int2 > 0 ? (uint32_t)error->int2 : 0;
	(void)diag_report(parsing->diags, mark, DIAG_SCHEMA_XML,
	    str_trim(str_from(error->message)));
}

static xmlDoc *parse(struct loading *loading, struct str path,
    struct str bytes)
{
	struct parsing parsing = { .path = path, .diags = loading->diags };
	struct mark mark = { .path = path, .line = 1 };
	xmlParserCtxt *parser = xmlNewParserCtxt();
	size_t errors = diag_errors(loading->diags);
	xmlDoc *document;

	if (parser == NULL || bytes.len > INT_MAX)
		out_of_memory(bytes.len);
	parser->_private = &parsing;
	parser->sax->serror = on_error;
	document = xmlCtxtReadMemory(parser, bytes.ptr, (int)bytes.len,
	    NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOCDATA |
	    XML_PARSE_NOBLANKS | XML_PARSE_COMPACT | XML_PARSE_BIG_LINES);
	xmlFreeParserCtxt(parser);
	if (document == NULL && diag_errors(loading->diags) == errors)
		(void)diag_report(loading->diags, mark, DIAG_SCHEMA_XML,
		    STR("empty"));
	if (document != NULL && document->intSubset != NULL)
		(void)diag_report(loading->diags, mark, DIAG_SCHEMA_XML,
		    STR("DOCTYPE is not allowed"));
	if (document != NULL && diag_errors(loading->diags) != errors) {
		xmlFreeDoc(document);
		document = NULL;
	}
	return document;
}

/* A document whose root is xs:schema. */
static xmlDoc *read_one(struct loading *loading, struct str path)
{
	struct mark mark = { .path = path };
	size_t errors = diag_errors(loading->diags);
	xmlDoc *document;
	xmlNode *root;
	struct str bytes;

	if (!loading->reader->read(loading->reader->context, path,
		loading->arena, &bytes, loading->diags)) {
		if (diag_errors(loading->diags) == errors)
			(void)diag_report(loading->diags, mark,
			    DIAG_SCHEMA_MISSING, path);
		return NULL;
	}
	document = parse(loading, path, bytes);
	root = document == NULL ? NULL : xmlDocGetRootElement(document);
	if (root != NULL && !is_xsd(root, "schema")) {
		mark.line = 1;
		(void)diag_report(loading->diags, mark, DIAG_SCHEMA_SHAPE,
		    str_from(text(root->name)),
		    STR("the root is not xs:schema"),
		    STR("根元素不是 xs:schema"));
		xmlFreeDoc(document);
		document = NULL;
	}
	return document;
}

/* Notes in each element which file it came from. */
static void sign(xmlNode *node, void *path)
{
	if (node->type != XML_ELEMENT_NODE)
		return;
	node->_private = path;
	for (xmlNode *child = node->children; child; child = child->next)
		sign(child, path);
}

static void copy_children(xmlDoc *from, xmlNode *before)
{
	xmlNode *root = xmlDocGetRootElement(from);

	for (xmlNode *node = root->children; node; node = node->next) {
		xmlNode *copy;

		if (node->type != XML_ELEMENT_NODE)
			continue;
		copy = xmlDocCopyNode(node, before->doc, 1);
		if (copy == NULL)
			out_of_memory(sizeof(*copy));
		sign(copy, root->_private);
		xmlAddPrevSibling(before, copy);
	}
}

/* Puts what an xs:include names in its place. Included files include nothing
 * themselves: that leaves no circle to look for. */
static bool include(struct loading *loading, xmlNode *node, struct str path)
{
	xmlChar *location = xmlGetNoNsProp(node, xml("schemaLocation"));
	struct str target = location == NULL ? STR_NONE :
	    path_resolve(loading->arena, path_folder(path),
		str_from(text(location)));
	struct mark mark = { .path = path,
		.line = (uint32_t)xmlGetLineNo(node) };
	xmlDoc *included;

	xmlFree(location);
	if (target.len == 0 || !path_is_safe(target))
		return diag_report(loading->diags, mark, DIAG_SCHEMA_SHAPE,
		    STR("xs:include"),
		    STR("schemaLocation is no path of a file beside this one"),
		    STR("schemaLocation 不是同一目录下的文件"));
	included = read_one(loading, target);
	if (included == NULL)
		return false;
	sign(xmlDocGetRootElement(included), str_cstr(loading->arena, target));
	copy_children(included, node);
	xmlFreeDoc(included);
	return true;
}

void *xsd_open(struct arena *arena, const struct reader *reader,
    struct str path, struct diag_list *diags)
{
	struct loading loading = { arena, reader, diags };
	xmlDoc *document = read_one(&loading, path);
	xmlNode *next;
	bool is_good = true;

	if (document == NULL)
		return NULL;
	sign(xmlDocGetRootElement(document), str_cstr(arena, path));
	for (xmlNode *node = xmlDocGetRootElement(document)->children;
	     node != NULL; node = next) {
		next = node->next;
		if (!is_xsd(node, "include"))
			continue;
		is_good = include(&loading, node, path) && is_good;
		xmlUnlinkNode(node);
		xmlFreeNode(node);
	}
	if (!is_good) {
		xmlFreeDoc(document);
		document = NULL;
	}
	return document;
}

static bool has_value(const xmlNode *node, const char *value)
{
	xmlChar *found = xmlGetNoNsProp(node, xml("value"));
	bool is_same = xmlStrEqual(found, xml(value));

	xmlFree(found);
	return is_same;
}

/* `node` is the xs:sequence of a list, or the xs:all of a map, which allows
 * each element once at most. */
static void relax_elements(xmlNode *node, bool is_list)
{
	for (xmlNode *n = node->children; n != NULL; n = n->next) {
		if (!is_xsd(n, "element"))
			continue;
		xmlSetProp(n, xml("minOccurs"), xml("0"));
		if (is_list)
			xmlSetProp(n, xml("maxOccurs"), xml("unbounded"));
	}
}

static void relax_below(xmlNode *node)
{
	xmlNode *next;

	for (xmlNode *child = node->children; child; child = next) {
		next = child->next;
		/* What is meant for people was read; the compiler would read
		 * it again. */
		if (is_xsd(child, "annotation") ||
		    (is_xsd(child, "pattern") && has_value(child, ".+"))) {
			xmlUnlinkNode(child);
			xmlFreeNode(child);
			continue;
		}
		if (is_xsd(child, "all") || is_xsd(child, "sequence"))
			relax_elements(child, is_xsd(child, "sequence"));
		relax_below(child);
	}
}

void xsd_relax(void *document)
{
	relax_below(xmlDocGetRootElement(document));
}
