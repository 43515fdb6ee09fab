/* SPDX-License-Identifier: MIT */
/*
 * Compressed copies beside the files of a public site: X.gz and X.br of X, for
 * servers that hand out such files (nginx: gzip_static, brotli_static). A copy
 * bears the time of its original to the nanosecond, and is one of it as long as
 * it does; so only what has changed is compressed again, and a build that was
 * cut off is made good by the next. Pictures, databases and what the search
 * reads are compressed in themselves or gain little; they have no copies.
 */
#ifndef SITE_COMPRESS_H
#define SITE_COMPRESS_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct folder;
struct output_kept;
struct pipeline;
struct stat;

struct compress_result {
	size_t copies, changed;
	size_t removed;		/* of files that are to have none */
};

/* The file that this one is a copy of, by their names; STR_NONE if of none. */
struct str compress_original(struct str path);

/* Whether files of that name have copies at all. */
bool compress_is_for(struct str path);

/* Whether the file of that path below an opened folder is to have copies;
 * `status` is then what it is. */
bool compress_is_wanted(int folder, struct str path, struct stat *status);

/*
 * Makes the copies of a site's files that are `kept`. After all of them are
 * written, and before those that are no longer linked to are removed: until its
 * copy is made anew, a reader of copies is given the former page. False when
 * the machine failed.
 */
bool compress_site(struct pipeline *pipeline, const struct folder *output,
    const struct output_kept *kept, struct compress_result *result);

#endif
