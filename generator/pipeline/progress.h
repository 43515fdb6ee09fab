/* SPDX-License-Identifier: MIT */
/* Progress on a terminal: one line that is written over. Silent elsewhere. */
#ifndef PIPELINE_PROGRESS_H
#define PIPELINE_PROGRESS_H

#include "base/lang.h"

#include <stdbool.h>
#include <stddef.h>

struct progress {
	bool shows;
	enum lang lang;
	const struct text *what;
	size_t done, total, percent;
};

/* Shows only if standard error is a terminal and `quiet` is false. */
void progress_init(struct progress *progress, enum lang lang, bool quiet);
void progress_begin(struct progress *progress, const struct text *what,
    size_t total);
void progress_step(struct progress *progress);
/* Takes the line away. */
void progress_end(struct progress *progress);

#endif
