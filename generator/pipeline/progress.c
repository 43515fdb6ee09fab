/* SPDX-License-Identifier: MIT */
#include "pipeline/progress.h"

#include <stdio.h>
#include <unistd.h>

void progress_init(struct progress *progress, enum lang lang, bool quiet)
{
	*progress = (struct progress){ .lang = lang,
		.shows = !quiet && isatty(STDERR_FILENO) == 1 };
}

static void show(const struct progress *progress)
{
	fprintf(stderr, "\r\033[K%s %3zu%% (%zu/%zu)",
	    progress->what->in[progress->lang], progress->percent,
	    progress->done, progress->total);
	(void)fflush(stderr);
}

void progress_begin(struct progress *progress, const struct text *what,
    size_t total)
{
	progress->what = what;
	progress->total = total;
	progress->done = progress->percent = 0;
	if (progress->shows && total > 0)
		show(progress);
}

void progress_step(struct progress *progress)
{
	size_t percent;

	progress->done++;
	if (!progress->shows)
		return;
	percent = progress->done * 100 / progress->total;
	if (percent == progress->percent)
		return;
	progress->percent = percent;
	show(progress);
}

void progress_end(struct progress *progress)
{
	if (progress->shows)
		fputs("\r\033[K", stderr);
}
