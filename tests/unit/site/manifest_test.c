/* SPDX-License-Identifier: MIT */
#include "site/manifest.h"

#include "base/buf.h"
#include "base/map.h"
#include "site/site_log.h"

#include "../memory.h"

#define DIGEST \
	"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

static bool parses(const char *text, size_t lines)
{
	struct fixture f;
	struct map sums;
	bool ok;

	fixture_init(&f, NULL);
	map_init(&sums, &f.arena);
	ok = manifest_parse_sums(str_from(text), &f.arena, &sums) &&
	    sums.count == lines;
	fixture_dispose(&f);
	return ok;
}

static void test_manifest__takes_what_sha256sum_writes(void **state)
{
	(void)state;
	assert_true(parses("", 0));
	assert_true(parses(DIGEST "  a.html\n" DIGEST "  b c/d.html\n", 2));
	assert_true(parses(DIGEST " *a.html\n", 1));
	assert_true(parses(DIGEST "  a.html", 1));
}

static void test_manifest__takes_no_other_lines(void **state)
{
	(void)state;
	assert_true(!parses("\n", 1));
	assert_true(!parses(DIGEST "\n", 1));
	assert_true(!parses(DIGEST "  \n", 1));
	assert_true(!parses(DIGEST "\ta.html\n", 1));
	assert_true(!parses("E" DIGEST "  a.html\n", 1));
	assert_true(!parses("SHA256 (a.html) = " DIGEST "\n", 1));
	assert_true(!parses(DIGEST "  a.html\n<html>\n", 1));
}

static void fill(struct site_log *log)
{
	site_log_init(log);
	site_log_add(log, STR("b"), DIGEST, true);
	site_log_add(log, STR("a/c"), DIGEST, false);
	site_log_add(log, STR("a"), DIGEST, true);
	site_log_add(log, STR("a"), DIGEST, false);
}

static void test_manifest__log_comes_out_as_it_went_in(void **state)
{
	struct site_log log, other;
	const struct site_file **files;
	struct fixture f;
	struct buf answer;
	struct str bytes;
	size_t count;

	(void)state;
	fixture_init(&f, NULL);
	fill(&log);
	site_log_init(&other);
	buf_init(&answer);
	site_log_pack(&answer, &log);
	bytes = buf_str(&answer);
	assert_true(site_log_unpack(&other, &bytes, true, STR_NONE,
	    &f.arena));
	assert_true(bytes.len == 0);
	assert_true(site_log_changed(&other) == 2);
	(void)site_log_sorted(&other, false, &f.arena, &count);
	assert_true(count == 0);
	files = site_log_sorted(&other, true, &f.arena, &count);
	assert_true(count == 3);
	assert_true(str_eq(files[0]->path, STR("a")));
	assert_true(str_eq(files[1]->path, STR("a/c")));
	assert_true(str_eq(str_from(files[2]->sha256), STR(DIGEST)));
	buf_dispose(&answer);
	site_log_dispose(&other);
	site_log_dispose(&log);
	fixture_dispose(&f);
}

static void test_manifest__log_of_a_damaged_answer_is_refused(void **state)
{
	struct site_log log, other;
	struct fixture f;
	struct buf answer;

	(void)state;
	fixture_init(&f, NULL);
	fill(&log);
	buf_init(&answer);
	site_log_pack(&answer, &log);
	for (size_t len = 0; len < answer.len; len++) {
		struct str bytes = str_slice(buf_str(&answer), 0, len);

		site_log_init(&other);
		assert_true(!site_log_unpack(&other, &bytes, false,
		    STR_NONE, &f.arena));
		assert_true(other.files.count <= 4);
		site_log_dispose(&other);
	}
	buf_dispose(&answer);
	site_log_dispose(&log);
	fixture_dispose(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_manifest__takes_what_sha256sum_writes),
		cmocka_unit_test(test_manifest__takes_no_other_lines),
		cmocka_unit_test(
		    test_manifest__log_comes_out_as_it_went_in),
		cmocka_unit_test(
		    test_manifest__log_of_a_damaged_answer_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
