/* SPDX-License-Identifier: MIT */
/*
 * Parents and blocks. Who indents what: the content given for a block loses the
 * white space of its first line (`dedent`), and where it is shown each of its
 * lines gets the block's `indent`. A block and its closing tag may share a line
 * and still have it to themselves; a parent and all it holds count as one.
 */
#include "base/arena.h"
#include "render/template_parser.h"

#include <assert.h>
#include <string.h>

static struct mark mark_of(const struct parser *p, const struct tag *tag)
{
	return (struct mark){ p->template->path, tag->line, tag->column };
}

/*
 * A parent and all it holds count as one: whether they have their lines to
 * themselves is known only at the closing tag. Until then the white space
 * before it is a text of its own, right before the parent.
 */
bool parser_take_parent(struct parser *p, const struct tag *tag)
{
	struct line_place place = tag_place(p->tags.source, tag);
	struct include include = { .target = NULL };
	bool dead = parser_is_dead(p), is_dynamic;
	struct op *op;

	if (place.is_first && p->text_from < place.line_from)
		parser_text(p, place.line_from);
	parser_text_inline(p, tag);
	parser_warn_dead(p, tag);
	if (parser_push(p, OP_PARENT, tag, &place) == NULL)
		return false;
	if (!parser_include(p, tag, &include, &is_dynamic) || dead)
		return true;
	op = parser_add(p, OP_PARENT, tag);
	op->include = include;
	op->is_dynamic = is_dynamic;
	return true;
}

/* White space before the first line that is not blank, from `at` on. */
static struct str intrinsic_indent(struct str source, size_t at)
{
	size_t from = at;

	while (at < source.len && strchr(" \t\r\n", source.ptr[at]) != NULL &&
	    source.ptr[at] != '\0') {
		if (source.ptr[at] == '\n')
			from = at + 1;
		at++;
	}
	at = from;
	while (at < source.len && (source.ptr[at] == ' ' ||
	    source.ptr[at] == '\t'))
		at++;
	return str_slice(source, from, at);
}

static struct str intern(struct parser *p, struct str name)
{
	struct map *names = &p->template->set->names;
	struct str *known = map_get(names, name);

	if (known == NULL) {
		known = arena_alloc(p->arena, sizeof(*known));
		*known = str_dup(p->arena, name);
		(void)map_put(names, name, known);
	}
	return *known;
}

/* A block given to a parent: only what it holds counts. */
static void open_argument(struct parser *p, const struct line_place *place,
    struct scope *scope, struct op *op)
{
	scope->is_argument = true;
	scope->is_dead = false;
	op->begins_line = place->is_last;
	if (place->is_last) {
		p->text_from = place->line_to;
		scope->dedent = intrinsic_indent(p->tags.source,
		    p->text_from);
	}
}

/* A block that shows something where it stands. */
static void place_block(const struct parser *p, const struct line_place *place,
    const struct scope *scope, struct op *op)
{
	op->is_standalone = place->is_first && place->is_last;
	op->begins_line = op->is_standalone;
	if (op->is_standalone)
		op->block.indent = intrinsic_indent(p->tags.source,
		    p->text_from);
	else if (place->is_first)
		op->block.indent = place->indent;
	op->block.indent = parser_dedented(op->block.indent, scope->dedent);
}

bool parser_take_block(struct parser *p, const struct tag *tag)
{
	struct line_place place = tag_place(p->tags.source, tag);
	const struct scope *outer = parser_scope(p);
	bool is_argument = outer != NULL && outer->kind == OP_PARENT &&
	    !outer->is_dead;
	bool dead = !is_argument && parser_is_dead(p);
	struct scope *scope;
	struct op *op;

	if (is_argument)
		parser_text_inline(p, tag);
	else
		parser_text_around(p, tag, &place);
	scope = parser_push(p, OP_BLOCK, tag, &place);
	if (scope == NULL)
		return false;
	if (!tag_is_word(tag->content))
		return parser_fault(p, tag, DIAG_TAG_NAME, tag->text, STR_NONE,
		    STR_NONE);
	if (dead)
		return true;
	op = parser_add(p, OP_BLOCK, tag);
	op->block.name = intern(p, tag->content);
	if (is_argument)
		open_argument(p, &place, scope, op);
	else
		place_block(p, &place, scope, op);
	return true;
}

static void close_argument(struct parser *p, const struct tag *tag,
    const struct line_place *place, const struct scope *scope)
{
	struct op *op = vec_at(&p->ops, scope->op);

	op->ends_line = place->is_first;
	if (place->is_first && p->text_from < place->line_from)
		parser_text(p, place->line_from);
	else if (!place->is_first)
		parser_text(p, tag->from);
	p->text_from = tag->to;
}

static void close_placed(struct parser *p, const struct tag *tag,
    const struct line_place *place, const struct scope *scope)
{
	struct op *op;

	parser_text_around(p, tag, place);
	op = vec_at(&p->ops, scope->op);
	if (place->is_first && place->is_last)
		return;
	if (scope->place.is_first && place->is_last) {
		op->block.tail = str_slice(p->tags.source, tag->to,
		    place->line_to);
		p->text_from = place->line_to;
	} else if (!op->is_standalone) {
		op->block.indent = STR_NONE;
	}
}

void parser_close_block(struct parser *p, const struct tag *tag,
    const struct line_place *place, const struct scope *scope)
{
	if (scope->is_argument)
		close_argument(p, tag, place, scope);
	else
		close_placed(p, tag, place, scope);
}

/* Of blocks given twice the first one counts: render_block looks no further. */
static void warn_twice(struct parser *p, uint32_t parent)
{
	const struct op *ops = p->ops.items;
	uint32_t end = (uint32_t)p->ops.count;

	for (uint32_t i = parent + 1; i < end; i = ops[i].end) {
		struct tag tag = { .line = ops[i].line,
			.column = ops[i].column };
		uint32_t j = parent + 1;

		while (j < i && ops[j].block.name.ptr != ops[i].block.name.ptr)
			j = ops[j].end;
		if (j < i)
			(void)diag_report(p->diags, mark_of(p, &tag),
			    DIAG_BLOCK_TWICE, ops[i].block.name);
	}
}

void parser_close_parent(struct parser *p, const struct tag *tag,
    const struct line_place *place, const struct scope *scope)
{
	struct op *op = vec_at(&p->ops, scope->op), *before;

	p->text_from = tag->to;
	warn_twice(p, scope->op);
	if (!scope->place.is_first || !place->is_last)
		return;
	p->text_from = place->line_to;
	op->is_standalone = true;
	op->include.indent =
	    parser_dedented(scope->place.indent, scope->dedent);
	before = vec_at(&p->ops, scope->op - 1);
	assert(before->kind == OP_TEXT && before->begins_line);
	before->begins_line = false;
	before->text = STR_NONE;
}
