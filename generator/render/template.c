/* SPDX-License-Identifier: MIT */
#include "render/template.h"

#include "base/buf.h"
#include "base/escape.h"
#include "base/value.h"
#include "render/template_ops.h"

#include <assert.h>

/* Sections, list items and inclusions of one page; with this many something
 * includes itself twice over. */
enum { STEPS_MAX = 20 * 1000 * 1000 };

/* A context on the stack: what a section pushed. */
struct frame {
	const struct value *value;
	uint64_t bits;		/* of all its fields, see segment_bit */
};

/* Blocks given to a parent that is being rendered. */
struct given {
	struct template *template;
	uint32_t parent;		/* the operation that holds them */
	const struct given *outer;
};

struct renderer {
	struct buf *out;
	struct diag_list *diags;
	struct frame frames[TEMPLATE_DEPTH_MAX + 2];
	size_t frame_count;
	const struct given *given;
	struct buf indent;	/* all indentations in force, … */
	size_t indent_from;	/* … of which those from here on count */
	bool is_indented;	/* the line that begins next is so already */
	size_t depth, steps, begin;
	bool has_failed;
};

static void render_ops(struct renderer *r, struct template *template,
    uint32_t from, uint32_t to);

static void fail(struct renderer *r, const struct template *template,
    const struct op *op, enum diag_code code, int limit)
{
	r->has_failed = true;
	(void)diag_report(r->diags,
	    ((struct mark){ template->path, op->line, op->column }), code,
	    str_format(r->diags->arena, "%d", limit));
}

/* Counts one more step at `op`; false when the page has no end. */
static bool step(struct renderer *r, const struct template *template,
    const struct op *op)
{
	if (r->has_failed)
		return false;
	if (++r->steps > STEPS_MAX || r->out->len - r->begin >
	    (size_t)TEMPLATE_OUTPUT_MIB_MAX * 1024 * 1024) {
		fail(r, template, op, DIAG_TEMPLATE_TOO_LONG,
		    TEMPLATE_OUTPUT_MIB_MAX);
		return false;
	}
	return true;
}

/* Renders what `op` of `template` brings in, one level deeper. */
static void render_inside(struct renderer *r, const struct template *template,
    const struct op *op, struct template *inside, uint32_t from, uint32_t to)
{
	if (!step(r, template, op))
		return;
	if (r->depth == TEMPLATE_DEPTH_MAX) {
		fail(r, template, op, DIAG_TEMPLATE_TOO_DEEP,
		    TEMPLATE_DEPTH_MAX);
		return;
	}
	r->depth++;
	render_ops(r, inside, from, to);
	r->depth--;
}

/* The field of a map; it is where it was last time more often than not. */
static const struct value *field_of(const struct value *map,
    struct segment *segment)
{
	const struct value_field *fields;

	if (map == NULL || map->kind != VALUE_MAP)
		return NULL;
	fields = map->map.fields;
	if (segment->hint < map->map.count &&
	    str_eq(fields[segment->hint].name, segment->text))
		return fields[segment->hint].value;
	for (size_t i = 0; i < map->map.count; i++)
		if (str_eq(fields[i].name, segment->text)) {
			segment->hint = i;
			return fields[i].value;
		}
	return NULL;
}

static const struct value *look_up(const struct renderer *r,
    const struct name *name)
{
	size_t i = r->frame_count;
	size_t last = name->is_local ? i - 1 : 0;
	const struct value *value = NULL;

	if (name->count == 0)
		return r->frames[i - 1].value;
	while (value == NULL && i-- > last)
		if (r->frames[i].bits & name->segments[0].bit)
			value = field_of(r->frames[i].value,
			    &name->segments[0]);
	for (i = 1; i < name->count && value != NULL; i++)
		value = field_of(value, &name->segments[i]);
	return value;
}

static bool is_true(const struct value *value)
{
	if (value == NULL)
		return false;
	switch (value->kind) {
	case VALUE_BOOL:
		return value->boolean;
	case VALUE_TEXT:
		return value->text.len > 0;
	case VALUE_LIST:
		return value->list.count > 0;
	case VALUE_MAP:
		return true;
	case VALUE_NULL:
		break;
	}
	return false;
}

static struct str text_of(const struct value *value)
{
	if (value != NULL && value->kind == VALUE_TEXT)
		return value->text;
	if (value != NULL && value->kind == VALUE_BOOL)
		return value->boolean ? STR("true") : STR("false");
	return STR_NONE;
}

static void push_frame(struct renderer *r, const struct value *value)
{
	struct frame *frame = &r->frames[r->frame_count++];

	*frame = (struct frame){ .value = value };
	if (value->kind != VALUE_MAP)
		return;
	for (size_t i = 0; i < value->map.count; i++)
		frame->bits |= segment_bit(value->map.fields[i].name);
}

static void append_indent(struct renderer *r)
{
	if (!r->is_indented)
		buf_append(r->out, str_slice(buf_str(&r->indent),
		    r->indent_from, r->indent.len));
	r->is_indented = false;
}

static void render_text(struct renderer *r, struct str text, bool begins_line)
{
	size_t at = 0, end;

	if (r->indent.len == r->indent_from) {
		buf_append(r->out, text);
		r->is_indented = false;
		return;
	}
	do {
		if (begins_line)
			append_indent(r);
		end = str_find_char(text, '\n', at);
		end = end == STR_NOT_FOUND ? text.len : end + 1;
		buf_append(r->out, str_slice(text, at, end));
		at = end;
		begins_line = true;
	} while (at < text.len);
}

static void render_section(struct renderer *r, struct template *template,
    uint32_t at)
{
	const struct op *op = &template->ops[at];
	const struct value *value = look_up(r, &op->name);
	bool is_list = value != NULL && value->kind == VALUE_LIST;
	size_t count = is_list ? value->list.count : 1;

	if (!is_true(value))
		return;
	for (size_t i = 0; i < count && !r->has_failed; i++) {
		push_frame(r, is_list ? value->list.items[i] : value);
		render_inside(r, template, op, template, at + 1, op->end);
		r->frame_count--;
	}
}

/* What a partial or parent includes; NULL for nothing. */
static struct template *target_of(struct renderer *r,
    const struct template *template, const struct op *op)
{
	struct template *target = op->include.target;
	struct str name;

	if (!op->is_dynamic)
		return target;
	name = text_of(look_up(r, &op->include.dynamic));
	if (name.len == 0)
		return NULL;
	target = template_find(template->set, name);
	if (target == NULL)
		(void)diag_report(r->diags,
		    ((struct mark){ template->path, op->line, op->column }),
		    DIAG_TEMPLATE_DYNAMIC,
		    op->include.dynamic.count > 0 ?
		    op->include.dynamic.segments[0].text : STR("."), name);
	return target;
}

/* What a tag in the middle of a line includes is left as it is; what stands
 * alone on its line is indented like it. */
static void render_include(struct renderer *r, struct template *template,
    uint32_t at)
{
	const struct op *op = &template->ops[at];
	struct template *target = target_of(r, template, op);
	struct given given = { template, at, r->given };
	size_t from = r->indent_from, len = r->indent.len;

	if (target == NULL)
		return;
	if (op->is_standalone)
		buf_append(&r->indent, op->include.indent);
	else
		r->indent_from = len;
	if (op->end > at + 1)
		r->given = &given;
	render_inside(r, template, op, target, 0, target->count);
	r->given = given.outer;
	buf_truncate(&r->indent, len);
	r->indent_from = from;
}

/* The outermost content given for the block; its template in `*given`. */
static const struct op *find_given(const struct renderer *r,
    const struct op *block, const struct given **given)
{
	const struct op *found = NULL;

	for (const struct given *g = r->given; g != NULL; g = g->outer) {
		const struct op *ops = g->template->ops;
		uint32_t i = g->parent + 1;

		while (i < ops[g->parent].end &&
		    ops[i].block.name.ptr != block->block.name.ptr)
			i = ops[i].end;
		if (i < ops[g->parent].end) {
			found = &ops[i];
			*given = g;
		}
	}
	return found;
}

static void render_given(struct renderer *r, struct template *template,
    const struct op *block, const struct op *content,
    const struct given *given)
{
	const struct given *before = r->given;
	uint32_t from = (uint32_t)(content - given->template->ops) + 1;
	size_t len = r->indent.len;
	bool was_indented = r->is_indented;

	/* Names of blocks mean here what they meant where it was written. */
	r->given = given->outer;
	buf_append(&r->indent, block->block.indent);
	if (block->is_standalone && !content->begins_line)
		append_indent(r);
	else if (!block->is_standalone && content->begins_line)
		r->is_indented = true;
	render_inside(r, template, block, given->template, from, content->end);
	r->is_indented = was_indented && r->is_indented;
	buf_truncate(&r->indent, len);
	r->given = before;
	if (!content->ends_line)
		buf_append(r->out, block->block.tail);
}

static void render_block(struct renderer *r, struct template *template,
    uint32_t at)
{
	const struct op *block = &template->ops[at];
	const struct given *given = NULL;
	const struct op *content = find_given(r, block, &given);

	if (content != NULL) {
		render_given(r, template, block, content, given);
		return;
	}
	render_inside(r, template, block, template, at + 1, block->end);
	buf_append(r->out, block->block.tail);
}

static void render_ops(struct renderer *r, struct template *template,
    uint32_t from, uint32_t to)
{
	for (uint32_t at = from, next; at < to && !r->has_failed; at = next) {
		const struct op *op = &template->ops[at];

		next = op->end;
		switch ((enum op_kind)op->kind) {
		case OP_TEXT:
			render_text(r, op->text, op->begins_line);
			break;
		case OP_ESCAPED:
			escape_html(r->out, text_of(look_up(r, &op->name)));
			break;
		case OP_RAW:
			buf_append(r->out, text_of(look_up(r, &op->name)));
			break;
		case OP_SECTION:
			render_section(r, template, at);
			break;
		case OP_INVERTED:
			if (!is_true(look_up(r, &op->name)))
				render_inside(r, template, op, template,
				    at + 1, op->end);
			break;
		case OP_PARTIAL:
		case OP_PARENT:
			render_include(r, template, at);
			break;
		case OP_BLOCK:
			render_block(r, template, at);
			break;
		}
	}
}

bool template_render(struct template *template, const struct value *context,
    struct buf *out, struct diag_list *diags)
{
	struct renderer r = { .out = out, .diags = diags, .begin = out->len };

	buf_init(&r.indent);
	push_frame(&r, context);
	render_ops(&r, template, 0, template->count);
	buf_dispose(&r.indent);
	if (r.has_failed)
		buf_truncate(out, r.begin);
	return !r.has_failed;
}
