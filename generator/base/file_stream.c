/* SPDX-License-Identifier: MIT */
#include "base/file_stream.h"

#include "base/diag.h"
#include "base/open_below.h"
#include "base/path.h"
#include "base/reason.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 64 * 1024, NAME_LIMIT = 256 };

/* As file.c names its own: what a build leaves, the next one removes. */
static const char *temporary_name(char name[NAME_LIMIT])
{
	(void)snprintf(name, NAME_LIMIT, ".zheli-stream-%ld", (long)getpid());
	return name;
}

void file_stream_fail(struct file_stream *stream, int error)
{
	if (stream->error == 0)
		stream->error = error;
}

void file_stream_open(struct file_stream *stream, const struct folder *folder,
    struct str path)
{
	char name[NAME_LIMIT];
	bool is_new;

	assert(path_is_safe(path));
	*stream = (struct file_stream){ .folder = folder, .path = path,
		.file = -1 };
	sha256_init(&stream->sha);
	buf_init(&stream->pending);
	stream->parent = open_folder_below(folder->descriptor,
	    path_folder(path), &is_new);
	if (stream->parent >= 0)
		stream->file = openat(stream->parent, temporary_name(name),
		    O_RDWR | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666);
	if (stream->file < 0)
		file_stream_fail(stream, errno);
}

static void flush(struct file_stream *stream)
{
	struct str rest = buf_str(&stream->pending);

	sha256_add(&stream->sha, rest);
	stream->size += rest.len;
	while (rest.len > 0 && stream->error == 0) {
		ssize_t put = write(stream->file, rest.ptr, rest.len);

		if (put >= 0)
			rest = str_slice(rest, (size_t)put, rest.len);
		else if (errno != EINTR)
			file_stream_fail(stream, errno);
	}
	buf_clear(&stream->pending);
}

void file_stream_write(struct file_stream *stream, struct str bytes)
{
	buf_append(&stream->pending, bytes);
	if (stream->pending.len >= PIECE)
		flush(stream);
}

static ssize_t read_some(int descriptor, char *to, size_t size)
{
	ssize_t got;

	do
		got = read(descriptor, to, size);
	while (got < 0 && errno == EINTR);
	return got;
}

void file_stream_copy(struct file_stream *stream, int descriptor)
{
	ssize_t got;

	while ((got = read_some(descriptor, buf_reserve(&stream->pending,
	    PIECE), PIECE)) > 0) {
		stream->pending.len += (size_t)got;
		flush(stream);
	}
	if (got < 0)
		file_stream_fail(stream, errno);
}

/* True if both files hold the same from their beginning to their end. */
static bool are_same(int a, int b)
{
	static const size_t size = PIECE / 2;
	struct stat left, right;
	char pieces[2][PIECE / 2];
	ssize_t got;

	if (fstat(a, &left) < 0 || fstat(b, &right) < 0 ||
	    !S_ISREG(right.st_mode) || left.st_size != right.st_size ||
	    lseek(a, 0, SEEK_SET) < 0)
		return false;
	do {
		got = read_some(a, pieces[0], size);
		for (ssize_t at = 0; at < got;) {
			ssize_t more = read_some(b, pieces[1] + at,
			    (size_t)(got - at));

			if (more <= 0)
				return false;
			at += more;
		}
		if (got > 0 && memcmp(pieces[0], pieces[1], (size_t)got) != 0)
			return false;
	} while (got > 0);
	return got == 0;
}

static bool is_there_already(struct file_stream *stream, const char *name)
{
	int old = openat(stream->parent, name,
	    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	bool same = old >= 0 && are_same(stream->file, old);

	if (old >= 0)
		(void)close(old);
	return same;
}

/* Puts the new file in the old one's place, unless it is the same. */
static bool put_in_place(struct file_stream *stream)
{
	struct str name = path_name(stream->path);
	char terminated[NAME_LIMIT], temporary[NAME_LIMIT];
	int error;

	if (name.len >= sizeof(terminated)) {
		file_stream_fail(stream, ENAMETOOLONG);
		return false;
	}
	memcpy(terminated, name.ptr, name.len);
	terminated[name.len] = '\0';
	if (is_there_already(stream, terminated))
		return false;
	error = file_take_place(stream->parent, temporary_name(temporary),
	    terminated);
	if (error != 0)
		file_stream_fail(stream, error);
	return error == 0;
}

static void tell(struct file_stream *stream, struct file_facts *facts)
{
	unsigned char digest[SHA256_SIZE];

	facts->size = stream->size;
	sha256_finish(&stream->sha, digest);
	for (size_t i = 0; i < SHA256_SIZE; i++)
		(void)snprintf(facts->sha256 + 2 * i, 3, "%02x", digest[i]);
}

bool file_stream_close(struct file_stream *stream, struct file_facts *facts,
    bool *changed, struct diag_list *diags)
{
	char temporary[NAME_LIMIT];
	struct str path;

	flush(stream);
	*changed = stream->error == 0 && put_in_place(stream);
	if (stream->file >= 0 && !*changed)
		(void)unlinkat(stream->parent, temporary_name(temporary), 0);
	if (stream->file >= 0 && close(stream->file) < 0)
		file_stream_fail(stream, errno);
	if (stream->parent >= 0)
		(void)close(stream->parent);
	buf_dispose(&stream->pending);
	tell(stream, facts);
	if (stream->error == 0 || stream->error == ECANCELED)
		return stream->error == 0;
	path = path_join(diags->arena, stream->folder->path, stream->path);
	return diag_report_reason(diags, ((struct mark){ .path = path }),
	    DIAG_CANNOT_WRITE, path, stream->error);
}
