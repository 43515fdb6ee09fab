/* SPDX-License-Identifier: MIT */
#include "base/listing.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/folder_state.h"
#include "base/pack.h"
#include "base/path.h"
#include "base/reason.h"
#include "base/vec.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* A folder. Names and folders within are in one order: that of readdir(). */
struct place {
	struct str name;
	uint64_t state;		/* folder_state_of(); 0: read it again */
	struct str *files;
	struct place **folders;
	size_t file_count, folder_count;
};

struct listing {
	struct arena *arena;
	struct place root;
};

struct looking {
	struct arena *arena;
	int root;
	struct timespec since;	/* nothing was looked at before */
	struct buf path;	/* of the place at hand */
	unsigned depth;
	bool is_again;		/* what is known for certain is left so */
};

struct listing *listing_new(struct arena *arena)
{
	struct listing *listing = arena_alloc(arena, sizeof(*listing));

	listing->arena = arena;
	return listing;
}

/* -- as bytes -------------------------------------------------------------- */

static void pack_place(const struct place *place, struct buf *out)
{
	pack_str(out, place->name);
	pack_long(out, place->state);
	pack_number(out, (uint32_t)place->file_count);
	pack_number(out, (uint32_t)place->folder_count);
	for (size_t i = 0; i < place->file_count; i++)
		pack_str(out, place->files[i]);
	for (size_t i = 0; i < place->folder_count; i++)
		pack_place(place->folders[i], out);
}

void listing_pack(const struct listing *listing, struct buf *out)
{
	pack_place(&listing->root, out);
}

/* Each name takes a number at least, so that none is promised in vain. */
static bool unpack_place(struct arena *arena, struct str *bytes,
    struct place *place, unsigned depth)
{
	uint32_t files, folders;

	if (depth >= FOLDER_DEPTH_LIMIT || !unpack_str(bytes, &place->name) ||
	    !unpack_long(bytes, &place->state) ||
	    !unpack_number(bytes, &files) || !unpack_number(bytes, &folders) ||
	    files > bytes->len / sizeof(uint32_t) ||
	    folders > bytes->len / sizeof(uint32_t))
		return false;
	place->files = arena_array(arena, files, sizeof(*place->files));
	place->folders = arena_array(arena, folders, sizeof(*place->folders));
	for (; place->file_count < files; place->file_count++)
		if (!unpack_str(bytes, &place->files[place->file_count]))
			return false;
	for (; place->folder_count < folders; place->folder_count++) {
		struct place *inner = arena_alloc(arena, sizeof(*inner));

		if (!unpack_place(arena, bytes, inner, depth + 1))
			return false;
		place->folders[place->folder_count] = inner;
	}
	return true;
}

struct listing *listing_unpack(struct arena *arena, struct str *bytes)
{
	struct listing *listing = listing_new(arena);

	return unpack_place(arena, bytes, &listing->root, 0) ? listing : NULL;
}

/* -- looking --------------------------------------------------------------- */

static size_t enter(struct looking *looking, struct str name)
{
	size_t len = looking->path.len;

	if (len > 0)
		buf_append_char(&looking->path, '/');
	buf_append(&looking->path, name);
	looking->depth++;
	return len;
}

static void leave(struct looking *looking, size_t len)
{
	buf_truncate(&looking->path, len);
	looking->depth--;
}

static const char *path_at_hand(const struct looking *looking)
{
	return looking->path.len == 0 ? "." : looking->path.ptr;
}

/* What the place is now; 0 with errno when there is no such folder. */
static uint64_t state_of(struct looking *looking, struct stat *status)
{
	if (fstatat(looking->root, path_at_hand(looking), status,
	    AT_SYMLINK_NOFOLLOW) < 0)
		return 0;
	errno = ENOTDIR;
	/* 0 stands for what is not known. */
	return S_ISDIR(status->st_mode) ? folder_state_of(STR_NONE, status) |
	    1 : 0;
}

/* What was known of the folder of that name; else one of which nothing is. */
static struct place *place_of(struct looking *looking,
    const struct place *outer, size_t *at, struct str name)
{
	struct place *place;

	for (size_t i = 0; i < outer->folder_count; i++) {
		struct place *known = outer->folders[(*at + i) %
		    outer->folder_count];

		/* Mostly they come in the order in which they did before. */
		if (str_eq(known->name, name)) {
			*at = (*at + i + 1) % outer->folder_count;
			return known;
		}
	}
	place = arena_alloc(looking->arena, sizeof(*place));
	place->name = str_dup(looking->arena, name);
	return place;
}

static void *keep(struct arena *arena, const struct vec *items, size_t size)
{
	void *kept = arena_array(arena, items->count, size);

	if (items->count > 0)
		memcpy(kept, items->items, items->count * size);
	return kept;
}

static bool read_names(struct looking *looking, DIR *stream,
    struct place *place)
{
	struct vec files, folders;
	struct dirent *entry;
	size_t at = 0;
	bool ok;

	vec_init(&files, sizeof(struct str));
	vec_init(&folders, sizeof(struct place *));
	while (errno = 0, (entry = readdir(stream)) != NULL) {
		struct str name = str_from(entry->d_name);

		if (str_eq(name, STR(".")) || str_eq(name, STR("..")))
			continue;
		if (file_type_at(dirfd(stream), entry) == DT_DIR)
			*(struct place **)vec_push(&folders) = place_of(
			    looking, place, &at, name);
		else
			*(struct str *)vec_push(&files) = str_dup(
			    looking->arena, name);
	}
	ok = errno == 0;
	place->files = keep(looking->arena, &files, sizeof(struct str));
	place->file_count = files.count;
	place->folders = keep(looking->arena, &folders,
	    sizeof(struct place *));
	place->folder_count = folders.count;
	vec_dispose(&files);
	vec_dispose(&folders);
	return ok;
}

static bool read_place(struct looking *looking, struct place *place)
{
	int folder = openat(looking->root, path_at_hand(looking),
	    O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *stream = folder < 0 ? NULL : fdopendir(folder);
	bool ok;
	int error;

	if (stream == NULL) {
		error = errno;
		if (folder >= 0)
			(void)close(folder);
		errno = error;
		return false;
	}
	ok = read_names(looking, stream, place);
	error = errno;
	(void)closedir(stream);
	errno = error;
	return ok;
}

/* Its times are taken before its names are read: what comes in between shows
 * the next time. */
static bool look_at(struct looking *looking, struct place *place)
{
	struct stat status;
	uint64_t state = state_of(looking, &status);
	bool ok = state != 0 && looking->depth < FOLDER_DEPTH_LIMIT;

	if (ok && place->state != state) {
		ok = read_place(looking, place);
		place->state = folder_state_is_settled(status.st_mtim,
		    looking->since) && folder_state_is_settled(status.st_ctim,
		    looking->since) ? state : 0;
	}
	return ok;
}

static bool look(struct looking *looking, struct place *place)
{
	bool ok = (looking->is_again && place->state != 0) ||
	    look_at(looking, place);

	for (size_t i = 0; ok && i < place->folder_count; i++) {
		size_t len = enter(looking, place->folders[i]->name);

		ok = look(looking, place->folders[i]);
		leave(looking, len);
	}
	return ok;
}

static bool look_below(struct listing *listing, const struct folder *folder,
    bool is_again, struct diag_list *diags)
{
	struct looking looking = { .arena = listing->arena,
		.root = folder->descriptor, .is_again = is_again };
	bool ok;

	errno = 0;
	buf_init(&looking.path);
	ok = clock_gettime(CLOCK_REALTIME, &looking.since) == 0 &&
	    look(&looking, &listing->root);
	buf_dispose(&looking.path);
	return ok || diag_report_reason(diags, ((struct mark){
	    .path = folder->path }), DIAG_CANNOT_READ, folder->path, errno);
}

bool listing_look(struct listing *listing, const struct folder *folder,
    struct diag_list *diags)
{
	return look_below(listing, folder, false, diags);
}

bool listing_look_again(struct listing *listing, const struct folder *folder,
    struct diag_list *diags)
{
	return look_below(listing, folder, true, diags);
}

void listing_doubt(struct listing *listing, struct str path)
{
	struct place *place = &listing->root;

	while (place != NULL) {
		struct str name = str_cut(&path, '/');
		struct place *inner = NULL;

		place->state = 0;
		for (size_t i = 0; i < place->folder_count && inner == NULL;
		     i++)
			if (str_eq(place->folders[i]->name, name))
				inner = place->folders[i];
		place = inner;
	}
}

static bool holds(struct looking *looking, const struct place *place)
{
	struct stat status;
	bool ok = place->state != 0 &&
	    state_of(looking, &status) == place->state;

	for (size_t i = 0; ok && i < place->folder_count; i++) {
		size_t len = enter(looking, place->folders[i]->name);

		ok = holds(looking, place->folders[i]);
		leave(looking, len);
	}
	return ok;
}

bool listing_holds(const struct listing *listing, const struct folder *folder)
{
	struct looking looking = { .root = folder->descriptor };
	bool ok;

	buf_init(&looking.path);
	ok = holds(&looking, &listing->root);
	buf_dispose(&looking.path);
	return ok;
}

static bool is_settled(const struct place *place)
{
	bool ok = place->state != 0;

	for (size_t i = 0; ok && i < place->folder_count; i++)
		ok = is_settled(place->folders[i]);
	return ok;
}

bool listing_is_settled(const struct listing *listing)
{
	return is_settled(&listing->root);
}

static bool take_paths(const struct place *place, struct buf *path,
    listing_take *take, void *context)
{
	size_t len = path->len;
	bool ok = true;

	for (size_t i = 0; ok && i < place->file_count; i++) {
		buf_append(path, place->files[i]);
		ok = take(context, buf_str(path));
		buf_truncate(path, len);
	}
	for (size_t i = 0; ok && i < place->folder_count; i++) {
		buf_append(path, place->folders[i]->name);
		buf_append_char(path, '/');
		ok = take_paths(place->folders[i], path, take, context);
		buf_truncate(path, len);
	}
	return ok;
}

bool listing_each(const struct listing *listing, listing_take *take,
    void *context)
{
	struct buf path;
	bool ok;

	buf_init(&path);
	ok = take_paths(&listing->root, &path, take, context);
	buf_dispose(&path);
	return ok;
}
