/* SPDX-License-Identifier: MIT */
/* `zheli template --variables`: what templates are given. */
#ifndef COMMANDS_TEMPLATE_VARIABLES_H
#define COMMANDS_TEMPLATE_VARIABLES_H

struct invocation;

/* Prints them; the exit status. */
int template_variables(const struct invocation *invocation);

#endif
