/* SPDX-License-Identifier: MIT */
/*
 * YAML to values, behind frontmatter.h and for model/ alone: one map, read from
 * libyaml's events, with everything refused that frontmatter.h says is refused.
 */
#ifndef MODEL_YAML_H
#define MODEL_YAML_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct diag_list;
struct value;

struct yaml_source {
	struct str path;
	struct str bytes;	/* free of what hygiene.h refuses */
	uint32_t line;		/* in the file, of the first byte; from 1 */
	size_t max_depth;
};

/* The map that the source holds, copied into `arena`. */
bool yaml_read(struct arena *arena, const struct yaml_source *source,
    struct value **root, struct diag_list *diags)
    __attribute__((warn_unused_result));

/* Where and why libyaml stopped; lines and columns as it counts, from 0. */
struct yaml_fault {
	const char *problem;	/* its words; NULL when it gave none */
	size_t line, column;
	size_t context_line, context_column;
	bool has_context;	/* of the construct it was reading */
	size_t open_line;	/* of the innermost map or list around it */
};

/* Says it in words of ours. Always adds an error. */
void yaml_fault_report(const struct yaml_source *source,
    const struct yaml_fault *fault, struct diag_list *diags);

/*
 * The byte offset of a line, counted from 0 in the source. `*line` and
 * `*offset` remember a line found before, so that ascending calls together read
 * the source once; both begin as 0.
 */
size_t yaml_line_offset(struct str bytes, size_t wanted, size_t *line,
    size_t *offset);

#endif
