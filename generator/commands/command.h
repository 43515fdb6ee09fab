/* SPDX-License-Identifier: MIT */
/*
 * What a command is: one file with one constant description, which parsing,
 * help, manuals and tests are all made from.
 *
 * To add a command: write commands/<name>.c with `const struct command
 * command_<name>`, add its line to commands.def and its manual
 * man/zheli-<name>.1. `make test` fails until the SYNOPSIS of the manual equals
 * `zheli <name> -h` and a golden case under tests/golden/ uses the command.
 */
#ifndef COMMANDS_COMMAND_H
#define COMMANDS_COMMAND_H

#include "base/lang.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct diag_list;
struct pipeline;
struct registry;

enum exit_status {
	EXIT_FINE = 0,		/* all is well */
	EXIT_CONTENT = 1,	/* the content has errors */
	EXIT_USAGE = 2,		/* the command line is wrong */
	EXIT_MACHINE = 3	/* the machine failed */
};

struct option {
	char letter;		/* 0: none */
	const char *name;
	const char *argument;	/* e.g. "DATE"; NULL for a flag */
	struct text help;
};

/* Common options a command takes beside its own. */
enum common_options {
	COMMON_REGISTRY = 1,	/* -C DIR */
	COMMON_REV = 2,		/* --rev REV */
	COMMON_AS_OF = 4,	/* --as-of DATE */
	COMMON_JOBS = 8,	/* -j N */
	COMMON_LANG = 16,	/* --lang zh|en; every command takes it */
	COMMON_RANGE = 32	/* --range BASE..HEAD */
};

struct invocation;

struct command {
	const char *name;
	const char *operands;		/* "[PATH…]", "" */
	unsigned common;		/* enum common_options, or-ed */
	const struct option *options;	/* ends with a NULL name */
	size_t least_operands, most_operands;
	struct text summary, description;
	int (*run)(struct invocation *invocation);
};

struct invocation {
	const struct command *command;
	struct arena *arena;		/* lives as long as the command runs */
	enum lang lang;
	struct str *operands;
	size_t operand_count;
	struct str *values;		/* one per option; see below */
	/* Empty when not given; a range has the form of one. */
	struct str registry, rev, range, as_of;
	size_t jobs;			/* 0 when not given */
};

/* The argument of the command's own option `name`; empty when not given. */
struct str invocation_value(const struct invocation *invocation,
    const char *name);
bool invocation_has(const struct invocation *invocation, const char *name);

/* The text in the invocation's language. */
const char *invocation_text(const struct invocation *invocation,
    const struct text *text);

/* Prints "zheli NAME: MESSAGE" and how to get help to standard error; returns
 * EXIT_USAGE. `detail` (may be empty) follows the message in quotes. */
int invocation_usage(const struct invocation *invocation,
    const struct text *message, struct str detail);

/* pipeline_open(), registry_open() and registry_open_content() of what the
 * common options name, by the rules of --profile and --phase. */
bool invocation_open_pipeline(const struct invocation *invocation, bool quiet,
    struct pipeline *pipeline, struct diag_list *diags);
bool invocation_open_registry(const struct invocation *invocation,
    struct registry *registry, struct diag_list *diags);
bool invocation_open_content(const struct invocation *invocation,
    struct registry *registry, struct diag_list *diags);

/* All commands, in the order of `zheli help`; ends with NULL. */
const struct command *const *commands(void);
const struct command *command_find(struct str name);

#endif
