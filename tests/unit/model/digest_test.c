/* SPDX-License-Identifier: MIT */
#include "model/digest.h"

#include "../memory.h"
#include "model/record.h"

static const char path[] = "content/pages/notice.md";

static const char written[] = "---\ntitle: 公告\nsummary: 第一段\n"
    "updated: 2026-06-01\nkinds: [甲, 乙]\nmap: {a: 1, b: 2}\n---\n"
    "正文一行\n\n第二行\n";

static struct str digest_of(struct fixture *f, const char *text)
{
	struct record record;

	assert_true(record_parse(&f->arena, str_from(path), str_from(text),
	    &FRONTMATTER_LIMITS_DEFAULT, &record, &f->diags));
	return record_digest(&f->arena, &record);
}

static void test_digest__is_the_same_however_written(void **state)
{
	static const char *const same[] = {
		written,
		/* Other order of keys, quotation, block style, a comment. */
		"---\n# 说明\nmap:\n  b: '2'\n  a: \"1\"\nkinds:\n  - 甲\n"
		"  - 乙\nsummary: '第一段'\ntitle:   公告\n"
		"updated: 2026-06-01\n---\n正文一行\n\n第二行\n",
		/* Looked through on another day, or never. */
		"---\ntitle: 公告\nsummary: 第一段\nupdated: 2026-09-09\n"
		"kinds: [甲, 乙]\nmap: {a: 1, b: 2}\n---\n正文一行\n\n第二行\n",
		"---\ntitle: 公告\nsummary: 第一段\nkinds: [甲, 乙]\n"
		"map: {a: 1, b: 2}\n---\n正文一行\n\n第二行\n",
		/* Line ends, space at the ends of lines, empty last lines. */
		"---\r\ntitle: 公告\r\nsummary: 第一段\r\nkinds: [甲, 乙]\r\n"
		"map: {a: 1, b: 2}\r\n---\r\n正文一行  \r\n\r\n第二行\r\n\r\n\n",
	};
	struct fixture f;
	struct str first;

	(void)state;
	fixture_init(&f, NULL);
	first = digest_of(&f, same[0]);
	assert_int_equal(first.len, RECORD_DIGEST_LEN);
	for (size_t i = 1; i < sizeof(same) / sizeof(same[0]); i++)
		assert_true(str_eq(digest_of(&f, same[i]), first));
	fixture_dispose(&f);
}

static void test_digest__differs_with_every_word(void **state)
{
	static const char *const others[] = {
		written,
		"---\ntitle: 公示\nsummary: 第一段\nkinds: [甲, 乙]\n"
		"map: {a: 1, b: 2}\n---\n正文一行\n\n第二行\n",
		"---\ntitle: 公告\nsummary: 第一段\nkinds: [乙, 甲]\n"
		"map: {a: 1, b: 2}\n---\n正文一行\n\n第二行\n",
		"---\ntitle: 公告\nsummary: 第一段\nkinds: [甲乙]\n"
		"map: {a: 1, b: 2}\n---\n正文一行\n\n第二行\n",
		"---\ntitle: 公告\nsummary: 第一段\nkinds: [甲, 乙]\n"
		"map: {a: 1, c: 2}\n---\n正文一行\n\n第二行\n",
		"---\ntitle: 公告\nsummary: 第一段\nkinds: [甲, 乙]\n"
		"map: {a: 1, b: 2}\n---\n正文一行\n\n第三行\n",
		"---\ntitle: 公告\nsummary: 第一段\nkinds: [甲, 乙]\n"
		"map: {a: 1, b: 2}\n---\n正文一行\n第二行\n",
		"---\ntitle: 公告\nsummary: 第一段\nkinds: [甲, 乙]\n---\n"
		"正文一行\n\n第二行\n",
	};
	enum { COUNT = sizeof(others) / sizeof(others[0]) };
	struct str digests[COUNT];
	struct fixture f;

	(void)state;
	fixture_init(&f, NULL);
	for (size_t i = 0; i < COUNT; i++) {
		digests[i] = digest_of(&f, others[i]);
		for (size_t j = 0; j < i; j++)
			assert_false(str_eq(digests[i], digests[j]));
	}
	fixture_dispose(&f);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_digest__is_the_same_however_written),
		cmocka_unit_test(test_digest__differs_with_every_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
