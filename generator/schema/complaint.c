/* SPDX-License-Identifier: MIT */
#include "schema/complaint.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "schema/fields.h"
#include "schema/tree.h"

#include <libxml/tree.h>

enum { EXCERPT_MOST = 40 };

static struct str join(struct arena *arena, struct str above, struct str name)
{
	if (above.len == 0)
		return name;
	return str_format(arena, "%.*s · %.*s", STR_ARG(above),
	    STR_ARG(name));
}

/* The labels on the way from the root down to the node; an item is the label of
 * its list and its number. */
static struct str label_of(struct arena *arena, const xmlNode *node,
    enum lang lang)
{
	const struct tree_place *place = node->_private;
	const xmlNode *parent = node->parent;
	struct str above;

	if (parent == NULL || parent->type == XML_DOCUMENT_NODE ||
	    place == NULL || place->field == NULL)
		return STR_NONE;
	above = label_of(arena, parent, lang);
	if (place->index > 0)
		return str_format(arena, "%.*s %u", STR_ARG(above),
		    (unsigned)place->index);
	return join(arena, above, place->field->label[lang]);
}

struct subject subject_of(const struct tree *tree, const void *node,
    const struct field *missing, struct diag_list *diags)
{
	struct arena *arena = diags->arena;
	struct subject subject = {
		.mark = tree_mark(tree, node),
		.path = tree_path(arena, tree, node),
	};

	for (size_t lang = 0; lang < LANG_COUNT; lang++) {
		subject.label[lang] = label_of(arena, node, (enum lang)lang);
		if (missing != NULL)
			subject.label[lang] = join(arena, subject.label[lang],
			    missing->label[lang]);
	}
	if (missing != NULL)
		subject.path = subject.path.len == 0 ? missing->name :
		    str_format(arena, "%.*s.%.*s", STR_ARG(subject.path),
			STR_ARG(missing->name));
	return subject;
}

void complain(const struct subject *subject, enum diag_code code,
    struct str four, struct str five, struct str six,
    struct diag_list *diags)
{
	(void)diag_report(diags, subject->mark, code, subject->path,
	    subject->label[LANG_ZH], subject->label[LANG_EN], four, five,
	    six);
}

struct str excerpt(struct str text, struct diag_list *diags)
{
	size_t most = utf8_offset(text, EXCERPT_MOST);
	char *copy = str_cstr(diags->arena, str_slice(text, 0, most));

	for (size_t i = 0; i < most; i++)
		if (copy[i] == '\n')
			copy[i] = ' ';
	return most < text.len ?
	    str_format(diags->arena, "%s…", copy) : str_from(copy);
}
