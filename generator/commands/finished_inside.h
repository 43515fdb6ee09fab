/* SPDX-License-Identifier: MIT */
/* What the two files of commands/finished.h share. */
#ifndef COMMANDS_FINISHED_INSIDE_H
#define COMMANDS_FINISHED_INSIDE_H

#include "base/str.h"

#include <stdbool.h>

struct build_request;
struct finished;

/* So many files are read to see whether they are the same. */
enum { FINISHED_MOST_RECENT = 64 };

/* False for what is made elsewhere too, or is not to be trusted to be there
 * still. */
bool finished_is_told(const struct build_request *request);

/* The name that git would give what a file of the registry holds; empty if it
 * cannot be read. */
struct str finished_name_content(const struct finished *finished,
    struct str path);

/* Sets the key, with `recent` of whoever made it before and those that are so
 * now; empty when nothing can be told. */
void finished_make_key(struct finished *finished);

#endif
