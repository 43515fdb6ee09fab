/* SPDX-License-Identifier: MIT */
/*
 * Writing a file that is too large to be held: piece after piece, below an
 * opened folder, beside the old file and renamed over it in the end, as
 * folder_replace() does with a file that is held whole. Its size and SHA-256
 * are worked out on the way. A file that comes to be the same is left alone.
 *
 * file_stream_open(), any number of writes, file_stream_close(). What fails on
 * the way is kept and told by the close, after which nothing is left behind.
 * A process writes one at a time.
 */
#ifndef BASE_FILE_STREAM_H
#define BASE_FILE_STREAM_H

#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct diag_list;

struct file_facts {
	uint64_t size;
	char sha256[SHA256_HEX_SIZE];
};

struct file_stream {
	const struct folder *folder;
	struct str path;	/* below it; must stay valid until closed */
	int parent, file;	/* descriptors; negative when there is none */
	int error;		/* the first errno, or zero */
	struct sha256 sha;
	uint64_t size;
	struct buf pending;	/* not yet written */
};

void file_stream_open(struct file_stream *stream, const struct folder *folder,
    struct str path);
void file_stream_write(struct file_stream *stream, struct str bytes);
/* Everything that can be read from a descriptor from where it stands. */
void file_stream_copy(struct file_stream *stream, int descriptor);
/* Gives it up with an errno, which the close will tell; ECANCELED when it has
 * been told already. */
void file_stream_fail(struct file_stream *stream, int error);
/*
 * False with a diagnostic if anything failed: what was there before is still
 * there. `*changed` says whether the file is another one now.
 */
bool file_stream_close(struct file_stream *stream, struct file_facts *facts,
    bool *changed, struct diag_list *diags);

#endif
