/* SPDX-License-Identifier: MIT */
/* Citations in three formats, whatever a title holds; QR codes. */
#include "../memory.h"

#include <string.h>

#include "base/value.h"
#include "render/citation.h"
#include "render/qr.h"

static struct value *list_of(struct arena *arena, const char *const *texts)
{
	struct value *list = value_list(arena);

	for (; *texts != NULL; texts++)
		value_append(arena, list,
		    value_text(arena, str_from(*texts)));
	return list;
}

static struct citation make(struct arena *arena, const char *const *authors,
    const char *title)
{
	static const char *const units[] = { "Lab & Sons", "Two", NULL };
	static const char *const keywords[] = { "a_b", "c", NULL };

	return (struct citation){
		.id = STR("lab/chip"), .title = str_from(title),
		.abstract = STR("One\nline"), .publisher = STR("Portal"),
		.url = STR("https://x.example/a_b/%20/"),
		.date = STR("2026-04-08"), .accessed = STR("2026-06-30"),
		.number = STR("No. 7"), .others = STR("et al"),
		.authors = list_of(arena, authors),
		.units = list_of(arena, units),
		.keywords = list_of(arena, keywords),
	};
}

static void check(struct str text, const char *wanted)
{
	assert_int_equal(text.len, str_from(wanted).len);
	assert_memory_equal(text.ptr, wanted, text.len);
}

static void test_three_authors_are_named(void **state)
{
	static const char *const three[] = { "Zhao", "Qian", "Sun", NULL };
	static const char *const four[] = { "Zhao", "Qian", "Sun", "Li", NULL };
	static const char *const none[] = { NULL };
	struct citation citation;
	struct fixture f;

	(void)state;
	fixture_init(&f, NULL);
	citation = make(&f.arena, three, "Chip");
	check(citation_gbt7714(&citation, &f.arena), "Zhao, Qian, Sun. Chip"
	    "[EB/OL]. (2026-04-08)[2026-06-30]. https://x.example/a_b/%20/.");
	citation = make(&f.arena, four, "Chip");
	check(citation_gbt7714(&citation, &f.arena), "Zhao, Qian, Sun, et al. "
	    "Chip[EB/OL]. (2026-04-08)[2026-06-30]. "
	    "https://x.example/a_b/%20/.");
	/* Nobody agreed to be named: the units are. */
	citation = make(&f.arena, none, "Chip");
	check(citation_gbt7714(&citation, &f.arena), "Lab & Sons, Two. Chip"
	    "[EB/OL]. (2026-04-08)[2026-06-30]. https://x.example/a_b/%20/.");
	fixture_dispose(&f);
}

static void test_bibtex_is_escaped(void **state)
{
	static const char *const authors[] = { "Zhao {Jia", "Rock and Roll",
		"Doe, Jane", NULL };
	static const char *const none[] = { NULL };
	struct citation citation;
	struct fixture f;

	(void)state;
	fixture_init(&f, NULL);
	citation = make(&f.arena, authors, "50% \\of} $x_1^2$ ~ #3 & {more\n}");
	check(citation_bibtex(&citation, &f.arena), "@misc{lab:chip,\n"
	    "  author = {Zhao {\\textbraceleft}Jia and {Rock and Roll} and "
	    "{Doe, Jane}},\n"
	    "  title = {{50\\% {\\textbackslash}of{\\textbraceright} "
	    "\\$x\\_1{\\textasciicircum}2\\$ {\\textasciitilde} \\#3 \\& "
	    "{\\textbraceleft}more {\\textbraceright}}},\n"
	    "  year = {2026},\n  date = {2026-04-08},\n"
	    "  organization = {Portal},\n  note = {No. 7},\n"
	    "  keywords = {a\\_b, c},\n"
	    "  url = {https://x.example/a_b/%20/},\n}\n");
	citation = make(&f.arena, none, "Chip");
	assert_true(str_find(citation_bibtex(&citation, &f.arena),
	    STR("  author = {{Lab \\& Sons} and {Two}},\n"), 0) !=
	    STR_NOT_FOUND);
	fixture_dispose(&f);
}

static void test_ris_stays_on_its_lines(void **state)
{
	static const char *const authors[] = { "Zhao\nER  - ", NULL };
	struct citation citation;
	struct fixture f;

	(void)state;
	fixture_init(&f, NULL);
	citation = make(&f.arena, authors, "Chip\r\nER  - \nTY  - BOOK");
	check(citation_ris(&citation, &f.arena), "TY  - ELEC\n"
	    "AU  - Zhao ER  - \nTI  - Chip  ER  -  TY  - BOOK\n"
	    "PY  - 2026\nDA  - 2026/04/08/\nPB  - Portal\nM1  - No. 7\n"
	    "AB  - One line\nKW  - a_b\nKW  - c\n"
	    "UR  - https://x.example/a_b/%20/\nER  - \n");
	fixture_dispose(&f);
}

/* Version 1 has 21 modules, and a finder pattern in three corners. */
static void test_qr_code(void **state)
{
	static char text[4000];
	struct fixture f;
	struct value *qr;
	struct str path;

	(void)state;
	fixture_init(&f, NULL);
	qr = qr_make(&f.arena, STR("https://x.cn"));
	assert_non_null(qr);
	check(value_text_at(qr, STR("view")), "-4 -4 29 29");
	path = value_text_at(qr, STR("path"));
	assert_true(str_starts(path, STR("M0 0h7v1h-7z")));
	assert_true(str_find(path, STR("M14 0h7v1h-7z"), 0) != STR_NOT_FOUND);
	assert_true(str_find(path, STR("M0 20h7v1h-7z"), 0) != STR_NOT_FOUND);
	assert_true(str_find(path, STR("M2 2h3v1h-3z"), 0) != STR_NOT_FOUND);
	memset(text, 'x', sizeof(text));
	assert_null(qr_make(&f.arena, (struct str){ text, sizeof(text) }));
	assert_null(qr_make(&f.arena, STR_NONE));
	fixture_dispose(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_three_authors_are_named),
		cmocka_unit_test(test_bibtex_is_escaped),
		cmocka_unit_test(test_ris_stays_on_its_lines),
		cmocka_unit_test(test_qr_code),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
