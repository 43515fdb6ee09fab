/* SPDX-License-Identifier: MIT */
#include "pipeline/registry.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/hash.h"
#include "base/path.h"
#include "base/vec.h"
#include "source/source.h"

#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Asia/Shanghai has kept UTC+8 without a change since 1991. */
enum { SHANGHAI_OFFSET = 8 * 60 * 60, DAY = 24 * 60 * 60 };

static struct date today(void)
{
	time_t now = time(NULL);
	struct date epoch = { 1970, 1, 1 };

	return date_add_days(epoch, (int32_t)((now + SHANGHAI_OFFSET) / DAY));
}

/*
 * The folder with schemas/ and themes/: beside the program when it was
 * installed (bin/zheli, share/zheli), above it in a source tree
 * (build/release/zheli).
 */
static struct str find_data(struct arena *arena)
{
	static const struct str places[] = { { "../share/zheli", 14 },
		{ "../..", 5 } };
	char program[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", program, sizeof(program));
	struct str folder;

	if (len <= 0 || len == (ssize_t)sizeof(program))
		return STR_NONE;
	folder = path_folder((struct str){ program, (size_t)len });
	for (size_t i = 0; i < 2; i++) {
		struct str place = path_join(arena, folder, places[i]);
		struct str schemas = path_join(arena, place, STR("schemas"));

		if (access(schemas.ptr, F_OK) == 0)
			return place;
	}
	return STR_NONE;
}

struct str registry_program_id(struct arena *arena)
{
	struct stat program;

	if (stat("/proc/self/exe", &program) != 0)
		return STR_NONE;
	return str_format(arena, "%llu %lld %lld.%ld",
	    (unsigned long long)program.st_ino, (long long)program.st_size,
	    (long long)program.st_mtim.tv_sec, program.st_mtim.tv_nsec);
}

/* Where schemas and themes are looked for. */
static struct source *policy_source(const struct registry *registry)
{
	return registry->base != NULL ? registry->base : registry->source;
}

static bool source_has(struct registry *registry, struct str folder,
    struct diag_list *diags)
{
	struct reader reader;
	struct vec paths;
	bool has;

	if (registry->source == NULL)
		return false;
	reader = source_reader(policy_source(registry));
	vec_init(&paths, sizeof(struct str));
	has = reader.list(reader.context, folder, registry->arena, &paths,
	    diags) && paths.count > 0;
	vec_dispose(&paths);
	return has;
}

/* Whether the registry has a theme of that name; asked of it once. */
static bool has_theme(struct registry *registry, struct str name,
    struct diag_list *diags)
{
	static bool yes = true, no = false;
	const bool *known = map_get(&registry->themes, name);

	if (known == NULL) {
		known = source_has(registry, path_join(registry->arena,
		    STR("themes"), name), diags) ? &yes : &no;
		(void)map_put(&registry->themes, name,
		    known == &yes ? &yes : &no);
	}
	return *known;
}

/* Whose reader answers for a path: by its top folder, or by the theme. */
static struct reader reader_for(struct registry *registry, struct str path,
    struct diag_list *diags)
{
	struct str top = str_cut(&path, '/');

	if (str_eq(top, STR("schemas")) && !registry->has_schemas)
		return folder_reader(&registry->data);
	if (str_eq(top, STR("themes")) &&
	    !has_theme(registry, str_cut(&path, '/'), diags))
		return folder_reader(&registry->data);
	return source_reader(str_eq(top, STR("content")) ? registry->source :
	    policy_source(registry));
}

static bool usable(const struct registry *registry,
    const struct reader *reader)
{
	return reader->context != NULL &&
	    (reader->context != (const void *)&registry->data ||
	    registry->data.descriptor >= 0);
}

static bool read_file(void *context, struct str path, struct arena *arena,
    struct str *bytes, struct diag_list *diags)
{
	struct registry *registry = context;
	struct reader reader = reader_for(registry, path, diags);

	return usable(registry, &reader) &&
	    reader.read(reader.context, path, arena, bytes, diags);
}

static bool list_files(void *context, struct str folder, struct arena *arena,
    struct vec *paths, struct diag_list *diags)
{
	struct reader reader = reader_for(context, folder, diags);

	return !usable(context, &reader) ||
	    reader.list(reader.context, folder, arena, paths, diags);
}

static bool read_as_of(const struct registry_request *request,
    struct date *as_of, struct diag_list *diags)
{
	if (request->as_of.ptr == NULL) {
		*as_of = today();
		return true;
	}
	return date_parse(request->as_of, as_of) ||
	    diag_report(diags, ((struct mark){ .path = STR("--as-of") }),
		DIAG_BAD_AS_OF, request->as_of);
}

static bool open_source(const struct registry_request *request,
    struct registry *registry, bool required, struct diag_list *diags)
{
	struct str base = STR_NONE, head;
	struct diag_list silent;
	bool ok;

	if (source_range_parse(request->range, &base, &head))
		return source_open(request->arena, request->folder,
		    base, &registry->base, diags) && source_open_range(
		    request->arena, request->folder,
		    request->range, &registry->source, diags);
	if (required || request->folder.ptr != NULL ||
	    request->rev.ptr != NULL)
		return source_open(request->arena, request->folder,
		    request->rev, &registry->source, diags);
	diag_list_init(&silent, request->arena);
	ok = source_open(request->arena, STR_NONE, STR_NONE,
	    &registry->source, &silent);
	diag_list_dispose(&silent);
	if (!ok)
		registry->source = NULL;
	return true;
}

static bool open_any(const struct registry_request *request,
    struct registry *registry, bool required, struct diag_list *diags)
{
	struct str data;

	*registry = (struct registry){ .arena = request->arena,
		.data = { .descriptor = -1 } };
	map_init(&registry->themes, registry->arena);
	registry->is_of_today = request->as_of.ptr == NULL;
	if (!read_as_of(request, &registry->as_of, diags) ||
	    !open_source(request, registry, required, diags)) {
		registry_close(registry);
		return false;
	}
	data = find_data(registry->arena);
	if (data.len > 0 &&
	    !folder_open_existing(data, &registry->data, diags)) {
		registry_close(registry);
		return false;
	}
	registry->has_schemas = source_has(registry, STR("schemas"), diags);
	registry->reader = (struct reader){ registry, read_file, list_files };
	return true;
}

bool registry_open(const struct registry_request *request,
    struct registry *registry, struct diag_list *diags)
{
	return open_any(request, registry, false, diags);
}

bool registry_open_content(const struct registry_request *request,
    struct registry *registry, struct diag_list *diags)
{
	return open_any(request, registry, true, diags);
}

void registry_head(const struct registry *registry, struct registry *head,
    struct diag_list *diags)
{
	*head = *registry;
	head->base = NULL;
	map_init(&head->themes, head->arena);
	head->has_schemas = source_has(head, STR("schemas"), diags);
	head->reader = (struct reader){ head, read_file, list_files };
}

/* Files that changed within this time could change again without it showing. */
enum { SETTLED_SECONDS = 2 };

/* Appends what the file system says of one; false if that may not be all. */
static bool append_status(const struct registry *registry, struct str path,
    struct buf *text)
{
	time_t settled = time(NULL) - SETTLED_SECONDS;
	struct stat status;

	if (fstatat(registry->data.descriptor, str_cstr(registry->arena, path),
	    &status, AT_SYMLINK_NOFOLLOW) != 0 ||
	    status.st_mtim.tv_sec > settled || status.st_ctim.tv_sec > settled)
		return false;
	buf_append_format(text, "%.*s|%llu %llu %lld %lld.%ld %lld.%ld\n",
	    STR_ARG(path), (unsigned long long)status.st_dev,
	    (unsigned long long)status.st_ino, (long long)status.st_size,
	    (long long)status.st_mtim.tv_sec, status.st_mtim.tv_nsec,
	    (long long)status.st_ctim.tv_sec, status.st_ctim.tv_nsec);
	return true;
}

static struct str installed_schemas_id(const struct registry *registry)
{
	const struct reader reader = folder_reader(&registry->data);
	char hex[SHA256_HEX_SIZE] = "";
	struct diag_list silent;
	struct vec paths;
	struct buf text;
	bool ok;

	buf_init(&text);
	vec_init(&paths, sizeof(struct str));
	diag_list_init(&silent, registry->arena);
	ok = registry->data.descriptor >= 0 && reader.list(reader.context,
	    STR("schemas"), registry->arena, &paths, &silent);
	for (size_t i = 0; ok && i < paths.count; i++)
		ok = append_status(registry, *(struct str *)vec_at(&paths, i),
		    &text);
	if (ok)
		sha256_hex(buf_str(&text), hex);
	diag_list_dispose(&silent);
	vec_dispose(&paths);
	buf_dispose(&text);
	return str_dup(registry->arena, str_from(hex));
}

struct str registry_schemas_id(const struct registry *registry)
{
	return registry->has_schemas ? source_folder_digest(
	    policy_source(registry), STR("schemas")) :
	    installed_schemas_id(registry);
}

void registry_close(struct registry *registry)
{
	if (registry->source != NULL)
		source_close(registry->source);
	if (registry->base != NULL)
		source_close(registry->base);
	folder_close(&registry->data);
}

bool registry_is_of_now(const struct registry *registry)
{
	return !registry->is_of_today ||
	    date_cmp(registry->as_of, today()) == 0;
}

bool registry_reopen(struct registry *registry)
{
	return (registry->source == NULL || source_reopen(registry->source)) &&
	    (registry->base == NULL || source_reopen(registry->base));
}
