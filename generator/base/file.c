/* SPDX-License-Identifier: MIT */
#include "base/file.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/open_below.h"
#include "base/path.h"
#include "base/reader.h"
#include "base/reason.h"
#include "base/vec.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_LIMIT = 4096 };

/* Names a worker's unfinished files; the next build removes leftovers. */
#define TEMPORARY_PREFIX ".zheli-"

static bool fail(struct diag_list *diags, enum diag_code code, struct str path,
    int error)
{
	return diag_report_reason(diags, ((struct mark){ .path = path }), code,
	    path, error);
}

static ssize_t read_some(int descriptor, void *to, size_t size)
{
	ssize_t got;

	do
		got = read(descriptor, to, size);
	while (got < 0 && errno == EINTR);
	return got;
}

bool file_read_all(struct arena *arena, int descriptor, struct str name,
    struct str *bytes, struct diag_list *diags)
{
	enum { PIECE = 64 * 1024 };
	struct buf all;
	ssize_t got;

	buf_init(&all);
	while ((got = read_some(descriptor, buf_reserve(&all, PIECE),
	    PIECE)) > 0)
		all.len += (size_t)got;
	if (got == 0)
		*bytes = str_dup(arena, buf_str(&all));
	buf_dispose(&all);
	return got == 0 || fail(diags, DIAG_CANNOT_READ, name, errno);
}

/* Reads a whole file whose size is known, or whatever it has become since. */
static bool read_sized(struct arena *arena, int descriptor, size_t size,
    struct str *bytes)
{
	char *to = arena_alloc(arena, size + 1);
	size_t len = 0;

	while (len < size) {
		ssize_t got = read_some(descriptor, to + len, size - len);

		if (got < 0)
			return false;
		if (got == 0)
			break;
		len += (size_t)got;
	}
	*bytes = (struct str){ to, len };
	return true;
}

bool file_read_sized(struct arena *arena, int descriptor, size_t size,
    struct str name, struct str *bytes, struct diag_list *diags)
{
	return read_sized(arena, descriptor, size, bytes) ||
	    fail(diags, DIAG_CANNOT_READ, name, errno);
}

unsigned char file_type_at(int folder, const struct dirent *entry)
{
	struct stat status;

	if (entry->d_type != DT_UNKNOWN)
		return entry->d_type;
	if (fstatat(folder, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) < 0)
		return DT_UNKNOWN;
	return (unsigned char)IFTODT(status.st_mode);
}

/* Zero or an errno; takes over the descriptor, whose opening set errno. */
static int read_opened(struct arena *arena, int descriptor, struct str *bytes)
{
	struct stat status;
	int error;

	if (descriptor < 0)
		return errno;
	if (fstat(descriptor, &status) < 0)
		error = errno;
	else if (!S_ISREG(status.st_mode))
		error = S_ISDIR(status.st_mode) ? EISDIR : EINVAL;
	else
		error = read_sized(arena, descriptor,
		    (size_t)status.st_size, bytes) ? 0 : errno;
	(void)close(descriptor);
	return error;
}

bool file_read(struct arena *arena, struct str path, struct str *bytes,
    struct diag_list *diags)
{
	int error = read_opened(arena, open(str_cstr(arena, path),
	    O_RDONLY | O_CLOEXEC), bytes);

	return error == 0 || fail(diags, DIAG_CANNOT_READ, path, error);
}

static int make_folders(char *path)
{
	for (char *slash = path + 1; *slash != '\0'; slash++) {
		if (*slash != '/')
			continue;
		*slash = '\0';
		if (mkdir(path, 0777) < 0 && errno != EEXIST)
			return errno;
		*slash = '/';
	}
	return mkdir(path, 0777) < 0 && errno != EEXIST ? errno : 0;
}

bool folder_open(struct arena *arena, struct str path, struct folder *folder,
    struct diag_list *diags)
{
	char *terminated = str_cstr(arena, path);
	int error = path.len > 0 ? make_folders(terminated) : ENOENT;

	if (error != 0)
		return fail(diags, DIAG_CANNOT_WRITE, path, error);
	folder->descriptor = open(terminated,
	    O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (folder->descriptor < 0)
		return fail(diags, DIAG_CANNOT_WRITE, path, errno);
	folder->path = path;
	return true;
}

bool folder_open_existing(struct str path, struct folder *folder,
    struct diag_list *diags)
{
	char terminated[PATH_LIMIT];

	if (path.len >= sizeof(terminated))
		return fail(diags, DIAG_CANNOT_READ, path, ENAMETOOLONG);
	memcpy(terminated, path.ptr, path.len);
	terminated[path.len] = '\0';
	folder->descriptor = open(terminated,
	    O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	folder->path = path;
	return folder->descriptor >= 0 ||
	    fail(diags, DIAG_CANNOT_READ, path, errno);
}

void folder_close(struct folder *folder)
{
	if (folder->descriptor >= 0)
		(void)close(folder->descriptor);
	folder->descriptor = -1;
}

/* True if the file holds exactly these bytes already. */
static bool holds(int folder, const char *name, struct str bytes)
{
	int descriptor = openat(folder, name,
	    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	struct stat status;
	char piece[16 * 1024];
	size_t at = 0;
	ssize_t got = 1;

	if (descriptor < 0)
		return false;
	if (fstat(descriptor, &status) < 0 || !S_ISREG(status.st_mode) ||
	    (size_t)status.st_size != bytes.len)
		got = -1;
	while (got > 0 && at <= bytes.len) {
		got = read_some(descriptor, piece, sizeof(piece));
		if (got > 0 && ((size_t)got > bytes.len - at ||
		    memcmp(piece, bytes.ptr + at, (size_t)got) != 0))
			got = -1;
		else if (got > 0)
			at += (size_t)got;
	}
	(void)close(descriptor);
	return got == 0 && at == bytes.len;
}

static int write_all(int descriptor, struct str bytes)
{
	while (bytes.len > 0) {
		ssize_t put = write(descriptor, bytes.ptr, bytes.len);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return errno;
		bytes = str_slice(bytes, (size_t)put, bytes.len);
	}
	return 0;
}

int file_take_place(int folder, const char *from, const char *to)
{
	if (renameat(folder, from, folder, to) == 0 ||
	    (errno == EISDIR && unlinkat(folder, to, AT_REMOVEDIR) == 0 &&
		renameat(folder, from, folder, to) == 0))
		return 0;
	return errno;
}

/* Zero or an errno; no temporary file stays behind. */
static int replace_in(int folder, const char *name, struct str bytes)
{
	char temporary[64];
	int descriptor, error;

	(void)snprintf(temporary, sizeof(temporary), TEMPORARY_PREFIX "%ld",
	    (long)getpid());
	descriptor = openat(folder, temporary, O_WRONLY | O_CREAT | O_TRUNC |
	    O_NOFOLLOW | O_CLOEXEC, 0666);
	if (descriptor < 0)
		return errno;
	error = write_all(descriptor, bytes);
	if (close(descriptor) < 0 && error == 0)
		error = errno;
	if (error == 0)
		error = file_take_place(folder, temporary, name);
	if (error != 0)
		(void)unlinkat(folder, temporary, 0);
	return error;
}

static struct str full_path(const struct folder *folder, struct str path,
    struct diag_list *diags)
{
	return path_join(diags->arena, folder->path, path);
}

bool folder_replace(const struct folder *folder, struct str path,
    struct str bytes, bool *changed, struct diag_list *diags)
{
	struct str name = path_name(path);
	char terminated[256];
	int parent, error = 0;
	bool differs = false, is_new;

	assert(path_is_safe(path));
	parent = open_folder_below(folder->descriptor, path_folder(path),
	    &is_new);
	if (parent < 0 || name.len >= sizeof(terminated)) {
		error = parent < 0 ? errno : ENAMETOOLONG;
	} else {
		memcpy(terminated, name.ptr, name.len);
		terminated[name.len] = '\0';
		differs = is_new || !holds(parent, terminated, bytes);
		if (differs)
			error = replace_in(parent, terminated, bytes);
	}
	if (parent >= 0)
		(void)close(parent);
	if (error != 0)
		return fail(diags, DIAG_CANNOT_WRITE,
		    full_path(folder, path, diags), error);
	*changed = differs;
	return true;
}

struct str folder_stamp(const struct folder *folder, struct str path,
    bool anew, struct arena *arena)
{
	struct str word = STR_NONE;
	struct stat status;
	int file;

	assert(path_is_safe(path));
	file = open_below(folder->descriptor, path, O_RDONLY | O_NONBLOCK);
	if (file < 0)
		return STR_NONE;
	if ((!anew || futimens(file, NULL) == 0) && fstat(file, &status) == 0)
		word = str_format(arena, "%llu.%lld.%ld",
		    (unsigned long long)status.st_ino,
		    (long long)status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
	(void)close(file);
	return word;
}

bool folder_remove(const struct folder *folder, struct str path,
    struct diag_list *diags)
{
	char terminated[PATH_LIMIT];
	int parent, error = 0;

	assert(path_is_safe(path));
	parent = open_below(folder->descriptor, path_folder(path),
	    O_RDONLY | O_DIRECTORY);
	if (parent < 0)
		return errno == ENOENT || errno == ENOTDIR ||
		    fail(diags, DIAG_CANNOT_WRITE,
			full_path(folder, path, diags), errno);
	if (path.len >= sizeof(terminated))
		error = ENAMETOOLONG;
	else if (unlinkat(parent, str_cstr(diags->arena, path_name(path)), 0) <
	    0 && errno != ENOENT)
		error = errno;
	(void)close(parent);
	if (error != 0)
		return fail(diags, DIAG_CANNOT_WRITE,
		    full_path(folder, path, diags), error);
	memcpy(terminated, path.ptr, path.len);
	for (struct str up = path_folder(path); up.len > 0;
	     up = path_folder(up)) {
		terminated[up.len] = '\0';
		if (unlinkat(folder->descriptor, terminated, AT_REMOVEDIR) < 0)
			break;
	}
	return true;
}

static bool list_below(int parent, struct str prefix, struct arena *arena,
    struct vec *paths)
{
	DIR *stream = parent < 0 ? NULL : fdopendir(parent);
	struct dirent *entry;
	bool ok = true;
	int error;

	if (stream == NULL) {
		if (parent >= 0)
			(void)close(parent);
		return false;
	}
	while (ok && (errno = 0, entry = readdir(stream)) != NULL) {
		struct str name = str_from(entry->d_name);
		struct str path;

		if (str_eq(name, STR(".")) || str_eq(name, STR("..")))
			continue;
		path = path_join(arena, prefix, name);
		if (file_type_at(parent, entry) == DT_DIR)
			ok = list_below(openat(parent, entry->d_name,
			    O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC),
			    path, arena, paths);
		else
			*(struct str *)vec_push(paths) = path;
	}
	error = errno;
	(void)closedir(stream);
	errno = error;
	return ok && error == 0;
}

bool folder_list(const struct folder *folder, struct arena *arena,
    struct vec *paths, struct diag_list *diags)
{
	int root = openat(folder->descriptor, ".",
	    O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	return list_below(root, STR_NONE, arena, paths) ||
	    fail(diags, DIAG_CANNOT_READ, folder->path, errno);
}

static bool reader_read(void *context, struct str path, struct arena *arena,
    struct str *bytes, struct diag_list *diags)
{
	const struct folder *folder = context;
	int error;

	if (!path_is_safe(path))
		return false;
	error = read_opened(arena, open_below(folder->descriptor, path,
	    O_RDONLY | O_NONBLOCK), bytes);
	if (error == ENOENT || error == ENOTDIR)
		return false;
	return error == 0 || fail(diags, DIAG_CANNOT_READ,
	    full_path(folder, path, diags), error);
}

static int compare_paths(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static bool reader_list(void *context, struct str path, struct arena *arena,
    struct vec *paths, struct diag_list *diags)
{
	const struct folder *folder = context;
	int below;

	if (str_ends(path, STR("/")))
		path.len--;
	if (!path_is_safe(path))
		return true;
	below = open_below(folder->descriptor, path, O_RDONLY | O_DIRECTORY);
	if (below < 0 && (errno == ENOENT || errno == ENOTDIR))
		return true;
	if (!list_below(below, path, arena, paths))
		return fail(diags, DIAG_CANNOT_READ,
		    full_path(folder, path, diags), errno);
	vec_sort(paths, compare_paths);
	return true;
}

struct reader folder_reader(const struct folder *folder)
{
	union {
		const struct folder *in;
		void *out;
	} context = { .in = folder };

	return (struct reader){ context.out, reader_read, reader_list };
}
