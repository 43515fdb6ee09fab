/* SPDX-License-Identifier: MIT */
/* `zheli new theme`: a theme that inherits the program's own. */
#ifndef COMMANDS_NEW_THEME_H
#define COMMANDS_NEW_THEME_H

#include "base/str.h"

#include <stdbool.h>

struct diag_list;
struct invocation;
struct registry;

/* Makes themes/NAME/ in a registry that is a folder, and tells what comes next.
 * Nothing is made where there is a theme of that name, installed ones too. */
bool new_theme(const struct invocation *invocation, struct registry *registry,
    struct str name, struct diag_list *diags);

/* Whether a theme can have that name: lower-case letters, digits, hyphens. */
bool new_theme_is_name(struct str name);

#endif
