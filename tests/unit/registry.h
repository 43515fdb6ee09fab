/* SPDX-License-Identifier: MIT */
/* The schemas and code lists that ship, for tests that need real records. */
#ifndef TESTS_REGISTRY_H
#define TESTS_REGISTRY_H

#include "memory.h"

#include "base/file.h"
#include "model/codes.h"
#include "schema/schema.h"

struct registry {
	struct arena arena;
	struct folder folder;
	struct reader reader;
	struct codes codes;
	struct schema_set *schemas;
};

/* Opens them from where tests run; to be closed whatever it returns. */
static inline bool registry_init(struct registry *r)
{
	struct diag_list diags;
	bool ok;

	arena_init(&r->arena);
	diag_list_init(&diags, &r->arena);
	ok = folder_open_existing(STR("."), &r->folder, &diags);
	r->reader = folder_reader(&r->folder);
	ok = ok && codes_load(&r->arena, &r->reader, STR("schemas/codes/"),
	    &r->codes, &diags) && schema_set_open(&r->arena, &r->reader,
	    &r->codes, &r->schemas, &diags);
	diag_list_dispose(&diags);
	return ok;
}

static inline void registry_dispose(struct registry *r)
{
	schema_set_close(r->schemas);
	folder_close(&r->folder);
	arena_dispose(&r->arena);
}

#endif
