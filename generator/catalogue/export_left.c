/* SPDX-License-Identifier: MIT */
#include "catalogue/export_left.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/pack.h"
#include "catalogue/checked_file.h"
#include "catalogue/export.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* How long the note is, and the sum. */
enum { END = sizeof(uint32_t) + sizeof(uint64_t) };
/* Of which there is a sum each, and then one of those. */
enum { PIECE = 1 << 16 };

static bool read_at(int file, void *bytes, size_t len, uint64_t at)
{
	char *to = bytes;

	while (len > 0) {
		ssize_t got = pread(file, to, len, (off_t)at);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		to += got;
		at += (uint64_t)got;
		len -= (size_t)got;
	}
	return true;
}

/* Of the first so many bytes; false where they cannot be read. */
static bool sum_up(int file, uint64_t size, uint64_t *sum)
{
	unsigned char bytes[PIECE];

	*sum = size;
	for (uint64_t at = 0; at < size; at += PIECE) {
		size_t len = size - at < PIECE ? (size_t)(size - at) : PIECE;

		if (!read_at(file, bytes, len, at))
			return false;
		*sum = checked_file_sum(bytes, len, *sum);
	}
	return true;
}

/* -- leaving --------------------------------------------------------------- */

static bool append(int file, struct str bytes)
{
	ssize_t put = write(file, bytes.ptr, bytes.len);

	return put >= 0 && (size_t)put == bytes.len;
}

static bool append_note(int file, struct str note)
{
	uint64_t sum;
	struct stat status;
	struct buf end;
	bool ok;

	buf_init(&end);
	buf_append(&end, note);
	pack_number(&end, (uint32_t)note.len);
	ok = append(file, buf_str(&end)) && fstat(file, &status) == 0 &&
	    sum_up(file, (uint64_t)status.st_size, &sum);
	buf_clear(&end);
	pack_long(&end, ok ? sum : 0);
	ok = ok && append(file, buf_str(&end));
	buf_dispose(&end);
	return ok;
}

bool export_left_write(struct str path, struct str note)
{
	int file = note.len > UINT32_MAX ? -1 : open(path.ptr,
	    O_RDWR | O_APPEND | O_NOFOLLOW | O_CLOEXEC);
	bool ok;

	if (file < 0)
		return false;
	ok = append_note(file, note);
	return close(file) == 0 && ok;
}

/* -- finding --------------------------------------------------------------- */

/* Only a file of its own: whoever wrote the registry may have put a link
 * there. */
static int open_own(const char *path, uint64_t *size)
{
	int file = open(path, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	struct stat status;

	if (file < 0)
		return -1;
	if (fstat(file, &status) == 0 && S_ISREG(status.st_mode) &&
	    status.st_nlink == 1) {
		*size = (uint64_t)status.st_size;
		return file;
	}
	(void)close(file);
	return -1;
}

/* What stands behind the note; false if it is not what was left. */
static bool read_end(int file, uint64_t size, uint32_t *len)
{
	char bytes[END];
	struct str end = { bytes, END };
	uint64_t left, sum;

	return size > END && read_at(file, bytes, END, size - END) &&
	    unpack_number(&end, len) && unpack_long(&end, &left) &&
	    *len <= size - END && sum_up(file, size - sizeof(sum), &sum) &&
	    sum == left;
}

/* Takes the note off the file. */
static bool take_note(int file, uint64_t size, struct arena *arena,
    struct str *note)
{
	uint32_t len;
	char *bytes;

	if (!read_end(file, size, &len))
		return false;
	size -= END + (uint64_t)len;
	bytes = arena_alloc(arena, (size_t)len + 1);
	*note = (struct str){ bytes, len };
	return read_at(file, bytes, len, size) &&
	    ftruncate(file, (off_t)size) == 0;
}

bool catalogue_export_recall(struct arena *arena, struct str path,
    struct str *note)
{
	struct str loose = catalogue_export_loose(arena, path);
	uint64_t size = 0;
	int file = open_own(loose.ptr, &size);
	bool ok = file >= 0 && take_note(file, size, arena, note);

	if (file >= 0)
		(void)close(file);
	if (!ok)
		(void)unlink(loose.ptr);
	return ok;
}
