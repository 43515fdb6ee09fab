/* SPDX-License-Identifier: MIT */
/*
 * From a rule file to the rules of a set: schema, phases, patterns, rules.
 * Faults are reported and loading goes on, so that one run tells all.
 */
#include "base/arena.h"
#include "schema/schematron_evaluation.h"
#include "schema/schematron_loader.h"

/* -- rules --------------------------------------------------------------- */

/* Where the next assert of a rule goes, and what the rule is. */
struct filling {
	struct rule *rule;
	const void *node;	/* the rule's own, for inheritance */
	struct check **end;
	struct str context;
};

static const void *find_abstract_rule(struct loader *loader, const void *node,
    size_t depth)
{
	const void *abstract;
	struct str name;

	loader_check_attributes(loader, node, "rule");
	if (!loader_require(loader, node, "rule", &name))
		return NULL;
	abstract = map_get(&loader->abstract_rules, name);
	if (abstract == NULL) {
		loader_report(loader, node, DIAG_RULE_UNDEFINED,
		    STR("abstract rule"), name);
	} else if (depth >= LOADER_DEPTH_MAX) {
		loader_report(loader, node, DIAG_RULE_DEPTH, name);
		abstract = NULL;
	}
	return abstract;
}

/* The lets in a rule and in what it extends, in order. */
static void load_rule_lets(struct loader *loader, struct filling *filling,
    const void *node, size_t depth)
{
	for (const void *child = loader_first(node); child != NULL;
	     child = loader_next(child)) {
		if (loader_is(child, "let")) {
			filling->rule->last_let = loader_let(loader, child,
			    LET_RULE, filling->rule->last_let);
		} else if (loader_is(child, "extends")) {
			const void *abstract = find_abstract_rule(loader,
			    child, depth);

			if (abstract != NULL)
				load_rule_lets(loader, filling, abstract,
				    depth + 1);
		}
	}
}

static void load_rule_checks(struct loader *loader, struct filling *filling,
    const void *node, size_t depth)
{
	for (const void *child = loader_first(node); child != NULL;
	     child = loader_next(child)) {
		if (loader_is(child, "assert") || loader_is(child, "report")) {
			*filling->end = loader_check(loader, child,
			    filling->node, filling->rule->last_let);
			if (*filling->end == NULL)
				continue;
			(*filling->end)->about.context = filling->context;
			filling->end = &(*filling->end)->next;
		} else if (loader_is(child, "extends")) {
			const void *abstract = depth >= LOADER_DEPTH_MAX ?
			    NULL : map_get(&loader->abstract_rules,
				loader_attribute(loader, child, "rule"));

			if (abstract != NULL)
				load_rule_checks(loader, filling, abstract,
				    depth + 1);
		} else if (!loader_is(child, "let") &&
		    !loader_is(child, "p") && !loader_is(child, "title")) {
			loader_misplaced(loader, child);
		}
	}
}

static struct rule *load_rule(struct loader *loader, const void *node,
    const struct pattern *pattern)
{
	struct rule *rule = arena_alloc(loader->arena, sizeof(*rule));
	struct filling filling = { .rule = rule, .node = node,
		.end = &rule->checks };

	loader_check_attributes(loader, node, "id context role see flag icon "
	    "fpi subject abstract xml:lang xml:space z:rule z:effective "
	    "z:expires z:on z:status z:binds z:waivable");
	if (str_eq(loader_attribute(loader, node, "abstract"), STR("true")))
		return NULL;
	if (!loader_require(loader, node, "context", &filling.context))
		return NULL;
	rule->contexts = loader_context(loader, node, filling.context,
	    pattern->last_let);
	rule->last_let = pattern->last_let;
	load_rule_lets(loader, &filling, node, 0);
	load_rule_checks(loader, &filling, node, 0);
	return rule;
}

/* -- patterns ------------------------------------------------------------ */

static const struct let *load_lets(struct loader *loader, const void *parent,
    enum let_level level, const struct let *last)
{
	for (const void *node = loader_first(parent); node != NULL;
	     node = loader_next(node))
		if (loader_is(node, "let"))
			last = loader_let(loader, node, level, last);
	return last;
}

static struct str find_title(struct loader *loader, const void *parent)
{
	for (const void *node = loader_first(parent); node != NULL;
	     node = loader_next(node))
		if (loader_is(node, "title"))
			return loader_text(loader, node);
	return STR_NONE;
}

/* Fills a pattern with the rules of `node`: its own or an abstract one's. */
static void load_rules(struct loader *loader, const void *node,
    struct pattern *pattern)
{
	struct rule **end = &pattern->rules;
	size_t contexts = 0;

	pattern->last_let = load_lets(loader, node, LET_PATTERN,
	    loader->schema->last_let);
	for (const void *child = loader_first(node); child != NULL;
	     child = loader_next(child)) {
		if (loader_is(child, "rule")) {
			*end = load_rule(loader, child, pattern);
			if (*end == NULL)
				continue;
			for (const struct context_path *c = (*end)->contexts;
			     c != NULL; c = c->next)
				contexts++;
			end = &(*end)->next;
		} else if (!loader_is(child, "let") &&
		    !loader_is(child, "p") && !loader_is(child, "title") &&
		    !loader_is(child, "param")) {
			loader_misplaced(loader, child);
		}
	}
	pattern->may_repeat = contexts > 1;
}

static void load_params(struct loader *loader, const void *node,
    struct map *params)
{
	for (const void *child = loader_first(node); child != NULL;
	     child = loader_next(child)) {
		struct str name, *value;

		if (!loader_is(child, "param"))
			continue;
		loader_check_attributes(loader, child, "name value");
		value = arena_alloc(loader->arena, sizeof(*value));
		if (!loader_require(loader, child, "name", &name) ||
		    !loader_require(loader, child, "value", value))
			continue;
		if (map_put(params, name, value) != NULL)
			loader_report(loader, child, DIAG_RULE_TWICE,
			    STR("param"), name);
	}
}

/* A pattern that is an abstract one with parameters put in. */
static void load_instance(struct loader *loader, const void *node,
    struct str name, struct pattern *pattern)
{
	const void *abstract = map_get(&loader->abstract_patterns, name);
	struct map params;

	if (abstract == NULL) {
		loader_report(loader, node, DIAG_RULE_UNDEFINED,
		    STR("abstract pattern"), name);
		return;
	}
	map_init(&params, loader->arena);
	load_params(loader, node, &params);
	loader->params = &params;
	loader->abstract = abstract;
	if (loader->title.len == 0)
		loader->title = find_title(loader, abstract);
	load_rules(loader, abstract, pattern);
	loader->abstract = NULL;
	loader->params = NULL;
}

static struct pattern *load_pattern(struct loader *loader, const void *node)
{
	struct pattern *pattern;
	struct str is_a = loader_attribute(loader, node, "is-a");

	loader_check_attributes(loader, node, "id is-a abstract see icon fpi "
	    "role xml:lang xml:space z:rule z:effective z:expires z:on "
	    "z:status z:binds z:waivable");
	if (str_eq(loader_attribute(loader, node, "abstract"), STR("true")))
		return NULL;
	pattern = arena_alloc(loader->arena, sizeof(*pattern));
	pattern->id = loader_attribute(loader, node, "id");
	loader->pattern = node;
	loader->title = find_title(loader, node);
	if (is_a.len > 0)
		load_instance(loader, node, is_a, pattern);
	else
		load_rules(loader, node, pattern);
	loader->pattern = NULL;
	if (pattern->id.len > 0 &&
	    map_put(&loader->pattern_ids, pattern->id, pattern) != NULL)
		loader_report(loader, node, DIAG_RULE_TWICE, STR("pattern"),
		    pattern->id);
	return pattern;
}

/* -- phases -------------------------------------------------------------- */

static void load_phase(struct loader *loader, const void *node)
{
	struct phase *phase = arena_alloc(loader->arena, sizeof(*phase));
	struct active **end = &phase->active;

	loader_check_attributes(loader, node,
	    "id see icon fpi xml:lang xml:space");
	if (!loader_require(loader, node, "id", &phase->id))
		return;
	phase->last_let = load_lets(loader, node, LET_PHASE,
	    loader->schema->last_let);
	for (const void *child = loader_first(node); child != NULL;
	     child = loader_next(child)) {
		if (loader_is(child, "active")) {
			*end = arena_alloc(loader->arena, sizeof(**end));
			loader_check_attributes(loader, child, "pattern");
			(*end)->mark = loader_mark(loader, child);
			if (loader_require(loader, child, "pattern",
				&(*end)->id))
				end = &(*end)->next;
			else
				*end = NULL;
		} else if (!loader_is(child, "let") && !loader_is(child, "p")) {
			loader_misplaced(loader, child);
		}
	}
	for (const struct phase *p = loader->schema->phases; p; p = p->next)
		if (str_eq(p->id, phase->id))
			loader_report(loader, node, DIAG_RULE_TWICE,
			    STR("phase"), phase->id);
	phase->next = loader->schema->phases;
	loader->schema->phases = phase;
}

/* Finds the patterns that phases name, once all are there. */
static void resolve_active(struct loader *loader)
{
	for (struct phase *phase = loader->schema->phases; phase != NULL;
	     phase = phase->next)
		for (struct active *active = phase->active; active != NULL;
		     active = active->next) {
			active->pattern = map_get(&loader->pattern_ids,
			    active->id);
			if (active->pattern == NULL)
				loader->ok = diag_report(loader->diags,
				    active->mark, DIAG_RULE_UNDEFINED,
				    STR("pattern"), active->id);
		}
}

/* -- schema -------------------------------------------------------------- */

static void load_namespace(struct loader *loader, const void *node)
{
	struct str prefix, *uri = arena_alloc(loader->arena, sizeof(*uri));

	loader_check_attributes(loader, node, "prefix uri");
	if (!loader_require(loader, node, "prefix", &prefix) ||
	    !loader_require(loader, node, "uri", uri))
		return;
	map_put(&loader->prefixes, prefix, uri);
	xpath_context_bind(loader->schema->context, prefix, *uri);
}

static void index_element(struct loader *loader, void *node,
    struct map *map, const char *what)
{
	struct str id;

	if (loader_require(loader, node, "id", &id) &&
	    map_put(map, id, node) != NULL)
		loader_report(loader, node, DIAG_RULE_TWICE, str_from(what),
		    id);
}

static bool is_abstract(struct loader *loader, const void *node)
{
	return str_eq(loader_attribute(loader, node, "abstract"), STR("true"));
}

static void index_diagnostics(struct loader *loader, const void *parent)
{
	for (void *node = loader_first(parent); node != NULL;
	     node = loader_next(node)) {
		struct str part;

		if (!loader_is(node, "diagnostic")) {
			loader_misplaced(loader, node);
			continue;
		}
		loader_check_attributes(loader, node,
		    "id icon see fpi role xml:lang xml:space z:part");
		index_element(loader, node, &loader->diagnostics,
		    "diagnostic");
		part = loader_attribute(loader, node, "z:part");
		if (part.len > 0 && !str_eq(part, STR("message")) &&
		    !str_eq(part, STR("hint")))
			loader_report(loader, node, DIAG_RULE_ATTRIBUTE_VALUE,
			    part, STR("z:part"), STR("message, hint"));
	}
}

static void index_abstract_rules(struct loader *loader, const void *pattern)
{
	for (void *node = loader_first(pattern); node != NULL;
	     node = loader_next(node))
		if (loader_is(node, "rule") && is_abstract(loader, node))
			index_element(loader, node, &loader->abstract_rules,
			    "rule");
}

/* What may be referred to before or after it is defined. */
static void index_schema(struct loader *loader, const void *root)
{
	for (void *node = loader_first(root); node != NULL;
	     node = loader_next(node)) {
		if (loader_is(node, "ns")) {
			load_namespace(loader, node);
		} else if (loader_is(node, "diagnostics")) {
			index_diagnostics(loader, node);
		} else if (loader_is(node, "pattern")) {
			index_abstract_rules(loader, node);
			if (is_abstract(loader, node))
				index_element(loader, node,
				    &loader->abstract_patterns, "pattern");
		} else if (!loader_is(node, "title") && !loader_is(node, "p") &&
		    !loader_is(node, "let") && !loader_is(node, "phase")) {
			loader_misplaced(loader, node);
		}
	}
}

static void check_default_phase(struct loader *loader, const void *root)
{
	struct str wanted = loader->schema->default_phase;
	const struct phase *phase = loader->schema->phases;

	while (phase != NULL && !str_eq(phase->id, wanted))
		phase = phase->next;
	if (phase == NULL && wanted.len > 0 && !str_eq(wanted, STR("#ALL")))
		loader_report(loader, root, DIAG_RULE_UNDEFINED, STR("phase"),
		    wanted);
}

static void load_schema(struct loader *loader, const void *root)
{
	struct schema *schema = loader->schema;
	struct pattern **end = &schema->patterns;
	struct str binding = loader_attribute(loader, root, "queryBinding");

	loader_check_attributes(loader, root, "id schemaVersion defaultPhase "
	    "queryBinding see icon fpi xml:lang xml:space");
	if (binding.len > 0 && !str_eq(binding, STR("xslt")) &&
	    !str_eq(binding, STR("xpath")))
		loader_report(loader, root, DIAG_RULE_BINDING, binding);
	schema->lang = lang_from(loader_attribute(loader, root, "xml:lang"),
	    LANG_ZH);
	schema->default_phase = loader_attribute(loader, root, "defaultPhase");
	index_schema(loader, root);
	schema->last_let = load_lets(loader, root, LET_SCHEMA, NULL);
	for (const void *node = loader_first(root); node != NULL;
	     node = loader_next(node))
		if (loader_is(node, "phase"))
			load_phase(loader, node);
	for (const void *node = loader_first(root); node != NULL;
	     node = loader_next(node))
		if (loader_is(node, "pattern") &&
		    (*end = load_pattern(loader, node)) != NULL)
			end = &(*end)->next;
	resolve_active(loader);
	check_default_phase(loader, root);
}

static void loader_init(struct loader *loader, struct schematron *set,
    const struct reader *reader, struct diag_list *diags)
{
	*loader = (struct loader){ .set = set, .arena = set->arena,
		.reader = reader, .diags = diags, .ok = true };
	vec_init(&loader->documents, sizeof(void *));
	map_init(&loader->prefixes, set->arena);
	map_init(&loader->abstract_patterns, set->arena);
	map_init(&loader->abstract_rules, set->arena);
	map_init(&loader->diagnostics, set->arena);
	map_init(&loader->pattern_ids, set->arena);
}

bool schematron_load(struct schematron *set, const struct reader *reader,
    struct str path, struct diag_list *diags)
{
	struct schema *schema = arena_alloc(set->arena, sizeof(*schema));
	struct loader loader;
	const void *root;

	loader_init(&loader, set, reader, diags);
	loader.schema = schema;
	schema->path = str_dup(set->arena, path);
	schema->context = xpath_context_open(set);
	*set->schema_end = schema;
	set->schema_end = &schema->next;
	root = loader_read(&loader, schema->path);
	if (root != NULL && !loader_is(root, "schema"))
		loader_report(&loader, root, DIAG_RULE_ROOT,
		    loader_name(root));
	else if (root != NULL)
		load_schema(&loader, root);
	loader_close(&loader);
	return loader.ok;
}
