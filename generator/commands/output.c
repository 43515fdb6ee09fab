/* SPDX-License-Identifier: MIT */
#include "commands/output.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/vec.h"
#include "commands/pipeline.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/file.h>

bool output_open_marked(struct pipeline *pipeline, struct str path,
    struct str marker, struct folder *folder)
{
	struct diag_list *diags = pipeline->diags;
	struct mark mark = { .path = path };
	struct vec paths;
	bool changed, is_ours = false;

	if (!folder_open(pipeline->arena, path, folder, diags))
		return false;
	/* A file system without locks is no reason not to build. */
	if (flock(folder->descriptor, LOCK_EX | LOCK_NB) < 0 &&
	    errno == EWOULDBLOCK)
		return diag_report(diags, mark, DIAG_OUTPUT_BUSY, path);
	vec_init(&paths, sizeof(struct str));
	if (!folder_list(folder, pipeline->arena, &paths, diags)) {
		vec_dispose(&paths);
		return false;
	}
	for (size_t i = 0; i < paths.count && !is_ours; i++)
		is_ours = str_eq(*(struct str *)vec_at(&paths, i), marker);
	is_ours = is_ours || paths.count == 0;
	vec_dispose(&paths);
	if (!is_ours)
		return diag_report(diags, mark, DIAG_OUTPUT_FOREIGN, path);
	return folder_replace(folder, marker, STR("zheli\n"), &changed, diags);
}

bool output_open(struct pipeline *pipeline, struct str path,
    struct folder *folder)
{
	return output_open_marked(pipeline, path, OUTPUT_MARKER, folder);
}

static bool lies_below(const char *inner, const char *outer)
{
	struct str folder = str_from(outer), path = str_from(inner);

	return str_starts(path, folder) && (path.len == folder.len ||
	    path.ptr[folder.len] == '/' || str_eq(folder, STR("/")));
}

bool outputs_are_apart(struct pipeline *pipeline, struct str public,
    struct str internal)
{
	char one[PATH_MAX], other[PATH_MAX];

	if (realpath(str_cstr(pipeline->arena, public), one) == NULL ||
	    realpath(str_cstr(pipeline->arena, internal), other) == NULL)
		return true;
	return (!lies_below(other, one) && !lies_below(one, other)) ||
	    diag_report(pipeline->diags, ((struct mark){ .path = internal }),
		DIAG_OUTPUT_NESTED, public, internal);
}
