/* SPDX-License-Identifier: MIT */
/* The command line: options follow the command, as in git. */
#ifndef COMMANDS_ARGUMENTS_H
#define COMMANDS_ARGUMENTS_H

#include "commands/command.h"

enum { COMMON_OPTION_COUNT = 7 };

/* The options every command, or several, share; `common` of a command says
 * which. The bit of the last (-h) is 0: all have it. */
struct common_option {
	unsigned bit;
	struct option option;
};
extern const struct common_option common_options[COMMON_OPTION_COUNT];

/*
 * Reads the words after the command's name into `invocation` (whose command,
 * arena and lang are set). EXIT_FINE, or EXIT_USAGE after a message;
 * `*wants_help` for -h and --help.
 */
int arguments_read(struct invocation *invocation, int count, char **words,
    bool *wants_help);

#endif
