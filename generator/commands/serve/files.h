/* SPDX-License-Identifier: MIT */
/*
 * The answer to a request for a file of a built site, decided without knowing
 * the server: which file, all of it or a part, or why not. No symbolic link is
 * followed and nothing outside the folder is opened, whatever the path says.
 */
#ifndef COMMANDS_SERVE_FILES_H
#define COMMANDS_SERVE_FILES_H

#include "base/buf.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct arena;

struct files_request {
	struct str folder;	/* of the site, on this machine */
	struct str path;	/* see http_path() */
	struct str mount;	/* "/" or "/-/internal/", for redirections */
	struct str if_none_match, if_modified_since, range, if_range;
	struct str append;	/* to every HTML page; may be empty */
	uint64_t generation;	/* part of the pages' validators */
	bool is_ahead;		/* the page is not the file, but: */
	struct str ahead;
};

enum { FILES_ETAG_SIZE = 80 };

struct files_answer {
	unsigned status;	/* 200, 206, 301, 304, 404, 416 */
	struct str type;
	char etag[FILES_ETAG_SIZE];	/* empty: none */
	time_t modified;
	bool takes_ranges;
	struct str location;		/* of a 301 */
	int descriptor;			/* -1: the bytes are in `body` */
	uint64_t first, length, size;	/* of the file */
	struct buf body;
};

/* Fills `answer`; files_dispose() it. Text lives in `arena`. */
void files_answer(const struct files_request *request, struct arena *arena,
    struct files_answer *answer);

/* Closes and frees what has not been handed on (descriptor -1, empty body). */
void files_dispose(struct files_answer *answer);

#endif
