/* SPDX-License-Identifier: MIT */
/* Rule files as XML: reading, including, elements, attributes, text. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/path.h"
#include "base/reader.h"
#include "schema/schematron_loader.h"
#include "schema/xpath_scan.h"

#include <libxml/parser.h>
#include <libxml/tree.h>

#include <string.h>

static struct str view(const xmlChar *text)
{
	return str_from((const char *)text);
}

/* A document knows its path, for marks. */
static const struct str *document_path(const xmlDoc *document)
{
	return document->_private;
}

struct mark loader_mark(const struct loader *loader, const void *node)
{
	const xmlNode *element = node;
	const struct str *path = element == NULL ? NULL :
	    document_path(element->doc);

	if (loader->blame != NULL)
		return *loader->blame;
	if (path == NULL)
		return (struct mark){ loader->schema->path, 0, 0 };
	return (struct mark){ *path, (uint32_t)xmlGetLineNo(element), 0 };
}

/* -- reading ------------------------------------------------------------- */

/* What the parser's error handler needs, hung on the parser. */
struct reading {
	struct loader *loader;
	struct str path;
};

static void take_error(void *data, xmlErrorPtr error)
{
	xmlParserCtxtPtr parser = data;
	struct reading *reading = parser->_private;
	struct mark mark = { reading->path, (uint32_t)error->line, 0 };

	if (error->level < XML_ERR_ERROR)
		return;
	reading->loader->ok = diag_report(reading->loader->diags, mark,
	    DIAG_RULE_XML, str_trim(str_from(error->message)));
}

static xmlDocPtr parse(struct loader *loader, struct str path,
    struct str bytes)
{
	struct reading reading = { loader, path };
	xmlParserCtxtPtr parser = xmlNewParserCtxt();
	xmlDocPtr document = NULL;

	if (parser == NULL)
		out_of_memory(sizeof(*parser));
	parser->_private = &reading;
	parser->sax->serror = take_error;
	if (bytes.len <= INT32_MAX)
		document = xmlCtxtReadMemory(parser, bytes.ptr,
		    (int)bytes.len, NULL, "UTF-8",
		    XML_PARSE_NONET | XML_PARSE_BIG_LINES |
			XML_PARSE_NOCDATA | XML_PARSE_COMPACT);
	if (document == NULL && parser->lastError.code == 0)
		loader->ok = diag_report(loader->diags,
		    loader_mark(loader, NULL), DIAG_RULE_XML, STR("empty"));
	xmlFreeParserCtxt(parser);
	return document;
}

static xmlNodePtr read_document(struct loader *loader, struct str path,
    const xmlNode *include)
{
	size_t before = diag_errors(loader->diags);
	struct str bytes, *kept;
	xmlDocPtr document;

	if (!loader->reader->read(loader->reader->context, path,
		loader->arena, &bytes, loader->diags)) {
		if (diag_errors(loader->diags) == before)
			loader_report(loader, include, DIAG_RULE_FILE_MISSING,
			    path);
		loader->ok = false;
		return NULL;
	}
	document = parse(loader, path, bytes);
	if (document == NULL)
		return NULL;
	*(xmlDocPtr *)vec_push(&loader->documents) = document;
	kept = arena_alloc(loader->arena, sizeof(*kept));
	*kept = str_dup(loader->arena, path);
	document->_private = kept;
	/* Nothing here needs one; what entities can do is best not asked. */
	if (document->intSubset != NULL) {
		loader_report(loader, xmlDocGetRootElement(document),
		    DIAG_RULE_XML, STR("DOCTYPE"));
		return NULL;
	}
	return xmlDocGetRootElement(document);
}

/* The element with the id `fragment`, or NULL. */
static xmlNodePtr find_fragment(xmlNodePtr node, struct str fragment)
{
	for (; node != NULL; node = node->next) {
		const xmlAttr *id = node->type == XML_ELEMENT_NODE ?
		    xmlHasProp(node, (const xmlChar *)"id") : NULL;
		xmlNodePtr found;

		if (id != NULL && id->children != NULL &&
		    str_eq(view(id->children->content), fragment))
			return node;
		found = find_fragment(node->type == XML_ELEMENT_NODE ?
		    node->children : NULL, fragment);
		if (found != NULL)
			return found;
	}
	return NULL;
}

static void resolve_includes(struct loader *loader, xmlNodePtr node,
    size_t depth);

/* Hangs what an include includes on it, for loader_first() and _next(). */
static void resolve(struct loader *loader, xmlNodePtr include, size_t depth)
{
	struct str href, fragment, path;
	xmlNodePtr root;

	loader_check_attributes(loader, include, "href");
	if (!loader_require(loader, include, "href", &href))
		return;
	fragment = href;
	path = path_resolve(loader->arena,
	    path_folder(*document_path(include->doc)),
	    str_cut(&fragment, '#'));
	if (path.len == 0) {
		loader_report(loader, include, DIAG_RULE_FILE_MISSING, href);
		return;
	}
	if (depth >= LOADER_DEPTH_MAX) {
		loader_report(loader, include, DIAG_RULE_DEPTH, href);
		return;
	}
	root = read_document(loader, path, include);
	if (root != NULL && fragment.len > 0)
		root = find_fragment(root, fragment);
	if (root == NULL) {
		if (loader->ok)
			loader_report(loader, include, DIAG_RULE_UNDEFINED,
			    STR("id"), fragment);
		return;
	}
	include->_private = root;
	resolve_includes(loader, root, depth + 1);
}

static void resolve_includes(struct loader *loader, xmlNodePtr node,
    size_t depth)
{
	if (loader_is(node, "include")) {
		resolve(loader, node, depth);
		return;
	}
	for (xmlNodePtr child = node->children; child != NULL;
	     child = child->next)
		if (child->type == XML_ELEMENT_NODE)
			resolve_includes(loader, child, depth);
}

void *loader_read(struct loader *loader, struct str path)
{
	xmlNodePtr root = read_document(loader, path, NULL);

	if (root != NULL)
		resolve_includes(loader, root, 0);
	return root;
}

void loader_close(struct loader *loader)
{
	for (size_t i = 0; i < loader->documents.count; i++)
		xmlFreeDoc(*(xmlDocPtr *)vec_at(&loader->documents, i));
	vec_dispose(&loader->documents);
}

/* -- elements ------------------------------------------------------------ */

static bool is_foreign(const xmlNode *node)
{
	return node->ns != NULL && strcmp((const char *)node->ns->href,
	    SCHEMATRON_NAMESPACE) != 0;
}

static void *element_from(xmlNode *node)
{
	for (; node != NULL; node = node->next) {
		if (node->type != XML_ELEMENT_NODE || is_foreign(node))
			continue;
		if (!loader_is(node, "include"))
			return node;
		/* An include that failed has been reported. */
		if (node->_private != NULL) {
			xmlNodePtr included = node->_private;

			/* So that loader_next() finds its way back. */
			included->_private = node;
			return included;
		}
	}
	return NULL;
}

void *loader_first(const void *parent)
{
	return element_from(((const xmlNode *)parent)->children);
}

void *loader_next(const void *child)
{
	const xmlNode *node = child;

	if (node->_private != NULL)
		node = node->_private;
	return element_from(node->next);
}

bool loader_is(const void *node, const char *name)
{
	const xmlNode *element = node;

	return element->ns != NULL && !is_foreign(element) &&
	       strcmp((const char *)element->name, name) == 0;
}

struct str loader_name(const void *node)
{
	return view(((const xmlNode *)node)->name);
}

void loader_misplaced(struct loader *loader, const void *node)
{
	const xmlNode *element = node;
	const xmlNode *parent = element->_private != NULL ?
	    ((const xmlNode *)element->_private)->parent : element->parent;

	loader_report(loader, node, DIAG_RULE_ELEMENT, loader_name(node),
	    loader_name(parent));
}

/* -- attributes ---------------------------------------------------------- */

static const char *const namespaces[][2] = {
	{ "z:", RULES_NAMESPACE },
	{ "xml:", "http://www.w3.org/XML/1998/namespace" },
};

/* Whether the attribute is the one that rule files call `name`. */
static bool attribute_is(const xmlAttr *attribute, struct str name)
{
	if (attribute->ns == NULL)
		return str_eq(view(attribute->name), name);
	for (size_t i = 0; i < sizeof(namespaces) / sizeof(*namespaces); i++) {
		struct str prefix = str_from(namespaces[i][0]);

		if (str_starts(name, prefix))
			return strcmp((const char *)attribute->ns->href,
				   namespaces[i][1]) == 0 &&
			    str_eq(view(attribute->name),
				str_slice(name, prefix.len, name.len));
	}
	return false;
}

static const xmlAttr *find_attribute(const void *node, const char *name)
{
	const xmlAttr *attribute = ((const xmlNode *)node)->properties;
	struct str wanted = str_from(name);

	while (attribute != NULL && !attribute_is(attribute, wanted))
		attribute = attribute->next;
	return attribute;
}

/* ISO/IEC 19757-3, 6.3: `$name` is replaced wherever it stands. */
static struct str put_params(struct loader *loader, struct str text)
{
	struct buf out;
	struct str result;

	if (loader->params == NULL ||
	    str_find_char(text, '$', 0) == STR_NOT_FOUND)
		return str_dup(loader->arena, text);
	buf_init(&out);
	for (size_t at = 0; at < text.len;) {
		struct str rest = str_slice(text, at + 1, text.len);
		size_t len = text.ptr[at] == '$' ? xpath_ncname(rest) : 0;
		const struct str *value = len == 0 ? NULL :
		    map_get(loader->params, str_slice(rest, 0, len));

		if (value != NULL)
			buf_append(&out, *value);
		else
			buf_append(&out, str_slice(text, at, at + 1 + len));
		at += 1 + len;
	}
	result = str_dup(loader->arena, buf_str(&out));
	buf_dispose(&out);
	return result;
}

struct str loader_attribute(struct loader *loader, const void *node,
    const char *name)
{
	const xmlAttr *attribute = find_attribute(node, name);
	struct str value;
	xmlChar *text;

	if (attribute == NULL)
		return STR_NONE;
	text = xmlNodeListGetString(attribute->doc, attribute->children, 1);
	value = put_params(loader, str_trim(view(text)));
	xmlFree(text);
	return value;
}

bool loader_has(const void *node, const char *name)
{
	return find_attribute(node, name) != NULL;
}

bool loader_require(struct loader *loader, const void *node, const char *name,
    struct str *value)
{
	struct str found = loader_attribute(loader, node, name);

	if (found.len == 0)
		return loader_report(loader, node,
		    DIAG_RULE_ATTRIBUTE_MISSING, str_from(name),
		    loader_name(node));
	*value = found;
	return true;
}

/* Foreign attributes are anybody's; ours and plain ones must be known. */
static bool is_judged(const xmlAttr *attribute)
{
	return attribute->ns == NULL || strcmp(
	    (const char *)attribute->ns->href, RULES_NAMESPACE) == 0;
}

void loader_check_attributes(struct loader *loader, const void *node,
    const char *names)
{
	const xmlAttr *attribute = ((const xmlNode *)node)->properties;

	for (; attribute != NULL; attribute = attribute->next) {
		struct str rest = str_from(names), name;
		bool known = !is_judged(attribute);

		while (!known && rest.len > 0) {
			known = attribute_is(attribute, str_cut(&rest, ' '));
		}
		if (known)
			continue;
		name = view(attribute->name);
		if (attribute->ns != NULL)
			name = str_join(loader->arena, STR("z:"), name);
		loader_report(loader, node, DIAG_RULE_ATTRIBUTE, name,
		    loader_name(node));
	}
}

struct str loader_text(struct loader *loader, const void *node)
{
	xmlChar *content = xmlNodeGetContent(node);
	struct str text = str_trim(view(content));
	char *out = arena_alloc(loader->arena, text.len + 1);
	size_t len = 0;

	for (size_t i = 0; i < text.len; i++)
		if (strchr(" \t\r\n", text.ptr[i]) == NULL)
			out[len++] = text.ptr[i];
		else if (out[len - 1] != ' ')
			out[len++] = ' ';
	xmlFree(content);
	return (struct str){ out, len };
}
