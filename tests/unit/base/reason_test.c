/* SPDX-License-Identifier: MIT */
#include "base/reason.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "../memory.h"

static void test_reason_text__is_that_of_the_system_in_english(void **state)
{
	(void)state;
	for (int error = 1; error < 134; error++) {
		/* The next call may free what this one returns. */
		char own[128];

		(void)snprintf(own, sizeof(own), "%s", strerror(error));
		assert_str(reason_text(error, LANG_EN), own);
	}
	assert_str(reason_text(ENOSPC, LANG_ZH), "磁盘已满");
}

static void test_diag_report_reason__tells_each_reader_in_his(void **state)
{
	struct fixture f;

	(void)state;
	fixture_init(&f, NULL);
	assert_false(diag_report_reason(&f.diags, (struct mark){ .line = 0 },
	    DIAG_CANNOT_WRITE, STR("out/{2}"), ENOSPC));
	assert_string_equal(message(&f, "M0102", LANG_EN),
	    "cannot write 'out/{2}': No space left on device");
	assert_string_equal(message(&f, "M0102", LANG_ZH),
	    "无法写入“out/{2}”：磁盘已满");
	/* Without a subject the reason comes first. */
	assert_false(diag_report_reason(&f.diags, (struct mark){ .line = 0 },
	    DIAG_NO_PROCESS, STR_NONE, EAGAIN));
	assert_string_equal(message(&f, "W0104", LANG_ZH),
	    "无法启动工作进程：进程数或资源已达上限");
	fixture_dispose(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_reason_text__is_that_of_the_system_in_english),
		cmocka_unit_test(
		    test_diag_report_reason__tells_each_reader_in_his),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
