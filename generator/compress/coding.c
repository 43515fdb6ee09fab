/* SPDX-License-Identifier: MIT */
#include "compress/coding.h"

#include "base/arena.h"
#include "base/file_stream.h"

#include <brotli/encode.h>
#include <zlib.h>

#include <assert.h>
#include <errno.h>
#include <unistd.h>

enum {
	PIECE = 64 * 1024,
	/* zlib's best, and brotli's ninth: its two higher levels take thirty
	 * times the time for a tenth of the size (tests/bench/README.md). */
	GZIP_LEVEL = 9, GZIP_WINDOW = 15 + 16, GZIP_MEMORY = 9,
	BROTLI_LEVEL = 9, BROTLI_WINDOW = 22, BROTLI_WINDOW_LEAST = 10
};

struct str coding_ending(enum coding coding)
{
	return coding == CODING_GZIP ? STR(".gz") : STR(".br");
}

/* The next piece; its length is 0 at the end, and after a failure. */
static size_t read_piece(int descriptor, unsigned char piece[PIECE],
    struct file_stream *out)
{
	ssize_t got;

	do
		got = read(descriptor, piece, PIECE);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		file_stream_fail(out, errno);
	return got > 0 ? (size_t)got : 0;
}

static void put(struct file_stream *out, const unsigned char *bytes, size_t len)
{
	file_stream_write(out, (struct str){ (const char *)bytes, len });
}

static void write_gzip(int descriptor, struct file_stream *out)
{
	unsigned char in[PIECE], made[PIECE];
	z_stream stream = { .next_in = Z_NULL };
	int status = deflateInit2(&stream, GZIP_LEVEL, Z_DEFLATED, GZIP_WINDOW,
	    GZIP_MEMORY, Z_DEFAULT_STRATEGY), flush;

	if (status != Z_OK)
		out_of_memory(PIECE);
	do {
		stream.next_in = in;
		stream.avail_in = (uInt)read_piece(descriptor, in, out);
		flush = stream.avail_in == 0 ? Z_FINISH : Z_NO_FLUSH;
		do {
			stream.next_out = made;
			stream.avail_out = PIECE;
			status = deflate(&stream, flush);
			assert(status != Z_STREAM_ERROR);
			put(out, made, PIECE - stream.avail_out);
		} while (stream.avail_out == 0);
	} while (flush != Z_FINISH);
	assert(status == Z_STREAM_END);
	(void)deflateEnd(&stream);
}

/* Compresses a piece, or, with none, what is still held back. */
static void put_brotli(BrotliEncoderState *state, const unsigned char *piece,
    size_t len, struct file_stream *out)
{
	const BrotliEncoderOperation operation = len == 0 ?
	    BROTLI_OPERATION_FINISH : BROTLI_OPERATION_PROCESS;
	unsigned char made[PIECE];

	do {
		unsigned char *next = made;
		size_t room = PIECE;

		if (!BrotliEncoderCompressStream(state, operation, &len,
		    &piece, &room, &next, NULL))
			out_of_memory(PIECE);
		put(out, made, PIECE - room);
	} while (len > 0 || BrotliEncoderHasMoreOutput(state));
}

/* Bits of the smallest window that holds the whole, as far as there is one: the
 * library clears tables of that size for each file. */
static uint32_t window_of(uint64_t size)
{
	uint32_t bits = BROTLI_WINDOW_LEAST;

	while (bits < BROTLI_WINDOW && (UINT64_C(1) << bits) < size + 16)
		bits++;
	return bits;
}

static void write_brotli(int descriptor, uint64_t size,
    struct file_stream *out)
{
	BrotliEncoderState *state = BrotliEncoderCreateInstance(NULL, NULL,
	    NULL);
	unsigned char in[PIECE];
	size_t len;

	if (state == NULL)
		out_of_memory(PIECE);
	(void)BrotliEncoderSetParameter(state, BROTLI_PARAM_QUALITY,
	    BROTLI_LEVEL);
	(void)BrotliEncoderSetParameter(state, BROTLI_PARAM_LGWIN,
	    window_of(size));
	(void)BrotliEncoderSetParameter(state, BROTLI_PARAM_SIZE_HINT,
	    size > UINT32_MAX ? UINT32_MAX : (uint32_t)size);
	(void)BrotliEncoderSetParameter(state, BROTLI_PARAM_MODE,
	    BROTLI_MODE_TEXT);
	do {
		len = read_piece(descriptor, in, out);
		put_brotli(state, in, len, out);
	} while (len > 0);
	BrotliEncoderDestroyInstance(state);
}

void coding_write(enum coding coding, int descriptor, uint64_t size,
    struct file_stream *out)
{
	if (coding == CODING_GZIP)
		write_gzip(descriptor, out);
	else
		write_brotli(descriptor, size, out);
}
