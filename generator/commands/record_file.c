/* SPDX-License-Identifier: MIT */
#include "commands/record_file.h"

#include "base/diag.h"
#include "base/file.h"
#include "base/path.h"
#include "commands/command.h"
#include "commands/consent.h"
#include "pipeline/registry.h"
#include "source/source.h"

#include <unistd.h>

static bool is_there(const struct record_file *file)
{
	struct str folder = file->other.len > 0 ? file->other :
	    source_folder(file->registry->source);
	struct str full = path_join(file->registry->arena, folder,
	    file->path);

	return access(full.ptr, F_OK) == 0;
}

static bool has_place(const struct record_file *file, struct diag_list *diags)
{
	return file->other.len > 0 ||
	    source_is_worktree(file->registry->source) ||
	    diag_report(diags, ((struct mark){ .path = file->path }),
		DIAG_RECORD_IN_COMMIT, file->path);
}

static bool refuse(const struct record_file *file, struct diag_list *diags)
{
	return diag_report(diags, ((struct mark){ .path = file->path }),
	    DIAG_RECORD_EXISTS, file->path);
}

bool record_file_is_free(const struct invocation *invocation,
    const struct record_file *file, struct diag_list *diags)
{
	if (!has_place(file, diags))
		return false;
	return !is_there(file) || invocation_has(invocation, "force") ||
	    isatty(STDIN_FILENO) == 1 || refuse(file, diags);
}

static bool write_file(const struct record_file *file, struct str text,
    struct diag_list *diags)
{
	struct folder folder;
	bool changed, ok;

	if (!(file->other.len > 0 ? folder_open(file->registry->arena,
	    file->other, &folder, diags) : folder_open_existing(source_folder(
	    file->registry->source), &folder, diags)))
		return false;
	ok = folder_replace(&folder, file->path, text, &changed, diags);
	folder_close(&folder);
	return ok;
}

bool record_file_create(const struct invocation *invocation,
    const struct record_file *file, struct str text, struct diag_list *diags)
{
	bool is_dry = invocation_has(invocation, "dry-run"), there;

	if (!has_place(file, diags))
		return false;
	there = is_there(file);
	/* Nothing is asked where nothing will be written. */
	if (there && !invocation_has(invocation, "force") &&
	    (is_dry || !consent_given(invocation, file->path)))
		return refuse(file, diags);
	if (!is_dry)
		return write_file(file, text, diags);
	consent_would_write(invocation, path_join(file->registry->arena,
	    file->other, file->path), there);
	return true;
}
