/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a rule file, and as an XPath within one: it loads or is refused
 * with a diagnostic, and what loads judges a record without harm.
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/map.h"
#include "base/reader.h"
#include "base/value.h"
#include "model/record.h"
#include "schema/fields.h"
#include "schema/rule_function.h"
#include "schema/schematron.h"
#include "schema/tree.h"
#include "schema/xpath_scan.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool read_bytes(void *context, struct str path, struct arena *arena,
    struct str *bytes, struct diag_list *diags)
{
	(void)arena;
	(void)diags;
	if (!str_eq(path, STR("a.sch")))
		return false;
	*bytes = *(const struct str *)context;
	return true;
}

static void call_echo(struct rule_call *call, struct rule_value *result)
{
	result->text = rule_arg_text(call, 0);
}

/* A record of one field, so that there is something to match. */
static struct tree *make_tree(struct arena *arena, struct record *record)
{
	static const struct field name = { .name = { "name", 4 },
		.type = FIELD_LINE };
	struct kind_fields *fields = arena_alloc(arena, sizeof(*fields));

	*record = (struct record){ .kind = KIND_UNIT, .id = STR("lab"),
		.path = STR("content/units/lab.md"),
		.data = value_map(arena), .body = STR("text") };
	value_set(arena, record->data, name.name,
	    value_text(arena, STR("lab")));
	fields->kind = KIND_UNIT;
	fields->root = (struct field){ .name = STR("unit"),
		.type = FIELD_MAP, .children = &name, .child_count = 1 };
	map_init(&fields->root.by_name, arena);
	map_put(&fields->root.by_name, name.name, (void *)(uintptr_t)&name);
	return tree_build(arena, record, fields);
}

static void check_scan(struct str text)
{
	struct xpath_scan scan;
	size_t before = 0;

	xpath_scan_init(&scan, text);
	while (xpath_next(&scan)) {
		assert(scan.token.at >= before && scan.at > scan.token.at);
		assert(scan.at <= text.len);
		before = scan.at;
	}
}

static void check_rules(struct arena *arena, struct str bytes)
{
	static const struct rule_function functions[] = {
		{ { "echo", 4 }, 0, 2, call_echo, false },
	};
	struct reader reader = { .context = &bytes, .read = read_bytes };
	struct schematron_input input = { .date = { 2026, 6, 30 },
		.arena = arena };
	struct schematron *set = schematron_open(arena, functions, 1);
	struct record record;
	struct diag_list diags;
	size_t before;
	bool ok;

	diag_list_init(&diags, arena);
	ok = schematron_load(set, &reader, STR("a.sch"), &diags);
	assert(ok == (diag_errors(&diags) == 0));
	if (ok) {
		before = diag_errors(&diags);
		input.tree = make_tree(arena, &record);
		ok = schematron_run(set, &input, &diags);
		assert(ok == (diag_errors(&diags) == before));
	}
	diag_list_dispose(&diags);
	schematron_close(set);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str bytes = { (const char *)data, size };
	struct arena arena;

	arena_init(&arena);
	check_scan(bytes);
	check_rules(&arena, bytes);
	arena_dispose(&arena);
	return 0;
}
