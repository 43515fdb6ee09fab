/* SPDX-License-Identifier: MIT */
#include "model/record.h"

#include "base/value.h"

#include <assert.h>

bool record_parse(struct arena *arena, struct str path, struct str bytes,
    const struct frontmatter_limits *limits, struct record *record,
    struct diag_list *diags)
{
	struct content_path what = { .role = PATH_FOREIGN };
	struct frontmatter matter = { .body_offset = bytes.len };
	bool is_read;

	if (str_starts(path, STR("content/")) ?
	    !kind_of_path(path, &what, diags) :
	    !kind_of_private_path(path, &what, diags))
		return false;
	assert(what.role == PATH_RECORD);
	if (what.kind == KIND_SITE)
		is_read = yaml_parse(arena, path, bytes, limits,
		    &matter.data, diags);
	else
		is_read = frontmatter_parse(arena, path, bytes, limits,
		    &matter, diags);
	if (!is_read)
		return false;
	*record = (struct record){
		.kind = what.kind,
		.id = str_dup(arena, what.id),
		.unit = str_dup(arena, record_unit(what.kind, what.id)),
		.path = str_dup(arena, path),
		.data = matter.data,
		.body = matter.body,
		.body_line = matter.body_line,
		.body_offset = matter.body_offset,
		.body_size = matter.body_size,
	};
	return true;
}

struct mark record_mark(const struct record *record, const struct value *value)
{
	struct mark mark = { .path = record->path, .line = 1, .column = 1 };

	if (value != NULL && value->line > 0) {
		mark.line = value->line;
		mark.column = value->column;
	}
	return mark;
}
