/* SPDX-License-Identifier: MIT */
/* Any bytes as JSON: what is read writes itself, and that reads the same. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str bytes = { (const char *)data, size };
	struct value *value = NULL, *back = NULL;
	struct diag_list diags;
	struct arena arena;
	struct buf once, twice;
	bool is_read;

	arena_init(&arena);
	diag_list_init(&diags, &arena);
	buf_init(&once);
	buf_init(&twice);
	is_read = json_parse(&arena, STR("d"), bytes, &value, &diags);
	assert(is_read == (diag_errors(&diags) == 0));
	if (is_read) {
		json_append(&once, value);
		if (!json_parse(&arena, STR("d"), buf_str(&once), &back,
		    &diags))
			assert(!"what was written does not read");
		json_append(&twice, back);
		assert(str_eq(buf_str(&once), buf_str(&twice)));
		assert(str_find_char(buf_str(&once), '<', 0) ==
		    STR_NOT_FOUND);
	}
	buf_dispose(&twice);
	buf_dispose(&once);
	diag_list_dispose(&diags);
	arena_dispose(&arena);
	return 0;
}
