/* SPDX-License-Identifier: MIT */
#include "commands/git_run.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/reason.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const kept[] = { "PATH", "HOME", "TMPDIR", "GIT_DIR",
	"GIT_INDEX_FILE", "GIT_QUARANTINE_PATH", "GIT_OBJECT_DIRECTORY",
	"GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_CONFIG_NOSYSTEM" };

enum { KEPT = sizeof(kept) / sizeof(kept[0]), FIXED = 4 };

static char **make_environment(struct arena *arena)
{
	static const char *const fixed[FIXED] = { "LC_ALL=C",
		"GIT_NO_REPLACE_OBJECTS=1", "GIT_TERMINAL_PROMPT=0",
		"GIT_OPTIONAL_LOCKS=0" };
	char **environment = arena_array(arena, KEPT + FIXED + 1,
	    sizeof(*environment));
	size_t count = 0;

	for (size_t i = 0; i < KEPT; i++) {
		const char *value = getenv(kept[i]);

		if (value != NULL)
			environment[count++] = str_cstr(arena, str_format(
			    arena, "%s=%s", kept[i], value));
	}
	for (size_t i = 0; i < FIXED; i++)
		environment[count++] = str_cstr(arena, str_from(fixed[i]));
	return environment;
}

static char **make_words(struct arena *arena, struct str folder,
    const char *const *words)
{
	char **all = arena_array(arena, GIT_WORDS_MAX + 4, sizeof(*all));
	size_t count = 0;

	all[count++] = str_cstr(arena, STR("git"));
	all[count++] = str_cstr(arena, STR("-C"));
	all[count++] = str_cstr(arena, folder.len > 0 ? folder : STR("."));
	for (size_t i = 0; words[i] != NULL && i < GIT_WORDS_MAX; i++)
		all[count++] = str_cstr(arena, str_from(words[i]));
	return all;
}

static struct str read_all(struct arena *arena, int descriptor)
{
	struct buf out;
	struct str all;
	ssize_t got;

	buf_init(&out);
	do {
		got = read(descriptor, buf_reserve(&out, 4096), 4096);
		if (got > 0)
			out.len += (size_t)got;
	} while (got > 0 || (got < 0 && errno == EINTR));
	all = str_dup(arena, buf_str(&out));
	buf_dispose(&out);
	return all;
}

static int wait_for(pid_t child)
{
	int status;

	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void feed(int descriptor, struct str input)
{
	void (*before)(int) = signal(SIGPIPE, SIG_IGN);

	while (input.len > 0) {
		ssize_t put = write(descriptor, input.ptr, input.len);

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			break;
		input = str_slice(input, (size_t)put, input.len);
	}
	(void)signal(SIGPIPE, before);
}

static int spawn(struct arena *arena, char **words, int in, int out,
    pid_t *child)
{
	posix_spawn_file_actions_t actions;
	int error = posix_spawn_file_actions_init(&actions);

	if (error != 0)
		return error;
	(void)posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
	(void)posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
	(void)posix_spawn_file_actions_addopen(&actions, STDERR_FILENO,
	    "/dev/null", O_WRONLY, 0);
	error = posix_spawnp(child, "git", &actions, NULL, words,
	    make_environment(arena));
	(void)posix_spawn_file_actions_destroy(&actions);
	return error;
}

bool git_run(struct arena *arena, struct str folder,
    const char *const *words, struct str input, struct git_result *result,
    struct diag_list *diags)
{
	int in[2] = { -1, -1 }, out[2] = { -1, -1 };
	pid_t child = -1;
	int error = 0;

	*result = (struct git_result){ .status = -1 };
	if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0)
		error = errno;
	else
		error = spawn(arena, make_words(arena, folder, words), in[0],
		    out[1], &child);
	(void)close(in[0]);
	(void)close(out[1]);
	if (error == 0) {
		feed(in[1], input);
		(void)close(in[1]);
		result->output = read_all(arena, out[0]);
		result->status = wait_for(child);
	} else {
		(void)close(in[1]);
	}
	(void)close(out[0]);
	return error == 0 || diag_report_reason(diags,
	    ((struct mark){ .line = 0 }), DIAG_GIT_FAILED, str_from(words[0]),
	    error);
}

bool git_ask(struct arena *arena, struct str folder,
    const char *const *words, struct str *answer, struct diag_list *diags)
{
	struct git_result result;

	if (!git_run(arena, folder, words, STR_NONE, &result, diags))
		return false;
	if (result.status != 0)
		return diag_report(diags, ((struct mark){ .line = 0 }),
		    DIAG_GIT_FAILED, str_from(words[0]), str_format(arena,
			"exit %d", result.status));
	*answer = str_trim(result.output);
	return true;
}
