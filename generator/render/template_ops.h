/* SPDX-License-Identifier: MIT */
/*
 * What a template is compiled to; shared by the template*.c files and nobody
 * else. Operations stand in one array in the order of the source. One that
 * holds others (section, block, parent) is followed by them and says in `end`
 * where they end, so passing over it is one jump. Below a parent stand only the
 * blocks given to it: all else there shows nothing and is not compiled.
 */
#ifndef RENDER_TEMPLATE_OPS_H
#define RENDER_TEMPLATE_OPS_H

#include "base/diag.h"
#include "base/map.h"
#include "base/str.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct reader;

enum op_kind {
	OP_TEXT,
	OP_ESCAPED,		/* {{name}} */
	OP_RAW,			/* {{{name}}}, {{&name}} */
	OP_SECTION,
	OP_INVERTED,
	OP_PARTIAL,
	OP_PARENT,
	OP_BLOCK
};

/* One part of a dotted name. */
struct segment {
	struct str text;
	uint64_t bit;		/* of text, see segment_bit */
	size_t hint;		/* index at which a map last had it */
};

struct name {
	struct segment *segments;
	size_t count;		/* 0: ".", the innermost context itself */
	bool is_local;		/* ".name": of the innermost context only */
};

/* A partial or parent. */
struct include {
	struct str name;		/* empty if dynamic */
	struct template *target;	/* NULL if dynamic or not there */
	struct name dynamic;
	struct str indent;	/* before it, if alone on its line */
};

struct block {
	struct str name;	/* interned: compare pointers */
	struct str indent;	/* of what is shown in its place */
	/* The rest of the line after the block, if it has its lines to itself
	 * without its closing tag being alone: left away when what is shown
	 * ends a line already. */
	struct str tail;
};

struct op {
	uint8_t kind;
	/* OP_TEXT: it begins a line. OP_BLOCK: what it holds does. */
	bool begins_line;
	bool ends_line;		/* OP_BLOCK: what it holds does */
	/* OP_PARTIAL, OP_PARENT: alone on their lines, so they are indented.
	 * OP_BLOCK: its opening tag is. */
	bool is_standalone;
	bool is_dynamic;	/* OP_PARTIAL, OP_PARENT */
	/* What template_names.c finds out: something comes here; its name led
	 * somewhere then. */
	bool is_reached, is_known;
	uint32_t end;		/* index after what it holds, or after it */
	uint32_t line, column;
	union {
		struct str text;
		struct name name;
		struct include include;
		struct block block;
	};
};

struct template {
	struct template_set *set;
	struct str name, path;
	struct op *ops;
	uint32_t count;
	uint32_t visit;		/* number of the walk that was here last */
	bool is_open;		/* on the way of find_endless() */
	uint64_t digest;	/* of its source */
	struct template_use *use;	/* once it was asked for */
};

struct template_set {
	struct arena *arena;
	const struct reader *reader;
	const struct template_folder *folders;
	size_t folder_count;
	struct map templates;	/* struct template by name */
	struct map names;	/* names of blocks, interned */
	uint32_t visits;
};

/*
 * One of 64 bits for a name. A context knows the bits of all its fields, which
 * answers most questions for a field that it does not have.
 */
static inline uint64_t segment_bit(struct str text)
{
	size_t first, last;

	if (text.len == 0)
		return 1;
	first = (unsigned char)text.ptr[0];
	last = (unsigned char)text.ptr[text.len - 1];
	return UINT64_C(1) << ((text.len * 7 + first * 5 + last) & 63);
}

/* Compiles `source` into `template`, whose set, name and path are set. */
bool template_parse(struct template *template, struct str source,
    struct diag_list *diags) __attribute__((warn_unused_result));

#endif
