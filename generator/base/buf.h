/* SPDX-License-Identifier: MIT */
/*
 * A buffer of bytes that grows. It owns its memory, is always terminated, and
 * its pointer is never NULL. Running out of memory ends the process.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/str.h"

#include <stddef.h>

struct buf {
	char *ptr;
	size_t len, capacity;	/* capacity 0: ptr is the shared empty string */
};

void buf_init(struct buf *buf);
void buf_dispose(struct buf *buf);
/* Empties it and keeps the memory. */
void buf_clear(struct buf *buf);
void buf_append(struct buf *buf, struct str s);
void buf_append_cstr(struct buf *buf, const char *terminated);
void buf_append_char(struct buf *buf, char c);
void buf_append_format(struct buf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Room for `extra` more bytes; returns where they begin. Add to len after. */
char *buf_reserve(struct buf *buf, size_t extra);
/* Keeps the first `len` bytes; `len` must not exceed the length. */
void buf_truncate(struct buf *buf, size_t len);
/* A view that is valid until the buffer changes. */
struct str buf_str(const struct buf *buf);

#endif
