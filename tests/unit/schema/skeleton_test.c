/* SPDX-License-Identifier: MIT */
#include "schema/skeleton.h"

#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/value.h"
#include "schema/sample.h"
#include "schemas.h"

static void test_skeleton_write__shows_required_and_optional_fields(
    void **state)
{
	struct bench b;
	struct buf out;

	(void)state;
	assert_true(bench_open(&b, schema_files));
	buf_init(&out);
	skeleton_write(schema_fields(b.set, KIND_UNIT), &b.codes, NULL,
	    LANG_ZH, &out);
	assert_int_equal(strncmp(out.ptr, "---\n# 一个单位。\n\n"
	    "# 名称（必填）：单位的名称。\nname: 星河\n", 60), 0);
	assert_non_null(strstr(out.ptr, "\n#founded: 2026-06-30\n"));
	assert_non_null(strstr(out.ptr, "csv：省实验室、技术创新中心\n"
	    "#kind: 省实验室\n"));
	assert_non_null(strstr(out.ptr, "杭州市 = 330100"));
	assert_non_null(strstr(out.ptr, "\n#people:\n#    # 姓名"));
	assert_non_null(strstr(out.ptr, "\n#  - name: ……\n"));
	assert_non_null(strstr(out.ptr, "\n---\n\n正文写在这里。\n"));
	buf_dispose(&out);
	bench_close(&b);
}

static void test_skeleton_write__takes_presets_for_examples(void **state)
{
	struct frontmatter_limits limits = FRONTMATTER_LIMITS_DEFAULT;
	struct value *presets;
	struct bench b;
	struct buf out;

	(void)state;
	assert_true(bench_open(&b, schema_files));
	assert_true(yaml_parse(&b.fixture.arena, STR("p"),
	    STR("name: 'a: b'\nfounded: 2020-01-01\nseat: { street: 一路 }\n"
		"keywords: [x, 'y,z']\nunknown: 1\n"), &limits, &presets,
	    &b.fixture.diags));
	buf_init(&out);
	skeleton_write(schema_fields(b.set, KIND_UNIT), &b.codes, presets,
	    LANG_EN, &out);
	assert_non_null(strstr(out.ptr, "\nname: \"a: b\"\n"));
	assert_non_null(strstr(out.ptr, "\nfounded: 2020-01-01\n"));
	assert_non_null(strstr(out.ptr, "\nseat:\n"));
	assert_non_null(strstr(out.ptr, "\n  street: 一路\n"));
	assert_non_null(strstr(out.ptr, "\nkeywords: [x, \"y,z\"]\n"));
	assert_null(strstr(out.ptr, "unknown"));
	buf_dispose(&out);
	bench_close(&b);
}

static void test_sample_scalar__reads_back_as_the_same_text(void **state)
{
	static const char *const texts[] = {
		"plain", "甲、乙", "a: b", "a:b", "x #y", "x#y", "- a", "-a",
		"'q'", "say \"hi\"", "back\\slash", "two\nlines", "[x]",
		"{x}", "a, b", "*x", "&x", "!x", "%x", "@x", "`x`", "? x",
		"| x", "> x", "~", "null", "true", " lead", "trail ", "",
		"---", "x:", "12:30", "http://a.b/c?d=e#f", "1\t2", "#x",
	};
	struct frontmatter_limits limits = FRONTMATTER_LIMITS_DEFAULT;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct value *root;
		struct fixture f;
		struct buf out;

		fixture_init(&f, NULL);
		buf_init(&out);
		buf_append_cstr(&out, "block: ");
		sample_scalar(str_from(texts[i]), &out);
		buf_append_cstr(&out, "\nflow: { a: ");
		sample_scalar(str_from(texts[i]), &out);
		buf_append_cstr(&out, ", b: [");
		sample_scalar(str_from(texts[i]), &out);
		buf_append_cstr(&out, "] }\n");
		assert_true(yaml_parse(&f.arena, STR("t"), buf_str(&out),
		    &limits, &root, &f.diags));
		assert_str(value_text_at(root, STR("block")), texts[i]);
		assert_str(value_text_at(root, STR("flow.a")), texts[i]);
		assert_str(value_find(root, STR("flow.b"))->list.items[0]
		    ->text, texts[i]);
		buf_dispose(&out);
		fixture_dispose(&f);
	}
}

/* -- the schemas that ship ------------------------------------------------ */

/* Takes the '#' off every line that is a field commented out, or a comment in
 * one: all but the comments at the left edge, which have one space. */
static struct str uncomment(struct arena *arena, struct str text)
{
	char *copy = str_cstr(arena, text);
	size_t len = 0;

	for (size_t i = 0; i < text.len; i++) {
		bool is_start = i == 0 || text.ptr[i - 1] == '\n';
		bool is_note = i + 2 < text.len && text.ptr[i + 1] == ' ' &&
		    text.ptr[i + 2] != ' ';

		if (!is_start || text.ptr[i] != '#' || is_note)
			copy[len++] = text.ptr[i];
	}
	return (struct str){ copy, len };
}

static void assert_valid(struct bench *b, enum kind kind, struct str bytes)
{
	struct fixture *f = &b->fixture;
	struct frontmatter_limits limits = FRONTMATTER_LIMITS_DEFAULT;
	struct str path = record_path(&f->arena, kind,
	    kind_info(kind)->example);

	if (record_parse(&f->arena, path, bytes, &limits, &b->record,
	    &f->diags))
		(void)!schema_validate(b->set, &b->record,
		    tree_build(&f->arena, &b->record,
			schema_fields(b->set, kind)), &f->diags);
	assert_string_equal(found(f), "");
}

static void test_skeleton_write__gives_valid_records_of_every_kind(
    void **state)
{
	struct folder folder;
	struct bench b;

	(void)state;
	fixture_init(&b.fixture, NULL);
	assert_true(folder_open_existing(STR("."), &folder,
	    &b.fixture.diags));
	b.fixture.reader = folder_reader(&folder);
	assert_true(codes_load(&b.fixture.arena, &b.fixture.reader,
	    STR("schemas/codes/"), &b.codes, &b.fixture.diags));
	assert_true(schema_set_open(&b.fixture.arena, &b.fixture.reader,
	    &b.codes, &b.set, &b.fixture.diags));
	for (size_t i = 0; i < KIND_COUNT * LANG_COUNT; i++) {
		enum kind kind = (enum kind)(i / LANG_COUNT);
		struct buf out;

		buf_init(&out);
		skeleton_write(schema_fields(b.set, kind), &b.codes, NULL,
		    (enum lang)(i % LANG_COUNT), &out);
		assert_valid(&b, kind, buf_str(&out));
		assert_valid(&b, kind, uncomment(&b.fixture.arena,
		    buf_str(&out)));
		buf_dispose(&out);
	}
	folder_close(&folder);
	bench_close(&b);
}

static void say(struct bench *b, struct value *map, const char *key,
    const char *words)
{
	value_set(&b->fixture.arena, map, str_from(key),
	    value_text(&b->fixture.arena, str_from(words)));
}

/* Words of ours above fields and items; items that are commented out can be
 * taken in by removing what comments them out. */
static void test_skeleton_write__presets_say_more(void **state)
{
	struct frontmatter_limits limits = FRONTMATTER_LIMITS_DEFAULT;
	struct value *presets, *read, **people;
	struct bench b;
	struct buf out, taken;
	struct str text;

	(void)state;
	assert_true(bench_open(&b, schema_files));
	assert_true(yaml_parse(&b.fixture.arena, STR("p"),
	    STR("name: x\npeople: [{ name: a }, { name: 'b: c' }]\n"), &limits,
	    &presets, &b.fixture.diags));
	people = value_get(presets, STR("people"))->list.items;
	say(&b, presets, "#name", "one\ntwo\rname: y\xe2\x80\xa8z");
	say(&b, presets, "#body", "");
	say(&b, people[0], "#", "said");
	say(&b, people[1], "#", "of b");
	say(&b, people[1], "#off", "true");
	buf_init(&out);
	skeleton_write(schema_fields(b.set, KIND_UNIT), &b.codes, presets,
	    LANG_EN, &out);
	assert_non_null(strstr(out.ptr,
	    "\n# one\n# two name: y z\nname: x\n"));
	assert_non_null(strstr(out.ptr, "\n  # said\n  - name: a\n"
	    "  # of b\n#  - name: \"b: c\"\n"));
	assert_string_equal(out.ptr + out.len - 5, "\n---\n");
	buf_init(&taken);
	text = str_slice(buf_str(&out), 4, out.len - 4);
	while (text.len > 0) {
		struct str line = str_cut(&text, '\n');

		buf_append(&taken, str_slice(line,
		    str_starts(line, STR("#  - name: \"b")) ? 1 : 0,
		    line.len));
		buf_append_char(&taken, '\n');
	}
	assert_true(yaml_parse(&b.fixture.arena, STR("t"), buf_str(&taken),
	    &limits, &read, &b.fixture.diags));
	assert_int_equal(value_count(value_get(read, STR("people"))), 2);
	buf_dispose(&taken);
	buf_dispose(&out);
	bench_close(&b);
}

#define TEST(name) cmocka_unit_test(test_##name)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(skeleton_write__shows_required_and_optional_fields),
		TEST(skeleton_write__takes_presets_for_examples),
		TEST(skeleton_write__presets_say_more),
		TEST(sample_scalar__reads_back_as_the_same_text),
		TEST(skeleton_write__gives_valid_records_of_every_kind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
