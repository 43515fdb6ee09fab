/* SPDX-License-Identifier: MIT */
/*
 * Pages that are open in a browser and want to know when they are otherwise.
 * Each carries a small script that asks "/-/events?seen=N&page=PATH", N being
 * the generation the page is of: each build is one, and each edit that is shown
 * ahead of its build (shown.h). The answer waits until the page may be another
 * (or for ten seconds, then the script asks again: who has left meanwhile is
 * noticed only then, and takes a place till then). Files on disk stay as they
 * were built: the script's tag is appended while a page goes out.
 *
 * Used from one thread. Who waits is a connection of libmicrohttpd, which no
 * header names: `void *` here.
 */
#ifndef COMMANDS_SERVE_RELOAD_H
#define COMMANDS_SERVE_RELOAD_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { RELOAD_WAITERS_MAX = 32, RELOAD_WAIT_SECONDS = 10 };

struct reload_waiter {
	void *connection;	/* NULL: free */
	bool is_suspended;
	int64_t deadline;	/* milliseconds of the monotonic clock */
};

struct reload {
	uint64_t generation;	/* number of what is shown */
	struct reload_waiter waiters[RELOAD_WAITERS_MAX];
};

/* The script, as "/-/reload.js" gives it. */
struct str reload_script(void);

/* Generations begin at the time, so those of a server started anew differ. */
void reload_init(struct reload *reload);

/* Lets the connection wait; NULL when too many do. */
struct reload_waiter *reload_wait(struct reload *reload, void *connection,
    int64_t now);

/* Something else is shown: all who wait are to be answered. */
void reload_announce(struct reload *reload);

/* Wakes those whose time is over; all of them if `everyone`. */
void reload_wake(struct reload *reload, int64_t now, bool everyone);

/* The connection is answered or gone. */
void reload_forget(struct reload_waiter *waiter);

/* Milliseconds until somebody's time is over; -1: nobody waits. */
int reload_timeout(const struct reload *reload, int64_t now);

#endif
