/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a record: they are read or refused with a diagnostic, never with
 * harm; what was read packs and unpacks to the same, and makes a tree.
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/utf8.h"
#include "base/value.h"
#include "model/record.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_value(const struct value *value, size_t depth)
{
	assert(depth <= 16);
	assert(value->line > 0 && value->column > 0);
	if (value->kind == VALUE_TEXT)
		assert(utf8_check(value->text) == value->text.len);
	for (size_t i = 0; i < value_count(value); i++)
		check_value(value->list.items[i], depth + 1);
	for (size_t i = 0; value->kind == VALUE_MAP && i < value->map.count;
	     i++)
		check_value(value->map.fields[i].value, depth + 1);
}

static void check_packing(const struct record *record)
{
	struct record back;
	struct arena arena;
	struct buf once, twice;

	arena_init(&arena);
	buf_init(&once);
	buf_init(&twice);
	record_pack(record, &once);
	if (!record_unpack(&arena, buf_str(&once), &back))
		assert(!"a packed record does not unpack");
	record_pack(&back, &twice);
	assert(str_eq(buf_str(&once), buf_str(&twice)));
	buf_dispose(&twice);
	buf_dispose(&once);
	arena_dispose(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct frontmatter_limits limits = FRONTMATTER_LIMITS_DEFAULT;
	struct str bytes = { (const char *)data, size };
	struct record record, unpacked;
	struct diag_list diags;
	struct arena arena;
	bool is_read;

	arena_init(&arena);
	diag_list_init(&diags, &arena);
	is_read = record_parse(&arena, STR("content/units/lab.md"), bytes,
	    &limits, &record, &diags);
	assert(is_read == (diag_errors(&diags) == 0));
	if (is_read) {
		check_value(record.data, 1);
		check_packing(&record);
	}
	(void)!record_parse(&arena, STR("content/site.yaml"), bytes, &limits,
	    &record, &diags);
	(void)!record_unpack(&arena, bytes, &unpacked);
	diag_list_dispose(&diags);
	arena_dispose(&arena);
	return 0;
}
