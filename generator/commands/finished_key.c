/* SPDX-License-Identifier: MIT */
/* Under what a build is made: all that its sites are a function of. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/folder_state.h"
#include "base/hash.h"
#include "base/pack.h"
#include "base/path.h"
#include "base/vec.h"
#include "commands/build.h"
#include "commands/finished.h"
#include "commands/finished_inside.h"
#include "pipeline/pipeline.h"
#include "render/attachment.h"
#include "source/source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

struct str finished_name_content(const struct finished *finished,
    struct str path)
{
	const struct source_entry entry = { .path = path };
	unsigned char object[sizeof(entry.object)];
	struct str bytes, name = STR_NONE;
	struct diag_list silent;
	struct arena scratch;
	uint64_t size;

	arena_init(&scratch);
	diag_list_init(&silent, &scratch);
	if (source_read(finished->pipeline->registry.source, &entry,
	    ATTACHMENT_LIMIT, &scratch, &bytes, &size, &silent) &&
	    size <= ATTACHMENT_LIMIT) {
		source_name_bytes(bytes, object);
		name = str_dup(finished->arena, (struct str){
		    (const char *)object, sizeof(object) });
	}
	diag_list_dispose(&silent);
	arena_dispose(&scratch);
	return name;
}

static bool is_recent(const struct finished *finished, struct str path)
{
	for (size_t i = 0; i < finished->recent.count; i++)
		if (str_eq(*(struct str *)vec_at(&finished->recent, i), path))
			return true;
	return false;
}

/* One that is too new to tell by its times is known by its bytes. */
static bool add_recent(struct buf *key, struct finished *finished,
    const struct source_entry *entry)
{
	struct str name;

	if (!is_recent(finished, entry->path)) {
		if (finished->recent.count >= FINISHED_MOST_RECENT)
			return false;
		*(struct str *)vec_push(&finished->recent) = entry->path;
	}
	name = finished_name_content(finished, entry->path);
	*(struct str *)vec_push(&finished->contents) = name;
	pack_str(key, name);
	return name.len > 0;
}

/* Entries of a folder; false if they cannot be told from others. */
static bool add_entries(struct buf *key, struct finished *finished,
    const struct vec *entries)
{
	bool ok = true;

	for (size_t i = 0; ok && i < entries->count; i++) {
		const struct source_entry *entry = vec_at(entries, i);

		pack_str(key, entry->path);
		pack_number(key, entry->kind);
		if (entry->kind == SOURCE_FILE && (entry->status == 0 ||
		    is_recent(finished, entry->path))) {
			ok = add_recent(key, finished, entry);
			continue;
		}
		pack_long(key, entry->status);
	}
	pack_number(key, (uint32_t)entries->count);
	return ok;
}

/* What `folder` says of a file, or that there is none. */
static void add_file(struct buf *key, struct arena *arena, struct str folder,
    struct str name)
{
	struct stat status;
	struct str path = path_join(arena, folder, name);

	pack_long(key, lstat(path.ptr, &status) < 0 ? 0 :
	    folder_state_of(name, &status));
}

/* All that a folder says of what is read of it; what git says of it in turn
 * rests on that, on the commit and on these files. */
static bool add_worktree(struct buf *key, struct finished *finished)
{
	struct pipeline *pipeline = finished->pipeline;
	struct source *source = pipeline->registry.source;
	struct str git = source_git_folder(source);
	struct diag_list silent;
	struct vec themes;
	bool ok;

	if (!source_is_worktree(source))
		return true;
	if (git.len > 0) {
		add_file(key, pipeline->arena, git, STR("index"));
		add_file(key, pipeline->arena, git, STR("config"));
		add_file(key, pipeline->arena, git, STR("info/attributes"));
	}
	add_file(key, pipeline->arena, source_folder(source),
	    STR(".gitattributes"));
	diag_list_init(&silent, pipeline->arena);
	vec_init(&themes, sizeof(struct source_entry));
	ok = pipeline_list(pipeline) &&
	    add_entries(key, finished, &pipeline->listed) &&
	    add_entries(key, finished, &pipeline->others) &&
	    source_entries(source, STR("themes"), pipeline->arena, &themes,
		&silent) && add_entries(key, finished, &themes);
	vec_dispose(&themes);
	diag_list_dispose(&silent);
	return ok;
}

/* The themes that come with the program. */
static bool add_themes(struct buf *key, const struct registry *registry)
{
	struct folder_state state = { .sum = 0 };
	struct timespec now;
	int themes = openat(registry->data.descriptor, "themes",
	    O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool ok = themes >= 0 && folder_state_add(themes, STR_NONE, &state) &&
	    clock_gettime(CLOCK_REALTIME, &now) == 0 &&
	    folder_state_is_settled(state.newest, now);

	if (themes >= 0)
		(void)close(themes);
	pack_long(key, state.sum);
	return ok;
}

static void add_request(struct buf *key, const struct build_request *request,
    bool shows)
{
	pack_str(key, request->output);
	pack_str(key, request->internal);
	pack_number(key, request->lang);
	pack_number(key, request->with_copies);
	pack_number(key, shows);
}

bool finished_is_told(const struct build_request *request)
{
	return request->private_folder.ptr == NULL && request->key.len == 0 &&
	    !request->with_pdf && !request->is_dry && !request->is_full;
}

static bool add_all(struct buf *key, struct finished *finished)
{
	const struct build_request *request = finished->request;
	struct pipeline *pipeline = finished->pipeline;
	struct source *source = pipeline->registry.source;

	if (!finished_is_told(request) || pipeline->fingerprint.len == 0 ||
	    pipeline->registry.base != NULL ||
	    pipeline->registry.data.descriptor < 0)
		return false;
	pack_str(key, pipeline->fingerprint);
	pack_str(key, date_iso(pipeline->arena, pipeline->registry.as_of));
	pack_str(key, pipeline->registry.data.path);
	pack_str(key, source_folder(source));
	pack_str(key, source_commit(source, NULL));
	pack_number(key, source_is_worktree(source));
	pack_number(key, source_is_shallow(source));
	add_request(key, request, finished->shows);
	return add_themes(key, &pipeline->registry) &&
	    add_worktree(key, finished);
}

void finished_make_key(struct finished *finished)
{
	char hex[SHA256_HEX_SIZE];
	struct buf key;

	vec_clear(&finished->contents);
	buf_init(&key);
	finished->key = STR_NONE;
	if (add_all(&key, finished)) {
		sha256_hex(buf_str(&key), hex);
		finished->key = str_dup(finished->arena, str_from(hex));
	}
	buf_dispose(&key);
}
