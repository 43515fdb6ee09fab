/* SPDX-License-Identifier: MIT */
#include "commands/serve/watch.h"

#include "base/path.h"
#include "commands/serve/edits.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	EVENTS = IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM |
	    IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF,
	/* Deeper than any folder of a registry. */
	DEPTH_MAX = 32,
	PATH_SIZE = 4096
};

bool watch_ignores(struct str name)
{
	return name.len == 0 || name.ptr[0] == '.' ||
	       name.ptr[name.len - 1] == '~' || str_ends(name, STR(".swp")) ||
	       str_ends(name, STR(".tmp")) || str_eq(name, STR("4913"));
}

/* False when the kernel refuses; a folder that is gone meanwhile is none. */
static bool add_folder(struct watch *watch, char path[PATH_SIZE],
    size_t len, int depth);

static bool add_entry(struct watch *watch, char path[PATH_SIZE],
    size_t len, const struct dirent *entry, int depth)
{
	struct str name = str_from(entry->d_name);

	if (watch_ignores(name) || len + 1 + name.len >= PATH_SIZE ||
	    (entry->d_type != DT_DIR && entry->d_type != DT_UNKNOWN))
		return true;
	(void)snprintf(path + len, PATH_SIZE - len, "/%s", entry->d_name);
	return add_folder(watch, path, len + 1 + name.len, depth);
}

/* The kernel numbers folders from 1. */
static void note_folder(struct watch *watch, size_t number, struct str path)
{
	while (watch->watched.count <= number)
		(void)vec_push(&watch->watched);
	*(struct str *)vec_at(&watch->watched, number) = str_dup(
	    &watch->arena, str_slice(path, watch->root.len + 1, path.len));
}

static bool add_folder(struct watch *watch, char path[PATH_SIZE],
    size_t len, int depth)
{
	const struct dirent *entry;
	bool good = true;
	DIR *folder;
	int number;

	if (depth > DEPTH_MAX)
		return true;
	/* IN_ONLYDIR and IN_DONT_FOLLOW: what is no folder is not watched. */
	number = inotify_add_watch(watch->descriptor, path,
	    EVENTS | IN_ONLYDIR | IN_DONT_FOLLOW);
	if (number < 0)
		return errno == ENOENT || errno == ENOTDIR || errno == ELOOP ||
		       errno == EACCES;
	note_folder(watch, (size_t)number, (struct str){ path, len });
	folder = opendir(path);
	if (folder == NULL)
		return true;
	while (good && (entry = readdir(folder)) != NULL) {
		good = add_entry(watch, path, len, entry, depth + 1);
		path[len] = '\0';
	}
	(void)closedir(folder);
	return good;
}

static enum watch_result watch_all(struct watch *watch)
{
	char path[PATH_SIZE];
	int len;

	vec_init(&watch->watched, sizeof(struct str));
	arena_init(&watch->arena);
	watch->descriptor = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	if (watch->descriptor < 0)
		return WATCH_FAILED;
	for (size_t i = 0; i < watch->count; i++) {
		len = snprintf(path, sizeof(path), "%.*s/%.*s",
		    STR_ARG(watch->root), STR_ARG(watch->folders[i]));
		if (len < 0 || (size_t)len >= sizeof(path) ||
		    !add_folder(watch, path, (size_t)len, 0)) {
			int error = errno;

			watch_close(watch);
			errno = error;
			return WATCH_FAILED;
		}
	}
	/* The root too, for folders that come later. */
	(void)snprintf(path, sizeof(path), "%.*s", STR_ARG(watch->root));
	watch->root_watch = inotify_add_watch(watch->descriptor, path,
	    IN_CREATE | IN_MOVED_TO | IN_ONLYDIR);
	return WATCH_CHANGED;
}

enum watch_result watch_open(struct watch *watch, struct str root,
    const struct str *folders, size_t count)
{
	*watch = (struct watch){ .root = root, .folders = folders,
		.count = count, .descriptor = -1 };
	return watch_all(watch);
}

void watch_close(struct watch *watch)
{
	if (watch->descriptor >= 0)
		(void)close(watch->descriptor);
	watch->descriptor = -1;
	vec_dispose(&watch->watched);
	arena_dispose(&watch->arena);
}

/* The root holds more than what is watched, the built site for one. */
static bool is_of_interest(const struct watch *watch,
    const struct inotify_event *event, struct str name)
{
	if (event->wd != watch->root_watch)
		return !watch_ignores(name);
	for (size_t i = 0; i < watch->count; i++)
		if (str_eq(name, watch->folders[i]))
			return true;
	return false;
}

/* Of the watched folders themselves only their coming is noticed. */
static void note_file(const struct watch *watch, int number, struct str name,
    struct edits *edits)
{
	struct arena scratch;

	if (number <= 0 || (size_t)number >= watch->watched.count ||
	    number == watch->root_watch) {
		edits->is_vague = true;
		return;
	}
	arena_init(&scratch);
	edits_add(edits, path_join(&scratch, *(struct str *)vec_at(
	    &watch->watched, (size_t)number), name));
	arena_dispose(&scratch);
}

struct seen {
	bool changed, folders_changed;
};

static void see(const struct watch *watch, const struct inotify_event *event,
    struct seen *seen, struct edits *edits)
{
	struct str name = event->len > 0 ? str_from(event->name) : STR_NONE;

	if ((event->mask & (IN_Q_OVERFLOW | IN_DELETE_SELF | IN_MOVE_SELF |
	    IN_UNMOUNT)) != 0) {
		seen->changed = seen->folders_changed = true;
	} else if ((event->mask & IN_IGNORED) == 0 &&
	    is_of_interest(watch, event, name)) {
		seen->changed = true;
		if ((event->mask & IN_ISDIR) != 0)
			seen->folders_changed = true;
		else
			note_file(watch, event->wd, name, edits);
	}
}

enum watch_result watch_read(struct watch *watch, struct edits *edits)
{
	alignas(struct inotify_event) char events[16 * 1024];
	struct seen seen = { .changed = false };
	ssize_t got;

	while ((got = read(watch->descriptor, events, sizeof(events))) > 0 ||
	    (got < 0 && errno == EINTR)) {
		const char *at = events, *end = events + (got > 0 ? got : 0);

		while (at < end) {
			const struct inotify_event *event =
			    (const void *)at;

			see(watch, event, &seen, edits);
			at += sizeof(*event) + event->len;
		}
	}
	if (seen.folders_changed) {
		edits->is_vague = true;
		watch_close(watch);
		return watch_all(watch);
	}
	return seen.changed ? WATCH_CHANGED : WATCH_QUIET;
}
