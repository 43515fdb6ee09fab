/* SPDX-License-Identifier: MIT */
#include "commands/serve/edits.h"

void edits_init(struct edits *edits)
{
	edits->is_vague = false;
	arena_init(&edits->arena);
	map_init(&edits->paths, &edits->arena);
}

void edits_dispose(struct edits *edits)
{
	arena_dispose(&edits->arena);
}

void edits_clear(struct edits *edits)
{
	edits_dispose(edits);
	edits_init(edits);
}

void edits_add(struct edits *edits, struct str path)
{
	if (map_has(&edits->paths, path))
		return;
	if (!str_starts(path, STR("content/")) ||
	    !str_ends(path, STR(".md")) || edits->paths.count == EDITS_MAX)
		edits->is_vague = true;
	else
		map_put(&edits->paths, str_dup(&edits->arena, path), edits);
}

void edits_join(struct edits *edits, const struct edits *from)
{
	edits->is_vague = edits->is_vague || from->is_vague;
	for (size_t i = 0; i < from->paths.count; i++)
		edits_add(edits, from->paths.entries[i].key);
}
