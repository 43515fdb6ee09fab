/* SPDX-License-Identifier: MIT */
/*
 * Compiling a template in one pass over its source. Three things make up the
 * work: finding tags, deciding which of them stand alone on their lines (the
 * line then vanishes), and keeping account of line beginnings, since partials
 * and blocks are indented line by line.
 */
#include "base/arena.h"
#include "render/template.h"
#include "render/template_parser.h"

#include <string.h>

static struct mark mark_of(const struct parser *p, const struct tag *tag)
{
	return (struct mark){ p->template->path, tag->line, tag->column };
}

struct scope *parser_scope(struct parser *p)
{
	return p->depth == 0 ? NULL : &p->scopes[p->depth - 1];
}

bool parser_is_dead(struct parser *p)
{
	const struct scope *scope = parser_scope(p);

	return scope != NULL && (scope->is_dead || scope->kind == OP_PARENT);
}

static struct str dedent_of(struct parser *p)
{
	return p->depth == 0 ? STR_NONE : parser_scope(p)->dedent;
}

struct op *parser_add(struct parser *p, enum op_kind kind,
    const struct tag *tag)
{
	struct op *op = vec_push(&p->ops);

	op->kind = (uint8_t)kind;
	op->end = (uint32_t)p->ops.count;
	op->line = tag->line;
	op->column = tag->column;
	return op;
}

static bool begins_line(struct str source, size_t at)
{
	return at == 0 || source.ptr[at - 1] == '\n';
}

struct str parser_dedented(struct str indent, struct str dedent)
{
	size_t shared = 0;

	while (shared < indent.len && shared < dedent.len &&
	    indent.ptr[shared] == dedent.ptr[shared])
		shared++;
	return str_slice(indent, shared, indent.len);
}

/* A copy of `text` whose lines have lost `dedent`. */
static struct str dedented(struct arena *arena, struct str text,
    bool at_line_start, struct str dedent)
{
	char *copy = arena_alloc(arena, text.len + 1);
	size_t len = 0;

	for (size_t at = 0, end; at < text.len; at = end) {
		struct str line;

		end = str_find_char(text, '\n', at);
		end = end == STR_NOT_FOUND ? text.len : end + 1;
		line = str_slice(text, at, end);
		if (at_line_start || at > 0)
			line = parser_dedented(line, dedent);
		if (line.len > 0)
			memcpy(copy + len, line.ptr, line.len);
		len += line.len;
	}
	return (struct str){ copy, len };
}

/*
 * Compiles the source up to `to` as text. An empty text is kept where a line
 * begins: it is where an indentation goes, whatever follows.
 */
void parser_text(struct parser *p, size_t to)
{
	struct str source = p->tags.source;
	bool at_line_start = begins_line(source, p->text_from);
	struct str text = str_slice(source, p->text_from, to);
	struct tag nowhere = { .line = 0 };
	struct op *op;

	p->text_from = to;
	if (parser_is_dead(p) || (text.len == 0 && !at_line_start))
		return;
	if (dedent_of(p).len > 0)
		text = dedented(p->arena, text, at_line_start, dedent_of(p));
	op = parser_add(p, OP_TEXT, &nowhere);
	op->text = text;
	op->begins_line = at_line_start;
}

void parser_text_inline(struct parser *p, const struct tag *tag)
{
	if (p->text_from < tag->from)
		parser_text(p, tag->from);
	/* Nothing, unless the tag begins a line. */
	parser_text(p, tag->from);
	p->text_from = tag->to;
}

/* Text before a tag that takes its line with it. */
static void take_standalone(struct parser *p, const struct line_place *place)
{
	if (p->text_from < place->line_from)
		parser_text(p, place->line_from);
	p->text_from = place->line_to;
}

void parser_text_around(struct parser *p, const struct tag *tag,
    const struct line_place *place)
{
	if (place->is_first && place->is_last)
		take_standalone(p, place);
	else
		parser_text_inline(p, tag);
}

bool parser_fault(struct parser *p, const struct tag *tag, enum diag_code code,
    struct str a, struct str b, struct str c)
{
	p->errors++;
	return diag_report(p->diags, mark_of(p, tag), code, a, b, c);
}

/* The parts of a dotted name; false with a diagnostic if it is none. */
static bool parse_name(struct parser *p, const struct tag *tag,
    struct str text, struct name *name)
{
	size_t count = 1;

	*name = (struct name){ .is_local = false };
	if (str_eq(text, STR(".")))
		return true;
	if (text.len > 0 && text.ptr[0] == '.') {
		name->is_local = true;
		text = str_slice(text, 1, text.len);
	}
	for (size_t i = 0; i < text.len; i++)
		count += text.ptr[i] == '.';
	name->segments = arena_array(p->arena, count, sizeof(*name->segments));
	while (name->count < count) {
		struct str part = str_cut(&text, '.');

		if (part.len == 0 || !tag_is_word(part))
			return parser_fault(p, tag, DIAG_TAG_NAME, tag->text,
			    STR_NONE, STR_NONE);
		name->segments[name->count++] = (struct segment){
			.text = part, .bit = segment_bit(part) };
	}
	return true;
}

struct scope *parser_push(struct parser *p, enum op_kind kind,
    const struct tag *tag, const struct line_place *place)
{
	struct scope *scope;
	bool dead = parser_is_dead(p);

	if (p->depth == SCOPES_MAX) {
		(void)parser_fault(p, tag, DIAG_TEMPLATE_TOO_DEEP,
		    str_format(p->diags->arena, "%d", SCOPES_MAX), STR_NONE,
		    STR_NONE);
		p->is_lost = true;
		return NULL;
	}
	scope = &p->scopes[p->depth];
	*scope = (struct scope){ .kind = kind, .tag = *tag, .place = *place,
		.is_dead = dead, .dedent = dedent_of(p) };
	p->depth++;
	scope->op = (uint32_t)p->ops.count;
	return scope;
}

void parser_warn_dead(struct parser *p, const struct tag *tag)
{
	const struct scope *scope = parser_scope(p);

	if (scope != NULL && scope->kind == OP_PARENT && !scope->is_dead)
		(void)diag_report(p->diags, mark_of(p, tag),
		    DIAG_TAG_IN_PARENT, tag->text, scope->tag.text);
}

static bool take_value(struct parser *p, const struct tag *tag)
{
	struct name name;
	struct op *op;

	parser_text_inline(p, tag);
	parser_warn_dead(p, tag);
	if (!parse_name(p, tag, tag->content, &name))
		return false;
	if (parser_is_dead(p))
		return true;
	op = parser_add(p, tag->kind == TAG_VALUE ? OP_ESCAPED : OP_RAW, tag);
	op->name = name;
	return true;
}

static bool take_section(struct parser *p, const struct tag *tag)
{
	struct line_place place = tag_place(p->tags.source, tag);
	enum op_kind kind = tag->kind == TAG_SECTION ? OP_SECTION :
	    OP_INVERTED;
	bool dead = parser_is_dead(p);
	struct name name;
	struct op *op;

	parser_text_around(p, tag, &place);
	parser_warn_dead(p, tag);
	if (parser_push(p, kind, tag, &place) == NULL)
		return false;
	if (!parse_name(p, tag, tag->content, &name))
		return true;	/* counted; its closing tag is still wanted */
	if (!dead) {
		op = parser_add(p, kind, tag);
		op->name = name;
	}
	return true;
}

bool parser_include(struct parser *p, const struct tag *tag,
    struct include *include, bool *is_dynamic)
{
	struct str text = tag->content;

	*is_dynamic = text.len > 0 && text.ptr[0] == '*';
	if (*is_dynamic)
		return parse_name(p, tag,
		    str_trim(str_slice(text, 1, text.len)), &include->dynamic);
	if (!tag_is_word(text))
		return parser_fault(p, tag, DIAG_TAG_NAME, tag->text, STR_NONE,
		    STR_NONE);
	include->name = text;
	return true;
}

static bool take_partial(struct parser *p, const struct tag *tag)
{
	struct line_place place = tag_place(p->tags.source, tag);
	struct include include = { .target = NULL };
	bool is_dynamic;
	struct op *op;

	parser_text_around(p, tag, &place);
	parser_warn_dead(p, tag);
	if (!parser_include(p, tag, &include, &is_dynamic))
		return false;
	if (parser_is_dead(p))
		return true;
	op = parser_add(p, OP_PARTIAL, tag);
	op->include = include;
	op->is_dynamic = is_dynamic;
	op->is_standalone = place.is_first && place.is_last;
	if (op->is_standalone)
		op->include.indent =
		    parser_dedented(place.indent, dedent_of(p));
	return true;
}

static struct str closing_of(struct parser *p, const struct tag *tag)
{
	return str_format(p->diags->arena, "%.*s/%.*s%.*s",
	    STR_ARG(p->tags.open), STR_ARG(tag->content),
	    STR_ARG(p->tags.close));
}

/*
 * Pops scopes down to the one that `tag` closes, which `*scope` then is; false
 * with a diagnostic when that is not the innermost one.
 */
static bool pop_scope(struct parser *p, const struct tag *tag,
    struct scope *scope)
{
	size_t depth = p->depth;
	const struct tag *open;

	while (depth > 0 && !str_eq(p->scopes[depth - 1].tag.content,
	    tag->content))
		depth--;
	if (depth == 0)
		return parser_fault(p, tag, DIAG_SECTION_UNOPENED, tag->text,
		    STR_NONE, STR_NONE);
	*scope = p->scopes[depth - 1];
	if (depth == p->depth)
		return true;
	open = &parser_scope(p)->tag;
	(void)parser_fault(p, tag, DIAG_SECTION_MISMATCH, tag->text,
	    open->text, str_format(p->diags->arena, "%u", open->line));
	p->depth = depth - 1;
	return false;
}

static bool take_close(struct parser *p, const struct tag *tag)
{
	struct line_place place = tag_place(p->tags.source, tag);
	struct scope scope = { .op = 0 };
	struct op *op;

	if (!pop_scope(p, tag, &scope)) {
		p->text_from = tag->to;
		return false;
	}
	if (p->errors > 0 || scope.is_dead) {
		/* Nothing will be shown; only further faults matter. */
		p->text_from = tag->to;
	} else if (scope.kind == OP_PARENT) {
		parser_close_parent(p, tag, &place, &scope);
	} else if (scope.kind == OP_BLOCK) {
		parser_close_block(p, tag, &place, &scope);
	} else {
		parser_text_around(p, tag, &place);
	}
	p->depth--;
	if (p->errors == 0 && !scope.is_dead) {
		op = vec_at(&p->ops, scope.op);
		op->end = (uint32_t)p->ops.count;
	}
	return true;
}

static bool take_silent(struct parser *p, const struct tag *tag)
{
	struct line_place place = tag_place(p->tags.source, tag);

	parser_text_around(p, tag, &place);
	return true;
}

static void take_all(struct parser *p)
{
	static bool (*const takers[])(struct parser *, const struct tag *) = {
		[TAG_VALUE] = take_value,
		[TAG_RAW] = take_value,
		[TAG_SECTION] = take_section,
		[TAG_INVERTED] = take_section,
		[TAG_CLOSE] = take_close,
		[TAG_PARTIAL] = take_partial,
		[TAG_PARENT] = parser_take_parent,
		[TAG_BLOCK] = parser_take_block,
		[TAG_SILENT] = take_silent,
	};
	struct tag tag;

	while (!p->is_lost && tag_next(&p->tags, &tag, p->diags))
		(void)takers[tag.kind](p, &tag);
	p->errors += p->tags.has_failed;
	if (p->text_from < p->tags.source.len)
		parser_text(p, p->tags.source.len);
	/* After a tag without an end it would be idle to ask for more ends. */
	while (p->depth > 0 && !p->is_lost && !p->tags.is_unclosed) {
		const struct tag *open = &p->scopes[--p->depth].tag;

		(void)parser_fault(p, open, DIAG_SECTION_UNCLOSED, open->text,
		    closing_of(p, open), STR_NONE);
	}
}

bool template_parse(struct template *template, struct str source,
    struct diag_list *diags)
{
	struct parser p = { .template = template,
		.arena = template->set->arena, .diags = diags };

	if (source.len > (size_t)TEMPLATE_KIB_MAX * 1024)
		return diag_report(diags,
		    ((struct mark){ template->path, 0, 0 }),
		    DIAG_TEMPLATE_SIZE, str_format(diags->arena, "%d",
		    TEMPLATE_KIB_MAX));
	tag_reader_init(&p.tags, template->path, source);
	p.text_from = p.tags.at;
	vec_init(&p.ops, sizeof(struct op));
	take_all(&p);
	if (p.errors == 0) {
		template->count = (uint32_t)p.ops.count;
		template->ops = arena_array(p.arena, p.ops.count,
		    sizeof(struct op));
		if (p.ops.count > 0)
			memcpy(template->ops, p.ops.items,
			    p.ops.count * sizeof(struct op));
	}
	vec_dispose(&p.ops);
	return p.errors == 0;
}
