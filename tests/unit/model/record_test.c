/* SPDX-License-Identifier: MIT */
#include "model/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../memory.h"
#include "base/buf.h"
#include "base/value.h"

static const char text[] =
    "---\n"
    "title: 硅光芯片\n"
    "empty:\n"
    "quoted: ''\n"
    "people:\n"
    "  - { order: 1, name: 甲 }\n"
    "  - []\n"
    "---\n"
    "正文\n";

static bool parse(struct fixture *f, const char *path, const char *bytes,
    struct record *record)
{
	struct frontmatter_limits limits = FRONTMATTER_LIMITS_DEFAULT;

	fixture_init(f, NULL);
	return record_parse(&f->arena, str_from(path), str_from(bytes),
	    &limits, record, &f->diags);
}

static void assert_same_value(const struct value *a, const struct value *b)
{
	assert_int_equal(a->kind, b->kind);
	assert_int_equal(a->line, b->line);
	assert_int_equal(a->column, b->column);
	if (a->kind == VALUE_TEXT)
		assert_true(str_eq(a->text, b->text));
	if (a->kind == VALUE_BOOL)
		assert_int_equal(a->boolean, b->boolean);
	if (a->kind == VALUE_LIST) {
		assert_int_equal(a->list.count, b->list.count);
		for (size_t i = 0; i < a->list.count; i++)
			assert_same_value(a->list.items[i], b->list.items[i]);
	}
	if (a->kind == VALUE_MAP) {
		assert_int_equal(a->map.count, b->map.count);
		for (size_t i = 0; i < a->map.count; i++) {
			const struct value_field *x = &a->map.fields[i];
			const struct value_field *y = &b->map.fields[i];

			assert_true(str_eq(x->name, y->name));
			assert_int_equal(x->line, y->line);
			assert_int_equal(x->column, y->column);
			assert_same_value(x->value, y->value);
		}
	}
}

static void assert_round_trip(const struct record *record)
{
	struct record back;
	struct arena arena;
	struct buf packed;
	struct str copy;

	arena_init(&arena);
	buf_init(&packed);
	record_pack(record, &packed);
	/* What comes back must not lean on the bytes it came from. */
	copy = str_dup(&arena, buf_str(&packed));
	assert_true(record_unpack(&arena, buf_str(&packed), &back));
	memset(packed.ptr, 'x', packed.len);
	assert_int_equal(back.kind, record->kind);
	assert_true(str_eq(back.id, record->id));
	assert_true(str_eq(back.unit, record->unit));
	assert_true(str_eq(back.path, record->path));
	assert_int_equal(back.body.len, 0);
	assert_int_equal(back.body_line, record->body_line);
	assert_int_equal(back.body_offset, record->body_offset);
	assert_int_equal(back.body_size, record->body_size);
	assert_same_value(back.data, record->data);
	buf_clear(&packed);
	record_pack(&back, &packed);
	assert_true(str_eq(buf_str(&packed), copy));
	buf_dispose(&packed);
	arena_dispose(&arena);
}

static void test_record_parse__takes_identity_from_the_path(void **state)
{
	struct record record;
	struct fixture f;

	(void)state;
	assert_true(parse(&f, "content/achievements/demo-lab/chip.md", text,
	    &record));
	assert_int_equal(record.kind, KIND_ACHIEVEMENT);
	assert_str(record.id, "demo-lab/chip");
	assert_str(record.unit, "demo-lab");
	assert_str(record.path, "content/achievements/demo-lab/chip.md");
	assert_str(record.body, "正文\n");
	assert_int_equal(record.body_line, 9);
	fixture_dispose(&f);
}

static void test_record_parse__reads_the_site_as_bare_yaml(void **state)
{
	struct record record;
	struct fixture f;

	(void)state;
	assert_true(parse(&f, "content/site.yaml", "title: 浙里好成果\n",
	    &record));
	assert_int_equal(record.kind, KIND_SITE);
	assert_str(record.body, "");
	fixture_dispose(&f);
	assert_false(parse(&f, "content/units/Lab.md", text, &record));
	assert_string_equal(found(&f), "Y0304@0:0");
	fixture_dispose(&f);
}

static void test_record_mark__is_where_the_value_was_written(void **state)
{
	struct record record;
	struct fixture f;
	struct mark mark;

	(void)state;
	assert_true(parse(&f, "content/units/lab.md", text, &record));
	mark = record_mark(&record, value_get(record.data, STR("title")));
	assert_str(mark.path, "content/units/lab.md");
	assert_int_equal(mark.line, 2);
	assert_int_equal(mark.column, 8);
	assert_int_equal(record_mark(&record, NULL).line, 1);
	fixture_dispose(&f);
}

static void test_record_pack__and_unpack_give_the_record_back(void **state)
{
	struct record record;
	struct fixture f;

	(void)state;
	assert_true(parse(&f, "content/dossiers/lab/chip.md", text, &record));
	assert_round_trip(&record);
	fixture_dispose(&f);
}

/* A value of any kind and shape, some numbers as large as they get. */
static struct value *random_value(struct arena *arena, int depth)
{
	int kind = rand() % (depth > 4 ? 3 : 5);
	struct value *value = kind == 0 ? value_null(arena) :
	    kind == 1 ? value_bool(arena, rand() % 2) :
	    kind == 2 ? value_number(arena, rand()) :
	    kind == 3 ? value_list(arena) : value_map(arena);

	value->line = rand() % 9 == 0 ? UINT32_MAX : (uint32_t)rand() % 999;
	value->column = (uint32_t)rand() % 300;
	for (int i = rand() % 5; kind == 3 && i > 0; i--)
		value_append(arena, value, random_value(arena, depth + 1));
	for (int i = rand() % 5; kind == 4 && i > 0; i--)
		value_add(arena, value, str_format(arena, "键%d", i),
		    random_value(arena, depth + 1))->line = (uint32_t)i;
	return value;
}

static void seed(void)
{
	const char *given = getenv("SEED");
	unsigned long number = given == NULL || given[0] == '\0' ? 1 :
	    strtoul(given, NULL, 10);

	srand((unsigned)number);
	printf("# SEED=%lu\n", number);
}

static void test_record_pack__and_unpack_give_any_record_back(void **state)
{
	(void)state;
	seed();
	for (int i = 0; i < 500; i++) {
		struct record record = { .kind = (enum kind)(rand() %
		    KIND_COUNT), .id = STR("a"), .path = STR("p") };
		struct arena arena;

		arena_init(&arena);
		record.body_size = (size_t)rand() * (size_t)rand();
		record.body_line = (uint32_t)rand();
		record.data = value_map(&arena);
		value_add(&arena, record.data, STR("v"),
		    random_value(&arena, 0));
		assert_round_trip(&record);
		arena_dispose(&arena);
	}
}

static void test_record_unpack__refuses_bytes_that_were_cut(void **state)
{
	struct record record, back;
	struct fixture f;
	struct buf packed;

	(void)state;
	assert_true(parse(&f, "content/dossiers/lab/chip.md", text, &record));
	buf_init(&packed);
	record_pack(&record, &packed);
	for (size_t len = 0; len < packed.len; len++)
		assert_false(record_unpack(&f.arena,
		    str_dup(&f.arena, str_slice(buf_str(&packed), 0, len)),
		    &back));
	buf_append_char(&packed, 'x');
	assert_false(record_unpack(&f.arena, buf_str(&packed), &back));
	buf_dispose(&packed);
	fixture_dispose(&f);
}

/* Damage either shows or gives another record; it never does harm. */
static void test_record_unpack__survives_any_damage(void **state)
{
	struct record record, back;
	struct fixture f;
	struct buf packed;

	(void)state;
	seed();
	assert_true(parse(&f, "content/dossiers/lab/chip.md", text, &record));
	buf_init(&packed);
	record_pack(&record, &packed);
	for (int i = 0; i < 20000; i++) {
		struct arena arena;
		struct str damaged;
		char *bytes;

		arena_init(&arena);
		damaged = str_dup(&arena, buf_str(&packed));
		bytes = str_cstr(&arena, damaged);
		for (int n = rand() % 4; n >= 0; n--)
			bytes[(size_t)rand() % damaged.len] = (char)rand();
		damaged.ptr = bytes;
		if (record_unpack(&arena, damaged, &back))
			assert_round_trip(&back);
		assert_true(arena_used(&arena) < 1 << 20);
		arena_dispose(&arena);
	}
	buf_dispose(&packed);
	fixture_dispose(&f);
}

static void test_record_unpack__refuses_endless_depth(void **state)
{
	struct fixture f;
	struct record back;
	struct buf packed;

	(void)state;
	fixture_init(&f, NULL);
	buf_init(&packed);
	buf_append(&packed, STR("ZR\x01\x01\0\0\0\0\0\0"));
	/* A map of one field, which is a list of one list of one list of … */
	buf_append(&packed, STR("\4\0\0\1\1v\0\0"));
	for (int i = 0; i < 100000; i++)
		buf_append(&packed, STR("\3\0\0\1"));
	assert_false(record_unpack(&f.arena, buf_str(&packed), &back));
	buf_dispose(&packed);
	fixture_dispose(&f);
}

#define TEST(name) cmocka_unit_test(test_##name)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(record_parse__takes_identity_from_the_path),
		TEST(record_parse__reads_the_site_as_bare_yaml),
		TEST(record_mark__is_where_the_value_was_written),
		TEST(record_pack__and_unpack_give_the_record_back),
		TEST(record_pack__and_unpack_give_any_record_back),
		TEST(record_unpack__refuses_bytes_that_were_cut),
		TEST(record_unpack__survives_any_damage),
		TEST(record_unpack__refuses_endless_depth),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
