/* SPDX-License-Identifier: MIT */
#include "commands/consent.h"

#include "commands/command.h"
#include "commands/report.h"

#include <stdio.h>
#include <unistd.h>

bool consent_given(const struct invocation *invocation, struct str path)
{
	static const struct text question = TEXT("覆盖 %.*s？(y/N) ",
	    "write over %.*s? (y/N) ");
	char line[64];
	struct str answer;

	if (invocation_has(invocation, "force"))
		return true;
	if (isatty(STDIN_FILENO) != 1 || isatty(STDERR_FILENO) != 1)
		return false;
	fprintf(stderr, invocation_text(invocation, &question),
	    STR_ARG(path));
	if (fgets(line, sizeof(line), stdin) == NULL)
		return false;
	answer = str_trim(str_from(line));
	return str_eq(answer, STR("y")) || str_eq(answer, STR("Y")) ||
	    str_eq(answer, STR("yes")) || str_eq(answer, STR("是"));
}

void consent_would_write(const struct invocation *invocation,
    struct str path, bool is_there)
{
	static const struct text made = TEXT("会新建 ", "would make ");
	static const struct text changed = TEXT("会改写 ",
	    "would rewrite ");

	fputs(invocation_text(invocation, is_there ? &changed : &made),
	    stdout);
	report_text(path, stdout);
	putchar('\n');
}
