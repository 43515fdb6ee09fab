/* SPDX-License-Identifier: MIT */
#include "commands/asked.h"

#include "base/path.h"
#include "commands/command.h"
#include "pipeline/overlay.h"
#include "pipeline/pipeline.h"
#include "source/source.h"

void asked_init(struct asked *asked, const struct invocation *invocation)
{
	map_init(&asked->paths, invocation->arena);
	for (size_t i = 0; i < invocation->operand_count; i++)
		map_put(&asked->paths, path_plain(invocation->operands[i]),
		    asked);
}

bool asked_has(const struct asked *asked, struct str path)
{
	for (struct str at = path; at.len > 0; at = path_folder(at))
		if (map_has(&asked->paths, at))
			return true;
	return asked->paths.count == 0 || map_has(&asked->paths, STR_NONE);
}

/* Entries are sorted: what is below a folder ("content/units/") stands
 * together. */
static bool is_below(const struct vec *entries, struct str folder)
{
	size_t low = 0, high = entries->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct source_entry *entry = vec_at(entries, middle);

		if (str_cmp(entry->path, folder) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < entries->count && str_starts(
	    ((struct source_entry *)vec_at(entries, low))->path, folder);
}

static bool has_path(const struct pipeline *pipeline, struct arena *arena,
    struct str path)
{
	return path.len == 0 || pipeline_lists(pipeline, path) ||
	    is_below(&pipeline->entries, str_join(arena, path, STR("/")));
}

/* Whether the private folder has what is at `path` from the current one. */
static bool is_private(const struct overlay *overlay, struct arena *arena,
    struct str path)
{
	struct str folder = overlay->folder;

	if (folder.len == 0 || !str_starts(path, folder))
		return false;
	path = str_slice(path, folder.len, path.len);
	return path.len == 0 || (str_starts(path, STR("/")) &&
	    has_path(&overlay->pipeline, arena,
		str_slice(path, 1, path.len)));
}

bool asked_exist(const struct invocation *invocation,
    const struct pipeline *pipeline, const struct overlay *overlay,
    struct str *unknown)
{
	for (size_t i = 0; i < invocation->operand_count; i++) {
		struct str path = path_plain(invocation->operands[i]);

		if (has_path(pipeline, invocation->arena, path) ||
		    is_private(overlay, invocation->arena, path))
			continue;
		*unknown = invocation->operands[i];
		return false;
	}
	return true;
}
