/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a path in the registry and in the private folder, and as a link
 * from one of its files: what is taken for a record or a file of one is a path
 * that stays below where it starts, and so is what a link resolves to.
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/path.h"
#include "model/kind.h"
#include "pipeline/links.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef bool find_kind(struct str path, struct content_path *what,
    struct diag_list *diags);

static void check_kind(find_kind *find, struct str path, struct arena *arena)
{
	struct content_path what = { .role = PATH_FOREIGN };
	struct diag_list diags;
	bool is_right;

	diag_list_init(&diags, arena);
	is_right = find(path, &what, &diags);
	assert(is_right == (diag_errors(&diags) == 0));
	if (is_right) {
		assert(path_is_safe(path));
		assert(what.role == PATH_FOREIGN ||
		    (what.id.len > 0 && path_is_safe(what.id)));
	}
	diag_list_dispose(&diags);
}

static void check_link(struct str link, struct arena *arena)
{
	struct str path = path_resolve(arena, STR("content/pages/guide"),
	    link);
	struct str address = links_address(arena, path);

	assert(path.len == 0 || !path_is_safe(link) || path_is_safe(path));
	assert(!str_starts(path, STR("../")) &&
	    str_find(path, STR("/../"), 0) == STR_NOT_FOUND);
	assert(!str_starts(address, STR("/")) || str_starts(path,
	    STR("content/pages//")));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str bytes = { (const char *)data, size };
	struct arena arena;

	arena_init(&arena);
	check_kind(kind_of_path, bytes, &arena);
	check_kind(kind_of_path, str_join(&arena, STR("content/"), bytes),
	    &arena);
	check_kind(kind_of_private_path, bytes, &arena);
	check_link(bytes, &arena);
	arena_dispose(&arena);
	return 0;
}
