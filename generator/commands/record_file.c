/* SPDX-License-Identifier: MIT */
#include "commands/record_file.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/path.h"
#include "commands/registry.h"
#include "source/source.h"

#include <unistd.h>

static bool is_free(struct str full, struct str path, struct diag_list *diags)
{
	return access(full.ptr, F_OK) != 0 || diag_report(diags,
	    ((struct mark){ .path = path }), DIAG_RECORD_EXISTS, path);
}

bool record_file_is_free(const struct registry *registry, struct str path,
    struct diag_list *diags)
{
	if (!source_is_worktree(registry->source))
		return diag_report(diags, ((struct mark){ .path = path }),
		    DIAG_RECORD_IN_COMMIT, path);
	return is_free(path_join(registry->arena,
	    source_folder(registry->source), path), path, diags);
}

static bool write_below(struct folder *folder, struct str path,
    struct str text, struct diag_list *diags)
{
	bool changed, ok = folder_replace(folder, path, text, &changed, diags);

	folder_close(folder);
	return ok;
}

bool record_file_create(const struct registry *registry, struct str other,
    struct str path, struct str text, struct diag_list *diags)
{
	struct folder folder;

	if (other.len > 0)
		return is_free(path_join(registry->arena, other, path), path,
		    diags) && folder_open(registry->arena, other, &folder,
		    diags) && write_below(&folder, path, text, diags);
	return record_file_is_free(registry, path, diags) &&
	    folder_open_existing(source_folder(registry->source), &folder,
		diags) && write_below(&folder, path, text, diags);
}
