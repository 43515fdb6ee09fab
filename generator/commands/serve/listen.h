/* SPDX-License-Identifier: MIT */
/* Where the server listens. */
#ifndef COMMANDS_SERVE_LISTEN_H
#define COMMANDS_SERVE_LISTEN_H

#include <stdbool.h>
#include <stdint.h>

/* A listening socket; port 0: any. -1 with `*error` an errno, or an EAI_ number
 * with `*is_address` set, when there is none to be had. */
int listen_on(const char *host, uint16_t port, int *error, bool *is_address);

/* The port that a socket has; 0 if it has none. */
uint16_t listen_port(int socket_);

#endif
