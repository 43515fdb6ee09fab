/* SPDX-License-Identifier: MIT */
#include "commands/serve/child.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

void child_leave_server(unsigned kept)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGCHLD,
		SIGPIPE };
	sigset_t none;

	(void)close_range(kept, ~0U, 0);
	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		(void)signal(signals[i], SIG_DFL);
	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
	(void)prctl(PR_SET_PDEATHSIG, SIGTERM);
}

void child_stop(pid_t child)
{
	(void)kill(child, SIGTERM);
	while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
		continue;
}
