/* SPDX-License-Identifier: MIT */
#include "commands/finished.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/file_stream.h"
#include "base/folder_state.h"
#include "base/hash.h"
#include "base/listing.h"
#include "base/open_below.h"
#include "base/pack.h"
#include "base/reason.h"
#include "base/vec.h"
#include "base/workers.h"
#include "commands/build.h"
#include "commands/finished_inside.h"
#include "pipeline/pipeline.h"
#include "source/source.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define NOTE_PREFIX STR("finished-")

/* A note, but for `recent`, which is not a part of any other. */
struct note {
	struct str key;		/* under what it was made */
	uint64_t cache;		/* what stood in the folder of the cache */
	uint32_t status;
	struct str digest;	/* of what was told */
};

/* Of the hash of its body and how long that is; what was told is the rest. */
enum { HEAD_SIZE = sizeof(uint64_t) + sizeof(uint32_t) };

static void add_place(struct buf *name, struct arena *arena, struct str path)
{
	char whole[PATH_MAX];

	buf_append_cstr(name, path.len == 0 ||
	    realpath(str_cstr(arena, path), whole) == NULL ? "" : whole);
	buf_append_char(name, '\n');
}

/* The folders may not be there yet when that is first asked. */
static struct str note_name(const struct build_request *request,
    struct arena *arena)
{
	struct str name;
	struct buf places;

	buf_init(&places);
	add_place(&places, arena, request->output);
	add_place(&places, arena, request->internal);
	name = str_format(arena, "finished-%016llx",
	    (unsigned long long)hash_bytes(buf_str(&places)));
	buf_dispose(&places);
	return name;
}

/* -- what stands in the folders -------------------------------------------- */

/* False when there is none, or another build is writing to it. */
static bool open_unlocked(struct str path, struct folder *folder,
    struct arena *arena)
{
	struct diag_list silent;
	bool ok;

	diag_list_init(&silent, arena);
	ok = folder_open_existing(str_dup(arena, path), folder, &silent);
	diag_list_dispose(&silent);
	if (!ok || flock(folder->descriptor, LOCK_EX | LOCK_NB) == 0 ||
	    errno != EWOULDBLOCK)
		return ok;
	folder_close(folder);
	return false;
}

static bool site_holds(const struct listing *listing, struct str path,
    struct arena *arena)
{
	struct folder folder;
	bool ok = open_unlocked(path, &folder, arena);

	if (ok) {
		ok = listing_holds(listing, &folder);
		folder_close(&folder);
	}
	return ok;
}

static bool look_at_site(struct listing *listing, struct str path,
    struct arena *arena)
{
	struct diag_list silent;
	struct folder folder;
	bool ok = open_unlocked(path, &folder, arena);

	if (ok) {
		diag_list_init(&silent, arena);
		ok = listing_look_again(listing, &folder, &silent) &&
		    listing_is_settled(listing);
		diag_list_dispose(&silent);
		folder_close(&folder);
	}
	return ok;
}

/* The number of its folder_state; false where that cannot be told. */
static bool look_at_cache(const struct finished *finished,
    struct folder_state *state)
{
	struct folder folder;
	bool ok = open_unlocked(finished->cache, &folder, finished->arena);

	if (ok) {
		ok = folder_state_add(folder.descriptor, NOTE_PREFIX, state);
		folder_close(&folder);
	}
	return ok;
}

/* -- the note -------------------------------------------------------------- */

static FILE *open_note(const struct finished *finished)
{
	struct diag_list silent;
	struct folder folder;
	FILE *note = NULL;
	int file = -1;

	diag_list_init(&silent, finished->arena);
	if (folder_open_existing(finished->cache, &folder, &silent)) {
		file = open_below(folder.descriptor, finished->name,
		    O_RDONLY | O_NONBLOCK);
		folder_close(&folder);
	}
	diag_list_dispose(&silent);
	if (file >= 0)
		note = fdopen(file, "r");
	if (file >= 0 && note == NULL)
		(void)close(file);
	return note;
}

/* False unless it is there as it was written. */
static bool read_body(FILE *note, struct arena *arena, struct str *body)
{
	char head[HEAD_SIZE], *to;
	struct str bytes = { head, sizeof(head) };
	struct stat status;
	uint64_t hash;
	uint32_t len;

	if (fread(head, 1, sizeof(head), note) != sizeof(head) ||
	    !unpack_long(&bytes, &hash) || !unpack_number(&bytes, &len) ||
	    fstat(fileno(note), &status) < 0 || status.st_size < len)
		return false;
	to = arena_alloc(arena, len);
	*body = (struct str){ to, len };
	return fread(to, 1, len, note) == len && hash_bytes(*body) == hash;
}

/* Those that the note knows by their bytes. */
static bool take_recent(struct finished *finished, struct str *bytes)
{
	struct str path;
	uint32_t count;

	if (!unpack_number(bytes, &count) || count > FINISHED_MOST_RECENT)
		return false;
	for (uint32_t i = 0; i < count; i++) {
		if (!unpack_str(bytes, &path))
			return false;
		*(struct str *)vec_push(&finished->recent) = path;
	}
	return true;
}

static bool take_listings(struct finished *finished, struct str *bytes)
{
	struct listing *output = listing_unpack(finished->arena, bytes);
	struct listing *internal = listing_unpack(finished->arena, bytes);

	if (output == NULL || internal == NULL)
		return false;
	finished->output = output;
	finished->internal = internal;
	return true;
}

/* Of a file from there on; false when it cannot be read. */
static bool digest_from(FILE *file, long from,
    unsigned char digest[SHA256_SIZE])
{
	struct sha256 sha;
	char piece[BUFSIZ];
	size_t got;

	sha256_init(&sha);
	if (fseek(file, from, SEEK_SET) != 0)
		return false;
	while ((got = fread(piece, 1, sizeof(piece), file)) > 0)
		sha256_add(&sha, (struct str){ piece, got });
	sha256_finish(&sha, digest);
	return ferror(file) == 0;
}

static bool is_told_whole(const struct finished *finished,
    const struct note *note)
{
	unsigned char found[SHA256_SIZE];

	return digest_from(finished->note, finished->told_at, found) &&
	    str_eq(note->digest, (struct str){ (const char *)found,
		sizeof(found) });
}

/* All but what was told: that may be long, and few that read it tell it. */
static bool take_note(struct finished *finished, struct note *note)
{
	struct str body;

	finished->note = open_note(finished);
	if (finished->note == NULL ||
	    !read_body(finished->note, finished->arena, &body))
		return false;
	finished->told_at = (long)(HEAD_SIZE + body.len);
	return take_recent(finished, &body) &&
	    unpack_str(&body, &note->key) &&
	    unpack_long(&body, &note->cache) &&
	    unpack_number(&body, &note->status) &&
	    unpack_str(&body, &note->digest) &&
	    take_listings(finished, &body);
}

static bool sites_hold(const struct finished *finished)
{
	const struct build_request *request = finished->request;

	return site_holds(finished->output, request->output,
	    finished->arena) && (request->internal.len == 0 ||
		site_holds(finished->internal, request->internal,
		    finished->arena));
}

/* A folder has as many files as the sites have folders: where there are two
 * processors, another process looks at the sites meanwhile. Negative if none
 * does. */
static pid_t look_apart(const struct finished *finished)
{
	const struct pipeline *pipeline = finished->pipeline;
	pid_t process = source_is_worktree(pipeline->registry.source) &&
	    pipeline->jobs != 1 && workers_default() > 1 ? fork() : -1;

	if (process == 0)
		_exit(sites_hold(finished) ? 0 : 1);
	return process;
}

/* What it has seen, if anybody wants to know; if not it need not go on. */
static bool has_seen(const struct finished *finished, pid_t process,
    bool is_wanted)
{
	int status;

	if (process < 0)
		return is_wanted && sites_hold(finished);
	if (!is_wanted)
		(void)kill(process, SIGKILL);
	while (waitpid(process, &status, 0) < 0)
		if (errno != EINTR)
			return false;
	return is_wanted && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* Makes the key, and says whether the note holds under it. */
static bool note_holds(struct finished *finished, const struct note *note)
{
	struct folder_state cache = { .sum = 0 };
	pid_t process = look_apart(finished);
	bool ok;

	finished_make_key(finished);
	ok = finished->key.len > 0 && str_eq(note->key, finished->key) &&
	    look_at_cache(finished, &cache) && cache.sum == note->cache &&
	    is_told_whole(finished, note);
	return has_seen(finished, process, ok);
}

/* Makes the key in any case. */
static bool holds(struct finished *finished)
{
	struct note note;

	if (take_note(finished, &note)) {
		if (note_holds(finished, &note)) {
			finished->status = (int)note.status;
			return true;
		}
		if (finished->recent.count == 0)
			return false;
	}
	/* Those that were new then are not any more. */
	vec_clear(&finished->recent);
	finished_make_key(finished);
	return false;
}

bool finished_holds(struct finished *finished, struct pipeline *pipeline,
    const struct build_request *request, bool shows)
{
	*finished = (struct finished){ .request = request,
		.arena = pipeline->arena, .pipeline = pipeline,
		.shows = shows, .output = listing_new(pipeline->arena),
		.internal = listing_new(pipeline->arena) };
	vec_init(&finished->recent, sizeof(struct str));
	vec_init(&finished->contents, sizeof(struct str));
	finished->cache = pipeline_cache(pipeline);
	finished->name = note_name(request, finished->arena);
	return finished_is_told(request) && holds(finished);
}

bool finished_tell_again(const struct finished *finished, FILE *out,
    struct diag_list *diags)
{
	char piece[BUFSIZ];
	size_t got;

	if (fseek(finished->note, finished->told_at, SEEK_SET) == 0) {
		while ((got = fread(piece, 1, sizeof(piece),
		    finished->note)) > 0)
			(void)fwrite(piece, 1, got, out);
		if (ferror(finished->note) == 0)
			return true;
	}
	return diag_report_reason(diags, ((struct mark){
	    .path = finished->name }), DIAG_CANNOT_READ, finished->name,
	    errno);
}

void finished_look_again(struct finished *finished)
{
	for (size_t i = 0; i < finished->recent.count; i++) {
		struct str name = finished_name_content(finished,
		    *(struct str *)vec_at(&finished->recent, i));

		/* Both were filled together. */
		if (i >= finished->contents.count || !str_eq(name,
		    *(struct str *)vec_at(&finished->contents, i)))
			finished->key = STR_NONE;
	}
}

/* In the folder of the cache, where there is room for what is kept, and without
 * a name. */
FILE *finished_tell(struct finished *finished)
{
	int file;

	if (finished->key.len == 0)
		return NULL;
	file = open(str_cstr(finished->arena, finished->cache),
	    O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	/* Not every file system has such files. */
	finished->told = file < 0 ? tmpfile() : fdopen(file, "w+");
	if (file >= 0 && finished->told == NULL)
		(void)close(file);
	return finished->told;
}

void finished_drop(struct finished *finished)
{
	if (finished->told != NULL)
		(void)fclose(finished->told);
	finished->told = NULL;
}

void finished_dispose(struct finished *finished)
{
	finished_drop(finished);
	if (finished->note != NULL)
		(void)fclose(finished->note);
	vec_dispose(&finished->recent);
	vec_dispose(&finished->contents);
}

static void stream_note(const struct finished *finished, struct str body,
    struct file_stream *out)
{
	struct buf head;

	buf_init(&head);
	pack_long(&head, hash_bytes(body));
	pack_number(&head, (uint32_t)body.len);
	file_stream_write(out, buf_str(&head));
	file_stream_write(out, body);
	if (lseek(fileno(finished->told), 0, SEEK_SET) != 0)
		file_stream_fail(out, errno);
	file_stream_copy(out, fileno(finished->told));
	buf_dispose(&head);
}

static void write_note(const struct finished *finished, struct str body)
{
	struct diag_list silent;
	struct file_stream out;
	struct file_facts facts;
	struct folder folder;
	bool changed;

	diag_list_init(&silent, finished->arena);
	if (folder_open_existing(finished->cache, &folder, &silent)) {
		/* The folders have names now. */
		file_stream_open(&out, &folder, note_name(finished->request,
		    finished->arena));
		stream_note(finished, body, &out);
		(void)file_stream_close(&out, &facts, &changed, &silent);
		folder_close(&folder);
	}
	diag_list_dispose(&silent);
}

/* What stands there after the build; false where that cannot be told. */
static bool look(const struct finished *finished, struct folder_state *cache)
{
	const struct build_request *request = finished->request;
	struct timespec since;

	folder_state_settle();
	return clock_gettime(CLOCK_REALTIME, &since) == 0 &&
	    look_at_cache(finished, cache) &&
	    folder_state_is_settled(cache->newest, since) && look_at_site(
		finished->output, request->output, finished->arena) &&
	    (request->internal.len == 0 || look_at_site(finished->internal,
		request->internal, finished->arena));
}

void finished_note(const struct finished *finished, int status)
{
	unsigned char digest[SHA256_SIZE];
	struct folder_state cache = { .sum = 0 };
	struct buf body;

	if (finished->key.len == 0 || finished->told == NULL ||
	    !digest_from(finished->told, 0, digest) || !look(finished, &cache))
		return;
	buf_init(&body);
	pack_number(&body, (uint32_t)finished->recent.count);
	for (size_t i = 0; i < finished->recent.count; i++)
		pack_str(&body, *(struct str *)vec_at(&finished->recent, i));
	pack_str(&body, finished->key);
	pack_long(&body, cache.sum);
	pack_number(&body, (uint32_t)status);
	pack_str(&body, (struct str){ (const char *)digest, sizeof(digest) });
	listing_pack(finished->output, &body);
	listing_pack(finished->internal, &body);
	write_note(finished, buf_str(&body));
	buf_dispose(&body);
}
