/* SPDX-License-Identifier: MIT */
/* New records, for the commands that make them; each has the options "force"
 * and "dry-run". */
#ifndef COMMANDS_RECORD_FILE_H
#define COMMANDS_RECORD_FILE_H

#include "base/str.h"

#include <stdbool.h>

struct diag_list;
struct invocation;
struct registry;

/* Where one goes. */
struct record_file {
	const struct registry *registry;
	struct str other;	/* a folder in its place, or empty */
	struct str path;	/* below it */
};

/*
 * Makes the file with that text, or with --dry-run only says so. Over a text
 * that is there only with the person's consent (consent.h): else that is an
 * error, as is a registry that is no folder, and what is there stays.
 */
bool record_file_create(const struct invocation *invocation,
    const struct record_file *file, struct str text, struct diag_list *diags)
    __attribute__((warn_unused_result));

/* Whether it would be refused without asking, with the same diagnostic: before
 * work that would be for nothing. */
bool record_file_is_free(const struct invocation *invocation,
    const struct record_file *file, struct diag_list *diags)
    __attribute__((warn_unused_result));

#endif
