/* SPDX-License-Identifier: MIT */
/*
 * A rule file being loaded: what schematron_load.c, _source.c, _expression.c,
 * _context.c and _check.c share. XML nodes are xmlNodes, held as `void *`. The
 * documents live until the loading of their file is over; whatever is kept is
 * copied into the set's arena.
 */
#ifndef SCHEMA_SCHEMATRON_LOADER_H
#define SCHEMA_SCHEMATRON_LOADER_H

#include "base/diag.h"
#include "base/map.h"
#include "base/str.h"
#include "base/vec.h"
#include "schema/schematron_model.h"

#include <stdbool.h>
#include <stddef.h>

struct reader;

struct loader {
	struct schematron *set;
	struct schema *schema;
	struct arena *arena;		/* the set's */
	const struct reader *reader;
	struct diag_list *diags;
	bool ok;			/* no fault so far */
	const struct mark *blame;	/* where faults are instead, or NULL */
	struct vec documents;		/* xmlDoc * */
	struct map prefixes;		/* struct str: the URI */
	struct map abstract_patterns, abstract_rules, diagnostics; /* xmlNode */
	struct map pattern_ids;		/* struct pattern */
	const struct map *params;	/* struct str: of the instance of an
					 * abstract pattern at work, or NULL */
	/* The pattern at work, from which asserts inherit; the abstract one
	 * that it is, or NULL; and its title. */
	const void *pattern, *abstract;
	struct str title;
};

enum { LOADER_DEPTH_MAX = 16 };

/* -- schematron_source.c: elements and attributes ------------------------ */

/*
 * The root element of the file at `path`, includes in it resolved; NULL, with
 * the fault reported, if it cannot be had.
 */
void *loader_read(struct loader *loader, struct str path);
void loader_close(struct loader *loader);

struct mark loader_mark(const struct loader *loader, const void *node);

/* Reports `code` at the node and returns false. */
#define loader_report(loader, node, ...) \
	((loader)->ok = diag_report((loader)->diags, \
	    loader_mark(loader, node), __VA_ARGS__))

/*
 * The first child element, and the next one after `child`, an include giving
 * what it includes. Elements of other namespaces are passed over, as the
 * standard says; text is not.
 */
void *loader_first(const void *parent);
void *loader_next(const void *child);

/* Whether it is the element of that name in Schematron's namespace. */
bool loader_is(const void *node, const char *name);
struct str loader_name(const void *node);

/* Reports an element that does not belong into its parent. */
void loader_misplaced(struct loader *loader, const void *node);

/*
 * An attribute, parameters of an abstract pattern put in, in the set's arena;
 * empty when it is not there. Names are as in rule files: "id", "z:rule",
 * "xml:lang".
 */
struct str loader_attribute(struct loader *loader, const void *node,
    const char *name);
bool loader_has(const void *node, const char *name);
/* The same for one that must be there and not be empty. */
bool loader_require(struct loader *loader, const void *node, const char *name,
    struct str *value);
/* Reports attributes that are none of `names` (separated by spaces). */
void loader_check_attributes(struct loader *loader, const void *node,
    const char *names);

/* All text in an element, spaces put in order; in the set's arena. */
struct str loader_text(struct loader *loader, const void *node);

/* -- schematron_expression.c: expressions and messages ------------------- */

/*
 * Compiles the text of an attribute; NULL, reported at `node`, if it is no
 * expression or names what is not there.
 */
struct xpath *loader_xpath(struct loader *loader, const void *node,
    struct str text, const struct let *scope);

/* Appends the text and values in `node` to `message`. */
void loader_message(struct loader *loader, const void *node,
    const struct let *scope, struct message *message);

/* -- schematron_context.c ------------------------------------------------ */

/* The alternatives of a rule's context. NULL, reported, if it is none. */
struct context_path *loader_context(struct loader *loader, const void *node,
    struct str text, const struct let *scope);

/* -- schematron_override.c ----------------------------------------------- */

/* The change of that part of the let or assert, the last one of several, or
 * NULL; it is used now, for `was`. */
const struct schematron_override *loader_override(struct loader *loader,
    enum schematron_part part, struct str name, struct str was);

/* -- schematron_check.c -------------------------------------------------- */

/* Adds a let after `last`, which may be NULL; returns the new last one. */
const struct let *loader_let(struct loader *loader, const void *node,
    enum let_level level, const struct let *last);

/* An assert or report in `rule`; NULL, reported, without id or test. */
struct check *loader_check(struct loader *loader, const void *node,
    const void *rule, const struct let *scope);

#endif
