/* SPDX-License-Identifier: MIT */
/* Finds the command, runs it, and sees that its output got out. */
#include "base/arena.h"
#include "base/reason.h"
#include "commands/arguments.h"
#include "commands/command.h"
#include "commands/help.h"

#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

static enum lang language(void)
{
	static const char *const variables[] = { "LC_ALL", "LC_MESSAGES",
		"LANG" };

	for (size_t i = 0; i < 3; i++) {
		const char *tag = getenv(variables[i]);

		if (tag != NULL && tag[0] != '\0')
			return lang_from(str_from(tag), LANG_ZH);
	}
	return LANG_ZH;
}

static int run(const struct command *command, int count, char **words)
{
	struct arena arena;
	struct invocation invocation = { .command = command, .arena = &arena,
		.lang = language() };
	bool wants_help = false;
	int status;

	arena_init(&arena);
	status = arguments_read(&invocation, count, words, &wants_help);
	if (status == EXIT_FINE && wants_help)
		help_command(command, invocation.lang, stdout);
	else if (status == EXIT_FINE)
		status = command->run(&invocation);
	arena_dispose(&arena);
	return status;
}

static int dispatch(int argc, char **argv)
{
	static const struct text unknown = TEXT(
	    "zheli: 没有名为“%s”的命令；zheli help 列出全部命令\n",
	    "zheli: there is no command '%s'; 'zheli help' lists them all\n");
	const struct command *command;
	struct str name = argc > 1 ? str_from(argv[1]) : STR("help");

	if (str_eq(name, STR("--version"))) {
		printf("zheli %s\n", ZHELI_VERSION);
		return EXIT_FINE;
	}
	if (str_eq(name, STR("--help")) || str_eq(name, STR("-h")))
		name = STR("help");
	command = command_find(name);
	if (command == NULL) {
		fprintf(stderr, unknown.in[language()], argv[1]);
		return EXIT_USAGE;
	}
	return run(command, argc > 2 ? argc - 2 : 0, argv + 2);
}

int main(int argc, char **argv)
{
	static const struct text lost = TEXT("zheli: 标准输出：%.*s\n",
	    "zheli: standard output: %.*s\n");
	struct str why;
	int status;

	/* A file that may not grow is an error of write(), as a full disk. */
	(void)signal(SIGXFSZ, SIG_IGN);
	status = dispatch(argc, argv);
	if (fflush(stdout) != 0 || ferror(stdout)) {
		why = reason_text(errno, language());
		fprintf(stderr, lost.in[language()], STR_ARG(why));
		status = EXIT_MACHINE;
	}
	return status;
}
