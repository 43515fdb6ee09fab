/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_HELP_H
#define COMMANDS_HELP_H

#include "commands/command.h"

#include <stdio.h>

/* Usage, description and options of a command, made from its description. */
void help_command(const struct command *command, enum lang lang, FILE *out);

/* All commands, a line each. */
void help_overview(enum lang lang, FILE *out);

#endif
