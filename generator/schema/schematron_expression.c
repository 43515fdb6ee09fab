/* SPDX-License-Identifier: MIT */
/*
 * Expressions and messages as they are loaded. libxml2 compiles an expression
 * without asking whether its variables, functions and prefixes exist; that is
 * asked here, so that a misspelt name is found before any record is judged.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "schema/nearest.h"
#include "schema/rule_function.h"
#include "schema/schematron_evaluation.h"
#include "schema/schematron_loader.h"
#include "schema/xpath_scan.h"

#include <libxml/tree.h>

/* -- names in expressions ------------------------------------------------ */

struct arity {
	struct str name;
	size_t min, max;
};

/* XPath 1.0, section 4, and XSLT's current(). */
static const struct arity core_functions[] = {
#define ROW(name, min, max) { { name, sizeof(name) - 1 }, min, max }
	ROW("boolean", 1, 1), ROW("ceiling", 1, 1), ROW("concat", 2, 999),
	ROW("contains", 2, 2), ROW("count", 1, 1), ROW("current", 0, 0),
	ROW("false", 0, 0), ROW("floor", 1, 1), ROW("id", 1, 1),
	ROW("lang", 1, 1), ROW("last", 0, 0), ROW("local-name", 0, 1),
	ROW("name", 0, 1), ROW("namespace-uri", 0, 1),
	ROW("normalize-space", 0, 1), ROW("not", 1, 1), ROW("number", 0, 1),
	ROW("position", 0, 0), ROW("round", 1, 1), ROW("starts-with", 2, 2),
	ROW("string", 0, 1), ROW("string-length", 0, 1),
	ROW("substring", 2, 3), ROW("substring-after", 2, 2),
	ROW("substring-before", 2, 2), ROW("sum", 1, 1),
	ROW("translate", 3, 3), ROW("true", 0, 0),
#undef ROW
};

enum { CORE_COUNT = sizeof(core_functions) / sizeof(*core_functions) };

static bool check_prefix(struct loader *loader, const void *node,
    struct str name)
{
	struct str prefix = str_cut(&name, ':');

	if (name.ptr == NULL || map_has(&loader->prefixes, prefix))
		return true;
	return loader_report(loader, node, DIAG_RULE_PREFIX, prefix);
}

/* What a function with this name takes; false if there is none. Functions of a
 * foreign prefix are none. */
static bool find_arity(const struct loader *loader, struct str name,
    struct arity *arity)
{
	const struct rule_function *const *ours;
	const struct str *uri;
	struct str local = name, prefix = str_cut(&local, ':');

	if (local.ptr != NULL) {
		uri = map_get(&loader->prefixes, prefix);
		ours = map_get(&loader->set->function_names, local);
		if (ours == NULL || uri == NULL ||
		    !str_eq(*uri, STR(RULES_NAMESPACE)))
			return false;
		*arity = (struct arity){ name, (*ours)->min_args,
			(*ours)->max_args };
		return true;
	}
	for (size_t i = 0; i < CORE_COUNT; i++)
		if (str_eq(core_functions[i].name, name)) {
			*arity = core_functions[i];
			return true;
		}
	return false;
}

static struct str nearest_function(const struct loader *loader,
    struct str name)
{
	const struct map *ours = &loader->set->function_names;
	struct nearest nearest;

	nearest_init(&nearest, name);
	for (size_t i = 0; i < CORE_COUNT; i++)
		nearest_offer(&nearest, core_functions[i].name);
	for (size_t i = 0; i < ours->count; i++)
		nearest_offer(&nearest, str_join(loader->arena, STR("z:"),
		    ours->entries[i].key));
	return nearest.best.len > 0 ? nearest.best : STR("string");
}

/*
 * The number of arguments of the call whose name `scan` stands at: commas
 * between its own brackets. The scan is a copy.
 */
static size_t count_arguments(struct xpath_scan scan)
{
	size_t depth = 0, commas = 0, tokens = 0;

	while (xpath_next(&scan)) {
		if (xpath_is_sign(&scan, "(") || xpath_is_sign(&scan, "["))
			depth++;
		else if (xpath_is_sign(&scan, ")") || xpath_is_sign(&scan, "]"))
			depth--;
		else if (depth == 1 && xpath_is_sign(&scan, ","))
			commas++;
		if (depth == 0)
			break;
		tokens++;
	}
	return tokens <= 1 ? 0 : commas + 1;
}

static bool check_call(struct loader *loader, const void *node,
    const struct xpath_scan *scan)
{
	struct str name = scan->token.text, takes;
	size_t count = count_arguments(*scan);
	struct arity arity;

	if (!find_arity(loader, name, &arity))
		return loader_report(loader, node, DIAG_RULE_FUNCTION, name,
		    nearest_function(loader, name));
	if (count >= arity.min && count <= arity.max)
		return true;
	if (arity.min == arity.max)
		takes = str_format(loader->arena, "%zu", arity.min);
	else if (arity.max > 99)
		takes = str_format(loader->arena, ">= %zu", arity.min);
	else
		takes = str_format(loader->arena, "%zu-%zu", arity.min,
		    arity.max);
	return loader_report(loader, node, DIAG_RULE_ARGUMENTS, name, takes,
	    str_format(loader->arena, "%zu", count));
}

static bool is_let(const struct let *let, struct str name)
{
	while (let != NULL && !str_eq(let->name, name))
		let = let->previous;
	return let != NULL;
}

/* A variable may come from a phase that is chosen when rules are run. */
static bool is_variable(const struct loader *loader, const struct let *scope,
    struct str name)
{
	if (is_let(scope, name))
		return true;
	for (const struct phase *phase = loader->schema->phases; phase != NULL;
	     phase = phase->next)
		if (is_let(phase->last_let, name))
			return true;
	return false;
}

static bool check_names(struct loader *loader, const void *node,
    struct str text, const struct let *scope)
{
	struct xpath_scan scan;
	bool ok = true;

	xpath_scan_init(&scan, text);
	while (xpath_next(&scan)) {
		struct str name = scan.token.text;

		if (scan.token.kind == XPATH_VARIABLE) {
			if (!is_variable(loader, scope, name))
				ok = loader_report(loader, node,
				    DIAG_RULE_VARIABLE, name);
		} else if (scan.token.kind == XPATH_NAME) {
			if (!check_prefix(loader, node, name) ||
			    (xpath_is_call(&scan) &&
			     !check_call(loader, node, &scan)))
				ok = false;
		}
	}
	return ok;
}

struct xpath *loader_xpath(struct loader *loader, const void *node,
    struct str text, const struct let *scope)
{
	struct str fault = STR_NONE;
	struct xpath *xpath = xpath_compile(loader->set, loader->schema, text,
	    scope, &fault);

	if (xpath == NULL) {
		loader_report(loader, node, DIAG_RULE_XPATH, text, fault);
		return NULL;
	}
	return check_names(loader, node, text, scope) ? xpath : NULL;
}

/* -- messages ------------------------------------------------------------ */

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Chinese characters and signs, between which a line break means nothing. */
static bool is_han_before(struct str text, size_t at)
{
	size_t size, from = at < 3 ? 0 : at - 3;
	uint32_t c;

	if (at == 0 || (unsigned char)text.ptr[at - 1] < 0x80)
		return false;
	c = utf8_decode(text, from, &size);
	return c != UTF8_INVALID && utf8_width(c) == 2;
}

static bool is_han_at(struct str text, size_t at)
{
	size_t size;

	return at < text.len &&
	       utf8_width(utf8_decode(text, at, &size)) == 2;
}

/*
 * `text` with each run of white space made one space, or nothing if it breaks a
 * line beside Chinese: files are indented, messages are not.
 */
static struct str tidy(struct arena *arena, struct str text)
{
	char *out = arena_alloc(arena, text.len + 1);
	size_t len = 0;

	for (size_t at = 0; at < text.len;) {
		bool breaks = false;
		size_t from = at;

		while (at < text.len && is_space(text.ptr[at]))
			breaks |= text.ptr[at++] == '\n';
		if (at > from && !(breaks && (is_han_before(text, from) ||
		    is_han_at(text, at))))
			out[len++] = ' ';
		if (at < text.len)
			out[len++] = text.ptr[at++];
	}
	return (struct str){ out, len };
}

static void add_part(struct vec *parts, struct message_part part)
{
	if (part.select != NULL || part.text.len > 0)
		*(struct message_part *)vec_push(parts) = part;
}

static void add_value(struct loader *loader, const xmlNode *node,
    const struct let *scope, struct vec *parts)
{
	struct message_part part = { .is_name = loader_is(node, "name") };
	struct str select;

	loader_check_attributes(loader, node,
	    part.is_name ? "path" : "select");
	if (part.is_name) {
		select = loader_attribute(loader, node, "path");
		if (select.len == 0)
			select = STR(".");
	} else if (!loader_require(loader, node, "select", &select)) {
		return;
	}
	part.select = loader_xpath(loader, node, select, scope);
	add_part(parts, part);
}

static void add_content(struct loader *loader, const xmlNode *node,
    const struct let *scope, struct vec *parts)
{
	for (const xmlNode *child = node->children; child != NULL;
	     child = child->next) {
		if (child->type == XML_TEXT_NODE)
			add_part(parts, (struct message_part){
			    .text = tidy(loader->arena,
				str_from((const char *)child->content)) });
		else if (child->type != XML_ELEMENT_NODE)
			continue;
		else if (loader_is(child, "value-of") ||
		    loader_is(child, "name"))
			add_value(loader, child, scope, parts);
		else if (loader_is(child, "emph") || loader_is(child, "span") ||
		    loader_is(child, "dir"))
			add_content(loader, child, scope, parts);
		else if (child->ns == NULL || loader_is(child,
		    (const char *)child->name))
			loader_report(loader, child, DIAG_RULE_ELEMENT,
			    loader_name(child), loader_name(node));
	}
}

/* The ends of a message are no place for spaces. */
static void trim_ends(struct message_part *parts, size_t count)
{
	if (count == 0)
		return;
	while (parts[0].text.len > 0 && is_space(parts[0].text.ptr[0]))
		parts[0].text = str_slice(parts[0].text, 1,
		    parts[0].text.len);
	parts += count - 1;
	while (parts->text.len > 0 &&
	       is_space(parts->text.ptr[parts->text.len - 1]))
		parts->text.len--;
}

void loader_message(struct loader *loader, const void *node,
    const struct let *scope, struct message *message)
{
	struct vec parts;

	vec_init(&parts, sizeof(struct message_part));
	for (size_t i = 0; i < message->count; i++)
		add_part(&parts, message->parts[i]);
	if (parts.count > 0)
		add_part(&parts, (struct message_part){ .text = STR(" ") });
	add_content(loader, node, scope, &parts);
	trim_ends(parts.items, parts.count);
	message->count = 0;
	message->parts = arena_array(loader->arena, parts.count,
	    sizeof(*message->parts));
	for (size_t i = 0; i < parts.count; i++) {
		const struct message_part *part = vec_at(&parts, i);

		if (part->select != NULL || part->text.len > 0)
			message->parts[message->count++] = *part;
	}
	vec_dispose(&parts);
}
