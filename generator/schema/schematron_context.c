/* SPDX-License-Identifier: MIT */
/*
 * The context of a rule, taken apart when it is loaded. Nearly all are paths
 * of element names with predicates that do not count positions; those are
 * matched at the elements of the last name, and a rule whose elements a record
 * does not have costs one look at a table. Whatever else XSLT calls a pattern
 * is selected from the root with `//`.
 */
#include "base/arena.h"
#include "schema/schematron_loader.h"
#include "schema/xpath_scan.h"

/* Longer paths, and more predicates at a step, are selected. */
enum { STEPS_MAX = 16, PREDICATES_MAX = 4 };

/* A path as it is scanned: texts only. */
struct outline {
	bool is_absolute;
	size_t step_count;
	struct {
		struct str name;
		struct str predicates[PREDICATES_MAX];
		size_t count;
	} steps[STEPS_MAX];
};

/* The text in the brackets that open at the current token; the scan goes on to
 * the one that closes. */
static struct str bracketed(struct xpath_scan *scan)
{
	size_t depth = 1, from = scan->at;

	while (depth > 0 && xpath_next(scan)) {
		if (xpath_is_sign(scan, "[") || xpath_is_sign(scan, "("))
			depth++;
		else if (xpath_is_sign(scan, "]") || xpath_is_sign(scan, ")"))
			depth--;
	}
	return str_trim(str_slice(scan->text, from, scan->token.at));
}

/* Whether a predicate may ask for a position among the nodes of its step. */
static bool is_positional(struct str predicate)
{
	struct xpath_scan scan;

	xpath_scan_init(&scan, predicate);
	while (xpath_next(&scan))
		if (xpath_is_call(&scan) &&
		    (str_eq(scan.token.text, STR("position")) ||
		     str_eq(scan.token.text, STR("last"))))
			return true;
	return false;
}

static bool is_number(struct str predicate)
{
	struct xpath_scan scan;

	xpath_scan_init(&scan, predicate);
	return xpath_next(&scan) && scan.token.kind == XPATH_DIGITS &&
	       !xpath_next(&scan);
}

/* Takes the predicates of the newest step; false if one needs selecting. The
 * scan is left at the first token after them. */
static bool take_predicates(struct xpath_scan *scan, struct outline *outline,
    bool *more)
{
	size_t step = outline->step_count - 1;

	while ((*more = xpath_next(scan)) && xpath_is_sign(scan, "[")) {
		size_t *count = &outline->steps[step].count;
		struct str predicate = bracketed(scan);

		/* A number counts what the predicates before it left. */
		if (*count == PREDICATES_MAX || is_positional(predicate) ||
		    (*count > 0 && is_number(predicate)))
			return false;
		outline->steps[step].predicates[(*count)++] = predicate;
	}
	return true;
}

/* Whether `name` is an element's name and nothing more. */
static bool is_plain_name(const struct xpath_scan *scan)
{
	struct str name = scan->token.text;

	return scan->token.kind == XPATH_NAME && !xpath_is_call(scan) &&
	       xpath_ncname(name) == name.len;
}

static bool scan_outline(struct str text, struct outline *outline)
{
	struct xpath_scan scan;
	bool more;

	*outline = (struct outline){ .is_absolute = false };
	xpath_scan_init(&scan, text);
	more = xpath_next(&scan);
	if (more && xpath_is_sign(&scan, "/")) {
		outline->is_absolute = true;
		more = xpath_next(&scan);
	} else if (more && xpath_is_sign(&scan, "//")) {
		more = xpath_next(&scan);
	}
	while (more) {
		if (!is_plain_name(&scan) || outline->step_count == STEPS_MAX)
			return false;
		outline->steps[outline->step_count++].name = scan.token.text;
		if (!take_predicates(&scan, outline, &more))
			return false;
		if (!more)
			return true;
		if (!xpath_is_sign(&scan, "/"))
			return false;
		more = xpath_next(&scan);
	}
	return false;
}

/* The number of a name, from 1; new names get the next one. */
static size_t number_of(struct schematron *set, struct str name)
{
	size_t *number = map_get(&set->names, name);

	if (number == NULL) {
		number = arena_alloc(set->arena, sizeof(*number));
		*number = set->names.count + 1;
		map_put(&set->names, name, number);
	}
	return *number;
}

static bool make_steps(struct loader *loader, const void *node,
    const struct outline *outline, const struct let *scope,
    struct context_path *path)
{
	path->is_absolute = outline->is_absolute;
	path->step_count = outline->step_count;
	path->steps = arena_array(loader->arena, path->step_count,
	    sizeof(*path->steps));
	for (size_t i = 0; i < path->step_count; i++) {
		struct step *step = &path->steps[i];

		step->name = str_dup(loader->arena, outline->steps[i].name);
		step->predicate_count = outline->steps[i].count;
		step->predicates = arena_array(loader->arena,
		    step->predicate_count, sizeof(struct xpath *));
		for (size_t p = 0; p < step->predicate_count; p++) {
			step->predicates[p] = loader_xpath(loader, node,
			    outline->steps[i].predicates[p], scope);
			if (step->predicates[p] == NULL)
				return false;
		}
	}
	path->name = number_of(loader->set,
	    path->steps[path->step_count - 1].name);
	return true;
}

/* Whether the first step of `text` has predicates, and none that counts. */
static bool has_plain_predicates(struct str text)
{
	struct xpath_scan scan;
	bool more;

	xpath_scan_init(&scan, text);
	if (!xpath_next(&scan) || scan.token.kind != XPATH_NAME ||
	    xpath_is_call(&scan))
		return false;
	more = xpath_next(&scan);
	if (!more || !xpath_is_sign(&scan, "["))
		return false;
	while (more && xpath_is_sign(&scan, "[")) {
		struct str predicate = bracketed(&scan);

		if (is_positional(predicate) || is_number(predicate))
			return false;
		more = xpath_next(&scan);
	}
	return true;
}

/*
 * The expression that selects from the root what a pattern matches. libxml2
 * takes `//x[p]` for all nodes and then their children, and looks for
 * duplicates one by one; the descendants at once are the same, where nothing
 * is counted.
 */
static struct str selection(struct loader *loader, struct str text)
{
	struct str path = text;

	if (str_starts(text, STR("//")))
		path = str_slice(text, 2, text.len);
	else if (text.len > 0 && text.ptr[0] == '/')
		return text;
	return str_join(loader->arena, has_plain_predicates(path) ?
	    STR("/descendant::") : STR("//"), path);
}

static struct context_path *make_path(struct loader *loader, const void *node,
    struct str text, const struct let *scope)
{
	struct context_path *path = arena_alloc(loader->arena, sizeof(*path));
	struct outline outline;

	if (scan_outline(text, &outline))
		return make_steps(loader, node, &outline, scope, path) ? path :
		    NULL;
	path->select = loader_xpath(loader, node, selection(loader, text),
	    scope);
	return path->select == NULL ? NULL : path;
}

struct context_path *loader_context(struct loader *loader, const void *node,
    struct str text, const struct let *scope)
{
	struct context_path *first = NULL, **end = &first;
	struct xpath_scan scan;
	size_t depth = 0, from = 0;
	bool more, ok = true;

	/* As a whole first, so that a fault is told about the whole. */
	if (loader_xpath(loader, node, text, scope) == NULL)
		return NULL;
	xpath_scan_init(&scan, text);
	do {
		more = xpath_next(&scan);
		if (more && (xpath_is_sign(&scan, "[") ||
		    xpath_is_sign(&scan, "(")))
			depth++;
		else if (more && (xpath_is_sign(&scan, "]") ||
		    xpath_is_sign(&scan, ")")))
			depth--;
		if (more && (depth > 0 || !xpath_is_sign(&scan, "|")))
			continue;
		*end = make_path(loader, node, str_trim(str_slice(text, from,
		    more ? scan.token.at : text.len)), scope);
		ok = ok && *end != NULL;
		if (*end != NULL)
			end = &(*end)->next;
		from = scan.at;
	} while (more);
	return ok ? first : NULL;
}
