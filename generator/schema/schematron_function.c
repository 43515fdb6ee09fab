/* SPDX-License-Identifier: MIT */
/* Calls from XPath to functions of ours: see rule_function.h. */
#include "base/arena.h"
#include "schema/rule_function.h"
#include "schema/schematron_evaluation.h"
#include "schema/schematron_model.h"
#include "schema/tree.h"

#include <libxml/tree.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

#include <assert.h>
#include <math.h>
#include <string.h>

static struct str view(const xmlChar *text)
{
	return str_from((const char *)text);
}

enum { ARGS_MAX = 8 };

static void fail_call(xmlXPathParserContextPtr parser, struct str fault)
{
	struct evaluation *evaluation = parser->context->userData;

	if (evaluation->fault.len == 0)
		evaluation->fault = str_dup(evaluation->input->arena, fault);
	xmlXPathSetError(parser, XPATH_EXPR_ERROR);
}

static void push_result(xmlXPathParserContextPtr parser,
    const struct rule_value *result)
{
	xmlNodePtr root;

	switch (result->kind) {
	case RULE_TEXT:
		valuePush(parser, xmlXPathWrapString(xmlStrndup(
		    (const xmlChar *)(result->text.ptr ? result->text.ptr :
			""), (int)result->text.len)));
		break;
	case RULE_NUMBER:
		valuePush(parser, xmlXPathNewFloat(result->number));
		break;
	case RULE_BOOLEAN:
		valuePush(parser, xmlXPathNewBoolean(result->boolean));
		break;
	case RULE_TREE:
		root = result->tree == NULL ? NULL :
		    xmlDocGetRootElement(tree_document(result->tree));
		valuePush(parser, xmlXPathNewNodeSet(root));
		break;
	}
}

/* The texts of all nodes of a set; none for anything else. */
static void take_nodes(struct arena *arena, xmlXPathObjectPtr object,
    struct rule_value *arg)
{
	int count = object->type != XPATH_NODESET ||
	    object->nodesetval == NULL ? 0 : object->nodesetval->nodeNr;
	struct str *nodes = arena_array(arena, (size_t)count + 1,
	    sizeof(*nodes));

	for (int i = 0; i < count; i++) {
		xmlChar *text = xmlXPathCastNodeToString(
		    object->nodesetval->nodeTab[i]);

		nodes[i] = str_dup(arena, view(text));
		xmlFree(text);
	}
	arg->nodes = nodes;
	arg->node_count = (size_t)count;
}

static void call_function(xmlXPathParserContextPtr parser, int count)
{
	struct evaluation *evaluation = parser->context->userData;
	const struct rule_function *const *found = map_get(
	    &evaluation->set->function_names, view(parser->context->function));
	const struct rule_function *function;
	xmlXPathObjectPtr objects[ARGS_MAX] = { NULL };
	struct rule_value args[ARGS_MAX];
	struct rule_value result = { .kind = RULE_TEXT };
	struct rule_call call = { .context = evaluation->input->context,
		.arena = evaluation->input->arena, .lang = evaluation->lang,
		.args = args, .arg_count = (size_t)count };

	assert(found != NULL);
	function = *found;
	if (count > ARGS_MAX || (size_t)count < function->min_args ||
	    (size_t)count > function->max_args) {
		xmlXPathSetArityError(parser);
		return;
	}
	for (int i = count - 1; i >= 0; i--) {
		xmlXPathObjectPtr object = valuePop(parser);

		objects[i] = object;
		if (object == NULL)
			continue;
		args[i] = (struct rule_value){
			.kind = object->type == XPATH_NUMBER ? RULE_NUMBER :
			    object->type == XPATH_BOOLEAN ? RULE_BOOLEAN :
			    RULE_TEXT,
			.text = xpath_object_text(call.arena, object),
			.number = object->floatval,
			.boolean = object->boolval != 0 };
		if (function->takes_nodes)
			take_nodes(call.arena, object, &args[i]);
	}
	if (parser->error == XPATH_EXPRESSION_OK)
		function->call(&call, &result);
	if (call.fault.len > 0)
		fail_call(parser, call.fault);
	else
		push_result(parser, &result);
	for (int i = 0; i < count; i++)
		xmlXPathFreeObject(objects[i]);
}

/* XSLT's current(): the node at which the rule fired. */
static void call_current(xmlXPathParserContextPtr parser, int count)
{
	struct evaluation *evaluation = parser->context->userData;

	if (count != 0) {
		xmlXPathSetArityError(parser);
		return;
	}
	valuePush(parser, xmlXPathNewNodeSet(evaluation->node));
}

static xmlXPathFunction find_function(void *data, const xmlChar *name,
    const xmlChar *uri)
{
	const struct schematron *set = data;

	if (uri == NULL)
		return strcmp((const char *)name, "current") == 0 ?
		    call_current : NULL;
	if (strcmp((const char *)uri, RULES_NAMESPACE) != 0 ||
	    !map_has(&set->function_names, view(name)))
		return NULL;
	return call_function;
}

void xpath_register_functions(void *context, struct schematron *set)
{
	xmlXPathRegisterFuncLookup(context, find_function, set);
}

struct str rule_arg_text(const struct rule_call *call, size_t index)
{
	return index < call->arg_count ? call->args[index].text : STR_NONE;
}

double rule_arg_number(const struct rule_call *call, size_t index)
{
	const struct rule_value *arg;
	char *text;

	if (index >= call->arg_count)
		return NAN;
	arg = &call->args[index];
	if (arg->kind == RULE_NUMBER)
		return arg->number;
	if (arg->kind == RULE_BOOLEAN)
		return arg->boolean ? 1 : 0;
	text = str_cstr(call->arena, arg->text);
	return xmlXPathCastStringToNumber((const xmlChar *)text);
}
