/* SPDX-License-Identifier: MIT */
#include "pipeline/output.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/listing.h"
#include "base/map.h"
#include "base/path.h"
#include "base/vec.h"
#include "pipeline/pipeline.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* Whether a folder that is open is empty or has the marker. */
static bool is_ours(struct pipeline *pipeline, const struct folder *folder,
    struct str marker)
{
	struct diag_list *diags = pipeline->diags;
	struct stat status;
	struct vec paths;
	bool is_empty, ok;

	if (fstatat(folder->descriptor, str_cstr(pipeline->arena, marker),
	    &status, AT_SYMLINK_NOFOLLOW) == 0 && !S_ISDIR(status.st_mode))
		return true;
	vec_init(&paths, sizeof(struct str));
	ok = folder_list(folder, pipeline->arena, &paths, diags);
	is_empty = paths.count == 0;
	vec_dispose(&paths);
	return ok && (is_empty || diag_report(diags,
	    ((struct mark){ .path = folder->path }), DIAG_OUTPUT_FOREIGN,
	    folder->path));
}

bool output_is_ours(struct pipeline *pipeline, struct str path,
    struct str marker)
{
	struct folder folder;
	bool ok;

	if (access(str_cstr(pipeline->arena, path), F_OK) != 0)
		return true;
	if (!folder_open_existing(path, &folder, pipeline->diags))
		return false;
	ok = is_ours(pipeline, &folder, marker);
	folder_close(&folder);
	return ok;
}

bool output_open_marked(struct pipeline *pipeline, struct str path,
    struct str marker, struct folder *folder)
{
	struct diag_list *diags = pipeline->diags;
	bool changed;

	if (!folder_open(pipeline->arena, path, folder, diags))
		return false;
	/* A file system without locks is no reason not to build. */
	if (flock(folder->descriptor, LOCK_EX | LOCK_NB) < 0 &&
	    errno == EWOULDBLOCK)
		return diag_report(diags, ((struct mark){ .path = path }),
		    DIAG_OUTPUT_BUSY, path);
	return is_ours(pipeline, folder, marker) && folder_replace(folder,
	    marker, STR("zheli\n"), &changed, diags);
}

bool output_open(struct pipeline *pipeline, struct str path,
    struct folder *folder)
{
	return output_open_marked(pipeline, path, OUTPUT_MARKER, folder);
}

struct removing {
	struct pipeline *pipeline;
	const struct folder *folder;
	struct listing *listing;
	const struct output_kept *kept;
	size_t *removed;
};

static bool remove_other(void *context, struct str path)
{
	const struct removing *removing = context;

	if (str_eq(path, OUTPUT_MARKER) || !path_is_safe(path) ||
	    removing->kept->has(removing->kept->context, path))
		return true;
	*removing->removed += 1;
	listing_doubt(removing->listing, path);
	return folder_remove(removing->folder, path,
	    removing->pipeline->diags);
}

bool output_remove_others(struct pipeline *pipeline,
    const struct folder *folder, struct listing *listing,
    const struct output_kept *kept, size_t *removed)
{
	struct removing removing = { pipeline, folder, listing, kept,
		removed };

	return listing_each(listing, remove_other, &removing);
}

static bool lies_below(const char *inner, const char *outer)
{
	struct str folder = str_from(outer), path = str_from(inner);

	return str_starts(path, folder) && (path.len == folder.len ||
	    path.ptr[folder.len] == '/' || str_eq(folder, STR("/")));
}

/* The path without links, also of a folder that is still to be made. */
static bool whole_path(struct arena *arena, struct str path,
    char whole[PATH_MAX])
{
	struct str name;
	size_t len;

	if (realpath(str_cstr(arena, path), whole) != NULL)
		return true;
	while (str_ends(path, STR("/")))
		path.len--;
	name = path_name(path);
	if (errno != ENOENT || name.len == 0 || str_eq(name, STR("..")))
		return false;
	path = str_starts(path, STR("/")) && path_folder(path).len == 0 ?
	    STR("/") : path_folder(path);
	if (!whole_path(arena, path.len > 0 ? path : STR("."), whole))
		return false;
	len = strcmp(whole, "/") == 0 ? 0 : strlen(whole);
	if (len + 1 + name.len >= PATH_MAX)
		return false;
	(void)snprintf(whole + len, PATH_MAX - len, "/%.*s", STR_ARG(name));
	return true;
}

bool outputs_are_apart(struct pipeline *pipeline, struct str public,
    struct str internal)
{
	char one[PATH_MAX], other[PATH_MAX];

	if (!whole_path(pipeline->arena, public, one) ||
	    !whole_path(pipeline->arena, internal, other))
		return true;
	return (!lies_below(other, one) && !lies_below(one, other)) ||
	    diag_report(pipeline->diags, ((struct mark){ .path = internal }),
		DIAG_OUTPUT_NESTED, public, internal);
}
