/* SPDX-License-Identifier: MIT */
/*
 * Files in the content codings of HTTP (RFC 9110, 8.4.1) that web servers hand
 * out from files: gzip (RFC 1952) and br (RFC 7932). A file is read and written
 * piece after piece, however large it is. The same bytes and the same version
 * of the library give the same bytes: no time, no name in them.
 */
#ifndef COMPRESS_CODING_H
#define COMPRESS_CODING_H

#include "base/str.h"

#include <stdint.h>

struct file_stream;

enum coding { CODING_GZIP, CODING_BROTLI, CODING_COUNT };

/* What the name of such a file has behind that of its original: ".gz". */
struct str coding_ending(enum coding coding);

/* Writes all that can be read from a descriptor, compressed; `size` bytes are
 * expected. What fails is told by file_stream_close(). */
void coding_write(enum coding coding, int descriptor, uint64_t size,
    struct file_stream *out);

#endif
