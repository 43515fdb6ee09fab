/* SPDX-License-Identifier: MIT */
/* What processes that the server forks have in common. */
#ifndef COMMANDS_SERVE_CHILD_H
#define COMMANDS_SERVE_CHILD_H

#include <sys/types.h>

/* In the child: none of the server's signals, sockets and watches; descriptors
 * below `kept` stay. It ends when the server does. */
void child_leave_server(unsigned kept);

/* In the server: ends the child and waits for it. */
void child_stop(pid_t child);

#endif
