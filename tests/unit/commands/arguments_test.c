/* SPDX-License-Identifier: MIT */
#include "commands/arguments.h"

#include <fcntl.h>
#include <unistd.h>

#include "../memory.h"

static const struct option own[] = {
	{ 'o', "output", "DIR", TEXT("", "") },
	{ 'q', "quiet", NULL, TEXT("", "") },
	{ 0, "format", "F", TEXT("", "") },
	{ .name = NULL },
};

static const struct command sample = { .name = "sample",
	.operands = "[PATH…]",
	.common = COMMON_REGISTRY | COMMON_REV | COMMON_AS_OF | COMMON_JOBS,
	.options = own, .least_operands = 0, .most_operands = 2 };
static const struct command plain = { .name = "plain", .operands = "X",
	.least_operands = 1, .most_operands = 1 };

struct reading {
	struct fixture f;
	struct invocation invocation;
	bool wants_help;
	int status;
};

/* Messages go to standard error, which is of no concern here. */
static void read_words(struct reading *r, const struct command *command,
    const char *line)
{
	struct str rest = str_from(line);
	char *words[16];
	int count = 0, kept = dup(STDERR_FILENO);
	int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);

	fixture_init(&r->f, NULL);
	r->invocation = (struct invocation){ .command = command,
		.arena = &r->f.arena, .lang = LANG_ZH };
	r->wants_help = false;
	while (rest.len > 0)
		words[count++] = str_cstr(&r->f.arena, str_cut(&rest, ' '));
	(void)dup2(nowhere, STDERR_FILENO);
	r->status = arguments_read(&r->invocation, count, words,
	    &r->wants_help);
	(void)dup2(kept, STDERR_FILENO);
	(void)close(kept);
	(void)close(nowhere);
}

static void test_arguments__take_every_form_of_an_option(void **state)
{
	static const char *const lines[] = {
		"-o x -C r --rev v --as-of 2026-06-30 -j 4 -q --lang en a b",
		"-ox -Cr --rev=v --as-of=2026-06-30 -j4 --quiet --lang=en a b",
		"a --output x --registry r --rev v b --as-of 2026-06-30 "
		    "--jobs=4 -q --lang en",
		"-q --output=x --registry=r --rev=v --as-of=2026-06-30 -j 4 "
		    "--lang=en -- a b",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct reading r;

		read_words(&r, &sample, lines[i]);
		assert_int_equal(r.status, EXIT_FINE);
		assert_str(invocation_value(&r.invocation, "output"), "x");
		assert_true(invocation_has(&r.invocation, "quiet"));
		assert_false(invocation_has(&r.invocation, "format"));
		assert_str(r.invocation.registry, "r");
		assert_str(r.invocation.rev, "v");
		assert_str(r.invocation.as_of, "2026-06-30");
		assert_int_equal(r.invocation.jobs, 4);
		assert_int_equal(r.invocation.lang, LANG_EN);
		assert_int_equal(r.invocation.operand_count, 2);
		assert_str(r.invocation.operands[1], "b");
		fixture_dispose(&r.f);
	}
}

static void test_arguments__after_two_hyphens_are_operands(void **state)
{
	struct reading r;

	(void)state;
	read_words(&r, &sample, "- -- --");
	assert_int_equal(r.status, EXIT_FINE);
	assert_int_equal(r.invocation.operand_count, 2);
	assert_str(r.invocation.operands[0], "-");
	assert_str(r.invocation.operands[1], "--");
	fixture_dispose(&r.f);
	read_words(&r, &sample, "-- -q --rev");
	assert_false(invocation_has(&r.invocation, "quiet"));
	assert_str(r.invocation.operands[1], "--rev");
	fixture_dispose(&r.f);
}

static void test_arguments__keep_empty_values_and_the_last_one(void **state)
{
	struct reading r;

	(void)state;
	read_words(&r, &sample, "--format= -o a -o b");
	assert_int_equal(r.status, EXIT_FINE);
	assert_true(invocation_has(&r.invocation, "format"));
	assert_int_equal(invocation_value(&r.invocation, "format").len, 0);
	assert_str(invocation_value(&r.invocation, "output"), "b");
	fixture_dispose(&r.f);
}

static void test_arguments__refuse_what_is_wrong(void **state)
{
	static const char *const lines[] = { "-x", "--nothing", "--out x",
		"-o", "--output", "--rev", "--quiet=yes", "-qx", "--=x", "-j",
		"-j 0", "-j 65", "-j two", "-j -1", "--jobs=", "--lang fr",
		"--lang=", "--rev=", "a b c", "---q", "-\xc3\xa9" };

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct reading r;

		read_words(&r, &sample, lines[i]);
		assert_int_equal(r.status, EXIT_USAGE);
		fixture_dispose(&r.f);
	}
}

static void test_arguments__know_the_options_of_the_command_only(void **state)
{
	static const struct {
		const char *line;
		int status;
	} cases[] = { { "x", EXIT_FINE }, { "", EXIT_USAGE },
		{ "x y", EXIT_USAGE }, { "-C r x", EXIT_USAGE },
		{ "--rev v x", EXIT_USAGE }, { "-o d x", EXIT_USAGE },
		{ "--lang en x", EXIT_FINE } };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct reading r;

		read_words(&r, &plain, cases[i].line);
		assert_int_equal(r.status, cases[i].status);
		fixture_dispose(&r.f);
	}
}

static void test_arguments__help_needs_nothing_else(void **state)
{
	static const char *const lines[] = { "-h", "--help", "-h a b c" };

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct reading r;

		read_words(&r, &plain, lines[i]);
		assert_int_equal(r.status, EXIT_FINE);
		assert_true(r.wants_help);
		fixture_dispose(&r.f);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_arguments__take_every_form_of_an_option),
		cmocka_unit_test(
		    test_arguments__after_two_hyphens_are_operands),
		cmocka_unit_test(
		    test_arguments__keep_empty_values_and_the_last_one),
		cmocka_unit_test(test_arguments__refuse_what_is_wrong),
		cmocka_unit_test(
		    test_arguments__know_the_options_of_the_command_only),
		cmocka_unit_test(test_arguments__help_needs_nothing_else),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
