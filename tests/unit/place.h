/* SPDX-License-Identifier: MIT */
/* A folder of its own for a test that needs real files. */
#ifndef TESTS_PLACE_H
#define TESTS_PLACE_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "memory.h"

#include "base/file.h"

struct place {
	struct fixture f;
	char path[64];
	struct folder folder;
};

static inline void place_init(struct place *place)
{
	fixture_init(&place->f, NULL);
	(void)snprintf(place->path, sizeof(place->path),
	    "/tmp/zheli-test-XXXXXX");
	assert_non_null(mkdtemp(place->path));
	assert_true(folder_open(&place->f.arena, str_from(place->path),
	    &place->folder, &place->f.diags));
}

/* All files below `path`, and it. */
static inline void place_remove_all(struct place *place, const char *path)
{
	struct folder folder;
	struct vec paths;

	assert_true(folder_open_existing(str_from(path), &folder,
	    &place->f.diags));
	vec_init(&paths, sizeof(struct str));
	assert_true(folder_list(&folder, &place->f.arena, &paths,
	    &place->f.diags));
	for (size_t i = 0; i < paths.count; i++)
		assert_true(folder_remove(&folder,
		    *(struct str *)vec_at(&paths, i), &place->f.diags));
	vec_dispose(&paths);
	folder_close(&folder);
	(void)rmdir(path);
}

/* Whatever is left in it goes. */
static inline void place_dispose(struct place *place)
{
	folder_close(&place->folder);
	place_remove_all(place, place->path);
	fixture_dispose(&place->f);
}

#endif
