/* SPDX-License-Identifier: MIT */
#include <signal.h>
#include <sys/resource.h>

#include "catalogue/answer.h"
#include "desk.h"

/* More than a reader keeps of the file in memory: 32 MiB. */
enum { FOUND = 20000, LENGTH = 1024 };

static void put_found(struct desk *desk)
{
	char *text = arena_alloc(&desk->f.arena, LENGTH);

	memset(text, 'x', LENGTH);
	catalogue_begin(desk->catalogue);
	for (int i = 0; i < FOUND; i++) {
		struct arena scratch;

		arena_init(&scratch);
		catalogue_put_diagnostic(desk->catalogue, &(struct diagnostic){
		    .mark = { str_format(&scratch, "content/%d", -i), 1, 1 },
		    .id = STR("Z-01"), .severity = DIAG_NOTICE,
		    .message = { { text, LENGTH }, { text, LENGTH } } });
		arena_dispose(&scratch);
	}
	catalogue_commit(desk->catalogue);
}

/* Workers that render may open no file: neither may what they ask, however
 * much there is to be sorted. */
static void test_readers__write_no_files(void **state)
{
	struct rlimit limit, none;
	struct catalogue *reader;
	struct desk desk;

	(void)state;
	desk_init(&desk, "2026-06-30");
	put_found(&desk);
	reader = catalogue_open(&desk.f.arena, catalogue_path(desk.catalogue),
	    &desk.f.diags);
	assert_non_null(reader);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
	none = limit;
	none.rlim_cur = 0;
	(void)signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &none), 0);
	(void)catalogue_answer(reader, QUERY_diagnostics, NULL, 0);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
	assert_true(catalogue_is_well(reader, &desk.f.diags));
	catalogue_close(reader);
	desk_dispose(&desk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_readers__write_no_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
