/* SPDX-License-Identifier: MIT */
/*
 * Which nodes a rule's context matches. One walk over the record lists its
 * elements by name; a context then looks only at the elements of its last name
 * and goes upwards from there.
 */
#include "schema/schematron_evaluation.h"
#include "schema/schematron_model.h"

#include <libxml/tree.h>

#include <stdint.h>
#include <string.h>

static struct str name_of(const xmlNode *node)
{
	return str_from((const char *)node->name);
}

/* Room for every name that contexts end with, and empty lists. */
static void clear_index(struct evaluation *evaluation)
{
	vec_clear(&evaluation->nodes);
	for (size_t i = 0; i < evaluation->name_count; i++)
		evaluation->first[i] = evaluation->last[i] = 0;
}

static void index_node(struct evaluation *evaluation, xmlNodePtr node)
{
	const size_t *number = map_get(&evaluation->set->names,
	    name_of(node));
	struct named_node *added;
	size_t *last;

	if (number == NULL)
		return;
	added = vec_push(&evaluation->nodes);
	*added = (struct named_node){ .node = node };
	last = &evaluation->last[*number - 1];
	if (*last == 0)
		evaluation->first[*number - 1] = evaluation->nodes.count;
	else
		((struct named_node *)vec_at(&evaluation->nodes,
		    *last - 1))->next = evaluation->nodes.count;
	*last = evaluation->nodes.count;
}

/* The element after `node` in document order, without leaving `top`. */
static xmlNodePtr following(xmlNodePtr node, const xmlNode *top)
{
	if (node->type == XML_ELEMENT_NODE && node->children != NULL)
		return node->children;
	while (node != top && node->next == NULL)
		node = node->parent;
	return node == top ? NULL : node->next;
}

void evaluation_index(struct evaluation *evaluation)
{
	xmlNodePtr root = xmlDocGetRootElement(evaluation->document);

	evaluation->root = name_of(root);
	clear_index(evaluation);
	for (xmlNodePtr node = root; node != NULL;
	     node = following(node, root))
		if (node->type == XML_ELEMENT_NODE)
			index_node(evaluation, node);
}

/* Whether `node` and those above it have the names of the path. */
static bool names_fit(const struct context_path *path, const xmlNode *node)
{
	for (size_t i = path->step_count; i > 0; i--, node = node->parent)
		if (node == NULL || node->type != XML_ELEMENT_NODE ||
		    !str_eq(name_of(node), path->steps[i - 1].name))
			return false;
	return !path->is_absolute || node->type == XML_DOCUMENT_NODE;
}

/* Names first: they are cheap and decide nearly always. */
static bool path_holds(struct evaluation *evaluation,
    const struct context_path *path, xmlNodePtr node, bool *holds)
{
	*holds = names_fit(path, node);
	for (size_t i = path->step_count; i > 0 && *holds; i--) {
		const struct step *step = &path->steps[i - 1];

		for (size_t p = 0; p < step->predicate_count && *holds; p++)
			if (!xpath_predicate(evaluation, step->predicates[p],
				node, holds))
				return false;
		node = node->parent;
	}
	return true;
}

bool evaluation_is_about(const struct evaluation *evaluation,
    const struct context_path *path)
{
	return !path->is_absolute ||
	       str_eq(path->steps[0].name, evaluation->root);
}

bool evaluation_select(struct evaluation *evaluation,
    const struct context_path *path)
{
	size_t index;

	if (path->select != NULL)
		return xpath_nodes(evaluation, path->select,
		    evaluation->document, &evaluation->selected);
	/* Most rules are about another kind of record. */
	if (!evaluation_is_about(evaluation, path))
		return true;
	for (index = evaluation->first[path->name - 1]; index > 0;) {
		const struct named_node *candidate =
		    vec_at(&evaluation->nodes, index - 1);
		bool holds;

		index = candidate->next;
		evaluation->node = candidate->node;
		if (!path_holds(evaluation, path, candidate->node, &holds))
			return false;
		if (holds)
			*(void **)vec_push(&evaluation->selected) =
			    candidate->node;
	}
	return true;
}

/* -- nodes that were had ------------------------------------------------- */

enum { MATCHED_START = 64 };

void evaluation_forget(struct evaluation *evaluation)
{
	struct vec *table = &evaluation->matched;

	while (table->count < MATCHED_START)
		(void)vec_push(table);
	memset(table->items, 0, table->count * sizeof(void *));
	evaluation->matched_count = 0;
}

/* The slot of `node`, or the free one where it would go. */
static void **find_slot(const struct vec *table, const void *node)
{
	uint64_t hash = (uint64_t)(uintptr_t)node * 0x9e3779b97f4a7c15u;
	size_t at = (size_t)(hash >> 32) & (table->count - 1);
	void **slots = table->items;

	while (slots[at] != NULL && slots[at] != node)
		at = (at + 1) & (table->count - 1);
	return &slots[at];
}

/* Twice the slots; their number stays a power of two. */
static void grow(struct vec *table)
{
	struct vec larger;

	vec_init(&larger, sizeof(void *));
	while (larger.count < table->count * 2)
		(void)vec_push(&larger);
	for (size_t i = 0; i < table->count; i++) {
		void *node = *(void **)vec_at(table, i);

		if (node != NULL)
			*find_slot(&larger, node) = node;
	}
	vec_dispose(table);
	*table = larger;
}

bool evaluation_is_new(struct evaluation *evaluation, void *node)
{
	void **slot;

	if (evaluation->matched_count * 2 >= evaluation->matched.count)
		grow(&evaluation->matched);
	slot = find_slot(&evaluation->matched, node);
	if (*slot != NULL)
		return false;
	*slot = node;
	evaluation->matched_count++;
	return true;
}
