/* SPDX-License-Identifier: MIT */
/* Folding and terms; tests/search holds them against the theme's script. */
#include "search/terms.h"

#include "../memory.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "search/fold.h"

static struct str folded(struct arena *arena, const char *text)
{
	struct vec characters;
	struct buf out;
	struct str made;

	vec_init(&characters, sizeof(uint32_t));
	buf_init(&out);
	search_fold(str_from(text), &characters);
	for (size_t i = 0; i < characters.count; i++)
		utf8_append(&out, *(uint32_t *)vec_at(&characters, i));
	made = str_dup(arena, buf_str(&out));
	buf_dispose(&out);
	vec_dispose(&characters);
	return made;
}

static void test_search_fold__makes_alike_what_is_the_same(void **state)
{
	static const struct {
		const char *text, *folded;
	} cases[] = {
		{ "", "" }, { "   \n ", "" }, { "芯片", "芯片" },
		{ "ＡＢ１２，（x）", "ab12,(x)" }, { "Zheli", "zheli" },
		{ "5G 芯片", "5g芯片" }, { "芯片 5G", "芯片5g" },
		{ "deep  \t learning", "deep learning" },
		{ " 一 二\u3000三 ", "一二三" },
		{ "芯\n片", "芯\n片" }, { "芯 \n\n 片\n", "芯\n片" },
		{ "deep\n \nlearning", "deep\nlearning" },
		{ "e\u0301", "é" }, { "É", "é" }, { "ｶﾞ", "ガ" },
		{ "㎡", "m2" }, { "ﬁ", "fi" }, { "……", "......" },
		{ "Ⅳ", "iv" }, { "①", "1" }, { "İ", "i" },
		{ "软\u00ad件\u200b", "软件" }, { "發发", "發发" },
		{ "a - b", "a-b" }, { "C ++", "c++" },
		{ "\xff" "a", "\ufffd" "a" },
	};
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(str_cstr(&arena, folded(&arena,
		    cases[i].text)), cases[i].folded);
	arena_dispose(&arena);
}

/* What stands before in the vec is not touched, nor a neighbour. */
static void test_search_fold__appends(void **state)
{
	struct vec characters;

	(void)state;
	vec_init(&characters, sizeof(uint32_t));
	search_fold(STR("e"), &characters);
	search_fold(STR("\u0301 x"), &characters);
	assert_int_equal(characters.count, 4);
	assert_int_equal(*(uint32_t *)vec_at(&characters, 0), 'e');
	assert_int_equal(*(uint32_t *)vec_at(&characters, 1), 0x301);
	vec_dispose(&characters);
}

/* A run of marks that no buffer holds at once. */
static void test_search_fold__takes_any_number_of_marks(void **state)
{
	struct vec characters;
	struct buf text;

	(void)state;
	vec_init(&characters, sizeof(uint32_t));
	buf_init(&text);
	buf_append_char(&text, 'x');
	for (int i = 0; i < 5000; i++)
		utf8_append(&text, 0x301);
	search_fold(buf_str(&text), &characters);
	assert_int_equal(characters.count, 5001);
	buf_dispose(&text);
	vec_dispose(&characters);
}

static void append(void *context, const uint32_t *characters, size_t count,
    size_t at)
{
	struct buf *out = context;

	buf_append_format(out, "%zu:", at);
	for (size_t i = 0; i < count; i++)
		utf8_append(out, characters[i]);
	buf_append_char(out, ' ');
}

static void expect_terms(const char *text, const char *terms)
{
	struct vec characters;
	struct buf out;

	vec_init(&characters, sizeof(uint32_t));
	buf_init(&out);
	search_fold(str_from(text), &characters);
	search_terms(characters.items, characters.count, append, &out);
	assert_string_equal(out.ptr, terms);
	buf_dispose(&out);
	vec_dispose(&characters);
}

static void test_search_terms__finds_characters_pairs_and_words(void **state)
{
	(void)state;
	expect_terms("", "");
	expect_terms("芯", "0:芯 ");
	expect_terms("芯片", "0:芯 0:芯片 1:片 ");
	expect_terms("Zheli", "0:zheli ");
	expect_terms("用5G芯片",
	    "0:用 0:用5 1:5g 2:g芯 3:芯 3:芯片 4:片 ");
	expect_terms("deep learning", "0:deep 5:learning ");
	expect_terms("a-b", "0:a 0:a- 1:- 1:-b 2:b ");
	expect_terms("芯\n片", "0:芯 2:片 ");
	expect_terms("，。", "0:, 0:,。 1:。 ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_search_fold__makes_alike_what_is_the_same),
		cmocka_unit_test(test_search_fold__appends),
		cmocka_unit_test(test_search_fold__takes_any_number_of_marks),
		cmocka_unit_test(
		    test_search_terms__finds_characters_pairs_and_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
