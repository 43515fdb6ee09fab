/* SPDX-License-Identifier: MIT */
/* A kept catalogue is used only if it is what was written. */
#include "catalogue/resume.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>

#include "../memory.h"
#include "desk.h"

/* A catalogue that is kept, and its size. */
static off_t keep(struct desk *desk)
{
	struct stat status;

	desk_init(desk, "2026-06-30");
	catalogue_begin(desk->catalogue);
	catalogue_fit(desk->catalogue, STR("print"), STR("commit"), 0);
	catalogue_commit(desk->catalogue);
	catalogue_keep(desk->catalogue);
	catalogue_close(desk->catalogue);
	desk->catalogue = NULL;
	assert_int_equal(stat(in(desk, ".zheli/catalogue.sqlite"), &status),
	    0);
	return status.st_size;
}

static bool resumes(struct desk *desk)
{
	struct catalogue *kept = catalogue_resume(&desk->f.arena,
	    desk->folder, STR("print"), &desk->f.diags);

	if (kept != NULL)
		catalogue_close(kept);
	return kept != NULL;
}

/* Twice at one place: as it was. */
static void flip(struct desk *desk, off_t at)
{
	int file = open(in(desk, ".zheli/catalogue.sqlite"), O_RDWR);
	unsigned char byte;

	assert_int_equal(pread(file, &byte, 1, at), 1);
	byte ^= (unsigned char)(1 << at % 8);
	assert_int_equal(pwrite(file, &byte, 1, at), 1);
	assert_int_equal(close(file), 0);
}

static void test_resume__takes_no_catalogue_with_another_byte(void **state)
{
	struct desk desk;
	off_t size = keep(&desk);
	size_t told = 0;

	(void)state;
	assert_true(resumes(&desk));
	for (off_t at = 100; at < size; at += size / 37) {
		flip(&desk, at);
		assert_false(resumes(&desk));
		assert_int_equal(desk.f.diags.counts[DIAG_NOTICE], ++told);
		flip(&desk, at);
	}
	assert_non_null(message(&desk.f, "M0201", LANG_ZH));
	assert_true(resumes(&desk));
	assert_int_equal(truncate(in(&desk, ".zheli/catalogue.sqlite"),
	    size - 1), 0);
	assert_false(resumes(&desk));
	desk_dispose(&desk);
}

static void test_resume__takes_no_catalogue_without_a_sum(void **state)
{
	struct desk desk;

	(void)state;
	(void)keep(&desk);
	assert_int_equal(unlink(in(&desk, ".zheli/catalogue.sum")), 0);
	assert_false(resumes(&desk));
	/* It may be of another version of the program: no damage to tell of. */
	assert_int_equal(desk.f.diags.items.count, 0);
	desk_dispose(&desk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_resume__takes_no_catalogue_with_another_byte),
		cmocka_unit_test(
		    test_resume__takes_no_catalogue_without_a_sum),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
