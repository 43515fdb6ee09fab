/* SPDX-License-Identifier: MIT */
/*
 * The state of compiling one template, shared by template_parse.c, which deals
 * with lines, names and sections, and template_block.c, which deals with
 * parents and blocks.
 */
#ifndef RENDER_TEMPLATE_PARSER_H
#define RENDER_TEMPLATE_PARSER_H

#include "base/diag.h"
#include "base/str.h"
#include "base/vec.h"
#include "render/template_ops.h"
#include "render/template_tag.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SCOPES_MAX = 64 };

/* A tag that waits for its closing tag. */
struct scope {
	enum op_kind kind;
	struct tag tag;
	struct line_place place;
	uint32_t op;
	bool is_dead;		/* what it holds is not compiled */
	bool is_argument;	/* a block given to a parent */
	struct str dedent;	/* taken off the lines inside */
};

struct parser {
	struct tag_reader tags;
	struct template *template;
	struct arena *arena;
	struct diag_list *diags;
	struct vec ops;
	size_t text_from;	/* source before it is dealt with */
	struct scope scopes[SCOPES_MAX];
	size_t depth;
	size_t errors;
	bool is_lost;		/* too deep: the rest is not looked at */
};

/* The innermost tag that is open, or NULL. */
struct scope *parser_scope(struct parser *p);

/* Nothing that stands here is shown: between the blocks of a parent. */
bool parser_is_dead(struct parser *p);

/* Reports `code` at the tag; always false. */
bool parser_fault(struct parser *p, const struct tag *tag, enum diag_code code,
    struct str a, struct str b, struct str c);

/* Warns of a tag right below a parent. */
void parser_warn_dead(struct parser *p, const struct tag *tag);

/* One more operation; valid until the next one. */
struct op *parser_add(struct parser *p, enum op_kind kind,
    const struct tag *tag);

/* Opens a scope whose operation comes next; NULL with a diagnostic when too
 * many are open. */
struct scope *parser_push(struct parser *p, enum op_kind kind,
    const struct tag *tag, const struct line_place *place);

/* Compiles the source up to `to` as text. */
void parser_text(struct parser *p, size_t to);
/* Text before a tag that leaves its line as it is. */
void parser_text_inline(struct parser *p, const struct tag *tag);
/* The same, or, if the tag is alone on its line, takes the line away. */
void parser_text_around(struct parser *p, const struct tag *tag,
    const struct line_place *place);

/* `indent` without what is taken off each line. */
struct str parser_dedented(struct str indent, struct str dedent);

/* The name of a partial or parent; false with a diagnostic if it is none. */
bool parser_include(struct parser *p, const struct tag *tag,
    struct include *include, bool *is_dynamic);

bool parser_take_parent(struct parser *p, const struct tag *tag);
bool parser_take_block(struct parser *p, const struct tag *tag);

/* The closing tag of `scope`, which is still the innermost one. */
void parser_close_parent(struct parser *p, const struct tag *tag,
    const struct line_place *place, const struct scope *scope);
void parser_close_block(struct parser *p, const struct tag *tag,
    const struct line_place *place, const struct scope *scope);

#endif
