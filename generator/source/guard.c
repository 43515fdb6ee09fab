/* SPDX-License-Identifier: MIT */
#include "source/guard.h"

#include "base/memory.h"

#include <git2.h>
#include <git2/sys/odb_backend.h>
#include <zlib.h>

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Before libgit2's own, of which that of packs has 2. */
enum { PRIORITY = 3 };

struct guard {
	git_odb_backend backend;	/* first: libgit2 knows no more */
	int objects;			/* the folder */
};

/* To the end of the stream, and no byte of it is kept. */
static bool has_end(int file)
{
	unsigned char in[4096], out[16 * 1024];
	z_stream stream = { .zalloc = Z_NULL };
	int status = inflateInit(&stream);
	ssize_t got = 1;

	while (status == Z_OK && got > 0) {
		got = read(file, in, sizeof(in));
		stream.next_in = in;
		stream.avail_in = got > 0 ? (uInt)got : 0;
		while (status == Z_OK && stream.avail_in > 0) {
			stream.next_out = out;
			stream.avail_out = sizeof(out);
			status = inflate(&stream, Z_NO_FLUSH);
		}
	}
	(void)inflateEnd(&stream);
	/* What is wrong otherwise libgit2 finds, and says better. */
	return status != Z_OK && status != Z_BUF_ERROR;
}

static int look(const struct guard *guard, const git_oid *id)
{
	char hex[GIT_OID_HEXSZ + 1], path[GIT_OID_HEXSZ + 2];
	bool ok;
	int file;

	(void)git_oid_tostr(hex, sizeof(hex), id);
	(void)snprintf(path, sizeof(path), "%.2s/%s", hex, hex + 2);
	file = openat(guard->objects, path, O_RDONLY | O_CLOEXEC);
	if (file < 0)
		return GIT_PASSTHROUGH;
	ok = has_end(file);
	(void)close(file);
	if (ok)
		return GIT_PASSTHROUGH;
	git_error_set_str(GIT_ERROR_ODB, "a loose object is cut off");
	return -1;
}

static int guard_read(void **bytes, size_t *size, git_object_t *type,
    git_odb_backend *backend, const git_oid *id)
{
	(void)bytes;
	(void)size;
	(void)type;
	return look((const struct guard *)backend, id);
}

static int guard_read_header(size_t *size, git_object_t *type,
    git_odb_backend *backend, const git_oid *id)
{
	(void)size;
	(void)type;
	return look((const struct guard *)backend, id);
}

static void guard_free(git_odb_backend *backend)
{
	struct guard *guard = (struct guard *)backend;

	(void)close(guard->objects);
	free(guard);
}

/*
 * While a push is looked at, its objects are in a folder of their own, named by
 * git in the environment of its hooks (githooks(5)), below that of all others.
 */
static void see_quarantine(struct git_repository *repository)
{
	const char *quarantine = getenv("GIT_QUARANTINE_PATH");
	const char *own = git_repository_path(repository);
	git_odb *objects = NULL;

	if (quarantine == NULL || strncmp(quarantine, own, strlen(own)) != 0 ||
	    git_repository_odb(&objects, repository) != 0)
		return;
	(void)git_odb_add_disk_alternate(objects, quarantine);
	git_odb_free(objects);
}

void guard_objects(struct git_repository *repository)
{
	struct guard *guard = memory_get_array(1, sizeof(*guard));
	git_odb *odb = NULL;
	int folder = open(git_repository_commondir(repository),
	    O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	guard->objects = folder < 0 ? -1 : openat(folder, "objects",
	    O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (folder >= 0)
		(void)close(folder);
	guard->backend.version = GIT_ODB_BACKEND_VERSION;
	guard->backend.read = guard_read;
	guard->backend.read_header = guard_read_header;
	guard->backend.free = guard_free;
	if (guard->objects < 0 ||
	    git_repository_odb(&odb, repository) != 0 ||
	    git_odb_add_backend(odb, &guard->backend, PRIORITY) != 0)
		guard_free(&guard->backend);
	git_odb_free(odb);
	see_quarantine(repository);
}
