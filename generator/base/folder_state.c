/* SPDX-License-Identifier: MIT */
#include "base/folder_state.h"

#include "base/file.h"
#include "base/hash.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The clock that files are stamped by goes in steps of up to 10 ms on Linux; on
 * file systems that know no parts of a second, of up to two seconds. */
enum { STEP = 20 * 1000 * 1000, SECOND = 1000 * 1000 * 1000,
	COARSE_SECONDS = 2 };

struct walk {
	struct str but;
	struct folder_state *state;
	unsigned depth;
};

static uint64_t times(uint64_t hash, uint64_t more)
{
	hash = (hash ^ more) * UINT64_C(0x9e3779b97f4a7c15);
	return hash ^ hash >> 29;
}

uint64_t folder_state_of(struct str name, const struct stat *status)
{
	uint64_t hash = hash_bytes(name);

	hash = times(hash, (uint64_t)status->st_dev);
	hash = times(hash, (uint64_t)status->st_ino);
	hash = times(hash, (uint64_t)status->st_mode);
	hash = times(hash, (uint64_t)status->st_size);
	hash = times(hash, (uint64_t)status->st_mtim.tv_sec);
	hash = times(hash, (uint64_t)status->st_mtim.tv_nsec);
	hash = times(hash, (uint64_t)status->st_ctim.tv_sec);
	return times(hash, (uint64_t)status->st_ctim.tv_nsec);
}

bool folder_state_is_settled(struct timespec newest, struct timespec since)
{
	time_t seconds = since.tv_sec - newest.tv_sec;

	if (newest.tv_nsec == 0)
		return seconds > COARSE_SECONDS;
	return seconds > 1 || (seconds >= 0 && seconds * SECOND +
	    since.tv_nsec - newest.tv_nsec >= STEP);
}

void folder_state_settle(void)
{
	static const struct timespec step = { .tv_nsec = STEP };

	(void)nanosleep(&step, NULL);
}

static void note_time(struct folder_state *state, struct timespec time)
{
	if (time.tv_sec > state->newest.tv_sec ||
	    (time.tv_sec == state->newest.tv_sec &&
		time.tv_nsec > state->newest.tv_nsec))
		state->newest = time;
}

static bool below(struct walk *walk, int descriptor, uint64_t place);

/* In a sum, the order in which a folder is read makes no difference. */
static bool add_entry(struct walk *walk, int folder,
    const struct dirent *entry, uint64_t place)
{
	struct str name = str_from(entry->d_name);
	struct stat status;

	if (str_eq(name, STR(".")) || str_eq(name, STR("..")) ||
	    (walk->depth == 1 && walk->but.len > 0 &&
		str_starts(name, walk->but)))
		return true;
	if (file_type_at(folder, entry) == DT_DIR) {
		int inner = openat(folder, entry->d_name, O_RDONLY |
		    O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

		return inner >= 0 && below(walk, inner,
		    times(place, hash_bytes(name)));
	}
	if (fstatat(folder, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) < 0)
		return false;
	walk->state->sum += times(place, folder_state_of(name, &status));
	note_time(walk->state, status.st_mtim);
	note_time(walk->state, status.st_ctim);
	return true;
}

/* Takes over the descriptor; `place` stands for the path of the folder. */
static bool below(struct walk *walk, int descriptor, uint64_t place)
{
	DIR *stream = fdopendir(descriptor);
	struct dirent *entry;
	bool ok = walk->depth < FOLDER_DEPTH_LIMIT;

	if (stream == NULL) {
		(void)close(descriptor);
		return false;
	}
	walk->depth++;
	while (ok && (errno = 0, entry = readdir(stream)) != NULL)
		ok = add_entry(walk, descriptor, entry, place);
	ok = ok && errno == 0;
	walk->depth--;
	(void)closedir(stream);
	return ok;
}

bool folder_state_add(int descriptor, struct str but,
    struct folder_state *state)
{
	struct walk walk = { .but = but, .state = state };
	int root = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	return root >= 0 && below(&walk, root, 1);
}
