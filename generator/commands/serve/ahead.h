/* SPDX-License-Identifier: MIT */
/*
 * Pages ahead of the build that will write them (site/pages_ahead.h): a process
 * keeps open what they are made from besides records, and for each edit forks
 * one that makes the pages asked for. It is of the registry as it was when it
 * was started; whoever starts it ends it when anything but records has changed.
 *
 * One question at a time. An answer may take longer than it is worth waiting
 * for; ended with ahead_stop(), it is nobody's any more.
 */
#ifndef COMMANDS_SERVE_AHEAD_H
#define COMMANDS_SERVE_AHEAD_H

#include "base/buf.h"
#include "base/str.h"
#include "commands/build.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct edits;
struct vec;

struct ahead {
	struct build_request request;	/* of the builds that follow */
	pid_t child;			/* 0: none */
	int socket;			/* to poll for input; -1: none */
	struct buf received;
	bool is_asked;			/* an answer is still to come */
};

/* Starts the process; false when there is none to be had. */
bool ahead_start(struct ahead *ahead);
void ahead_stop(struct ahead *ahead);

/* Asks for pages (struct str: paths below the public site's folder) as they
 * are once those records have been edited. False, and nothing is asked, when
 * nobody is there to answer. */
bool ahead_ask(struct ahead *ahead, const struct edits *edits,
    const struct vec *pages);

enum ahead_result {
	AHEAD_WAIT,	/* there is no answer yet */
	AHEAD_NONE,	/* no pages: the build has to show what has become */
	AHEAD_OVER,	/* the same, and the process has ended: what it knows
			 * is old, or it failed */
	AHEAD_PAGES	/* see ahead_next() */
};

/* Takes what has been answered. */
enum ahead_result ahead_read(struct ahead *ahead);

/* The pages of the answer, one after another, as views into `*answer`, which
 * begins as ahead_answer() and is valid until the next question. */
struct str ahead_answer(const struct ahead *ahead);
bool ahead_next(struct str *answer, struct str *path, struct str *bytes);

#endif
