/* SPDX-License-Identifier: MIT */
#include "schema/schema.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/memory.h"
#include "base/vec.h"
#include "model/record.h"
#include "schema/fields.h"
#include "schema/known_values.h"
#include "schema/shape.h"
#include "schema/tree.h"
#include "schema/types.h"
#include "schema/xsd.h"

#include <libxml/parser.h>
#include <libxml/xmlschemas.h>

#include <assert.h>

struct kind_schema {
	struct kind_fields fields;
	xmlDoc *document;	/* the schema refers to it */
	xmlSchema *schema;
	xmlSchemaValidCtxt *validator;	/* made when first needed */
	bool is_loaded;
};

struct schema_set {
	struct arena *arena;
	const struct reader *reader;
	const struct codes *codes;
	struct diag_list *diags;	/* of what is read later */
	struct known_values *known;
	struct kind_schema *kinds;	/* KIND_COUNT */
};

/* What an error handler of the compiler needs to know. */
struct compiling {
	struct str path;
	struct diag_list *diags;
};

static void on_compile_error(void *context, xmlErrorPtr error)
{
	const struct compiling *compiling = context;
	const xmlNode *node = error->node;
	struct mark mark = { .path = compiling->path };

	if (error->level < XML_ERR_ERROR)
		return;
	if (node != NULL && node->type == XML_ELEMENT_NODE) {
		mark.line = (uint32_t)xmlGetLineNo(node);
		if (node->_private != NULL)
			mark.path = str_from(node->_private);
	}
	(void)diag_report(compiling->diags, mark, DIAG_SCHEMA_INVALID,
	    str_trim(str_from(error->message)));
}

/* Compiles kind->document; the conventions were checked before. */
static void compile(struct kind_schema *kind, struct str path,
    struct diag_list *diags)
{
	struct compiling compiling = { path, diags };
	struct mark mark = { .path = path };
	size_t errors = diag_errors(diags);
	xmlSchemaParserCtxt *parser =
	    xmlSchemaNewDocParserCtxt(kind->document);

	if (parser == NULL)
		out_of_memory(sizeof(struct kind_schema));
	xmlSchemaSetParserStructuredErrors(parser, on_compile_error,
	    &compiling);
	kind->schema = xmlSchemaParse(parser);
	xmlSchemaFreeParserCtxt(parser);
	if (kind->schema == NULL && diag_errors(diags) == errors)
		(void)diag_report(diags, mark, DIAG_SCHEMA_INVALID,
		    STR("libxml2 gives no reason"));
}

/* Regular expressions complain to whoever listens to all of libxml2, and else
 * to standard error; the compiler then says the same to on_compile_error. */
static void on_stray_error(void *context, xmlErrorPtr error)
{
	(void)context;
	(void)error;
}

static void load_quietly(const struct schema_set *set,
    struct kind_schema *loaded)
{
	struct str path = str_format(set->arena, "schemas/%.*s.xsd",
	    STR_ARG(kind_info(loaded->fields.kind)->name));

	loaded->document = xsd_open(set->arena, set->reader, path, set->diags);
	if (loaded->document == NULL || !xsd_fields(set->arena,
	    loaded->document, set->codes, &loaded->fields, set->diags))
		return;
	xsd_relax(loaded->document);
	compile(loaded, path, set->diags);
}

/* Of a set opened as known this happens when a kind is first asked for. */
static struct kind_schema *load_kind(const struct schema_set *set,
    enum kind kind)
{
	struct kind_schema *loaded = &set->kinds[kind];
	xmlStructuredErrorFunc listener = xmlStructuredError;
	void *context = xmlStructuredErrorContext;

	assert(kind < KIND_COUNT);
	if (loaded->is_loaded)
		return loaded;
	loaded->is_loaded = true;
	xmlSetStructuredErrorFunc(NULL, on_stray_error);
	load_quietly(set, loaded);
	xmlSetStructuredErrorFunc(context, listener);
	return loaded;
}

void schema_set_open_known(struct arena *arena, const struct reader *reader,
    const struct codes *codes, struct schema_set **set,
    struct diag_list *diags)
{
	struct schema_set *opened = arena_alloc(arena, sizeof(*opened));

	(void)xmlMemSetup(free, memory_get, memory_resize, memory_copy_text);
	xmlInitParser();
	*opened = (struct schema_set){ arena, reader, codes, diags,
		known_values_make(arena), arena_array(arena, KIND_COUNT,
		    sizeof(*opened->kinds)) };
	for (size_t i = 0; i < KIND_COUNT; i++) {
		struct kind_fields *fields = &opened->kinds[i].fields;

		fields->kind = (enum kind)i;
		fields->root.type = FIELD_MAP;
		map_init(&fields->root.by_name, arena);
	}
	*set = opened;
}

void schema_set_complete(struct schema_set *set)
{
	for (size_t i = 0; i < KIND_COUNT; i++)
		(void)load_kind(set, (enum kind)i);
}

bool schema_set_open(struct arena *arena, const struct reader *reader,
    const struct codes *codes, struct schema_set **set,
    struct diag_list *diags)
{
	size_t errors = diag_errors(diags);

	schema_set_open_known(arena, reader, codes, set, diags);
	schema_set_complete(*set);
	if (diag_errors(diags) == errors)
		return true;
	schema_set_close(*set);
	*set = NULL;
	return false;
}

void schema_set_close(struct schema_set *set)
{
	for (size_t i = 0; set != NULL && i < KIND_COUNT; i++) {
		struct kind_schema *kind = &set->kinds[i];

		xmlSchemaFreeValidCtxt(kind->validator);
		xmlSchemaFree(kind->schema);
		xmlFreeDoc(kind->document);
		kind->validator = NULL;
		kind->schema = NULL;
		kind->document = NULL;
	}
}

const struct kind_fields *schema_fields(const struct schema_set *set,
    enum kind kind)
{
	return &load_kind(set, kind)->fields;
}

const struct codes *schema_codes(const struct schema_set *set)
{
	return set->codes;
}

static void on_fault(void *faults, xmlErrorPtr error)
{
	types_collect(faults, error);
}

static xmlSchemaValidCtxt *validator_of(struct kind_schema *kind)
{
	if (kind->validator == NULL)
		kind->validator = xmlSchemaNewValidCtxt(kind->schema);
	if (kind->validator == NULL)
		out_of_memory(sizeof(*kind));
	return kind->validator;
}

/* Takes an element out of the list of its siblings but leaves it its own
 * pointers, by which it finds back. */
static void hide(xmlNode *node)
{
	if (node->prev == NULL)
		node->parent->children = node->next;
	else
		node->prev->next = node->next;
	if (node->next == NULL)
		node->parent->last = node->prev;
	else
		node->next->prev = node->prev;
}

/* Undoes hide(), in reverse order of hiding. */
static void show(xmlNode *node)
{
	if (node->prev == NULL)
		node->parent->children = node;
	else
		node->prev->next = node;
	if (node->next == NULL)
		node->parent->last = node;
	else
		node->next->prev = node;
}

static void hide_all(const struct vec *faulty)
{
	for (size_t i = 0; i < faulty->count; i++)
		hide(*(xmlNode **)vec_at(faulty, i));
}

static void show_all(const struct vec *faulty)
{
	for (size_t i = faulty->count; i > 0; i--)
		show(*(xmlNode **)vec_at(faulty, i - 1));
}

static bool is_body(const xmlNode *node)
{
	const struct tree_place *place = node->_private;

	return place->field == NULL;
}

/*
 * Lets libxml2 judge the types of what `aside` leaves; true if it found no
 * fault. Body and attributes of the root are ours and stand in no schema.
 */
static bool check_types(struct kind_schema *kind, struct tree *tree,
    struct vec *aside, struct diag_list *diags)
{
	xmlDoc *document = tree_document(tree);
	xmlNode *root = xmlDocGetRootElement(document);
	xmlAttr *properties = root->properties;
	xmlSchemaValidCtxt *validator = validator_of(kind);
	struct str root_name = kind->fields.root.name;
	struct vec faults;
	bool is_judged, is_good;

	if (root->last != NULL && is_body(root->last))
		*(xmlNode **)vec_push(aside) = root->last;
	vec_init(&faults, sizeof(struct type_fault));
	hide_all(aside);
	root->properties = NULL;
	xmlSchemaSetValidStructuredErrors(validator, on_fault, &faults);
	is_judged = xmlSchemaValidateDoc(validator, document) >= 0;
	root->properties = properties;
	show_all(aside);
	types_report(tree, &faults, diags);
	is_good = is_judged && faults.count == 0;
	if (!is_judged)
		(void)diag_report(diags, tree_mark(tree, root),
		    DIAG_SHAPE_OTHER, root_name, root_name, root_name,
		    STR("libxml2 failed"));
	types_dispose(&faults);
	return is_good;
}

/* The same without judging again what is known to be good. */
static void check_new_types(struct schema_set *set, struct kind_schema *kind,
    struct tree *tree, struct diag_list *diags)
{
	struct vec aside, rest;

	vec_init(&aside, sizeof(xmlNode *));
	vec_init(&rest, sizeof(xmlNode *));
	if (!known_values_sort(set->known,
		xmlDocGetRootElement(tree_document(tree)), &aside, &rest) &&
	    check_types(kind, tree, &aside, diags))
		known_values_add(set->known, &rest);
	vec_dispose(&rest);
	vec_dispose(&aside);
}

bool schema_validate(struct schema_set *set, const struct record *record,
    struct tree *tree, struct diag_list *diags)
{
	struct kind_schema *kind = load_kind(set, record->kind);
	size_t errors = diag_errors(diags);
	struct vec faulty;

	assert(tree_record(tree) == record);
	/* Read late, and in vain: that was told then. */
	if (kind->schema == NULL)
		return false;
	vec_init(&faulty, sizeof(xmlNode *));
	shape_check(tree, set->codes, &faulty, diags);
	if (faulty.count == 0)
		check_new_types(set, kind, tree, diags);
	else
		(void)check_types(kind, tree, &faulty, diags);
	vec_dispose(&faulty);
	return diag_errors(diags) == errors;
}
