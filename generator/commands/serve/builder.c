/* SPDX-License-Identifier: MIT */
#include "commands/serve/builder.h"

#include "base/arena.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* In the child: none of the server's signals, sockets and watches. */
static void leave_server(void)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGCHLD,
		SIGPIPE };
	sigset_t none;

	(void)close_range(STDERR_FILENO + 1, ~0U, 0);
	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		(void)signal(signals[i], SIG_DFL);
	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
	(void)prctl(PR_SET_PDEATHSIG, SIGTERM);
}

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
	leave_server();
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
	(void)kill(builder->child, SIGTERM);
	while (waitpid(builder->child, NULL, 0) < 0 && errno == EINTR)
		continue;
	builder->child = 0;
}
