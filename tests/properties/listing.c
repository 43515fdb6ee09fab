/* SPDX-License-Identifier: MIT */
/*
 * Preloaded into zheli, lists every folder from its last entry to its first: as
 * another file system might. A folder is read to its end when the first entry
 * is asked for; LISTING_COUNT, if it is set, names a file to which a byte is
 * appended for each, so that a test can tell that it has been in use.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

enum { FOLDERS = 256 };

static struct listing {
	DIR *stream;
	struct dirent *entries;
	size_t left;		/* those before are still to be given */
} listings[FOLDERS];

static void count(void)
{
	const char *path = getenv("LISTING_COUNT");
	int file = path == NULL ? -1 :
	    open(path, O_WRONLY | O_APPEND | O_CLOEXEC);

	if (file < 0)
		return;
	(void)!write(file, "+", 1);
	(void)close(file);
}

static void read_all(struct listing *listing, DIR *stream)
{
	struct dirent *(*real)(DIR *) = REAL(readdir), *entry;

	*listing = (struct listing){ .stream = stream };
	while ((entry = real(stream)) != NULL) {
		struct dirent *more = reallocarray(listing->entries,
		    listing->left + 1, sizeof(*more));

		if (more == NULL)
			abort();
		listing->entries = more;
		memcpy(&more[listing->left++], entry, entry->d_reclen);
	}
	count();
}

static struct listing *find(const DIR *stream)
{
	for (size_t i = 0; i < FOLDERS; i++)
		if (listings[i].stream == stream)
			return &listings[i];
	return NULL;
}

struct dirent *readdir(DIR *stream)
{
	struct listing *listing = find(stream);

	if (listing == NULL) {
		listing = find(NULL);
		if (listing == NULL)
			abort();
		read_all(listing, stream);
	}
	return listing->left == 0 ? NULL :
	    &listing->entries[--listing->left];
}

int closedir(DIR *stream)
{
	struct listing *listing = find(stream);

	if (listing != NULL) {
		free(listing->entries);
		*listing = (struct listing){ .stream = NULL };
	}
	return REAL(closedir)(stream);
}
