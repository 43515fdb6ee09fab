/* SPDX-License-Identifier: MIT */
#include "base/buf.h"

#include "base/arena.h"

#include <assert.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Shared by all empty buffers; nothing is ever written to it. */
static char empty[1];

void buf_init(struct buf *buf)
{
	*buf = (struct buf){ .ptr = empty };
}

void buf_dispose(struct buf *buf)
{
	if (buf->capacity > 0)
		free(buf->ptr);
	buf_init(buf);
}

void buf_clear(struct buf *buf)
{
	buf_truncate(buf, 0);
}

char *buf_reserve(struct buf *buf, size_t extra)
{
	size_t wanted, capacity;
	char *ptr;

	if (extra > SIZE_MAX / 2 - buf->len - 1)
		out_of_memory(extra);
	wanted = buf->len + extra + 1;
	if (wanted <= buf->capacity)
		return buf->ptr + buf->len;
	capacity = buf->capacity < 64 ? 64 : buf->capacity;
	while (capacity < wanted)
		capacity *= 2;
	ptr = realloc(buf->capacity > 0 ? buf->ptr : NULL, capacity);
	if (ptr == NULL)
		out_of_memory(capacity);
	ptr[buf->len] = '\0';
	buf->ptr = ptr;
	buf->capacity = capacity;
	return ptr + buf->len;
}

void buf_append(struct buf *buf, struct str s)
{
	if (s.len == 0)
		return;
	memcpy(buf_reserve(buf, s.len), s.ptr, s.len);
	buf->len += s.len;
	buf->ptr[buf->len] = '\0';
}

void buf_append_cstr(struct buf *buf, const char *terminated)
{
	buf_append(buf, str_from(terminated));
}

void buf_append_char(struct buf *buf, char c)
{
	char *end = buf_reserve(buf, 1);

	end[0] = c;
	end[1] = '\0';
	buf->len++;
}

void buf_append_format(struct buf *buf, const char *format, ...)
{
	va_list args;
	int len;

	va_start(args, format);
	len = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (len <= 0)
		return;
	va_start(args, format);
	(void)vsnprintf(buf_reserve(buf, (size_t)len), (size_t)len + 1,
	    format, args);
	va_end(args);
	buf->len += (size_t)len;
}

void buf_truncate(struct buf *buf, size_t len)
{
	assert(len <= buf->len);
	buf->len = len;
	if (buf->capacity > 0)
		buf->ptr[len] = '\0';
}

struct str buf_str(const struct buf *buf)
{
	return (struct str){ buf->ptr, buf->len };
}
