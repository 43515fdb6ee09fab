/* SPDX-License-Identifier: MIT */
#include "base/process.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/path.h"
#include "base/reason.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const char standard_path[] = "/usr/local/bin:/usr/bin:/bin";

static struct str search_path(void)
{
	const char *set = getenv("PATH");

	return str_from(set != NULL && set[0] != '\0' ? set : standard_path);
}

/* A relative folder of PATH would be one of whoever wrote the registry. */
bool process_find(struct arena *arena, struct str name, struct str *path)
{
	struct str folders = search_path();

	while (folders.len > 0) {
		struct str folder = str_cut(&folders, ':');
		char *whole = str_cstr(arena,
		    path_join(arena, folder, name));

		if (str_starts(folder, STR("/")) && access(whole, X_OK) == 0) {
			*path = str_from(whole);
			return true;
		}
	}
	return false;
}

/* The input as a file in memory, at its beginning; negative if none can be. */
static int open_input(struct str input)
{
	int file = memfd_create("input", MFD_CLOEXEC);

	while (file >= 0 && input.len > 0) {
		ssize_t put = write(file, input.ptr, input.len);

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0) {
			(void)close(file);
			return -1;
		}
		input = str_slice(input, (size_t)put, input.len);
	}
	if (file >= 0)
		(void)lseek(file, 0, SEEK_SET);
	return file;
}

/* After the fork, and never back from it. */
static _Noreturn void become(char *const *words, char *const *environment,
    int input, int output)
{
	int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);

	if (nowhere < 0 || dup2(input, STDIN_FILENO) < 0 ||
	    dup2(output, STDOUT_FILENO) < 0 ||
	    dup2(nowhere, STDERR_FILENO) < 0)
		_exit(127);
	(void)close_range(STDERR_FILENO + 1, ~0U, 0);
	/* Signals that this process ignores would stay ignored. */
	(void)signal(SIGINT, SIG_DFL);
	(void)signal(SIGPIPE, SIG_DFL);
	(void)execve(words[0], words, environment);
	_exit(127);
}

static long milliseconds_since(const struct timespec *start)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (now.tv_sec - start->tv_sec) * 1000 +
	    (now.tv_nsec - start->tv_nsec) / 1000000;
}

/* All it prints, until it closes its output. False when it takes too long. */
static bool listen(const struct process_request *request, int output,
    struct buf *said)
{
	struct pollfd wanted = { .fd = output, .events = POLLIN };
	long most = request->seconds > 0 ? request->seconds : PROCESS_SECONDS;
	size_t room = request->output_max > 0 ? request->output_max :
	    PROCESS_OUTPUT_MAX;
	struct timespec start;
	char chunk[4096];

	(void)clock_gettime(CLOCK_MONOTONIC, &start);
	for (;;) {
		long left = most * 1000 - milliseconds_since(&start);
		int ready = left <= 0 ? 0 : poll(&wanted, 1, (int)left);
		ssize_t got;

		if (ready < 0 && errno == EINTR)
			continue;
		if (ready <= 0)
			return false;
		got = read(output, chunk, sizeof(chunk));
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return true;
		if (said->len < room)
			buf_append(said, (struct str){ chunk, (size_t)got });
	}
}

static void finish(struct arena *arena,
    const struct process_request *request, pid_t pid, int output,
    struct process_result *result)
{
	struct buf said;
	int status = 0;

	buf_init(&said);
	if (!listen(request, output, &said))
		(void)kill(pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	result->status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
	result->output = str_dup(arena, buf_str(&said));
	buf_dispose(&said);
}

static const char *const nothing[] = { NULL };

/* Words are not written to; execve() merely wants them so. */
static char **copy_words(struct arena *arena, const char *const *words,
    size_t before)
{
	size_t count = 0;
	char **copy;

	while (words[count] != NULL)
		count++;
	copy = arena_array(arena, before + count + 1, sizeof(*copy));
	for (size_t i = 0; i < count; i++)
		copy[before + i] = str_cstr(arena, str_from(words[i]));
	return copy;
}

static char **make_environment(struct arena *arena,
    const struct process_request *request)
{
	enum { OURS = 3 };
	char **all = copy_words(arena, request->environment != NULL ?
	    request->environment : nothing, OURS);

	all[0] = str_cstr(arena, str_join(arena, STR("PATH="), search_path()));
	all[1] = str_cstr(arena, str_join(arena, STR("HOME="), request->home));
	all[2] = str_cstr(arena, STR("LC_ALL=C"));
	return all;
}

bool process_run(struct arena *arena, const struct process_request *request,
    struct process_result *result, struct diag_list *diags)
{
	char **words = copy_words(arena, request->words, 0);
	char **environment = make_environment(arena, request);
	int output[2] = { -1, -1 }, input = open_input(request->input), reason;
	pid_t pid = -1;

	if (input >= 0 && pipe2(output, O_CLOEXEC) == 0)
		pid = fork();
	if (pid == 0)
		become(words, environment, input, output[1]);
	reason = errno;
	if (input >= 0)
		(void)close(input);
	if (output[1] >= 0)
		(void)close(output[1]);
	if (pid > 0)
		finish(arena, request, pid, output[0], result);
	if (output[0] >= 0)
		(void)close(output[0]);
	return pid > 0 || diag_report_reason(diags,
	    ((struct mark){ .path = STR_NONE }), DIAG_NO_PROCESS, STR_NONE,
	    reason);
}
