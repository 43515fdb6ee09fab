/* SPDX-License-Identifier: MIT */
/*
 * filtered CALLS COMMAND [ARGUMENT ...]: runs the command where only the calls
 * of the kernel are left that the file CALLS names, one in a line, as under a
 * SystemCallFilter of systemd; any other kills the process that makes it, so
 * that it is seen. Names that this kernel's libseccomp does not know are passed
 * over, as systemd does.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <seccomp.h>

static int stop(const char *what)
{
	perror(what);
	return EXIT_FAILURE;
}

int main(int argc, char **argv)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
	FILE *calls = argc > 2 ? fopen(argv[1], "re") : NULL;
	char name[64];

	if (calls == NULL || filter == NULL)
		return stop("filtered CALLS COMMAND");
	while (fgets(name, sizeof(name), calls) != NULL) {
		int number;

		name[strcspn(name, "\n")] = '\0';
		number = seccomp_syscall_resolve_name(name);
		if (number != __NR_SCMP_ERROR && seccomp_rule_add(filter,
		    SCMP_ACT_ALLOW, number, 0) != 0)
			return stop(name);
	}
	if (fclose(calls) != 0 || seccomp_load(filter) != 0)
		return stop("filter");
	seccomp_release(filter);
	(void)execvp(argv[2], argv + 2);
	return stop(argv[2]);
}
