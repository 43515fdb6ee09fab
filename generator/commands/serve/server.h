/* SPDX-License-Identifier: MIT */
/*
 * The preview server: a libmicrohttpd daemon without threads of its own, which
 * runs when its descriptor has something to do. It shows the public site at
 * "/", the internal one at "/-/internal/" (to this machine only), and what
 * pages need to reload themselves at "/-/reload.js" and "/-/events".
 */
#ifndef COMMANDS_SERVE_SERVER_H
#define COMMANDS_SERVE_SERVER_H

#include "base/arena.h"
#include "base/str.h"
#include "commands/serve/reload.h"
#include "commands/serve/shown.h"

#include <stdbool.h>
#include <stdint.h>

struct server {
	void *daemon;			/* libmicrohttpd's */
	struct str folder, internal;	/* internal may be empty */
	struct str host;		/* listened on, and allowed in Host */
	struct str wait_text;		/* until the first build is done */
	uint16_t port;			/* 0: any; the one in use once open */
	bool is_closing;
	struct reload reload;
	struct shown shown;		/* of the public site */
	struct arena scratch;		/* of one request */
};

/*
 * Listens; `folder`, `internal`, `host`, `port`, `wait_text` are set. False,
 * `*error` an errno or an EAI_ number with `*is_address` set, when it cannot.
 * The server must not move while it is open.
 */
bool server_open(struct server *server, int *error, bool *is_address);

/* Answers all who wait and stops. */
void server_close(struct server *server);

/* To poll for input. */
int server_descriptor(const struct server *server);

/* Milliseconds after which server_run is to be called anyway; -1: none. */
int server_timeout(const struct server *server, int64_t now);

/* Does what there is to do. `now` is in milliseconds, see serve_clock(). */
void server_run(struct server *server, int64_t now);

/* The address for people: "http://127.0.0.1:8000/". */
struct str server_address(const struct server *server, struct arena *arena);

/* Milliseconds of the monotonic clock. */
int64_t serve_clock(void);

#endif
