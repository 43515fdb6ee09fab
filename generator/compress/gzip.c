/* SPDX-License-Identifier: MIT */
#include "compress/gzip.h"

#include "base/arena.h"
#include "base/buf.h"

#include <zlib.h>

#include <assert.h>

enum { LEVEL = 6, WINDOW = 15, WITH_GZIP_HEADER = 16, MEMORY = 8 };

const char *gzip_version(void)
{
	return zlibVersion();
}

void gzip_append(struct buf *out, struct str bytes)
{
	z_stream stream = { .next_in = Z_NULL };
	size_t bound;
	int status = deflateInit2(&stream, LEVEL, Z_DEFLATED,
	    WINDOW + WITH_GZIP_HEADER, MEMORY, Z_DEFAULT_STRATEGY);

	if (status != Z_OK)
		out_of_memory(bytes.len);
	bound = deflateBound(&stream, bytes.len);
	assert(bytes.len <= UINT_MAX && bound <= UINT_MAX);
	/* zlib only reads from next_in, which is not const for old compilers'
	 * sake. */
	stream.next_in = ((union { const char *in; Bytef *out; })
	    { bytes.ptr }).out;
	stream.avail_in = (uInt)bytes.len;
	stream.next_out = (Bytef *)buf_reserve(out, bound);
	stream.avail_out = (uInt)bound;
	status = deflate(&stream, Z_FINISH);
	assert(status == Z_STREAM_END);
	out->len += bound - stream.avail_out;
	(void)deflateEnd(&stream);
	(void)status;
}
