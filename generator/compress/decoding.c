/* SPDX-License-Identifier: MIT */
#include "compress/decoding.h"

#include "base/arena.h"
#include "base/hash.h"

#include <brotli/decode.h>
#include <zlib.h>

#include <errno.h>
#include <unistd.h>

enum { PIECE = 64 * 1024, GZIP_WINDOW = 15 + 16 };

struct decoding {
	int descriptor;
	uint64_t left;			/* how much more may come out */
	struct sha256 *sha;
	bool is_readable;
};

/* The next piece; its length is 0 at the end, and after a failure. */
static size_t read_piece(struct decoding *decoding, unsigned char piece[PIECE])
{
	ssize_t got;

	do
		got = read(decoding->descriptor, piece, PIECE);
	while (got < 0 && errno == EINTR);
	decoding->is_readable = got >= 0;
	return got > 0 ? (size_t)got : 0;
}

/* False when that is more than may come out. */
static bool take(struct decoding *decoding, const unsigned char *bytes,
    size_t len)
{
	if (len > decoding->left)
		return false;
	decoding->left -= len;
	sha256_add(decoding->sha, (struct str){ (const char *)bytes, len });
	return true;
}

/* -- gzip ------------------------------------------------------------------ */

/* What one piece holds. Z_OK: it wants another one. */
static int inflate_piece(z_stream *stream, struct decoding *decoding)
{
	unsigned char made[PIECE];
	int status;

	do {
		stream->next_out = made;
		stream->avail_out = PIECE;
		status = inflate(stream, Z_NO_FLUSH);
		if (status == Z_MEM_ERROR)
			out_of_memory(PIECE);
		if (!take(decoding, made, PIECE - stream->avail_out))
			return Z_DATA_ERROR;
	} while (status == Z_OK && stream->avail_out == 0);
	/* No room was wanting, so it is input that is. */
	return status == Z_BUF_ERROR ? Z_OK : status;
}

static bool digest_gzip(struct decoding *decoding)
{
	unsigned char in[PIECE];
	z_stream stream = { .next_in = Z_NULL };
	int status = inflateInit2(&stream, GZIP_WINDOW);

	if (status != Z_OK)
		out_of_memory(PIECE);
	while (status == Z_OK) {
		stream.next_in = in;
		stream.avail_in = (uInt)read_piece(decoding, in);
		if (stream.avail_in == 0)
			break;
		status = inflate_piece(&stream, decoding);
	}
	(void)inflateEnd(&stream);
	return status == Z_STREAM_END && stream.avail_in == 0 &&
	    read_piece(decoding, in) == 0 && decoding->is_readable;
}

/* -- brotli ---------------------------------------------------------------- */

/* What one piece holds, and how much of the piece lies behind the end. */
static BrotliDecoderResult decode_piece(BrotliDecoderState *state,
    const unsigned char *piece, size_t *len, struct decoding *decoding)
{
	unsigned char made[PIECE];
	BrotliDecoderResult result;

	do {
		unsigned char *next = made;
		size_t room = PIECE;

		result = BrotliDecoderDecompressStream(state, len, &piece,
		    &room, &next, NULL);
		if (!take(decoding, made, PIECE - room))
			return BROTLI_DECODER_RESULT_ERROR;
	} while (result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT);
	return result;
}

static bool digest_brotli(struct decoding *decoding)
{
	BrotliDecoderState *state = BrotliDecoderCreateInstance(NULL, NULL,
	    NULL);
	BrotliDecoderResult result = BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT;
	unsigned char in[PIECE];
	size_t len = 0;

	if (state == NULL)
		out_of_memory(PIECE);
	while (result == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT) {
		len = read_piece(decoding, in);
		if (len == 0)
			break;
		result = decode_piece(state, in, &len, decoding);
	}
	BrotliDecoderDestroyInstance(state);
	return result == BROTLI_DECODER_RESULT_SUCCESS && len == 0 &&
	    read_piece(decoding, in) == 0 && decoding->is_readable;
}

bool decoding_digest(enum coding coding, int descriptor, uint64_t limit,
    struct sha256 *sha)
{
	struct decoding decoding = { .descriptor = descriptor, .left = limit,
		.sha = sha };

	sha256_init(sha);
	return coding == CODING_GZIP ? digest_gzip(&decoding) :
	    digest_brotli(&decoding);
}
