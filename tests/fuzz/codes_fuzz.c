/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a code list: one that loads finds
 * each of its rows by code and by term, and no code is given twice.
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/reader.h"
#include "base/vec.h"
#include "model/codes.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct str path = { "schemas/codes/a.csv", 19 };

static bool read_list(void *context, struct str name, struct arena *arena,
    struct str *bytes, struct diag_list *diags)
{
	(void)diags;
	if (!str_eq(name, path))
		return false;
	*bytes = str_dup(arena, *(const struct str *)context);
	return true;
}

static bool list_lists(void *context, struct str folder, struct arena *arena,
    struct vec *paths, struct diag_list *diags)
{
	(void)context;
	(void)folder;
	(void)arena;
	(void)diags;
	*(struct str *)vec_push(paths) = path;
	return true;
}

static void check_list(const struct code_list *list)
{
	assert(list != NULL && str_eq(list->name, STR("a")));
	for (size_t i = 0; i < list->count; i++) {
		const struct code *code = &list->codes[i];

		assert(code->code.len > 0 && code->line > 0);
		assert(code_by_code(list, code->code) == code);
		assert(code_by_zh(list, code->title[LANG_ZH]) == code);
		assert(code_find(list, code->title[LANG_ZH]) != NULL);
		assert(str_eq(code_cell(list, code, STR("code")),
		    code->code));
		for (size_t k = 0; k < list->column_count; k++)
			(void)code_cell(list, code, list->columns[k]);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str bytes = { (const char *)data, size };
	const struct reader reader = { &bytes, read_list, list_lists };
	struct diag_list diags;
	struct codes codes;
	struct arena arena;
	bool is_loaded;

	arena_init(&arena);
	diag_list_init(&diags, &arena);
	is_loaded = codes_load(&arena, &reader, STR("schemas/codes/"), &codes,
	    &diags);
	assert(is_loaded == (diag_errors(&diags) == 0));
	if (is_loaded)
		check_list(codes_list(&codes, STR("a")));
	diag_list_dispose(&diags);
	arena_dispose(&arena);
	return 0;
}
