/* SPDX-License-Identifier: MIT */
#include "commands/serve/builder.h"

#include "base/arena.h"
#include "commands/command.h"
#include "commands/serve/child.h"

#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

bool builder_start(struct builder *builder)
{
	struct arena arena;
	enum exit_status status;

	(void)fflush(stdout);
	(void)fflush(stderr);
	builder->child = fork();
	if (builder->child < 0) {
		builder->child = 0;
		return false;
	}
	if (builder->child > 0)
		return true;
	child_leave_server(STDERR_FILENO + 1);
	arena_init(&arena);
	status = build_run(&builder->request, &arena);
	arena_dispose(&arena);
	(void)fflush(stdout);
	(void)fflush(stderr);
	_exit(status);
}

bool builder_ended(struct builder *builder, enum exit_status *status)
{
	int how;

	if (builder->child == 0 ||
	    waitpid(builder->child, &how, WNOHANG) != builder->child)
		return false;
	builder->child = 0;
	*status = WIFEXITED(how) ? (enum exit_status)WEXITSTATUS(how) :
	    EXIT_MACHINE;
	return true;
}

void builder_stop(struct builder *builder)
{
	if (builder->child == 0)
		return;
	child_stop(builder->child);
	builder->child = 0;
}
