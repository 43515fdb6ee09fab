/* SPDX-License-Identifier: MIT */
/* gzip (RFC 1952): what is published for the search, small whatever the server
 * does. The same bytes give the same bytes. */
#ifndef COMPRESS_GZIP_H
#define COMPRESS_GZIP_H

#include "base/str.h"

struct buf;

/* What it is done by: another may give other bytes. */
const char *gzip_version(void);

/* Appends `bytes`, compressed. */
void gzip_append(struct buf *out, struct str bytes);

#endif
