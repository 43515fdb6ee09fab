/* SPDX-License-Identifier: MIT */
#include "base/pack.h"

#include <string.h>

#include "../memory.h"
#include "base/buf.h"

static void fill(struct fixture *f)
{
	const struct diagnostic d = { .mark = { STR("a.md"), 3, 7 },
		.id = STR("P-01"), .severity = DIAG_WARNING,
		.message = { STR("迟"), STR("late") },
		.hint = { STR("快"), STR("hurry") },
		.basis = STR("b"), .due = STR("2026-07-01"),
		.bare = STR("2026-06-29"), .binds = STR("unit"),
		.field = STR("obtained.date"), .is_excused = true };

	diag_add(&f->diags, &d);
	diag_report(&f->diags, ((struct mark){ STR("b.md"), 1, 1 }),
	    DIAG_TAB);
}

static void test_pack__brings_numbers_and_text_back(void **state)
{
	struct str bytes, text;
	struct buf buf;
	uint32_t number;

	(void)state;
	buf_init(&buf);
	pack_number(&buf, 0);
	pack_str(&buf, STR_NONE);
	pack_str(&buf, (struct str){ "a\0b", 3 });
	pack_number(&buf, UINT32_MAX);
	bytes = buf_str(&buf);
	assert_true(unpack_number(&bytes, &number) && number == 0);
	assert_true(unpack_str(&bytes, &text) && text.len == 0);
	assert_true(unpack_str(&bytes, &text) && text.len == 3);
	assert_memory_equal(text.ptr, "a\0b", 3);
	assert_true(unpack_number(&bytes, &number) && number == UINT32_MAX);
	assert_int_equal(bytes.len, 0);
	assert_false(unpack_number(&bytes, &number));
	assert_false(unpack_str(&bytes, &text));
	buf_dispose(&buf);
}

static void test_pack_diags__brings_all_of_them_back(void **state)
{
	struct fixture from, to;
	const struct diagnostic *d;
	struct str bytes;
	struct buf buf;

	(void)state;
	fixture_init(&from, NULL);
	fixture_init(&to, NULL);
	fill(&from);
	buf_init(&buf);
	pack_diags(&buf, &from.diags);
	bytes = buf_str(&buf);
	assert_true(unpack_diags(&bytes, &to.diags));
	assert_int_equal(bytes.len, 0);
	buf_dispose(&buf);
	assert_string_equal(found(&to), "P-01@3:7 Y0120@1:1");
	d = vec_at(&to.diags.items, 0);
	assert_str(d->message[LANG_EN], "late");
	assert_str(d->hint[LANG_ZH], "快");
	assert_str(d->basis, "b");
	assert_str(d->due, "2026-07-01");
	assert_str(d->bare, "2026-06-29");
	assert_str(d->binds, "unit");
	assert_str(d->field, "obtained.date");
	assert_true(d->is_excused);
	assert_int_equal(to.diags.counts[DIAG_WARNING], 1);
	assert_int_equal(diag_errors(&to.diags), 1);
	fixture_dispose(&to);
	fixture_dispose(&from);
}

/* A copy of exactly these bytes, so that one too far is found out. */
static void unpack_copy(struct fixture *f, struct str packed)
{
	struct str bytes = packed;

	if (packed.len > 0)
		bytes.ptr = memcpy(arena_alloc(&f->arena, packed.len),
		    packed.ptr, packed.len);
	(void)unpack_diags(&bytes, &f->diags);
}

static void test_unpack_diags__survives_every_cut_and_flip(void **state)
{
	struct fixture from;
	struct buf buf;

	(void)state;
	fixture_init(&from, NULL);
	fill(&from);
	buf_init(&buf);
	pack_diags(&buf, &from.diags);
	for (size_t len = 0; len < buf.len; len++) {
		struct fixture to;
		struct str bytes = { buf.ptr, len };

		fixture_init(&to, NULL);
		assert_false(unpack_diags(&bytes, &to.diags));
		unpack_copy(&to, (struct str){ buf.ptr, len });
		fixture_dispose(&to);
	}
	for (size_t i = 0; i < buf.len * 8; i++) {
		struct fixture to;

		buf.ptr[i / 8] = (char)(buf.ptr[i / 8] ^ (1 << i % 8));
		fixture_init(&to, NULL);
		unpack_copy(&to, buf_str(&buf));
		fixture_dispose(&to);
		buf.ptr[i / 8] = (char)(buf.ptr[i / 8] ^ (1 << i % 8));
	}
	buf_dispose(&buf);
	fixture_dispose(&from);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pack__brings_numbers_and_text_back),
		cmocka_unit_test(test_pack_diags__brings_all_of_them_back),
		cmocka_unit_test(
		    test_unpack_diags__survives_every_cut_and_flip),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
