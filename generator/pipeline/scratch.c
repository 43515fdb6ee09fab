/* SPDX-License-Identifier: MIT */
#include "pipeline/scratch.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/path.h"
#include "base/reason.h"
#include "base/vec.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool scratch_make(struct arena *arena, struct str *path,
    struct diag_list *diags)
{
	const char *set = getenv("TMPDIR");
	char *place = str_cstr(arena, path_join(arena, str_from(
	    set != NULL && set[0] != '\0' ? set : "/tmp"),
	    STR("zheli-XXXXXX")));

	if (mkdtemp(place) == NULL)
		return diag_report_reason(diags, ((struct mark){ .line = 0 }),
		    DIAG_CANNOT_WRITE, str_from(place), errno);
	*path = str_from(place);
	return true;
}

void scratch_remove(struct arena *arena, struct str path)
{
	struct diag_list no_matter;
	struct folder folder;
	struct vec paths;

	if (path.len == 0)
		return;
	diag_list_init(&no_matter, arena);
	vec_init(&paths, sizeof(struct str));
	if (folder_open_existing(path, &folder, &no_matter)) {
		(void)folder_list(&folder, arena, &paths, &no_matter);
		for (size_t i = 0; i < paths.count; i++)
			(void)folder_remove(&folder,
			    *(struct str *)vec_at(&paths, i), &no_matter);
		folder_close(&folder);
	}
	(void)rmdir(str_cstr(arena, path));
	vec_dispose(&paths);
	diag_list_dispose(&no_matter);
}
