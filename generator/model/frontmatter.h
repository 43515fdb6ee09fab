/* SPDX-License-Identifier: MIT */
/*
 * Front matter: a YAML map between two lines of `---`, and the Markdown body
 * after them. Of YAML only what people need is let in: block and flow maps and
 * lists, plain, quoted and block scalars. Every scalar is text (no YAML 1.1
 * guessing: `no` is a word, 2026 has four letters) until a schema types it; a
 * plain scalar of no letters is VALUE_NULL. Aliases, anchors, tags, merge keys,
 * keys that are no text, duplicate keys and several documents are refused.
 *
 * Marks: each key and each value carries its line and column (in characters,
 * from 1) in the file. The mark of a quoted scalar is that of its first letter,
 * that of a block scalar the first letter of its first line, so that column
 * plus offset is the place of a letter inside it.
 *
 * The bytes are searched as well, front matter and body: invalid UTF-8, control
 * characters, characters that reorder text. One run reports all it can: only
 * the first fault in YAML's own syntax ends the reading of the YAML.
 */
#ifndef MODEL_FRONTMATTER_H
#define MODEL_FRONTMATTER_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct diag_list;
struct value;

struct frontmatter_limits {
	size_t max_bytes;	/* of the whole file */
	size_t max_depth;	/* of maps and lists in each other */
};

/* What a registry has that sets no limits of its own. */
#define FRONTMATTER_LIMITS_DEFAULT \
	((struct frontmatter_limits){ 512 * 1024, 16 })

struct frontmatter {
	struct value *data;		/* a VALUE_MAP */
	struct str body;		/* line feeds only */
	uint32_t body_line;		/* from 1 */
	size_t body_offset, body_size;	/* in the bytes */
};

/*
 * Front matter and body of `bytes`; values are copied into `arena`, the body is
 * a view of `bytes` (a copy in `arena` if it had carriage returns).
 */
bool frontmatter_parse(struct arena *arena, struct str path, struct str bytes,
    const struct frontmatter_limits *limits, struct frontmatter *out,
    struct diag_list *diags) __attribute__((warn_unused_result));

/* The body again, from the bytes of the file it was found in; empty if the file
 * has become shorter. */
struct str frontmatter_body(struct arena *arena, struct str bytes,
    size_t body_offset, size_t body_size);

/* A file that is YAML (or JSON) and nothing else, a map at its top. */
bool yaml_parse(struct arena *arena, struct str path, struct str bytes,
    const struct frontmatter_limits *limits, struct value **root,
    struct diag_list *diags) __attribute__((warn_unused_result));

#endif
