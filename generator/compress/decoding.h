/* SPDX-License-Identifier: MIT */
/*
 * What a file in one of the content codings of coding.h holds. The file may be
 * a stranger's: it is read and decoded piece after piece, nothing of it is kept
 * and no more comes out than is asked for.
 */
#ifndef COMPRESS_DECODING_H
#define COMPRESS_DECODING_H

#include "compress/coding.h"

#include <stdbool.h>
#include <stdint.h>

struct sha256;

/*
 * Decodes all that can be read from a descriptor into `sha`, anew. False
 * when that is no whole stream of the coding with nothing behind it, holds more
 * than `limit` bytes, or cannot be read; `sha` is of no use then. A gzip file
 * is one member (RFC 1952, 2.2): what browsers make of more differs.
 */
bool decoding_digest(enum coding coding, int descriptor, uint64_t limit,
    struct sha256 *sha);

#endif
