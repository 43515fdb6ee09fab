/* SPDX-License-Identifier: MIT */
/* What a template rests on: its own text and that of all it may include, and
 * whether one of them asks for the as-of date or the commit. */
#include "base/arena.h"
#include "render/template.h"
#include "render/template_ops.h"

static void note_name(struct template_use *use, const struct name *name)
{
	bool is_whole;

	if (name->count == 0 ||
	    !str_eq(name->segments[0].text, STR("build")))
		return;
	/* A section of all of it may show any part. */
	is_whole = name->count == 1;
	use->names_day = use->names_day || is_whole ||
	    str_eq(name->segments[1].text, STR("as_of"));
	use->names_commit = use->names_commit || is_whole ||
	    str_starts(name->segments[1].text, STR("commit"));
}

static void visit(struct template *template, uint32_t number,
    struct template_use *use);

/* A name that is made up while rendering may be any template's. */
static void visit_all(struct template_set *set, uint32_t number,
    struct template_use *use)
{
	for (size_t i = 0; i < set->templates.count; i++)
		visit(set->templates.entries[i].item, number, use);
}

static void visit(struct template *template, uint32_t number,
    struct template_use *use)
{
	if (template == NULL || template->visit == number)
		return;
	template->visit = number;
	use->digest = (use->digest ^ template->digest) * 31;
	for (uint32_t at = 0; at < template->count; at++) {
		struct op *op = &template->ops[at];

		if (op->kind == OP_PARTIAL || op->kind == OP_PARENT) {
			if (op->is_dynamic)
				visit_all(template->set, number, use);
			else
				visit(op->include.target, number, use);
		} else if (op->kind != OP_TEXT && op->kind != OP_BLOCK) {
			note_name(use, &op->name);
		}
	}
}

const struct template_use *template_use(struct template *template)
{
	if (template->use == NULL) {
		template->use = arena_alloc(template->set->arena,
		    sizeof(*template->use));
		visit(template, ++template->set->visits, template->use);
	}
	return template->use;
}
