/* SPDX-License-Identifier: MIT */
/*
 * Do the names in templates lead anywhere? A template is followed as rendering
 * would, but through the form of its data: every section is entered that can
 * ever be shown.
 */
#include "base/arena.h"
#include "render/template.h"
#include "render/template_ops.h"
#include "render/variables.h"

/* Blocks given to a parent that is being followed. */
struct given {
	struct template *template;
	uint32_t parent;
	const struct given *outer;
};

/* Where the walk is. */
struct place {
	const struct variable *variable;
	const struct place *outer;
};

/* A template on the way, and with what. */
struct visit {
	const struct template *template;
	const struct variable *variable;
	const struct visit *outer;
};

struct walk {
	const struct place *place;
	const struct given *given;
	const struct visit *visit;
	size_t depth;
};

static void follow(struct walk *walk, struct template *template, uint32_t from,
    uint32_t to);

/* What the name leads to, or NULL. Of what was empty on all pages nobody knows
 * what it can have: all names in it lead to itself. */
static const struct variable *look_up(const struct walk *walk,
    const struct name *name)
{
	const struct variable *found = NULL;

	if (name->count == 0)
		return walk->place->variable;
	for (const struct place *place = walk->place;
	    found == NULL && place != NULL; place = place->outer) {
		found = variable_is_empty(place->variable) ? place->variable :
		    variable_field(place->variable, name->segments[0].text);
		if (name->is_local)
			break;
	}
	for (size_t i = 1; i < name->count && found != NULL &&
	    !variable_is_empty(found); i++)
		found = variable_field(found, name->segments[i].text);
	return found;
}

/* Whether the template is already followed with the same data. */
static bool is_on_the_way(const struct walk *walk,
    const struct template *template)
{
	for (const struct visit *v = walk->visit; v != NULL; v = v->outer)
		if (v->template == template &&
		    v->variable == walk->place->variable)
			return true;
	return false;
}

static void follow_include(struct walk *walk, struct template *template,
    const struct op *op)
{
	struct template *target = op->include.target;
	struct given given = { template, (uint32_t)(op - template->ops),
		walk->given };
	struct visit visit = { target, walk->place->variable, walk->visit };

	if (target == NULL || walk->depth == TEMPLATE_DEPTH_MAX ||
	    is_on_the_way(walk, target))
		return;
	if (op->end > given.parent + 1)
		walk->given = &given;
	walk->visit = &visit;
	walk->depth++;
	follow(walk, target, 0, target->count);
	walk->depth--;
	walk->visit = visit.outer;
	walk->given = given.outer;
}

/* The outermost content given for a block, as rendering chooses it. */
static const struct op *find_given(const struct walk *walk,
    const struct op *block, const struct given **given)
{
	const struct op *found = NULL;

	for (const struct given *g = walk->given; g != NULL; g = g->outer) {
		const struct op *ops = g->template->ops;

		for (uint32_t i = g->parent + 1; i < ops[g->parent].end;
		    i = ops[i].end)
			if (ops[i].block.name.ptr == block->block.name.ptr) {
				found = &ops[i];
				*given = g;
				break;
			}
	}
	return found;
}

static void follow_block(struct walk *walk, struct template *template,
    const struct op *op)
{
	const struct given *before = walk->given, *given = NULL;
	const struct op *content = find_given(walk, op, &given);

	if (content == NULL) {
		follow(walk, template, (uint32_t)(op - template->ops) + 1,
		    op->end);
		return;
	}
	walk->given = given->outer;
	follow(walk, given->template,
	    (uint32_t)(content - given->template->ops) + 1, content->end);
	walk->given = before;
}

static void follow_section(struct walk *walk, struct template *template,
    const struct op *op, const struct variable *variable)
{
	uint32_t from = (uint32_t)(op - template->ops) + 1;
	struct place place = { variable, walk->place };

	if (op->kind == OP_INVERTED) {
		follow(walk, template, from, op->end);
		return;
	}
	if (variable == NULL)
		return;
	if (variable->is_list && variable->items != NULL)
		place.variable = variable->items;
	walk->place = &place;
	follow(walk, template, from, op->end);
	walk->place = place.outer;
}

static void follow(struct walk *walk, struct template *template, uint32_t from,
    uint32_t to)
{
	for (uint32_t at = from; at < to; at = template->ops[at].end) {
		struct op *op = &template->ops[at];
		const struct variable *variable = NULL;

		switch ((enum op_kind)op->kind) {
		case OP_TEXT:
			break;
		case OP_ESCAPED:
		case OP_RAW:
		case OP_SECTION:
		case OP_INVERTED:
			variable = look_up(walk, &op->name);
			op->is_reached = true;
			op->is_known = op->is_known || variable != NULL;
			if (op->kind == OP_SECTION || op->kind == OP_INVERTED)
				follow_section(walk, template, op, variable);
			break;
		case OP_PARTIAL:
		case OP_PARENT:
			follow_include(walk, template, op);
			break;
		case OP_BLOCK:
			follow_block(walk, template, op);
			break;
		}
	}
}

void template_names_follow(struct template *template,
    const struct variable *given)
{
	struct place place = { given, NULL };
	struct walk walk = { .place = &place };

	follow(&walk, template, 0, template->count);
}

/* "a.b" of a tag. */
static struct str written(struct arena *arena, const struct name *name)
{
	struct str text = name->is_local ? STR(".") : STR_NONE;

	for (size_t i = 0; i < name->count; i++)
		text = str_format(arena, "%.*s%s%.*s", STR_ARG(text),
		    i > 0 ? "." : "", STR_ARG(name->segments[i].text));
	return text;
}

/* Whether it is of the theme itself, not of one that this inherits. */
static bool is_own(const struct template_set *set,
    const struct template *template)
{
	const struct str folder = set->folders[0].path;

	return str_starts(template->path, folder) &&
	    template->path.len > folder.len &&
	    template->path.ptr[folder.len] == '/';
}

void template_names_tell(const struct template_set *set,
    struct diag_list *diags)
{
	for (size_t i = 0; i < set->templates.count; i++) {
		const struct template *template =
		    set->templates.entries[i].item;

		if (!is_own(set, template))
			continue;
		for (uint32_t at = 0; at < template->count; at++) {
			const struct op *op = &template->ops[at];

			if (op->is_reached && !op->is_known)
				(void)diag_report(diags, ((struct mark){
				    template->path, op->line, op->column }),
				    DIAG_TEMPLATE_NAME,
				    written(diags->arena, &op->name));
		}
	}
}
