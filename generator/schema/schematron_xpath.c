/* SPDX-License-Identifier: MIT */
/*
 * The border to libxml2's XPath: expressions are compiled once, evaluated with
 * one context per rule file, and find their variables and functions through
 * callbacks, so that a let that nobody asks for costs nothing.
 */
#include "base/arena.h"
#include "schema/schematron_evaluation.h"
#include "schema/schematron_model.h"

#include <libxml/tree.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

/* More work than any sensible rule asks for at one node of one record. */
enum { OPERATIONS_MAX = 20 * 1000 * 1000 };

static struct str view(const xmlChar *text)
{
	return str_from((const char *)text);
}

/* -- contexts and compiling ---------------------------------------------- */

/* libxml2 2.9 tells the number of an XPath error but not its words. */
static struct str error_words(int code)
{
	switch (code - XML_XPATH_EXPRESSION_OK + XPATH_EXPRESSION_OK) {
	case XPATH_NUMBER_ERROR:
		return STR("a number is malformed");
	case XPATH_UNFINISHED_LITERAL_ERROR:
		return STR("a quotation mark is not closed");
	case XPATH_VARIABLE_REF_ERROR:
		return STR("there is no name after '$'");
	case XPATH_INVALID_PREDICATE_ERROR:
		return STR("a '[' is not closed");
	case XPATH_UNCLOSED_ERROR:
		return STR("a '(' is not closed");
	case XPATH_EXPR_ERROR:
		return STR("it is incomplete, or something stands too much");
	case XPATH_INVALID_TYPE:
		return STR("a value is of the wrong type, such as text where "
		    "elements belong");
	case XPATH_OP_LIMIT_EXCEEDED:
		return STR("it takes too many steps");
	default:
		return STR_NONE;
	}
}

static void take_error(void *data, xmlErrorPtr error)
{
	struct evaluation *evaluation = data;
	struct str message;

	if (evaluation == NULL || evaluation->fault.len > 0)
		return;
	message = str_trim(str_from(error->message));
	if (message.len == 0)
		message = error_words(error->code);
	evaluation->fault = str_dup(evaluation->input->arena, message);
}

void *xpath_context_open(struct schematron *set)
{
	xmlXPathContextPtr context = xmlXPathNewContext(NULL);

	if (context == NULL)
		out_of_memory(sizeof(*context));
	context->error = take_error;
	context->opLimit = OPERATIONS_MAX;
	xmlXPathContextSetCache(context, 1, -1, 0);
	xpath_register_functions(context, set);
	return context;
}

void xpath_context_close(void *context)
{
	xmlXPathFreeContext(context);
}

void xpath_context_bind(void *context, struct str prefix, struct str uri)
{
	struct arena scratch;

	arena_init(&scratch);
	(void)xmlXPathRegisterNs(context,
	    (const xmlChar *)str_cstr(&scratch, prefix),
	    (const xmlChar *)str_cstr(&scratch, uri));
	arena_dispose(&scratch);
}

struct xpath *xpath_compile(struct schematron *set,
    const struct schema *schema, struct str text, const struct let *scope,
    struct str *fault)
{
	/* Errors are taken by an evaluation, even where there is none yet. */
	struct schematron_input input = { .arena = set->arena };
	struct evaluation errors = { .input = &input };
	xmlXPathContextPtr context = schema->context;
	struct xpath *xpath = arena_alloc(set->arena, sizeof(*xpath));

	*xpath = (struct xpath){ .text = text, .schema = schema,
		.scope = scope };
	context->userData = &errors;
	xpath->compiled = xmlXPathCtxtCompile(context,
	    (const xmlChar *)str_cstr(set->arena, text));
	context->userData = NULL;
	if (xpath->compiled == NULL) {
		*fault = errors.fault.len > 0 ? errors.fault :
		    STR("not an XPath expression");
		return NULL;
	}
	*(void **)vec_push(&set->compiled) = xpath->compiled;
	return xpath;
}

/* -- evaluating ---------------------------------------------------------- */

static xmlXPathObjectPtr find_variable(void *data, const xmlChar *name,
    const xmlChar *uri);

/* What an evaluation inside another one must not disturb. */
struct saved {
	xmlDocPtr doc;
	xmlNodePtr node;
	int size, position;
	const struct let *scope;
};

static struct saved save(struct evaluation *evaluation,
    xmlXPathContextPtr context)
{
	return (struct saved){ context->doc, context->node,
		context->contextSize, context->proximityPosition,
		evaluation->scope };
}

static void restore(struct evaluation *evaluation, xmlXPathContextPtr context,
    struct saved saved)
{
	context->doc = saved.doc;
	context->node = saved.node;
	context->contextSize = saved.size;
	context->proximityPosition = saved.position;
	evaluation->scope = saved.scope;
}

static xmlXPathContextPtr enter(struct evaluation *evaluation,
    const struct xpath *xpath, void *node)
{
	xmlXPathContextPtr context = xpath->schema->context;

	if (context->userData == NULL) {
		context->userData = evaluation;
		xmlXPathRegisterVariableLookup(context, find_variable,
		    evaluation);
	}
	context->doc = evaluation->document;
	context->node = node;
	context->contextSize = 1;
	context->proximityPosition = 1;
	evaluation->scope = xpath->scope;
	return context;
}

static const struct let *find_let(const struct let *let, struct str name)
{
	while (let != NULL && !str_eq(let->name, name))
		let = let->previous;
	return let;
}

static xmlXPathObjectPtr evaluate(struct evaluation *evaluation,
    const struct xpath *xpath, void *node)
{
	xmlXPathContextPtr context = xpath->schema->context;
	struct saved saved = save(evaluation, context);
	xmlXPathObjectPtr object;

	enter(evaluation, xpath, node);
	object = xmlXPathCompiledEval(xpath->compiled, context);
	restore(evaluation, context, saved);
	if (object == NULL && evaluation->fault.len == 0)
		evaluation->fault = STR("evaluation failed");
	return object;
}

/* The same for an expression that stands on its own, with work of its own. */
static xmlXPathObjectPtr evaluate_alone(struct evaluation *evaluation,
    const struct xpath *xpath, void *node)
{
	xmlXPathContextPtr context = xpath->schema->context;

	context->opCount = 0;
	return evaluate(evaluation, xpath, node);
}

/* The value of a let, which is found out when it is first asked for. */
static xmlXPathObjectPtr find_variable(void *data, const xmlChar *name,
    const xmlChar *uri)
{
	struct evaluation *evaluation = data;
	const struct let *let = find_let(evaluation->scope, view(name));
	void **value;

	(void)uri;
	if (let == NULL && evaluation->phase != NULL)
		let = find_let(evaluation->phase->last_let, view(name));
	if (let == NULL)
		return NULL;
	value = &evaluation->values[let->slot];
	if (*value == NULL) {
		*value = evaluate(evaluation, let->value,
		    let->level == LET_RULE ? evaluation->node :
		    evaluation->document);
		*(size_t *)vec_push(let->level == LET_RULE ?
		    &evaluation->rule_slots : &evaluation->set_slots) =
		    let->slot;
	}
	return *value == NULL ? NULL : xmlXPathObjectCopy(*value);
}

void evaluation_clear(struct evaluation *evaluation, struct vec *slots)
{
	for (size_t i = 0; i < slots->count; i++) {
		size_t slot = *(size_t *)vec_at(slots, i);

		xmlXPathFreeObject(evaluation->values[slot]);
		evaluation->values[slot] = NULL;
	}
	vec_clear(slots);
}

void evaluation_dispose(struct evaluation *evaluation)
{
	vec_dispose(&evaluation->set_slots);
	vec_dispose(&evaluation->rule_slots);
	vec_dispose(&evaluation->nodes);
	vec_dispose(&evaluation->matched);
	vec_dispose(&evaluation->selected);
	vec_dispose(&evaluation->subjects);
}

struct str xpath_object_text(struct arena *arena, void *value)
{
	xmlXPathObjectPtr object = value;
	const xmlNode *node;
	xmlChar *copy;
	struct str text;

	if (object->type == XPATH_STRING)
		return view(object->stringval);
	if (object->type == XPATH_NODESET) {
		if (object->nodesetval == NULL ||
		    object->nodesetval->nodeNr == 0)
			return STR("");
		node = object->nodesetval->nodeTab[0];
		if (object->nodesetval->nodeNr == 1 &&
		    (node->type == XML_ELEMENT_NODE ||
		     node->type == XML_ATTRIBUTE_NODE) &&
		    node->children != NULL && node->children->next == NULL &&
		    node->children->type == XML_TEXT_NODE)
			return view(node->children->content);
	}
	copy = xmlXPathCastToString(object);
	text = str_dup(arena, view(copy));
	xmlFree(copy);
	return text;
}

bool xpath_boolean(struct evaluation *evaluation, const struct xpath *xpath,
    void *node, bool *value)
{
	xmlXPathContextPtr context = xpath->schema->context;
	struct saved saved = save(evaluation, context);
	int result;

	enter(evaluation, xpath, node);
	context->opCount = 0;
	result = xmlXPathCompiledEvalToBoolean(xpath->compiled, context);
	restore(evaluation, context, saved);
	if (result < 0) {
		if (evaluation->fault.len == 0)
			evaluation->fault = STR("evaluation failed");
		return false;
	}
	*value = result == 1;
	return true;
}

bool xpath_number(struct evaluation *evaluation, const struct xpath *xpath,
    void *node, double *value)
{
	xmlXPathObjectPtr object =
	    evaluate_alone(evaluation, xpath, node);

	if (object == NULL)
		return false;
	*value = xmlXPathCastToNumber(object);
	xmlXPathFreeObject(object);
	return true;
}

bool xpath_text(struct evaluation *evaluation, const struct xpath *xpath,
    void *node, bool is_name, struct str *value)
{
	struct arena *arena = evaluation->input->arena;
	xmlXPathObjectPtr object =
	    evaluate_alone(evaluation, xpath, node);

	if (object == NULL)
		return false;
	if (!is_name)
		*value = str_dup(arena, xpath_object_text(arena, object));
	else if (object->type == XPATH_NODESET && object->nodesetval != NULL &&
	    object->nodesetval->nodeNr > 0)
		*value = str_dup(arena,
		    view(object->nodesetval->nodeTab[0]->name));
	else
		*value = STR_NONE;
	xmlXPathFreeObject(object);
	return true;
}

bool xpath_nodes(struct evaluation *evaluation, const struct xpath *xpath,
    void *node, struct vec *nodes)
{
	xmlXPathObjectPtr object =
	    evaluate_alone(evaluation, xpath, node);

	if (object == NULL)
		return false;
	if (object->type != XPATH_NODESET) {
		xmlXPathFreeObject(object);
		evaluation->fault = STR("not a node set");
		return false;
	}
	xmlXPathNodeSetSort(object->nodesetval);
	for (int i = 0; object->nodesetval != NULL &&
	     i < object->nodesetval->nodeNr; i++)
		*(void **)vec_push(nodes) = object->nodesetval->nodeTab[i];
	xmlXPathFreeObject(object);
	return true;
}

/* The place of an element among its siblings of the same name, from 1. */
static int place_among_siblings(const xmlNode *node)
{
	int place = 1;

	for (const xmlNode *s = node->prev; s != NULL; s = s->prev)
		place += s->type == XML_ELEMENT_NODE &&
		    xmlStrEqual(s->name, node->name);
	return place;
}

bool xpath_predicate(struct evaluation *evaluation, const struct xpath *xpath,
    void *node, bool *value)
{
	xmlXPathObjectPtr object =
	    evaluate_alone(evaluation, xpath, node);

	if (object == NULL)
		return false;
	if (object->type == XPATH_NUMBER)
		*value = (double)place_among_siblings(node) ==
		    object->floatval;
	else
		*value = xmlXPathCastToBoolean(object) != 0;
	xmlXPathFreeObject(object);
	return true;
}
