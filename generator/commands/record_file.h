/* SPDX-License-Identifier: MIT */
/* New records, for the commands that make them. */
#ifndef COMMANDS_RECORD_FILE_H
#define COMMANDS_RECORD_FILE_H

#include "base/str.h"

#include <stdbool.h>

struct arena;
struct diag_list;
struct registry;

/*
 * Makes the file at `path` (as seen from the registry, or from the folder
 * `other` if that is not empty) with that text. Never
 * over a person's text: one that is there stays, which is an error, and so is
 * a registry that is no folder.
 */
bool record_file_create(const struct registry *registry, struct str other,
    struct str path, struct str text, struct diag_list *diags)
    __attribute__((warn_unused_result));

/* Whether it would be refused, with the same diagnostic. */
bool record_file_is_free(const struct registry *registry, struct str path,
    struct diag_list *diags) __attribute__((warn_unused_result));

#endif
