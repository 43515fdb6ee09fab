/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_BUILD_H
#define COMMANDS_BUILD_H

#include "commands/command.h"

struct build_request {
	struct str registry, rev, as_of;	/* as on the command line */
	struct str output, internal;		/* internal may be empty */
	struct str private_folder;		/* may be empty */
	enum lang lang;
	size_t jobs;
	struct str key;				/* signs; may be empty */
	bool with_pdf;				/* bulletins as PDF as well */
	bool is_dry;				/* only tells */
	bool with_copies;			/* compressed, see compress.h */
	bool is_full;				/* see struct pipeline */
	bool quiet;
};

/* Builds the sites and tells what happened, to standard error. */
extern const struct command command_build;

enum exit_status build_run(const struct build_request *request,
    struct arena *arena);

#endif
